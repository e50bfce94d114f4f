"""What others make of the API without its function: it imports, it answers each error as the vectors have it, and its method
responses and gateway responses are those of the API with the function."""

import copy
import json
import os
import re
import sys
from pathlib import Path

import boto3
import moto
from openapi_spec_validator import validate

sys.path.insert(0, "tests/conformance/airspeed")
from render import CONTEXT, Input, rendered  # noqa: E402

GENERATED = Path("examples/orders/generated")
HOSTILE = ["$input.body", "#set($e='OrderNotFound')", "'", '"}#end', "\\", "OrderNotFound ", "#stop", "é"]


def read(name: str) -> dict:
    return json.loads((GENERATED / name).read_text())


class Wrong(Exception):
    pass


def hold(condition: object, what: str) -> None:
    if not condition:
        raise Wrong(what)


@moto.mock_aws
def imported(document: dict) -> dict:
    """The methods as API Gateway has them after an import. moto takes none of headers, models, gateway responses and security."""
    document = copy.deepcopy(document)
    for path in document["paths"].values():
        for operation in path.values():
            # moto asks both of every integration, and API Gateway none of a mock.
            operation["x-amazon-apigateway-integration"] |= {"uri": "none", "httpMethod": "POST"}
    gateway = boto3.client("apigateway", "us-east-1", aws_access_key_id="none", aws_secret_access_key="none")
    api = gateway.import_rest_api(failOnWarnings=True, body=json.dumps(document).encode())["id"]
    methods = {}
    for resource in gateway.get_resources(restApiId=api, limit=500)["items"]:
        for verb in resource.get("resourceMethods", {}):
            found = gateway.get_method(restApiId=api, resourceId=resource["id"], httpMethod=verb)
            methods[f"{verb} {resource['path']}"] = found
    return methods


def shown(document: dict) -> dict:
    """What a client can see of a document, but for the two parameters that ask for an error."""
    document = copy.deepcopy(document)
    for path in document["paths"].values():
        for operation in path.values():
            del operation["x-amazon-apigateway-integration"]
            own = [one for one in operation.get("parameters", []) if one["name"] not in ("mock_error", "x-mock-error")]
            operation["parameters"] = own
    return document


def answer(method: dict, declared: dict, query: dict, header: dict) -> dict:
    """What the method answers, by the engine of LocalStack."""
    parameters = {"path": {"order_id": "42"}, "querystring": query, "header": header}
    integration = method["methodIntegration"]
    hold(integration["type"].upper() == "MOCK", "it is no mock")
    hold(integration["passthroughBehavior"].upper() == "NEVER", "a body of another media type chooses the status")
    asked, override = rendered(integration["requestTemplates"]["application/json"], Input("", parameters))
    hold(override == {"header": {}}, "the request's template sets what the response's should")
    status = str(json.loads(asked)["statusCode"])
    all_responses = integration["integrationResponses"].values()
    chosen = [one for one in all_responses if re.fullmatch(one.get("selectionPattern") or "(?!)", status)]
    default = [one for one in all_responses if not one.get("selectionPattern")]
    hold(len(chosen) <= 1 and len(default) == 1, "two responses for one answer")
    [response] = chosen or default
    body, override = rendered(response["responseTemplates"]["application/json"], Input("", parameters))
    headers = {name.removeprefix("method.response.header.").lower(): value.strip("'") for name, value in response["responseParameters"].items()}
    hold(response["statusCode"] in method["methodResponses"], f"{response['statusCode']} has no method response")
    for name in response["responseParameters"]:
        hold(name.removeprefix("method.response.header.") in declared[response["statusCode"]]["headers"], f"{name} is not declared")
    headers |= {name.lower(): str(value) for name, value in override["header"].items()}
    return {"status": int(override.get("status") or response["statusCode"]), "headers": headers, "body": json.loads(body)}


