//! `#[api_error(…)]`: its entries, where each belongs, and what its value may be.

use crate::{Case, Errors, HeaderName, Retry, Status};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{Attribute, Ident, LitInt, LitStr, Meta, Path, Type};

/// Where an attribute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Enum,
    Variant,
    Field,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Enum => "an enum",
            Self::Variant => "a variant",
            Self::Field => "a field",
        }
    }
}

/// Every attribute: its name, where it belongs, and how it is written.
const KNOWN: [(&str, Place, &str); 22] = [
    ("rename_all", Place::Enum, "rename_all = \"camelCase\""),
    ("code_case", Place::Enum, "code_case = \"snake_case\""),
    ("tuple", Place::Enum, "tuple = \"value\""),
    ("own_diagnostic", Place::Enum, "own_diagnostic"),
    ("own_response", Place::Enum, "own_response"),
    ("message", Place::Enum, "message"),
    ("docs", Place::Enum, "docs = \"https://…\""),
    ("crate", Place::Enum, "crate = \"path::to::throwback\""),
    ("status", Place::Variant, "status = 404"),
    ("code", Place::Variant, "code = \"OrderNotFound\""),
    ("title", Place::Variant, "title = \"…\""),
    ("retry", Place::Variant, "retry = backoff"),
    ("expose", Place::Variant, "expose"),
    ("internal", Place::Variant, "internal"),
    ("help", Place::Variant, "help = \"https://…\""),
    ("flatten", Place::Variant, "flatten"),
    ("deprecated", Place::Variant, "deprecated"),
    ("skip", Place::Field, "skip"),
    ("rename", Place::Field, "rename = \"…\""),
    ("retry_after", Place::Field, "retry_after"),
    ("header", Place::Field, "header = \"X-Name\""),
    ("as", Place::Field, "as = \"string\""),
];

/// One `name` or `name = value`.
pub(crate) struct Entry {
    pub(crate) name: Ident,
    value: Option<TokenStream>,
}

/// The entries of one item, each known, in its place and given once.
pub(crate) struct Entries {
    list: Vec<Entry>,
    /// Whether something could not be read: it may be the very entry that seems to be missing.
    pub(crate) unread: bool,
}

impl Entries {
    /// Reads every `#[api_error(…)]` of an item at `place`.
    pub(crate) fn parse(attrs: &[Attribute], place: Place, errors: &mut Errors) -> Self {
        let mut list: Vec<Entry> = Vec::new();
        let mut unread = false;
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("api_error")) {
            let Meta::List(written) = &attr.meta else {
                errors.at(attr.path(), format!("`api_error` takes its entries in parentheses: {}", examples(place)));
                unread = true;
                continue;
            };
            let found = errors.len();
            let entries = split(&written.tokens, place, errors);
            unread |= errors.len() > found;
            for entry in entries {
                if let Some(first) = list.iter().find(|known| known.name == entry.name) {
                    let text = format!("`{}` is given twice", entry.name);
                    errors.span_and(entry.name.span(), text, first.name.span(), "first given here");
                } else if known(&entry.name, place, errors) {
                    list.push(entry);
                } else {
                    unread |= !KNOWN.iter().any(|(known, ..)| entry.name == known);
                }
            }
        }
        Self { list, unread }
    }

    /// Where `name` is given, if it is.
    pub(crate) fn span(&self, name: &str) -> Option<Span> {
        self.list.iter().find(|entry| entry.name == name).map(|entry| entry.name.span())
    }

    /// Every entry's name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Ident> {
        self.list.iter().map(|entry| &entry.name)
    }

    /// Whether the word `name` is given; a value after it is a mistake.
    pub(crate) fn flag(&self, name: &str, errors: &mut Errors) -> bool {
        let Some(entry) = self.list.iter().find(|entry| entry.name == name) else {
            return false;
        };
        if let Some(value) = &entry.value {
            entry.at(value, format!("`{name}` takes no value"), errors);
        }
        true
    }

    /// The text given for `name`, with its place.
    pub(crate) fn text(&self, name: &str, errors: &mut Errors) -> Option<LitStr> {
        let entry = self.list.iter().find(|entry| entry.name == name)?;
        let parsed = entry.value.clone().and_then(|value| syn::parse2::<LitStr>(value).ok());
        if parsed.is_none() {
            entry.refuse(errors);
        }
        parsed.filter(|text| {
            let blank = text.value().trim().is_empty();
            if blank {
                errors.span(text.span(), format!("`{name}` is empty: write something, or leave it out"));
            }
            !blank
        })
    }

    /// The status given.
    pub(crate) fn status(&self, errors: &mut Errors) -> Option<Status> {
        let entry = self.list.iter().find(|entry| entry.name == "status")?;
        let Some(literal) = entry.value.clone().and_then(|value| syn::parse2::<LitInt>(value).ok()) else {
            entry.refuse(errors);
            return None;
        };
        Status::from_digits(literal.base10_digits()).map_err(|why| errors.at(&entry.value, why)).ok()
    }

    /// The path given for `name`.
    pub(crate) fn path(&self, name: &str, errors: &mut Errors) -> Option<Path> {
        let text = self.text(name, errors)?;
        let path = text.parse().ok();
        if path.is_none() {
            errors.span(text.span(), format!("`{}` is no path: `{name}` names the crate in Rust", text.value()));
        }
        path
    }

    /// The type on the wire given for `name`: one of a few words, or a Rust type.
    pub(crate) fn wire_type(&self, name: &str, errors: &mut Errors) -> Option<(String, Span)> {
        let text = self.text(name, errors)?;
        let value = text.value();
        if syn::parse_str::<Type>(&value).is_err() {
            let why =
                format!("`{value}` is no type: take `string`, `integer`, `number`, `boolean`, `any` or a Rust type");
            errors.span(text.span(), why);
        }
        Some((value, text.span()))
    }

    /// The retry advice given.
    pub(crate) fn retry(&self, errors: &mut Errors) -> Option<Retry> {
        let entry = self.list.iter().find(|entry| entry.name == "retry")?;
        let Some(word) = entry.value.clone().and_then(|value| syn::parse2::<Ident>(value).ok()) else {
            entry.refuse(errors);
            return None;
        };
        let retry = Retry::from_word(&word.to_string());
        if retry.is_none() {
            let words = Retry::WORDS.map(|word| format!("`{word}`")).join(", ");
            errors.span(word.span(), format!("unknown retry advice `{word}`: it is one of {words}"));
        }
        retry
    }

    /// The case given for `name`.
    pub(crate) fn case(&self, name: &str, errors: &mut Errors) -> Option<Case> {
        let text = self.text(name, errors)?;
        Case::from_word(&text.value()).map_err(|why| errors.span(text.span(), why)).ok()
    }

    /// The header given.
    pub(crate) fn header(&self, errors: &mut Errors) -> Option<HeaderName> {
        let text = self.text("header", errors)?;
        HeaderName::new(&text.value()).map_err(|why| errors.span(text.span(), why)).ok()
    }

    /// The web address given for `name`.
    pub(crate) fn address(&self, name: &str, errors: &mut Errors) -> Option<String> {
        let text = self.text(name, errors)?;
        let value = text.value();
        let fits = is_address(&value);
        if !fits {
            errors.span(
                text.span(),
                format!("`{name}` is an address: it starts with `https://` and holds no spaces or quotes"),
            );
        }
        fits.then_some(value)
    }
}

