//! One model of a client, free of any language: types, errors, sets of errors and methods under their names, with their
//! docs. A language adds how it writes names, and what its templates show of this.
//!
//! Whatever the API declares keeps its name where that is free: types come first, then errors (with `Error` behind a name
//! that is taken), then sets of errors (`Errors`), then what is ours (with `Any` before it). A method whose name a client
//! has already gets `call` behind it.

mod names;

use crate::contract::{Code, Contract, ErrorDef, Field, Index, Invocation, Operation, Retry, Shape, Type, TypeDef};
use indexmap::IndexMap;
use names::Scope;
pub(crate) use names::{Language, members, variants};
use std::borrow::Cow;
use std::collections::HashMap;

/// A client of one API.
pub(crate) struct Client<'a> {
    pub(crate) index: &'a Index<'a>,
    /// The name of the type that has the methods.
    pub(crate) name: String,
    /// The name of what the failure of any method converts into.
    pub(crate) failure: String,
    /// Every type that methods and errors name, in the order of declaration.
    pub(crate) types: Vec<Named<'a>>,
    /// Every declared error, in the order of declaration.
    pub(crate) errors: Vec<Error<'a>>,
    /// What each method can fail with, in the order in which methods first name it; behind them the sets that none names.
    pub(crate) sets: Vec<Set>,
    /// Every error of the API.
    pub(crate) whole: Set,
    pub(crate) methods: Vec<Method<'a>>,
    /// The name of the type that invokes what has no route.
    pub(crate) function: String,
    pub(crate) calls: Vec<Call<'a>>,
    /// The names of types by those that the contract gives them.
    type_names: HashMap<&'a str, usize>,
}

/// A type of the API.
pub(crate) struct Named<'a> {
    pub(crate) name: String,
    pub(crate) docs: Cow<'a, str>,
    pub(crate) def: &'a TypeDef,
}

/// A declared error.
pub(crate) struct Error<'a> {
    pub(crate) name: String,
    pub(crate) docs: Cow<'a, str>,
    /// What a repeat of the request means, in a sentence.
    pub(crate) advice: &'static str,
    pub(crate) def: &'a ErrorDef,
}

/// Errors that are caught together.
pub(crate) struct Set {
    pub(crate) name: String,
    /// What it is, in a sentence.
    pub(crate) docs: String,
    /// What the contract calls it, if no operation names it.
    pub(crate) alone: Option<String>,
    /// Its errors, as places in [`Client::errors`].
    pub(crate) errors: Vec<usize>,
}

/// One operation.
pub(crate) struct Method<'a> {
    pub(crate) name: String,
    pub(crate) docs: Cow<'a, str>,
    pub(crate) arguments: Arguments<'a>,
    /// What it can fail with, as a place in [`Client::sets`].
    pub(crate) set: usize,
    pub(crate) operation: &'a Operation,
}

/// One operation without a route, which is invoked.
pub(crate) struct Call<'a> {
    pub(crate) name: String,
    pub(crate) docs: Cow<'a, str>,
    /// What it can fail with, as a place in [`Client::sets`].
    pub(crate) set: usize,
    pub(crate) invocation: &'a Invocation,
}

/// What a method is given.
pub(crate) enum Arguments<'a> {
    None,
    /// Each parameter of the path, of which the whole input is made.
    Each(Vec<Argument<'a>>),
    /// The input as one value.
    Whole,
}

/// A parameter of the path as an argument.
pub(crate) struct Argument<'a> {
    pub(crate) name: String,
    /// The name that it has in the input's own type.
    pub(crate) member: String,
    pub(crate) field: &'a Field,
}

