//! serde's attributes, as far as they decide what stands on the wire. Each of its words is known here, or refused.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, LitStr, Meta, Token};
use throwback_syntax::Case;

/// From which side a type is looked at: serde may give a value two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Side {
    /// The function writes it: an output, or an error's field.
    #[default]
    Written,
    /// The function reads it: an input.
    Read,
}

impl Side {
    /// The trait that gives a type its form on this side.
    pub(super) fn of(self) -> &'static str {
        match self {
            Self::Written => "Serialize",
            Self::Read => "Deserialize",
        }
    }
}

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
    /// Whether `serde_with` leaves out each `Option` that is `None`.
    pub(super) without_none: bool,
    /// The type whose form it takes.
    pub(super) other: Option<String>,
    /// Whether it has another form on the other side.
    pub(super) sided: bool,
    /// An attribute behind which serde's own rules end.
    pub(super) opaque: Option<String>,
}

/// Attributes of a field.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each word of serde's")]
pub(super) struct Field {
    pub(super) rename: Option<String>,
    pub(super) optional: bool,
    /// Whether it may be left out by its value: in a tuple that would move what comes behind.
    pub(super) skipped_by_value: bool,
    pub(super) skip: bool,
    pub(super) flatten: bool,
    pub(super) alias: bool,
    /// Whether it has another form on the other side.
    pub(super) sided: bool,
    /// The module that writes it, if one does.
    pub(super) with: Option<String>,
    /// An attribute behind which serde's own rules end.
    pub(super) opaque: Option<String>,
}

/// Reads a container's attributes. serde itself reports what is malformed, when the crate is compiled.
pub(super) fn container(attrs: &[Attribute], side: Side) -> Container {
    let without_none = attrs.iter().any(|attr| is_named(attr, "skip_serializing_none"));
    let mut found = Container { opaque: foreign(attrs, "apply"), without_none, ..Container::default() };
    let (mut into, mut from) = (None, None);
    let case = |word: Option<String>| word.and_then(|word| Case::from_word(&word).ok());
    each(attrs, |name, meta| {
        match name {
            "rename" => found.rename = text(meta, side, &mut found.sided)?,
            "rename_all" => found.rename_all = case(text(meta, side, &mut found.sided)?),
            "rename_all_fields" => found.rename_all_fields = case(text(meta, side, &mut found.sided)?),
            "default" => found.default = true,
            "transparent" => found.transparent = true,
            "untagged" => found.untagged = true,
            "skip" => found.skip = true,
            "skip_serializing" => found.skip |= one_sided(side == Side::Written, &mut found.sided),
            "skip_deserializing" => found.skip |= one_sided(side == Side::Read, &mut found.sided),
            "tag" => found.tag = text(meta, side, &mut found.sided)?,
            "content" => found.content = text(meta, side, &mut found.sided)?,
            "into" => into = text(meta, side, &mut false)?,
            "from" | "try_from" => from = text(meta, side, &mut false)?,
            "serialize_with" | "deserialize_with" => {
                let of = if name == "serialize_with" { Side::Written } else { Side::Read };
                if one_sided(side == of, &mut found.sided) {
                    found.opaque = Some(name.to_owned());
                }
            }
            "alias" | "borrow" | "bound" | "crate" | "deny_unknown_fields" | "expecting" | "other" => {}
            _ => found.opaque = Some(name.to_owned()),
        }
        Ok(())
    });
    found.sided |= into != from;
    found.other = if side == Side::Written { into } else { from };
    found
}

/// Reads a field's attributes.
pub(super) fn field(attrs: &[Attribute], side: Side) -> Field {
    let mut found = Field { opaque: foreign(attrs, "serde_as"), ..Field::default() };
    each(attrs, |name, meta| {
        match name {
            "rename" => found.rename = text(meta, side, &mut found.sided)?,
            "default" => found.optional = true,
            "skip_serializing_if" => (found.optional, found.skipped_by_value) = (true, true),
            "skip" => found.skip = true,
            "skip_serializing" => found.skip |= one_sided(side == Side::Written, &mut found.sided),
            "skip_deserializing" => found.skip |= one_sided(side == Side::Read, &mut found.sided),
            "flatten" => found.flatten = true,
            "alias" => found.alias = true,
            "borrow" | "bound" => {}
            "with" => {
                found.with = text(meta, side, &mut false)?;
                found.opaque = Some(name.to_owned());
            }
            "serialize_with" | "deserialize_with" => {
                let of = if name == "serialize_with" { Side::Written } else { Side::Read };
                let function = text(meta, side, &mut false)?.unwrap_or_default();
                if one_sided(side == of, &mut found.sided) {
                    // The function of a module that `with` may name too.
                    found.with = function.rsplit_once("::").map(|(module, _)| module.trim().to_owned());
                    found.opaque = Some(name.to_owned());
                }
            }
            _ => found.opaque = Some(name.to_owned()),
        }
        Ok(())
    });
    found
}

/// Notes that a word counts on one side alone; says whether that is this one.
fn one_sided(here: bool, sided: &mut bool) -> bool {
    *sided = true;
    here
}

/// An attribute of `serde_with`'s that gives what it stands on another form.
fn foreign(attrs: &[Attribute], name: &str) -> Option<String> {
    let found = attrs.iter().find(|attr| matches!(attr.meta, Meta::List(_)) && is_named(attr, name));
    found.map(|_| name.to_owned())
}

fn is_named(attr: &Attribute, name: &str) -> bool {
    attr.path().segments.last().is_some_and(|last| last.ident == name)
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

/// The text after `=`, or that of a side in `rename(serialize = "…", deserialize = "…")`. Notes whether the two differ.
fn text(meta: &ParseNestedMeta<'_>, side: Side, sided: &mut bool) -> syn::Result<Option<String>> {
    if meta.input.peek(Token![=]) {
        return Ok(Some(meta.value()?.parse::<LitStr>()?.value()));
    }
    let (mut written, mut read) = (None, None);
    meta.parse_nested_meta(|inner| {
        let value = inner.value()?.parse::<LitStr>()?.value();
        if inner.path.is_ident("serialize") {
            written = Some(value);
        } else {
            read = Some(value);
        }
        Ok(())
    })?;
    *sided |= written != read;
    Ok(if side == Side::Written { written } else { read })
}
