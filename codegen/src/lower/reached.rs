//! Which types the contract reaches: what was read and then taken apart, as an axum handler's query is, is none of its own.

use crate::contract::{ErrorDef, Invocation, Operation, Shape, Type, TypeDef};
use std::collections::HashSet;

/// Keeps the types that something names.
pub(super) fn reached(
    types: Vec<TypeDef>,
    operations: &[Operation],
    invocations: &[Invocation],
    errors: &[ErrorDef],
) -> Vec<TypeDef> {
    let mut open = Vec::new();
    for operation in operations {
        let of = operation.input.parameters().map(|field| &field.ty);
        of.chain([&operation.input.ty, &operation.output]).for_each(|ty| named(ty, &mut open));
    }
    invocations.iter().flat_map(|one| [&one.input, &one.output]).for_each(|ty| named(ty, &mut open));
    errors.iter().flat_map(|error| &error.fields).for_each(|field| named(&field.ty, &mut open));
    let mut seen = HashSet::new();
    while let Some(name) = open.pop() {
        let Some(def) = types.iter().find(|def| def.name == name) else { continue };
        if seen.insert(name) {
            named_in(&def.shape, &mut open);
        }
    }
    types.into_iter().filter(|def| seen.contains(&def.name)).collect()
}

/// The types that a type names.
fn named(ty: &Type, names: &mut Vec<String>) {
    match ty {
        Type::Named(name) => names.push(name.clone()),
        Type::Option(inner) | Type::List(inner) | Type::Set(inner) => named(inner, names),
        Type::Map { key, value } => {
            named(key, names);
            named(value, names);
        }
        Type::Tuple(elements) => elements.iter().for_each(|element| named(element, names)),
        _ => {}
    }
}

/// The types that a shape names.
pub(super) fn named_in(shape: &Shape, names: &mut Vec<String>) {
    match shape {
        Shape::Struct(fields) => fields.iter().for_each(|field| named(&field.ty, names)),
        Shape::Newtype(inner) => named(inner, names),
        Shape::Tuple(elements) => elements.iter().for_each(|element| named(element, names)),
        Shape::Unit => {}
        Shape::Enum { variants, .. } => variants.iter().for_each(|variant| named_in(&variant.shape, names)),
    }
}