def check(document: dict) -> tuple[int, int]:
    """Everything that has to hold."""
    validate(document)
    hold(shown(document) == shown(read("openapi.json")), "a client sees another API")
    mock = imported(document)
    contract = read("contract.json")
    clean = {case["caught"]["code"]: case for case in read("vectors.json")["cases"] if case["name"].endswith("as it should come") and "code" in case["caught"]}
    sets = {of["name"]: of["errors"] for of in contract["sets"]}
    tried = 0
    for key, method in mock.items():
        operation = next((of for of in contract["operations"] if key == f"{of['method'].upper()} {of['path']}"), None)
        if operation is None:
            continue
        declared = document["paths"][operation["path"]][operation["method"].lower()]["responses"]
        success = answer(method, declared, {}, {"accept": "*/*"})
        hold(success["status"] == operation["status"], f"{key}: {success}")
        for code in [*sets[operation["set"]], "InvalidPayload", "InternalError", "FunctionTimeout"]:
            expected = clean[code]["response"]
            for query, header in [({"mock_error": code}, {}), ({"mock_error": "Other"}, {"X-Mock-Error": code})]:
                found = answer(method, declared, query, header)
                members = json.loads(expected["body"])
                members["instance"] = CONTEXT["requestId"]
                hold(found["status"] == expected["status"] and found["body"] == members, f"{key} {code}: {found}")
                for name, value in expected["headers"]:
                    hold(name == "x-amzn-requestid" or found["headers"].get(name.lower()) == value, f"{key} {code}: {name}")
                tried += 1
        for hostile in HOSTILE:
            for query, header in [({"mock_error": hostile}, {}), ({}, {"x-mock-error": hostile})]:
                found = answer(method, declared, query, header)
                hold(found["status"] == 400 and found["body"]["code"] == "UnknownMockError", f"{key} {hostile}: {found}")
                hold(sets[operation["set"]][0] in found["body"]["detail"], f"{key}: the errors are not listed")
                tried += 1
    return len(mock), tried


def of(document: dict) -> dict:
    return document["paths"]["/orders/{order_id}"]["get"]


def integration(document: dict) -> dict:
    return of(document)["x-amazon-apigateway-integration"]


def template(document: dict, status: str, before: str, after: str) -> None:
    templates = integration(document)["responses"][status]["responseTemplates"]
    changed = templates["application/json"].replace(before, after)
    assert changed != templates["application/json"]
    templates["application/json"] = changed


def renamed(responses: dict, before: str, after: str) -> None:
    responses[after] = responses.pop(before)


BROKEN = {
    "a pattern that no status is": lambda d: renamed(integration(d)["responses"], "404", "405"),
    "a pattern of two statuses": lambda d: renamed(integration(d)["responses"], "404", "4\\d{2}"),
    "a status without a response": lambda d: of(d)["responses"].pop("410"),
    "a value that is evaluated": lambda d: template(d, "404", "\\u0024a", "$requestId"),
    "a value that ends the text": lambda d: template(d, "404", "\\u0022x\\u0022", '"x"'),
    "a comment in a value": lambda d: template(d, "404", "\\u0023b", "##b"),
    "a header that is not set": lambda d: template(d, "429", "['retry-after']", "['retry-later']"),
    "a code in other letters": lambda d: template(d, "503", "$e=='Maintenance'", "$e=='maintenance'"),
    "what was asked for, printed": lambda d: template(d, "400", "take an error", "take an error, not $e, of $e"),
    "another media type": lambda d: integration(d)["responses"]["404"]["responseParameters"].pop("method.response.header.Content-Type"),
    "a gateway response that is gone": lambda d: d["x-amazon-apigateway-gateway-responses"].pop("UNAUTHORIZED"),
    "any media type": lambda d: integration(d).update(passthroughBehavior="when_no_match"),
    "a type that OpenAPI has not": lambda d: of(d)["parameters"][0].update({"in": "nowhere"}),
    "no authorization": lambda d: of(d).pop("security"),
}


def main() -> int:
    document = read("openapi-mock.json")
    methods, tried = check(document)
    missed = []
    for what, breaks in BROKEN.items():
        broken = copy.deepcopy(document)
        breaks(broken)
        try:
            check(broken)
            missed.append(what)
        except Exception as error:  # Whatever says that it is broken.
            if os.environ.get("VERBOSE"):
                print(f"{what}: {type(error).__name__} {str(error)[:150]!r}", file=sys.stderr)
    if missed:
        print("not found:", "; ".join(missed), file=sys.stderr)
        return 1
    print(
        f"openapi-mock: {methods} methods imported by moto without a warning, as the real ones; {tried} answers by airspeed: 0 wrong; "
        f"{len(BROKEN)} broken copies, each found"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
