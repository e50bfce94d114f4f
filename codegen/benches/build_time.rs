//! The build time of a crate of 300 errors: with our derive, with serde's, and with neither.
//!
//! All of them derive thiserror's `Error` and write a message from the same enum. The crate alone is built with what it
//! depends on already there, in turn, so that a busy machine slows all of them alike; the clean build has it all to do.
#![allow(missing_docs, clippy::unwrap_used)]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Errors of each crate.
const ERRORS: usize = 300;

/// Builds of the crate alone of which the median is taken.
const REPEATS: usize = 9;

/// Builds from nothing of which the median is taken.
const CLEAN_REPEATS: usize = 3;

/// A crate that is there to be built.
struct Package {
    title: &'static str,
    folder: PathBuf,
    check: Vec<Duration>,
    build: Vec<Duration>,
    clean: Vec<Duration>,
}

fn main() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let ours = format!("throwback = {{ path = {:?} }}", runtime.display().to_string());
    let by_hand = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"";
    let mut packages = [
        Package::new(
            "thiserror + ApiError",
            "ours",
            &ours,
            &source("throwback::ApiError", true, "throwback::error_message(error, None)"),
        ),
        Package::new(
            "thiserror + Serialize",
            "by-hand",
            by_hand,
            &source("serde::Serialize", false, "format!(\"{error} {}\", serde_json::to_string(error).unwrap())"),
        ),
        Package::new("thiserror alone", "alone", "", &source("", false, "error.to_string()")),
    ];
    for _ in 0..CLEAN_REPEATS {
        for package in &mut packages {
            let clean = package.clean_build();
            package.clean.push(clean);
        }
    }
    for package in &packages {
        // Makes what the crate depends on ready for this command too.
        package.cargo("check");
    }
    for _ in 0..REPEATS {
        for package in &mut packages {
            let (check, build) = (package.alone("check"), package.alone("build"));
            package.check.push(check);
            package.build.push(build);
        }
    }
    println!("{ERRORS} errors: the crate alone, and from nothing\n");
    println!("{:24}{:>14}{:>14}{:>14}", "", "cargo check", "cargo build", "clean build");
    let times =
        packages.each_ref().map(|package| [median(&package.check), median(&package.build), median(&package.clean)]);
    for (package, [check, build, clean]) in packages.iter().zip(times) {
        let [check, build, clean] = [check, build, clean].map(|time| format!("{:.3} s", time.as_secs_f64()));
        println!("{:24}{check:>14}{build:>14}{clean:>14}", package.title);
    }
    let [ours, by_hand, _] = times;
    let ratio = |at: usize| ours[at].as_secs_f64() / by_hand[at].as_secs_f64();
    println!("{:24}{:>14.2}{:>14.2}{:>14.2}", "ApiError / Serialize", ratio(0), ratio(1), ratio(2));
}

impl Package {
    fn new(title: &'static str, name: &str, dependencies: &str, source: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build_time").join(name);
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nthiserror = \"2\"\n{dependencies}\n"
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        // The same versions for all.
        std::fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        std::fs::write(folder.join("src/lib.rs"), source).unwrap();
        Self { title, folder, check: Vec::new(), build: Vec::new(), clean: Vec::new() }
    }

    fn cargo(&self, command: &str) -> Duration {
        let started = Instant::now();
        let status = Command::new(env!("CARGO"))
            .args([command, "--quiet"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .status();
        assert!(status.unwrap().success(), "{} does not build", self.folder.display());
        started.elapsed()
    }

    /// From nothing.
    fn clean_build(&self) -> Duration {
        // Fetches what is not there yet.
        self.cargo("fetch");
        let target = self.folder.join("target");
        if target.exists() {
            std::fs::remove_dir_all(target).unwrap();
        }
        self.cargo("build")
    }

    /// With everything there that the crate depends on.
    fn alone(&self, command: &str) -> Duration {
        let root = self.folder.join("src/lib.rs");
        std::fs::File::options().append(true).open(root).unwrap().set_modified(std::time::SystemTime::now()).unwrap();
        self.cargo(command)
    }
}

/// An enum of plain variants and of such with fields, and a function that writes its message.
fn source(derive: &str, ours: bool, message: &str) -> String {
    let mut source = format!("#[derive(Debug, thiserror::Error, {derive})]\npub enum ShopError {{\n");
    for number in 0..ERRORS {
        let status = if ours { format!("    #[api_error(status = {})]\n", 400 + number % 5) } else { String::new() };
        let (text, fields) = match number % 3 {
            0 => ("the shop is closed", ""),
            1 => ("order {order_id} is gone", " { order_id: String }"),
            _ => ("{sku} is out", " { sku: String, left: Option<u64>, shelves: Vec<String> }"),
        };
        let _ =
            write!(source, "    /// Reason {number}.\n    #[error(\"{text}\")]\n{status}    Reason{number}{fields},\n");
    }
    source + "}\n\npub fn message(error: &ShopError) -> String {\n    " + message + "\n}\n"
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}
