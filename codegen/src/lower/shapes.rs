//! The forms of structs, enums and their variants, by serde's attributes.

use super::naming::member;
use super::serde::Side;
use super::types::{Env, written};
use super::{Cx, Place, known, serde, unraw};
use crate::contract::{Field, Shape, Tagging, Type, Variant};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::source::{Found, ModuleId, resolve};
use std::sync::Arc;
use syn::Fields;
use syn::spanned::Spanned;
use throwback_syntax::{Case, Docs, Errors, described_as};

/// Where a described item stands.
pub(super) struct At<'a> {
    pub(super) module: ModuleId,
    pub(super) file: &'a Arc<SourceFile>,
    pub(super) env: &'a Env,
    /// What the configuration calls it: `Order`, or `Order.Placed` for a variant.
    pub(super) name: &'a str,
    pub(super) is_variant: bool,
}

impl At<'_> {
    fn place(&self, tokens: &impl Spanned) -> Place {
        Place { file: Arc::clone(self.file), span: tokens.span() }
    }

    /// The type of a field: what the configuration says of it, or what stands there if nothing hides what that is.
    fn field(&self, cx: &mut Cx<'_>, name: &str, attrs: &serde::Field, field: &syn::Field) -> Option<Type> {
        let ty = &field.ty;
        let mut errors = Errors::new();
        let said = described_as(&field.attrs, &mut errors);
        cx.errors.take(self.file, errors);
        if let Some((text, span)) = said {
            let place = Place { file: Arc::clone(self.file), span };
            return written(cx, self.module, &place, &known::described(&text)?, self.env);
        }
        let path = format!("{}.{name}", self.name);
        if let Some((given, _)) = cx.given.get(&path) {
            let given = given.clone();
            return written(cx, self.module, &self.place(ty), &given, &Env::new());
        }
        if let Some(with) = &attrs.with {
            let path: Vec<_> = with.split("::").map(|name| name.trim().to_owned()).collect();
            if let Some(ty) = described_by(cx, self.module, &path) {
                return Some(ty);
            }
        }
        if let Some(opaque) = &attrs.opaque {
            hidden(cx, &self.place(ty), &format!("`{path}`"), opaque, &path);
            return None;
        }
        written(cx, self.module, &self.place(ty), ty, self.env)
    }
}

/// What a module of `#[serde(with = "…")]` writes, if that is known.
pub(super) fn described_by(cx: &Cx<'_>, module: ModuleId, path: &[String]) -> Option<Type> {
    match resolve(cx.crates, module, path) {
        Found::Outside(whole) => known::module(&whole),
        Found::Item { .. } | Found::Either(_) => None,
    }
}

/// The form of a struct or of a variant's fields, with the fields' Rust names.
pub(super) fn structure(
    cx: &mut Cx<'_>,
    at: &At<'_>,
    fields: &Fields,
    container: &serde::Container,
) -> Option<(Shape, Vec<String>)> {
    match fields {
        Fields::Unit => Some((Shape::Unit, Vec::new())),
        Fields::Unnamed(fields) => {
            let mut elements = Vec::new();
            let (mut kept, mut whole) = (0, true);
            for field in &fields.unnamed {
                let found = cx.kept(at.file, &field.attrs, "field");
                whole &= found.is_some();
                if found != Some(true) {
                    continue;
                }
                kept += 1;
                let mut attrs = serde::field(&field.attrs, cx.names.side);
                if attrs.skipped_by_value {
                    attrs.opaque.get_or_insert_with(|| "skip_serializing_if".to_owned());
                }
                if attrs.skip || container.transparent && is_phantom(&field.ty) {
                    continue;
                }
                let element = at.field(cx, &(kept - 1).to_string(), &attrs, field);
                if container.without_none && matches!(element, Some(Type::Option(_))) {
                    hidden(cx, &at.place(&field.ty), &format!("`{}`", at.name), "skip_serializing_none", at.name);
                    whole = false;
                }
                match element {
                    Some(element) => elements.push(element),
                    None => whole = false,
                }
            }
            if !whole {
                return None;
            }
            let shape = match (kept, elements.len()) {
                // serde writes a newtype as what it holds, and one that holds something beside it as a list.
                (1, 1) => Shape::Newtype(elements.remove(0)),
                (_, 1) if container.transparent => Shape::Newtype(elements.remove(0)),
                // A variant without its only field is written as one that has none.
                (1, 0) if at.is_variant => Shape::Unit,
                (1, 0) => {
                    let text = "the only field of a struct can't be skipped: serde writes it all the same";
                    cx.mistake(&at.place(fields), text);
                    return None;
                }
                _ => Shape::Tuple(elements),
            };
            Some((shape, Vec::new()))
        }
        Fields::Named(fields) => {
            let (mut members, mut idents) = (Vec::new(), Vec::new());
            let mut whole = true;
            // The tag of a struct is one more member, which is written and read by nobody.
            if let Some(tag) = container.tag.as_ref().filter(|_| !at.is_variant && cx.names.side == Side::Written) {
                members.push(member(tag, Type::STRING));
                idents.push(String::new());
            }
            for field in &fields.named {
                let found = cx.kept(at.file, &field.attrs, "field");
                whole &= found.is_some();
                if found != Some(true) {
                    continue;
                }
                let attrs = serde::field(&field.attrs, cx.names.side);
                let hidden = attrs.skip || container.transparent && is_phantom(&field.ty);
                let Some(ident) = field.ident.as_ref().filter(|_| !hidden) else { continue };
                let Some(ty) = at.field(cx, &unraw(ident), &attrs, field) else {
                    whole = false;
                    continue;
                };
                let name =
                    attrs.rename.unwrap_or_else(|| container.rename_all.unwrap_or(Case::Snake).field(&unraw(ident)));
                members.push(Field {
                    name,
                    docs: Docs::parse(&field.attrs).text(),
                    optional: attrs.optional || container.default || matches!(ty, Type::Option(_)),
                    ty,
                    flatten: attrs.flatten,
                    header: None,
                });
                idents.push(unraw(ident));
            }
            if container.transparent && members.len() == 1 {
                return Some((Shape::Newtype(members.remove(0).ty), Vec::new()));
            }
            whole.then_some((Shape::Struct(members), idents))
        }
    }
}

