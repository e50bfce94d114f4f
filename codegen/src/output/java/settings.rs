//! What can be said of the client beside its folder: its package, and its coordinates.

use super::names::is_word;
use crate::output::{Setting, Wanted};
use heck::ToKebabCase;

/// The package, and the module of that name.
pub(super) const PACKAGE: Setting = Setting {
    key: "package",
    flat: "java-package",
    value: "NAME",
    help: "The package of the Java client [default: the API's name]",
};

/// The coordinates of the artifact.
pub(super) const ARTIFACT: Setting = Setting {
    key: "artifact",
    flat: "java-artifact",
    value: "GROUP:ARTIFACT",
    help: "The coordinates of the Java client's artifact [default: the package, and the API's name]",
};

/// Where the client stands.
pub(super) struct Coordinates {
    pub(super) package: String,
    pub(super) group: String,
    pub(super) artifact: String,
}

impl Coordinates {
    pub(super) fn of(api: &str, wanted: &Wanted) -> Result<Self, String> {
        let package = wanted.settings.get(PACKAGE.key).cloned().unwrap_or_else(|| default_package(api));
        if !package.split('.').all(is_part) || package == "java" || package.starts_with("java.") {
            return Err(format!("`{package}` is no name of a Java package, as in `com.example.orders`"));
        }
        let (group, artifact) = match wanted.settings.get(ARTIFACT.key) {
            None => (package.clone(), api.to_kebab_case()),
            Some(text) => {
                let parts =
                    text.split_once(':').filter(|(group, artifact)| is_coordinate(group) && is_coordinate(artifact));
                let (group, artifact) =
                    parts.ok_or_else(|| format!("`{text}` are no coordinates, as in `com.example:orders`"))?;
                (group.to_owned(), artifact.to_owned())
            }
        };
        Ok(Self { package, group, artifact })
    }
}

/// Whether a text can be a part of a package's name.
fn is_part(part: &str) -> bool {
    let letters = part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    letters && part.starts_with(|c: char| c.is_ascii_lowercase()) && !is_word(part)
}

fn is_coordinate(text: &str) -> bool {
    let fits = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    fits && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// The package's name, from the API's.
fn default_package(api: &str) -> String {
    let name: String = api.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if is_part(&name) && name != "java" { name } else { format!("api{name}") }
}