impl<'a> Client<'a> {
    /// The client of an API in a language.
    pub(crate) fn new(contract: &'a Contract, index: &'a Index<'a>, language: &impl Language) -> Self {
        let mut scope = Scope::new(language.own_types());
        let types: Vec<_> = contract.types.iter().map(|def| Named::new(def, language, &mut scope)).collect();
        let errors: Vec<_> = contract.errors.iter().map(|def| Error::new(def, language, &mut scope)).collect();
        let places: HashMap<_, _> = contract.errors.iter().enumerate().map(|(at, def)| (&*def.code, at)).collect();
        let places = |codes: &[Code]| codes.iter().filter_map(|code| places.get(&**code).copied()).collect();
        let mut sets: IndexMap<String, (&[Code], Vec<&Operation>)> = IndexMap::new();
        for operation in &contract.operations {
            let set = sets.entry(operation.error_set());
            set.or_insert_with(|| (index.codes_of(operation), Vec::new())).1.push(operation);
        }
        let mut scope_of_methods = Scope::new(language.own_methods());
        let mut method = |name: &str| {
            let name = language.member(name);
            let longer = language.longer(&name, "call");
            scope_of_methods.take([name, longer.clone()], |number| language.longer(&longer, &number.to_string()))
        };
        let methods = contract.operations.iter().map(|operation| Method {
            name: method(&operation.name),
            docs: or(&operation.docs, || format!("`{}`", operation.name)),
            arguments: Arguments::of(operation, index, language),
            set: sets.get_index_of(&operation.error_set()).unwrap_or_default(),
            operation,
        });
        let methods: Vec<_> = methods.collect();
        let sets = sets.into_iter().map(|(name, (codes, operations))| Set {
            name: scope.ty(&language.type_name(&name), "Errors"),
            docs: declared_by(&operations.iter().map(|operation| &*operation.name).collect::<Vec<_>>()),
            alone: None,
            errors: places(codes),
        });
        let mut sets: Vec<_> = sets.collect();
        sets.extend(contract.sets_alone().map(|set| {
            let invoked = contract.invocations.iter().filter(|invocation| invocation.set.as_ref() == Some(&set.name));
            let invoked: Vec<_> = invoked.map(|invocation| &*invocation.name).collect();
            let docs = match &*invoked {
                [] => format!("Every error of the function's `{}`.", set.name),
                invoked => declared_by(invoked),
            };
            let name = scope.ty(&language.type_name(&set.name), "Errors");
            Set { name, docs, alone: Some(set.name.clone()), errors: places(&set.errors) }
        }));
        let named: HashMap<&str, usize> = methods
            .iter()
            .filter_map(|method: &Method<'_>| Some((method.operation.set.as_deref()?, method.set)))
            .collect();
        let mut calls = Vec::new();
        for invocation in &contract.invocations {
            let declared = invocation.set.as_deref().and_then(|name| {
                named.get(name).copied().or_else(|| sets.iter().position(|set| set.alone.as_deref() == Some(name)))
            });
            // One that declares no error has a set without any.
            let set = declared.unwrap_or_else(|| {
                sets.push(Set {
                    name: scope.ty(&language.type_name(&format!("{}_error", invocation.name)), "Errors"),
                    docs: format!("Every error that `{}` declares.", invocation.name),
                    alone: None,
                    errors: Vec::new(),
                });
                sets.len() - 1
            });
            let docs = or(&invocation.docs, || format!("`{}`", invocation.name));
            calls.push(Call { name: method(&invocation.name), docs, set, invocation });
        }
        let api = language.type_name(&contract.name);
        Self {
            index,
            type_names: contract.types.iter().enumerate().map(|(at, def)| (&*def.name, at)).collect(),
            types,
            sets,
            methods,
            whole: Set {
                name: scope.ours(format!("{api}Error")),
                docs: format!("Every error that `{}` declares.", contract.name),
                alone: None,
                errors: (0..errors.len()).collect(),
            },
            errors,
            failure: scope.ours(format!("{api}Failure")),
            name: scope.holder("Client", &api),
            function: scope.holder("Function", &api),
            calls,
        }
    }

    /// The name of a type of the contract.
    pub(crate) fn type_name(&self, name: &str) -> &str {
        self.type_names.get(name).and_then(|at| self.types.get(*at)).map_or("", |found| &found.name)
    }

    /// The errors of a set, in the order of declaration.
    pub(crate) fn errors_of(&self, set: &Set) -> impl Iterator<Item = &Error<'a>> {
        set.errors.iter().filter_map(|at| self.errors.get(*at))
    }

    /// The set of a method.
    pub(crate) fn set_of(&self, method: &Method<'_>) -> &Set {
        self.sets.get(method.set).unwrap_or(&self.whole)
    }
}

impl<'a> Named<'a> {
    fn new(def: &'a TypeDef, language: &impl Language, scope: &mut Scope) -> Self {
        let name = scope.ty(&language.type_name(&def.name), "Type");
        Self { name, docs: or(&def.docs, || format!("`{}` as it is on the wire.", def.name)), def }
    }
}

impl<'a> Error<'a> {
    fn new(def: &'a ErrorDef, language: &impl Language, scope: &mut Scope) -> Self {
        Self {
            name: scope.ty(&language.error_name(&def.code), "Error"),
            docs: or(&def.docs, || format!("{}.", def.title)),
            advice: match def.retry {
                Retry::Backoff => "The request was not carried out: repeat it after a delay.",
                Retry::Idempotent => "The request may have been carried out: repeat it only if that does no harm.",
                Retry::Never => "A repeat fails the same way.",
            },
            def,
        }
    }
}

impl<'a> Arguments<'a> {
    fn of(operation: &'a Operation, index: &Index<'a>, language: &impl Language) -> Self {
        let input = &operation.input;
        let fields = match &input.ty {
            Type::Unit => return Self::None,
            Type::Named(name) => index.type_def(name).and_then(|def| match &def.shape {
                Shape::Struct(fields) => Some(fields),
                _ => None,
            }),
            _ => None,
        };
        // A path's parameters, and a body that is one thing, need no name of a struct around them.
        let each = |fields: &&Vec<Field>| {
            let payload = usize::from(input.payload.is_some());
            let others = !input.query.is_empty() || !input.headers.is_empty() || (input.body && payload == 0);
            !input.path.is_empty() && fields.len() == input.path.len() + payload && !others
        };
        let Some(fields) = fields.filter(each) else { return Self::Whole };
        let members = members(language, fields);
        let member = |wanted: &Field| fields.iter().position(|field| field.name == wanted.name);
        let mut scope = Scope::default();
        let arguments = input.path.iter().chain(input.payload_of(fields)).map(|field| Argument {
            name: scope.member(language, &field.name),
            member: member(field).and_then(|at| members.get(at)).cloned().unwrap_or_default(),
            field,
        });
        Self::Each(arguments.collect())
    }
}

/// The docs of something, or what is said where it has none.
fn or(docs: &str, other: impl FnOnce() -> String) -> Cow<'_, str> {
    if docs.is_empty() { other().into() } else { docs.into() }
}

/// Which operations, by their names, declare the errors of a set.
fn declared_by(operations: &[&str]) -> String {
    match operations {
        [only] => format!("Every error that `{only}` declares."),
        [first, second] => format!("Every error that `{first}` and `{second}` declare."),
        [first, others @ ..] => format!("Every error that `{first}` and {} other operations declare.", others.len()),
        [] => String::new(),
    }
}
