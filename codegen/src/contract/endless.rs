//! Types that hold themselves so that nothing could be a value of them, or that a reader would never come to the end of.

use super::{Shape, Tagging, Type, TypeDef};
use std::collections::{HashMap, HashSet};

/// The types that hold themselves in such a way, in the order of declaration, each with what is wrong and how to mend it.
pub(crate) fn endless(types: &[TypeDef]) -> Vec<(&TypeDef, String)> {
    let shapes: HashMap<&str, &Shape> = types.iter().map(|def| (def.name.as_str(), &def.shape)).collect();
    let finite = finite(types);
    let wrong = types.iter().filter_map(|def| {
        let name = def.name.as_str();
        let text = if !finite.contains(name) {
            format!("`{name}` holds itself without an end, so that no value of it is finite: put an `Option`, a list or a map between")
        } else if is_itself(&shapes, name) {
            format!("`{name}` is nothing but itself, so that nothing tells where its value ends: give what it holds a name, as a field of a struct")
        } else {
            return None;
        };
        Some((def, text))
    });
    wrong.collect()
}

/// The types that have a finite value.
fn finite(types: &[TypeDef]) -> HashSet<&str> {
    let mut finite = HashSet::new();
    loop {
        let more: Vec<_> = types
            .iter()
            .filter(|def| !finite.contains(def.name.as_str()) && ends(&def.shape, &finite))
            .map(|def| def.name.as_str())
            .collect();
        if more.is_empty() {
            return finite;
        }
        finite.extend(more);
    }
}

/// Whether a form has a value that holds finite types alone.
fn ends(shape: &Shape, finite: &HashSet<&str>) -> bool {
    let of = |ty: &Type| ty_ends(ty, finite);
    match shape {
        Shape::Struct(fields) => fields.iter().all(|field| field.optional || of(&field.ty)),
        Shape::Newtype(inner) => of(inner),
        Shape::Tuple(elements) => elements.iter().all(of),
        Shape::Unit => true,
        // One without variants has no value, and holds nothing.
        Shape::Enum { variants, .. } => {
            variants.is_empty() || variants.iter().any(|variant| ends(&variant.shape, finite))
        }
    }
}

fn ty_ends(ty: &Type, finite: &HashSet<&str>) -> bool {
    match ty {
        Type::Named(name) => finite.contains(name.as_str()),
        Type::Tuple(elements) => elements.iter().all(|element| ty_ends(element, finite)),
        _ => true,
    }
}

/// Whether a value of the type may be one of itself with nothing around it.
fn is_itself(shapes: &HashMap<&str, &Shape>, name: &str) -> bool {
    let (mut seen, mut left) = (HashSet::new(), vec![name]);
    while let Some(next) = left.pop() {
        let mut bare = Vec::new();
        if let Some(shape) = shapes.get(next) {
            bare_of(shape, &mut bare);
        }
        if bare.contains(&name) {
            return true;
        }
        left.extend(bare.into_iter().filter(|name| seen.insert(*name)));
    }
    false
}

/// The types that a value may be one of with nothing around it.
fn bare_of<'a>(shape: &'a Shape, out: &mut Vec<&'a str>) {
    match shape {
        Shape::Newtype(inner) => bare_type(inner, out),
        Shape::Struct(fields) => {
            for field in fields.iter().filter(|field| field.flatten) {
                bare_type(&field.ty, out);
            }
        }
        Shape::Enum { tagging: Tagging::Untagged | Tagging::Internal { .. }, variants } => {
            for variant in variants {
                bare_of(&variant.shape, out);
            }
        }
        Shape::Tuple(_) | Shape::Unit | Shape::Enum { .. } => {}
    }
}

fn bare_type<'a>(ty: &'a Type, out: &mut Vec<&'a str>) {
    match ty {
        Type::Named(name) => out.push(name),
        Type::Option(inner) => bare_type(inner, out),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::Options;
    use crate::contract::Contract;
    use serde_json::{Value, json};

    /// What is said of a contract with these types, each with its form.
    #[expect(clippy::needless_pass_by_value, reason = "it is written as `json!(…)`")]
    fn said(types: Value) -> Vec<String> {
        let types = types.as_object().into_iter().flatten();
        let types: Vec<_> = types.map(|(name, shape)| json!({ "name": name, "shape": shape })).collect();
        let contract = json!({
            "contract": 2, "name": "shop", "version": "1.0.0", "operations": [], "sets": [], "errors": [], "types": types,
        });
        let contract: Contract = serde_json::from_value(contract).expect("a contract");
        match crate::emitted(&contract, &Options::default()) {
            Ok(_) => Vec::new(),
            Err(failed) => failed.diagnostics().iter().map(|one| one.message().to_owned()).collect(),
        }
    }

    #[test]
    fn a_contract_from_elsewhere_is_asked_too() {
        let named = |name: &str| json!({ "named": name });
        let held = |ty: Value, flatten: bool| json!({ "struct": [{ "name": "held", "ty": ty, "flatten": flatten }] });
        let one_of = |shape: Value| {
            let variants = [
                json!({ "name": "Again", "ident": "Again", "shape": shape }),
                json!({ "name": "End", "ident": "End", "shape": "unit" }),
            ];
            json!({ "enum": { "tagging": "untagged", "variants": variants } })
        };
        let without_value = said(json!({
            "A": { "newtype": named("B") }, "B": { "tuple": [named("A")] }, "C": held(named("C"), false),
        }));
        assert_eq!(without_value.len(), 3, "{without_value:?}");
        assert!(without_value.iter().all(|text| text.contains("holds itself without an end")), "{without_value:?}");
        let itself = said(json!({
            "D": { "newtype": { "option": named("D") } },
            "E": one_of(json!({ "newtype": named("E") })),
            "F": held(json!({ "option": named("F") }), true),
        }));
        assert_eq!(itself.len(), 3, "{itself:?}");
        assert!(itself.iter().all(|text| text.contains("is nothing but itself")), "{itself:?}");
        let fine = said(json!({
            "G": { "newtype": { "list": named("G") } },
            "H": held(json!({ "option": named("H") }), false),
            "I": one_of(json!({ "newtype": { "list": named("I") } })),
            "J": { "newtype": named("G") },
        }));
        assert_eq!(fine, [] as [String; 0]);
    }
}
