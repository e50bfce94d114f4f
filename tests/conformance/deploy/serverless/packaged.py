"""What Serverless Framework packages, and what API Gateway would get of it."""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

CONFIGURED = "cloudformation-template-update-stack.json"


class Refused(Exception):
    """The framework's own message."""


class Frameworks:
    def __init__(self, into: Path) -> None:
        modules = into / "node_modules"
        self.programs = {name: (modules / name / "bin" / "serverless.js").resolve() for name in ["serverless", "osls"]}
        self.home = (into / "home").resolve()
        self.home.mkdir(exist_ok=True)

    def package(self, framework: str, project: Path) -> dict:
        """The template of a project; nothing but the project's own files decides it."""
        out = project / f"{framework}-package"
        shutil.rmtree(out, ignore_errors=True)
        silent = {"SLS_TELEMETRY_DISABLED": "1", "SLS_NOTIFICATIONS_MODE": "off", "SLS_INTERACTIVE_SETUP_ENABLE": "0", "CI": "1"}
        run = subprocess.run(
            ["node", self.programs[framework], "package", "--package", out.resolve()],
            cwd=project,
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), **silent},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        said = run.stdout + run.stderr
        # In version 3 what does not fit its schema may be a warning.
        if run.returncode or "arning" in said:
            raise Refused(said)
        return json.loads((out / CONFIGURED).read_text())


def project(folder: Path, configuration: str, generated: Path | None = None) -> Path:
    """A project whose function is built already."""
    folder.mkdir(parents=True)
    (folder / "serverless.yml").write_text(configuration)
    artifact = folder / "target/lambda/orders/bootstrap.zip"
    artifact.parent.mkdir(parents=True)
    with zipfile.ZipFile(artifact, "w") as built:
        built.writestr(zipfile.ZipInfo("bootstrap", (2026, 1, 1, 0, 0, 0)), "#!/bin/sh\n")
    if generated:
        shutil.copytree(generated, folder / "generated/serverless")
    return folder


def path_of(resources: dict, reference: dict) -> str:
    if "Ref" not in reference:
        return ""
    of = resources[reference["Ref"]]["Properties"]
    return f"{path_of(resources, of['ParentId'])}/{of['PathPart']}"


def only_json(templates: dict | None) -> str | None:
    """The one template that there may be."""
    if set(templates or {}) - {"application/json"}:
        raise AssertionError(f"templates of {sorted(templates)}")
    return (templates or {}).get("application/json")


def model(resources: dict, response: dict) -> str | None:
    name = response["ResponseModels"].get("application/problem+json")
    return resources[name["Ref"]]["Properties"]["Name"] if name else None


def responses(resources: dict, method: dict) -> dict:
    declared = {response["StatusCode"]: response for response in method["MethodResponses"]}
    found = {}
    for response in method["Integration"].get("IntegrationResponses", []):
        status = response["StatusCode"]
        found[status] = {
            "pattern": response.get("SelectionPattern") or None,
            "template": only_json(response.get("ResponseTemplates")),
            "parameters": response.get("ResponseParameters", {}),
            "headers": sorted(name.removeprefix("method.response.header.") for name in declared[status]["ResponseParameters"]),
            "model": model(resources, declared[status]),
        }
    return found


def read(template: dict) -> dict:
    """The form in which all targets are compared."""
    resources = template["Resources"]
    methods = {}
    gateway = {}
    for resource in resources.values():
        of = resource.get("Properties", {})
        if resource["Type"] == "AWS::ApiGateway::Method":
            place = f"{of['HttpMethod']} {path_of(resources, of['ResourceId']) or '/'}"
            methods[place] = {
                "type": of["Integration"]["Type"],
                "passthrough": of["Integration"].get("PassthroughBehavior", "WHEN_NO_MATCH"),
                "requestTemplate": only_json(of["Integration"].get("RequestTemplates")),
                "authorization": of["AuthorizationType"],
                "responses": responses(resources, of),
            }
        elif resource["Type"] == "AWS::ApiGateway::GatewayResponse":
            gateway[of["ResponseType"]] = {
                "status": of.get("StatusCode"),
                "parameters": of.get("ResponseParameters", {}),
                "template": only_json(of["ResponseTemplates"]),
            }
    return {"methods": methods, "gatewayResponses": gateway}


def unready(template: dict) -> list[str]:
    """What a deployment of the API would not wait for."""
    resources = template["Resources"]

    def reached(start: str, seen: set[str]) -> set[str]:
        if start in seen or start not in resources:
            return seen
        seen.add(start)
        for named in of_resource(resources[start]):
            reached(named, seen)
        return seen

    def of_resource(value: object) -> list[str]:
        if isinstance(value, list):
            return [named for each in value for named in of_resource(each)]
        if not isinstance(value, dict):
            return []
        depended = value.get("DependsOn", [])
        named = [depended] if isinstance(depended, str) else [each for each in depended if isinstance(each, str)]
        if isinstance(value.get("Ref"), str):
            named.append(value["Ref"])
        return named + [name for each in value.values() for name in of_resource(each)]

    deployments = [name for name, of in resources.items() if of["Type"] == "AWS::ApiGateway::Deployment"]
    waited = set().union(*(reached(name, set()) for name in deployments))
    kinds = ["AWS::ApiGateway::Method", "AWS::ApiGateway::GatewayResponse"]
    return [name for name, of in resources.items() if of["Type"] in kinds and name not in waited]
