"""Every template that is generated, rendered by airspeed, which LocalStack has in the place of Velocity, and by our evaluator:
of operations, of sets of errors that no operation returns, of messages from before, and of preflights.

Whatever a function throws has to come to the same status, headers and body, and a request to the same event. What LocalStack
puts around airspeed (`$input`, `$util`) is described here anew, with its own way of escaping.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import airspeed

INTO = Path("target/conformance/airspeed")
# Where errors, headers, parameters and types of every kind are.
APIS = ["asked", "attributes", "dynamodb/mod", "echo", "inputs", "kubernetes", "skew/new", "zoo"]
INTEGRATION = "x-amazon-apigateway-integration"
CONTEXT = {"requestId": "00000000-0000-4000-8000-000000000000", "stage": "local"}

# What functions of before throw, in each form that `legacy` knows.
LEGACY = """legacy = [
    { message = "order * not found", code = "OrderNotFound" },
    { message = "[410] ", code = "OrderArchived" },
    { message = "*sold out", code = "OutOfStock" },
    { message = "[402]*declined", code = "PaymentDeclined" },
]
"""
BEFORE = ['order "7" not found', "order \\ 'x' \u2028 é\n not found", "[410] it's gone", "we are sold out", "[402] was declined: #set($x = 1)", "sold out?"]

# What no declared error is: of a newer function, written by hand, and the platform's.
MESSAGES = [
    '[Newer] {"code":"Newer","title":"It\'s \\"new\\" \\\\ here","status":423,"a":{"status":500}}',
    '[Newer] {"code":"Newer","status":503}',
    '[Newer] {"code":"Newer","title":"x","a":{"status":423}}',
    '[Newer] {"code":"Newer","title":"x","status":200}',
    '[Newer] {"code":"Newer","title":"x","status":4040}',
    "[Newer] no problem",
    "[] {}",
    "database down: $input.body #set($x = 1) \\ \"'",
    "2024-04-01T10:00:00.000Z 8f2e Task timed out after 1.00 seconds",
    "RequestId: 8f2e Error: Task timed out after 3.00 seconds",
    "RequestId: 8f2e Error: Runtime exited with error: exit status 1",
    "é \u2028 😀\n\t",
]


class Input:
    def __init__(self, body: str, parameters: dict | None = None) -> None:
        self.body = body or "{}"
        self.parameters = parameters or {}

    def params(self, name: str | None = None) -> dict | str:
        if name is None:
            return self.parameters
        return next((values[name] for values in self.parameters.values() if name in values), "")

    def path(self, path: str) -> object:
        value = json.loads(self.body)
        for name in path.removeprefix("$").split("."):
            value = value.get(name) if name else value
        return value

    def json(self, path: str) -> str:
        return json.dumps(self.path(path))


class Util:
    def escapeJavaScript(self, text: object) -> str:  # noqa: N802
        return json.dumps(text)[1:-1] if isinstance(text, str) else str(text)

    def parseJson(self, text: str) -> object:  # noqa: N802
        return json.loads(text)


def rendered(template: str, given: Input) -> tuple[str, dict]:
    override = {"header": {}}
    context = {**CONTEXT, "identity": {"sourceIp": "127.0.0.1"}, "responseOverride": override}
    text = airspeed.Template(template).merge({"input": given, "util": Util(), "context": context})
    return text, override


def answered(response: dict, payload: str) -> dict:
    """What LocalStack's gateway answers for a payload."""
    headers = {"content-type": "application/json"}
    for target, value in response.get("responseParameters", {}).items():
        headers[target.removeprefix("method.response.header.").lower()] = value.strip("'")
    template = response.get("responseTemplates", {}).get("application/json")
    body, override = rendered(template, Input(payload)) if template else (payload, {"header": {}})
    headers |= {name.lower(): str(value) for name, value in override["header"].items()}
    return {"status": int(override.get("status") or response["statusCode"]), "headers": headers, "body": body}


def selected(responses: dict, payload: str) -> dict:
    message = json.loads(payload).get("errorMessage", "")
    found = [response for pattern, response in responses.items() if pattern != "default" and re.fullmatch(pattern, message)]
    return found[0] if found else responses["default"]


def event(text: str) -> dict:
    """An event, without what nobody knows of its caller: API Gateway has an empty text for it."""
    event = json.loads(text)
    caller = event.get("request", {}).get("caller", {})
    if "identity" in caller:
        caller["identity"] = {name: value for name, value in caller["identity"].items() if value}
    return event


def same(api: str, ours: dict, theirs: dict) -> bool:
    if "event" in ours:
        return event(ours["event"]) == event(theirs["event"])
    ids = ("x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id")
    headers = {name: value for name, value in ours["headers"].items() if name not in ids}
    # A message without a tag is escaped by the gateway, and LocalStack escapes other characters than API Gateway does.
    read = json.loads if api == "legacy" else str
    return (ours["status"], headers, read(ours["body"])) == (theirs["status"], theirs["headers"], read(theirs["body"]))


def requests(operation: dict) -> list[dict]:
    """A call with every parameter, one with none that may be left out, and one with others' names."""
    parameters = {"path": {}, "query": {}, "header": {}}
    for parameter in operation.get("parameters", []):
        parameters[parameter["in"]][parameter["name"]] = parameter
    named = operation["operationId"]
    path = dict.fromkeys(parameters["path"], "a'b")
    queries = [dict.fromkeys(parameters["query"], value) for value in ("7", "true", 'x,"y",é', "0.5e3")]
    headers = [{name.upper(): "v'1" for name in parameters["header"]}, {name.lower(): "-7" for name in parameters["header"]}]
    bodies = ['{"a": "it\'s \\"7\\""}', "no JSON \\ \n"]
    calls = [{"path": path, "query": query, "headers": headers[n % 2], "body": bodies[n % 2]} for n, query in enumerate(queries)]
    calls += [{"path": path, "query": {"other": "1"}, "headers": {"X-Other": "2"}, "body": bodies[0]}, {"path": path, "body": bodies[0]}]
    return [{"operation": named, **call} for call in calls]


