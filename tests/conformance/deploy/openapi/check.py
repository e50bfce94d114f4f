"""Adds errors to documents as people write them, and asks of each result what it has to be.

    check.py FOLDER PROGRAM    the folder with the packages, and with the project whose errors they are; and `throwback`
"""

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import moto
import yaml
from oas_patch.overlay import apply_overlay
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "integration-responses"))
from readback import differences, of_api, of_document  # noqa: E402

INTO = Path(sys.argv[1])
PROJECT = INTO / "project"
EXAMPLE = Path("examples/deploy/openapi")
GENERATED = Path("examples/orders/generated")
CONTRACT = json.loads((GENERATED / "contract.json").read_text())
INTEGRATION, GATEWAY = "x-amazon-apigateway-integration", "x-amazon-apigateway-gateway-responses"
VERBS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def throwback(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.argv[2], *arguments], capture_output=True, text=True, check=False)


def generated(base: Path) -> tuple[str, dict]:
    """The document with the errors, and the overlay."""
    name = base.name
    ran = throwback(
        "generate", "--project", str(PROJECT), "--openapi", f"{name}.merged", "--openapi-base", name,
        "--openapi-overlay", f"{name}.overlay.json", "--openapi-overlay-base", name,
    )
    if ran.returncode:
        sys.exit(ran.stdout + ran.stderr)
    merged = (PROJECT / f"{name}.merged").read_bytes().decode()
    return merged, json.loads((PROJECT / f"{name}.overlay.json").read_text())


def read(text: str) -> dict:
    """A document's data; statuses are texts, as in JSON."""
    def named(value: object) -> object:
        if isinstance(value, dict):
            return {str(name): named(one) for name, one in value.items()}
        return [named(one) for one in value] if isinstance(value, list) else value

    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return named(yaml.safe_load(text))


def is_within(few: list, many: list) -> bool:
    """Whether one is the other with something left out."""
    rest = iter(many)
    return all(one in rest for one in few)


def kept(base: str, merged: str) -> Iterator[str]:
    """The text: every line of a document in block style, every character of any other."""
    base, merged = base.removeprefix("\ufeff"), merged.removeprefix("\ufeff")
    lines = base.splitlines(keepends=True)
    blocks = [line.rstrip("\r\n") for line in lines if "{" not in line.replace("{order_id}", "").replace("{id}", "")]
    if not is_within(list(base), list(merged)):
        yield "a character of the base is gone"
    elif not base.startswith("{") and not is_within(blocks, [line.rstrip("\r\n") for line in merged.splitlines(keepends=True)]):
        yield "a line of the base is another"
    if merged.count("\n") and ("\r\n" in base) != ("\r\n" in merged):
        yield "the line ends are others"


def added(base: object, merged: object, at: tuple[str, ...] = ()) -> Iterator[str]:
    """The data: what is theirs is as it was, and what is new belongs to errors."""
    if isinstance(base, dict) and isinstance(merged, dict):
        yield from (f"{'/'.join(at)}/{name} is gone" for name in base if name not in merged)
        for name, value in merged.items():
            if name in base:
                yield from added(base[name], value, (*at, name))
            elif not belongs((*at, name)):
                yield f"{'/'.join(at)}/{name} is new"
    elif base != merged and not (base is None and belongs((*at, ""))):
        yield f"{'/'.join(at)} is another"


def belongs(at: tuple[str, ...]) -> bool:
    match at:
        case ("paths", _, verb, "responses" | "x-amazon-apigateway-integration", *_) if verb in VERBS:
            return True
        case ("components", *rest):
            return rest[:1] in ([], [""], ["schemas"])
        case _:
            return at[0] in (GATEWAY, "x-throwback")


def valid(document: dict) -> Iterator[str]:
    try:
        validate(copy.deepcopy(document))
    except (OpenAPIValidationError, Exception) as error:
        yield f"no OpenAPI: {str(error)[:200]}"


def overlaid(base: dict, overlay: dict, merged: dict) -> Iterator[str]:
    document = copy.deepcopy(base)
    for action in overlay["actions"]:
        before = copy.deepcopy(document)
        apply_overlay(document, {"actions": [action]})
        if document == before:
            yield f"nothing is at {action['target']}"
    if document != {name: value for name, value in merged.items() if name != "x-throwback"}:
        yield "the overlay makes another document"


def operations(document: dict) -> Iterator[tuple[str, dict]]:
    for path, item in document["paths"].items():
        yield from ((f"{verb.upper()} {path}", operation) for verb, operation in item.items() if verb in VERBS)


