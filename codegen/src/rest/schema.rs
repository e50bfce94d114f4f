//! JSON Schema, as far as API Gateway's models take it: draft 4, alphanumeric names, no `format` of numbers, no
//! `nullable`, `default`, `example` or `additionalProperties`; each of those is dropped or warned of on import.

use crate::check::model_name;
use crate::contract::{ErrorDef, Field, Index, Shape, Tagging, Type, Variant};
use indexmap::IndexMap;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use throwback_syntax::Reserved;

/// One schema. As JSON, a reference is one among the components of an OpenAPI document.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(remote = "Self")]
pub(crate) struct Schema {
    /// The model that it stands for.
    #[serde(skip)]
    reference: Option<String>,
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    dialect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    properties: IndexMap<String, Self>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Self>>,
    #[serde(rename = "oneOf", skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<Self>,
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
        Self { ty: Some(ty), ..Self::default() }
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

    fn word(word: &str) -> Self {
        Self { words: vec![word.to_owned()], ..Self::of("string") }
    }

    fn described(mut self, docs: &str) -> Self {
        // `*/` ends a comment in the code that API Gateway makes of it.
        if !docs.is_empty() {
            self.description = Some(docs.replace("*/", "* /"));
        }
        self
    }
}

impl Schema {
    /// The schema of an error's problem.
    pub(crate) fn error(error: &ErrorDef) -> Self {
        let title = if error.title.is_empty() { None } else { Some(error.title.clone()) };
        let mut schema = problem(&error.code, error.exposed, error.retry_after);
        if error.message {
            schema.required.push("message".to_owned());
            let text = Self::of("string").described("What went wrong, as `detail` has it.");
            schema.properties.insert("message".to_owned(), text);
        }
        schema.title = title;
        for field in &error.fields {
            if !field.optional {
                schema.required.push(field.name.clone());
            }
            schema.properties.insert(field.name.clone(), Self::field(field));
        }
        let docs = if error.deprecated { format!("Deprecated.\n\n{}", error.docs) } else { error.docs.clone() };
        schema.described(docs.trim())
    }

    fn field(field: &Field) -> Self {
        let null = matches!(field.ty, Type::Option(_));
        let docs = match (null, field.docs.is_empty()) {
            (true, true) => "May be null.".to_owned(),
            (true, false) => format!("{}\n\nMay be null.", field.docs),
            (false, _) => field.docs.clone(),
        };
        Self::ty(&field.ty).described(&docs)
    }

    /// The schema of a type.
    pub(crate) fn ty(ty: &Type) -> Self {
        match ty {
            Type::Bool => Self::of("boolean"),
            Type::Int { signed, .. } => Self { minimum: (!signed).then_some(0), ..Self::of("integer") },
            Type::Float { .. } => Self::of("number"),
            Type::Char | Type::String { .. } => Self::of("string"),
            Type::Option(inner) => Self::ty(inner),
            Type::List(inner) | Type::Set(inner) => {
                Self { items: Some(Box::new(Self::ty(inner))), ..Self::of("array") }
            }
            Type::Map { .. } => Self::of("object"),
            Type::Tuple(_) => Self { items: Some(Box::default()), ..Self::of("array") },
            Type::Duration => {
                let mut schema = Self::of("object");
                for name in ["secs", "nanos"] {
                    schema.required.push(name.to_owned());
                    schema.properties.insert(name.to_owned(), Self::ty(&Type::Int { bits: 64, signed: false }));
                }
                schema
            }
            Type::Any | Type::Unit => Self::default(),
            Type::Named(name) => Self::reference(&model_name(name)),
        }
    }

