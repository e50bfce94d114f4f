"""Applies the generated Terraform modules to the provider beside this, whose API Gateway is a file, and reads back from the
snapshot of a deployment what would answer: it has to be what the OpenAPI document says. Then broken copies of the modules,
each of which has to fail.

    check.py PROGRAM FOLDER    Terraform or OpenTofu, and the folder with the provider, its schemas and the other APIs
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PROGRAM, INTO = sys.argv[1], Path(sys.argv[2])
ORDERS = Path("examples/orders/generated")
EXISTING = Path("examples/deploy/terraform")
FUNCTION = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/f/invocations"


class Wrong(Exception):
    """What does not hold."""


class Project:
    """A configuration in a folder of its own, with an API Gateway of its own."""

    def __init__(self, name: str) -> None:
        self.folder = INTO / "work" / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.gateway = self.folder / "gateway.json"

    def run(self, *arguments: str) -> str:
        environment = {**os.environ, "GATEWAY": str(self.gateway), "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}
        environment |= {"TF_CLI_CONFIG_FILE": str(INTO / "cli.tfrc"), "SCHEMA": str(INTO / "package/lib")}
        command = [PROGRAM, f"-chdir={self.folder}", *arguments]
        ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if ran.returncode:
            raise Wrong(re.sub(r"\s*\n[│╷╵ ]*", " ", ran.stderr or ran.stdout))
        return ran.stdout

    def plan(self, *more: str) -> dict[str, list[str]]:
        """What a run would do, by address."""
        self.run("get", "-no-color")
        self.run("plan", "-no-color", "-input=false", "-out=planned", *more)
        changes = json.loads(self.run("show", "-json", "planned")).get("resource_changes", [])
        return {change["address"]: change["change"]["actions"] for change in changes}

    def apply(self, *more: str) -> dict[str, list[str]]:
        done = self.plan(*more)
        self.run("apply", "-no-color", "-input=false", "planned")
        return done

    def snapshot(self) -> dict[str, dict]:
        """What the only deployment holds."""
        at = json.loads(self.gateway.read_text())
        found = [of["snapshot"] for key, of in at.items() if key.startswith("deployment ")]
        if len(found) != 1:
            raise Wrong(f"{len(found)} deployments")
        return found[0]


def whole(name: str, generated: Path, variables: dict | None = None, of: str = "api") -> Project:
    """The module of a whole API, called from a configuration that has nothing else."""
    project = Project(name)
    shutil.copytree(generated / "terraform", project.folder / "modules")
    module = {"source": f"./modules/{of}", **(variables or {})}
    (project.folder / "main.tf.json").write_text(json.dumps({"module": {"api": module}}))
    return project


def existing(name: str) -> Project:
    """The project that was written by hand."""
    project = Project(name)
    shutil.copytree(ORDERS / "terraform", project.folder / "modules")
    write(project, (EXISTING / "main.tf").read_text(), (EXISTING / "errors.tf").read_text())
    given = {"role_arn": "arn:aws:iam::123456789012:role/orders", "user_pool_arn": "arn:aws:cognito-idp:e:1:userpool/u"}
    (project.folder / "terraform.tfvars.json").write_text(json.dumps(given))
    return project


def write(project: Project, main: str, errors: str) -> None:
    (project.folder / "main.tf").write_text(main)
    (project.folder / "errors.tf").write_text(errors.replace("../../orders/generated/terraform", "./modules"))


def empty(value: dict | None) -> dict:
    return value or {}


def template(of: dict, kind: str) -> str | None:
    return empty(of.get(kind)).get("application/json")


def headers(of: dict) -> list[str]:
    return sorted(name.removeprefix("method.response.header.") for name in empty(of.get("response_parameters")))


def read_back(at: dict[str, dict]) -> dict:
    """Methods by their routes, and gateway responses, of a snapshot."""
    resources = {of["id"]: of for key, of in at.items() if key.startswith("resource ")}

    def path(resource: str) -> str:
        of = resources.get(resource)
        return path(of["parent_id"]).rstrip("/") + "/" + of["path_part"] if of else "/"

    methods = {}
    for of in (of for key, of in at.items() if key.startswith("method ")):
        place = f"{of['rest_api_id']} {of['resource_id']} {of['http_method']}"
        integration = at[f"integration {place}"]
        responses = {}
        for key in (key for key in at if key.startswith(f"method_response {place} ")):
            status = key.rsplit(" ", 1)[1]
            mapped = at.get(f"integration_response {place} {status}", {})
            models = set(empty(at[key].get("response_models")).values()) - {"Empty"}
            responses[status] = {
                "pattern": mapped.get("selection_pattern") or None,
                "template": template(mapped, "response_templates"),
                "parameters": empty(mapped.get("response_parameters")),
                "headers": headers(at[key]),
                "model": next(iter(models), None),
            }
        methods[f"{of['http_method']} {path(of['resource_id'])}"] = {
            "type": integration["type"],
            "passthrough": integration["passthrough_behavior"],
            "requestTemplate": template(integration, "request_templates"),
            "authorization": of["authorization"],
            "responses": responses,
        }
    gateway_responses = {
        of["response_type"]: {
            "status": of.get("status_code"),
            "parameters": empty(of.get("response_parameters")),
            "template": template(of, "response_templates"),
        }
        for key, of in at.items()
        if key.startswith("gateway_response ")
    }
    return {"methods": methods, "gatewayResponses": gateway_responses}


def said(document: Path, unsaid: str = "NONE") -> dict:
    """The same of the OpenAPI document."""
    document = json.loads(document.read_text())
    schemes = document["components"].get("securitySchemes", {})
    words = {"awsSigv4": "AWS_IAM", "cognito_user_pools": "COGNITO_USER_POOLS", "custom": "CUSTOM"}
    methods = {}
    for path, operations in document["paths"].items():
        for verb, operation in operations.items():
            integration = operation["x-amazon-apigateway-integration"]
            by_status = {of["statusCode"]: (key, of) for key, of in integration.get("responses", {}).items()}
            responses = {}
            for status, of in operation["responses"].items():
                pattern, mapped = by_status.get(status, ("default", {}))
                problem = of.get("content", {}).get("application/problem+json")
                responses[status] = {
                    "pattern": None if pattern == "default" else pattern,
                    "template": template(mapped, "responseTemplates"),
                    "parameters": mapped.get("responseParameters", {}),
                    "headers": sorted(of.get("headers", {})),
                    "model": problem and problem["schema"]["$ref"].rsplit("/", 1)[1],
                }
            names = [name for entry in operation.get("security", []) for name in entry]
            kinds = [words[schemes[name]["x-amazon-apigateway-authtype"]] for name in names if name != "api_key"]
            methods[f"{verb.upper()} {path}"] = {
                "type": integration["type"].upper(),
                "passthrough": integration.get("passthroughBehavior", "when_no_match").upper(),
                "requestTemplate": template(integration, "requestTemplates"),
                "authorization": next(iter(kinds), "NONE" if verb == "options" else unsaid),
                "responses": responses,
            }
    gateway_responses = {
        kind: {
            "status": of.get("statusCode"),
            "parameters": of.get("responseParameters", {}),
            "template": template(of, "responseTemplates"),
        }
        for kind, of in document["x-amazon-apigateway-gateway-responses"].items()
    }
    return {"methods": methods, "gatewayResponses": gateway_responses}


def same(found, expected, at: str = "") -> None:
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted({*found, *expected}):
            if key not in found or key not in expected:
                raise Wrong(f"{at}/{key} is {'not in the document' if key in found else 'missing'}")
            same(found[key], expected[key], f"{at}/{key}")
    elif found != expected:
        raise Wrong(f"{at} is {found!r}, and in the document {expected!r}")


def settled(project: Project) -> None:
    """A second run has nothing to do."""
    again = {address: actions for address, actions in project.plan().items() if actions != ["no-op"]}
    if again:
        raise Wrong(f"a second run would change {again}")


def changed(project: Project, module: str, change: Callable[[dict], None]) -> None:
    file = project.folder / "modules" / module / "main.tf.json"
    value = json.loads(file.read_text())
    change(value)
    file.write_text(json.dumps(value, indent=2))


def orders(name: str, module: str = "errors", change: Callable[[dict], None] = lambda _: None) -> dict:
    """The orders, whole; what their deployment holds."""
    project = whole(name, ORDERS)
    changed(project, module, change)
    project.apply()
    found = read_back(project.snapshot())
    same(found, said(ORDERS / "openapi.json"))
    settled(project)
    # An error that is taken away leaves no model behind. What a deployment depends on is removed after it, so that it takes
    # another one to be rid of the response.
    changed(project, "errors", lambda value: value["locals"]["responses"]["get_order"].pop("404"))
    deployment = "module.api.aws_api_gateway_deployment.this[0]"
    if project.apply()[deployment] != ["create", "delete"]:
        raise Wrong("what was changed is not deployed")
    project.apply(f"-replace={deployment}")
    if "404" in read_back(project.snapshot())["methods"]["GET /orders/{order_id}"]["responses"]:
        raise Wrong("a status that is gone is still deployed")
    return found


def brought_in(name: str, change: Callable[[dict], None] = lambda _: None) -> tuple[int, int]:
    """The mapping, brought into the project that was written by hand; how much of theirs there is, and how much came."""
    project = existing(name)
    changed(project, "errors", change)
    main, errors = (EXISTING / "main.tf").read_text(), (EXISTING / "errors.tf").read_text()
    without = "".join(line for line in main.splitlines(True) if "module.errors" not in line)
    write(project, without, (EXISTING / "before/errors.tf").read_text())
    before = project.apply()
    write(project, main, errors)
    done = project.apply()
    deployed = {"aws_api_gateway_deployment.orders": ["create", "delete"], "aws_api_gateway_stage.live": ["update"]}
    theirs = {address: actions for address, actions in done.items() if not address.startswith("module.")}
    touched = {address: actions for address, actions in theirs.items() if actions != ["no-op"]}
    if touched != deployed:
        raise Wrong(f"of theirs is changed {touched}")
    ours = [actions for address, actions in done.items() if address.startswith("module.")]
    if any("delete" in actions for actions in ours) or ours.count(["update"]) != len(before) - len(theirs):
        raise Wrong(f"what stood there before is not moved: {done}")
    found, expected = read_back(project.snapshot())["methods"], said(ORDERS / "openapi.json")["methods"]
    for route in ("GET /orders/{order_id}", "POST /orders"):
        of = {status: response for status, response in found[route]["responses"].items() if status >= "400"}
        same(of, {status: expected[route]["responses"][status] for status in expected[route]["responses"] if status >= "400"})
    settled(project)
    return len(theirs), ours.count(["create"])


def deployed_elsewhere(name: str, change: Callable[[dict], None] = lambda _: None) -> None:
    """A response gets another model where no deployment is part of the project: the old one goes when nothing names it."""
    project = existing(name)
    changed(project, "errors", change)
    main = (EXISTING / "main.tf").read_text()
    (project.folder / "main.tf").write_text(main[: main.index('resource "aws_api_gateway_deployment"')])
    project.apply()
    other = {"application/problem+json": "InternalError"}
    changed(project, "errors", lambda value: put(of_get_order(value)["404"], "response_models", other))
    project.apply()


def refused(check: Callable[[], object], says: str = "") -> str:
    """Runs what has to fail; what was said."""
    try:
        check()
    except Wrong as wrong:
        if says not in " ".join(str(wrong).split()):
            raise Wrong(f"it fails and does not say {says!r}: {wrong}") from None
        return str(wrong)
    raise Wrong("nothing finds it")


def others() -> int:
    """The same API with other settings, each by what its document says; how many."""
    function = {"arn": "arn:aws:lambda:eu-central-1:123456789012:function:f", "invoke_arn": FUNCTION}
    allowed = {"function": function, "authorization": {"type": "AWS_IAM"}}
    project = whole("unsaid", INTO / "unsaid", allowed)
    project.apply()
    same(read_back(project.snapshot()), said(INTO / "unsaid/openapi.json", "AWS_IAM"))
    refused(whole("no-function", INTO / "unsaid", {"authorization": {"type": "NONE"}}).plan, "\"function\" is required")
    refused(whole("no-authorization", INTO / "unsaid", {"function": function}).plan, "\"authorization\" is required")
    custom = {**allowed, "authorization": {"type": "CUSTOM"}}
    refused(whole("no-authorizer", INTO / "unsaid", custom).plan, "with an authorizer_id CUSTOM")

    project = whole("proxy", INTO / "proxy", {"authorizer_functions": {"partners": function}})
    project.apply()
    same(read_back(project.snapshot()), said(INTO / "proxy/openapi.json"))
    at = json.loads(project.gateway.read_text())
    policy = json.loads(next(of["policy"] for key, of in at.items() if key.startswith("rest_api ")))
    same(policy, json.loads((INTO / "proxy/policy.json").read_text()))
    uris = {of["uri"] for key, of in at.items() if key.startswith("integration ") and of["type"] == "AWS_PROXY"}
    if not all("function:orders:${stageVariables.alias}/" in uri for uri in uris):
        raise Wrong(f"the stage variable is not API Gateway's: {uris}")
    refused(whole("no-partners", INTO / "proxy", {"authorizer_functions": {}}).plan, "no function for partners")
    return 2


def misused() -> int:
    """What a caller of the module can do wrong, and what he is told; how much."""
    place = {"resource_id": "r", "http_method": "GET"}
    stranger = {"rest_api_id": "a", "methods": {"get_oder": place}}
    refused(whole("stranger", ORDERS, stranger, "errors").plan, "methods has get_oder, which is no operation")
    proxy = {"rest_api_id": "a", "methods": {"get_order": {**place, "type": "AWS_PROXY"}}}
    refused(whole("misfit", ORDERS, proxy, "errors").plan, "get_order in methods is not of the type AWS")
    return 2


def of_get_order(value: dict) -> dict:
    return value["locals"]["responses"]["get_order"]


def resource(value: dict, ty: str, name: str = "this") -> dict:
    return value["resource"][f"aws_api_gateway_{ty}"][name]


def put(of: dict, key: str, value: object) -> None:
    of[key] = value


# What a mistake of ours could make, in which module, and what finds it.
BROKEN: list[tuple[str, Callable[[dict], object], str]] = [
    ("errors", lambda v: put(of_get_order(v)["404"], "selection_pattern", "^.*NotFound.*"), "/404/pattern is"),
    ("errors", lambda v: of_get_order(v).pop("404"), "/404 is missing"),
    ("errors", lambda v: put(v["locals"]["gateway_responses"]["THROTTLED"], "status_code", "500"), "THROTTLED/status is"),
    ("errors", lambda v: put(of_get_order(v)["404"]["response_headers"], "method.response.header.Content-Type", "yes"), "a bool is required"),
    ("errors", lambda v: put(of_get_order(v)["404"], "response_templates", {"application/json": "#set(${m}=1)"}), "Invalid reference"),
    ("errors", lambda v: put(of_get_order(v)["404"], "response_templates", {"application/json": "100%{x}"}), "Invalid template control keyword"),
    ("errors", lambda v: of_get_order(v)["404"]["response_headers"].clear(), "Invalid mapping expression parameter"),
    ("errors", lambda v: put(of_get_order(v)["404"], "selection_pattern", None), "selection pattern already exists"),
    ("errors", lambda v: resource(v, "integration_response").pop("depends_on"), "NotFoundException: Invalid Response status code"),
    ("errors", lambda v: resource(v, "method_response").pop("depends_on"), "Invalid model identifier"),
    ("errors", lambda v: resource(v, "method_response").pop("status_code"), "argument \"status_code\" is required"),
    ("errors", lambda v: put(resource(v, "integration_response"), "response_template", {}), "No argument or block type is named"),
    ("errors", lambda v: put(v["locals"], "models", "${{ for name in [\"A\"] : name => local.schema[name] }}"), "local value with the name \"schema\""),
    ("api", lambda v: put(v["locals"]["methods"]["GET /orders"], "authorization", "NONE"), "/authorization is"),
    ("api", lambda v: put(v["locals"]["methods"]["GET /orders"], "type", "aws"), "expected type to be"),
    ("api", lambda v: put(resource(v, "deployment"), "triggers", {"redeployment": "${sha1(jsonencode(local.methods))}"}), "is not deployed"),
]


def main() -> None:
    found = orders("orders")
    (INTO.parent / "terraform.json").write_text(json.dumps(found, indent=2) + "\n")
    responses = sum(len(method["responses"]) for method in found["methods"].values())
    theirs, came = brought_in("existing")
    apis, misuses = 1 + others(), misused()
    for n, (module, change, says) in enumerate(BROKEN):
        try:
            refused(lambda: orders(f"broken-{n}", module, change), says)
        except Wrong as wrong:
            raise Wrong(f"broken copy {n}, {says!r}: {wrong}") from None
    deployed_elsewhere("elsewhere")
    no_lifecycle = lambda v: resource(v, "model", "problem").pop("lifecycle")
    refused(lambda: deployed_elsewhere("broken-elsewhere", no_lifecycle), "Cannot delete model")
    refused(lambda: brought_in("broken-existing", lambda v: v["output"]["redeployment"].pop("depends_on")), "is missing")
    print(
        f"terraform: {apis} APIs applied, {len(found['methods'])} methods with {responses} responses and "
        f"{len(found['gatewayResponses'])} gateway responses as in the document; {came} resources come to {theirs} of an existing "
        f"project, none of which is touched; {misuses} misuses told; {len(BROKEN) + 2} broken copies, each found"
    )


try:
    main()
except Wrong as wrong:
    sys.exit(f"terraform: {wrong}")
