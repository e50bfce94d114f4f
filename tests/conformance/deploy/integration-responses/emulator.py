"""LocalStack's API Gateway on a port of this machine alone, with one function behind every method.

The gateway and all that it does with a request is LocalStack's. Its Lambda runs functions in containers, so a route stands in
its place at the address that API Gateway calls: it answers what the last POST to `/payload` held.

    emulator.py PORT   until its standard input ends
"""

import os
import sys
import tempfile
import threading

PORT = int(sys.argv[1])
# Nothing is told to anybody, nothing is fetched, and nothing is left behind.
FOLDER = tempfile.TemporaryDirectory()
os.environ |= {
    "DISABLE_EVENTS": "1",
    "DNS_ADDRESS": "0",
    "FILESYSTEM_ROOT": FOLDER.name,
    "GATEWAY_LISTEN": f"127.0.0.1:{PORT}",
    "SERVICES": "apigateway,sts",
    "SKIP_SSL_CERT_DOWNLOAD": "1",
    "STRICT_SERVICE_LOADING": "1",
    "XDG_CACHE_HOME": FOLDER.name,
}

from localstack.aws.app import LocalstackAwsGateway  # noqa: E402
from localstack.services.edge import ROUTER  # noqa: E402
from rolo import Request, Response  # noqa: E402
from rolo.gateway.wsgi import WsgiGateway  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

answer = {"payload": b"{}"}


def payload(request: Request) -> Response:
    answer["payload"] = request.get_data()
    return Response("{}")


def function(request: Request, function: str) -> Response:
    return Response(answer["payload"], headers={"content-type": "application/json"})


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        pass


ROUTER.add("/payload", payload, methods=["POST"])
ROUTER.add("/2015-03-31/functions/<path:function>/invocations", function, methods=["POST"])
server = make_server("127.0.0.1", PORT, WsgiGateway(LocalstackAwsGateway()), threaded=True, request_handler=Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
FOLDER.cleanup()
os._exit(0)
