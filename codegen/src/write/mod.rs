//! Writing: only what changed, all of it or nothing, and never over a person's work.
//!
//! `throwback.lock` beside the manifest holds the hash of each file as it was generated. A file is replaced or removed if
//! that hash is its own and it says itself that throwback generated it for this API; anything else was edited, or was never
//! ours, and is only replaced on request. What does not say so is never removed. An output outside of the project has a
//! lock of its own beside it: that of the project names nothing of another.

mod lock;
mod merge;
mod name;
mod ours;
mod place;
mod replace;
#[cfg(test)]
mod tests;
mod turn;

use crate::contract::digest;
use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
use crate::output::File;
use crate::project::normal;
use indexmap::IndexMap;
use lock::{Api, Lock, bounded};
use ours::is_ours;
use place::Place;
use std::collections::{BTreeMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub use lock::LOCK;
pub(crate) use place::Places;
pub(crate) use turn::Turn;

/// The largest file that can be one of ours, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// One file whose text on disk is not what would be generated.
#[derive(Debug)]
pub struct Change {
    /// The file, as people name it.
    pub path: PathBuf,
    /// Its text on disk, if it is there.
    pub old: Option<String>,
    /// The text that would be generated; nothing if it would be removed.
    pub new: Option<String>,
    /// Where it lies.
    real: PathBuf,
    /// Its bytes on disk.
    before: Option<Vec<u8>>,
}

/// What a run would write, or has written.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files that differ.
    pub changes: Vec<Change>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

/// Where files go and whose they are.
pub(crate) struct Target<'a> {
    /// Where they may lie.
    pub(crate) places: Places,
    /// Whether edited files are replaced.
    pub(crate) force: bool,
    /// The API's name.
    pub(crate) api: &'a str,
    /// Whether the package has no other: then whatever was generated under another name is this one's.
    pub(crate) only: bool,
    /// The contract's hash.
    pub(crate) contract: String,
    /// The folders that this run fills, as the options name them.
    pub(crate) folders: Vec<&'a Path>,
}

/// What the lock says of a file.
enum Known<'a> {
    Never,
    /// Something, in a form that is not believed any more.
    Once,
    /// Its hash, and for which API it was generated.
    As(&'a str, &'a str),
    /// One hash on each side of a merge, and for which API: what git makes of two such files is nobody's edit.
    Merged(&'a str),
}

impl Plan {
    /// Compares files with the disk.
    pub(crate) fn new(files: Vec<File>, target: &Target<'_>) -> Result<Self, Failed> {
        let mut errors = Diagnostics::default();
        let (mut placed, mut outside) = (Vec::new(), HashSet::new());
        for file in files {
            // One mistake for a whole folder, however many files it has.
            let whole =
                target.folders.iter().copied().find(|folder| file.path.starts_with(folder)).unwrap_or(&file.path);
            if let Some(diagnostic) = target.places.outside(whole) {
                if outside.insert(whole.to_path_buf()) {
                    errors.push(diagnostic);
                }
                continue;
            }
            match target.places.of(&file.path) {
                Ok(place) => placed.push((file, place)),
                Err(diagnostic) => errors.push(diagnostic),
            }
        }
        let homes = homes(placed, target);
        let locks: Vec<_> = homes.keys().map(|home| (target.places.shown(&home.join(LOCK)), lock_of(home))).collect();
        let outputs = homes.values().flatten().map(|(file, place)| (file.path.as_path(), place.real.as_path()));
        let locks = locks.iter().map(|(shown, real)| (shown.as_path(), real.as_path()));
        place::clashes(outputs.chain(locks), &mut errors);
        // Nothing is looked at on a disk where things are not in their places.
        errors.finish(())?;

        let mut errors = Diagnostics::default();
        let mut plan = Self::default();
        for (home, placed) in homes {
            if placed.iter().any(|(_, place)| !place.in_out_dir) {
                plan.locked(&home, placed, target, &mut errors)?;
                continue;
            }
            for (File { path, text }, place) in placed {
                plan.compare(&path, place, text, &Known::Never, target, &mut errors);
            }
        }
        errors.finish(plan)
    }

