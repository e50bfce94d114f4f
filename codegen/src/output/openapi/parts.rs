//! What an OpenAPI document has, whoever reads it.

use crate::check::Place;
use crate::contract::{Contract, Type};
use crate::rest::{self, Dialect, Schema};
use indexmap::IndexMap;
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
pub(in crate::output) struct Info<'a> {
    title: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
}

impl<'a> Info<'a> {
    /// The title is the API's name, by which a document is known for ours.
    pub(in crate::output) fn of(contract: &'a Contract) -> Self {
        Self { title: &contract.name, version: &contract.version, description: &contract.docs }
    }
}

#[derive(Serialize)]
pub(in crate::output) struct Parameter<'a> {
    name: &'a str,
    #[serde(rename = "in")]
    place: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    required: bool,
    #[serde(flatten)]
    list: Option<ListStyle>,
    pub(in crate::output) schema: Schema,
}

impl<'a> Parameter<'a> {
    pub(in crate::output) fn new(dialect: Dialect, parameter: &rest::Parameter<'a>) -> Self {
        // What is absent is not there: a parameter has no text for `null`.
        let ty = match parameter.ty {
            Type::Option(inner) => inner,
            ty => ty,
        };
        Self {
            name: parameter.name,
            place: match parameter.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
            },
            description: parameter.docs,
            required: parameter.required,
            list: ty.element().map(|_| ListStyle { style: "form", explode: false }),
            schema: dialect.ty(ty),
        }
    }
}

/// How a list travels: `a,b`.
#[derive(Serialize)]
struct ListStyle {
    style: &'static str,
    explode: bool,
}

#[derive(Serialize)]
pub(in crate::output) struct RequestBody<'a> {
    required: bool,
    content: IndexMap<&'static str, Content<'a>>,
}

impl<'a> RequestBody<'a> {
    pub(in crate::output) fn new(schema: Cow<'a, Schema>) -> Self {
        Self { required: true, content: [("application/json", Content { schema })].into() }
    }

    /// What it holds, by media type.
    pub(in crate::output) fn contents(&self) -> impl Iterator<Item = &Content<'a>> {
        self.content.values()
    }
}

#[derive(Serialize)]
pub(in crate::output) struct Content<'a> {
    pub(in crate::output) schema: Cow<'a, Schema>,
}

#[derive(Serialize)]
pub(in crate::output) struct MethodResponse<'a> {
    pub(in crate::output) description: String,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(in crate::output) headers: IndexMap<&'a str, Content<'a>>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(in crate::output) content: IndexMap<&'static str, Content<'a>>,
}
