//! A file that was given, and places in it.

use std::ops::Range;
use std::path::PathBuf;

/// The longest file that is read, in bytes.
pub(crate) const LONGEST: usize = 64 * 1024 * 1024;

/// A file.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path, as people know it.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

/// Why a file can't be read.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// What is wrong, then what is allowed.
    pub message: String,
    /// Where, in bytes.
    pub at: Range<usize>,
}

impl File {
    /// The line and the column of a byte, both from 1, the column in characters.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}
