//! The package's README, with snippets of the API's own operations and errors.

use super::layout::{Doc, call, import, print, text};
use super::names::OF_ERRORS;
use super::{example, fields};
use crate::client::{Arguments, Call, Client, Error, Method};
use crate::contract::Type;
use crate::output::Cx;
use crate::text::markdown;
use crate::text::typescript::string;
use askama::Template;

/// What the README shows.
#[derive(Template)]
#[template(path = "typescript/README.md.askama", escape = "none")]
pub(super) struct Readme<'a> {
    origin: &'a str,
    package: &'a str,
    api: &'a str,
    docs: String,
    contract: &'a str,
    client: &'a str,
    function: &'a str,
    base: &'a str,
    /// A call that the snippets show.
    call: Option<Shown<'a>>,
    /// One of its errors, or of the API's where it has none.
    error: Option<Thrown>,
    /// How an answer and an invocation are decoded.
    decode: String,
    decode_invocation: String,
    catch_import: String,
    test_import: String,
    methods: Vec<(String, String)>,
    calls: Vec<String>,
    errors: Vec<(String, u16, &'static str, String)>,
}

/// A call that the snippets show.
struct Shown<'a> {
    /// Whether it goes over HTTP.
    routed: bool,
    awaited: String,
    safe: String,
    tested: String,
    bounded: String,
    /// The class that has it, and what answers for it in tests.
    class: &'a str,
    fake: &'static str,
    /// Whether the API declares an error of it.
    has_errors: bool,
    /// Whether it declares more than one.
    has_several: bool,
}

/// An error that the snippets show.
struct Thrown {
    name: String,
    code: String,
    /// A member to show.
    member: String,
    made: String,
}

impl<'a> Readme<'a> {
    pub(super) fn new(
        cx: &'a Cx<'_>,
        model: &'a Client<'_>,
        whole: &'a str,
        package: &'a str,
        origin: &'a str,
    ) -> Self {
        let errors = model.errors.iter().map(|error| {
            let def = error.def;
            (error.name.clone(), def.status.get(), def.retry.word(), markdown::inline(&def.title))
        });
        let methods = model.methods.iter().map(|method| {
            let route = format!("{} {}", method.operation.method, method.operation.path);
            (method.name.clone(), markdown::code(&route))
        });
        let routed =
            model.methods.iter().filter_map(|method| Some((&*method.name, method.set, given(model, method)?, true)));
        let invoked = model.calls.iter().filter_map(|call| Some((&*call.name, call.set, passed(model, call)?, false)));
        // One with an error to show, if there is one.
        let all: Vec<_> = routed.chain(invoked).collect();
        let (found, error) = all
            .iter()
            .find_map(|call| Some((call, Some(shown_of(model, call.1)?))))
            .or_else(|| all.first().map(|call| (call, None)))
            .unzip();
        let error = error.flatten().or_else(|| model.errors.iter().find_map(|error| thrown(model, error)));
        let set = found.and_then(|call| model.sets.get(call.1)).or(model.sets.first()).map_or(whole, |set| &set.name);
        let shown = found.map(|(name, set, given, routed)| shown(model, name, *set, given, *routed));
        let decode = |head: &str, given: &str| {
            print(
                vec![call(head, vec![text(string(set)), text(given)]), text(";")],
                head.len() - head.trim_start().len(),
            )
        };
        let base = &*model.whole.name;
        let own = error.as_ref().filter(|_| shown.as_ref().is_some_and(|shown| shown.has_errors));
        let caught: Vec<_> = own.map(|error| &*error.name).into_iter().chain([base]).collect();
        let catch_import = import(&caught, package);
        let test_import = import(&[shown.as_ref().map_or("", |shown| shown.class), "safe"], package);
        Self {
            origin,
            package,
            api: &cx.contract.name,
            docs: markdown::inline(&cx.contract.docs),
            contract: &cx.hash,
            client: &model.name,
            function: &model.function,
            base,
            call: shown,
            error,
            decode: decode("  const failure = decode", "answer"),
            decode_invocation: decode("const timeout = decodeInvocation", "payload"),
            catch_import,
            test_import,
            methods: methods.collect(),
            calls: model.calls.iter().map(|call| call.name.clone()).collect(),
            errors: errors.collect(),
        }
    }
}

/// What a method is given.
fn given(client: &Client<'_>, method: &Method<'_>) -> Option<Vec<Doc>> {
    match &method.arguments {
        Arguments::None => Some(Vec::new()),
        Arguments::Whole => Some(vec![example::value(client, &method.operation.input.ty)?]),
        Arguments::Each(arguments) => {
            arguments.iter().map(|argument| example::value(client, &argument.field.ty)).collect()
        }
    }
}

/// What an invocation is given.
fn passed(client: &Client<'_>, call: &Call<'_>) -> Option<Vec<Doc>> {
    match &call.invocation.input {
        Type::Unit => Some(Vec::new()),
        input => Some(vec![example::value(client, input)?]),
    }
}

fn shown<'a>(client: &'a Client<'_>, name: &str, set: usize, given: &[Doc], routed: bool) -> Shown<'a> {
    let calls = |receiver: &str| call(format!("{receiver}.{name}"), given.to_vec());
    let safe = |name: &str, of: Doc| print(vec![call(format!("const {name} = await safe"), vec![of]), text(";")], 0);
    let bounded = given.iter().cloned().chain([text("{ signal: AbortSignal.timeout(10_000) }")]).collect();
    let receiver = if routed { "client" } else { "fn" };
    let set = client.sets.get(set);
    Shown {
        routed,
        awaited: print(vec![text("const output = await "), calls(receiver), text(";")], 2),
        safe: safe("result", calls(receiver)),
        tested: safe("failed", calls("tested")),
        bounded: safe("bounded", call(format!("patient.{name}"), bounded)),
        class: if routed { &client.name } else { &client.function },
        fake: if routed { "fakeFetch" } else { "fakeInvoke" },
        has_errors: set.is_some_and(|set| !set.errors.is_empty()),
        has_several: set.is_some_and(|set| set.errors.len() > 1),
    }
}

/// The first error of a set that can be shown.
fn shown_of(client: &Client<'_>, set: usize) -> Option<Thrown> {
    client.errors_of(client.sets.get(set)?).find_map(|error| thrown(client, error))
}

fn thrown(client: &Client<'_>, error: &Error<'_>) -> Option<Thrown> {
    let fields = &error.def.fields;
    let given = if fields.is_empty() { Vec::new() } else { vec![example::members(client, fields, OF_ERRORS)?] };
    let name = &error.name;
    let member = fields::named(fields, OF_ERRORS).into_iter().next().unwrap_or_else(|| "title".to_owned());
    Some(Thrown {
        code: string(&error.def.code),
        made: print(vec![call(format!("const thrown = new {name}"), given), text(";")], 0),
        member,
        name: name.clone(),
    })
}
