//! What each template is given.

#![expect(clippy::struct_field_names, reason = "a template calls its parts what they are")]

use super::package::Names;
use super::{errors, methods};
use askama::Template;

#[derive(Template)]
#[template(path = "python/errors.py.askama", escape = "none")]
pub(super) struct Errors<'a> {
    pub(super) origin: &'a str,
    pub(super) uses_models: bool,
    pub(super) uses_schema: bool,
    pub(super) modules: Vec<&'static str>,
    pub(super) api: &'a str,
    pub(super) base: &'a str,
    pub(super) other: &'a str,
    /// Its declaration.
    pub(super) others: String,
    pub(super) errors: &'a [errors::Item],
    pub(super) sets: &'a [errors::SetItem],
}

#[derive(Template)]
#[template(path = "python/models.py.askama", escape = "none")]
pub(super) struct Models<'a> {
    pub(super) origin: &'a str,
    pub(super) modules: Vec<&'static str>,
    pub(super) code: &'a str,
}

#[derive(Template)]
#[template(path = "python/client.py.askama", escape = "none")]
pub(super) struct Client<'a> {
    pub(super) origin: &'a str,
    pub(super) modules: Vec<&'static str>,
    pub(super) uses_models: bool,
    pub(super) docs: String,
    pub(super) names: &'a Names,
    pub(super) methods: &'a [methods::Item],
    pub(super) calls: &'a [methods::Item],
}

#[derive(Template)]
#[template(path = "python/operations.py.askama", escape = "none")]
pub(super) struct Operations<'a> {
    pub(super) origin: &'a str,
    pub(super) modules: Vec<&'static str>,
    pub(super) uses_errors: bool,
    pub(super) uses_models: bool,
    pub(super) uses_schema: bool,
    pub(super) items: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "python/init.py.askama", escape = "none")]
pub(super) struct Init<'a> {
    pub(super) origin: &'a str,
    pub(super) docs: String,
    pub(super) imports: Vec<(&'static str, Vec<String>)>,
    pub(super) all: &'a [String],
}

#[derive(Template)]
#[template(path = "python/testing.py.askama", escape = "none")]
pub(super) struct Testing<'a> {
    pub(super) origin: &'a str,
    pub(super) base: &'a str,
    pub(super) imports: Vec<String>,
    pub(super) has_client: bool,
    pub(super) has_function: bool,
    pub(super) has_types: bool,
}

#[derive(Template)]
#[template(path = "python/pyproject.toml.askama", escape = "none")]
pub(super) struct Manifest<'a> {
    pub(super) origin: &'a str,
    pub(super) package: &'a str,
    pub(super) module: &'a str,
    pub(super) version: String,
    pub(super) description: String,
    pub(super) has_client: bool,
}

#[derive(Template)]
#[template(path = "python/test_vectors.py.askama", escape = "none")]
pub(super) struct VectorsTest<'a> {
    pub(super) origin: &'a str,
    pub(super) module: &'a str,
    pub(super) base: &'a str,
    pub(super) sets: Vec<(String, &'a str)>,
}

#[derive(Template)]
#[template(path = "python/test_travel.py.askama", escape = "none")]
pub(super) struct TravelTest<'a> {
    pub(super) origin: &'a str,
    pub(super) module: &'a str,
    pub(super) base: &'a str,
    pub(super) whole: &'a str,
}
