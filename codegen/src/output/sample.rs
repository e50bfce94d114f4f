//! Values that stand for a type: the same each time, and apt to break a careless decoder.

use crate::contract::{Field, Index, Shape, Tagging, Type, Variant};
use serde_json::{Map, Value, json};

/// A text that has to be escaped, with characters of one to four bytes.
const TEXT: &str = "it's \"x\" \\ é € 🫖 $a #b";

/// Whether a member may be left out.
pub(super) fn may_miss(field: &Field) -> bool {
    field.optional || matches!(field.ty, Type::Option(_))
}

/// Makes values of the contract's types.
pub(super) struct Samples<'a> {
    index: &'a Index<'a>,
}

impl<'a> Samples<'a> {
    pub(super) fn new(index: &'a Index<'a>) -> Self {
        Self { index }
    }

    /// A value of a type; null where it would hold itself without end.
    pub(super) fn of(&self, ty: &Type) -> Value {
        self.value(ty, &mut Vec::new()).unwrap_or_default()
    }

    /// The members that fields become, in their order.
    pub(super) fn members(&self, fields: &[Field]) -> Vec<(String, Value)> {
        self.fields(fields, &mut Vec::new()).unwrap_or_default()
    }

    fn fields(&self, fields: &[Field], within: &mut Vec<&'a str>) -> Option<Vec<(String, Value)>> {
        let mut members = Vec::new();
        for field in fields {
            let value = self.value(&field.ty, within);
            match value {
                Some(Value::Object(inner)) if field.flatten => members.extend(inner),
                // A header takes visible ASCII only.
                Some(Value::String(_)) if field.header.is_some() => {
                    members.push((field.name.clone(), Value::from("visible ASCII")));
                }
                Some(value) => members.push((field.name.clone(), value)),
                None if field.optional => {}
                None => return None,
            }
        }
        Some(members)
    }

    /// A value of a type; nothing where it would hold itself without end.
    fn value(&self, ty: &Type, within: &mut Vec<&'a str>) -> Option<Value> {
        Some(match ty {
            Type::Bool => json!(true),
            Type::Int { bits: 64 | 128, signed: false } => json!(u64::MAX),
            Type::Int { bits: 64 | 128, signed: true } => json!(i64::MIN),
            Type::Int { bits, signed: false } => json!((1_u64 << bits) - 1),
            Type::Int { bits, signed: true } => json!(-(1_i64 << (bits - 1))),
            Type::Float { bits: 32 } => json!(0.5),
            Type::Float { .. } => json!(0.1),
            Type::Char => json!("€"),
            Type::String { format } => json!(match format.as_deref() {
                None => TEXT,
                Some("date-time") => "2026-02-03T04:05:06.123456789Z",
                Some("date") => "2026-02-03",
                Some("time") => "04:05:06",
                Some("uuid") => "67e55044-10b1-426f-9247-bb680e5fe0c8",
                Some("ulid") => "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                Some("uri") => "https://example.com/a?b=%20",
                Some("decimal") => "12.50",
                Some(_) => "x",
            }),
            Type::Option(inner) => self.value(inner, within).unwrap_or(Value::Null),
            Type::List(inner) | Type::Set(inner) => Value::Array(self.value(inner, within).into_iter().collect()),
            Type::Map { key, value } => {
                let key = if matches!(**key, Type::Int { .. }) { "7" } else { TEXT };
                Value::Object(self.value(value, within).map(|value| (key.to_owned(), value)).into_iter().collect())
            }
            Type::Tuple(inner) => self.tuple(inner, within)?,
            Type::Duration => json!({ "secs": 2, "nanos": 500_000_000 }),
            Type::Any => json!({ "any": [1, null, TEXT] }),
            Type::Unit => Value::Null,
            Type::Named(name) => {
                let def = self.index.type_def(name)?;
                if within.contains(&def.name.as_str()) {
                    return None;
                }
                within.push(&def.name);
                let value = self.shape(&def.shape, within);
                within.pop();
                value?
            }
        })
    }

    fn shape(&self, shape: &'a Shape, within: &mut Vec<&'a str>) -> Option<Value> {
        match shape {
            Shape::Struct(fields) => Some(Value::Object(self.fields(fields, within)?.into_iter().collect())),
            Shape::Newtype(ty) => self.value(ty, within),
            Shape::Tuple(types) => self.tuple(types, within),
            Shape::Unit => Some(Value::Null),
            Shape::Enum { tagging, variants } => {
                variants.iter().find_map(|variant| self.variant(tagging, variant, within))
            }
        }
    }

