"""What held for each language, as its script noted it: language, test vectors, fronts, tools."""

import sys
from pathlib import Path

ROWS = Path("target/conformance/rows")
LANGUAGES = ["Rust", "TypeScript", "Python", "Java", "Go"]
HEAD = ["language", "vectors", "fronts", "tools"]


def main() -> int:
    missing = [name for name in LANGUAGES if not (ROWS / name).is_file()]
    if missing:
        sys.exit(f"nothing was noted of {', '.join(missing)}")
    rows = [HEAD] + [(ROWS / name).read_text().rstrip("\t").split("\t") for name in LANGUAGES]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
