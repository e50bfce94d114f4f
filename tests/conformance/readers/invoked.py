"""The orders function invoked through the AWS SDKs for Python and Rust, as `throwback serve --front invoke` lets them."""

import json
import subprocess
import sys
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import CALLS, event, served

CRATE = Path(__file__).parent.parent / "invoked"


def main() -> int:
    wrong = []
    with served("invoke") as url:
        config = Config(retries={"total_max_attempts": 1}, region_name="eu-central-1")
        keys = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
        client = boto3.client("lambda", endpoint_url=url, config=config, **keys)
        for code, *call in CALLS:
            answer = client.invoke(FunctionName="orders", Payload=json.dumps(event(*call)))
            payload = json.load(answer["Payload"])
            tagged = payload.get("errorMessage", "").startswith(f"[{code}] ")
            if answer.get("FunctionError") != "Unhandled" or payload.get("errorType") != code or not tagged:
                wrong.append(f"{code}: {answer.get('FunctionError')} {payload}")
        dry = client.invoke(FunctionName="orders", InvocationType="DryRun")
        if dry["StatusCode"] != 204:
            wrong.append(f"a dry run: {dry}")
        started = client.invoke(FunctionName="orders", InvocationType="Event")
        if (started["StatusCode"], started["Payload"].read()) != (202, b""):
            wrong.append(f"an event: {started}")
        try:
            answered = client.invoke(FunctionName="orders", Payload=b"n\x87r")
            wrong.append(f"no JSON: {answered}")
        except ClientError as error:
            if error.response["Error"]["Code"] != "InvalidRequestContentException":
                wrong.append(f"no JSON: {error}")
        print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
        print(f"{len(CALLS) + 3} invocations through boto3 {boto3.__version__}: {len(wrong)} wrong", flush=True)
        crate = ["cargo", "run", "--quiet", "--manifest-path", str(CRATE / "Cargo.toml")]
        by_rust = subprocess.run([*crate, "--target-dir", "target/conformance/types", "--", url])
    return 1 if wrong or by_rust.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
