//! JSON Schema in the dialects of the documents that hold it: one tree, written by one hand.

mod dialect;
mod problem;
mod shape;

use indexmap::IndexMap;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

pub(crate) use dialect::Dialect;

/// One schema. As JSON, a reference is one among the components of an OpenAPI document.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
pub(crate) struct Schema {
    /// The model that it stands for.
    #[serde(skip)]
    reference: Option<String>,
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    dialect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    nullable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    deprecated: bool,
    #[serde(rename = "const", skip_serializing_if = "Option::is_none")]
    constant: Option<Value>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    values: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    properties: IndexMap<String, Self>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Box<Self>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    prefix_items: Vec<Self>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Self>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_items: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_items: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    all_of: Vec<Self>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Self>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<Self>,
}

/// What JSON's values of a schema are.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
enum Kind {
    Of(&'static str),
    OrNull([&'static str; 2]),
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A reference takes nothing beside it.
        let Some(model) = &self.reference else { return Self::serialize(self, serializer) };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("$ref", &format_args!("#/components/schemas/{model}"))?;
        map.end()
    }
}

impl Schema {
    fn of(ty: &'static str) -> Self {
        Self { ty: Some(Kind::Of(ty)), ..Self::default() }
    }

    /// One of several.
    pub(crate) fn one_of(one_of: Vec<Self>) -> Self {
        Self { one_of, ..Self::default() }
    }

    /// The same as a document of its own, which says what JSON Schema it speaks.
    ///
    /// A model names another by the address of its API, which is not known here: what it names is written out, where
    /// `whole` has it, or is any value.
    pub(crate) fn alone<'a>(&self, whole: &impl Fn(&str) -> Option<&'a Self>) -> Self {
        let mut alone = self.written_out(whole);
        alone.dialect = Some("http://json-schema.org/draft-04/schema#");
        alone
    }

    fn written_out<'a>(&self, whole: &impl Fn(&str) -> Option<&'a Self>) -> Self {
        if let Some(model) = &self.reference {
            return match whole(model) {
                Some(schema) => schema.written_out(whole),
                None => Self { description: self.description.clone(), ..Self::default() },
            };
        }
        let each = |schemas: &[Self]| schemas.iter().map(|schema| schema.written_out(whole)).collect();
        let properties = self.properties.iter().map(|(name, schema)| (name.clone(), schema.written_out(whole)));
        Self {
            properties: properties.collect(),
            items: self.items.as_ref().map(|items| Box::new(items.written_out(whole))),
            one_of: each(&self.one_of),
            ..self.clone()
        }
    }

    /// What stands under the name of a model.
    pub(crate) fn reference(model: &str) -> Self {
        Self { reference: Some(model.to_owned()), ..Self::default() }
    }

    /// Every model that it names.
    pub(crate) fn references(&self, found: &mut impl FnMut(&str)) {
        if let Some(name) = &self.reference {
            found(name);
        }
        let boxed = [&self.items, &self.additional_properties].into_iter().flatten().map(|inner| &**inner);
        let lists = [&self.prefix_items, &self.all_of, &self.any_of, &self.one_of].into_iter().flatten();
        for inner in self.properties.values().chain(boxed).chain(lists) {
            inner.references(found);
        }
    }

    fn described(mut self, docs: &str) -> Self {
        // `*/` ends a comment in the code that is made of it.
        if !docs.is_empty() {
            self.description = Some(docs.replace("*/", "* /"));
        }
        self
    }

    /// The same with a member.
    fn with(mut self, name: &str, member: Self, is_required: bool) -> Self {
        if is_required {
            self.required.push(name.to_owned());
        }
        self.properties.insert(name.to_owned(), member);
        self
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
