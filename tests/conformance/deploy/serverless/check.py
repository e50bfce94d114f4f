"""Packages each project by each framework and compares what comes out; see `run`."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import agree  # noqa: E402
import broken  # noqa: E402
import projects  # noqa: E402
from packaged import CONFIGURED, Frameworks, Refused, project, read, unready  # noqa: E402

INTO = Path(sys.argv[1])
WORK = INTO / "work"
ORDERS = Path("examples/orders/generated")
EXISTING = Path("examples/deploy/serverless")
wrong: list[str] = []


def expect(holds: bool, what: str) -> None:
    if not holds:
        wrong.append(what)


def expected(document: Path) -> dict:
    agree.DOCUMENT = document
    return agree.expected()


def same(what: str, ours: object, theirs: object) -> None:
    wrong.extend(agree.differences(what, ours, theirs, set()))


def by_each(frameworks: Frameworks, name: str, configuration: str, generated: Path) -> dict:
    """By each framework: the template of a project. Both make the same API of it."""
    of = {}
    for framework in frameworks.programs:
        at = project(WORK / f"{name}-{framework}", configuration, generated)
        of[framework] = frameworks.package(framework, at)
        expect(not unready(of[framework]), f"{name}, {framework}: a deployment does not wait for {unready(of[framework])}")
    same(f"{name}, osls beside serverless", read(of["serverless"]), read(of["osls"]))
    return of["serverless"]


def variant(name: str) -> tuple[Path, dict]:
    folder = INTO / "variants" / name
    return folder / "generated/serverless", expected(folder / "openapi.json")


def parameters(template: dict) -> dict:
    """By method: what a request may carry, and what of it goes to Lambda's own API."""
    methods = {name: of["Properties"] for name, of in template["Resources"].items() if of["Type"] == "AWS::ApiGateway::Method"}
    return {name: (of.get("RequestParameters", {}), of["Integration"].get("RequestParameters", {})) for name, of in methods.items()}


def whole_events(frameworks: Frameworks) -> None:
    template = by_each(frameworks, "events", projects.events(), ORDERS / "serverless")
    found = read(template)
    same("events", expected(ORDERS / "openapi.json"), found)
    (INTO.parent / "serverless.json").write_text(json.dumps(found, indent=2))
    carried = parameters(template)
    expect(carried["ApiGatewayMethodOrdersPost"] == (
        {"method.request.querystring.dryRun": False, "method.request.header.Idempotency-Key": False}, {},
    ), f"events: {carried['ApiGatewayMethodOrdersPost']} are the parameters")
    method = template["Resources"]["ApiGatewayMethodOrdersOrderidVarGet"]["Properties"]
    expect("OrdersLambdaFunction" in json.dumps(method["Integration"]["Uri"]), "events: another function is called")
    expect(method["AuthorizerId"] == {"Ref": "ThrowbackAuthorizercustomers"}, "events: another authorizer decides")


def responses_alone(frameworks: Frameworks) -> None:
    template = by_each(frameworks, "responses", projects.responses(), ORDERS / "serverless")
    found, ours = read(template), expected(ORDERS / "openapi.json")
    for place in [place for place in ours["methods"] if not place.startswith("OPTIONS")]:
        same(f"responses/{place}", ours["methods"][place]["responses"], found["methods"][place]["responses"])
        expect(found["methods"][place]["authorization"] == "AWS_IAM", f"responses: {place} has another authorizer")
    same("responses/gateway", ours["gatewayResponses"], found["gatewayResponses"])
    for place, (declared, _) in parameters(template).items():
        expect(place.endswith("Options") or declared == {"method.request.querystring.mine": True}, f"responses: {place} has {declared}")


def existing(frameworks: Frameworks) -> None:
    """What is theirs stays; what is added begins with our name; what changes are the answers of two methods."""
    ours = expected(ORDERS / "openapi.json")
    for framework in frameworks.programs:
        before, after = (
            frameworks.package(framework, project(WORK / f"{name}-{framework}", (EXISTING / file).read_text()))
            if name == "before"
            else frameworks.package(framework, with_generated(WORK / f"{name}-{framework}", (EXISTING / file).read_text()))
            for name, file in [("before", "before.yml"), ("existing", "serverless.yml")]
        )
        names = [{name for name in of["Resources"] if "Deployment" not in name} for of in (before, after)]
        expect(names[0] <= names[1], f"existing, {framework}: {names[0] - names[1]} are gone")
        added = [name for name in names[1] - names[0] if not name.startswith("Throwback")]
        expect(not added, f"existing, {framework}: {added} are added")
        changed = {"ApiGatewayMethodOrdersOrderidVarGet", "ApiGatewayMethodOrdersPost"}
        for of in (before, after):
            # When it was packaged.
            [each["Properties"].pop("Code") for each in of["Resources"].values() if each["Type"] == "AWS::Lambda::Function"]
        for name in names[0] - changed:
            same(f"existing, {framework}/{name}", before["Resources"][name], after["Resources"][name])
        for name in changed:
            was, now = (json.loads(json.dumps(of["Resources"][name])) for of in (before, after))
            expect(now["DependsOn"] == was["DependsOn"] + ["ThrowbackGatewayResponses"], f"existing: {now['DependsOn']}")
            for of in (was, now):
                del of["DependsOn"], of["Properties"]["MethodResponses"], of["Properties"]["Integration"]["IntegrationResponses"]
            same(f"existing, {framework}/{name}", was, now)
        found = read(template_of(after))
        for place in ["GET /orders/{order_id}", "POST /orders"]:
            same(f"existing/{place}", ours["methods"][place]["responses"], found["methods"][place]["responses"])
        same("existing/gateway", ours["gatewayResponses"], found["gatewayResponses"])
        expect(not [name for name in unready(after) if name in changed or name.startswith("Throwback")], "existing: not ready")


