"""Compiles the program for Pulumi against the types of its provider, runs it under Pulumi's mocks, and reads what it deploys.

    check.py FOLDER    the folder with the packages
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

INTO, EXAMPLE = Path(sys.argv[1]).resolve(), Path("examples/deploy/pulumi")
GENERATED = Path("examples/orders/generated").resolve()
CHECK = Path(__file__).with_name("check.js")


class Wrong(Exception):
    """What does not hold."""


def run(command: list[str], **environment: str) -> str:
    ran = subprocess.run(command, cwd=INTO, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise Wrong(ran.stdout + ran.stderr)
    return ran.stdout


def compiled(program: str) -> None:
    (INTO / "index.ts").write_text(program)
    shutil.rmtree(INTO / "bin", ignore_errors=True)
    run(["node_modules/.bin/tsc", "--project", "."])


def deployed(generated: Path = GENERATED) -> dict[str, dict]:
    return json.loads(run(["node", str(CHECK), "bin/index.js"], GENERATED=str(generated)))


def check(program: str) -> None:
    compiled(program)
    made = deployed()
    api, deployment = made["aws:apigateway/restApi:RestApi"], made["aws:apigateway/deployment:Deployment"]
    permission, stage = made["aws:lambda/permission:Permission"], made["aws:apigateway/stage:Stage"]
    if api["body"] != (GENERATED / "openapi.json").read_text():
        raise Wrong("the body is not the document")
    if api.get("putRestApiMode") != "overwrite" or api.get("failOnWarnings") is not True:
        raise Wrong("an import leaves what is gone, or says nothing of its warnings")
    if (deployment["restApi"], stage["deployment"]) != ("orders-id", "orders-id"):
        raise Wrong("what is deployed is something else")
    if permission["principal"] != "apigateway.amazonaws.com" or not permission["sourceArn"].endswith(":orders/*"):
        raise Wrong("API Gateway may not call the function")
    other = INTO / "other"
    other.mkdir(exist_ok=True)
    (other / "openapi.json").write_text(api["body"].replace("OrderNotFound", "OrderMissing"))
    if deployed(other)["aws:apigateway/deployment:Deployment"]["triggers"] == deployment["triggers"]:
        raise Wrong("another document is not deployed")


PROGRAM = (EXAMPLE / "index.ts").read_text()
BROKEN: list[tuple[Callable[[str], str], str]] = [
    (lambda text: text.replace("  body,\n", "  body: body.trim(),\n"), "the body is not the document"),
    (lambda text: text.replace(".update(body)", '.update("")'), "another document is not deployed"),
    (lambda text: text.replace("putRestApiMode", "putRestApiModes"), "putRestApiModes"),
    (lambda text: text.replace('  stageName: "live",\n', ""), "Property 'stageName' is missing"),
    (lambda text: text.replace('"apigateway.amazonaws.com"', '"lambda.amazonaws.com"'), "may not call"),
]

try:
    check(PROGRAM)
    for change, says in BROKEN:
        broken = change(PROGRAM)
        try:
            check(broken)
        except Wrong as wrong:
            if broken == PROGRAM or says not in str(wrong):
                raise Wrong(f"it fails and does not say {says!r}: {wrong}") from None
        else:
            raise Wrong(f"nothing finds {says!r}")
    print(f"pulumi: the program deploys the document as it is, typed and under mocks; {len(BROKEN)} broken copies, each found")
except Wrong as wrong:
    sys.exit(f"pulumi: {wrong}")
