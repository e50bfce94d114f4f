//! What an author says to serde of an error's field. `with` is followed: it is how the value is written. Every other word
//! has one of `api_error`'s that has to be said, for what is neither followed nor refused would be forgotten in silence.

use crate::Errors;
use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Attribute, LitStr, Path, Token};

/// The function that writes a field in its type's place, as in `#[serde(with = "time::serde::rfc3339")]`.
pub(crate) fn with(attrs: &[Attribute]) -> Option<Path> {
    let mut found = None;
    each(attrs, |word, value| {
        let path = value.and_then(|text| text.parse::<Path>().ok());
        match &*word.to_token_stream().to_string() {
            "with" => {
                found = path.map(|mut path| {
                    path.segments.push(syn::Ident::new("serialize", word.span()).into());
                    path
                });
            }
            "serialize_with" => found = path,
            _ => {}
        }
    });
    found
}

/// Refuses the words that are not followed on a field that callers see.
pub(crate) fn refused(attrs: &[Attribute], renamed: bool, errors: &mut Errors) {
    if renamed {
        return;
    }
    each(attrs, |word, value| {
        let name = word.to_token_stream().to_string();
        let remedy = match (&*name, value) {
            ("skip" | "skip_serializing", _) => "keep the field in the function with `#[api_error(skip)]`".to_owned(),
            ("rename", Some(value)) => {
                format!("name the field with `#[api_error(rename = {})]`", value.token())
            }
            ("rename", None) => "name the field with `#[api_error(rename = \"…\")]`".to_owned(),
            ("flatten", _) => "name the field with `#[api_error(rename = \"…\")]`, or write its members out".to_owned(),
            _ => return,
        };
        errors.at(word, format!("`ApiError` does not follow serde's `{name}`: {remedy}"));
    });
}

/// Each word, with the text behind it. What can't be read serde refuses.
fn each(attrs: &[Attribute], mut word: impl FnMut(&Path, Option<&LitStr>)) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let _ = attr.parse_nested_meta(|meta| {
            let mut text = None;
            if meta.input.peek(Token![=]) {
                let value = meta.value()?;
                text = if value.peek(LitStr) { Some(value.parse::<LitStr>()?) } else { None };
            } else if meta.input.peek(syn::token::Paren) {
                meta.input.parse::<TokenTree>()?;
            }
            word(&meta.path, text.as_ref());
            Ok(())
        });
    }
}
