"""What an API is in the end, method by method: of API Gateway's own words, and of an OpenAPI document's."""


def response(pattern, template, parameters, headers, model):
    return {
        "pattern": pattern or None,
        "template": template,
        "parameters": parameters,
        "headers": sorted(headers),
        "model": model,
    }


def of_gateway(client, api):
    """Reads the API back from API Gateway's control plane."""
    methods = {}
    for resource in client.get_resources(restApiId=api, limit=500)["items"]:
        for verb in resource.get("resourceMethods", {}):
            method = client.get_method(restApiId=api, resourceId=resource["id"], httpMethod=verb)
            methods[f"{verb} {resource['path']}"] = of_method(method)
    responses = client.get_gateway_responses(restApiId=api, limit=500)["items"]
    return {
        "methods": methods,
        "gatewayResponses": {
            of["responseType"]: gateway_response(of) for of in responses if not of.get("defaultResponse")
        },
    }


def gateway_response(of):
    return {
        "status": of.get("statusCode"),
        "parameters": of.get("responseParameters", {}),
        "template": of.get("responseTemplates", {}).get("application/json"),
    }


def of_method(method):
    integration = method["methodIntegration"]
    found = integration.get("integrationResponses", {})
    responses = {}
    for status, declared in method.get("methodResponses", {}).items():
        of = found.get(status, {})
        headers = [name.removeprefix("method.response.header.") for name in declared.get("responseParameters", {})]
        models = [name for name in declared.get("responseModels", {}).values() if name != "Empty"]
        responses[status] = response(
            of.get("selectionPattern"),
            of.get("responseTemplates", {}).get("application/json"),
            of.get("responseParameters", {}),
            headers,
            models[0] if models else None,
        )
    return {
        "type": integration["type"],
        "passthrough": integration.get("passthroughBehavior"),
        "requestTemplate": integration.get("requestTemplates", {}).get("application/json"),
        "authorization": method["authorizationType"],
        "responses": responses,
    }


AUTHTYPES = {"awsSigv4": "AWS_IAM", "cognito_user_pools": "COGNITO_USER_POOLS", "custom": "CUSTOM"}


def of_openapi(document):
    """Reads an OpenAPI document as the import does."""
    schemes = document["components"].get("securitySchemes", {})
    authtypes = {name: AUTHTYPES.get(scheme.get("x-amazon-apigateway-authtype")) for name, scheme in schemes.items()}
    methods = {}
    for path, operations in document["paths"].items():
        for verb, operation in operations.items():
            asked = [authtypes[name] for of in operation.get("security", []) for name in of if authtypes[name]]
            integration = operation["x-amazon-apigateway-integration"]
            selected = {
                of["statusCode"]: (None if key == "default" else key, of)
                for key, of in integration.get("responses", {}).items()
            }
            responses = {}
            for status, declared in operation["responses"].items():
                pattern, of = selected.get(status, (None, {}))
                problem = declared.get("content", {}).get("application/problem+json")
                responses[status] = response(
                    pattern,
                    of.get("responseTemplates", {}).get("application/json"),
                    of.get("responseParameters", {}),
                    declared.get("headers", {}),
                    problem["schema"]["$ref"].rpartition("/")[2] if problem else None,
                )
            methods[f"{verb.upper()} {path}"] = {
                "type": integration["type"].upper(),
                "passthrough": integration.get("passthroughBehavior", "when_no_match").upper(),
                "requestTemplate": integration.get("requestTemplates", {}).get("application/json"),
                "authorization": asked[0] if asked else "NONE",
                "responses": responses,
            }
    gateway_responses = document.get("x-amazon-apigateway-gateway-responses", {})
    return {
        "methods": methods,
        "gatewayResponses": {kind: gateway_response(of) for kind, of in gateway_responses.items()},
    }


def differences(one, other, place=""):
    """Where two of them differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in [*one, *(name for name in other if name not in one)]:
            if name not in one or name not in other:
                yield f"{place}/{name} is in one alone"
            else:
                yield from differences(one[name], other[name], f"{place}/{name}")
    elif one != other:
        yield f"{place}: {one!r:.120} and {other!r:.120}"
