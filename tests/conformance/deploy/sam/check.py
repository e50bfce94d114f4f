"""Checks SAM's templates: each is transformed by SAM's own translator, its API read back and compared with the OpenAPI document,
and both are linted; an existing project keeps what is its own; and each broken copy is found.

    check.py ORDERS VARIANTS INTO
"""

import copy
import functools
import json
import logging
import os
import pathlib
import subprocess
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cloudformation"))

import include
import yaml
from cfnlint.api import lint_all
from held import differences, of_openapi
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform

# The translator tells of measurements that nobody takes.
logging.disable()
orders, variants, into = (pathlib.Path(argument) for argument in sys.argv[1:])


class Wrong(Exception):
    """What SAM would not take."""


class NoPolicies:
    @staticmethod
    def load():
        return {}


def transformed(template, **parameters):
    """What SAM makes of a template, its parameters known."""
    template = copy.deepcopy(template)
    defaults = {name: of["Default"] for name, of in template.get("Parameters", {}).items() if "Default" in of}
    given = defaults | parameters
    missing = template.get("Parameters", {}).keys() - given.keys()
    if missing:
        raise Wrong(f"nobody says {sorted(missing)}")
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # `sam package` has put it there.
            resource["Properties"]["CodeUri"] = "s3://bucket/code.zip"
    try:
        made = transform(template, dict(given), NoPolicies())
    except InvalidDocumentException as error:
        raise Wrong(error.message + " " + " ".join(cause.message for cause in error.causes)) from None
    conditions = {name: held(of, given) for name, of in made.get("Conditions", {}).items()}
    return json.loads(json.dumps(chosen(made, conditions)))


def held(condition, given):
    """Whether a condition holds; ours compare one parameter."""
    (one, other) = condition["Fn::Equals"]
    return given[one["Ref"]] == other


def chosen(node, conditions):
    """What is left of each `Fn::If`."""
    if isinstance(node, list):
        return [chosen(of, conditions) for of in node]
    if not isinstance(node, dict):
        return node
    if "Fn::If" in node:
        condition, yes, no = node["Fn::If"]
        return chosen(yes if conditions[condition] else no, conditions)
    found = {name: chosen(of, conditions) for name, of in node.items()}
    return {name: of for name, of in found.items() if of != {"Ref": "AWS::NoValue"}}


def body(template):
    """The definition of the only API."""
    kinds = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")
    (api,) = (of for of in template["Resources"].values() if of["Type"] in kinds)
    return api["Properties"]["Body"]


@functools.cache
def linted(text):
    # Advice is no error; its program shows none either.
    found = [of for of in lint_all(text) if not of.rule.id.startswith("I")]
    return [f"cfn-lint {of.rule.id}: {of.message:.200}" for of in found]


def wrong(template, document, signs=False, **parameters):
    """What the checks find, the quick ones first."""
    try:
        found = body(transformed(template, **parameters))
        different = [f"read back: {of}" for of in compared(found, document, signs)]
    except (Wrong, AttributeError, KeyError, TypeError, ValueError) as error:
        return [f"translator: {error!s:.200}"]
    return different or linted(json.dumps(template))


def compared(found, document, signs):
    if "x-amazon-apigateway-gateway-responses" not in document:
        return differences(without_uri(found["paths"]), without_uri(document["paths"]))
    expected = of_openapi(document)
    for route, method in expected["methods"].items():
        if signs and not route.startswith("OPTIONS"):
            method["authorization"] = "AWS_IAM"
    return differences(of_openapi(found), expected)


def without_uri(node):
    if isinstance(node, dict):
        return {name: without_uri(of) for name, of in node.items() if name != "uri"}
    return [without_uri(of) for of in node] if isinstance(node, list) else node


def existing(project):
    """A project of before, with the one include: all of its own is there still, and the errors are ours."""
    before, after = (yaml.safe_load((project / name).read_text()) for name in ("before.yaml", "template.yaml"))
    api = lambda of: of["Resources"]["OrdersApi"]["Properties"]
    differ = [of.split(" ")[0] for of in differences(before, after)]
    assert differ and all(of.startswith("/Resources/OrdersApi/Properties/DefinitionBody/") for of in differ), differ
    whole = include.resolved(after, lambda location: (project / location).read_text())
    assert api(whole)["DefinitionBody"] == json.loads((project / "generated/definition.json").read_text())
    given = {
        "UserPoolArn": "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Teapots42",
        "CertificateArn": "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000",
    }
    was, now = (transformed(of, **given) for of in (before, whole))
    # Of the API its definition differs, and with it the name of the deployment, which the stage shows.
    rest = lambda of: {
        id: {**resource, "Properties": {name: value for name, value in resource["Properties"].items() if name not in ("Body", "DeploymentId")}}
        for id, resource in of["Resources"].items()
        if resource["Type"] != "AWS::ApiGateway::Deployment"
    }
    lost = list(differences(rest(was), rest(now)))
    kinds = {resource["Type"] for resource in now["Resources"].values()}
    for kind in ("Stage", "UsagePlan", "DomainName", "BasePathMapping"):
        assert f"AWS::ApiGateway::{kind}" in kinds, kind
    assert "AWS::Lambda::Function" in kinds and "AWS::Lambda::Permission" in kinds
    definition, old = body(now), body(was)
    schemes = lambda of: (of.get("components", {}).get("securitySchemes") or of["securityDefinitions"])["Customers"]
    lost += differences(schemes(definition), schemes(old))
    expected = of_openapi(json.loads((project / "openapi.json").read_text()))
    for route, method in expected["methods"].items():
        # Theirs, for whoever is no preflight.
        method["authorization"] = "NONE" if route.startswith("OPTIONS") else "COGNITO_USER_POOLS"
    lost += differences(of_openapi(definition), expected)
    return lost + linted(json.dumps(whole)), whole