def preflight(api: str, operation: dict) -> list[str]:
    """What a mock answers whose request template says the status: it has to be that of its one response, which has no template."""
    template = operation[INTEGRATION]["requestTemplates"]["application/json"]
    status = json.loads(rendered(template, Input(""))[0])["statusCode"]
    responses = operation[INTEGRATION]["responses"]
    alone = list(responses) == ["default"] and "responseTemplates" not in responses["default"]
    if alone and responses["default"]["statusCode"] == str(status):
        return []
    return [f"{api}, {operation['operationId']}: {status} is not what the mock answers with"]


def documents() -> Iterator[tuple[str, Path, Path]]:
    """The documents of each API, and its test vectors."""
    shutil.rmtree(INTO, ignore_errors=True)
    yield "orders", Path("examples/orders/generated/openapi.json"), Path("examples/orders/generated/vectors.json")
    orders = Path("examples/orders")
    yield generated("legacy", orders, "src/lib.rs", LEGACY)
    # The same errors, in a crate whose handlers nobody has marked.
    alone = INTO / "alone"
    (alone / "src").mkdir(parents=True)
    for file in ["Cargo.toml", "src/errors.rs", "src/types.rs"]:
        shutil.copy(orders / file, alone / file)
    (alone / "src/lib.rs").write_text("mod errors;\nmod types;\n")
    name, document, vectors = generated("sets", alone, "src/lib.rs")
    document.write_text(json.dumps(with_sets(json.loads(document.read_text()))))
    yield name, document, vectors
    for of in APIS:
        yield generated(of.split("/")[0], Path("tests"), f"src/{of}.rs")


def generated(name: str, crate: Path, source: str, lines: str = "") -> tuple[str, Path, Path]:
    folder = INTO / name
    shutil.copytree(crate / "src", folder / "src")
    shutil.copy(crate / "Cargo.toml", folder)
    common = f'name = "{name}"\nsources = ["{source}"]\nopenapi = "openapi.json"\nvectors = "vectors.json"\ncors = "*"\n'
    (folder / "throwback.toml").write_text(f'{common}{lines}[authorization]\ndefault = "none"\n')
    command = ["cargo", "run", "--quiet", "--package", "throwback-cli", "--", "generate", "--project", folder]
    subprocess.run(command, check=True, capture_output=True)
    return name, folder / "openapi.json", folder / "vectors.json"


def with_sets(document: dict) -> dict:
    """The document with a method for each set of errors, whose responses it takes: what the set is for."""
    for name, responses in document["x-throwback"]["sets"].items():
        success = {"default": {"statusCode": "200"}}
        integration = {
            "type": "aws",
            "httpMethod": "POST",
            "uri": "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:f/invocations",
            "requestTemplates": {"application/json": "{}"},
            "responses": {**success, **responses["integrationResponses"]},
        }
        operation = {
            "operationId": name,
            "responses": {"200": {"description": "OK"}, **responses["responses"]},
            "x-amazon-apigateway-integration": integration,
        }
        document["paths"][f"/{name}"] = {"get": operation}
    return document


def main() -> int:
    wrong, count, templates = [], 0, set()
    for name, document, vectors in documents():
        paths = json.loads(document.read_text())["paths"].values()
        operations = [operation for path in paths for operation in path.values()]
        operations = {operation["operationId"]: operation for operation in operations}
        cases = []
        for one in json.loads(vectors.read_text())["cases"]:
            if one["operation"] in operations and "invocation" in one:
                cases.append({"operation": one["operation"], "payload": one["invocation"]})
        for operation in operations.values():
            if operation[INTEGRATION]["type"] == "mock":
                wrong += preflight(name, operation)
                count += 1
                continue
            messages = MESSAGES + BEFORE if name == "legacy" else MESSAGES
            cases += [{"operation": operation["operationId"], "payload": json.dumps({"errorMessage": message})} for message in messages]
            # The event of a set's method is not ours.
            cases += requests(operation) if name != "sets" else []
        command = ["cargo", "run", "--quiet", "--package", "throwback-tests", "--bin", "rendered", "--", document]
        given = "".join(json.dumps(case) + "\n" for case in cases)
        ours = subprocess.run(command, check=True, input=given, stdout=subprocess.PIPE, text=True).stdout.removesuffix("\n").split("\n")
        for case, line in zip(cases, ours, strict=True):
            integration = operations[case["operation"]][INTEGRATION]
            count += 1
            expected = json.loads(line)
            try:
                if "payload" in case:
                    response = selected(integration["responses"], case["payload"])
                    templates.add(response.get("responseTemplates", {}).get("application/json"))
                    found = answered(response, case["payload"])
                else:
                    template = integration["requestTemplates"]["application/json"]
                    templates.add(template)
                    parameters = {"path": case["path"], "querystring": case.get("query", {}), "header": case.get("headers", {})}
                    found = {"event": rendered(template, Input(case["body"], parameters))[0]}
                if not same(name, expected, found):
                    wrong.append(f"{name}, {case}:\n  airspeed {found}\n  ours     {expected}")
            except Exception as error:  # noqa: BLE001
                wrong.append(f"{name}, {case}: airspeed: {error}")
    print(*wrong[:20], sep="\n", end="\n" if wrong else "", file=sys.stderr)
    print(f"{count} cases and {len(templates)} templates by airspeed: {len(wrong)} differ from Velocity's")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
