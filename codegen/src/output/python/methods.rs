//! The methods: one for each operation, and one for each that is invoked.

use super::docs::{indented, sentences};
use super::errors::SetNames;
use super::layout::{Doc, assigned, call, head, named, print, text, texts, tuple};
use super::names::{OF_METHODS, Taken, constant};
use super::types::{Codecs, annotation, is_untold};
use crate::client::{Arguments, Call, Client, Method};
use crate::contract::Type;
use crate::text::python::string;

/// A method, and what the runtime has to know of its operation.
pub(super) struct Item {
    pub(super) docs: String,
    /// The docs of the method that gives its failure as a value.
    pub(super) safe_docs: String,
    /// The declaration of the operation.
    pub(super) operation: String,
    pub(super) signature: String,
    pub(super) async_signature: String,
    pub(super) safe_signature: String,
    pub(super) async_safe_signature: String,
    /// What the runtime is given.
    pub(super) call: String,
    pub(super) async_call: String,
    pub(super) safe: String,
    pub(super) async_safe: String,
}

/// The methods that go over HTTP.
pub(super) fn methods(client: &Client<'_>, codecs: &Codecs<'_>, sets: &[SetNames], taken: &mut Taken) -> Vec<Item> {
    client.methods.iter().map(|method| method_item(client, codecs, method, sets, taken)).collect()
}

fn method_item(
    client: &Client<'_>,
    codecs: &Codecs<'_>,
    item: &Method<'_>,
    sets: &[SetNames],
    taken: &mut Taken,
) -> Item {
    let operation = item.operation;
    let input = &operation.input;
    let mut parameters = vec![text("self")];
    let given = match &item.arguments {
        Arguments::None => text("None"),
        Arguments::Whole => whole(client, &input.ty, &mut parameters),
        Arguments::Each(arguments) => {
            let members = arguments.iter().map(|argument| {
                let name = argument_name(&argument.name);
                let mut of = annotation(client, &argument.field.ty, "_m.");
                if argument.field.optional {
                    of = super::types::optional(of);
                }
                parameters.push(text(format!("{name}: {of}")));
                named(&argument.member, text(name))
            });
            let members = members.collect();
            match &input.ty {
                Type::Named(name) => call(format!("_m.{}", client.type_name(name)), members),
                _ => text("None"),
            }
        }
    };
    parameters.push(text("**options: _t.Unpack[_rt.CallOptions]"));
    let set = sets.get(item.set);
    let mut entries =
        vec![named("method", text(string(operation.method.as_str()))), named("path", text(string(&operation.path)))];
    if !input.query.is_empty() {
        entries.push(named("query", texts(input.query.iter().map(|field| &*field.name))));
    }
    if !input.headers.is_empty() {
        let pairs =
            input.headers.iter().map(|parameter| texts([&*parameter.field.name, &*parameter.header].into_iter()));
        entries.push(named("headers", tuple(pairs.collect())));
    }
    if let Some(payload) = &input.payload {
        entries.push(named("payload", text(string(payload))));
    } else if input.body {
        entries.push(named("body", text("True")));
    }
    let types = (&input.ty, &operation.output);
    let about = format!("`{} {}`", operation.method, operation.path);
    let of = Parts { name: &item.name, docs: &item.docs, about: &about, kind: "Operation", with: "options" };
    of.item(client, codecs, types, set, (parameters, given, entries), taken)
}

/// The methods that invoke the function.
pub(super) fn calls(client: &Client<'_>, codecs: &Codecs<'_>, sets: &[SetNames], taken: &mut Taken) -> Vec<Item> {
    client.calls.iter().map(|call| call_item(client, codecs, call, sets, taken)).collect()
}

fn call_item(client: &Client<'_>, codecs: &Codecs<'_>, item: &Call<'_>, sets: &[SetNames], taken: &mut Taken) -> Item {
    let invocation = item.invocation;
    let mut parameters = vec![text("self")];
    let given = match &invocation.input {
        Type::Unit => text("None"),
        input => whole(client, input, &mut parameters),
    };
    parameters.extend([text("*"), text("retries: _rt.Retries | None = None")]);
    let entries = vec![named("name", text(string(&invocation.name)))];
    let types = (&invocation.input, &invocation.output);
    let of = Parts { name: &item.name, docs: &item.docs, about: "", kind: "Invocation", with: "retries" };
    of.item(client, codecs, types, sets.get(item.set), (parameters, given, entries), taken)
}

/// The input as one value.
fn whole(client: &Client<'_>, ty: &Type, parameters: &mut Vec<Doc>) -> Doc {
    parameters.push(text(format!("request: {}", annotation(client, ty, "_m."))));
    text("request")
}

/// An argument's name: no other argument's.
pub(super) fn argument_name(name: &str) -> String {
    if OF_METHODS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// What a method is made of.
struct Parts<'a> {
    name: &'a str,
    docs: &'a str,
    about: &'a str,
    kind: &'a str,
    /// The last argument of the runtime's own method.
    with: &'a str,
}

impl Parts<'_> {
    fn item(
        &self,
        client: &Client<'_>,
        codecs: &Codecs<'_>,
        (input, output): (&Type, &Type),
        set: Option<&SetNames>,
        (parameters, given, mut entries): (Vec<Doc>, Doc, Vec<Doc>),
        taken: &mut Taken,
    ) -> Item {
        let Self { name, docs, about, kind, with } = self;
        let constant = taken.take(&constant(name));
        let of = annotation(client, output, "_m.");
        let typed = if is_untold(output) { format!("{constant}: _rt.{kind}[{of}]") } else { constant.clone() };
        entries.extend([named("input", codecs.of(input, &|_| false)), named("output", codecs.of(output, &|_| false))]);
        let (mut fails, mut failure) = (String::new(), "_t.Never".to_owned());
        if let Some(SetNames { alias, failure: of, constant }) = set {
            entries.push(named("errors", text(format!("_e.{constant}"))));
            fails = format!("Raises:\n    {alias}: What the API declares, or another error of this package.");
            failure = format!("_e.{of}");
        }
        let output = annotation(client, output, "_m.");
        let result = format!(" -> {output}");
        let safe_result = format!(" -> _rt.Ok[{output}] | _rt.Err[{failure}]");
        let sections: Vec<_> = [*docs, *about, &fails].into_iter().filter(|text| !text.is_empty()).collect();
        let said = |way: &str, of: &str| {
            let given = vec![text(format!("_o.{constant}")), given.clone(), text(*with)];
            print(vec![text(way), call(format!("self._calls.{of}"), given)], 8)
        };
        let signature = |way: &str, result: &str| head(&format!("{way}{name}"), parameters.clone(), result, 4);
        Item {
            docs: indented(&sentences(&sections.join("\n\n")), "        "),
            safe_docs: indented(&sentences(docs), "        "),
            operation: assigned(&typed, call(format!("_rt.{kind}"), entries)),
            signature: signature("def ", &result),
            async_signature: signature("async def ", &result),
            safe_signature: signature("def ", &safe_result),
            async_safe_signature: signature("async def ", &safe_result),
            call: said("return ", "call"),
            async_call: said("return await ", "call"),
            safe: said("return ", "safe"),
            async_safe: said("return await ", "safe"),
        }
    }
}
