//! Names that the package makes beside those of the client model, none of them twice.

use crate::client::Client;
use std::collections::HashSet;

/// The names of types that are taken.
pub(super) struct Taken(HashSet<String>);

impl Taken {
    pub(super) fn new(client: &Client<'_>) -> Self {
        let types = client.types.iter().map(|item| &item.name).chain(client.errors.iter().map(|error| &error.name));
        let sets = client.sets.iter().map(|set| &set.name);
        let ours = [&client.whole.name, &client.failure, &client.name, &client.function];
        Self(types.chain(sets).chain(ours).cloned().collect())
    }

    pub(super) fn take(&mut self, mut name: String) -> String {
        while !self.0.insert(name.clone()) {
            name.push('_');
        }
        name
    }
}