/// Whether a text is the address of documentation: it can stand in a link, whatever is around it.
pub fn is_address(text: &str) -> bool {
    ["https://", "http://", "urn:"].iter().any(|scheme| text.starts_with(scheme))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'))
}

impl Entry {
    fn refuse(&self, errors: &mut Errors) {
        let form = KNOWN.iter().find(|(name, ..)| self.name == name).map_or("", |(.., form)| form);
        let text = format!("`{}` is written `{form}`", self.name);
        self.at(self.value.as_ref().unwrap_or(&TokenStream::new()), text, errors);
    }

    /// A mistake on the value, or on the name where nothing follows it.
    fn at(&self, value: &TokenStream, text: String, errors: &mut Errors) {
        if value.is_empty() { errors.span(self.name.span(), text) } else { errors.at(value, text) }
    }
}

/// Whether `name` is known and stands where it belongs.
fn known(name: &Ident, place: Place, errors: &mut Errors) -> bool {
    let Some((_, belongs, form)) = KNOWN.iter().find(|(known, ..)| name == known) else {
        let text = name.to_string();
        let near =
            KNOWN.iter().filter(|(_, at, _)| *at == place).map(|(known, ..)| *known).find(|known| close(known, &text));
        let hint = near.map_or_else(
            || format!("{} takes {}", place.name(), examples(place)),
            |near| format!("did you mean `{near}`?"),
        );
        errors.span(name.span(), format!("unknown attribute `{name}`: {hint}"));
        return false;
    };
    if *belongs != place {
        errors.span(name.span(), format!("`{name}` belongs on {}, not on {}: `{form}`", belongs.name(), place.name()));
        return false;
    }
    true
}

/// Whether two names are one slip apart: a letter more, fewer, other, or two swapped.
fn close(known: &str, given: &str) -> bool {
    let (a, b) = (known.as_bytes(), given.as_bytes());
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let suffix = a[prefix..].iter().rev().zip(b[prefix..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[prefix..a.len() - suffix], &b[prefix..b.len() - suffix]);
    let swapped = rest_a.len() == 2 && rest_b.len() == 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0];
    (rest_a.len() <= 1 && rest_b.len() <= 1) || swapped
}

fn examples(place: Place) -> String {
    let names: Vec<_> = KNOWN.iter().filter(|(_, at, _)| *at == place).map(|(.., form)| format!("`{form}`")).collect();
    names.join(", ")
}

/// Cuts the tokens between the parentheses at their commas.
fn split(tokens: &TokenStream, place: Place, errors: &mut Errors) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut tokens = tokens.clone().into_iter().peekable();
    while tokens.peek().is_some() {
        let piece: Vec<TokenTree> = tokens.by_ref().take_while(|token| !is_punct(token, ',')).collect();
        match piece.as_slice() {
            [TokenTree::Ident(name)] => entries.push(Entry { name: name.clone(), value: None }),
            [TokenTree::Ident(name), equals, value @ ..] if is_punct(equals, '=') => {
                entries.push(Entry { name: name.clone(), value: Some(value.iter().cloned().collect()) });
            }
            [TokenTree::Ident(name), TokenTree::Group(value)] => {
                errors.span(value.span(), format!("`{name}` takes its value after `=`, not in parentheses"));
            }
            [] => {}
            other => {
                let text = format!("this is no entry: {} takes {}", place.name(), examples(place));
                errors.at(other.iter().cloned().collect::<TokenStream>(), text);
            }
        }
    }
    entries
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}
