//! Names: which of them an output can have on every system, and which mean something to somebody else.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// Files that cargo, its tools or throwback itself read.
const READ: &[&str] = &[
    "build.rs",
    "cargo.lock",
    "cargo.toml",
    "clippy.toml",
    "rust-toolchain",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "throwback.lock",
    "throwback.toml",
];

/// Those of them that a client's crate has too.
const CLIENT: &[&str] = &["Cargo.toml", "rustfmt.toml"];

/// Folders and files that run things: those of cargo and of version control. What starts with `.git` is git's, or that of
/// the services around it.
const TOOLS: &[&str] = &[".cargo", ".hg", ".jj", ".svn"];

/// Devices of Windows, with any extension.
const DEVICES: &[&str] = &["aux", "clock$", "con", "conin$", "conout$", "nul", "prn"];

/// Why no output can have this path, below the folder that it has to stay in. `client` says that it is a file of the
/// client's crate.
pub(super) fn refused(path: &Path, client: bool) -> Option<String> {
    let last = path.file_name().filter(|_| client).and_then(OsStr::to_str).filter(|name| CLIENT.contains(name));
    parts(path).find_map(|part| if last.is_some_and(|last| part == last) { None } else { wrong(part) })
}

/// The names in a path.
pub(super) fn parts(path: &Path) -> impl Iterator<Item = &OsStr> {
    path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name),
        _ => None,
    })
}

fn wrong(name: &OsStr) -> Option<String> {
    let Some(name) = name.to_str() else { return Some("has a name that is no Unicode".to_owned()) };
    if !is_portable(name) {
        return Some(format!("has a name that not every system can hold: `{}`", name.escape_debug()));
    }
    let folded = fold(name);
    // The short names that Windows gives.
    let short = ["git~", "cargo~", "hg~", "jj~", "svn~"].iter().any(|short| folded.starts_with(short));
    if short || folded.starts_with(".git") || TOOLS.contains(&folded.as_str()) {
        return Some(format!("belongs to another tool: `{}`", name.escape_debug()));
    }
    READ.contains(&folded.as_str()).then(|| format!("has a name that is read by cargo or throwback: `{name}`"))
}

/// Whether every system can hold a name, and under no other name.
pub(super) fn is_portable(name: &str) -> bool {
    let device = fold(name.split('.').next().unwrap_or_default().trim_end());
    let port = |kind: &str| {
        let number = device.strip_prefix(kind).map(|number| number.chars().collect::<Vec<_>>());
        number.is_some_and(|number| matches!(number[..], ['0'..='9' | '¹' | '²' | '³']))
    };
    !name.is_empty()
        && !name.contains(|c: char| c.is_control() || is_ignored(c) || r#"<>:"|?*\/"#.contains(c))
        && !name.ends_with(['.', ' '])
        && !DEVICES.contains(&device.as_str())
        && !port("com")
        && !port("lpt")
}

/// Whether HFS+ leaves a character out, or a terminal shows others in another order for it.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// A name without what some file system does not tell apart: case, Unicode's forms of one character, and the characters
/// that HFS+ leaves out.
fn fold(name: &str) -> String {
    let upper = name.nfd().filter(|c| !is_ignored(*c)).flat_map(char::to_uppercase);
    upper.flat_map(char::to_lowercase).nfd().collect()
}

/// A path of which another with the same folded form may be the same file.
pub(super) fn folded(path: &Path) -> PathBuf {
    path.components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str().map_or_else(|| name.into(), |name| fold(name).into()),
            other => other.as_os_str().to_owned(),
        })
        .collect()
}

/// A path for people: nothing in it reaches a terminal as a command.
pub(super) fn shown(path: &Path) -> String {
    let mut shown = String::new();
    for c in path.display().to_string().chars() {
        if c.is_control() || is_ignored(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(path: &str) -> bool {
        refused(Path::new(path), false).is_some()
    }

    #[test]
    fn names_of_tools_and_devices_are_refused_however_they_are_written() {
        for path in [
            ".git/hooks/post-checkout",
            ".GIT/x",
            ".Git/x",
            "a/.git",
            ".g\u{200c}it/config",
            ".git\u{feff}/x",
            "GIT~1/x",
            ".gitmodules",
            ".gitattributes",
            ".github/workflows/x.yml",
            ".cargo/config.toml",
            ".CARGO/config.toml",
            "CARGO~1/x",
            ".hg/hgrc",
            "x/.ſvn/y",
            "Cargo.toml",
            "CARGO.TOML",
            "cargo.lock",
            "a/build.rs",
            "BUILD.RS/x.json",
            "throwback.lock",
            "throwback.lock/x.json",
            "Throwback.Toml",
            "rust-toolchain.toml",
            "clippy.toml",
            "nul",
            "NUL",
            "nul.json",
            "a/con/b.json",
            "Aux.model.json",
            "com1",
            "COM9.x",
            "lpt0",
            "LPT¹.json",
            "prn .txt",
            "conin$",
            "CLOCK$",
            "a.",
            "a ",
            "a./b",
            "a:b",
            "c:",
            "a::$INDEX_ALLOCATION",
            "a\\b",
            "..\\x",
            "a?b",
            "a*b",
            "a|b",
            "a<b",
            "a\"b",
            "a\nb",
            "a\0b",
            "\u{1b}[2J",
            "a\u{85}b",
            "a\u{202e}b",
        ] {
            assert!(is_refused(path), "{path:?}");
        }
        for path in [
            "api.json",
            "a/b/c.rs",
            "größe.json",
            ".generated/api.json",
            "git/x",
            "console.json",
            "com.json",
            "com10.json",
            "lpt/x",
            "nullable.json",
            "auxiliary/x",
            "src/client.rs",
            "a~1.json",
            "🫖.json",
        ] {
            assert!(!is_refused(path), "{path:?}");
        }
    }

    #[test]
    fn only_a_clients_crate_has_a_manifest() {
        assert_eq!(refused(Path::new("client/Cargo.toml"), true), None);
        assert_eq!(refused(Path::new("client/rustfmt.toml"), true), None);
        for path in ["client/Cargo.lock", "client/CARGO.toml", "client/build.rs", ".git/Cargo.toml"] {
            assert!(refused(Path::new(path), true).is_some(), "{path}");
        }
    }

    #[test]
    fn what_a_file_system_may_take_for_one_is_one() {
        for (one, other) in [
            ("a.json", "A.JSON"),
            ("é/x", "E\u{301}/X"),
            ("straße", "STRASSE"),
            ("ſ", "S"),
            ("K", "\u{212a}"),
            ("a\u{200d}b", "ab"),
            ("ά", "Ά"),
        ] {
            assert_eq!(folded(Path::new(one)), folded(Path::new(other)), "{one} {other}");
        }
        assert_ne!(folded(Path::new("a/b")), folded(Path::new("ab")));
        assert_ne!(folded(Path::new("e")), folded(Path::new("é")));
    }
}
