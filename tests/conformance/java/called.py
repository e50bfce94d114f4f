"""The Java client of orders, calling the function behind three fronts, and invoking it; and the first program of its README."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import TOKEN, served

# The class whose tests call, and what it reads the address from.
CALLING = ("com.example.demo.ServedTest", "ORDERS_URL")
INVOKING = ("com.example.invoked.InvokedTest", "INVOKED_URL")
FRONTS = {"rest": CALLING, "http-api": CALLING, "function-url": CALLING, "invoke": INVOKING}
OUTSIDE = Path("target/conformance/java/outside").resolve()


def main() -> int:
    wrong = 0
    classes = (OUTSIDE / "tests").read_text()
    launcher = ["java", "-cp", classes, "org.junit.platform.console.ConsoleLauncher", "execute", "--disable-banner"]
    for front, (name, variable) in FRONTS.items():
        with served(front) as url:
            environment = {**os.environ, variable: url, "ORDERS_FRONT": front}
            command = [*launcher, "--details=summary", "--fail-if-no-tests", "--select-class", name]
            ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
            if front == "rest":
                program = ["java", "-cp", (OUTSIDE / "http/path").read_text(), "Try", url]
                said = subprocess.run(program, env={**os.environ, "TOKEN": TOKEN}, capture_output=True, text=True)
                if not said.stdout.startswith("Order[id=42, "):
                    wrong += 1
                    print(f"the README's program: {said.stdout}{said.stderr}", file=sys.stderr)
        if ran.returncode or " 0 tests successful" in ran.stdout:
            wrong += 1
            print(f"{front}: {ran.stdout}", file=sys.stderr)
    if not wrong:
        print(f"Java: every failure of the function behind {', '.join(FRONTS)}")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
