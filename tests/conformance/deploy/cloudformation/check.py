"""Checks CloudFormation's templates, whole and put together of what is included, by cfn-lint and by stacks that moto makes, and
that each broken copy is found.

    check.py ORDERS VARIANTS INTO
"""

import copy
import functools
import json
import pathlib
import sys

import include
from botocore.exceptions import BotoCoreError, ClientError
from cfnlint.api import lint_all
from held import differences, of_gateway, of_openapi
from stack import Refused, stacked

FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:orders"
orders, variants, into = (pathlib.Path(argument) for argument in sys.argv[1:])


def read(folder, name="cloudformation/template.json"):
    return json.loads((folder / name).read_text())


@functools.cache
def linted(text):
    # Advice is no error; its program shows none either.
    found = [of for of in lint_all(text) if not of.rule.id.startswith("I")]
    return [f"cfn-lint {of.rule.id}: {of.message:.200}" for of in found]


def wrong(template, expected, **parameters):
    """What the checks find, the quick one first."""
    try:
        held, _ = stacked(template, of_gateway, **parameters)
    except (Refused, AttributeError, KeyError, TypeError, ValueError, BotoCoreError, ClientError) as error:
        return [f"stack: {error!s:.200}"]
    return [f"read back: {of}" for of in differences(held, expected)] or linted(json.dumps(template))


def shown(folder):
    """Each way in which somebody takes the folder: the whole, and the snippets in a template of his own."""
    template = read(folder)
    yield "template.json", template

    def snippets(location):
        return (folder / "cloudformation" / location).read_text()

    # Everything but the API, the deployment and the stage.
    host = copy.deepcopy(template)
    resources = host["Resources"]
    mine = {id: of for id, of in resources.items() if id in ("Api", "ApiStage") or "Deployment" in id}
    (deployment,) = (id for id in mine if "Deployment" in id)
    mine[deployment]["DependsOn"] = "ApiComplete"
    host["Resources"] = mine | {"Fn::Transform": include.include("resources.json")}
    yield "resources.json", include.resolved(host, snippets)

    # Methods of one's own, with the responses alone; the models and the gateway responses beside.
    host = copy.deepcopy(template)
    resources = host["Resources"]
    for id, of in list(resources.items()):
        if of["Type"] in ("AWS::ApiGateway::Model", "AWS::ApiGateway::GatewayResponse"):
            del resources[id]
        elif of["Type"] == "AWS::ApiGateway::Method":
            method = of["Properties"]
            name = method["OperationName"]
            if method["HttpMethod"] != "OPTIONS" and method["Integration"]["Type"] == "AWS":
                del method["MethodResponses"], method["Integration"]["IntegrationResponses"]
                method["Fn::Transform"] = include.include(f"methods/{name}/method-responses.json")
                method["Integration"]["Fn::Transform"] = include.include(f"methods/{name}/integration-responses.json")
    both = include.include("models-and-gateway-responses.json")
    yield "snippets", include.resolved(host | {"Resources": resources | {"Fn::Transform": both}}, snippets)
    apart = json.loads(snippets("models.json")) | json.loads(snippets("gateway-responses.json"))
    assert apart == json.loads(snippets("models-and-gateway-responses.json")), "the two together are the third"


def method_of(template):
    """`get_order`, which the broken copies break."""
    methods = (of["Properties"] for of in template["Resources"].values() if of["Type"] == "AWS::ApiGateway::Method")
    return next(method for method in methods if method["OperationName"] == "get_order")


def selected(template, status):
    return next(of for of in method_of(template)["Integration"]["IntegrationResponses"] if of["StatusCode"] == status)


def declared(template, status):
    return next(of for of in method_of(template)["MethodResponses"] if of["StatusCode"] == status)


def deployment_of(template):
    return next(of for of in template["Resources"].values() if of["Type"] == "AWS::ApiGateway::Deployment")


def renamed(template):
    resources = template["Resources"]
    resources["Get_Order"] = resources.pop("HealthResource0587C50E")
    for of in resources.values():
        if of["Properties"].get("ResourceId") == {"Ref": "HealthResource0587C50E"}:
            of["Properties"]["ResourceId"] = {"Ref": "Get_Order"}