def operation(template, verb="get", path="/orders/{order_id}"):
    return template["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"][path][verb]


def integration(template):
    return operation(template)["x-amazon-apigateway-integration"]


def renamed(template):
    responses = integration(template)["responses"]
    responses[r"^\[OrderNotFound\] .*"] = responses.pop(r"^\[(?:OrderNotFound)\] [\s\S]*")


BROKEN = {
    "a pattern that is another": renamed,
    "a status without its response": lambda of: operation(of)["responses"].pop("404"),
    "a pattern without its response": lambda of: integration(of)["responses"].pop(r"^\[(?:OrderNotFound)\] [\s\S]*"),
    "a template that is another": lambda of: integration(of)["requestTemplates"].update({"application/json": "{}"}),
    "a type in the other case": lambda of: integration(of).update(type="aws_proxy"),
    "a template in an `Fn::Sub`": lambda of: integration(of)["requestTemplates"].update(
        {"application/json": {"Fn::Sub": "${operation}"}}
    ),
    "a function that is not there": lambda of: of["Resources"]["ApiPermission"]["Properties"].update(
        FunctionName={"Ref": "FunctionArn"}
    ),
    "no stage": lambda of: of["Resources"]["Api"]["Properties"].pop("StageName"),
    "a definition that is none": lambda of: of["Resources"]["Api"]["Properties"].update(DefinitionBody={"openapi": "3.0.1"}),
    "a property that SAM does not know": lambda of: of["Resources"]["Api"]["Properties"].update(Definition={}),
    "methods that anybody may call": lambda of: operation(of).pop("security"),
    "no gateway responses": lambda of: of["Resources"]["Api"]["Properties"]["DefinitionBody"].pop(
        "x-amazon-apigateway-gateway-responses"
    ),
}


def read(folder, name):
    return json.loads((folder / name).read_text())


failed, count = False, 0


def report(what, found):
    global failed, count
    count += 1
    if found:
        print(f"{what}: {len(found)} wrong\n  " + "\n  ".join(found[:5]), file=sys.stderr)
        failed = True


function = {"FunctionArn": "arn:aws:lambda:eu-central-1:123456789012:function:orders"}
template, document = read(orders, "sam/template.json"), read(orders, "openapi.json")
report("orders", wrong(template, document))
unsaid = read(variants / "unsaid", "sam/template.json")
for who in ("NONE", "AWS_IAM"):
    found = wrong(unsaid, read(variants / "unsaid", "openapi.json"), who == "AWS_IAM", AuthorizationType=who, **function)
    report(f"unsaid, {who}", found)
try:
    transformed(unsaid, **function)
    report("unsaid", ["it is deployed although nobody says who may call"])
except Wrong:
    pass
for name in ("proxy", "http-api", "http-api-1.0"):
    report(name, wrong(read(variants / name, "sam/template.json"), read(variants / name, "openapi.json"), **function))
lost, whole = existing(variants / "existing")
report("the existing project", lost)
(into / "existing.json").write_text(json.dumps(whole))

for of in (orders / "sam/template.json", into / "existing.json"):
    ran = subprocess.run(
        [pathlib.Path(sys.executable).with_name("sam"), "validate", "--lint", "--region", "eu-central-1", "--template", of],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": str(into), "SAM_CLI_TELEMETRY": "0"}
        | {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"},
    )
    report(f"sam validate --lint {of}", [ran.stdout + ran.stderr] if ran.returncode else [])

for name, breaks in BROKEN.items():
    broken = copy.deepcopy(template)
    breaks(broken)
    assert broken != template, name
    found = wrong(broken, document)
    if found:
        print(f"{name}: {found[0]}", file=open(into / "broken.txt", "a"))
    else:
        print(f"nothing finds {name}", file=sys.stderr)
        failed = True
(into.parent / "sam.json").write_text(json.dumps(of_openapi(body(transformed(template))), indent=2) + "\n")
if failed:
    sys.exit(1)
print(f"sam: {count} templates by SAM's translator, cfn-lint and sam validate: 0 wrong; {len(BROKEN)} broken copies, each found")
