//! JSON Schema, as far as API Gateway's models take it: draft 4, alphanumeric names, no `format` of numbers, no
//! `nullable`, `default`, `example` or `additionalProperties`; each of those is dropped or warned of on import.

use super::Cx;
use crate::contract::{ErrorDef, Field, Shape, Tagging, Type, Variant};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeSet;

/// One schema.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Schema {
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
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
    properties: IndexMap<String, Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Schema>>,
    #[serde(rename = "oneOf", skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<Schema>,
}

/// How one schema names another: inside the OpenAPI document, or among the models of an API.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Naming {
    /// `#/components/schemas/Order`
    Components,
    /// `https://apigateway.amazonaws.com/restapis/…`: a model's own address, whose API is not known here, so that the
    /// types it names are written out as any value.
    Alone,
}

impl Schema {
    fn of(ty: &'static str) -> Self {
        Self { ty: Some(ty), ..Self::default() }
    }

    /// One of several.
    pub(crate) fn one_of(one_of: Vec<Self>) -> Self {
        Self { one_of, ..Self::default() }
    }

    /// The same, as a document of its own that says which JSON Schema it speaks.
    pub(crate) fn alone(mut self) -> Self {
        self.dialect = Some("http://json-schema.org/draft-04/schema#");
        self
    }

    pub(crate) fn reference(name: &str) -> Self {
        Self { reference: Some(format!("#/components/schemas/{name}")), ..Self::default() }
    }

    fn word(word: &str) -> Self {
        Self { words: vec![word.to_owned()], ..Self::of("string") }
    }

    fn described(mut self, docs: &str) -> Self {
        // A reference takes nothing beside it, and `*/` ends a comment in the code that API Gateway makes of it.
        if !docs.is_empty() && self.reference.is_none() {
            self.description = Some(docs.replace("*/", "* /"));
        }
        self
    }
}

/// The name of a model: letters and digits alone.
pub(crate) fn model_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

impl Naming {
    /// The schema of an error's problem.
    pub(crate) fn error(self, error: &ErrorDef) -> Schema {
        let title = if error.title.is_empty() { None } else { Some(error.title.clone()) };
        let mut schema = problem(&error.code, error.exposed, error.retry_after);
        schema.title = title;
        for field in &error.fields {
            if !field.optional {
                schema.required.push(field.name.clone());
            }
            schema.properties.insert(field.name.clone(), self.field(field));
        }
        let docs = if error.deprecated { format!("Deprecated.\n\n{}", error.docs) } else { error.docs.clone() };
        schema.described(docs.trim())
    }

    fn field(self, field: &Field) -> Schema {
        let null = matches!(field.ty, Type::Option(_));
        let docs = match (null, field.docs.is_empty()) {
            (true, true) => "May be null.".to_owned(),
            (true, false) => format!("{}\n\nMay be null.", field.docs),
            (false, _) => field.docs.clone(),
        };
        self.ty(&field.ty).described(&docs)
    }

    /// The schema of a type.
    pub(crate) fn ty(self, ty: &Type) -> Schema {
        match ty {
            Type::Bool => Schema::of("boolean"),
            Type::Int { signed, .. } => Schema { minimum: (!signed).then_some(0), ..Schema::of("integer") },
            Type::Float { .. } => Schema::of("number"),
            Type::Char | Type::String { .. } => Schema::of("string"),
            Type::Option(inner) => self.ty(inner),
            Type::List(inner) | Type::Set(inner) => {
                Schema { items: Some(Box::new(self.ty(inner))), ..Schema::of("array") }
            }
            Type::Map { .. } => Schema::of("object"),
            Type::Tuple(_) => Schema { items: Some(Box::default()), ..Schema::of("array") },
            Type::Duration => {
                let mut schema = Schema::of("object");
                for name in ["secs", "nanos"] {
                    schema.required.push(name.to_owned());
                    schema.properties.insert(name.to_owned(), self.ty(&Type::Int { bits: 64, signed: false }));
                }
                schema
            }
            Type::Any | Type::Unit => Schema::default(),
            Type::Named(name) => match self {
                Self::Components => Schema::reference(&model_name(name)),
                Self::Alone => Schema::default(),
            },
        }
    }

    /// The schema of a named type's form.
    pub(crate) fn shape(self, cx: &Cx<'_>, shape: &Shape, docs: &str) -> Schema {
        let schema = match shape {
            Shape::Struct(fields) => {
                let mut schema = Schema::of("object");
                self.members(cx, &mut schema, fields, &mut BTreeSet::new());
                schema
            }
            Shape::Newtype(inner) => self.ty(inner),
            Shape::Tuple(_) => Schema { items: Some(Box::default()), ..Schema::of("array") },
            Shape::Unit => Schema::default(),
            Shape::Enum { tagging: Tagging::External, variants } if variants.iter().all(|v| v.shape == Shape::Unit) => {
                Schema { words: variants.iter().map(|variant| variant.name.clone()).collect(), ..Schema::of("string") }
            }
            Shape::Enum { tagging, variants } => Schema {
                one_of: variants.iter().map(|variant| self.variant(cx, tagging, variant)).collect(),
                ..Schema::default()
            },
        };
        schema.described(docs)
    }

    fn members(self, cx: &Cx<'_>, schema: &mut Schema, fields: &[Field], open: &mut BTreeSet<String>) {
        for field in fields {
            if field.flatten {
                // The members of a flattened struct stand among these; those of a map or an enum are any.
                if let Type::Named(name) = &field.ty
                    && open.insert(name.clone())
                    && let Some(Shape::Struct(inner)) = cx.index.type_def(name).map(|def| &def.shape)
                {
                    self.members(cx, schema, inner, open);
                }
                continue;
            }
            if !field.optional {
                schema.required.push(field.name.clone());
            }
            schema.properties.insert(field.name.clone(), self.field(field));
        }
    }

    fn variant(self, cx: &Cx<'_>, tagging: &Tagging, variant: &Variant) -> Schema {
        let inner = self.shape(cx, &variant.shape, "");
        let object = |members: Vec<(&str, Schema)>| {
            let mut schema = Schema::of("object");
            for (name, member) in members {
                schema.required.push(name.to_owned());
                schema.properties.insert(name.to_owned(), member);
            }
            schema
        };
        let schema = match tagging {
            Tagging::External if variant.shape == Shape::Unit => Schema::word(&variant.name),
            Tagging::External => object(vec![(&variant.name, inner)]),
            Tagging::Internal { tag } => {
                let mut schema = object(vec![(tag, Schema::word(&variant.name))]);
                schema.required.extend(inner.required);
                schema.properties.extend(inner.properties);
                schema
            }
            Tagging::Adjacent { tag, .. } if variant.shape == Shape::Unit => {
                object(vec![(tag, Schema::word(&variant.name))])
            }
            Tagging::Adjacent { tag, content } => object(vec![(tag, Schema::word(&variant.name)), (content, inner)]),
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

/// The schema of a code that nobody declares.
pub(crate) fn reserved(code: &str) -> Schema {
    let mut schema = problem(code, code == "InvalidPayload", false);
    if code == "InvalidPayload" {
        for (name, docs) in [("path", "The place in the input."), ("reason", "What is wrong there.")] {
            schema.required.push(name.to_owned());
            schema.properties.insert(name.to_owned(), Schema::of("string").described(docs));
        }
    }
    schema.described(match code {
        "InvalidPayload" => "The input does not fit the operation.",
        "FunctionTimeout" => "The function ran out of time.",
        _ => "The function failed.",
    })
}
