//! Places: where an output lies, whether a run may write there, and whether two outputs are in each other's way.

use super::name;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::project::{normal, relative};
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What outputs have to keep to.
pub(crate) struct Places {
    /// The folder that relative paths start from.
    folder: Folder,
    /// The outermost folder that outputs may reach.
    limit: Folder,
    /// cargo's `OUT_DIR`, where everything is ours.
    out_dir: Option<Folder>,
    allow_outside: bool,
    /// The folders of outputs that are crates, which have manifests of their own.
    crates: Vec<PathBuf>,
    /// Files that a run reads, folded.
    reserved: Vec<PathBuf>,
}

/// A folder, as it is named and as it is once every link is followed.
struct Folder {
    named: PathBuf,
    real: PathBuf,
}

impl Folder {
    fn new(path: &Path) -> Self {
        let named = normal(path);
        Self { real: fs::canonicalize(&named).unwrap_or_else(|_| named.clone()), named }
    }
}

/// Where one output lies.
#[derive(Debug)]
pub(crate) struct Place {
    /// Its path without links and without `..`.
    pub(crate) real: PathBuf,
    /// Its path as it is named, without `..`.
    pub(crate) named: PathBuf,
    /// Whether it lies in `OUT_DIR`.
    pub(crate) in_out_dir: bool,
    /// Whether it lies where only `allow-outside` lets it.
    pub(crate) outside: bool,
    /// The file that is there.
    pub(crate) found: Option<Metadata>,
}

impl Places {
    pub(crate) fn new(folder: &Path, limit: &Path, allow_outside: bool) -> Self {
        let folder = Folder::new(folder);
        Self {
            folder,
            limit: Folder::new(limit),
            out_dir: None,
            allow_outside,
            crates: Vec::new(),
            reserved: Vec::new(),
        }
    }

    /// Adds cargo's `OUT_DIR`.
    pub(crate) fn out_dir(mut self, out_dir: Option<&Path>) -> Self {
        self.out_dir = out_dir.map(Folder::new);
        self
    }

    /// Adds the folders of outputs that are crates.
    pub(crate) fn crates<'a>(mut self, folders: impl Iterator<Item = &'a Path>) -> Self {
        self.crates = folders.map(|folder| self.named(folder)).collect();
        self
    }

    /// Adds files that no output may be, however they are named.
    pub(crate) fn reserved(mut self, files: impl IntoIterator<Item = PathBuf>) -> Self {
        let files = files.into_iter().map(|file| name::folded(&followed(&normal(&file)).unwrap_or(file)));
        self.reserved.extend(files);
        self
    }

    /// The project's folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder.named
    }

    /// A path as it is named, without `.` and `..`.
    pub(super) fn named(&self, path: &Path) -> PathBuf {
        normal(&self.folder.named.join(path))
    }

    /// A path as people name it: from the project's folder.
    pub(super) fn shown(&self, named: &Path) -> PathBuf {
        relative(&self.folder.named, named)
    }

    /// Whether a path lies in the project.
    pub(super) fn has(&self, named: &Path) -> bool {
        named.starts_with(&self.limit.named)
    }

    /// What is wrong with an output, a file or a whole folder, that lies outside and may not.
    pub(super) fn outside(&self, path: &Path) -> Option<Diagnostic> {
        let named = self.named(path);
        let inside =
            [Some(&self.limit), self.out_dir.as_ref()].into_iter().flatten().any(|base| named.starts_with(&base.named));
        let text = format!("the output `{}` lies outside the project", name::shown(path));
        (!inside && !self.allow_outside).then(|| Diagnostic::new(text).help(OUTSIDE))
    }

    /// Where an output lies, if a run may write there.
    pub(crate) fn of(&self, path: &Path) -> Result<Place, Diagnostic> {
        let named = self.named(path);
        let shown = name::shown(path);
        let refused = |why: String, help: &str| Err(Diagnostic::new(format!("the output `{shown}` {why}")).help(help));
        let out_dir = self.out_dir.as_ref().filter(|out_dir| named.starts_with(&out_dir.named));
        let base = out_dir.unwrap_or(&self.limit);
        let inside = named.starts_with(&base.named) && named != base.named && named != self.folder.named;
        if !inside && !self.allow_outside {
            return refused("lies outside the project".to_owned(), OUTSIDE);
        }
        let real = followed(&named).map_err(|why| Diagnostic::new(format!("can't write `{shown}`: {why}")))?;
        let stays = real.starts_with(&base.real);
        if !stays && (out_dir.is_some() || !self.allow_outside) {
            return refused("leaves the project through a symbolic link".to_owned(), OUTSIDE);
        }
        let own = self.crates.iter().any(|folder| named.parent() == Some(folder));
        for (path, folder, base) in [(&named, &self.folder.named, &base.named), (&real, &self.folder.real, &base.real)]
        {
            // What the folders above are called was not decided by who names an output.
            let above = if out_dir.is_none() && path.starts_with(folder) { folder } else { base };
            let below = path.strip_prefix(above).unwrap_or(path);
            if let Some(why) = name::refused(below, own) {
                return refused(why, "give another path");
            }
        }
        if self.reserved.contains(&name::folded(&real)) {
            return refused("is a file that this run reads".to_owned(), "give another path");
        }
        let found = match fs::symlink_metadata(&real) {
            Ok(found) => Some(found),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(Diagnostic::new(format!("can't write `{shown}`: {error}"))),
        };
        match found.as_ref().map(Metadata::file_type) {
            Some(kind) if kind.is_symlink() => {
                refused("is a symbolic link".to_owned(), "give the path of the file that it leads to, or remove it")
            }
            Some(kind) if kind.is_dir() => refused("is a folder".to_owned(), "give the path of a file"),
            Some(kind) if !kind.is_file() => refused("is no regular file".to_owned(), "give the path of a file"),
            _ => Ok(Place { in_out_dir: out_dir.is_some(), outside: !(inside && stays), named, real, found }),
        }
    }

    /// Whether a symbolic link stands between the project, or the folder that a run fills, and a path inside of it.
    pub(super) fn is_behind_link(&self, named: &Path, filled: &Path) -> bool {
        let inside = named.starts_with(&self.limit.named);
        let base = if inside { Some(self.limit.named.as_path()) } else { filled.parent() };
        named
            .ancestors()
            .take_while(|path| Some(*path) != base)
            .any(|path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()))
    }
}

