//! Names of described types: the item's own, its parameters behind it, and of types that stand in no source what they are
//! made of.

use super::{Cx, Key, Place};
use crate::contract::{Field, Shape, Type, TypeDef};
use crate::diagnostic::Diagnostic;
use heck::ToUpperCamelCase;
use std::collections::HashMap;

/// A name of its own for a described type: the item's, its parameters behind it, its module before it if need be.
pub(super) fn name(cx: &mut Cx<'_>, ((module, ident), arguments): &(Key, Vec<Type>), here: &Place) -> String {
    let plain: String = [ident.clone()].into_iter().chain(arguments.iter().map(word)).collect();
    let name = if cx.names.taken.contains_key(&plain) {
        cx.crates.get(*module).name.to_upper_camel_case() + &plain
    } else {
        plain
    };
    if let Some(first) = cx.names.taken.get(&name).cloned() {
        let text = format!("two types would be named `{name}`: rename one of them");
        let diagnostic = Diagnostic::new(text).at(&here.file, here.span.byte_range(), "").at(
            &first.file,
            first.span.byte_range(),
            "the first is here",
        );
        cx.errors.push(diagnostic);
    }
    cx.names.taken.insert(name.clone(), here.clone());
    name
}

/// A type in one word, for the name of a generic one.
pub(super) fn word(ty: &Type) -> String {
    match ty {
        Type::Named(name) => name.clone(),
        Type::Bool => "Bool".to_owned(),
        Type::Int { bits, signed } => format!("{}{bits}", if *signed { "I" } else { "U" }),
        Type::Float { bits } => format!("F{bits}"),
        Type::Char => "Char".to_owned(),
        Type::String { .. } => "String".to_owned(),
        Type::Option(inner) => format!("Optional{}", word(inner)),
        Type::List(inner) => format!("{}List", word(inner)),
        Type::Set(inner) => format!("{}Set", word(inner)),
        Type::Map { value, .. } => format!("{}Map", word(value)),
        Type::Tuple(elements) => elements.iter().map(word).collect(),
        Type::Duration => "Duration".to_owned(),
        Type::Any => "Any".to_owned(),
        Type::Unit => "Unit".to_owned(),
    }
}

/// A member of a type that stands in no source.
pub(super) fn member(name: &str, ty: Type) -> Field {
    Field { name: name.to_owned(), docs: String::new(), ty, optional: false, flatten: false, header: None }
}

/// A type that stands in no source, by a name that says what it is made of.
pub(super) fn made(cx: &mut Cx<'_>, place: &Place, mut name: String, shape: Shape) -> Type {
    while let Some(def) = cx.types.iter().find(|def| def.name == name) {
        if def.shape == shape {
            return Type::Named(name);
        }
        // The source has another of that name.
        name.insert_str(0, "Std");
    }
    cx.names.taken.insert(name.clone(), place.clone());
    cx.types.push(TypeDef { name: name.clone(), docs: String::new(), shape });
    Type::Named(name)
}

/// A model is named by the letters and digits of its type's name alone: they have to tell it from all others.
pub(super) fn distinct_models(cx: &mut Cx<'_>) {
    let mut known: HashMap<String, String> = HashMap::new();
    let types: Vec<_> = cx.types.iter().map(|def| def.name.clone()).collect();
    for name in types {
        let Some(place) = cx.names.taken.get(&name).cloned() else { continue };
        let model = crate::check::model_name(&name);
        if model.is_empty() {
            let text =
                format!("the type `{name}` has no letter or digit of ASCII, which a model's name needs: rename it");
            cx.mistake(&place, text);
        } else if let Some(first) = known.insert(model, name.clone()) {
            let text = format!(
                "the types `{first}` and `{name}` would have one model, whose name takes letters and digits of ASCII \
                 alone: rename one of them"
            );
            cx.mistake(&place, text);
        }
    }
}
