"""What the README shows side by side, one error in five languages: each piece runs in the least program around it, against the
function behind a custom integration, and all of them print the same. The scripts of the languages have built their packages.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from served import TOKEN, served

ROOT = Path.cwd()
INTO = ROOT / "target/conformance/fragments"
HEADING = "## One error, five languages"
EXPECTED = {"41": "no order 41: order 41 does not exist", "42": "order 42"}


def fragments() -> dict[str, str]:
    """The pieces of code, by the word that names their language."""
    _, _, rest = Path("README.md").read_text().partition(f"\n{HEADING}\n")
    section = rest.partition("\n## ")[0]
    found = re.findall(r"^```(\w+)[^\n]*\n(.*?)^```$", section, re.S | re.M)
    return dict(found)


def indented(code: str, blanks: int) -> str:
    return re.sub(r"^(?=.)", " " * blanks, code, flags=re.M)


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout.strip()


def rust(code: str) -> Callable[..., str]:
    folder = INTO / "rust"
    written(folder / "Cargo.toml", f"""[package]
name = "fragment"
version = "0.0.0"
edition = "2024"

[dependencies]
orders-client = {{ path = "{ROOT}/examples/orders-client", features = ["reqwest"] }}
reqwest = {{ version = "0.13", default-features = false }}
throwback = {{ path = "{ROOT}/runtime", default-features = false, features = ["client", "reqwest"] }}
tokio = {{ version = "1", features = ["macros", "rt"] }}

[workspace]
""")
    shutil.copy("Cargo.lock", folder)
    written(folder / "src/main.rs", f"""use orders_client::{{Client, Failure, GetOrderError}};
use reqwest::header::{{AUTHORIZATION, HeaderMap}};
use throwback::client::Reqwest;

#[tokio::main(flavor = "current_thread")]
async fn main() {{
    let headers = HeaderMap::from_iter([(AUTHORIZATION, std::env::var("TOKEN").unwrap().parse().unwrap())]);
    let transport = Reqwest::builder().default_headers(headers).build().map(Reqwest::from).unwrap();
    let client = Client::new(transport, std::env::args().nth(1).unwrap());
{indented(code, 4)}}}
""")
    target = ROOT / "target/conformance/types"
    run("cargo", "build", "--quiet", "--offline", "--target-dir", target, cwd=folder)
    return lambda url: run(target / "debug/fragment", url, TOKEN=TOKEN)


def typescript(code: str) -> Callable[..., str]:
    folder = ROOT / "target/conformance/typescript/packed"
    program = written(folder / "fragment.ts", f"""import process from "node:process";
import {{ Client, OrderNotFoundError }} from "orders-client";

const [url = ""] = process.argv.slice(2);
const authorization = process.env["TOKEN"] ?? "";
const client = new Client(url, {{ headers: {{ authorization }} }});
{code}""")
    node = ROOT / "target/conformance/typescript/node_modules/.bin/node"
    return lambda url: run(node, program, url, TOKEN=TOKEN)


def python(code: str) -> Callable[..., str]:
    program = written(INTO / "fragment.py", f"""import os
import sys

from orders import OrderNotFoundError, Orders

with Orders(sys.argv[1], headers={{"authorization": os.environ["TOKEN"]}}) as client:
{indented(code, 4)}""")
    interpreter = ROOT / "target/conformance/python/venv/bin/python"
    sources = ROOT / "examples/orders-python/src"
    return lambda url: run(interpreter, program, url, TOKEN=TOKEN, PYTHONPATH=str(sources), PYTHONDONTWRITEBYTECODE="1")


def java(code: str) -> Callable[..., str]:
    folder = INTO / "java"
    program = written(folder / "Fragment.java", f"""import com.example.orders.OrderNotFoundException;
import com.example.orders.OrdersClient;

final class Fragment {{
  public static void main(String[] args) {{
    var client = OrdersClient.builder(args[0]).header("authorization", System.getenv("TOKEN")).build();
{indented(code, 4)}  }}
}}
""")
    built = ROOT / "target/conformance/java"
    path = os.pathsep.join([str(folder), str(built / "classes"), (built / "classes.jars").read_text().strip()])
    run("javac", "-d", folder, "-cp", path, program)
    return lambda url: run("java", "-cp", path, "Fragment", url, TOKEN=TOKEN)


def go(code: str) -> Callable[..., str]:
    folder = INTO / "go"
    written(folder / "go.mod", f"""module example.com/fragment

go 1.26

require example.com/orders v0.0.0

replace example.com/orders => {ROOT}/examples/orders-go
""")
    tabbed = re.sub(r"^(?=.)", "\t", code, flags=re.M)
    written(folder / "main.go", f"""package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"example.com/orders"
)

func main() {{
	ctx := context.Background()
	client := orders.New(os.Args[1], orders.WithHeader("Authorization", os.Getenv("TOKEN")))
{tabbed}}}
""")
    run("go", "build", "-o", "fragment", ".", cwd=folder, GOPROXY="off", GOTOOLCHAIN="local", GOFLAGS="-mod=mod")
    return lambda url: run(folder / "fragment", url, TOKEN=TOKEN)


LANGUAGES = {"rust": rust, "ts": typescript, "python": python, "java": java, "go": go}


def main() -> int:
    shutil.rmtree(INTO, ignore_errors=True)
    shown = fragments()
    if shown.keys() != LANGUAGES.keys():
        sys.exit(f"under {HEADING!r} the README has {sorted(shown)}, not {sorted(LANGUAGES)}")
    wrong = 0
    with served("rest") as url:
        for language, code in shown.items():
            for order, expected in EXPECTED.items():
                if code.count('"41"') + code.count("'41'") != 1:
                    sys.exit(f"the README's {language} does not ask for order 41 once")
                said = LANGUAGES[language](code.replace('"41"', f'"{order}"').replace("'41'", f"'{order}'"))(url)
                if said != expected:
                    wrong += 1
                    print(f"{language}: {said!r}, not {expected!r}", file=sys.stderr)
    if not wrong:
        print(f"README: {', '.join(shown)} catch the same error, and print the same")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