    /// Compares the files of one lock, which lies in the folder `home`.
    fn locked(
        &mut self,
        home: &Path,
        placed: Vec<(File, Place)>,
        target: &Target<'_>,
        errors: &mut Diagnostics,
    ) -> Result<(), Failed> {
        let real = lock_of(home);
        let there = regular(&real)?;
        let before = if there { Lock::read(&real)? } else { Lock::default() };
        let mut lock = before.clone();
        let of = target.renamed(&lock, home, &placed);
        let of = of.as_deref().unwrap_or(target.api);
        let mut known = lock.apis.remove(of).unwrap_or_default().files;
        let mut hashes = BTreeMap::new();
        for (File { path, text }, place) in placed {
            let name = place::name_in(home, &place.named);
            let known = match known.get(&name) {
                Some(hash) if before.is_of_two(hash) => Known::Merged(of),
                Some(hash) => Known::As(hash, of),
                None if before.is_first() => Known::Once,
                None => Known::Never,
            };
            if !place.in_out_dir {
                hashes.insert(name, digest(text.as_bytes()));
            }
            self.compare(&path, place, text, &known, target, errors);
        }
        known.retain(|name, _| !hashes.contains_key(name));
        for (name, hash) in known {
            match self.left_over(home, &name, &hash, &lock, of, target) {
                Ok(true) => {}
                // Written by a run that was asked for it; this one was not.
                Ok(false) => drop(hashes.insert(name, hash)),
                Err(diagnostic) => errors.push(diagnostic),
            }
        }
        if !hashes.is_empty() {
            lock.apis.insert(target.api.to_owned(), Api { contract: target.contract.clone(), files: hashes });
        }
        if lock.apis != before.apis || !before.is_current() {
            let bytes = if there { bounded(&real, LARGEST).ok().flatten() } else { None };
            self.change(&target.places.shown(&home.join(LOCK)), real, bytes, Some(lock.text()));
        } else if there {
            self.unchanged += 1;
        }
        Ok(())
    }

    fn compare(
        &mut self,
        shown: &Path,
        place: Place,
        new: String,
        known: &Known<'_>,
        target: &Target<'_>,
        errors: &mut Diagnostics,
    ) {
        let old = match read(shown, &place) {
            Ok(old) => old,
            Err(diagnostic) => return errors.push(diagnostic),
        };
        match &old {
            Some(old) if old == new.as_bytes() => {
                self.unchanged += 1;
                return;
            }
            Some(old) if !place.in_out_dir && !target.force => {
                let why = match known {
                    Known::Never => "is there and was not generated".to_owned(),
                    Known::Once => format!("is there, and `{LOCK}` is of a form that no longer says whose it is"),
                    Known::As(hash, _) if *hash != digest(old) => "was edited since it was generated".to_owned(),
                    Known::As(_, of) | Known::Merged(of) if !is_ours(&place.real, old, of) => {
                        format!("is there and does not say that throwback generated it for `{of}`")
                    }
                    Known::As(..) | Known::Merged(_) => String::new(),
                };
                if !why.is_empty() {
                    return errors
                        .push(Diagnostic::new(format!("`{}` {why}", name::shown(shown))).help(
                            "move the edit to the source, or replace the file with `throwback generate --force`",
                        ));
                }
            }
            _ => {}
        }
        self.change(shown, place.real, old, Some(new));
    }

    /// Takes a file that the lock names and this run does not write. Whether it is done with: a file of a folder that this
    /// run fills, but for it, describes what is no more.
    fn left_over(
        &mut self,
        home: &Path,
        name: &str,
        hash: &str,
        others: &Lock,
        of: &str,
        target: &Target<'_>,
    ) -> Result<bool, Diagnostic> {
        let path = Path::new(name);
        let named = normal(&home.join(path));
        // No run of ours writes any other form of a path.
        let is_portable = name::parts(path).all(|part| part.to_str().is_some_and(name::is_portable));
        if !is_portable || path.file_name().is_none() || place::name_in(home, &named) != name {
            let text = format!("`{LOCK}` names `{}`, which is no path that throwback writes", name.escape_debug());
            return Err(Diagnostic::new(text).help(format!("restore `{LOCK}`, or delete it")));
        }
        // Whatever lies outside has, or had, a lock of its own.
        let own = if home == target.places.folder() { target.places.has(&named) } else { named.starts_with(home) };
        if !own {
            return Ok(true);
        }
        let shown = &target.places.shown(&named);
        let filled = target.folders.iter().map(|folder| target.places.named(folder));
        let Some(filled) = filled.into_iter().find(|folder| named.starts_with(folder) && named != *folder) else {
            // What somebody has removed is forgotten.
            return Ok(matches!(std::fs::symlink_metadata(&named), Err(error) if error.kind() == ErrorKind::NotFound));
        };
        let refused = |why: &str| {
            let text = format!("`{}` is generated no more, but {why}", name::shown(shown));
            Err(Diagnostic::new(text).help("remove it yourself if it is not needed"))
        };
        if others.has(name) {
            return Ok(true);
        }
        let place = match target.places.of(shown) {
            Ok(place) => place,
            // A folder, a device or a link is nothing that was generated.
            Err(_) if std::fs::symlink_metadata(&named).is_err() => return Ok(true),
            Err(diagnostic) => return Err(diagnostic),
        };
        let Some(old) = read(shown, &place)? else { return Ok(true) };
        if target.places.is_behind_link(&named, &filled) {
            return refused("lies behind a symbolic link");
        }
        if !is_ours(&place.real, &old, of) {
            return refused(&format!("does not say that throwback generated it for `{of}`"));
        }
        if hash != digest(&old) && !others.is_of_two(hash) && !target.force {
            let text = format!("`{}` was edited since it was generated, and is generated no more", name::shown(shown));
            return Err(Diagnostic::new(text).help("remove it yourself, or with `throwback generate --force`"));
        }
        self.change(shown, place.real, Some(old), None);
        Ok(true)
    }

