//! The program as people run it: what it writes, says and returns, and what it leaves alone.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod authorization;
mod explain;
mod fronts;
mod generate;
mod legacy;
mod lint;
mod merges;
mod names;
mod operations;
mod serve;

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const SOURCE: &str = r#"
use serde::{Deserialize, Serialize};
use throwback::{ApiError, Payload, lambda_runtime::LambdaEvent, operation};

#[derive(Deserialize)]
pub struct GetTea { pub tea_id: String }

#[derive(Serialize)]
pub struct Tea { pub name: String }

#[derive(Debug, thiserror::Error, ApiError)]
pub enum GetTeaError {
    /// There is no such tea.
    #[error("no tea {tea_id}")]
    #[api_error(status = 404)]
    TeaNotFound { tea_id: String },
    /// The kettle is cold.
    #[error("cold")]
    #[api_error(status = 503)]
    KettleCold,
}

/// Reads a tea.
#[operation(GET, "/teas/{tea_id}")]
pub async fn get_tea(event: LambdaEvent<Payload<GetTea>>) -> Result<Tea, GetTeaError> {
    Err(GetTeaError::TeaNotFound { tea_id: event.payload.0.tea_id })
}
"#;

/// A package in a folder of its own.
struct Package(tempfile::TempDir);

impl Package {
    fn new() -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        this.write("Cargo.toml", "[package]\nname = \"teas\"\nversion = \"1.2.3\"\n");
        this.write("src/main.rs", SOURCE);
        this
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds no `{from}`");
        self.write(path, &text.replace(from, to));
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        ran(program().args(arguments).current_dir(self.0.path()))
    }

    /// Every file and its text.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.path().is_dir() {
                    walk(&entry.path(), files);
                } else {
                    files.push((entry.path(), fs::read(entry.path()).unwrap()));
                }
            }
        }
        let mut files = Vec::new();
        walk(self.0.path(), &mut files);
        files.sort();
        files
    }

    /// Runs what must fail with status 1 and leave every file as it was.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.files();
        let ran = self.run(arguments);
        assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
        assert_eq!(self.files(), before, "a refused run wrote something");
        ran.err
    }
}

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_program"));
    // Only cargo's own build scripts have one.
    command.env_remove("OUT_DIR").env_remove("CARGO_MANIFEST_DIR");
    command
}

fn ran(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

fn has(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in:\n{text}");
}

#[test]
fn help_and_docs_name_every_option() {
    let help = Package::new().run(&["generate", "--help"]).out;
    let read = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let (readme, table) = (read("../README.md"), read("../docs/configuration.md"));
    for flag in throwback_codegen::Options::flags() {
        let value = if flag.value.is_empty() { String::new() } else { format!(" <{}>", flag.value) };
        has(&help, &format!("--{}{value}", flag.name));
        let key = flag.name.strip_prefix("api-").unwrap_or(flag.name);
        has(&readme, &format!("`{key}`"));
        has(&table, &format!("\n| `{key}` |"));
    }
}

#[test]
fn help_shows_examples_and_exit_statuses() {
    let package = Package::new();
    let help = package.run(&["--help"]);
    has(&help.out, "Examples:");
    has(&help.out, "Exit status:");
    for command in ["generate", "explain", "serve"] {
        has(&package.run(&[command, "--help"]).out, "Examples:");
    }
    let wrong = package.run(&["generat"]);
    assert_eq!(wrong.status, 2);
    has(&wrong.err, "generate");
}