    fn tuple(&self, types: &[Type], within: &mut Vec<&'a str>) -> Option<Value> {
        types.iter().map(|ty| self.value(ty, within)).collect::<Option<Vec<_>>>().map(Value::Array)
    }

    fn variant(&self, tagging: &Tagging, variant: &'a Variant, within: &mut Vec<&'a str>) -> Option<Value> {
        let value = self.shape(&variant.shape, within)?;
        let object = |members: &[(&str, Value)]| {
            Value::Object(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
        };
        let name = Value::from(variant.name.as_str());
        let unit = variant.shape == Shape::Unit;
        Some(match tagging {
            Tagging::External if unit => name,
            Tagging::External => object(&[(&variant.name, value)]),
            Tagging::Internal { tag } => {
                let mut members = Map::from_iter([(tag.clone(), name)]);
                if let Value::Object(inner) = value {
                    members.extend(inner);
                }
                Value::Object(members)
            }
            Tagging::Adjacent { tag, .. } if unit => object(&[(tag, name)]),
            Tagging::Adjacent { tag, content } => object(&[(tag, name), (content, value)]),
            Tagging::Untagged => value,
        })
    }

    /// A value of an enum that is newer than the client: a variant that nobody knows. Nothing of another type.
    pub(super) fn newer(&self, ty: &Type) -> Option<Value> {
        self.of_enum(ty, &|tagging, variants| {
            let unit = *tagging == Tagging::External && variants.iter().all(|variant| variant.shape == Shape::Unit);
            tagged(tagging, "toCome", (!unit).then(|| json!({ "more": 1 })))
        })
    }

    /// A variant that is known, without a member that it has to have.
    pub(super) fn hollow(&self, ty: &Type) -> Option<Value> {
        let needs = |variant: &&Variant| match &variant.shape {
            Shape::Struct(fields) => {
                fields.iter().any(|field| !may_miss(field) && !field.flatten && self.is_strict(&field.ty))
            }
            _ => false,
        };
        self.of_enum(ty, &|tagging, variants| {
            let variant = variants.iter().find(needs)?;
            tagged(tagging, &variant.name, Some(json!({})))
        })
    }

    fn of_enum(&self, ty: &Type, value: &dyn Fn(&Tagging, &[Variant]) -> Option<Value>) -> Option<Value> {
        match ty {
            Type::Option(inner) => self.of_enum(inner, value),
            Type::Named(name) => match &self.index.type_def(name)?.shape {
                Shape::Enum { tagging, variants } => value(tagging, variants),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether no decoder may take `true` or null for a value of this type, nor leave it out.
    pub(super) fn is_strict(&self, ty: &Type) -> bool {
        match ty {
            Type::Int { .. }
            | Type::Float { .. }
            | Type::Char
            | Type::String { .. }
            | Type::List(_)
            | Type::Set(_)
            | Type::Map { .. }
            | Type::Tuple(_)
            | Type::Duration => true,
            Type::Bool | Type::Option(_) | Type::Any | Type::Unit => false,
            Type::Named(name) => match self.index.type_def(name).map(|def| &def.shape) {
                Some(Shape::Struct(_) | Shape::Tuple(_)) => true,
                Some(Shape::Enum { tagging, .. }) => *tagging != Tagging::Untagged,
                Some(Shape::Newtype(inner)) => self.is_strict(inner),
                Some(Shape::Unit) | None => false,
            },
        }
    }
}

/// A variant as it is written, with its content if it has one; nothing where its name is not.
fn tagged(tagging: &Tagging, name: &str, content: Option<Value>) -> Option<Value> {
    let (tag, content) = match (tagging, content) {
        (Tagging::Untagged, _) => return None,
        (Tagging::External, None) => return Some(name.into()),
        (Tagging::External, Some(content)) => return Some(json!({ name: content })),
        (Tagging::Internal { tag }, content) => (tag, content),
        (Tagging::Adjacent { tag, content }, Some(value)) => return Some(json!({ tag: name, content: value })),
        (Tagging::Adjacent { tag, .. }, None) => (tag, None),
    };
    let mut members = Map::from_iter([(tag.clone(), name.into())]);
    if let Some(Value::Object(more)) = content {
        members.extend(more);
    }
    Some(Value::Object(members))
}