def template_of(template: dict) -> dict:
    """Without the methods that are theirs alone, which may have templates for two media types."""
    kept = {name: of for name, of in template["Resources"].items() if "Reports" not in name or of["Type"] != "AWS::ApiGateway::Method"}
    for of in kept.values():
        if of["Type"] == "AWS::ApiGateway::Method":
            of["Properties"]["Integration"].get("RequestTemplates", {}).pop("application/x-www-form-urlencoded", None)
    return {"Resources": kept}


def with_generated(folder: Path, configuration: str) -> Path:
    at = project(folder, configuration)
    shutil.copytree(EXISTING / "generated", at / "generated")
    return at


def who_may_call(frameworks: Frameworks) -> None:
    """Nobody is let in by silence."""
    generated, ours = variant("unsaid")
    for framework in frameworks.programs:
        try:
            frameworks.package(framework, project(WORK / f"unsaid-{framework}", projects.events(), generated))
            wrong.append(f"unsaid, {framework}: an event that says of nobody who may call is packaged")
        except Refused as refused:
            expect("authorizer" in str(refused) and "Value not found" in str(refused), f"unsaid, {framework}: {refused}")
    for authorizer, kind in [("''", "NONE"), ("aws_iam", "AWS_IAM")]:
        found = read(by_each(frameworks, f"said-{kind}", projects.events(authorizer), generated))
        for method in ours["methods"].values():
            method["authorization"] = kind
        same(f"said {kind}", ours, found)
    generated, ours = variant("gated")
    template = by_each(frameworks, "gated", projects.events(gate=True), generated)
    same("gated", ours, read(template))
    uri = template["Resources"]["ThrowbackAuthorizergate"]["Properties"]["AuthorizerUri"]["Fn::Sub"]
    expect(uri.endswith("functions/${GateLambdaFunction.Arn}/invocations") and "\\" not in uri, f"gated: {uri}")


def proxy(frameworks: Frameworks) -> None:
    generated = INTO / "variants/proxy/generated/serverless"
    template = by_each(frameworks, "proxy", projects.events(), generated)
    found = read(template)
    expect(found["methods"]["GET /orders"]["type"] == "AWS_PROXY", "proxy: the function does not write its answers")
    statuses = template["Resources"]["ApiGatewayMethodOrdersOrderidVarGet"]["Properties"]["MethodResponses"]
    expect("404" in [response["StatusCode"] for response in statuses], "proxy: no response is declared")
    expect(len(found["gatewayResponses"]) > 15, "proxy: gateway responses are missing")


def hostile(frameworks: Frameworks) -> None:
    generated, ours = variant("hostile")
    template = by_each(frameworks, "hostile", projects.events(), generated)
    same("hostile", ours, read(template))
    schemas = json.dumps([of["Properties"]["Schema"] for of in template["Resources"].values() if of["Type"] == "AWS::ApiGateway::Model"])
    expect("${self:service} $${file(./x):y}" in schemas, "hostile: a schema has lost its text")


def lint() -> int:
    """Every template, by cfn-lint."""
    templates = sorted(WORK.glob(f"*/*-package/{CONFIGURED}"))
    run = subprocess.run([INTO / "venv/bin/cfn-lint", "--format", "parseable", "--", *templates], capture_output=True, text=True)
    # Of what a project says itself it warns, not of ours.
    found = [line for line in (run.stdout + run.stderr).splitlines() if ":E" in line or "Throwback" in line]
    wrong.extend(found[:20])
    return len(templates)


def main() -> int:
    frameworks = Frameworks(INTO)
    for check in [whole_events, responses_alone, existing, who_may_call, proxy, hostile]:
        try:
            check(frameworks)
        except (Refused, AssertionError) as failed:
            wrong.append(f"{check.__name__}: {failed}")
    templates = lint()
    caught = 0
    if not wrong:
        ours = expected(ORDERS / "openapi.json")
        caught, missed = broken.found(frameworks, INTO, ORDERS / "serverless", ours)
        wrong.extend(f"a broken copy passes: {what}" for what in missed)
    print(*wrong[:40], sep="\n", end="\n" if wrong else "", file=sys.stderr)
    versions = "serverless 3 and osls"
    print(f"serverless: {templates} templates by {versions} and by cfn-lint: {len(wrong)} wrong; {caught} broken copies, each found")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
