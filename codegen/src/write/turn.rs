//! Turns: one run at a time in a workspace, from reading the lock to the last file, by an advisory lock that leaves
//! nothing behind.

use crate::contract::digest;
use crate::diagnostic::Diagnostic;
use fs4::{FileExt, TryLockError};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a run waits for another, which takes milliseconds.
const WAIT: Duration = Duration::from_secs(60);

/// How often it asks.
const PAUSE: Duration = Duration::from_millis(5);

/// A run's turn, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _held: File,
}

impl Turn {
    /// Waits until no other run is in this folder.
    pub(crate) fn take(folder: &Path) -> Result<Self, Diagnostic> {
        Self::within(folder, WAIT)
    }

    fn within(folder: &Path, wait: Duration) -> Result<Self, Diagnostic> {
        // A folder itself can be locked on Unix, but for some network file systems.
        let held = if cfg!(unix) { File::open(folder).and_then(|file| hold(file, wait)).ok() } else { None };
        let held = match held {
            Some(held) => held,
            None => beside(folder).and_then(|file| hold(file, wait)).map_err(|error| {
                Diagnostic::new(format!("can't wait for other runs in `{}`: {error}", folder.display()))
            })?,
        };
        held.map(|held| Self { _held: held }).ok_or_else(|| {
            let text = format!("another run has been at work in `{}` for {wait:?}", folder.display());
            Diagnostic::new(text).help("end it, and run this again")
        })
    }
}

/// Locks a file; nothing if another run keeps it.
fn hold(file: File, wait: Duration) -> io::Result<Option<File>> {
    let start = Instant::now();
    loop {
        match FileExt::try_lock(&file) {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if start.elapsed() >= wait => return Ok(None),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
        }
    }
}

/// A file in the folder for temporary files that stands for a folder.
fn beside(folder: &Path) -> io::Result<File> {
    let real = std::fs::canonicalize(folder)?;
    let name = format!("throwback-{}.lock", digest(real.as_os_str().as_encoded_bytes()));
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(std::env::temp_dir().join(name))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_taken_once_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let turn = Turn::take(folder.path()).unwrap();
        let said = Turn::within(folder.path(), Duration::ZERO).unwrap_err();
        assert!(said.message().starts_with("another run has been at work in"), "{said}");
        drop(turn);
        Turn::within(folder.path(), Duration::ZERO).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_elsewhere_stands_for_a_folder_that_can_not_be_locked() {
        let folder = tempfile::tempdir().unwrap();
        let held = hold(beside(folder.path()).unwrap(), Duration::ZERO).unwrap();
        assert!(held.is_some());
        assert!(hold(beside(folder.path()).unwrap(), Duration::ZERO).unwrap().is_none());
        drop(held);
        assert!(hold(beside(folder.path()).unwrap(), Duration::ZERO).unwrap().is_some());
    }
}
