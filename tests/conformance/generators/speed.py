"""Measures how long it takes to write the clients of 1,000 errors over 100 operations: all of ours, beside one of
openapi-generator's from the same API's plain document, in one run. For people, not for CI: it asserts nothing.

    target/conformance/bin/python tests/conformance/generators/speed.py [RUNS]
"""

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INTO = ROOT / "target/conformance/speed"
JARS = ROOT / "target/conformance/m2/org/openapitools/openapi-generator-cli"

WRITTEN = ["rust", "typescript", "go", "python", "java", "theirs"]

CLIENTS = """
rust-client = "rust"
typescript-client = "typescript"
go-client = { path = "go", module = "example.com/shop" }
python-client = "python"
java-client = "java"
"""

GROUP = """
#[derive(serde::Deserialize)]
pub struct Input{group} {{ pub order_id: String }}

#[derive(serde::Serialize)]
pub struct Output{group} {{ pub id: String, pub lines: Vec<String> }}

/// What can go wrong in group {group}.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/errors/")]
pub enum Group{group}Error {{{variants}}}

/// Does what group {group} does.
#[operation(GET, "/group{group}/{{order_id}}")]
async fn call{group}(input: Payload<Input{group}>) -> Result<Output{group}, Group{group}Error> {{ todo!() }}
"""

VARIANT = """
    /// The order can't be filled, for reason {number}.
    #[error("order {{order_id}}")]
    #[api_error(status = {status})]
    Reason{number} {{ order_id: String, attempts: u32, left: Option<u64> }},
"""


def package(folder: Path) -> None:
    """Writes a function with 1,000 errors over 100 operations."""
    statuses = [400, 404, 409, 410, 422, 429]
    groups = []
    for group in range(100):
        numbers = range(group * 10, group * 10 + 10)
        variants = "".join(VARIANT.format(number=number, status=statuses[number % 6]) for number in numbers)
        groups.append(GROUP.format(group=group, variants=variants))
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "src/lib.rs").write_text("use throwback::{ApiError, Payload, operation};\n" + "".join(groups))
    (folder / "Cargo.toml").write_text('[package]\nname = "shop"\nversion = "1.0.0"\nedition = "2024"\n')


def timed(runs: int, command: list[object], folder: Path) -> float:
    """The median of some runs, in seconds; each writes everything anew."""
    took = []
    for _ in range(runs):
        for name in WRITTEN:
            shutil.rmtree(folder / name, ignore_errors=True)
        start = time.monotonic()
        subprocess.run([str(part) for part in command], check=True, cwd=folder, capture_output=True)
        took.append(time.monotonic() - start)
    return statistics.median(took)


def main() -> None:
    """Measures both, and says how they compare."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    jar = next(JARS.glob("*/openapi-generator-cli-*.jar"), None)
    if jar is None:
        sys.exit("openapi-generator is missing: run tests/conformance/generators/run")
    build = ["cargo", "build", "--quiet", "--release", "--package", "throwback-cli", "--target-dir", ROOT / "target"]
    subprocess.run(build, check=True, cwd=ROOT)
    program = ROOT / "target/release/throwback"
    package(INTO)
    settings = 'sources = ["src/lib.rs"]\n'
    (INTO / "throwback.toml").write_text(f'{settings}openapi-plain = "plain.json"\n')
    subprocess.run([program, "generate"], check=True, cwd=INTO, capture_output=True)
    (INTO / "throwback.toml").write_text(settings + CLIENTS)
    ours = timed(runs, [program, "generate"], INTO)
    for language in ["java", "python"]:
        command = ["java", "-jar", jar, "generate", "-g", language, "-i", "plain.json", "-o", "theirs"]
        theirs = timed(runs, command, INTO)
        print(f"five clients / openapi-generator's {language} alone: {ours / theirs:.3f} ({ours:.2f} s, {theirs:.2f} s)")


if __name__ == "__main__":
    main()
