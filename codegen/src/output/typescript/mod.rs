//! The TypeScript client, as a package for npm: its runtime is in it, and it depends on nothing.

mod errors;
mod example;
mod fields;
mod layout;
mod methods;
mod names;
mod package;
mod readme;
mod schema;
mod taken;
mod types;

use super::{Cx, File, Form, Output, Setting, Wanted, vectors};

/// The output `typescript-client`.
pub(super) struct TypeScriptClient;

const PACKAGE: Setting = Setting {
    key: "package",
    flat: "typescript-package",
    value: "NAME",
    help: "What the TypeScript client's package is called [default: the API's name and `-client`]",
};

impl Output for TypeScriptClient {
    fn key(&self) -> &'static str {
        "typescript-client"
    }

    fn help(&self) -> &'static str {
        "Write the TypeScript client to this folder as a package for npm"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn settings(&self) -> &'static [Setting] {
        &[PACKAGE]
    }

    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String> {
        let given = wanted.settings.get(PACKAGE.key).map(String::as_str);
        let package = match given {
            Some(name) if !is_package(name) => {
                return Err(format!("`{name}` is no name of a package: it has lower case letters, digits and `-._~`"));
            }
            Some(name) => name.to_owned(),
            None => format!("{}-client", cx.contract.name.to_lowercase()),
        };
        let vectors = cx.wants(&vectors::Vectors).then(|| vectors::file(cx));
        package::files(cx, &package, vectors).map_err(|error| error.to_string())
    }
}

/// Whether npm takes the name, with a scope or without.
fn is_package(name: &str) -> bool {
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._~".contains(&b))
    };
    let short = name.len() <= 214;
    short
        && name
            .strip_prefix('@')
            .map_or_else(|| plain(name), |rest| rest.split_once('/').is_some_and(|(a, b)| plain(a) && plain(b)))
}
