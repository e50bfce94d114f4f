//! Outputs: a success whose top level is declared to hold `errorMessage` is refused.
//!
//! API Gateway compares that member of a function's payload with the patterns of errors. Whether it does so for a success
//! too is not known: its emulators do. A type that may hold any member, as a map does, is looked at by the runtime.

use super::{Cx, Place};
use crate::contract::{Shape, Tagging, Type};

const MEMBER: &str = "errorMessage";

/// Refuses an output that has the member in its own fields, or in what stands in their place.
pub(super) fn no_error_message(cx: &mut Cx<'_>, output: &Type, place: &Place) {
    let Some(holder) = holder(cx, output, false, &mut Vec::new()) else { return };
    let whose = match output {
        Type::Named(name) if *name == holder => String::new(),
        _ => format!(" of `{holder}`"),
    };
    let text = format!("the output has a member `{MEMBER}`{whose}, on which API Gateway selects errors: rename it");
    cx.mistake(place, text);
}

/// The type that puts the member at the top level. `beside` says that the value stands among the members of another, by
/// `flatten` or behind a tag: there a unit variant is a member too.
fn holder(cx: &Cx<'_>, ty: &Type, beside: bool, within: &mut Vec<String>) -> Option<String> {
    match ty {
        Type::Option(inner) => holder(cx, inner, beside, within),
        Type::Map { key, .. } => key_named(cx, key),
        Type::Named(name) if !within.contains(name) => {
            let def = cx.types.iter().find(|def| def.name == *name)?;
            within.push(name.clone());
            let found = shape_holder(cx, name, &def.shape, beside, within);
            within.pop();
            found
        }
        _ => None,
    }
}

fn shape_holder(cx: &Cx<'_>, name: &str, shape: &Shape, beside: bool, within: &mut Vec<String>) -> Option<String> {
    let own = |has: bool| has.then(|| name.to_owned());
    match shape {
        Shape::Struct(fields) => fields.iter().find_map(|field| {
            if field.flatten { holder(cx, &field.ty, true, within) } else { own(field.name == MEMBER) }
        }),
        Shape::Newtype(inner) => holder(cx, inner, beside, within),
        Shape::Tuple(_) | Shape::Unit => None,
        Shape::Enum { tagging, variants } => match tagging {
            Tagging::External => {
                own(variants.iter().any(|variant| variant.name == MEMBER && (beside || variant.shape != Shape::Unit)))
            }
            Tagging::Internal { tag } if tag == MEMBER => own(true),
            Tagging::Adjacent { tag, content } => own(tag == MEMBER || content == MEMBER),
            Tagging::Internal { .. } | Tagging::Untagged => {
                let beside = beside || *tagging != Tagging::Untagged;
                variants.iter().find_map(|variant| shape_holder(cx, name, &variant.shape, beside, within))
            }
        },
    }
}

/// The enum whose words are a map's keys, if the member is one of them.
fn key_named(cx: &Cx<'_>, key: &Type) -> Option<String> {
    let mut key = key;
    // A type that leads to itself is refused at the end.
    for _ in 0..=cx.types.len() {
        let Type::Named(name) = key else { return None };
        match &cx.types.iter().find(|def| def.name == *name)?.shape {
            Shape::Newtype(inner) => key = inner,
            Shape::Enum { variants, .. } => {
                return variants.iter().any(|variant| variant.name == MEMBER).then(|| name.clone());
            }
            _ => return None,
        }
    }
    None
}
