"""The program of the example against the orders function behind three fronts, as `throwback serve` lets it answer."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from served import TOKEN, served

# What the program says of each order.
SAYS = {
    "41": "there is no order 41",
    "7": "order 7 lies in the archive of ",
    "signed-out": "The caller is not signed in; ask about ",
    "impossible": "platform: the function failed, after ",
}


def main() -> int:
    node, program = sys.argv[1:]
    wrong = []
    for front in ["rest", "http-api", "function-url"]:
        with served(front) as url:
            for order, says in SAYS.items():
                command = [node, program, url, order]
                ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "ORDERS_TOKEN": TOKEN})
                if not ran.stdout.startswith(says):
                    wrong.append(f"{front}, order {order}: {ran.stdout}{ran.stderr}")
    print("\n".join(wrong) or f"TypeScript behind three fronts: {3 * len(SAYS)} answers are caught as they should be")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
