//! Lowering: from source to contract. Error enums, operations and the types they name are read, checked against each
//! other and written down without their places.

mod configured;
mod derived;
mod errors;
mod extractors;
mod given;
mod known;
mod naming;
mod operations;
mod outputs;
mod reached;
mod results;
mod serde;
mod sets;
mod shapes;
mod sides;
mod types;

use crate::contract::{Code, Contract, ErrorDef, Front, TypeDef, VERSION, endless};
use crate::diagnostic::{Diagnostic, Diagnostics, Failed, SourceFile};
use crate::options::Options;
use crate::source::{Condition, Crates, ItemKind, ModuleId, Place, condition, conditional};
use errors::Enum;
use given::Given;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;
use syn::Attribute;
use syn::punctuated::Punctuated;

/// What an item is known by: the module that declares it, and its name there.
type Key = (ModuleId, String);

/// The state of a lowering: what was found, and every mistake so far.
struct Cx<'a> {
    crates: &'a Crates,
    /// What stands before the function.
    front: Front,
    /// Paths of types and what each is on the wire, from the configuration.
    given: Given,
    errors: Diagnostics,
    enums: HashMap<Key, Option<Rc<Enum>>>,
    /// The errors of enums already collected, flattened.
    sets: HashMap<Key, Rc<Vec<Code>>>,
    /// Enums that another one flattens.
    flattened: HashSet<Key>,
    /// Where each code is declared.
    codes: HashMap<String, errors::Origin>,
    error_defs: Vec<ErrorDef>,
    /// Where each code's error stands among them.
    defined: HashMap<String, usize>,
    types: Vec<TypeDef>,
    names: types::Names,
    /// Operations that take extractors of axum's own, and which.
    plain: Vec<(String, &'static str)>,
}

impl Cx<'_> {
    fn mistake(&mut self, place: &Place, message: impl Into<String>) {
        self.errors.span(&place.file, place.span, message);
    }

    /// Whether rustc keeps a part of a contract, as far as that and what is said of it do not depend on a `cfg`: `None`
    /// is a mistake that has been reported.
    fn kept(&mut self, file: &Arc<SourceFile>, attrs: &[Attribute], what: &str) -> Option<bool> {
        let place = |span| Place { file: Arc::clone(file), span };
        if let Some(span) = conditional(attrs, "serde") {
            let text =
                format!("`cfg_attr` on a {what}: a contract does not depend on features; say it in a plain attribute");
            self.mistake(&place(span), text);
            return None;
        }
        match condition(attrs) {
            Condition::Always => Some(true),
            Condition::Never => Some(false),
            Condition::Depends(span) => {
                let text =
                    format!("`cfg` on a {what}: a contract does not depend on features; declare the {what} always");
                self.mistake(&place(span), text);
                None
            }
        }
    }

    /// A name that is one thing or another.
    fn either(&mut self, place: &Place, name: &str, other: &Place) {
        let text = format!(
            "what `{name}` is depends on a `cfg`: a contract does not depend on features; declare it once, or name another"
        );
        let diagnostic = Diagnostic::new(text).at(&place.file, place.span.byte_range(), "").at(
            &other.file,
            other.span.byte_range(),
            "the other is here",
        );
        self.errors.push(diagnostic);
    }
}

