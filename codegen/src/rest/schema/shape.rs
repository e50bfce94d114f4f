//! The schemas of types, and of their members.

use super::{Dialect, Schema};
use crate::contract::{Field, Index, Shape, Tagging, Type, Variant};
use std::collections::BTreeSet;

impl Dialect {
    /// The schema of a type.
    pub(crate) fn ty(self, ty: &Type) -> Schema {
        match ty {
            Type::Bool => Schema::of("boolean"),
            Type::Int { bits, signed } => self.int(*bits, *signed),
            Type::Float { bits } => self.float(*bits),
            Type::Char => Schema::of("string"),
            Type::String { format } => self.text(format.as_deref()),
            Type::Option(inner) => self.or_null(self.ty(inner)),
            Type::List(inner) | Type::Set(inner) => {
                Schema { items: Some(Box::new(self.ty(inner))), ..Schema::of("array") }
            }
            Type::Map { value, .. } => {
                let values = (self != Self::Gateway).then(|| Box::new(self.ty(value)));
                Schema { additional_properties: values, ..Schema::of("object") }
            }
            Type::Tuple(elements) => self.tuple(elements),
            Type::Duration => {
                let seconds = self.int(64, false);
                let nanoseconds = match self {
                    Self::Gateway => seconds.clone(),
                    Self::Plain30 | Self::Plain31 => Schema { maximum: Some(999_999_999), ..self.int(16, false) },
                };
                Schema::of("object").with("secs", seconds, true).with("nanos", nanoseconds, true)
            }
            Type::Any | Type::Unit => Schema::default(),
            Type::Named(name) => Schema::reference(&self.name(name)),
        }
    }

    /// A type for each place, as far as the dialect can say it.
    fn tuple(self, elements: &[Type]) -> Schema {
        let schema = Schema { items: Some(Box::default()), ..Schema::of("array") };
        if self == Self::Gateway {
            return schema;
        }
        let length = Some(elements.len());
        let places = (self == Self::Plain31).then(|| elements.iter().map(|element| self.ty(element)).collect());
        Schema { min_items: length, max_items: length, prefix_items: places.unwrap_or_default(), ..schema }
    }

    /// The schema of a named type's form.
    pub(crate) fn shape(self, index: &Index<'_>, shape: &Shape, docs: &str) -> Schema {
        let schema = match shape {
            Shape::Struct(fields) => {
                let mut schema = Schema::of("object");
                self.members(index, &mut schema, fields, &mut BTreeSet::new());
                schema
            }
            Shape::Newtype(inner) => self.ty(inner),
            Shape::Tuple(elements) => self.tuple(elements),
            Shape::Unit => Schema::default(),
            Shape::Enum { tagging: Tagging::External, variants } if variants.iter().all(|v| v.shape == Shape::Unit) => {
                Schema {
                    values: variants.iter().map(|variant| variant.name.clone().into()).collect(),
                    ..Schema::of("string")
                }
            }
            Shape::Enum { tagging, variants } => {
                let variants = variants.iter().map(|variant| self.variant(index, tagging, variant)).collect();
                match (self, tagging) {
                    // Nothing keeps two of them from fitting one value.
                    (Self::Plain30 | Self::Plain31, Tagging::Untagged) => {
                        Schema { any_of: variants, ..Schema::default() }
                    }
                    _ => Schema::one_of(variants),
                }
            }
        };
        self.described(schema, docs)
    }

    pub(super) fn field(self, field: &Field) -> Schema {
        let null = matches!(field.ty, Type::Option(_)) && self == Self::Gateway;
        let docs = match (null, field.docs.is_empty()) {
            (true, true) => "May be null.".to_owned(),
            (true, false) => format!("{}\n\nMay be null.", field.docs),
            (false, _) => field.docs.clone(),
        };
        self.described(self.ty(&field.ty), &docs)
    }

    fn members(self, index: &Index<'_>, schema: &mut Schema, fields: &[Field], open: &mut BTreeSet<String>) {
        for field in fields {
            if field.flatten {
                // The members of a flattened struct stand among these; those of a map or an enum are any.
                if let Type::Named(name) = &field.ty
                    && open.insert(name.clone())
                    && let Some(Shape::Struct(inner)) = index.type_def(name).map(|def| &def.shape)
                {
                    self.members(index, schema, inner, open);
                }
                continue;
            }
            if !field.optional {
                schema.required.push(field.name.clone());
            }
            schema.properties.insert(field.name.clone(), self.field(field));
        }
    }

    fn variant(self, index: &Index<'_>, tagging: &Tagging, variant: &Variant) -> Schema {
        let inner = self.shape(index, &variant.shape, "");
        let object = |members: Vec<(&str, Schema)>| {
            members.into_iter().fold(Schema::of("object"), |schema, (name, member)| schema.with(name, member, true))
        };
        let schema = match tagging {
            Tagging::External if variant.shape == Shape::Unit => self.word(&variant.name),
            Tagging::External => object(vec![(&variant.name, inner)]),
            Tagging::Internal { tag } => {
                let mut schema = object(vec![(tag, self.word(&variant.name))]);
                if inner.reference.is_some() && self != Self::Gateway {
                    // The members of what it names stand beside the tag.
                    return self.described(Schema { all_of: vec![schema, inner], ..Schema::default() }, &variant.docs);
                }
                schema.required.extend(inner.required);
                schema.properties.extend(inner.properties);
                schema
            }
            Tagging::Adjacent { tag, .. } if variant.shape == Shape::Unit => {
                object(vec![(tag, self.word(&variant.name))])
            }
            Tagging::Adjacent { tag, content } => object(vec![(tag, self.word(&variant.name)), (content, inner)]),
            Tagging::Untagged => inner,
        };
        self.described(schema, &variant.docs)
    }
}
