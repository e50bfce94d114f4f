//! Writing: only what changed, all of it or nothing, and never over a person's work.
//!
//! `throwback.lock` beside the manifest holds the hash of each file as it was generated. A file on disk with another
//! hash was edited, or was never ours; it is only replaced on request.

use crate::contract::hash;
use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
use crate::emit::File;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The name of the file that holds the hashes.
pub const LOCK: &str = "throwback.lock";

/// What was generated, by whom and from what.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Lock {
    generator: String,
    contract: String,
    /// The hash of each generated file, by its path from the project's folder.
    files: BTreeMap<String, String>,
}

/// One file whose text on disk is not what would be generated.
#[derive(Debug)]
pub struct Change {
    /// The file, as people name it.
    pub path: PathBuf,
    /// Its text on disk, if it is there.
    pub old: Option<String>,
    /// The text that would be generated; nothing if it would be removed.
    pub new: Option<String>,
}

/// What a run would write, or has written.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files that differ.
    pub changes: Vec<Change>,
    /// How many files are as they should be.
    pub unchanged: usize,
    steps: Vec<(PathBuf, Option<String>)>,
}

/// Where files go and whose they are.
pub(crate) struct Target<'a> {
    /// The folder that relative paths start from.
    pub(crate) folder: &'a Path,
    /// Whether everything there is ours, as in cargo's OUT_DIR: then nothing is kept in a lock.
    pub(crate) ours: bool,
    /// Whether edited files are replaced.
    pub(crate) force: bool,
    /// The contract's hash.
    pub(crate) contract: String,
}

impl Plan {
    /// Compares files with the disk. `resolve` says where a file lies.
    pub(crate) fn new(
        files: Vec<File>,
        target: &Target<'_>,
        resolve: impl Fn(&Path) -> Result<PathBuf, Diagnostic>,
    ) -> Result<Self, Failed> {
        let lock_path = target.folder.join(LOCK);
        let lock: Lock = if target.ours {
            Lock::default()
        } else {
            let text = std::fs::read_to_string(&lock_path).unwrap_or_default();
            serde_json::from_str(&text).unwrap_or_default()
        };
        let mut errors = Diagnostics::default();
        let mut plan = Self::default();
        let mut hashes = BTreeMap::new();
        for file in files {
            let name = file.path.to_string_lossy().replace('\\', "/");
            hashes.insert(name.clone(), hash(file.text.as_bytes()));
            match resolve(&file.path) {
                Ok(path) => plan.compare(&file.path, path, Some(file.text), lock.files.get(&name), target, &mut errors),
                Err(diagnostic) => errors.push(diagnostic),
            }
        }
        // What an earlier run wrote and this one does not: it would describe an API that is no more.
        for (name, known) in lock.files.iter().filter(|(name, _)| !hashes.contains_key(*name)) {
            let shown = PathBuf::from(name);
            if let Ok(path) = resolve(&shown)
                && path.exists()
            {
                plan.compare(&shown, path, None, Some(known), target, &mut errors);
            }
        }
        if !target.ours {
            let lock = Lock {
                generator: format!("throwback {}", env!("CARGO_PKG_VERSION")),
                contract: target.contract.clone(),
                files: hashes,
            };
            plan.compare(Path::new(LOCK), lock_path, Some(crate::emit::json(&lock)), None, target, &mut errors);
        }
        errors.finish(plan)
    }

    fn compare(
        &mut self,
        shown: &Path,
        path: PathBuf,
        new: Option<String>,
        known: Option<&String>,
        target: &Target<'_>,
        errors: &mut Diagnostics,
    ) {
        let old = std::fs::read(&path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        if old == new {
            self.unchanged += 1;
            return;
        }
        let is_lock = shown == Path::new(LOCK);
        if let Some(old) = &old
            && !target.ours
            && !target.force
            && !is_lock
            && known != Some(&hash(old.as_bytes()))
        {
            let what =
                if known.is_some() { "was edited since it was generated" } else { "is there and was not generated" };
            errors.push(
                Diagnostic::new(format!("`{}` {what}", shown.display()))
                    .help("move the edit to the source, or replace the file with `throwback generate --force`"),
            );
            return;
        }
        self.changes.push(Change { path: shown.to_path_buf(), old, new: new.clone() });
        self.steps.push((path, new));
    }

    /// Writes what differs: first every new text beside its place, then each into its place. If one can't be written,
    /// none is.
    pub(crate) fn write(&self) -> Result<(), Failed> {
        let mut ready: Vec<(PathBuf, &Path)> = Vec::new();
        for (path, text) in &self.steps {
            let Some(text) = text else { continue };
            match beside(path, text) {
                Ok(new) => ready.push((new, path)),
                Err(error) => {
                    for (new, _) in &ready {
                        let _ = std::fs::remove_file(new);
                    }
                    let text = format!("can't write `{}`: {error}", path.display());
                    return Err(Diagnostic::new(text).help("every file is as it was").into());
                }
            }
        }
        for (new, path) in ready {
            std::fs::rename(&new, path)
                .map_err(|error| Diagnostic::new(format!("can't replace `{}`: {error}", path.display())))?;
        }
        for (path, _) in self.steps.iter().filter(|(_, text)| text.is_none()) {
            std::fs::remove_file(path)
                .map_err(|error| Diagnostic::new(format!("can't remove `{}`: {error}", path.display())))?;
        }
        Ok(())
    }
}

/// Writes a text beside its place, so that a rename puts it there whole.
fn beside(path: &Path, text: &str) -> std::io::Result<PathBuf> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // The process's number keeps two runs apart.
    let new = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let written = std::fs::File::create(&new).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(new),
        Err(error) => {
            let _ = std::fs::remove_file(&new);
            Err(error)
        }
    }
}
