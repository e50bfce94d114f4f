"""The TypeScript packages against the orders function as `throwback serve` lets it answer: every declared error, what the platform
and the gateway say in its place, and no answer; behind three fronts, and invoked by the AWS SDK. The program of the example too,
and the README's."""

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import TOKEN, declared, served

HERE = Path(__file__).parent.resolve()
FRONTS = ["rest", "http-api", "function-url"]

# What the program of the example says of each order.
SAYS = {
    "42": "order 42 is ",
    "41": "there is no order 41",
    "7": "order 7 lies in the archive of ",
    "signed-out": "The caller is not signed in; ask about ",
    "impossible": "platform: the function failed, after ",
}

# Who says what of everything else, behind each front.
PLATFORM = {"an input that is none": "INVALID_PAYLOAD", "an error marked `internal`": "INTERNAL", "a panic": "INTERNAL"}
GONE = ["no answer in time", "an exit", "a process that is killed"]
TRANSPORT = {"nobody there": ("transport", "connection"), "a time that is too short": ("transport", "timeout")}
OTHERS = {
    # A custom integration says no more of a process that ended than that the function failed.
    "rest": {
        **dict(zip(GONE, [("platform", kind) for kind in ("TIMEOUT", "INTERNAL", "INTERNAL")])),
        "no such route": ("gateway", "MISSING_AUTHENTICATION_TOKEN"),
        "nobody signed in": ("gateway", "UNAUTHORIZED"),
        "a stranger": ("gateway", "UNAUTHORIZED"),
        **TRANSPORT,
    },
    "http-api": {
        **dict.fromkeys(GONE, ("gateway", "INTERNAL_SERVER_ERROR")),
        "no such route": ("gateway", "RESOURCE_NOT_FOUND"),
        "nobody signed in": ("gateway", "UNAUTHORIZED"),
        "a stranger": ("gateway", "UNAUTHORIZED"),
        **TRANSPORT,
    },
    # A function URL that anybody may call lets everybody in.
    "function-url": {
        **dict.fromkeys(GONE, ("gateway", "INTERNAL_SERVER_ERROR")),
        "no such route": ("gateway", "RESOURCE_NOT_FOUND"),
        "nobody signed in": ("42", None),
        "a stranger": ("42", None),
        **TRANSPORT,
    },
    "invoke": {
        **dict(zip(GONE, [("platform", kind) for kind in ("TIMEOUT", "EXITED", "OUT_OF_MEMORY")])),
        "a time that is too short": ("transport", "timeout"),
    },
}
SUCCESS = {"id": "42", "customer": "bigint", "page": True, "lines": [{"sku": "teapot", "quantity": 1}], "version": "string"}


def ran(into: Path, *command: str) -> str:
    environment = {**os.environ, "ORDERS_TOKEN": TOKEN}
    done = subprocess.run([into / "node_modules/.bin/node", *command], cwd=into, capture_output=True, text=True, env=environment)
    return done.stdout if done.returncode == 0 else f"{done.stderr}{done.stdout}"


def caught(said: str) -> dict[str, dict]:
    try:
        lines = [json.loads(line) for line in said.strip().split("\n")]
    except json.JSONDecodeError:
        sys.exit(said)
    return {line.pop("what"): line for line in lines}


def main() -> int:
    into = Path(sys.argv[1])
    wrong = []
    of_fronts = {}
    for front in [*FRONTS, "invoke"]:
        package = into / ("invoked/package" if front == "invoke" else "packed/node_modules/orders-client")
        with served(front) as url:
            found = caught(ran(into, str(HERE / "called.mjs"), str(package), front, url))
            if front != "invoke":
                for order, says in SAYS.items():
                    said = ran(into, str(into / "packed/caller.ts"), url, order)
                    if not said.startswith(says):
                        wrong.append(f"{front}, order {order}: {said}")
            if front == "rest":
                readme = into / "packed/readme-served.ts"
                readme.write_text(ran(into, str(HERE / "snippets.mjs"), str(Path("examples/orders-typescript/README.md").resolve()), url))
                said = ran(into, str(readme))
                # Its order, and whatever comes behind that.
                if not said.startswith("{\n  id: '42',"):
                    wrong.append(f"the README's program: {said}")
        expected = {code: ("api", None) for code in declared()}
        expected |= {what: ("platform", kind) for what, kind in PLATFORM.items()} | OTHERS[front]
        success = found.pop("success", None)
        if success != SUCCESS:
            wrong.append(f"{front}: a success is {success}")
        if found.keys() != expected.keys():
            wrong.append(f"{front}: {sorted(found.keys() ^ expected.keys())}")
        for what, (who, kind) in expected.items():
            said = found.get(what, {})
            if (said.get("who", said.get("id")), said.get("kind")) != (who, kind) or (who == "api" and said.get("code") != what):
                wrong.append(f"{front}, {what}: {said}")
        # Nothing that an error says depends on where it came through, but for its own id.
        # Of an invocation nobody knows whether it may be repeated.
        unsure = {"isRetryable": True} if front == "invoke" else {}
        same = {code: {**found.get(code, {}), "requestId": None, "instance": None} for code in declared()}
        same = {code: {**error, **(unsure if error.get("retry") == "idempotent" else {})} for code, error in same.items()}
        of_fronts[front] = same
        for code in declared():
            one, other = same[code], of_fronts["rest"][code]
            if one != other:
                wrong.append(f"{code} behind {front} is {one}, and behind rest {other}")
            if not found.get(code, {}).get("requestId"):
                wrong.append(f"{code} behind {front} has no id")
    print("\n".join(wrong) or f"TypeScript behind {', '.join(of_fronts)}: every failure is caught as it should be")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
