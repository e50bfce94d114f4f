"""The AWS CLI without its start: it is loaded once, and forks for each call that `aws`, written beside it, hands over.

A script that makes a hundred calls is then tried in seconds. What runs is the AWS CLI's own `main`.

    aws.py FOLDER   writes FOLDER/aws and listens at FOLDER/socket until its standard input ends
"""

import array
import json
import os
import select
import signal
import socket
import stat
import sys
import traceback
from pathlib import Path

import awscli.clidriver

CALLER = '''#!{python} -IS
import array, json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({socket!r})
given = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
server.sendmsg([len(given).to_bytes(4, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
server.sendall(given)
sys.exit(server.recv(1)[0])
'''


def received(caller: socket.socket) -> tuple[list[int], list]:
    size, ancillary, _, _ = caller.recvmsg(4, socket.CMSG_SPACE(12))
    descriptors = array.array("i")
    descriptors.frombytes(ancillary[0][2])
    given = b""
    while len(given) < int.from_bytes(size, "big"):
        given += caller.recv(1 << 20)
    return list(descriptors), json.loads(given)


def serve(driver: awscli.clidriver.CLIDriver, caller: socket.socket) -> None:
    """One call, in a process of its own."""
    descriptors, (arguments, folder, environment) = received(caller)
    for target, descriptor in enumerate(descriptors):
        os.dup2(descriptor, target)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    code = driver.main(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    caller.send(bytes([code]))


def main(folder: Path) -> None:
    path = folder / "socket"
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    caller = folder / "aws"
    caller.write_text(CALLER.format(python=sys.executable, socket=str(path)))
    caller.chmod(caller.stat().st_mode | stat.S_IXUSR)
    # What every call loads, loaded once.
    driver = awscli.clidriver.create_clidriver()
    loader = driver.session.get_component("data_loader")
    for kind in ["service-2", "paginators-1", "endpoint-rule-set-1"]:
        loader.load_service_model("apigateway", kind)
    for data in ["cli", "endpoints", "partitions"]:
        loader.load_data(data)
    # A process that ends is nobody's to wait for.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        one, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            try:
                serve(driver, one)
            except BaseException:
                traceback.print_exc()
            os._exit(0)
        one.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