BROKEN = {
    "a pattern that is another": lambda of: selected(of, "404").update(SelectionPattern=r"^\[OrderNotFound\] .*"),
    "a template that is another": lambda of: selected(of, "500")["ResponseTemplates"].update({"application/json": "{}"}),
    "a constant without its quotes": lambda of: selected(of, "404")["ResponseParameters"].update(
        {"method.response.header.Content-Type": "application/problem+json"}
    ),
    "a status without its integration response": lambda of: method_of(of)["Integration"]["IntegrationResponses"].remove(
        selected(of, "404")
    ),
    "a status without its method response": lambda of: method_of(of)["MethodResponses"].remove(declared(of, "404")),
    "a header that no method response declares": lambda of: declared(of, "404")["ResponseParameters"].pop(
        "method.response.header.Content-Type"
    ),
    "a text in place of a truth value": lambda of: declared(of, "404")["ResponseParameters"].update(
        {"method.response.header.Content-Type": "perhaps"}
    ),
    "a list in place of a map": lambda of: selected(of, "404").update(ResponseTemplates=["{}"]),
    "a template in an `Fn::Sub`": lambda of: selected(of, "404").update(
        ResponseTemplates={"application/json": {"Fn::Sub": "#set($m=${message})$m"}}
    ),
    "a model by its name": lambda of: declared(of, "404").update(
        ResponseModels={"application/problem+json": "OrderNotFound"}
    ),
    "a deployment that waits for nothing": lambda of: deployment_of(of).pop("DependsOn"),
    "a deployment that waits for all but one": lambda of: deployment_of(of)["DependsOn"].pop(),
    "a parameter that is not there": lambda of: method_of(of)["Integration"].update(Uri={"Ref": "FunctionArn"}),
    "a logical id with a line in it": renamed,
    "an authorizer that no method names": lambda of: method_of(of).pop("AuthorizerId"),
    "a verb that there is none of": lambda of: method_of(of).update(HttpMethod="GRAB"),
    "a schema that is no JSON": lambda of: of["Resources"]["OrderNotFoundModel"]["Properties"].update(Schema="{"),
}


def unsaid(expected):
    """The same where nobody has said who may call, and whoever deploys says that nobody but who signs."""
    for route, method in expected["methods"].items():
        if not route.startswith("OPTIONS"):
            method["authorization"] = "AWS_IAM"
    return expected


failed, count = False, 0
for folder, parameters in [
    (orders, {}),
    (orders, {"StageName": "prod"}),
    (variants / "unsaid", {"FunctionArn": FUNCTION, "AuthorizationType": "AWS_IAM"}),
    (variants / "proxy", {"FunctionArn": FUNCTION}),
    (variants / "hosted", {"FunctionArn": FUNCTION, "PartnersFunctionArn": FUNCTION}),
]:
    document = read(folder, "openapi.json")
    expected = of_openapi(document)
    if folder.name == "unsaid":
        expected = unsaid(expected)
    for name, template in shown(folder):
        # What a host of one's own has to name itself.
        if folder.name == "hosted" and name == "resources.json":
            continue
        count += 1
        found = wrong(template, expected, **parameters)
        if found:
            print(f"{folder.name}, {name}: {len(found)} wrong\n  " + "\n  ".join(found[:5]), file=sys.stderr)
            failed = True

template, expected = read(orders), of_openapi(read(orders, "openapi.json"))
_, said = stacked(template, of_gateway, StageName="prod")
assert said.keys() == {"RestApiId", "RootResourceId", "DeploymentId", "stages"} and said["stages"] == ["prod"], said
for name, breaks in BROKEN.items():
    broken = copy.deepcopy(template)
    breaks(broken)
    assert broken != template, name
    found = wrong(broken, expected)
    if found:
        print(f"{name}: {found[0]}", file=open(into / "broken.txt", "a"))
    else:
        print(f"nothing finds {name}", file=sys.stderr)
        failed = True
held, _ = stacked(template, of_gateway)
(into.parent / "cloudformation.json").write_text(json.dumps(held, indent=2) + "\n")
if failed:
    sys.exit(1)
print(f"cloudformation: {count} templates by cfn-lint and as stacks: 0 wrong; {len(BROKEN)} broken copies, each found")
