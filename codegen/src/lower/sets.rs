//! Error sets: one for each enum that operations return, under a name of its own.

use super::{Cx, Key};
use crate::contract::{Operation, SetDef};
use std::collections::{HashMap, HashSet};

/// Names the sets, and has each operation say which is its own.
///
/// A set has its enum's name. Where two have one, or a type or a code has it too, the first operation's name tells them
/// apart.
pub(super) fn named(cx: &Cx<'_>, found: Vec<(Operation, Option<Key>)>) -> (Vec<Operation>, Vec<SetDef>) {
    let enums: HashSet<Key> = found.iter().filter_map(|(_, key)| key.clone()).collect();
    let is_alone = |name: &str| enums.iter().filter(|(_, other)| other == name).count() == 1;
    let is_taken = |name: &str| cx.names.is_taken(name) || cx.error_defs.iter().any(|error| error.code == name);
    let mut names: HashMap<Key, String> = HashMap::new();
    let (mut operations, mut sets) = (Vec::new(), Vec::new());
    for (mut operation, key) in found {
        operation.set = key.map(|key| {
            let name = names.entry(key).or_insert_with_key(|key| {
                let name = if is_alone(&key.1) && !is_taken(&key.1) { key.1.clone() } else { operation.own_set() };
                let errors = cx.sets.get(key).map(|codes| codes.to_vec()).unwrap_or_default();
                sets.push(SetDef { name: name.clone(), errors });
                name
            });
            name.clone()
        });
        operations.push(operation);
    }
    (operations, sets)
}
