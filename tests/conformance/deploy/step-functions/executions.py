"""What the template of `start-sync-execution.json` makes of executions, by the engine that LocalStack has in the place of Velocity."""

import json
import sys
from pathlib import Path

sys.path.insert(0, "tests/conformance/airspeed")
from render import CONTEXT, MESSAGES, Input, rendered  # noqa: E402

GENERATED = Path("examples/orders/generated")
OTHERS = ["", "no JSON", "{}", '{"errorMessage":null}', '{"errorMessage":"[X] {\\"code\\":\\"X\\",\\"status\\":200}"}', '{"errorMessage":"[X] {']


def answered(template: str, execution: dict) -> tuple[int, dict, str]:
    body, override = rendered(template, Input(json.dumps(execution)))
    return override.get("status", 200), {name.lower(): value for name, value in override["header"].items()}, body


def failed(cause: str) -> dict:
    return {"status": "FAILED", "error": "E", "cause": cause}


def wrong(template: str) -> tuple[int, list[str]]:
    """How many executions were tried, and what of them went wrong."""
    found, tried = [], 0

    def expect(what: str, execution: dict, expected: tuple[int, str | None, str | None]) -> None:
        nonlocal tried
        tried += 1
        try:
            status, headers, body = answered(template, execution)
        except Exception as error:  # Whatever the engine says.
            found.append(f"{what}: {error}")
            return
        code, text = headers.get("x-error-code"), expected[2]
        if (status, code) != expected[:2] or (text is not None and body != text):
            found.append(f"{what}: {status} {code} {body[:80]}")
        elif code in ("InternalError", "FunctionTimeout") and text is None:
            problem = json.loads(body)
            if problem["instance"] != CONTEXT["requestId"] or set(problem) - {"code", "title", "status", "instance", "retryable"}:
                found.append(f"{what}: {body[:80]}")

    for case in json.loads((GENERATED / "vectors.json").read_text())["cases"]:
        if "invocation" in case and case["name"].endswith("invoked directly"):
            message = json.loads(case["invocation"])["errorMessage"]
            expected = (case["caught"]["status"], case["caught"]["code"], message.split("] ", 1)[1])
            expect(case["name"], failed(case["invocation"]), expected)
    for cause in OTHERS + [json.dumps({"errorMessage": message}) for message in MESSAGES[2:]]:
        expect(cause, failed(cause), (500, "InternalError", None))
    newer = json.dumps({"errorType": "Newer", "errorMessage": MESSAGES[0]})
    expect("a newer error", failed(newer), (423, "Newer", MESSAGES[0].split("] ", 1)[1]))
    expect("no cause", {"status": "FAILED"}, (500, "InternalError", None))
    expect("a refusal", {"__type": "AccessDeniedException"}, (500, "InternalError", None))
    expect("a timeout", {"status": "TIMED_OUT"}, (504, "FunctionTimeout", None))
    output = '{"a":"it\'s \\"x\\" \\\\ $a #b"}'
    expect("a success", {"status": "SUCCEEDED", "output": output}, (200, None, output))
    return tried, found


def main() -> int:
    method = json.loads((GENERATED / "step-functions/start-sync-execution.json").read_text())
    template = method["x-amazon-apigateway-integration"]["responses"]["default"]["responseTemplates"]["application/json"]
    tried, found = wrong(template)
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    broken = [("'FAILED'", "'FAILURE'"), ("'TIMED_OUT'", "'TIMEDOUT'"), ("$input.path('$.output')", "$input.path('$.outputs')"), ("$n=500", "$n=200")]
    broken += [("responseOverride.status=$n", "responseOverride.state=$n"), ("[45][0-9][0-9]", "[2-5][0-9][0-9]"), ("#if($n>0)$p", "#if($n>0)$m")]
    missed = [before for before, after in broken if before not in template or not wrong(template.replace(before, after))[1]]
    print(*(f"not found: {what}" for what in missed), sep="\n", end="\n" if missed else "", file=sys.stderr)
    print(f"start-sync-execution: {tried} executions by airspeed: {len(found)} wrong; {len(broken)} broken copies, each found")
    return 1 if found or missed else 0


if __name__ == "__main__":
    sys.exit(main())