def imported(document: dict) -> dict:
    """What moto makes of a document. It keeps integrations alone: the rest is the document's own."""
    given = copy.deepcopy(document)
    given["info"].setdefault("description", "")
    for path, item in given["paths"].items():
        given["paths"][path] = {verb: operation for verb, operation in item.items() if verb in VERBS}
    for _, operation in operations(given):
        # It asks those without a function for one.
        operation[INTEGRATION] = {"uri": "arn:none", "httpMethod": "POST", **operation[INTEGRATION]}
        for one in operation[INTEGRATION].get("responses", {}).values():
            one["statusCode"] = str(one["statusCode"])
        operation.setdefault("security", [])
        operation[INTEGRATION].setdefault("passthroughBehavior", "when_no_match")
    with moto.mock_aws():
        gateway = boto3.client("apigateway", "eu-central-1", aws_access_key_id="test", aws_secret_access_key="test")
        api = gateway.import_rest_api(body=json.dumps(given).encode())["id"]
        made = of_api(gateway, api)
    said = of_document({GATEWAY: {}, **given})
    for name, method in made["methods"].items():
        of = said["methods"][name]
        method["authorization"] = of["authorization"]
        method["type"] = method["type"] and method["type"].upper()
        method["passthrough"] = (method["passthrough"] or of["passthrough"]).upper()
        for status, response in method["responses"].items():
            declared = of["responses"].get(status, {})
            response["headers"], response["model"] = declared.get("headers", []), declared.get("model")
    return {"methods": made["methods"], "gatewayResponses": said["gatewayResponses"]}


def whole(path: Path, document: dict) -> Iterator[str]:
    """Each declared error comes back as the function wrote it, by the program's own evaluation."""
    sets = {one["name"]: one["errors"] for one in CONTRACT["sets"]}
    statuses = {error["code"]: error["status"] for error in CONTRACT["errors"]}
    declared = {f"{one['method']} {one['path']}": sets[one["set"]] for one in CONTRACT["operations"]}
    names = {operation.get("operationId", name): name for name, operation in operations(document)}
    for code, status in statuses.items():
        problem = json.dumps({"code": code, "title": "A \u2028 'title'", "status": status}, separators=(",", ":"), ensure_ascii=False)
        ran = throwback("explain", "--json", "--openapi", str(path), f"[{code}] {problem}")
        if ran.returncode:
            yield f"explain ends with {ran.returncode}: {ran.stderr[:300]}"
            return
        for answer in json.loads(ran.stdout):
            name = names.get(answer["operation"], answer["operation"])
            if code not in declared.get(name.replace("{id}", "{order_id}"), []):
                continue
            response = answer["response"]
            headers = {header.lower(): value for header, value in response["headers"]}
            got = (answer["selected"]["status"], response["status"], response["body"], headers.get("x-error-code"))
            if got != (status, status, problem, code):
                yield f"{name} answers {code} with {got}"


def findings(tool: str, path: Path) -> set[tuple[str, str]]:
    """What a linter finds, by rule and place."""
    if tool == "redocly":
        command = [INTO / "node_modules/.bin/redocly", "lint", "--extends", "recommended", "--format", "json", path]
    else:
        ruleset = INTO / "ruleset.yaml"
        ruleset.write_text('extends: ["spectral:oas"]\n')
        command = [INTO / "node_modules/.bin/spectral", "lint", "--quiet", "--format", "json", "--ruleset", ruleset, path]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = json.loads(said)
    if tool == "redocly":
        return {(one["ruleId"], one["location"][0].get("pointer", "")) for one in found["problems"]}
    return {(one["code"], "/".join(map(str, one["path"]))) for one in found}


# What the linters ask for that an API may leave unsaid, and what API Gateway's import has no use for.
UNSAID = {
    "operation-summary", "operation-description", "operation-tags", "no-empty-servers", "oas3-api-servers", "info-license",
    "info-contact", "info-description",
    # Who may call is said where it is set.
    "security-defined",
    # A preflight has no error, and the models of platform failures are named by gateway responses alone.
    "operation-4xx-response", "no-unused-components", "oas3-unused-component",
}


