//! The OpenAPI document for everybody else: documentation tools and generators of clients, whatever stands before the
//! function. No gateway's extensions, each error a type by itself.

mod components;
mod document;
mod security;

use super::{Cx, File, Form, Output, Setting, Wanted};
use crate::rest::Dialect;

pub(super) use document::document;

/// The output `openapi-plain`.
pub(super) struct OpenApiPlain;

/// Of which OpenAPI the document is.
const VERSION: Setting = Setting {
    key: "version",
    flat: "openapi-plain-version",
    value: "VERSION",
    help: "Of which OpenAPI the plain document is: 3.1 or 3.0 [default: 3.1]",
};

impl Output for OpenApiPlain {
    fn key(&self) -> &'static str {
        "openapi-plain"
    }

    fn help(&self) -> &'static str {
        "Write a plain OpenAPI document, for documentation and other generators, to this JSON file"
    }

    fn form(&self) -> Form {
        Form::File
    }

    fn settings(&self) -> &'static [Setting] {
        &[VERSION]
    }

    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String> {
        let dialect = match wanted.settings.get(VERSION.key).map(String::as_str) {
            None | Some("3.1") => Dialect::Plain31,
            Some("3.0") => Dialect::Plain30,
            Some(other) => return Err(format!("`{}` is {other:?}: it is `3.1` or `3.0`", VERSION.flat)),
        };
        Ok(vec![File::whole(document(cx, dialect))])
    }
}
