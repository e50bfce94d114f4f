//! The methods: one for each operation, and one for each that is invoked.

use super::errors::classes_name;
use super::layout::{Doc, arguments, generics, list, object, print, text};
use super::names::{self, KEYWORDS};
use super::schema::{entry, schema, text_entry};
use crate::client::{Arguments, Call, Client, Method};
use crate::contract::Type;
use crate::text::typescript::{docs, string};
use std::fmt::Write as _;

/// A method, and what the runtime has to know of its operation.
pub(super) struct Item {
    pub(super) docs: Vec<String>,
    pub(super) operation: String,
    pub(super) signature: String,
    pub(super) call: String,
}

/// A name of a variable.
pub(super) fn variable(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// The methods of the client.
pub(super) fn methods(client: &Client<'_>, failures: &[String]) -> Vec<Item> {
    client.methods.iter().map(|method| method_item(client, method, failures)).collect()
}

fn method_item(client: &Client<'_>, item: &Method<'_>, failures: &[String]) -> Item {
    let operation = item.operation;
    let input = &operation.input;
    let ty = |ty: &Type| names::ty(client, ty, "t.");
    let mut parameters = Vec::new();
    let given = match &item.arguments {
        Arguments::None => text("null"),
        Arguments::Whole => {
            parameters.push(text(format!("input: {}", ty(&input.ty))));
            text("input")
        }
        Arguments::Each(arguments) => {
            let members = arguments.iter().map(|argument| {
                let name = variable(&argument.name);
                parameters.push(text(format!("{name}: {}", ty(&argument.field.ty))));
                text(if name == argument.member { name } else { format!("{}: {name}", argument.member) })
            });
            object(members.collect())
        }
    };
    parameters.push(text("options?: rt.CallOptions"));
    let constant = format!("{}Operation", item.name);
    let texts = |names: Vec<&str>| list(names.into_iter().map(|name| text(string(name))).collect(), false);
    let headers: Vec<_> = input
        .headers
        .iter()
        .map(|parameter| list(vec![text(string(&parameter.field.name)), text(string(&parameter.header))], false))
        .collect();
    let several = headers.len() > 1;
    let body = match &input.payload {
        Some(payload) => object(vec![text_entry("payload", payload)]),
        None => text(input.body.to_string()),
    };
    let entries = vec![
        text_entry("method", operation.method.as_str()),
        text_entry("path", &operation.path),
        entry("query", texts(input.query.iter().map(|field| &*field.name).collect())),
        entry("headers", list(headers, several)),
        entry("body", body),
        entry("input", schema(&input.ty)),
        entry("output", schema(&operation.output)),
    ];
    let set = classes_name(&client.set_of(item).name);
    let call = vec![text(constant.clone()), text(format!("e.{set}")), given, text("options")];
    let mut said = item.docs.to_string();
    let _ = write!(said, "\n\n`{} {}`", operation.method, operation.path);
    Item {
        docs: docs(&said),
        operation: print(vec![text(format!("const {constant}: rt.Operation = ")), object(entries), text(";")], 0),
        signature: signature(
            &item.name,
            parameters,
            names::doc(client, &operation.output, "t."),
            failures.get(item.set),
        ),
        call: print(vec![text("return this.#api.call"), arguments(call), text(";")], 4),
    }
}

fn signature(name: &str, parameters: Vec<Doc>, output: Doc, failure: Option<&String>) -> String {
    let failure = failure.map_or("never".to_owned(), |failure| format!("e.{failure}"));
    let of = generics("rt.Call", vec![output, text(failure)]);
    print(vec![text(name), Doc::Group(vec![arguments(parameters), text(": "), of, text(" {")], false)], 2)
}

/// The methods that invoke the function.
pub(super) fn calls(client: &Client<'_>, failures: &[String]) -> Vec<Item> {
    client.calls.iter().map(|call| call_item(client, call, failures)).collect()
}

fn call_item(client: &Client<'_>, item: &Call<'_>, failures: &[String]) -> Item {
    let (input, output) = (&item.invocation.input, &item.invocation.output);
    let ty = |ty: &Type| names::ty(client, ty, "t.");
    let mut parameters = Vec::new();
    let given = match input {
        Type::Unit => text("null"),
        input => {
            parameters.push(text(format!("input: {}", ty(input))));
            text("input")
        }
    };
    parameters.push(text("options?: rt.FunctionOptions"));
    let constant = format!("{}Invocation", item.name);
    let entries =
        vec![text_entry("name", &item.invocation.name), entry("input", schema(input)), entry("output", schema(output))];
    let set = client.sets.get(item.set).map_or_else(String::new, |set| classes_name(&set.name));
    let call = vec![text(constant.clone()), text(format!("e.{set}")), given, text("options")];
    Item {
        docs: docs(&item.docs),
        operation: print(vec![text(format!("const {constant}: rt.Invocation = ")), object(entries), text(";")], 0),
        signature: signature(&item.name, parameters, names::doc(client, output, "t."), failures.get(item.set)),
        call: print(vec![text("return this.#calls.call"), arguments(call), text(";")], 4),
    }
}

/// An operation and its set, as a line of the vectors' test.
pub(super) fn pair(operation: &str, set: &str) -> String {
    print(vec![list(vec![text(string(operation)), text(string(set))], false), text(",")], 2)
}
