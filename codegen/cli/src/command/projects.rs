//! Which packages a run is about.

use super::Stop;
use std::path::{Path, PathBuf};
use throwback_codegen::Builder;
use throwback_codegen::{FILE, Options};

/// How far below a folder packages are looked for.
const DEPTH: u8 = 4;

/// A builder for the named package, the one in this folder, or each below it that has a configuration.
pub(super) fn builders(project: Option<&Path>, options: &Options) -> Result<Vec<Builder>, Stop> {
    let builder = |folder: PathBuf| Builder::project(folder).options(options.clone());
    let here = project.unwrap_or(Path::new("."));
    if project.is_some() || here.join(FILE).is_file() || is_package(here) {
        return Ok(vec![builder(here.to_path_buf())]);
    }
    let mut found = Vec::new();
    search(here, DEPTH, &mut found);
    if found.is_empty() {
        return Err(Stop::Said(format!(
            "there is no package here, and no {FILE} below; go to a package, name one with `--project DIR`, or put beside its Cargo.toml a {FILE} such as\n\n  \
             openapi = \"generated/openapi.json\"\n  rust-client = \"../orders-client\"\n"
        )));
    }
    found.sort();
    Ok(found.into_iter().map(builder).collect())
}

fn is_package(folder: &Path) -> bool {
    let text = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    toml::from_str::<toml::Table>(&text).is_ok_and(|manifest| manifest.contains_key("package"))
}

fn search(folder: &Path, depth: u8, found: &mut Vec<PathBuf>) {
    if folder.join(FILE).is_file() {
        found.push(folder.to_path_buf());
    }
    let Some(depth) = depth.checked_sub(1) else { return };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // What builds and package managers leave behind is nobody's source.
        let skipped = name.starts_with('.') || matches!(name.as_ref(), "target" | "node_modules");
        if !skipped && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            search(&folder.join(entry.file_name()), depth, found);
        }
    }
}
