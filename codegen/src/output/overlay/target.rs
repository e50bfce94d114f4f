//! How an overlay names its document, and places in it.

use std::fmt::Write as _;
use std::path::{Component, Path};

/// The place under some names, one below the other, as `JSONPath` (RFC 9535, section 2.3.1).
pub(super) fn json_path(names: &[String]) -> String {
    names.iter().fold("$".to_owned(), |mut path, name| {
        let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_word {
            path.push('.');
            path.push_str(name);
        } else {
            path.push_str("['");
            for c in name.chars() {
                match c {
                    '\'' | '\\' => path.extend(['\\', c]),
                    c if c.is_control() => drop(write!(path, "\\u{:04x}", u32::from(c))),
                    c => path.push(c),
                }
            }
            path.push_str("']");
        }
        path
    })
}

/// The way from an overlay to its document, both from one folder, as a reference (RFC 3986, section 4.2); nothing where no
/// name tells it.
pub(super) fn extends(overlay: &Path, base: &Path) -> Option<String> {
    let (from, to) = (parts(overlay.parent()?), parts(base));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = &from[shared..];
    // What is above the folder has a name that no path tells.
    if up.contains(&Component::ParentDir) || overlay.is_absolute() != base.is_absolute() {
        return None;
    }
    let steps = up.iter().map(|_| "..".to_owned());
    let names: Vec<_> =
        steps.chain(to[shared..].iter().map(|part| reference(&part.as_os_str().to_string_lossy()))).collect();
    let path = names.join("/");
    // A colon in the first name would end a scheme.
    Some(if names.first().is_some_and(|first| first.contains(':')) { format!("./{path}") } else { path })
}

fn parts(path: &Path) -> Vec<Component<'_>> {
    let mut parts = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(parts.pop()),
            (part, _) => parts.push(part),
        }
    }
    parts
}

fn reference(name: &str) -> String {
    name.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // A text takes all that is written to it.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_has_a_place() {
        let path = |names: &[&str]| json_path(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(path(&["paths", "/orders/{order_id}", "get"]), "$.paths['/orders/{order_id}'].get");
        assert_eq!(path(&["a'b\\c\n", "200"]), r"$['a\'b\\c\u000a']['200']");
    }

    #[test]
    fn a_document_is_named_from_where_the_overlay_lies() {
        let way = |overlay: &str, base: &str| extends(Path::new(overlay), Path::new(base));
        assert_eq!(way("generated/overlay.json", "api.yaml").as_deref(), Some("../api.yaml"));
        assert_eq!(way("o.json", "./docs/my api.yaml").as_deref(), Some("docs/my%20api.yaml"));
        assert_eq!(way("../docs/o.json", "../docs/api.yaml").as_deref(), Some("api.yaml"));
        assert_eq!(way("o.json", "../api.yaml").as_deref(), Some("../api.yaml"));
        assert_eq!(way("../docs/o.json", "api.yaml"), None);
    }
}
