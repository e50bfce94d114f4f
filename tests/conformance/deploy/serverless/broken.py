"""Copies of the files, each with one mistake that a change of the generator could make."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import agree
import projects
from packaged import CONFIGURED, Frameworks, Refused, project, read, unready

Tree = dict
GET = "ApiGatewayMethodOrdersOrderidVarGet"


def answers(events: Tree) -> Tree:
    return events["get_order"]["response"]["statusCodes"]


def unescaped(events: Tree) -> None:
    """What stands behind a backslash in the files becomes a variable."""
    template = events["get_order"]["request"]["template"]
    template["application/json"] += "${self:service}"


MISTAKES: list[tuple[str, str, Callable[[Tree], object]]] = [
    ("another pattern", "events", lambda of: answers(of)["404"].update(pattern=".*[OrderNotFound].*")),
    ("a status less", "events", lambda of: answers(of).pop("404")),
    ("no default", "events", lambda of: of["place_order"]["response"]["statusCodes"]["201"].pop("pattern")),
    ("another template", "events", lambda of: answers(of)["404"].update(template="$input.body")),
    ("a header that is no literal", "events", lambda of: answers(of)["404"]["headers"].update({"Content-Type": "application/problem+json"})),
    ("a variable in a text", "events", unescaped),
    ("the framework's second template", "events", lambda of: of["get_order"]["request"]["template"].pop("application/x-www-form-urlencoded")),
    ("another media type passes", "events", lambda of: of["get_order"]["request"].update(passThrough="WHEN_NO_MATCH")),
    ("open to everybody", "events", lambda of: of["get_order"].pop("authorizer")),
    ("a pattern that is no text", "events", lambda of: answers(of)["404"].update(pattern={"text": "x"})),
    ("an unknown member", "events", lambda of: answers(of)["404"].update(selectionPattern="")),
    ("a method by another id", "resources", lambda of: of["extensions"].update({"ApiGatewayMethodOrdersOrderIdVarGet": of["extensions"].pop(GET)})),
    ("a model that is not there", "resources", lambda of: of["Resources"].pop("ThrowbackModelOrderNotFound")),
    ("nothing that a deployment waits for", "resources", lambda of: [each.pop("DependsOn") for each in of["extensions"].values()]),
    ("a gateway response's status", "resources", lambda of: of["Resources"]["ThrowbackGatewayThrottled"]["Properties"].update(StatusCode="403")),
    ("a method response less", "resources", lambda of: of["extensions"][GET]["Properties"]["MethodResponses"].pop()),
    ("an authorizer of no kind", "event-resources", lambda of: of["Resources"]["ThrowbackAuthorizercustomers"]["Properties"].update(Type="POOLS")),
    ("the framework's preflight", "event-resources", lambda of: of["extensions"].pop("ApiGatewayMethodOrdersOptions")),
]


def passes(frameworks: Frameworks, into: Path, at: Path, ours: Tree) -> bool:
    try:
        template = frameworks.package("serverless", at)
        if unready(template) or list(agree.differences("", ours, read(template), set())):
            return False
    except (Refused, AssertionError, KeyError):
        return False
    lint = [into / "venv/bin/cfn-lint", "--format", "parseable", "--", at / "serverless-package" / CONFIGURED]
    return ":E" not in subprocess.run(lint, capture_output=True, text=True).stdout


def found(frameworks: Frameworks, into: Path, generated: Path, ours: Tree) -> tuple[int, list[str]]:
    """How many are found, and which are not."""
    missed = []
    for what, name, mistake in MISTAKES:
        at = project(into / "work" / f"broken-{re.sub('[^a-z]', '-', what)}", projects.events(), generated)
        path = at / f"generated/serverless/{name}.json"
        tree = json.loads(path.read_text())
        mistake(tree)
        path.write_text(json.dumps(tree))
        if passes(frameworks, into, at, ours):
            missed.append(what)
    return len(MISTAKES) - len(missed), missed
