"""The projects that are packaged: each as somebody would write it who takes in one kind of file."""

HEAD = """service: orders
frameworkVersion: ">=3"
configValidationMode: error
provider:
  name: aws
  runtime: provided.al2023
  region: eu-central-1
package:
  artifact: target/lambda/orders/bootstrap.zip
"""

OPERATIONS = {
    "get_order": ("get", "/orders/{order_id}"),
    "search_orders": ("get", "/orders"),
    "place_order": ("post", "/orders"),
    "health": ("get", "/health"),
}

WHOLE = "  - ${file(generated/serverless/resources.json)}\n"
OF_EVENTS = "  - ${file(generated/serverless/event-resources.json)}\n"


def events(authorizer: str | None = None, gate: bool = False) -> str:
    """Whole events, and the one line for each of them."""
    said = "" if authorizer is None else f"custom:\n  throwback:\n    authorizer: {authorizer}\n"
    lines = "".join(f"      - http: ${{file(generated/serverless/events.json):{name}}}\n" for name in OPERATIONS)
    functions = "functions:\n  orders:\n    handler: bootstrap\n    events:\n" + lines
    gated = "  gate:\n    handler: bootstrap\n" if gate else ""
    return HEAD + said + functions + gated + "resources:\n" + WHOLE + OF_EVENTS


def responses() -> str:
    """Handlers that are configured already, with the one line for the response of each."""
    block = """      - http:
          path: {path}
          method: {method}
          integration: lambda
          operationId: mine_{name}
          authorizer: aws_iam
          cors:
            origin: https://shop.example.com
            headers: [Content-Type, X-Mine]
          request:
            parameters:
              querystrings:
                mine: true
            template:
              application/json: '{{"mine":"{name}"}}'
              application/x-www-form-urlencoded: null
          response: ${{file(generated/serverless/responses.json):{name}}}
"""
    events = "".join(block.format(name=name, method=method, path=path) for name, (method, path) in OPERATIONS.items())
    return HEAD + "functions:\n  orders:\n    handler: bootstrap\n    events:\n" + events + "resources:\n" + WHOLE
