"""The Go client of orders, calling the function behind three fronts, and invoking it; and the first program of its README."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import TOKEN, served

# Where the client stands, and what it reads the address from.
CALLING = ("examples/orders-go-demo", "ORDERS_URL")
INVOKING = ("target/conformance/go/apis/invoked/go", "INVOKED_URL")
FRONTS = {"rest": CALLING, "http-api": CALLING, "function-url": CALLING, "invoke": INVOKING}
# Built outside of the repository, from the package and its README alone.
PROGRAM = Path("target/conformance/go/outside/http/try").resolve()
COMMAND = ["go", "test", "-count", "1", "-run", "^TestServed$", "./..."]


def main() -> int:
    wrong = 0
    for front, (folder, variable) in FRONTS.items():
        with served(front) as url:
            environment = {**os.environ, variable: url, "ORDERS_FRONT": front}
            ran = subprocess.run(COMMAND, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
            if front == "rest":
                said = subprocess.run([PROGRAM, url], env={**os.environ, "TOKEN": TOKEN}, capture_output=True, text=True)
                if not said.stdout.startswith("{ID:42 "):
                    wrong += 1
                    print(f"the README's program: {said.stdout}{said.stderr}", file=sys.stderr)
        if ran.returncode:
            wrong += 1
            print(f"{front}: {ran.stdout}", file=sys.stderr)
    if not wrong:
        print(f"Go: every failure of the function behind {', '.join(FRONTS)}")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
