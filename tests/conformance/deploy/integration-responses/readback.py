"""A REST API as its control plane tells it, and as an OpenAPI document says it, in one form."""

import json


def of_document(document: dict) -> dict:
    """What an import has to make of it."""
    methods = {}
    for path, operations in document["paths"].items():
        for verb, operation in operations.items():
            integration = operation["x-amazon-apigateway-integration"]
            responses = {}
            for pattern, one in integration["responses"].items():
                declared = operation["responses"][one["statusCode"]]
                schema = declared.get("content", {}).get("application/problem+json", {}).get("schema", {})
                responses[one["statusCode"]] = {
                    "pattern": None if pattern == "default" else pattern,
                    "template": one.get("responseTemplates", {}).get("application/json"),
                    "parameters": one.get("responseParameters", {}),
                    "headers": sorted(declared.get("headers", {})),
                    "model": schema.get("$ref", "").rpartition("/")[2] or None,
                }
            scheme = [document["components"]["securitySchemes"][name] for entry in operation.get("security", []) for name in entry]
            methods[f"{verb.upper()} {path}"] = {
                "type": integration["type"].upper(),
                "passthrough": integration["passthroughBehavior"].upper(),
                "requestTemplate": integration.get("requestTemplates", {}).get("application/json"),
                "authorization": scheme[0]["x-amazon-apigateway-authtype"].upper() if scheme else "NONE",
                "responses": responses,
            }
    gateway = {
        kind: {
            "status": one.get("statusCode"),
            "parameters": one.get("responseParameters", {}),
            "template": one["responseTemplates"]["application/json"],
        }
        for kind, one in document["x-amazon-apigateway-gateway-responses"].items()
    }
    return {"methods": methods, "gatewayResponses": gateway}


def of_api(gateway: object, api: str) -> dict:
    """What a client of boto3 reads of an API."""
    methods = {}
    for resource in gateway.get_resources(restApiId=api, limit=500)["items"]:
        for verb in resource.get("resourceMethods", {}):
            method = gateway.get_method(restApiId=api, resourceId=resource["id"], httpMethod=verb)
            integration = method.get("methodIntegration", {})
            answers = integration.get("integrationResponses", {})
            responses = {}
            for status, declared in method.get("methodResponses", {}).items():
                one = answers.get(status, {})
                models = declared.get("responseModels") or {}
                names = [name.rpartition(".")[2] for name in declared.get("responseParameters") or {}]
                responses[status] = {
                    "pattern": one.get("selectionPattern") or None,
                    "template": (one.get("responseTemplates") or {}).get("application/json"),
                    "parameters": one.get("responseParameters") or {},
                    "headers": sorted(names),
                    "model": models.get("application/problem+json"),
                }
            methods[f"{verb} {resource['path']}"] = {
                "type": integration.get("type"),
                "passthrough": integration.get("passthroughBehavior"),
                "requestTemplate": (integration.get("requestTemplates") or {}).get("application/json"),
                "authorization": method.get("authorizationType"),
                "responses": responses,
                "undeclared": sorted(set(answers) - set(responses)),
            }
            if not methods[f"{verb} {resource['path']}"]["undeclared"]:
                del methods[f"{verb} {resource['path']}"]["undeclared"]
    responses = {
        one["responseType"]: {
            "status": one.get("statusCode"),
            "parameters": one.get("responseParameters") or {},
            "template": (one.get("responseTemplates") or {}).get("application/json"),
        }
        for one in gateway.get_gateway_responses(restApiId=api)["items"]
        if not one.get("defaultResponse")
    }
    return {"methods": methods, "gatewayResponses": responses}


def differences(left: object, right: object, at: str = "") -> set[str]:
    """The places where two of them differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        return set().union(*(differences(left.get(key), right.get(key), f"{at}/{key}") for key in {*left, *right}))
    return set() if left == right else {f"{at}: {json.dumps(left)} and {json.dumps(right)}"}
