//! Which packages a run is about.

use super::Stop;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use throwback_codegen::text::line;
use throwback_codegen::{Builder, FILE, Failed, Options};

/// How far below a folder packages are looked for.
const DEPTH: u8 = 4;

/// A builder for the named package, the one in this folder, each below it that has a configuration, or the one around it.
pub(super) fn builders(project: Option<&Path>, options: &Options) -> Result<Vec<Builder>, Stop> {
    let builder = |folder: PathBuf| Builder::project(folder).options(options.clone());
    let here = project.unwrap_or(Path::new("."));
    if project.is_some() || here.join(FILE).is_file() || is_package(here) {
        return Ok(vec![builder(here.to_path_buf())]);
    }
    let whole = std::path::absolute(here).unwrap_or_else(|_| here.to_path_buf());
    let mut found = Vec::new();
    // What lies below a folder that is nobody's project may be the whole disk.
    if let Some(root) = whole.ancestors().find(|folder| is_root(folder)) {
        search(here, DEPTH, &mut found);
        let around =
            || whole.ancestors().take_while(|folder| folder.starts_with(root)).find(|folder| is_package(folder));
        if found.is_empty()
            && let Some(package) = around()
        {
            found.push(package.to_path_buf());
        }
    }
    if found.is_empty() {
        return Err(Stop::Said(format!(
            "there is no package here, and no {FILE} below in a repository or a workspace; go to a package, name one with \
             `--project DIR`, or put beside its Cargo.toml a {FILE} such as\n\n  \
             openapi = \"generated/openapi.json\"\n  rust-client = \"../orders-client\"\n"
        )));
    }
    found.sort();
    Ok(found.into_iter().map(builder).collect())
}

/// Does the same for each package. One that fails is named, and stops none of the others.
pub(super) fn each<T>(
    builders: &[Builder],
    mut run: impl FnMut(&Builder) -> Result<T, Failed>,
) -> Result<Vec<T>, Stop> {
    let mut done = Vec::new();
    for builder in builders {
        match run(builder) {
            Ok(outcome) => done.push(outcome),
            Err(failed) if builders.len() == 1 => return Err(failed.into()),
            // The others are not to blame, and what it says of files is true of this package alone.
            Err(failed) => {
                anstream::eprintln!("in `{}`:\n{}\n", shown(builder), failed.render(true));
            }
        }
    }
    if done.len() == builders.len() { Ok(done) } else { Err(Stop::Told) }
}

/// The folder of a package, as people name it.
pub(super) fn shown(builder: &Builder) -> Cow<'_, str> {
    let folder = builder.folder();
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    line(&folder.to_string_lossy()).into_owned().into()
}

/// Whether a folder is where a repository or a workspace begins.
fn is_root(folder: &Path) -> bool {
    folder.join(".git").exists() || manifest(folder).contains_key("workspace")
}

fn is_package(folder: &Path) -> bool {
    manifest(folder).contains_key("package")
}

fn manifest(folder: &Path) -> toml::Table {
    let text = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    toml::from_str(&text).unwrap_or_default()
}

fn search(folder: &Path, depth: u8, found: &mut Vec<PathBuf>) {
    if folder.join(FILE).is_file() {
        found.push(folder.to_path_buf());
    }
    let Some(depth) = depth.checked_sub(1) else { return };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (name, path) = (entry.file_name(), folder.join(entry.file_name()));
        let name = name.to_string_lossy();
        // What builds and package managers leave behind is nobody's source, and another repository is another's.
        let skipped = name.starts_with('.') || matches!(name.as_ref(), "target" | "node_modules");
        if !skipped && entry.file_type().is_ok_and(|kind| kind.is_dir()) && !path.join(".git").exists() {
            search(&path, depth, found);
        }
    }
}
