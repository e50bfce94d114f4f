//! Build scripts: what a run of cargo's owns and has to be told, and the client whose crate generates it by itself.
//!
//! cargo decides what to compile before any build script runs. What one package's script writes into another package is
//! therefore judged one run too late: a caller would pass against yesterday's client.

use crate::builder::{Builder, Generated};
use crate::diagnostic::Diagnostic;
use crate::project::{Project, normal};
use crate::text;
use std::path::{Path, PathBuf};

/// The build script that is running.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    /// cargo's `OUT_DIR`, where everything is the package's.
    pub(crate) out_dir: PathBuf,
    /// The folder of the package whose script this is.
    pub(crate) package: PathBuf,
}

impl Script {
    /// What cargo says to a script (The Cargo Book, "Environment variables Cargo sets for build scripts"). A program that
    /// cargo starts is told of `OUT_DIR` too, but not of the machine that it was built on.
    pub(crate) fn running() -> Option<Self> {
        let path = |name| std::env::var_os(name).map(PathBuf::from);
        std::env::var_os("HOST")?;
        Some(Self { out_dir: path("OUT_DIR")?, package: path("CARGO_MANIFEST_DIR")? })
    }

    /// Whether this is the package's own script.
    pub(crate) fn is_of(&self, project: &Project) -> bool {
        self.package() == normal(&project.folder)
    }

    /// Whether an output lies in `OUT_DIR`.
    pub(crate) fn keeps(&self, project: &Project, path: &Path) -> bool {
        normal(&project.folder.join(path)).starts_with(normal(&self.out_dir))
    }

    /// Whether an output belongs to the package: it lies in `OUT_DIR`, or in the package's folder and in no crate below.
    pub(crate) fn owns(&self, project: &Project, path: &Path, is_crate: bool) -> bool {
        let named = normal(&project.folder.join(path));
        let package = self.package();
        let below = |folder: &&Path| **folder != *package;
        let crates = named.ancestors().skip(1).take_while(below).any(|folder| folder.join("Cargo.toml").is_file());
        self.keeps(project, path) || (named.starts_with(&package) && !is_crate && !crates)
    }

    fn package(&self) -> PathBuf {
        normal(&std::path::absolute(&self.package).unwrap_or_else(|_| self.package.clone()))
    }
}

/// Why a build script may not write an output, and who may.
pub(crate) fn foreign(key: &str, path: &Path) -> Diagnostic {
    let shown = path.display();
    Diagnostic::new(format!("build.rs would write `{shown}`, which does not belong to its package")).help(format!(
        "cargo has judged other packages before this build.rs runs, so their callers would be checked against what it wrote \
         last time. A client in the same workspace is a crate with a build.rs of its own, \
         `throwback_codegen::Client::of(\"../orders\").run()`, where `../orders` is this package; for anything else write \
         `{key} = \"{shown}\"` in throwback.toml, and run `throwback generate` before the build"
    ))
}

/// Why `Client::of` writes nothing where no build script runs.
pub(crate) fn absent() -> Diagnostic {
    Diagnostic::new("`throwback_codegen::Client` writes to `OUT_DIR`, and no build script runs here")
        .help("call it in the build.rs of the client's crate; elsewhere a client is the output `rust-client`")
}

/// Tells cargo what was read, and of what is stale elsewhere.
pub(crate) fn tell(generated: &Generated) {
    for input in generated.inputs.iter().chain(&generated.stale).filter_map(|input| watched(input)) {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    for note in &generated.notes {
        println!("cargo::warning={}", text::line(note));
    }
    if let [first, ..] = &*generated.stale {
        let (count, first) = (generated.stale.len(), text::line(&first.to_string_lossy()).into_owned());
        println!(
            "cargo::warning={count} files that build.rs leaves to `throwback generate` are stale, as is `{first}`: run it"
        );
    }
}

/// What cargo is told to watch for a file: one whose name has a line break would say something else to cargo behind it, so
/// that its folder is watched.
fn watched(input: &Path) -> Option<&Path> {
    input.ancestors().find(|path| !path.to_string_lossy().contains(['\n', '\r']))
}

/// The Rust client of a function in the same workspace, in a crate with a build.rs of its own.
///
/// cargo runs that build.rs when the function's source has changed, before it compiles the crate, so a caller is always
/// checked against the errors that the function has now. Name, types and other options are those of the function's
/// `throwback.toml`.
///
/// ```no_run
/// // build.rs of the crate `orders-client`, which depends on `throwback` with the feature `client`
/// throwback_codegen::Client::of("../orders").run();
/// ```
///
/// Its `src/lib.rs` is `include!(concat!(env!("OUT_DIR"), "/client.rs"));`.
#[derive(Debug, Clone)]
pub struct Client {
    builder: Builder,
}

impl Client {
    /// The client of the function in this folder, named from the crate's own.
    pub fn of(package: impl Into<PathBuf>) -> Self {
        Self { builder: Builder::project(package).client_alone("client.rs") }
    }

    /// What this client's calls go through, where it is not what the function's `throwback.toml` says: `invoke` for a caller that
    /// invokes a function which stands behind an API as well.
    #[must_use]
    pub fn front(self, front: impl Into<String>) -> Self {
        Self { builder: self.builder.front(front) }
    }

    /// The name of its file in `OUT_DIR`, `client.rs` by default: a crate with several clients has a file for each.
    #[must_use]
    pub fn file(self, name: impl Into<String>) -> Self {
        Self { builder: self.builder.client_alone(name) }
    }

    /// Writes the client to its file in `OUT_DIR`; tells cargo what was read; shows the mistakes and ends the process with
    /// status 1 if there are any.
    pub fn run(&self) {
        self.builder.run();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_alone_is_for_build_scripts() {
        let failed = Builder::project(env!("CARGO_MANIFEST_DIR"))
            .client_alone("client.rs")
            .check()
            .expect_err("it runs in none");
        assert!(failed.to_string().contains("no build script runs here"), "{failed}");
    }

    #[test]
    fn no_name_of_a_file_tells_cargo_anything() {
        assert_eq!(watched(Path::new("/a/src/lib.rs")), Some(Path::new("/a/src/lib.rs")));
        let odd = Path::new("/a/src/x\ncargo::rustc-env=A=B/lib.rs");
        assert_eq!(watched(odd), Some(Path::new("/a/src")));
        assert_eq!(watched(Path::new("/a/\r.rs")), Some(Path::new("/a")));
    }
}
