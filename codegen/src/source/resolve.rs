//! What a path means in a module: an item of the source, or a name of another crate.

use super::tree::{Crates, Item, ItemKind, ModuleId, Place};
use std::collections::HashSet;

/// What a path leads to.
pub(crate) enum Found<'a> {
    /// An item that the source declares.
    Item {
        /// The module that declares it.
        module: ModuleId,
        /// Its name there.
        name: String,
        /// The item.
        item: &'a Item,
    },
    /// A path that leads out of the source, with every import written out.
    Outside(Vec<String>),
    /// One thing or another: a `cfg` decides. The place is that of the second.
    Either(Place),
}

/// Imports of imports: far more than anybody writes, so a circle ends.
const MAX_STEPS: u8 = 32;

/// Follows a path from a module.
pub(crate) fn resolve<'a>(crates: &'a Crates, module: ModuleId, path: &[String]) -> Found<'a> {
    follow(crates, &mut Seen::new(), module, path, MAX_STEPS).unwrap_or_else(|| Found::Outside(path.to_vec()))
}

/// Questions that were asked before: modules that bring each other's every item would ask them without end.
type Seen = HashSet<(ModuleId, Vec<String>)>;

fn follow<'a>(crates: &'a Crates, seen: &mut Seen, module: ModuleId, path: &[String], steps: u8) -> Option<Found<'a>> {
    let steps = steps.checked_sub(1)?;
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => return follow(crates, seen, crates.get(module).root, rest, steps),
        "self" => return follow(crates, seen, module, rest, steps),
        "super" => return follow(crates, seen, crates.get(module).parent?, rest, steps),
        _ => {}
    }
    if let Some(place) = crates.get(module).alternatives.get(first) {
        return Some(Found::Either(place.clone()));
    }
    if let Some(item) = crates.declared(module, first) {
        return match (&item.kind, rest) {
            (_, []) => Some(Found::Item { module, name: first.clone(), item }),
            (ItemKind::Module(inner), rest) => follow(crates, seen, *inner, rest, steps),
            _ => None,
        };
    }
    if let Some(import) = crates.get(module).imports.get(first) {
        let whole: Vec<_> = import.iter().chain(rest).cloned().collect();
        // `use serde_json::Value;` names another crate: nothing here is called `serde_json`.
        return if import.len() == 1 && import[0] == *first {
            by_crate(crates, seen, &whole, steps)
        } else {
            follow(crates, seen, module, &whole, steps).or(Some(Found::Outside(whole)))
        };
    }
    if !seen.insert((module, path.to_vec())) {
        return None;
    }
    by_globs(crates, seen, module, path, steps).or_else(|| by_crate(crates, seen, path, steps))
}

/// Looks for a path behind the globs of a module: in each module that one of them brings. What lies in no source brings
/// nothing that could be seen.
fn by_globs<'a>(
    crates: &'a Crates,
    seen: &mut Seen,
    module: ModuleId,
    path: &[String],
    steps: u8,
) -> Option<Found<'a>> {
    let mut first: Option<(Found<'a>, ModuleId, Option<&Place>)> = None;
    let mut outside = None;
    for glob in crates.get(module).globs.iter().filter(|glob| glob.path != ["self"]) {
        let Some(brought) = module_at(crates, seen, module, &glob.path, steps) else { continue };
        match (follow(crates, seen, brought, path, steps), &first) {
            (Some(Found::Either(place)), _) => return Some(Found::Either(place)),
            (Some(found @ Found::Item { module, .. }), None) => first = Some((found, module, glob.cfg.as_ref())),
            (Some(Found::Item { module, .. }), Some((_, before, cfg))) if module != *before => {
                if let Some(place) = glob.cfg.as_ref().or(*cfg) {
                    return Some(Found::Either(place.clone()));
                }
            }
            // A name of another crate that the module brings, as a prelude of one's own does.
            (Some(found @ Found::Outside(_)), _) => outside = outside.or(Some(found)),
            _ => {}
        }
    }
    first.map(|(found, ..)| found).or(outside)
}

/// The module that a path names.
fn module_at(crates: &Crates, seen: &mut Seen, module: ModuleId, path: &[String], steps: u8) -> Option<ModuleId> {
    match path {
        [] => Some(module),
        [first, rest @ ..] if first == "crate" => module_at(crates, seen, crates.get(module).root, rest, steps),
        [first, rest @ ..] if first == "self" => module_at(crates, seen, module, rest, steps),
        [first, rest @ ..] if first == "super" => {
            module_at(crates, seen, crates.get(module).parent?, rest, steps.checked_sub(1)?)
        }
        _ => match follow(crates, seen, module, path, steps) {
            Some(Found::Item { item, .. }) => match item.kind {
                ItemKind::Module(inner) => Some(inner),
                _ => None,
            },
            Some(Found::Outside(path)) => match path.as_slice() {
                [only] => crates.by_name(only),
                _ => None,
            },
            Some(Found::Either(_)) => None,
            None => match path {
                [only] => crates.by_name(only),
                _ => None,
            },
        },
    }
}

/// Follows a path whose first name is a crate's.
fn by_crate<'a>(crates: &'a Crates, seen: &mut Seen, path: &[String], steps: u8) -> Option<Found<'a>> {
    let (first, rest) = path.split_first()?;
    match crates.by_name(first) {
        Some(root) if !rest.is_empty() => follow(crates, seen, root, rest, steps),
        _ => None,
    }
}
