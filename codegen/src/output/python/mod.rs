//! The Python client: a package whose runtime is in it; only its default client of HTTP comes from elsewhere.

mod docs;
mod errors;
mod example;
mod exports;
mod layout;
mod methods;
mod models;
mod names;
mod package;
mod readme;
mod schema;
mod templates;
mod types;

use super::{Cx, File, Form, Output, Setting, Wanted, vectors};

/// The output `python-client`.
pub(super) struct PythonClient;

const PACKAGE: Setting = Setting {
    key: "package",
    flat: "python-package",
    value: "NAME",
    help: "What the Python client's package is called [default: the API's name and `-client`]",
};

impl Output for PythonClient {
    fn key(&self) -> &'static str {
        "python-client"
    }

    fn help(&self) -> &'static str {
        "Write the Python client to this folder as a package"
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
                return Err(format!(
                    "`{name}` is no name of a Python package: it has letters, digits and `-._`, and begins with a letter"
                ));
            }
            Some(name) => name.to_owned(),
            None => format!("{}-client", cx.contract.name.to_lowercase()),
        };
        let vectors = cx.wants(&vectors::Vectors).then(|| vectors::file(cx));
        package::files(cx, &package, vectors).map_err(|error| error.to_string())
    }
}

/// Whether indexes of packages take the name, and a module can be called like it.
fn is_package(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name.len() <= 100
        && name.chars().all(fits)
}