/// Reads the contract of a crate's source, and what of it is right and may surprise; `front` is what really stands before the
/// function.
pub(crate) fn contract(
    crates: &Crates,
    options: &Options,
    front: Front,
    name: &str,
    version: &str,
) -> Result<(Contract, Vec<String>), Failed> {
    let mut errors = Diagnostics::default();
    let given = Given::new(options, &mut errors);
    let mut cx = Cx {
        crates,
        front,
        given,
        errors,
        enums: HashMap::new(),
        sets: HashMap::new(),
        flattened: HashSet::new(),
        codes: HashMap::new(),
        error_defs: Vec::new(),
        defined: HashMap::new(),
        types: Vec::new(),
        names: types::Names::default(),
        plain: Vec::new(),
    };
    // Every error enum is read, used or not: all the mistakes of a crate appear at once.
    for module in crates.own() {
        for (name, item) in crates.items_of(module) {
            let derives = match &item.kind {
                ItemKind::Enum(item) => derives(&item.attrs, "ApiError"),
                ItemKind::Struct(item) => derives(&item.attrs, "ApiError"),
                ItemKind::Union(item) => derives(&item.attrs, "ApiError"),
                ItemKind::Alias(_) | ItemKind::Module(_) => false,
            };
            if derives {
                errors::read(&mut cx, module, name);
            }
        }
    }
    let (mut operations, mut invocations) = (Vec::new(), Vec::new());
    let mut routes = operations::Routes::default();
    for module in crates.own() {
        for place in &crates.get(module).misplaced {
            let text = "a handler is a free function of a module: move it out of the `impl`, the trait, the function or the \
                        macro that it stands in";
            cx.mistake(place, text);
        }
        for function in &crates.get(module).functions {
            if let Some(span) = conditional(&function.item.attrs, "operation") {
                let text = "`cfg_attr` makes this handler an operation or none: a contract does not depend on features; mark it always";
                cx.mistake(&Place { file: Arc::clone(&function.file), span }, text);
            }
            if let Some(attribute) = function.item.attrs.iter().find(|attr| last_segment(attr) == "operation") {
                match operations::lower(&mut cx, module, function, attribute, &mut routes) {
                    // Nobody asks for its route.
                    Some(operations::Lowered::Operation(operation, key)) if front == Front::Invoke => {
                        invocations.push((operation.invoked(), key));
                    }
                    Some(operations::Lowered::Operation(operation, key)) => operations.push((operation, key)),
                    Some(operations::Lowered::Invocation(invocation, key)) => invocations.push((invocation, key)),
                    None => {}
                }
            }
        }
    }
    let taken: Vec<_> = operations.iter().map(|(operation, _)| operation.name.clone()).collect();
    let taken: Vec<_> = taken.into_iter().chain(invocations.iter().map(|(one, _)| one.name.clone())).collect();
    operations.extend(configured::lower(&mut cx, options, &taken));
    let mut alone = sets::alone(&mut cx, &operations);
    for key in invocations.iter().filter_map(|(_, key)| key.clone()) {
        if !alone.contains(&key) && operations.iter().all(|(_, other)| other.as_ref() != Some(&key)) {
            alone.push(key);
        }
    }
    let is_empty = operations.is_empty() && invocations.is_empty() && alone.is_empty();
    if is_empty && cx.errors.is_empty() {
        let help = "derive it on an error enum: `#[derive(Debug, thiserror::Error, throwback::ApiError)] enum GetOrderError { … }`";
        cx.errors.push(Diagnostic::new("no enum that derives `ApiError` was found, and no operation").help(help));
    }
    if cx.errors.is_empty() {
        cx.given.unused(&mut cx.errors);
    }
    let (operations, invocations, sets) = sets::named(&mut cx, operations, invocations, alone);
    cx.types = reached::reached(cx.types, &operations, &invocations, &cx.error_defs);
    naming::distinct_models(&mut cx);
    for (def, text) in endless(&cx.types) {
        let place = cx.names.taken.get(&def.name).cloned();
        cx.errors.push(match place {
            Some(place) => Diagnostic::new(text).at(&place.file, place.span.byte_range(), ""),
            None => Diagnostic::new(text),
        });
    }
    let contract = Contract {
        contract: VERSION,
        name: name.to_owned(),
        version: version.to_owned(),
        docs: options.title.clone().unwrap_or_default(),
        front: options.front(),
        operations,
        invocations,
        sets,
        errors: cx.error_defs,
        types: cx.types,
    };
    let notes = extractors::note(&cx.plain).into_iter().collect();
    cx.errors.finish((contract, notes))
}

/// Whether an item derives a trait, by the last name of its path.
fn derives(attrs: &[Attribute], name: &str) -> bool {
    derived_paths(attrs).any(|path| path.segments.last().is_some_and(|last| last.ident == name))
}

/// Everything that an item derives.
fn derived_paths(attrs: &[Attribute]) -> impl Iterator<Item = syn::Path> {
    let derives = attrs.iter().filter(|attr| attr.path().is_ident("derive"));
    let paths =
        derives.filter_map(|attr| attr.parse_args_with(Punctuated::<syn::Path, syn::Token![,]>::parse_terminated).ok());
    paths.flatten()
}

fn last_segment(attr: &Attribute) -> String {
    attr.path().segments.last().map_or_else(String::new, |last| last.ident.to_string())
}

/// A path's names, without their arguments.
fn segments(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| unraw(&segment.ident)).collect()
}

fn unraw(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").unwrap_or(&text).to_owned()
}
