//! Names in their scopes: whatever an API calls its parts, no two things of a client have one name.

use crate::contract::Field;
use std::collections::HashSet;

/// How a language writes names.
pub(crate) trait Language {
    /// The name of a type.
    fn type_name(&self, name: &str) -> String;

    /// The name of an error's type, from its code.
    fn error_name(&self, code: &str) -> String {
        self.type_name(code)
    }

    /// The name of a function, an argument or a field.
    fn member(&self, name: &str) -> String;

    /// A name of a function, an argument or a field with more behind it.
    fn longer(&self, member: &str, more: &str) -> String;

    /// Names of types that mean something else wherever the client is used.
    fn own_types(&self) -> &'static [&'static str];

    /// Functions that a client has beside its operations.
    fn own_methods(&self) -> &'static [&'static str];
}

/// Names that have to differ from each other.
#[derive(Debug, Default)]
pub(super) struct Scope(HashSet<String>);

impl Scope {
    pub(super) fn new(taken: &[&str]) -> Self {
        Self(taken.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Takes the first of some names that is free: the last of them gets a number where none is.
    pub(super) fn take<const N: usize>(&mut self, names: [String; N], numbered: impl Fn(usize) -> String) -> String {
        let name = names.into_iter().chain((2..usize::MAX).map(numbered)).find(|name| !self.0.contains(name));
        // There are more numbers than names.
        let name = name.unwrap_or_default();
        self.0.insert(name.clone());
        name
    }

    /// Takes the name of a type, with `suffix` behind it where it is taken, and else with a number.
    pub(super) fn ty(&mut self, name: &str, suffix: &str) -> String {
        let longer = format!("{name}{suffix}");
        self.take([name.to_owned(), longer.clone()], |number| format!("{longer}{number}"))
    }

    /// Takes a name for something of ours, with `Any` before it as often as it takes.
    pub(super) fn ours(&mut self, mut name: String) -> String {
        while !self.0.insert(name.clone()) {
            name.insert_str(0, "Any");
        }
        name
    }

    /// Takes the name of what holds the methods, with the API's before it where it is taken.
    pub(super) fn holder(&mut self, name: &str, api: &str) -> String {
        let longer = format!("{api}{name}");
        self.take([name.to_owned(), longer.clone()], |number| format!("{longer}{number}"))
    }

    /// Takes the name of a member, with a number behind it where it is taken.
    pub(super) fn member(&mut self, language: &impl Language, name: &str) -> String {
        let name = language.member(name);
        self.take([name.clone()], |number| language.longer(&name, &number.to_string()))
    }
}

/// The names of the fields of one object.
pub(crate) fn members(language: &impl Language, fields: &[Field]) -> Vec<String> {
    let mut scope = Scope::default();
    fields.iter().map(|field| scope.member(language, &field.name)).collect()
}

/// The names of an enum's variants, from those that they have in the API's source.
pub(crate) fn variants<'n>(language: &impl Language, idents: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut scope = Scope::default();
    idents.map(|ident| scope.ty(&language.type_name(ident), "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_gets_its_suffix_and_then_a_number() {
        let mut scope = Scope::new(&["Option"]);
        assert_eq!(scope.ty("Option", "Type"), "OptionType");
        assert_eq!(scope.ty("Order", "Type"), "Order");
        assert_eq!(scope.ty("Order", "Error"), "OrderError");
        assert_eq!(scope.ty("Order", "Error"), "OrderError2");
        assert_eq!(scope.ours("OrderError".to_owned()), "AnyOrderError");
    }
}
