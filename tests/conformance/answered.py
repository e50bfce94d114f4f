"""What the clients in all five languages catch of the same answers: those of the orders function behind every front.

Every declared error, what the platform and the gateway say in its place, and each invocation, written as test vectors; what they
say of them, in the one form of docs/test-vectors.md, has to be equal byte for byte. typescript/run has built its package, java/run
its classes, and python/run has installed what its tests need.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from served import CALLS, FRONTS, called, declared, event, served

INTO = Path("target/conformance/answered").resolve()
VECTORS = INTO / "vectors.json"
HERE = Path(__file__).parent.resolve()
STRANGER = {"Authorization": "Bearer eve"}
INVOKE = "/2015-03-31/functions/orders/invocations"

# What the function and those before it say beside the declared errors.
FAILURES = [
    ("no answer in time", "GET", "/orders/sleep", None),
    ("an exit", "GET", "/orders/exit", None),
    ("a process that is killed", "GET", "/orders/kill", None),
]
GATEWAY = [
    ("no such route", "GET", "/nowhere/orders/42", None),
    ("nobody signed in", "GET", "/orders/41", None, {}),
    ("a stranger", "GET", "/orders/41", None, STRANGER),
]


def case(front: str, what: str, operation: str, answer: dict) -> dict:
    caught = {"who": "api", "code": what} if what in declared() else {}
    return {"name": f"{what}, {front}", "operation": operation, **answer, "caught": caught}


def answers(front: str) -> list[dict]:
    cases = []
    with served(front) as url:
        for what, method, target, body, *headers in CALLS + FAILURES + ([] if front == "invoke" else GATEWAY):
            means = event(method, target, body)
            if front == "invoke":
                answer = {"invocation": called(url, "POST", INVOKE, means)["body"]}
            else:
                answer = {"response": called(url, method, target, body, *headers)}
            cases.append(case(front, what, means["operation"], answer))
    return cases


def said() -> dict[str, list[str]]:
    """What each client says of the vectors, a line for each."""
    rust = ["cargo", "run", "--quiet", "--manifest-path", HERE / "caught/Cargo.toml", "--target-dir", "target/conformance/types"]
    typescript = Path("target/conformance/typescript/packed/orders").resolve()
    node = Path("target/conformance/typescript/node_modules/.bin/node").resolve()
    go = INTO / "go"
    shutil.copytree("examples/orders-go", go)
    shutil.copy(VECTORS, go / "testdata/vectors.json")
    environment = {**os.environ, "VECTORS_SAID": str(INTO / "go.txt"), "GOPROXY": "off", "GOTOOLCHAIN": "local"}
    subprocess.run(["go", "test", "-count", "1", "-run", "^TestVectors$", "."], cwd=go, env=environment, check=True, stdout=subprocess.DEVNULL)
    python = INTO / "python"
    shutil.copytree("examples/orders-python", python)
    shutil.copy(VECTORS, python / "tests/vectors.json")
    environment = {**os.environ, "VECTORS_SAID": str(INTO / "python.txt")}
    pytest = Path("target/conformance/python/venv/bin/pytest").resolve()
    subprocess.run([pytest, "-q", "-p", "no:cacheprovider", "-k", "test_said"], cwd=python, env=environment, check=True, stdout=subprocess.DEVNULL)

    java = Path("target/conformance/java").resolve()
    # The file of these answers stands before that of the package.
    vectors = INTO / "java/com/example/orders"
    vectors.mkdir(parents=True)
    shutil.copy(VECTORS, vectors / "vectors.json")
    path = [str(INTO / "java"), str(java / "classes"), (java / "classes.jars").read_text().strip()]
    launcher = ["java", "-cp", ":".join(path), "org.junit.platform.console.ConsoleLauncher", "execute", "--details=none"]
    environment = {**os.environ, "VECTORS_SAID": str(INTO / "java.txt")}
    # What is compared is what was said, and not what the file expects.
    subprocess.run([*launcher, "--select-class", "com.example.orders.VectorsTest"], env=environment, check=True, stdout=subprocess.DEVNULL)

    def lines(*command: str | Path) -> list[str]:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout.removesuffix("\n").split("\n")

    return {
        "Rust": lines(*rust, "--", VECTORS),
        "TypeScript": lines(node, HERE / "typescript/caught.mjs", typescript, VECTORS),
        "Go": (INTO / "go.txt").read_text().removesuffix("\n").split("\n"),
        "Python": (INTO / "python.txt").read_text().removesuffix("\n").split("\n"),
        "Java": (INTO / "java.txt").read_text().removesuffix("\n").split("\n"),
    }


def main() -> int:
    shutil.rmtree(INTO, ignore_errors=True)
    INTO.mkdir(parents=True)
    fronts = [*FRONTS, "invoke"]
    cases = [one for front in fronts for one in answers(front)]
    VECTORS.write_text(json.dumps({"vectors": 2, "cases": cases}, ensure_ascii=False))
    by = said()
    wrong = []
    for one, *forms in zip(cases, *by.values(), strict=True):
        if len(set(forms)) > 1:
            wrong.append(f"{one['name']}: {dict(zip(by, forms))}")
        # What nobody knows would be equal too. A load balancer's own page is such an answer.
        if not one["name"].split(", ")[1].startswith("alb") and json.loads(forms[0])["who"] in ("undeclared", "unmodelled"):
            wrong.append(f"{one['name']} is not known: {forms[0]} of {one}")
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    print(f"{len(cases)} answers of {len(fronts)} fronts, caught by {', '.join(by)}: {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
