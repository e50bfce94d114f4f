//! Answers with values that a client reads by what their type means: sets, and enums that have grown.

use super::super::sample::Samples;
use super::problem::{Problem, own};
use super::{Case, Caught};
use crate::contract::{ErrorDef, Type};
use serde_json::{Map, Value, json};

impl Problem {
    /// A set out of order, a variant that nobody knows, and one that lacks a member.
    pub(super) fn values(&self, operation: &str, error: &ErrorDef, samples: &Samples<'_>) -> Vec<Case> {
        let case = |how: &str, name: &str, came: &Value, caught| {
            self.case(operation, how, self.headers.clone(), self.replaced(name, &came.to_string()), caught)
        };
        let caught = |name: &str, value: Value| {
            let mut fields: Map<_, _> = samples.members(&error.fields).into_iter().collect();
            fields.insert(name.to_owned(), value);
            Caught { fields: super::fields(&Value::Object(fields)), ..self.caught.clone() }
        };
        let mut cases = Vec::new();
        if let Some(field) = own(error, &|ty| unsorted(ty).is_some())
            && let Some((came, value)) = unsorted(&field.ty)
        {
            cases.push(case("with a set out of order", &field.name, &came, caught(&field.name, value)));
        }
        if let Some(field) = own(error, &|ty| samples.newer(ty).is_some())
            && let Some(value) = samples.newer(&field.ty)
        {
            let caught = caught(&field.name, value.clone());
            cases.push(case("with a variant that nobody knows", &field.name, &value, caught));
        }
        if let Some(field) = own(error, &|ty| samples.hollow(ty).is_some())
            && let Some(value) = samples.hollow(&field.ty)
        {
            let lost = Caught { who: "unmodelled", fields: None, ..self.caught.clone() };
            cases.push(case("with a variant that lacks a member", &field.name, &value, lost));
        }
        cases
    }
}

/// A set as it may come, and what it is; nothing where the type is none whose elements have an order.
fn unsorted(ty: &Type) -> Option<(Value, Value)> {
    let Type::Set(inner) = ty else { return None };
    Some(match **inner {
        Type::Int { bits: ..=64, .. } => (json!([10, 9, 10]), json!([9, 10])),
        // UTF-16 has the first of them before the second.
        Type::String { format: None } | Type::Char => (json!(["🫖", "～", "🫖"]), json!(["～", "🫖"])),
        _ => return None,
    })
}
