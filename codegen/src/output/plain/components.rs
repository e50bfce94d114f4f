//! The components: types, errors, and the unions of errors that share a status.

use crate::contract::{Contract, Index, Operation};
use crate::rest::{Dialect, Schema};
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use throwback_syntax::Reserved;

/// Every component that a document may name, each under a name that no other has, whatever the letters' case: a
/// generator writes `order_not_found` and `OrderNotFound` as one type. A type keeps its name; an error has its code, with
/// `Error` behind it where that is taken.
pub(super) struct Components<'a> {
    dialect: Dialect,
    taken: HashSet<String>,
    schemas: IndexMap<String, Schema>,
    /// The components of errors, by their codes.
    errors: HashMap<&'a str, String>,
    /// Those of several errors of a set, by its name and their codes.
    unions: HashMap<(String, Vec<&'a str>), String>,
    /// Those of what stands before the function, by their statuses.
    refusals: HashMap<u16, String>,
    /// That of any problem.
    problem: String,
}

impl<'a> Components<'a> {
    pub(super) fn new(contract: &'a Contract, index: &Index<'a>, dialect: Dialect) -> Self {
        let mut components = Self {
            dialect,
            taken: HashSet::new(),
            schemas: IndexMap::new(),
            errors: HashMap::new(),
            unions: HashMap::new(),
            refusals: HashMap::new(),
            problem: String::new(),
        };
        for def in &contract.types {
            let name = dialect.name(&def.name);
            components.taken.insert(folded(&name));
            components.schemas.insert(name, dialect.shape(index, &def.shape, &def.docs));
        }
        let errors = contract.errors.iter().map(|error| (error.code.as_str(), dialect.error(error)));
        let reserved = Reserved::ALL.into_iter().map(|reserved| (reserved.code, dialect.reserved(reserved)));
        for (code, schema) in errors.chain(reserved) {
            let name = components.add(code.to_owned(), "Error", schema);
            components.errors.insert(code, name);
        }
        components.problem = components.add("Problem".to_owned(), "Error", dialect.any_problem());
        components
    }

    /// Adds a component under a name, with `suffix` behind it as often as it takes.
    fn add(&mut self, mut name: String, suffix: &str, schema: Schema) -> String {
        while !self.taken.insert(folded(&name)) {
            name.push_str(suffix);
        }
        self.schemas.insert(name.clone(), schema);
        name
    }

    /// One of some errors of an operation: they are told apart by `code`, of which each has its own.
    ///
    /// It has no `discriminator`: openapi-generator's Rust client takes the member out before it reads the error, which
    /// then lacks it.
    ///
    /// `refusal` is the component of what stands before the function, where that answers under the status too.
    pub(super) fn one_of(
        &mut self,
        operation: &Operation,
        status: u16,
        codes: &[&'a str],
        refusal: Option<&str>,
    ) -> Schema {
        let named = codes.iter().map(|code| self.errors.get(code).map_or("", String::as_str)).chain(refusal);
        let mut all: Vec<_> = named.map(Schema::reference).collect();
        if all.len() == 1 {
            return all.remove(0);
        }
        let mut of = codes.to_vec();
        of.extend(refusal.map(|_| ""));
        let key = (format!("{}{status}", self.dialect.name(&operation.error_set())), of);
        if let Some(known) = self.unions.get(&key) {
            return Schema::reference(known);
        }
        let union = Schema::one_of(all);
        let name = self.add(key.0.clone(), "Errors", union);
        let schema = Schema::reference(&name);
        self.unions.insert(key, name);
        schema
    }

    /// The component of what stands before the function and refuses a request under a status.
    pub(super) fn refusal(&mut self, status: u16, schema: impl FnOnce(Dialect) -> Schema) -> String {
        if let Some(known) = self.refusals.get(&status) {
            return known.clone();
        }
        let name = self.add(format!("Refused{status}"), "Error", schema(self.dialect));
        self.refusals.insert(status, name.clone());
        name
    }

    /// Any problem.
    pub(super) fn any_problem(&self) -> Schema {
        Schema::reference(&self.problem)
    }

    /// What a document needs that names these schemas: they themselves, what they name in turn, and every declared error.
    pub(super) fn used<'s>(
        mut self,
        contract: &Contract,
        named: impl Iterator<Item = &'s Schema>,
    ) -> IndexMap<String, Schema> {
        let mut used: HashSet<String> = HashSet::new();
        let mut open: Vec<String> =
            contract.errors.iter().filter_map(|error| self.errors.get(error.code.as_str()).cloned()).collect();
        named.for_each(|schema| schema.references(&mut |name| open.push(name.to_owned())));
        while let Some(name) = open.pop() {
            if let Some(schema) = self.schemas.get(&name)
                && used.insert(name)
            {
                schema.references(&mut |name| open.push(name.to_owned()));
            }
        }
        self.schemas.retain(|name, _| used.contains(name));
        self.schemas
    }
}

/// What is left of a name where generators write it in their language's case.
fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
