//! Operations that the configuration names: by method and path where handlers can't be marked, and by the name of a marked one
//! whose request template is another.

use super::authorization::WordOr;
use heck::ToSnakeCase;
use serde::{Deserialize, Deserializer};
use std::path::{Path, PathBuf};

/// What an operation of `[operations]` says, beside its method and path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedOperation {
    /// The error enum that it returns, by its name, with its module's before it where two have that name.
    pub errors: Option<String>,
    /// Its name [default: method and path, `get_orders_id`].
    pub name: Option<String>,
    /// The status of a success [default: 200].
    pub status: Option<u16>,
    /// The file that holds the request template [default: that of an operation in the source].
    pub template: Option<PathBuf>,
    /// Whether the body passes to the function as it is, without a template. Not to one with marked handlers: the caller would
    /// choose among them, and write a [`Request`](https://docs.rs/throwback/latest/throwback/lambda/struct.Request.html).
    pub passthrough: bool,
    /// What the file holds.
    pub(crate) text: Option<String>,
}

impl<'de> Deserialize<'de> for NamedOperation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        struct Table {
            errors: Option<String>,
            name: Option<String>,
            status: Option<u16>,
            template: Option<PathBuf>,
            passthrough: bool,
        }
        let Table { errors, name, status, template, passthrough } = match WordOr::deserialize(deserializer)? {
            WordOr::Word(errors) => Table { errors: Some(errors), ..Table::default() },
            WordOr::Table(table) => table,
        };
        Ok(Self { errors, name, status, template, passthrough, text: None })
    }
}

impl NamedOperation {
    /// Whether it stands for an operation of the source, by its name.
    pub(crate) fn is_marked(key: &str) -> bool {
        !key.contains(' ') && !key.contains('/')
    }

    /// Its name, by its key: its route, or the name itself.
    pub(crate) fn named(&self, route: &str) -> String {
        if Self::is_marked(route) {
            return route.to_owned();
        }
        let plain = || route.replace(|c: char| !c.is_ascii_alphanumeric(), "_").to_snake_case();
        self.name.clone().unwrap_or_else(plain)
    }

    /// What is wrong with it, whatever the source.
    pub(super) fn mistakes(&self, route: &str) -> Vec<String> {
        let mut found = Vec::new();
        if Self::is_marked(route) && (self.errors.is_some() || self.name.is_some() || self.status.is_some()) {
            found.push(format!(
                "the operation `{route}` is one of the source's, which says its errors, name and status: only `template` is \
                 said here; another is named by method and path, as in `\"GET /orders/{{id}}\"`"
            ));
        }
        if self.template.is_some() && self.passthrough {
            found.push(format!("the operation `{route}` has a `template` and `passthrough`: keep one"));
        }
        if let Some(status) = self.status.filter(|status| !matches!(status, 200..=208 | 226)) {
            found.push(format!("the operation `{route}` has the status {status}, which is not that of a success"));
        }
        found
    }

    /// Reads its template.
    pub(crate) fn read_template(&mut self, folder: &Path) -> Result<(), String> {
        let Some(path) = &self.template else { return Ok(()) };
        let read = std::fs::read_to_string(folder.join(path));
        self.text = Some(read.map_err(|error| format!("can't read the template `{}`: {error}", path.display()))?);
        Ok(())
    }
}
