//! Operations: the three methods of each.

use super::code::{call, line};
use super::names::Java;
use super::types::{Ty, Types};
use crate::client::{Arguments, Call, Method, Set, members};
use crate::contract::{Field, Type};
use crate::output::layout::{Doc, text};
use crate::text::java::{comment, html, paragraphs, string};
use std::collections::HashSet;

/// What a method is given, and how it is written.
struct Given {
    parameters: Vec<Doc>,
    names: Vec<String>,
    tags: Vec<String>,
    written: Doc,
}

impl Types<'_> {
    /// The methods of an operation over HTTP.
    pub(super) fn method(&self, item: &Method<'_>, failure: &str) -> String {
        let operation = item.operation;
        let input = &operation.input;
        let set = self.client.set_of(item);
        let headers = input.headers.iter().map(|parameter| {
            format!("new WireEndpoint.Header({}, {})", string(&parameter.field.name), string(&parameter.header))
        });
        let endpoint = call(
            "new WireEndpoint",
            vec![
                text(string(operation.method.as_str())),
                text(string(&operation.path)),
                listed(input.query.iter().map(|field| string(&field.name)).collect()),
                listed(headers.collect()),
                text(if input.body && input.payload.is_none() { "true" } else { "false" }),
                text(input.payload.as_ref().map_or("null".to_owned(), |payload| string(payload))),
                text(class(set)),
            ],
            "",
        );
        let given = match &item.arguments {
            Arguments::None => Self::none(),
            Arguments::Whole => self.whole(&input.ty),
            Arguments::Each(arguments) => {
                let fields: Vec<_> = arguments.iter().map(|argument| argument.field).collect();
                self.each(&input.ty, &fields)
            }
        };
        let mut docs = paragraphs(&item.docs);
        docs.push(html(&format!("`{} {}`", operation.method, operation.path)));
        let start = |written, read| call("return WireCall.start", vec![text("settings"), endpoint, written, read], ";");
        self.three(&item.name, &docs, given, &operation.output, set, failure, start)
    }

    /// The methods of an operation that is invoked.
    pub(super) fn call(&self, item: &Call<'_>, failure: &str) -> String {
        let set = self.client.sets.get(item.set).unwrap_or(&self.client.whole);
        let name = string(&item.invocation.name);
        let given = self.whole(&item.invocation.input);
        let start =
            |written, read| call("return function.start", vec![text(name), text(class(set)), written, read], ";");
        self.three(&item.name, &paragraphs(&item.docs), given, &item.invocation.output, set, failure, start)
    }

    #[expect(clippy::too_many_arguments, reason = "each is a part of what is written")]
    fn three(
        &self,
        name: &str,
        docs: &[String],
        given: Given,
        output: &Type,
        set: &Set,
        failure: &str,
        start: impl FnOnce(Doc, Doc) -> Doc,
    ) -> String {
        let Given { parameters, names, tags, written } = given;
        let (boxed, plain, read) = if *output == Type::Unit {
            ("@Nullable Void".to_owned(), "void".to_owned(), text("WireWait.NOTHING"))
        } else {
            let Ty { boxed, plain, read, .. } = self.ty(output);
            (boxed, plain, read)
        };
        let stem = name.trim_end_matches('_');
        let tried = super::names::tried(stem);
        let calling = format!("{stem}Async({})", names.join(", "));
        let is_void = plain == "void";
        let mut own = tags.clone();
        if !is_void {
            own.push("@return its output".to_owned());
        }
        let fails = if set.errors.is_empty() {
            format!("@throws {failure} if the call fails")
        } else {
            format!("@throws {failure} one of {{@link {}}}, or one that no operation declares", set.name)
        };
        own.push(fails);
        let mut out = comment(docs, &own, 2);
        out.push_str(&line(vec![call(format!("public {plain} {name}"), parameters.clone(), " {")], 2));
        let waits = call("WireWait.await", vec![text(calling.clone())], ";");
        out.push_str(&line(if is_void { vec![waits] } else { vec![text("return "), waits] }, 4));
        out.push_str("  }\n\n");
        let mut said = tags.clone();
        said.push("@return its output or its failure".to_owned());
        out.push_str(&comment(&[format!("Like {{@code {name}}}, without an exception.")], &said, 2));
        out.push_str(&line(vec![call(format!("public Result<{boxed}> {tried}"), parameters.clone(), " {")], 2));
        out.push_str(&line(vec![call("return WireWait.attempted", vec![text(calling)], ";")], 4));
        out.push_str("  }\n\n");
        let mut said = tags;
        said.push("@return what completes with its output or its failure; cancelling it gives the call up".to_owned());
        out.push_str(&comment(&[format!("Like {{@code {name}}}, without waiting.")], &said, 2));
        let head = format!("public CompletableFuture<{boxed}> {stem}Async");
        out.push_str(&line(vec![call(head, parameters, " {")], 2));
        out.push_str(&line(vec![start(written, read)], 4));
        out.push_str("  }\n");
        out
    }

    fn none() -> Given {
        Given { parameters: Vec::new(), names: Vec::new(), tags: Vec::new(), written: text("\"null\"") }
    }

    fn whole(&self, ty: &Type) -> Given {
        if *ty == Type::Unit {
            return Self::none();
        }
        let Ty { plain, put, .. } = self.ty(ty);
        Given {
            parameters: vec![text(format!("{plain} input"))],
            names: vec!["input".to_owned()],
            tags: vec!["@param input what it is given".to_owned()],
            written: call("WireWriter.written", vec![put, text("input")], ""),
        }
    }

    /// Each member of an input as an argument.
    fn each(&self, ty: &Type, fields: &[&Field]) -> Given {
        let of = self.ty(ty);
        let all = match ty {
            Type::Named(name) => self.fields_of(name).unwrap_or_default(),
            _ => &[],
        };
        let known = self.members(all, &members(&Java, all));
        let mut taken = HashSet::from(["settings".to_owned(), "function".to_owned()]);
        let mut given = Vec::new();
        for field in fields {
            let at = all.iter().position(|one| one.name == field.name).unwrap_or_default();
            if let Some(member) = known.get(at) {
                given.push((at, super::names::take(&mut taken, &member.name, "_"), member));
            }
        }
        let mut in_order: Vec<_> = given.iter().map(|(at, name, _)| (*at, name.clone())).collect();
        in_order.sort();
        let made = call(format!("new {}", of.boxed), in_order.into_iter().map(|(_, name)| text(name)).collect(), "");
        Given {
            parameters: given.iter().map(|(_, name, member)| text(format!("{} {name}", member.ty))).collect(),
            tags: given.iter().map(|(_, name, member)| format!("@param {name} {}", member.docs)).collect(),
            names: given.into_iter().map(|(_, name, _)| name).collect(),
            written: call("WireWriter.written", vec![of.put, made], ""),
        }
    }
}

/// A list of texts.
fn listed(items: Vec<String>) -> Doc {
    call("List.of", items.into_iter().map(text).collect(), "")
}

/// The class that the errors of a set share; none has those of an empty one.
fn class(set: &Set) -> String {
    if set.errors.is_empty() { "null".to_owned() } else { format!("{}.class", set.name) }
}
