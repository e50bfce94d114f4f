//! Conditional compilation: whether rustc keeps an item, and which attributes it has.

use proc_macro2::Span;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{Attribute, LitBool, Meta, Token};

/// What the `cfg`s of an item say.
pub(crate) enum Condition {
    Always,
    /// For tests alone, or for nobody.
    Never,
    /// It depends on features or the target; where that is said.
    Depends(Span),
}

/// Reads the `cfg`s among attributes.
pub(crate) fn condition(attrs: &[Attribute]) -> Condition {
    let mut depends = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("cfg")) {
        match attr.parse_args::<Predicate>().ok().and_then(|predicate| predicate.holds()) {
            Some(true) => {}
            Some(false) => return Condition::Never,
            None => depends = depends.or(Some(attr.path().span())),
        }
    }
    depends.map_or(Condition::Always, Condition::Depends)
}

/// The `cfg_attr` that brings an attribute of a name, such as `serde`, or another that holds the name.
pub(crate) fn conditional(attrs: &[Attribute], name: &str) -> Option<Span> {
    let attr = attrs.iter().find(|attr| {
        let parts = parts(attr).unwrap_or_default();
        parts.iter().skip(1).any(|part| part.is(name))
    });
    attr.map(|attr| attr.path().span())
}

/// The one condition under which a `cfg_attr` derives a trait; nothing where there are several, of which any may hold.
pub(crate) fn derived_if(attrs: &[Attribute], derives: impl Fn(&[Attribute]) -> bool) -> Option<String> {
    let mut conditions = attrs.iter().filter_map(|attr| {
        let mut parts = parts(attr)?.into_iter();
        let condition = parts.next().filter(|condition| condition.holds() != Some(false))?;
        derives(&attributes(attr, parts)).then(|| condition.text())
    });
    let first = conditions.next()?;
    conditions.all(|other| other == first).then_some(first)
}

/// Gives an item, its fields and its variants the attributes that they have where a condition holds.
pub(crate) struct Assume<'a>(pub(crate) &'a str);

impl VisitMut for Assume<'_> {
    fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
        let holds = |condition: Option<&Predicate>| condition.is_some_and(|condition| condition.text() == self.0);
        *attrs = std::mem::take(attrs)
            .into_iter()
            .flat_map(|attr| match parts(&attr) {
                Some(parts) if holds(parts.first()) => attributes(&attr, parts.into_iter().skip(1)),
                _ if attr.path().is_ident("cfg") && holds(attr.parse_args().ok().as_ref()) => Vec::new(),
                _ => vec![attr],
            })
            .collect();
    }
}

/// The condition of a `cfg_attr` and what stands behind it.
fn parts(attr: &Attribute) -> Option<Vec<Predicate>> {
    let Meta::List(list) = &attr.meta else { return None };
    let parts = list
        .path
        .is_ident("cfg_attr")
        .then(|| list.parse_args_with(Punctuated::<Predicate, Token![,]>::parse_terminated));
    Some(parts?.ok()?.into_iter().collect())
}

/// What stands behind a `cfg_attr`'s condition, as attributes of their own.
fn attributes(attr: &Attribute, parts: impl Iterator<Item = Predicate>) -> Vec<Attribute> {
    let metas = parts.filter_map(|part| match part {
        Predicate::Meta(meta) => Some(*meta),
        Predicate::Literal(_) => None,
    });
    metas.map(|meta| Attribute { meta, ..attr.clone() }).collect()
}

/// A predicate of `cfg`, or an attribute behind one in `cfg_attr`.
enum Predicate {
    Literal(bool),
    Meta(Box<Meta>),
}

impl Parse for Predicate {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitBool) {
            return Ok(Self::Literal(input.parse::<LitBool>()?.value));
        }
        Ok(Self::Meta(Box::new(input.parse()?)))
    }
}

impl Predicate {
    /// Whether it holds where a function is built; `None` if that depends on more than what is written.
    fn holds(&self) -> Option<bool> {
        let list = match self {
            Self::Literal(literal) => return Some(*literal),
            Self::Meta(meta) => match &**meta {
                Meta::Path(path) if path.is_ident("test") => return Some(false),
                Meta::List(list) => list,
                _ => return None,
            },
        };
        let inner = list.parse_args_with(Punctuated::<Self, Token![,]>::parse_terminated).ok()?;
        let mut inner = inner.iter().map(Self::holds);
        match list.path.get_ident()?.to_string().as_str() {
            "not" => inner.next()?.map(|holds| !holds),
            "all" => all(inner),
            "any" => all(inner.map(|holds| holds.map(|holds| !holds))).map(|none| !none),
            _ => None,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Literal(literal) => literal.to_string(),
            Self::Meta(meta) => meta.to_token_stream().to_string(),
        }
    }

    fn is(&self, name: &str) -> bool {
        matches!(self, Self::Meta(meta) if meta.path().segments.last().is_some_and(|last| last.ident == name))
    }
}

/// Whether all hold: one that does not decides, whatever the others are.
fn all(conditions: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let conditions: Vec<_> = conditions.collect();
    if conditions.contains(&Some(false)) { Some(false) } else { (!conditions.contains(&None)).then_some(true) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_decides_where_it_can() {
        let holds = |text: &str| syn::parse_str::<Predicate>(text).unwrap().holds();
        for text in ["true", "all()", "not(test)", "any(unix, true)", "not(any())", "not(all(test, unix))"] {
            assert_eq!(holds(text), Some(true), "{text}");
        }
        for text in ["false", "test", "any()", "all(test, feature = \"x\")", "not(true)", "any(test, false)"] {
            assert_eq!(holds(text), Some(false), "{text}");
        }
        for text in ["unix", "feature = \"x\"", "any(test, unix)", "all(not(test), unix)", "not(unix)", "version(1)"] {
            assert_eq!(holds(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_cfg_attr_brings_is_found() {
        let found = |text: &str| {
            let item: syn::ItemStruct = syn::parse_str(&format!("{text} struct S;")).unwrap();
            conditional(&item.attrs, "serde").is_some()
        };
        assert!(found("#[cfg_attr(all(), derive(Clone), serde(rename_all = \"camelCase\"))]"));
        assert!(!found("#[cfg_attr(feature = \"serde\", derive(Clone))] #[serde(transparent)]"));
    }
}
