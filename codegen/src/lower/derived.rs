//! What gives a type its form on the wire: serde's own derives, `serde_with`'s by text, or `serde_repr`'s by number.

use super::serde::Side;
use super::{Cx, Key, Place, derived_paths};
use crate::contract::Type;
use crate::diagnostic::Diagnostic;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Token};

/// What a derive makes of a type.
pub(super) enum Derived {
    /// What serde's attributes say.
    Serde,
    /// Always this, whatever its fields are.
    As(Type),
}

/// Crates whose derives of serde's names are none of serde's.
const OTHERS: [&str; 6] = ["rkyv", "miniserde", "musli", "nanoserde", "savefile", "speedy"];

impl Derived {
    /// What the attributes of a type derive for one side; nothing if its form there is written by hand.
    pub(super) fn of(attrs: &[Attribute], side: Side) -> Option<Self> {
        derived_paths(attrs).find_map(|path| {
            let (first, last) = (path.segments.first()?.ident.to_string(), path.segments.last()?.ident.to_string());
            if OTHERS.contains(&&*first) {
                return None;
            }
            match (&*last, side) {
                ("Serialize", Side::Written) | ("Deserialize", Side::Read) => Some(Self::Serde),
                ("SerializeDisplay" | "SerializeDisplayAlt", Side::Written) | ("DeserializeFromStr", Side::Read) => {
                    Some(Self::As(Type::STRING))
                }
                ("Serialize_repr", Side::Written) | ("Deserialize_repr", Side::Read) => number(attrs).map(Self::As),
                _ => None,
            }
        })
    }
}

/// The number that `#[repr(u8)]` makes of an enum.
fn number(attrs: &[Attribute]) -> Option<Type> {
    let repr = attrs.iter().filter(|attr| attr.path().is_ident("repr"));
    let words = repr.filter_map(|attr| attr.parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated).ok());
    words.flatten().find_map(|word| {
        let word = word.to_string();
        let bits = match word.get(1..)? {
            "size" => 64,
            bits => bits.parse().ok()?,
        };
        matches!(&word[..1], "i" | "u").then(|| Type::Int { bits, signed: word.starts_with('i') })
    })
}

/// Says that a type has no form that could be seen.
pub(super) fn missing(cx: &mut Cx<'_>, here: &Place, place: &Place, key: &Key, attrs: &[Attribute]) {
    let wanted = cx.names.side.of();
    let other = if cx.names.side == Side::Written { Side::Read } else { Side::Written };
    let what = match Derived::of(attrs, other) {
        Some(_) => format!("no `{wanted}`"),
        None => "neither `Serialize` nor `Deserialize`".to_owned(),
    };
    let text = format!("`{}` derives {what}, so what it is on the wire can't be seen", key.1);
    let help =
        format!("derive `{wanted}`, or say in throwback.toml what it is: `[types]` `\"{}\" = \"string\"`", key.1);
    let diagnostic = Diagnostic::new(text)
        .at(&here.file, here.span.byte_range(), "")
        .at(&place.file, place.span.byte_range(), "named here")
        .help(help);
    cx.errors.push(diagnostic);
}