/// How an output may lie outside, in each place where that can be said.
const OUTSIDE: &str = "give a path inside the workspace, which is the package itself where there is none, or allow it: \
                       `allow-outside = true` in throwback.toml, `.allow_outside()` in build.rs, `--allow-outside`";

/// The one name that the lock in a folder has for a path.
pub(super) fn name_in(folder: &Path, named: &Path) -> String {
    let name = relative(folder, named).to_string_lossy().into_owned();
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

/// A path whose folders are no links; the file itself may be one.
fn followed(path: &Path) -> Result<PathBuf, String> {
    for folder in path.ancestors().skip(1) {
        match fs::symlink_metadata(folder) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(error.to_string()),
            Ok(_) => {
                let real = fs::canonicalize(folder)
                    .map_err(|error: io::Error| format!("the link `{}` leads nowhere: {error}", name::shown(folder)))?;
                if !real.is_dir() {
                    return Err(format!("`{}` is no folder", name::shown(folder)));
                }
                return Ok(path.strip_prefix(folder).map(|rest| real.join(rest)).unwrap_or(real));
            }
        }
    }
    Ok(path.to_path_buf())
}

/// Finds outputs that are one file, or of which one would be a folder of the other; on any system, so that what is
/// generated on one can be checked out on another.
pub(super) fn clashes<'a>(places: impl Iterator<Item = (&'a Path, &'a Path)>, errors: &mut Diagnostics) {
    let mut seen: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    for (shown, real) in places {
        if let Some(other) = seen.insert(name::folded(real), shown) {
            let text = format!("the outputs `{}` and `{}` are one file", name::shown(other), name::shown(shown));
            errors.push(Diagnostic::new(text).help("give each a path of its own, whatever the case of its letters"));
        }
    }
    for (path, shown) in &seen {
        for other in path.ancestors().skip(1).filter_map(|folder| seen.get(folder)) {
            let text = format!("the output `{}` would be a folder of `{}`", name::shown(other), name::shown(shown));
            errors.push(Diagnostic::new(text).help("give each a path of its own"));
        }
    }
}
