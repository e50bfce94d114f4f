//! serde's attributes, as far as they decide what stands on the wire.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, LitStr, Token};
use throwback_syntax::Case;

/// Attributes of a struct, an enum or a variant.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each word of serde's")]
pub(super) struct Container {
    pub(super) rename: Option<String>,
    pub(super) rename_all: Option<Case>,
    pub(super) rename_all_fields: Option<Case>,
    pub(super) default: bool,
    pub(super) transparent: bool,
    pub(super) untagged: bool,
    pub(super) skip: bool,
    pub(super) tag: Option<String>,
    pub(super) content: Option<String>,
    /// An attribute behind which serde's own rules end.
    pub(super) opaque: Option<String>,
}

/// Attributes of a field.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each word of serde's")]
pub(super) struct Field {
    pub(super) rename: Option<String>,
    pub(super) optional: bool,
    pub(super) skip: bool,
    pub(super) flatten: bool,
    pub(super) alias: bool,
    /// An attribute behind which serde's own rules end.
    pub(super) opaque: Option<String>,
}

/// Reads a container's attributes. serde itself reports what is malformed, when the crate is compiled.
pub(super) fn container(attrs: &[Attribute]) -> Container {
    let mut found = Container::default();
    each(attrs, |name, meta| {
        match name {
            "rename" => found.rename = text(meta)?,
            "rename_all" => found.rename_all = text(meta)?.and_then(|word| Case::from_word(&word).ok()),
            "rename_all_fields" => found.rename_all_fields = text(meta)?.and_then(|word| Case::from_word(&word).ok()),
            "default" => found.default = true,
            "transparent" => found.transparent = true,
            "untagged" => found.untagged = true,
            "skip" | "skip_serializing" => found.skip = true,
            "tag" => found.tag = text(meta)?,
            "content" => found.content = text(meta)?,
            "into" | "from" | "try_from" | "with" | "serialize_with" | "deserialize_with" => {
                found.opaque = Some(name.to_owned());
            }
            _ => {}
        }
        Ok(())
    });
    found
}

/// Reads a field's attributes.
pub(super) fn field(attrs: &[Attribute]) -> Field {
    let mut found = Field::default();
    each(attrs, |name, meta| {
        match name {
            "rename" => found.rename = text(meta)?,
            "default" | "skip_serializing_if" | "skip_serializing" | "skip_deserializing" => found.optional = true,
            "skip" => found.skip = true,
            "flatten" => found.flatten = true,
            "alias" => found.alias = true,
            "with" | "serialize_with" | "deserialize_with" => found.opaque = Some(name.to_owned()),
            _ => {}
        }
        Ok(())
    });
    found
}

fn each(attrs: &[Attribute], mut entry: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<()>) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        // What can't be read ends this attribute; serde refuses it too.
        let _ = attr.parse_nested_meta(|meta| {
            let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            entry(&name, &meta)?;
            // Whatever the entry left: a value, or parentheses.
            if meta.input.peek(Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            } else if meta.input.peek(syn::token::Paren) {
                meta.input.parse::<proc_macro2::Group>()?;
            }
            Ok(())
        });
    }
}

/// The text after `=`, or the one for serializing in `rename(serialize = "…", deserialize = "…")`.
fn text(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<String>> {
    if meta.input.peek(Token![=]) {
        return Ok(Some(meta.value()?.parse::<LitStr>()?.value()));
    }
    let mut found = None;
    meta.parse_nested_meta(|inner| {
        let value = inner.value()?.parse::<LitStr>()?.value();
        if found.is_none() || inner.path.is_ident("serialize") {
            found = Some(value);
        }
        Ok(())
    })?;
    Ok(found)
}
