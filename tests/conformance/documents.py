"""Validates generated documents with the parts that will read them."""

import json
import sys
from pathlib import Path

import botocore
import botocore.session
from botocore.validate import ParamValidator
from openapi_spec_validator import validate

# The call that takes each kind of document, by the end of its name.
CALLS = {
    "integration-response": "PutIntegrationResponse",
    "method-response": "PutMethodResponse",
    "model": "CreateModel",
    "gateway-response": "PutGatewayResponse",
}


def main(generated: Path) -> int:
    validate(json.loads((generated / "openapi.json").read_text()))

    gateway = botocore.session.get_session().get_service_model("apigateway")
    failed = 0
    documents = sorted((generated / "integration-responses").rglob("*.json"))
    for path in documents:
        call = CALLS[path.name.split(".")[-2]]
        # The ids that the command line adds.
        parameters = {"restApiId": "api", **json.loads(path.read_text())}
        if call in ("PutIntegrationResponse", "PutMethodResponse"):
            parameters["resourceId"] = "resource"
        report = ParamValidator().validate(parameters, gateway.operation_model(call).input_shape)
        if report.has_errors():
            failed += 1
            print(f"{path}: {report.generate_report()}", file=sys.stderr)
    print(f"OpenAPI document valid; {len(documents)} documents against botocore {botocore.__version__}")
    print(f"{len(documents) + 1 - failed} passed, {failed} failed")
    return 1 if failed or not documents else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
