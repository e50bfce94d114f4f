//! The package's README, with snippets of the API's own operations and errors.

use super::errors::SetNames;
use super::layout::{Doc, call, import, named, print, text};
use super::names::{OF_ERRORS, attributes};
use super::package::Names;
use super::{example, methods};
use crate::client::{Arguments, Client, Error, Method};
use crate::contract::Type;
use crate::output::Cx;
use crate::text::markdown;
use askama::Template;

/// What the README shows.
#[derive(Template)]
#[template(path = "python/README.md.askama", escape = "none")]
pub(super) struct Readme<'a> {
    origin: &'a str,
    package: &'a str,
    module: &'a str,
    api: &'a str,
    docs: String,
    contract: &'a str,
    names: &'a Names,
    base: &'a str,
    /// The errors that the snippets expect.
    errors: String,
    has_client: bool,
    /// A call that the snippets show.
    call: Option<Shown>,
    /// One of its errors.
    error: Option<Thrown>,
    test_import: Option<String>,
    methods: Vec<(String, String, String)>,
    calls: Vec<(String, String)>,
    declared: Vec<(String, u16, &'static str, String)>,
}

/// A call that the snippets show.
struct Shown {
    routed: bool,
    /// The line that makes it.
    called: String,
    awaited: String,
    safe: String,
    bounded: String,
    /// The line that imports what the first snippets name.
    imports: String,
    tested: String,
}

/// An error that the snippets show.
struct Thrown {
    name: String,
    /// A member to show.
    member: String,
    made: String,
    imports: Vec<String>,
}

/// What a README tells of.
pub(super) struct About<'a> {
    pub(super) origin: &'a str,
    pub(super) package: &'a str,
    pub(super) module: &'a str,
    pub(super) names: &'a Names,
    pub(super) sets: &'a [SetNames],
    pub(super) whole: &'a SetNames,
}

impl<'a> Readme<'a> {
    pub(super) fn new(cx: &'a Cx<'_>, model: &'a Client<'_>, about: &About<'a>) -> Self {
        let routed = model.methods.iter().filter_map(|method| {
            let mut imports = Vec::new();
            let given = given(model, method, &mut imports)?;
            Some((&*method.name, method.set, given, imports, true))
        });
        let invoked = model.calls.iter().filter_map(|call| {
            let mut imports = Vec::new();
            let given = match &call.invocation.input {
                Type::Unit => Vec::new(),
                input => vec![example::value(model, input, &mut imports)?],
            };
            Some((&*call.name, call.set, given, imports, false))
        });
        // One with an error to show, if there is one.
        let all: Vec<_> = routed.chain(invoked).collect();
        let thrown_of = |set: usize| model.errors_of(model.sets.get(set)?).find_map(|error| thrown(model, error));
        let found = all.iter().find(|call| thrown_of(call.1).is_some()).or_else(|| all.first());
        let set = found.and_then(|call| about.sets.get(call.1)).unwrap_or(about.whole);
        let error = found.and_then(|call| thrown_of(call.1));
        let call = found.map(|(name, _, given, imports, routed)| {
            let caught = error.iter().map(|error| error.name.clone()).chain([model.whole.name.clone()]);
            shown(name, given, import(about.module, imports.iter().cloned().chain(caught).collect()), *routed)
        });
        let made =
            error.iter().flat_map(|error| error.imports.iter().chain([&error.name]).cloned()).collect::<Vec<_>>();
        let test_import = (!made.is_empty()).then(|| import(about.module, made));
        let declared = model.errors.iter().map(|error| {
            let def = error.def;
            (markdown::code(&error.name), def.status.get(), def.retry.word(), markdown::inline(&def.title))
        });
        let errors_of = |set: usize| about.sets.get(set).map_or_else(String::new, |set| markdown::code(&set.alias));
        Self {
            origin: about.origin,
            package: about.package,
            module: about.module,
            api: &cx.contract.name,
            docs: markdown::inline(&cx.contract.docs),
            contract: &cx.hash,
            names: about.names,
            base: &model.whole.name,
            errors: set.constant.clone(),
            has_client: !model.methods.is_empty(),
            error,
            test_import,
            call,
            methods: model
                .methods
                .iter()
                .map(|method| {
                    let route = format!("{} {}", method.operation.method, method.operation.path);
                    (markdown::code(&method.name), markdown::code(&route), errors_of(method.set))
                })
                .collect(),
            calls: model.calls.iter().map(|call| (markdown::code(&call.name), errors_of(call.set))).collect(),
            declared: declared.collect(),
        }
    }
}

/// What a method is given.
fn given(client: &Client<'_>, method: &Method<'_>, imports: &mut Vec<String>) -> Option<Vec<Doc>> {
    match &method.arguments {
        Arguments::None => Some(Vec::new()),
        Arguments::Whole => Some(vec![example::value(client, &method.operation.input.ty, imports)?]),
        Arguments::Each(arguments) => {
            let given = arguments.iter().map(|argument| {
                let value = example::value(client, &argument.field.ty, imports)?;
                Some(if arguments.len() == 1 { value } else { named(&methods::argument_name(&argument.name), value) })
            });
            given.collect()
        }
    }
}

fn shown(name: &str, given: &[Doc], imports: String, routed: bool) -> Shown {
    let line = |head: &str, receiver: &str, more: Option<&str>, indent: usize| {
        let given = given.iter().cloned().chain(more.map(text)).collect();
        print(vec![text(head), call(format!("{receiver}.{name}"), given)], indent)
    };
    let receiver = if routed { "client" } else { "function" };
    Shown {
        routed,
        called: line("output = ", receiver, None, 4),
        awaited: line("output = await ", receiver, None, 8),
        safe: line("match ", &format!("{receiver}.safe"), None, 0) + ":",
        bounded: line("output = ", "patient", routed.then_some("timeout=3"), 0),
        tested: line("", "tested", None, 4),
        imports,
    }
}

fn thrown(client: &Client<'_>, error: &Error<'_>) -> Option<Thrown> {
    let fields = &error.def.fields;
    let mut imports = Vec::new();
    let given = example::needed(client, fields, OF_ERRORS, &mut imports)?;
    let name = &error.name;
    let member = attributes(fields, OF_ERRORS).into_iter().next().unwrap_or_else(|| "title".to_owned());
    Some(Thrown { made: print(vec![text("error = "), call(name, given)], 0), member, name: name.clone(), imports })
}
