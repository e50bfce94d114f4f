"""Each declared error has a type under its code's name in each client."""

import json
import sys
from pathlib import Path


def main(contract: Path, into: Path) -> int:
    codes = [error["code"] for error in json.loads(contract.read_text())["errors"]]
    clients = {
        "openapi-generator": ("rust/src/models/*.rs", "pub struct {} {{"),
        "hey-api": ("npm/client/types.gen.ts", "export type {} = {{"),
        "openapi-python-client": ("python/orders_api/models/*.py", "class {}:"),
    }
    missing = []
    for client, (files, form) in clients.items():
        text = "".join(path.read_text() for path in sorted(into.glob(files)))
        missing += [f"{client} has no {code}" for code in codes if form.format(code) not in text]
    print(*missing, sep="\n", end="\n" if missing else "", file=sys.stderr)
    print(f"{len(codes)} errors, each a type under its code's name in the clients of {', '.join(clients)}")
    return 1 if missing or not codes else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
