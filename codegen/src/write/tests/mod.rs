//! What a run leaves alone, whatever the repository says.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod locks;
mod outputs;
mod undo;

use crate::builder::{Builder, Generated};
use crate::diagnostic::Failed;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SOURCE: &str = r#"
#[derive(serde::Deserialize)]
pub struct GetTea { pub tea_id: String }

#[derive(serde::Serialize)]
pub struct Tea { pub name: String }

#[derive(Debug, thiserror::Error, ApiError)]
pub enum GetTeaError {
    /// There is no such tea.
    #[error("no tea {tea_id}")]
    #[api_error(status = 404)]
    TeaNotFound { tea_id: String },
}

/// Reads a tea.
#[operation(GET, "/teas/{tea_id}")]
pub async fn get_tea(event: LambdaEvent<Payload<GetTea>>) -> Result<Tea, GetTeaError> { todo() }
"#;

/// A package, beside a folder that is none of its own. Every file of a person has the same text, so that one hash is
/// that of each.
struct Package(TempDir);

/// Where a person's files lie, from the folder that holds package and neighbour.
const FILES: &[&str] = &[
    "teas/src/main.rs",
    "teas/src/notes.rs",
    "teas/notes.txt",
    "teas/generated/notes.txt",
    "teas/client/notes.rs",
    "teas/client/src/notes.rs",
    "teas/.git/config",
    "teas/.git/hooks/pre-commit",
    "teas/.cargo/config.toml",
    "neighbour/secret.txt",
    "neighbour/src/lib.rs",
];

impl Package {
    fn new() -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        this.write("Cargo.toml", "[package]\nname = \"teas\"\nversion = \"1.2.3\"\n");
        for file in FILES {
            this.write(&format!("../{file}"), SOURCE);
        }
        this
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("teas")
    }

    fn path(&self, path: &str) -> PathBuf {
        super::place::Places::new(&self.folder(), self.0.path(), true).named(Path::new(path))
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn builder(&self) -> Builder {
        Builder::project(self.folder())
    }

    /// With everything that can be written.
    fn full(&self) -> Builder {
        self.builder()
            .contract("generated/contract.json")
            .openapi("generated/openapi.json")
            .integration_responses("generated/documents")
            .output("cloudformation", "generated/cloudformation")
            .output("sam", "generated/sam")
            .rust_client("client")
            .vectors("generated/vectors.json")
    }

    /// Writes a lock that names files, each with the hash that a person's file has.
    fn lock(&self, names: &[&str]) {
        let hash = crate::contract::digest(SOURCE.as_bytes());
        let files: serde_json::Map<_, _> =
            names.iter().map(|name| ((*name).to_owned(), hash.as_str().into())).collect();
        let lock = serde_json::json!({
            "lock": 2, "generator": "throwback 0.1.0", "apis": { "teas": { "contract": "", "files": files } },
        });
        self.write(super::LOCK, &lock.to_string());
    }

    /// Every file but the lock, and its text.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    walk(&entry.path(), files);
                } else if kind.is_file() && entry.file_name() != super::LOCK {
                    files.push((entry.path(), fs::read(entry.path()).unwrap()));
                }
            }
        }
        let mut files = Vec::new();
        walk(self.0.path(), &mut files);
        files.sort();
        files
    }

    /// Everything that a person wrote is there, and nothing lies beside it that a run left.
    fn is_whole(&self) {
        for file in FILES {
            assert_eq!(self.read(&format!("../{file}")), SOURCE, "{file}");
        }
        for (path, _) in self.files() {
            let left = path.extension().is_some_and(|extension| extension == "new" || extension == "old");
            assert!(!left, "{path:?} was left");
        }
    }
}

fn said(outcome: Result<Generated, Failed>) -> String {
    outcome.map(|_| "a run").expect_err("it was refused").render(false)
}

fn has(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in:\n{text}");
}
