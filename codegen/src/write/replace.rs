//! Replacing: every new text first lies whole beside its place, on the disk itself, and a copy of every old one; only then
//! is anything replaced, and what was is put back if the next can't be.

use super::{Change, bounded, name};
use crate::diagnostic::{Diagnostic, Failed};
use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use tempfile::TempPath;

/// A change that is ready to be made.
struct Ready<'a> {
    path: &'a Path,
    /// The new text; nothing if the file is to be removed.
    new: Option<TempPath>,
    /// The old text, if there is one.
    old: Option<TempPath>,
}

/// Makes all changes or none.
pub(super) fn replace(changes: &[Change]) -> Result<(), Failed> {
    let mut folders = Folders::default();
    let mut ready = Vec::new();
    let unwritten = |change: &Change, error: io::Error| {
        let text = format!("can't write `{}`: {error}", name::shown(&change.path));
        Diagnostic::new(text).help("every file is as it was")
    };
    for change in changes {
        match prepared(change, &mut folders) {
            Ok(prepared) => ready.push(prepared),
            Err(error) => {
                // The texts beside their places go first, so that the folders are empty.
                drop(ready);
                return Err(unwritten(change, error).into());
            }
        }
    }
    if let Some((at, error)) = synced(&ready) {
        drop(ready);
        return Err(unwritten(&changes[at], error).into());
    }
    let mut done = Vec::new();
    for (change, Ready { path, new, old }) in changes.iter().zip(ready) {
        let made = match new {
            Some(new) => new.persist(path).map_err(|error| error.error),
            None => fs::remove_file(path),
        };
        match made {
            Ok(()) => done.push((change, old)),
            Err(error) => {
                let verb = if change.new.is_some() { "replace" } else { "remove" };
                let text = format!("can't {verb} `{}`: {error}", name::shown(&change.path));
                return Err(undone(done, Diagnostic::new(text)));
            }
        }
    }
    folders.keep();
    Ok(())
}

/// How many files are synced at a time: a disk takes many together as fast as it takes one.
const SYNCS: usize = 16;

/// Has the disk keep every new text, so that no failure of the machine leaves an empty file in a place; gives the first
/// that it can't, by its number.
fn synced(ready: &[Ready<'_>]) -> Option<(usize, io::Error)> {
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let path = ready.get(at)?.new.as_ref();
            // Windows syncs what is open for writing alone.
            let synced = path.map_or(Ok(()), |path| OpenOptions::new().write(true).open(path)?.sync_data());
            if let Err(error) = synced {
                return Some((at, error));
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (1..SYNCS.min(ready.len())).map(|_| scope.spawn(work)).collect();
        let own = work();
        let others = workers.into_iter().filter_map(|worker| worker.join().ok().flatten());
        others.chain(own).min_by_key(|(at, _)| *at)
    })
}

/// Puts back what was replaced, the last first, and says what could not be.
pub(super) fn undone(done: Vec<(&Change, Option<TempPath>)>, first: Diagnostic) -> Failed {
    let mut lost = Vec::new();
    for (change, old) in done.into_iter().rev() {
        let shown = name::shown(&change.path);
        match old {
            None => {
                if let Err(error) = fs::remove_file(&change.real) {
                    lost.push(Diagnostic::new(format!("the new file `{shown}` can't be removed again: {error}")));
                }
            }
            Some(old) => {
                if let Err(error) = old.persist(&change.real) {
                    let text = format!("the old text of `{shown}` can't be put back: {}", error.error);
                    // It is the only copy.
                    let kept = error.path.keep().map(|kept| format!("it lies in `{}`", name::shown(&kept)));
                    lost.push(Diagnostic::new(text).help(kept.unwrap_or_else(|_| "it is lost".to_owned())));
                }
            }
        }
    }
    if lost.is_empty() {
        return first.help("every file is as it was").into();
    }
    Failed::partly(std::iter::once(first.help("all other files are as they were")).chain(lost).collect())
}

fn prepared<'a>(change: &'a Change, folders: &mut Folders) -> io::Result<Ready<'a>> {
    let path = change.real.as_path();
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    folders.create(folder)?;
    // A link that was not there a moment ago.
    if fs::canonicalize(folder)? != folder {
        return Err(io::Error::other("its folder was replaced meanwhile"));
    }
    let found = match fs::symlink_metadata(path) {
        Ok(found) => Some(found),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if !is_as_planned(path, found.as_ref(), change.before.as_deref())? {
        return Err(io::Error::other("it was changed meanwhile"));
    }
    let new = change.new.as_ref().map(|text| beside(path, ".new", text.as_bytes(), found.as_ref())).transpose()?;
    let old = change.before.as_ref().map(|text| beside(path, ".old", text, found.as_ref())).transpose()?;
    if let (Some(old), Some(found)) = (&old, &found) {
        // Put back, it is as if it had never been away.
        let _ = found.modified().and_then(|time| File::open(old)?.set_modified(time));
    }
    Ok(Ready { path, new, old })
}

fn is_as_planned(path: &Path, found: Option<&Metadata>, before: Option<&[u8]>) -> io::Result<bool> {
    match (found, before) {
        (None, None) => Ok(true),
        (Some(found), Some(before)) if found.is_file() => {
            Ok(bounded(path, before.len() as u64)?.is_some_and(|now| now == before))
        }
        _ => Ok(false),
    }
}

/// Writes a text beside a file, under a name of its own and with the file's mode, so that a rename puts it there whole.
fn beside(path: &Path, suffix: &str, text: &[u8], found: Option<&Metadata>) -> io::Result<TempPath> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A name may be as long as names can be.
    let prefix = format!(".{}.", name.chars().take(32).collect::<String>());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(suffix);
    let mut file = created(&mut builder, folder)?;
    file.write_all(text)?;
    if let Some(found) = found {
        own(file.as_file(), found);
        file.as_file().set_permissions(mode(found))?;
    }
    Ok(file.into_temp_path())
}

/// A new file as any program creates it: readable by those whom the system's mask lets read.
fn created(builder: &mut tempfile::Builder<'_, '_>, folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Gives a file to who owns the one that it replaces, as far as this process may.
#[cfg_attr(not(unix), expect(unused_variables, reason = "elsewhere the folder says whose a file is"))]
fn own(file: &File, found: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let _ = fchown(file, Some(found.uid()), Some(found.gid()));
    }
}

/// The mode of a file that is replaced; one that runs as its owner does not make what is generated do so.
fn mode(found: &Metadata) -> Permissions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Permissions::from_mode(found.permissions().mode() & 0o777)
    }
    #[cfg(not(unix))]
    found.permissions()
}

/// Folders that were made for new files; they go again unless the run is done.
#[derive(Default)]
struct Folders(Vec<PathBuf>);

impl Folders {
    fn create(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<_> = folder.ancestors().take_while(|folder| fs::symlink_metadata(folder).is_err()).collect();
        for folder in missing.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => self.0.push(folder.to_path_buf()),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // One that somebody else put something into stays.
            let _ = fs::remove_dir(folder);
        }
    }
}
