//! Error sets: one for each enum, under a name of its own.

use super::errors::set;
use super::{Cx, Key};
use crate::contract::{Invocation, Operation, SetDef};
use crate::diagnostic::Diagnostic;
use crate::source::ItemKind;
use heck::ToUpperCamelCase;
use std::collections::{HashMap, HashSet};

/// The enums that no operation returns and no other enum flattens, in the order of declaration: each is a set as it is,
/// for a function may have handlers of its own.
pub(super) fn alone(cx: &mut Cx<'_>, operations: &[(Operation, Option<Key>)]) -> Vec<Key> {
    let returned: HashSet<_> = operations.iter().filter_map(|(_, key)| key.clone()).collect();
    let crates = cx.crates;
    let declared = crates.own().flat_map(|module| {
        let enums = crates.items_of(module).filter(|(_, item)| matches!(item.kind, ItemKind::Enum(_)));
        enums.map(move |(name, _)| (module, name.to_owned()))
    });
    let mut found = Vec::new();
    for key in declared.filter(|key| !returned.contains(key)) {
        if let Some(one) = cx.enums.get(&key).cloned().flatten()
            && !set(cx, &one, &mut Vec::new()).is_empty()
        {
            found.push(key);
        }
    }
    found.retain(|key| !cx.flattened.contains(key));
    found
}

/// Names the sets, and has each operation say which is its own.
///
/// A set has its enum's name. Where two have one, or a type or a code has it too, the first operation's name tells them
/// apart, and that of the module where there is no operation.
pub(super) fn named(
    cx: &mut Cx<'_>,
    found: Vec<(Operation, Option<Key>)>,
    invoked: Vec<(Invocation, Option<Key>)>,
    alone: Vec<Key>,
) -> (Vec<Operation>, Vec<Invocation>, Vec<SetDef>) {
    let enums: HashSet<Key> = found.iter().filter_map(|(_, key)| key.clone()).chain(alone.iter().cloned()).collect();
    let is_alone = |name: &str| enums.iter().filter(|(_, other)| other == name).count() == 1;
    let is_taken =
        |cx: &Cx<'_>, name: &str| cx.names.is_taken(name) || cx.error_defs.iter().any(|error| error.code == name);
    let codes = |cx: &Cx<'_>, key: &Key| cx.sets.get(key).map(|codes| codes.to_vec()).unwrap_or_default();
    let mut names: HashMap<Key, String> = HashMap::new();
    let (mut operations, mut sets) = (Vec::new(), Vec::<SetDef>::new());
    for (mut operation, key) in found {
        operation.set = key.map(|key| {
            let name = names.entry(key).or_insert_with_key(|key| {
                let free = is_alone(&key.1) && !is_taken(cx, &key.1);
                let name = if free { key.1.clone() } else { operation.own_set() };
                sets.push(SetDef { name: name.clone(), errors: codes(cx, key) });
                name
            });
            name.clone()
        });
        operations.push(operation);
    }
    for key in alone {
        let module = cx.crates.get(key.0).name.to_upper_camel_case();
        let mut candidates =
            [key.1.clone(), format!("{module}{}", key.1), format!("{module}{}Errors", key.1)].into_iter();
        let name = candidates.find(|name| {
            (*name != key.1 || is_alone(name)) && !is_taken(cx, name) && sets.iter().all(|known| known.name != *name)
        });
        match name {
            Some(name) => {
                sets.push(SetDef { name: name.clone(), errors: codes(cx, &key) });
                names.insert(key, name);
            }
            None => cx.errors.push(Diagnostic::new(format!(
                "the name `{}` is that of several enums, types and codes: rename the enum",
                key.1
            ))),
        }
    }
    let invocations = invoked
        .into_iter()
        .map(|(invocation, key)| Invocation { set: key.and_then(|key| names.get(&key).cloned()), ..invocation });
    (operations, invocations.collect(), sets)
}