    /// The schema of a named type's form.
    pub(crate) fn shape(index: &Index<'_>, shape: &Shape, docs: &str) -> Self {
        let schema = match shape {
            Shape::Struct(fields) => {
                let mut schema = Self::of("object");
                Self::members(index, &mut schema, fields, &mut BTreeSet::new());
                schema
            }
            Shape::Newtype(inner) => Self::ty(inner),
            Shape::Tuple(_) => Self { items: Some(Box::default()), ..Self::of("array") },
            Shape::Unit => Self::default(),
            Shape::Enum { tagging: Tagging::External, variants } if variants.iter().all(|v| v.shape == Shape::Unit) => {
                Self { words: variants.iter().map(|variant| variant.name.clone()).collect(), ..Self::of("string") }
            }
            Shape::Enum { tagging, variants } => Self {
                one_of: variants.iter().map(|variant| Self::variant(index, tagging, variant)).collect(),
                ..Self::default()
            },
        };
        schema.described(docs)
    }

    fn members(index: &Index<'_>, schema: &mut Self, fields: &[Field], open: &mut BTreeSet<String>) {
        for field in fields {
            if field.flatten {
                // The members of a flattened struct stand among these; those of a map or an enum are any.
                if let Type::Named(name) = &field.ty
                    && open.insert(name.clone())
                    && let Some(Shape::Struct(inner)) = index.type_def(name).map(|def| &def.shape)
                {
                    Self::members(index, schema, inner, open);
                }
                continue;
            }
            if !field.optional {
                schema.required.push(field.name.clone());
            }
            schema.properties.insert(field.name.clone(), Self::field(field));
        }
    }

    fn variant(index: &Index<'_>, tagging: &Tagging, variant: &Variant) -> Self {
        let inner = Self::shape(index, &variant.shape, "");
        let object = |members: Vec<(&str, Self)>| {
            let mut schema = Self::of("object");
            for (name, member) in members {
                schema.required.push(name.to_owned());
                schema.properties.insert(name.to_owned(), member);
            }
            schema
        };
        let schema = match tagging {
            Tagging::External if variant.shape == Shape::Unit => Self::word(&variant.name),
            Tagging::External => object(vec![(&variant.name, inner)]),
            Tagging::Internal { tag } => {
                let mut schema = object(vec![(tag, Self::word(&variant.name))]);
                schema.required.extend(inner.required);
                schema.properties.extend(inner.properties);
                schema
            }
            Tagging::Adjacent { tag, .. } if variant.shape == Shape::Unit => {
                object(vec![(tag, Self::word(&variant.name))])
            }
            Tagging::Adjacent { tag, content } => object(vec![(tag, Self::word(&variant.name)), (content, inner)]),
            Tagging::Untagged => inner,
        };
        schema.described(&variant.docs)
    }
}

/// The members of every problem (RFC 9457 section 3.1, and the runtime's own).
fn problem(code: &str, detail: bool, retry_after: bool) -> Schema {
    let mut schema = Schema::of("object");
    schema.required = ["code", "title", "status"].map(str::to_owned).to_vec();
    schema.properties.insert("code".to_owned(), Schema::word(code));
    schema.properties.insert("title".to_owned(), Schema::of("string"));
    schema.properties.insert("status".to_owned(), Schema::of("integer"));
    if detail {
        schema.required.push("detail".to_owned());
        schema.properties.insert("detail".to_owned(), Schema::of("string"));
    }
    for name in ["type", "instance", "retryable"] {
        schema.properties.insert(name.to_owned(), Schema::of("string"));
    }
    if retry_after {
        let seconds = Schema { minimum: Some(0), ..Schema::of("integer") }
            .described("Seconds to wait before the request is repeated.");
        schema.properties.insert("retryAfter".to_owned(), seconds);
    }
    schema
}

/// The schema of an error that nobody declares.
pub(super) fn reserved(reserved: Reserved) -> Schema {
    let has_place = reserved == Reserved::INVALID;
    let mut schema = problem(reserved.code, has_place, false);
    if has_place {
        for (name, docs) in [("path", "The place in the input."), ("reason", "What is wrong there.")] {
            schema.required.push(name.to_owned());
            schema.properties.insert(name.to_owned(), Schema::of("string").described(docs));
        }
    }
    schema.described(reserved.docs)
}