    fn change(&mut self, shown: &Path, real: PathBuf, before: Option<Vec<u8>>, new: Option<String>) {
        let old = before.as_ref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        self.changes.push(Change { path: shown.to_path_buf(), old, new, real, before });
    }

    /// The files that differ, without the lock.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        let files = self.changes.iter().filter(|change| !change.path.ends_with(LOCK));
        files.map(|change| change.path.clone())
    }

    /// Writes what differs. If one file can't be written, none is.
    pub(crate) fn write(&self) -> Result<(), Failed> {
        replace::replace(&self.changes)
    }
}

impl Target<'_> {
    /// The name under which the API was generated before it got its own, if it was: the only one that the lock has, and some
    /// of its files are written now.
    fn renamed(&self, lock: &Lock, home: &Path, placed: &[(File, Place)]) -> Option<String> {
        if !self.only || lock.apis.contains_key(self.api) {
            return None;
        }
        let [(name, api)] = lock.apis.iter().collect::<Vec<_>>()[..] else { return None };
        let written = placed.iter().any(|(_, place)| api.files.contains_key(&place::name_in(home, &place.named)));
        written.then(|| name.clone())
    }
}

/// The files of each lock, by the folder where it lies: those of the project first, and each output outside by itself.
fn homes(placed: Vec<(File, Place)>, target: &Target<'_>) -> IndexMap<PathBuf, Vec<(File, Place)>> {
    let project = target.places.folder();
    let mut homes = IndexMap::from([(project.to_path_buf(), Vec::new())]);
    let folders: Vec<_> = target.folders.iter().map(|folder| target.places.named(folder)).collect();
    for (file, place) in placed {
        let home = if place.outside {
            folders.iter().map(PathBuf::as_path).find(|folder| place.named.starts_with(folder)).or(place.named.parent())
        } else {
            Some(project)
        };
        homes.entry(home.unwrap_or(project).to_path_buf()).or_default().push((file, place));
    }
    homes
}

/// Where the lock of a folder lies, links followed.
fn lock_of(home: &Path) -> PathBuf {
    std::fs::canonicalize(home).unwrap_or_else(|_| home.to_path_buf()).join(LOCK)
}

/// The bytes of the file that is there.
fn read(shown: &Path, place: &Place) -> Result<Option<Vec<u8>>, Diagnostic> {
    if place.found.is_none() {
        return Ok(None);
    }
    let wrong = |why: String| Diagnostic::new(format!("can't read `{}`: {why}", name::shown(shown)));
    match bounded(&place.real, LARGEST).map_err(|error| wrong(error.to_string()))? {
        Some(bytes) => Ok(Some(bytes)),
        None => {
            Err(wrong(format!("it has more than {} MB", LARGEST / 1024 / 1024)).help("remove it, or give another path"))
        }
    }
}

/// Whether the lock is there, as a file and nothing else.
fn regular(path: &Path) -> Result<bool, Diagnostic> {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(true),
        Ok(_) => Err(Diagnostic::new(format!("`{LOCK}` is no regular file")).help("restore it, or remove it")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Diagnostic::new(format!("can't read `{LOCK}`: {error}"))),
    }
}
