"""Tries the documents and `apply.sh` on the AWS CLI, moto and LocalStack, and on broken copies, each of which has to be found."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
from readback import differences, of_api, of_document

HERE = Path(__file__).parent
GENERATED = Path("examples/orders/generated")
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-central-1", "AWS_REGION": "eu-central-1"}
MESSAGES = [
    '[Newer] {"code":"Newer","title":"x","status":423}',
    '[Newer] {"code":"Newer","title":"x","status":200}',
    "[Newer] no problem",
    "database down: $input.body \\ \"'",
    "2024-04-01T10:00:00.000Z 8f2e Task timed out after 1.00 seconds",
    "RequestId: 8f2e Error: Task timed out after 3.00 seconds",
    "RequestId: 8f2e Error: Runtime exited with error: exit status 1",
]


def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def started(*command: object, ready: int | None = None):
    """A process that ends with this one; it is ready when it says so, or when its port is open."""
    output = subprocess.DEVNULL if ready else subprocess.PIPE
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=output, stderr=subprocess.DEVNULL, text=True)
    try:
        if ready is None:
            if process.stdout.readline().strip() != "ready":
                sys.exit(f"{command[1]} did not start")
        else:
            for _ in range(600):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", ready)):
                    break
                time.sleep(0.1)
        yield
    finally:
        process.stdin.close()
        if ready is not None:
            process.terminate()
        process.wait(20)


class Place:
    """A control plane to try it on."""

    def __init__(self, into: Path, at: int) -> None:
        self.url = f"http://127.0.0.1:{at}"
        self.environment = {**os.environ, **ENVIRONMENT, "AWS_ENDPOINT_URL": self.url, "PATH": f"{into}:{os.environ['PATH']}"}
        self.gateway = boto3.client(
            "apigateway", "eu-central-1", endpoint_url=self.url, aws_access_key_id="test", aws_secret_access_key="test"
        )

    def apply(self, folder: Path, *arguments: str, shell: str = "dash") -> tuple[int, str]:
        command = [shell, folder / "apply.sh", *arguments]
        ended = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return ended.returncode, ended.stdout

    def imported(self) -> str:
        return self.gateway.import_rest_api(body=(GENERATED / "openapi.json").read_bytes())["id"]


def without_models(read: dict) -> dict:
    return {
        **read,
        "methods": {
            name: {**method, "responses": {status: {**one, "model": None} for status, one in method["responses"].items()}}
            for name, method in read["methods"].items()
        },
    }


def refused(into: Path, command: str, document: Path) -> bool:
    """Whether the AWS CLI itself finds a document wrong, before it calls anybody."""
    given = ["--rest-api-id", "a", *(["--resource-id", "b"] if command in PLACED else [])]
    added = ["--authorization-type", "NONE"] if command == "put-method" else []
    call = [into / "aws", "apigateway", command, *given, *added, "--cli-input-json", f"file://{document}", "--generate-cli-skeleton", "output"]
    return subprocess.run(call, env={**os.environ, **ENVIRONMENT}, capture_output=True).returncode != 0


PLACED = ["put-method", "put-method-response", "put-integration", "put-integration-response"]


def offline(into: Path) -> str:
    folder = GENERATED / "integration-responses"
    calls = json.loads((folder / "index.json").read_text())["calls"]
    with ThreadPoolExecutor(4) as pool:
        wrong = [call["document"] for call, bad in zip(calls, pool.map(lambda call: refused(into, call["command"], folder / call["document"]), calls)) if bad]
    text = (folder / "get_order/404.integration-response.json").read_text()
    copies = {
        "a status that is a number": text.replace('"404"', "404", 1),
        "no status": text.replace('  "statusCode": "404",\n', ""),
        "templates in a list": re.sub(r'"responseTemplates": \{[^\n]*\n[^\n]*\n  \}', '"responseTemplates": ["x"]', text),
        "an unescaped quote": text.replace('\\"code', '"code', 1),
        "a member that nobody knows": text.replace("selectionPattern", "pattern"),
        "a header that is a boolean": text.replace("\"'application/problem+json'\"", "true"),
    }
    missed = []
    for what, copy in copies.items():
        (into / "copy.json").write_text(copy)
        if copy == text or not refused(into, "put-integration-response", into / "copy.json"):
            missed.append(what)
    if wrong or missed:
        sys.exit(f"the AWS CLI refuses {wrong}, and misses {missed}")
    return f"{len(calls)} documents by the AWS CLI: 0 wrong; {len(copies)} broken copies, each found"


def expect(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        sys.exit(f"{what}: {found}")


def edited(into: Path, edits: dict[str, list[tuple[str, str]]]) -> Path:
    """A copy of the folder, with texts in some files replaced."""
    folder = into / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(GENERATED / "integration-responses", folder)
    for name, replaced in edits.items():
        text = (folder / name).read_text()
        for old, new in replaced:
            if old not in text:
                sys.exit(f"{name} holds no {old}")
            text = text.replace(old, new, 1)
        (folder / name).write_text(text)
    return folder


BROKEN = {
    "/GET /orders/{order_id}/responses/404/pattern": {"get_order/404.integration-response.json": [("] [", "][")]},
    "/GET /orders/{order_id}/responses/429/template": {"get_order/429.integration-response.json": [("indexOf", "lastIndexOf")]},
    "/GET /orders/{order_id}/responses/410/headers": {"get_order/410.method-response.json": [('    "method.response.header.Access-Control-Allow-Origin": false,\n', "")]},
    "/GET /orders/{order_id}/responses/401/model": {"get_order/401.method-response.json": [("NotSignedIn", "Maintenance")]},
    "/GET /health/responses/503": {"apply.sh": [("200 400 401 429 500 503 504\nmethod OPTIONS /health", "200 400 401 429 500 504\nmethod OPTIONS /health")]},
    "/GET /orders/requestTemplate": {"search_orders/GET.integration.json": [("search_orders", "place_order")]},
    "/gatewayResponses/THROTTLED/status": {"gateway-responses/THROTTLED.gateway-response.json": [('"statusCode": "429"', '"statusCode": "400"')]},
}


def on_moto(into: Path, place: Place) -> str:
    folder = GENERATED / "integration-responses"
    document = of_document(json.loads((GENERATED / "openapi.json").read_text()))
    bare = place.gateway.create_rest_api(name="bare")["id"]
    empty = of_api(place.gateway, bare)
    expect(place.apply(folder, "nobody")[0], 2, "an API that is not there")
    expect(place.apply(folder, "bare", "--function", "orders", "--set", "None")[0], 2, "wrong arguments")
    expect(place.apply(folder, "bare")[0], 3, "a dry run")
    expect(of_api(place.gateway, bare), empty, "a dry run changed the API")
    code, said = place.apply(folder, bare, "--yes", "--stage", "prod")
    if code:
        sys.exit(said)
    made = of_api(place.gateway, bare)
    expect(sorted(differences(document, made)), [], "apply.sh and the document differ")
    expect(place.apply(folder, bare, "--yes", shell="bash"), (0, "nothing to change\n"), "the second run")
    expect(of_api(place.gateway, bare), made, "the second run changed the API")

    missed, before = [], set()
    every = {name: [] for edits in BROKEN.values() for name in edits}
    for edits in BROKEN.values():
        for name, replaced in edits.items():
            every[name] += replaced
    code, said = place.apply(edited(into, every), bare, "--yes")
    if code:
        sys.exit(said)
    before = differences(document, of_api(place.gateway, bare))
    missed = [at for at in BROKEN if not any(at.removeprefix("/") in found for found in before)]
    expect(missed, [], "broken copies that were not found")
    code, said = place.apply(folder, bare, "--yes")
    expect(of_api(place.gateway, bare), made, f"the right documents over wrong ones: {said}")

    # One error less: its responses go, and nothing beside them but the pattern that takes every other message.
    fewer = edited(into, {
        "apply.sh": [("200 400 401 404 410 429", "200 400 401 404 429")],
        "get_order/500.integration-response.json": [("OrderArchived|", "")],
    })
    code, said = place.apply(fewer, bare, "--yes")
    calls = [re.sub(r" --rest.*(?=--status-code)| --rest.*/", " ", line.strip()) for line in said.splitlines() if line.startswith("    aws")]
    expect(calls, [
        "aws apigateway delete-integration-response --status-code 410",
        "aws apigateway delete-method-response --status-code 410",
        "aws apigateway put-integration-response 500.integration-response.json",
    ], "what one error less changes")
    (into.parent / "integration-responses.json").write_text(json.dumps(made, indent=2) + "\n")
    return f"apply.sh on moto: the API is the document's; run again it changes nothing; {len(BROKEN)} broken copies, each found"


def asked(place: Place, api: str, method: str, payload: str) -> tuple:
    """What a client of the API gets for what the function answers."""
    verb, path = method.split(" ")
    post = lambda url, body: urllib.request.Request(url, body, method="POST")
    urllib.request.urlopen(post(f"{place.url}/payload", payload.encode())).close()
    url = f"{place.url}/_aws/execute-api/{api}/prod{re.sub('{.*?}', '42', path)}"
    request = urllib.request.Request(url, b"{}" if verb == "POST" else None, {"content-type": "application/json"}, method=verb)
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        volatile = ("date", "server", "connection", "content-length", "x-amz-apigw-id", "x-amzn-requestid", "x-amzn-trace-id")
        headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in volatile}
        return answer.status, headers, re.sub(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b", "ID", answer.read().decode())


def on_localstack(place: Place) -> str:
    imported = place.imported()
    bare = place.gateway.create_rest_api(name="bare")["id"]
    code, said = place.apply(GENERATED / "integration-responses", bare, "--yes", "--stage", "prod")
    if code:
        sys.exit(said)
    place.gateway.create_deployment(restApiId=imported, stageName="prod")
    document = of_document(json.loads((GENERATED / "openapi.json").read_text()))
    made = of_api(place.gateway, bare)
    expect(sorted(differences(document, made)), [], "apply.sh on LocalStack and the document differ")
    # LocalStack's import leaves out the models of problems, and gateway responses.
    read = without_models(of_api(place.gateway, imported))["methods"]
    expect(sorted(differences(read, without_models(made)["methods"])), [], "apply.sh and the import differ")
    second = place.apply(GENERATED / "integration-responses", bare)
    expect(second, (0, "nothing to change\n"), "the second run on LocalStack")

    methods = {}
    for path, operations in json.loads((GENERATED / "openapi.json").read_text())["paths"].items():
        for verb, operation in operations.items():
            methods[operation["operationId"]] = f"{verb.upper()} {path}"
    wrong, count, declared = [], 0, 0
    cases = [(case["operation"], case["invocation"]) for case in json.loads((GENERATED / "vectors.json").read_text())["cases"] if "invocation" in case]
    cases = [case for case in cases if case[0] in methods]
    for name, method in methods.items():
        if not method.startswith("OPTIONS"):
            cases += [(name, json.dumps({"errorMessage": message})) for message in MESSAGES] + [(name, '{"id":"42"}')]
        else:
            cases.append((name, "{}"))
    for name, payload in cases:
        left, right = (asked(place, api, methods[name], payload) for api in (imported, bare))
        count += 1
        if left != right:
            wrong.append(f"{name}, {payload}:\n  import   {left}\n  apply.sh {right}")
        value = json.loads(payload)
        message = value.get("errorMessage", "") if isinstance(value, dict) else ""
        tag = re.fullmatch(r"\[([A-Za-z][\w-]*)\] (\{\"code\":\"\1\".*\})", message, re.DOTALL)
        if tag and tag[1] != "Newer":
            declared += 1
            status, headers, body = right
            told = re.sub(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b", "ID", tag[2])
            if (status, headers.get("x-error-code"), headers["content-type"], body) != (
                json.loads(tag[2])["status"], tag[1], "application/problem+json", told
            ):
                wrong.append(f"{name}, {payload}: {right}")
    if wrong:
        sys.exit("\n".join(wrong[:10]))
    return f"{count} answers on LocalStack, behind apply.sh and behind the import: 0 differ; {declared} declared errors, each whole"


def main(into: Path) -> None:
    tools = into / "tools/bin"
    moto, local = port(), port()
    with started(tools / "python", HERE / "aws.py", into), started(tools / "moto_server", "-H", "127.0.0.1", "-p", moto, ready=moto), \
            started(into / "localstack/bin/python", HERE / "emulator.py", local), ThreadPoolExecutor(2) as pool:
        first = pool.submit(on_localstack, Place(into, local))
        print(offline(into))
        print(on_moto(into, Place(into, moto)))
        print(first.result())


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
