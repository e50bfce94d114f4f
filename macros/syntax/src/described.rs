//! `#[api_error(as = "…")]` on a field of a serde type, under `#[derive(Described)]`.

use crate::Errors;
use crate::attr::{Entries, Place};
use proc_macro2::Span;
use syn::{Attribute, Data, DeriveInput};

/// What a field says that it is on the wire, and where.
pub fn described_as(attrs: &[Attribute], errors: &mut Errors) -> Option<(String, Span)> {
    let entries = Entries::parse(attrs, Place::Field, errors);
    for name in entries.names().filter(|name| *name != "as") {
        let text =
            "a field of a serde type says `as = \"…\"` alone; how it is named and whether it is skipped is serde's";
        errors.span(name.span(), text);
    }
    entries.wire_type("as", errors)
}

/// Reads every field of a type that derives `Described`. What is wrong lands in `errors`.
pub fn described(input: &DeriveInput, errors: &mut Errors) {
    let check = |fields: &syn::Fields, errors: &mut Errors| {
        for field in fields {
            described_as(&field.attrs, errors);
        }
    };
    match &input.data {
        Data::Struct(data) => check(&data.fields, errors),
        Data::Enum(data) => data.variants.iter().for_each(|variant| check(&variant.fields, errors)),
        Data::Union(data) => errors.at(data.union_token, "`Described` is derived on a struct or an enum"),
    }
}