/// Says that an attribute hides what stands on the wire, and what the configuration would call it.
pub(super) fn hidden(cx: &mut Cx<'_>, place: &Place, what: &str, attribute: &str, path: &str) {
    let written = match attribute {
        "apply" | "serde_as" | "skip_serializing_none" => attribute.to_owned(),
        word => format!("serde({word} …)"),
    };
    let text = format!("{what} says `#[{written}]`, so what it is on the wire can't be seen");
    let help = format!(
        "say what it is: `#[api_error(as = \"string\")]` on a field, under `#[derive(throwback::Described)]`, or in \
         throwback.toml `[types]` `\"{path}\" = \"string\"`"
    );
    let diagnostic = Diagnostic::new(text).at(&place.file, place.span.byte_range(), "").help(help);
    cx.errors.push(diagnostic);
}

/// Whether a type is `PhantomData`, which a transparent struct does not count.
fn is_phantom(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "PhantomData"))
}

pub(super) fn enumeration(
    cx: &mut Cx<'_>,
    at: &At<'_>,
    item: &syn::ItemEnum,
    container: &serde::Container,
) -> Option<Shape> {
    let tagging = match (&container.tag, &container.content, container.untagged) {
        (_, _, true) => Tagging::Untagged,
        (Some(tag), Some(content), _) => Tagging::Adjacent { tag: tag.clone(), content: content.clone() },
        (Some(tag), None, _) => Tagging::Internal { tag: tag.clone() },
        _ => Tagging::External,
    };
    let mut variants = Vec::new();
    let mut whole = true;
    for variant in &item.variants {
        let found = cx.kept(at.file, &variant.attrs, "variant");
        whole &= found.is_some();
        let mut attrs = serde::container(&variant.attrs, cx.names.side);
        if found != Some(true) || attrs.skip {
            continue;
        }
        let ident = unraw(&variant.ident);
        let opaque = attrs.opaque.clone().or_else(|| attrs.untagged.then(|| "untagged".to_owned()));
        if let Some(opaque) = opaque {
            hidden(cx, &at.place(&variant.ident), &format!("the variant `{ident}`"), &opaque, at.name);
            whole = false;
            continue;
        }
        attrs.rename_all = attrs.rename_all.or(container.rename_all_fields);
        attrs.without_none |= container.without_none;
        let name = attrs.rename.clone().unwrap_or_else(|| container.rename_all.unwrap_or(Case::Pascal).variant(&ident));
        let name_of = format!("{}.{ident}", at.name);
        match structure(cx, &At { name: &name_of, is_variant: true, ..*at }, &variant.fields, &attrs) {
            Some((Shape::Unit, _))
                if cx.names.side == Side::Read
                    && matches!(tagging, Tagging::Adjacent { .. })
                    && !matches!(variant.fields, Fields::Unit) =>
            {
                let text = "the only field of a variant beside its tag can't be skipped in an input: serde does not read \
                            what it writes of it";
                cx.mistake(&at.place(&variant.ident), text);
                whole = false;
            }
            Some((shape, _)) => variants.push(Variant { name, ident, docs: Docs::parse(&variant.attrs).text(), shape }),
            None => whole = false,
        }
    }
    whole.then_some(Shape::Enum { tagging, variants })
}
