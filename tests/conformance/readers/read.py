"""Every error of the orders function behind every front, read by those who read AWS's own errors.

botocore's parser, the reader of the AWS SDK for JavaScript and that of the AWS SDKs for Rust look for a code in
`x-amzn-errortype`, then in the body's `code`. The mapping of a custom integration writes no `x-amzn-errortype`: there the
body alone says it, to all three.
"""

import json
import subprocess
import sys
from pathlib import Path

import botocore
from botocore.awsrequest import HeadersDict
from botocore.model import StructureShape
from botocore.parsers import RestJSONParser

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import CALLS, FRONTS, called, declared, served

HERE = Path(__file__).parent
ANSWERS = Path("target/conformance/answers.json")


def by_botocore(answers: list[dict]) -> list[str]:
    anything = StructureShape("Anything", {"type": "structure", "members": {}})

    def code(answer: dict) -> str:
        raw = {"status_code": answer["status"], "headers": HeadersDict(answer["headers"]), "body": answer["body"].encode()}
        return RestJSONParser().parse(raw, anything)["Error"]["Code"]

    return [code(answer) for answer in answers]


def said(command: list[str], folder: str = ".") -> list[str]:
    """The codes that another program writes."""
    return json.loads(subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE).stdout)


def main() -> int:
    missed = declared() - {code for code, *_ in CALLS}
    wrong = [f"no call provokes {code}" for code in sorted(missed)]
    answers = []
    for front in FRONTS:
        with served(front) as url:
            answers += [{"front": front, "code": code, **called(url, *call)} for code, *call in CALLS]
    ANSWERS.write_text(json.dumps(answers))

    crate = ["cargo", "run", "--quiet", "--manifest-path", str(HERE / "Cargo.toml")]
    read = {
        f"botocore {botocore.__version__}": by_botocore(answers),
        "@aws-sdk/core": said(["node", str((HERE / "codes.cjs").resolve()), str(ANSWERS.resolve())], "target/conformance/node"),
        "an AWS SDK for Rust": said([*crate, "--target-dir", "target/conformance/types", "--", str(ANSWERS)]),
    }
    for reader, codes in read.items():
        for answer, code in zip(answers, codes, strict=True):
            if code != answer["code"]:
                wrong.append(f"{answer['front']}: {reader} reads {code!r} of {answer}")
    for answer in answers:
        named = dict(answer["headers"]).get("x-amzn-errortype")
        if named != (None if answer["front"] == "rest" else answer["code"]):
            wrong.append(f"{answer['front']}: x-amzn-errortype is {named!r} in {answer}")
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    print(f"{len(answers)} errors of {len(FRONTS)} fronts read by {', '.join(read)}: {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