def own() -> Iterator[str]:
    """Our own documents, under both linters."""
    documents = [GENERATED / "openapi.json"]
    for version in ["3.0", "3.1"]:
        throwback("generate", "--project", str(PROJECT), "--openapi-plain", f"plain-{version}.json", "--openapi-plain-version", version)
        documents.append(PROJECT / f"plain-{version}.json")
    for document in documents:
        for tool in ["redocly", "spectral"]:
            found = findings(tool, document)
            yield from (f"{document.name}: {tool} finds {rule} at {at}" for rule, at in sorted(found) if rule not in UNSAID)
    broken = INTO / "broken.json"
    broken.write_text(documents[0].read_text().replace('"#/components/schemas/', '"#/components/schemas/No', 1))
    for tool in ["redocly", "spectral"]:
        if all(rule in UNSAID for rule, _ in findings(tool, broken)):
            yield f"{tool} does not find a reference to nothing"


def linted(base: Path, merged: Path) -> Iterator[str]:
    for tool in ["redocly", "spectral"]:
        yield from (f"{tool} finds {rule} at {at}" for rule, at in sorted(findings(tool, merged) - findings(tool, base)))


def by_overlayjs(base: dict, overlay: dict, merged: dict) -> Iterator[str]:
    """A second tool, which takes no merge keys: it is given JSON."""
    (INTO / "base.json").write_text(json.dumps(base))
    (INTO / "overlay.json").write_text(json.dumps(overlay))
    command = [INTO / "node_modules/.bin/overlayjs", "--openapi", INTO / "base.json", "--overlay", INTO / "overlay.json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if read(ran.stdout) != {name: value for name, value in merged.items() if name != "x-throwback"}:
        yield f"overlayjs makes another document: {ran.stderr[:200]}"


def problems(base: str, merged: str, overlay: dict, path: Path) -> list[str]:
    """What is wrong with a document with errors; `path` is where it lies."""
    found = list(kept(base, merged))
    try:
        before, after = read(base), read(merged)
    except yaml.YAMLError as error:
        return [*found, f"no YAML: {str(error)[:200]}"]
    found += [*added(before, after), *valid(after), *overlaid(before, overlay, after)]
    if any(INTEGRATION in operation for _, operation in operations(after)):
        try:
            document = of_document({GATEWAY: {}, **in_full(after)})
            found += sorted(differences(document["methods"], imported(after)["methods"]))
            found += sorted(differences(errors_of(expected()), errors_of(document)))
        except (KeyError, TypeError, AttributeError, boto3.exceptions.botocore.exceptions.ClientError) as error:
            found.append(f"no import: {error!r}")
        found += whole(path, after)
    else:
        found += plainly(after)
    return found


def in_full(document: dict) -> dict:
    """The same, with what API Gateway takes where a document says nothing."""
    document = copy.deepcopy(document)
    for path, item in document["paths"].items():
        document["paths"][path] = {verb: operation for verb, operation in item.items() if verb in VERBS}
    for _, operation in operations(document):
        operation[INTEGRATION].setdefault("passthroughBehavior", "when_no_match")
        for one in operation[INTEGRATION]["responses"].values():
            one["statusCode"] = str(one["statusCode"])
    return document


def expected() -> dict:
    return of_document(json.loads((GENERATED / "openapi.json").read_text()))


def errors_of(read: dict) -> dict:
    """What the operations of the contract answer with an error, and what API Gateway does."""
    ours = {f"{one['method']} {one['path']}" for one in CONTRACT["operations"]}
    methods = {
        name: {status: response for status, response in method["responses"].items() if status >= "400"}
        for name, method in read["methods"].items()
        if name in ours
    }
    return {"methods": methods, "gatewayResponses": read["gatewayResponses"]}


def plainly(document: dict) -> Iterator[str]:
    """In the plain form, the responses are those of the plain document."""
    plain = json.loads((PROJECT / "plain.json").read_text())
    for name, operation in operations(plain):
        path = name.split(" ", 1)[1]
        found = document["paths"].get(path, document["paths"].get(path.replace("order_id", "id"), {}))
        theirs = found.get(name.split(" ")[0].lower(), {}).get("responses", {})
        for status, response in operation["responses"].items():
            if status >= "400" and theirs.get(status, {}).get("content") != response.get("content"):
                yield f"{name} describes {status} otherwise"


def bases() -> Iterator[tuple[str, bytes]]:
    example = (EXAMPLE / "orders.yaml").read_bytes()
    yield "orders.yaml", example
    yield "crlf.yaml", example.replace(b"\n", b"\r\n")
    yield "bom.yaml", b"\xef\xbb\xbf" + example
    for path in sorted((HERE / "bases").iterdir()):
        yield path.name, path.read_bytes()


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        if old not in text:
            sys.exit(f"{old!r} stands nowhere")
        return text.replace(old, new, 1)

    return change


BROKEN: dict[str, Callable[[str], str]] = {
    "a pattern with another code": replaced(r"'^\[(?:OrderNotFound)\] ", r"'^\[(?:OrderMissing)\] "),
    "a pattern that is not escaped": replaced(r"'^\[(?:OrderNotFound)\] ", "'^[(?:OrderNotFound)] "),
    "a response under another status": replaced("'410':\n          description: OrderArchived", "'411':\n          description: OrderArchived"),
    "an integration response under another status": replaced("statusCode: '410'", "statusCode: '404'"),
    "a schema that is not there": replaced("    OrderArchived:\n", "    OrderArchive:\n"),
    "a schema of no type": replaced("    OrderArchived:\n", "    OrderArchived:\n      nullable: perhaps\n"),
    "templates that set no header": lambda text: text.replace("#set($context.responseOverride.header[", "#set($context.responseOverride.headers["),
    "a text without its quotes": lambda text: text.replace("\"'application/problem+json'\"", "application/problem+json: x", 1),
    "a constant without quotes of its own": lambda text: text.replace("\"'application/problem+json'\"", "application/problem+json", 1),
    "a gateway response that is missing": replaced("  THROTTLED:\n", "  THROTTLE:\n"),
    "a comment of theirs that is gone": replaced("  # People bookmark this one.\n", ""),
    "a summary of theirs that is another": replaced("summary: Reads an order", "summary: Reads one order"),
    "their credentials, changed": replaced("role/api-calls-orders", "role/api-calls"),
    "their order, changed": lambda text: text.replace("      summary: Places an order\n      tags: [orders]\n", "      tags: [orders]\n      summary: Places an order\n", 1),
    "a member that belongs to nobody": lambda text: text + "x-more: 1\n",
}

BROKEN_OVERLAYS: dict[str, Callable[[dict], None]] = {
    "an action less": lambda overlay: overlay["actions"].pop(),
    "a target that is nowhere": lambda overlay: overlay["actions"][1].update(target="$.paths['/orders/{id}'].get.responses"),
    "a target without quotes": lambda overlay: overlay["actions"][-1].update(target="$.components.schema"),
}


def broken() -> list[str]:
    """The copies that nothing finds."""
    base, merged = (PROJECT / "orders.yaml").read_text(), (PROJECT / "orders.yaml.merged").read_text()
    overlay = json.loads((PROJECT / "orders.yaml.overlay.json").read_text())
    missed = []
    for what, change in BROKEN.items():
        text, path = change(merged), INTO / "broken.yaml"
        path.write_text(text)
        if text == merged or not problems(base, text, overlay, path):
            missed.append(what)
    for what, alter in BROKEN_OVERLAYS.items():
        altered = copy.deepcopy(overlay)
        alter(altered)
        if not list(overlaid(read(base), altered, read(merged))):
            missed.append(what)
    return missed


def main() -> None:
    count, wrong = 0, []
    throwback("generate", "--project", str(PROJECT), "--openapi-plain", "plain.json")
    for name, text in bases():
        base = PROJECT / name
        base.write_bytes(text)
        merged, overlay = generated(base)
        path = PROJECT / f"{name}.merged"
        typed = PROJECT / f"again-{name}"
        typed.write_bytes(merged.encode())
        found = problems(text.decode(), merged, overlay, typed)
        found += by_overlayjs(read(text.decode()), overlay, read(merged))
        found += linted(base, typed)
        if generated(typed)[0] != merged:
            found.append("once more is another document")
        wrong += [f"{path.name}: {one}" for one in found]
        count += 1
    if wrong:
        sys.exit("\n".join(wrong))
    wrong = list(own())
    if wrong:
        sys.exit("\n".join(wrong))
    missed = broken()
    if missed:
        sys.exit(f"broken copies that were not found: {', '.join(missed)}")
    for name, document in [("openapi", json.loads((GENERATED / "openapi.json").read_text())), ("openapi-merged", in_full(read((PROJECT / "orders.yaml.merged").read_text())))]:
        (INTO.parent / f"{name}.json").write_text(json.dumps(imported(document), indent=2) + "\n")
    print(f"openapi: {count} documents of people's own keep every byte, by openapi-spec-validator, redocly, spectral, oas-patch, overlayjs and moto: 0 wrong;")
    print(f"{len(BROKEN) + len(BROKEN_OVERLAYS)} broken copies, each found")


main()
