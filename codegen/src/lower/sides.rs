//! Types that serde reads in another form than it writes: such a type is an input or an output, and never both.

use super::derived::Derived;
use super::reached::named_in;
use super::serde::Side;
use super::{Cx, Place, serde};
use crate::source::ItemKind;
use std::collections::HashSet;
use syn::{Attribute, Fields};

/// Whether serde gives an item another form where it is read than where it is written.
pub(super) fn is_sided(kind: &ItemKind, attrs: &[Attribute], container: &serde::Container) -> bool {
    let by_hand = |side| Derived::of(attrs, side).is_none();
    if by_hand(Side::Written) || by_hand(Side::Read) {
        return true;
    }
    if container.other.is_some() {
        return container.sided;
    }
    let fields = |fields: &Fields| fields.iter().any(|field| serde::field(&field.attrs, Side::Written).sided);
    container.sided
        || match kind {
            // A struct's tag is written, and read by nobody.
            ItemKind::Struct(item) => container.tag.is_some() || fields(&item.fields),
            ItemKind::Enum(item) => item
                .variants
                .iter()
                .any(|variant| serde::container(&variant.attrs, Side::Written).sided || fields(&variant.fields)),
            _ => false,
        }
}

/// Refuses a type that was described from the other side, if it or what it names has another form on this one.
pub(super) fn one_form(cx: &mut Cx<'_>, place: &Place, name: &str) -> Option<()> {
    // What it names was described from its side too. Nothing else of a type is looked at twice.
    if cx.names.sides.get(name) == Some(&cx.names.side) || cx.names.one_form.contains(name) {
        return Some(());
    }
    let (mut open, mut seen) = (vec![name.to_owned()], HashSet::new());
    while let Some(name) = open.pop() {
        if cx.names.one_form.contains(&name) || !seen.insert(name.clone()) {
            continue;
        }
        if cx.names.sided.get(&name).is_some_and(|side| *side != cx.names.side) {
            let text = format!(
                "`{name}` is both taken and returned, and may have another form where it is read than where it is \
                 written, by its serde attributes or because one of `Serialize` and `Deserialize` is not derived: give \
                 it one form, or each side a type of its own"
            );
            cx.mistake(place, text);
            return None;
        }
        if let Some(def) = cx.types.iter().find(|def| def.name == name) {
            named_in(&def.shape, &mut open);
        }
    }
    cx.names.one_form.extend(seen);
    Some(())
}
