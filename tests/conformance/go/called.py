"""The Go client of orders, calling the function behind three fronts."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import served

FRONTS = ["rest", "http-api", "function-url"]
COMMAND = ["go", "test", "-count", "1", "-run", "^TestServed$", "./..."]


def main() -> int:
    wrong = 0
    for front in FRONTS:
        with served(front) as url:
            environment = {**os.environ, "ORDERS_URL": url}
            ran = subprocess.run(COMMAND, cwd="examples/orders-go-demo", env=environment, stdout=subprocess.PIPE, text=True)
        if ran.returncode:
            wrong += 1
            print(f"{front}: {ran.stdout}", file=sys.stderr)
    if not wrong:
        print(f"Go: every declared error of the function behind {', '.join(FRONTS)}")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
