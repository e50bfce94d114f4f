"""Whether every way to deploy brings an API Gateway to the same state: what each target's consumer made of its files, as its run
read it back into target/conformance/deploy/TARGET.json, beside the OpenAPI document.

A method and a gateway response are compared whole. What a target has no words for stands in SILENT, and nothing else may be missing.
"""

import copy
import json
import sys
from collections.abc import Iterator
from pathlib import Path

READ = Path("target/conformance/deploy")
DOCUMENT = Path("examples/orders/generated/openapi.json")

TARGETS = ["openapi", "cloudformation", "sam", "terraform", "serverless", "cdk", "integration-responses"]

# What a target has no words for, or leaves to those whose methods they are.
SILENT = {
    # The form for a RestApi that is there: who may call is its own to say.
    "cdk": {"authorization"},
}

AUTHORIZATION = {"cognito_user_pools": "COGNITO_USER_POOLS", "custom": "CUSTOM", "awsSigv4": "AWS_IAM"}


def model(response: dict) -> str | None:
    schema = response.get("content", {}).get("application/problem+json", {}).get("schema", {})
    return schema.get("$ref", "").removeprefix("#/components/schemas/") or None


def responses(operation: dict) -> dict:
    """By status: what selects a response, and what it holds."""
    found = {}
    for pattern, response in operation["x-amazon-apigateway-integration"]["responses"].items():
        declared = operation["responses"][response["statusCode"]]
        found[response["statusCode"]] = {
            "pattern": None if pattern == "default" else pattern,
            "template": response.get("responseTemplates", {}).get("application/json"),
            "parameters": response.get("responseParameters", {}),
            "headers": sorted(declared.get("headers", {})),
            "model": model(declared),
        }
    return found


def method(document: dict, operation: dict) -> dict:
    integration = operation["x-amazon-apigateway-integration"]
    schemes = document["components"].get("securitySchemes", {})
    asked = [schemes[name].get("x-amazon-apigateway-authtype") for entry in operation.get("security", []) for name in entry]
    kinds = [AUTHORIZATION[kind] for kind in asked if kind]
    return {
        "type": integration["type"].upper(),
        "passthrough": integration["passthroughBehavior"].upper(),
        "requestTemplate": integration.get("requestTemplates", {}).get("application/json"),
        "authorization": kinds[0] if kinds else "NONE",
        "responses": responses(operation),
    }


def expected() -> dict:
    document = json.loads(DOCUMENT.read_text())
    methods = {
        f"{verb.upper()} {path}": method(document, operation)
        for path, operations in document["paths"].items()
        for verb, operation in operations.items()
    }
    gateway = {
        kind: {
            "status": response.get("statusCode"),
            "parameters": response.get("responseParameters", {}),
            "template": response["responseTemplates"]["application/json"],
        }
        for kind, response in document["x-amazon-apigateway-gateway-responses"].items()
    }
    return {"methods": methods, "gatewayResponses": gateway}


def differences(place: str, ours: object, theirs: object, silent: set[str]) -> Iterator[str]:
    """Where two trees differ; `silent` are the members that the second need not have."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() | theirs.keys():
            if key not in theirs:
                if key not in silent:
                    yield f"{place}/{key} is missing"
            elif key not in ours:
                yield f"{place}/{key} is too much"
            else:
                yield from differences(f"{place}/{key}", ours[key], theirs[key], silent)
    elif ours != theirs:
        yield f"{place} is {json.dumps(theirs)[:200]}\n    and not {json.dumps(ours)[:200]}"


def wrong(target: str, ours: dict, theirs: dict) -> list[str]:
    return sorted(differences(target, ours, theirs, SILENT.get(target, set())))


def broken(tree: dict) -> Iterator[tuple[str, dict]]:
    """Copies of what was read, each with one thing wrong."""
    at = next(name for name in tree["methods"] if name.startswith("GET "))
    status = next(status for status in tree["methods"][at]["responses"] if status.startswith("4"))

    def changed(what: str, change) -> tuple[str, dict]:
        other = copy.deepcopy(tree)
        change(other["methods"][at]["responses"], other)
        return what, other

    yield changed("a response less", lambda of, _: of.pop(status))
    yield changed("a status too much", lambda of, _: of.update({"418": of[status]}))
    for key in ["pattern", "template", "model"]:
        if key in tree["methods"][at]["responses"][status]:
            yield changed(f"another {key}", lambda of, _, key=key: of[status].update({key: f"{of[status][key]}x"}))
    yield changed("a header less", lambda of, _: of[status].update(parameters={}))
    yield changed("a method less", lambda _, all_: all_["methods"].pop(at))


def main() -> int:
    ours = expected()
    said = []
    for target in TARGETS:
        path = READ / f"{target}.json"
        if not path.is_file():
            said.append(f"{path} is missing: {target}'s own run writes it")
            continue
        theirs = json.loads(path.read_text())
        said += wrong(target, ours, theirs)
        said += [f"{target} with {what} passes" for what, copied in broken(theirs) if not wrong(target, ours, copied)]
    print(*said, sep="\n", end="\n" if said else "", file=sys.stderr)
    count = sum(len(method["responses"]) for method in ours["methods"].values())
    print(f"{count} responses of {len(ours['methods'])} methods by {len(TARGETS)} ways to deploy: {len(said)} differ")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
