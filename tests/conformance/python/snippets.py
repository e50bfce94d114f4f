"""Runs each snippet of a README in order, with a client of HTTP and a function that answer by themselves."""

import importlib
import io
import os
import re
import sys
import types
import typing
from contextlib import redirect_stdout
from pathlib import Path


class Answering:
    """Answers whatever is asked with a failure of the platform."""

    def __init__(self, api: types.ModuleType) -> None:
        testing = importlib.import_module(f"{api.__name__}.testing")
        self.error = api.PlatformError(kind="INVALID_PAYLOAD", status=400, reason="none")
        self.testing = testing

    def http(self) -> object:
        return self.testing.FakeHttp(self.error)

    def async_http(self) -> object:
        return Closing(self.testing.AsyncFakeHttp(self.error))


class Closing:
    def __init__(self, http: typing.Any) -> None:
        self.request = http.request

    async def aclose(self) -> None:
        pass


class Lambda:
    """What is used of a client of boto3."""

    def invoke(self, **_: object) -> dict[str, object]:
        payload = b'{"errorType":"Sandbox.Timedout","errorMessage":"Task timed out after 3.00 seconds"}'
        return {"FunctionError": "Unhandled", "Payload": io.BytesIO(payload)}


def main() -> int:
    module, readme = sys.argv[1:]
    os.environ |= {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "eu-central-1"}
    api = importlib.import_module(module)
    answering = Answering(api)
    calls = importlib.import_module(f"{module}._runtime.calls")
    calls._httpx, calls._async_httpx = answering.http, answering.async_http
    import boto3

    boto3.client = lambda _: Lambda()
    blocks = re.findall(r"^```python\n(.*?)^```$", Path(readme).read_text(), re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {"__name__": "readme"}
    for block in blocks:
        try:
            with redirect_stdout(io.StringIO()):
                exec(compile(block, readme, "exec"), names)
        except api.PlatformError:
            # The call that the snippet makes does not succeed here.
            pass
        except Exception:
            print(block, file=sys.stderr)
            raise
    print(f"{len(blocks)} snippets")
    return 0 if blocks else 1


if __name__ == "__main__":
    sys.exit(main())
