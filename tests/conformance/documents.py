"""Validates generated documents with the parts that will read them."""

import json
import sys
from pathlib import Path

import boto3
import botocore
import botocore.session
import moto
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator
from openapi_spec_validator import validate

# What a document leaves to the command line, for `function` and authorization are not ours to say.
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:orders"
URI = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"


def operation(command: str) -> str:
    """`put-method` as the API names it: `PutMethod`."""
    return "".join(word.capitalize() for word in command.split("-"))


def parameters(call: dict, document: dict, resource: str) -> dict:
    """A document with what the command line adds to it."""
    added = {"restApiId": "api", **({"resourceId": resource} if "path" in call else {})}
    if call["command"] == "put-method":
        added["authorizationType"] = "AWS_IAM"
    if call["command"] == "put-integration" and document["type"] == "AWS":
        added["uri"] = URI
    return {**added, **document}


def misshapen(folder: Path, calls: list[dict]) -> list[str]:
    """What the AWS SDK's own model of API Gateway refuses."""
    gateway = botocore.session.get_session().get_service_model("apigateway")
    said = []
    for call in calls:
        given = parameters(call, json.loads((folder / call["document"]).read_text()), "resource")
        report = ParamValidator().validate(given, gateway.operation_model(operation(call["command"])).input_shape)
        if report.has_errors():
            said.append(f"{call['document']}: {report.generate_report()}")
    return said


@moto.mock_aws
def refused(folder: Path, calls: list[dict]) -> list[str]:
    """What moto's API Gateway refuses of calls made one after the other on a new API."""
    gateway = boto3.client("apigateway", "us-east-1", aws_access_key_id="none", aws_secret_access_key="none")
    api = gateway.create_rest_api(name="orders")["id"]
    resources = {item["path"]: item["id"] for item in gateway.get_resources(restApiId=api)["items"]}

    def resource(path: str) -> str:
        if path not in resources:
            parent, _, part = path.rpartition("/")
            made = gateway.create_resource(restApiId=api, parentId=resource(parent or "/"), pathPart=part)
            resources[path] = made["id"]
        return resources[path]

    said = []
    for call in calls:
        document = json.loads((folder / call["document"]).read_text())
        given = parameters(call, document, resource(call.get("path", "/")))
        try:
            getattr(gateway, call["command"].replace("-", "_"))(**{**given, "restApiId": api})
        except ClientError as error:
            said.append(f"{call['document']}: {error}")
    return said


def main(generated: Path, *others: Path) -> int:
    for document in [generated / "openapi.json", generated / "openapi-plain.json", *others]:
        validate(json.loads(document.read_text()))

    folder = generated / "integration-responses"
    calls = json.loads((folder / "index.json").read_text())["calls"]
    on_disk = {str(path.relative_to(folder)) for path in folder.rglob("*.json")} - {"index.json"}
    named = [call["document"] for call in calls]
    if not named or set(named) != on_disk or len(named) != len(on_disk):
        print(f"index.json and the folder differ: {sorted(on_disk ^ set(named))}", file=sys.stderr)
        return 1
    failed = misshapen(folder, calls) + refused(folder, calls)
    # The order matters, or the check above shows nothing.
    unordered = refused(folder, sorted(calls, key=lambda call: call["document"]))
    print(*failed, sep="\n", end="\n" if failed else "", file=sys.stderr)
    print(f"{2 + len(others)} OpenAPI documents valid; {len(calls)} documents against botocore {botocore.__version__} and,")
    print(f"in their order, moto {moto.__version__}: {len(failed)} refused; in the folder's order {len(unordered)}")
    return 1 if failed or not unordered else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
