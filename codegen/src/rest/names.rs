//! The names of models: letters and digits, no two alike.

use crate::check::model_name;
use crate::contract::Contract;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use throwback_syntax::Reserved;

/// The models that each API of API Gateway has from its beginning, so that no other can be made under their names (API Gateway
/// developer guide, "Data models for REST APIs").
const BUILT_IN: [&str; 2] = ["Empty", "Error"];

/// The names that models have. A type keeps its own; an error has its code without `_` and `-`, with `Error` behind it
/// where that is taken.
pub(super) struct Names<'a> {
    taken: HashSet<Cow<'a, str>>,
    errors: HashMap<&'a str, Cow<'a, str>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(contract: &'a Contract) -> Self {
        let types = contract.types.iter().map(|def| model_name(&def.name).into());
        let mut names = Self { taken: types.chain(BUILT_IN.map(Cow::Borrowed)).collect(), errors: HashMap::new() };
        let codes = contract.errors.iter().map(|error| error.code.as_str());
        for code in codes.chain(Reserved::ALL.into_iter().map(|reserved| reserved.code)) {
            let name = names.take(model_name(code).into(), "Error");
            names.errors.insert(code, name);
        }
        names
    }

    /// Takes a name, with `suffix` behind it as often as it takes.
    pub(super) fn take(&mut self, mut name: Cow<'a, str>, suffix: &str) -> Cow<'a, str> {
        while !self.taken.insert(name.clone()) {
            name.to_mut().push_str(suffix);
        }
        name
    }

    /// The model of an error.
    pub(super) fn error(&self, code: &str) -> Cow<'a, str> {
        self.errors.get(code).cloned().unwrap_or_default()
    }
}
