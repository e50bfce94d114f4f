//! Members of an object: what they are in Java, and the code that reads, writes and keeps them.

use super::code::{call, line};
use super::types::{Ty, Types};
use crate::contract::{Field, Shape, Type};
use crate::output::layout::{Doc, text};
use crate::text::java::{html, paragraphs, string};

/// How many places of parameters a method may have: 255 less `this`, and a `long` takes two.
const PLACES: usize = 250;

/// How many optional members a constructor may have before there is a builder.
const OPTIONALS: usize = 3;

/// One member.
pub(super) struct Member {
    pub(super) name: String,
    /// As it is declared.
    pub(super) ty: String,
    pub(super) docs: String,
    /// What an optional one holds.
    pub(super) inner: String,
    pub(super) optional: bool,
    /// As it stands between `<` and `>`.
    pub(super) boxed: String,
    /// What reads it of `object`.
    read: Doc,
    /// The method of a writer, and what it is given before the value.
    put: (&'static str, Vec<Doc>),
    copy: &'static str,
    plain: bool,
}

impl Member {
    /// What a builder has of it.
    pub(super) fn given(&self, value: &str) -> Doc {
        if self.optional {
            return text(value);
        }
        call("Objects.requireNonNull", vec![text(value), text(string(&self.name))], "")
    }

    /// What a class keeps of what its builder has.
    pub(super) fn taken(&self, value: &str) -> Doc {
        match (self.copy, self.optional) {
            ("", _) | (_, true) => {
                if self.optional {
                    self.kept(value)
                } else {
                    self.given(value)
                }
            }
            (copy, false) => call(copy, vec![self.given(value)], ""),
        }
    }

    /// What is kept of a value: no null, and nothing that anybody could change.
    pub(super) fn kept(&self, value: &str) -> Doc {
        match (self.copy, self.optional) {
            _ if self.plain => text(value),
            ("", _) => call("Objects.requireNonNull", vec![text(value), text(string(&self.name))], ""),
            (copy, true) => text(format!("{value}.map({}::{})", &copy[..4], &copy[5..])),
            (copy, false) => call(copy, vec![text(value)], ""),
        }
    }
}

impl Types<'_> {
    /// The members of an object, under these names.
    pub(super) fn members(&self, list: &[Field], names: &[String]) -> Vec<Member> {
        let known: Vec<_> = list.iter().filter(|field| !field.flatten).map(|field| string(&field.name)).collect();
        let mut known = known;
        let mut out = Vec::new();
        for (field, name) in list.iter().zip(names) {
            let optional = field.optional || matches!(field.ty, Type::Option(_));
            let inner = match &field.ty {
                Type::Option(inner) => inner,
                ty => ty,
            };
            let Ty { boxed, plain, read, put, copy } = self.ty(inner);
            let wire = string(&field.name);
            let mut taken = Vec::new();
            let (read, put) = if field.flatten {
                self.names_in(inner, &mut taken);
                let others = known.iter().map(|name| text(name.clone()));
                let (reader, writer) =
                    if optional { ("object.flatOptional", "flatOptional") } else { ("object.flat", "flat") };
                (call(reader, std::iter::once(read).chain(others).collect(), ""), (writer, vec![put]))
            } else {
                let (reader, writer) =
                    if optional { ("object.optional", "optional") } else { ("object.required", "member") };
                (call(reader, vec![text(wire.clone()), read], ""), (writer, vec![text(wire.clone()), put]))
            };
            // What stands in the place of one is not for the next, as serde has it.
            known.extend(taken);
            let docs = paragraphs(&field.docs).join(" ");
            out.push(Member {
                name: name.clone(),
                ty: if optional { format!("Optional<{boxed}>") } else { plain.clone() },
                docs: if docs.is_empty() { html(&format!("the member \"{}\"", field.name)) } else { docs },
                plain: !optional && plain != boxed,
                inner: if optional { boxed.clone() } else { plain },
                boxed,
                optional,
                read,
                put,
                copy,
            });
        }
        out
    }

    fn names_in(&self, ty: &Type, names: &mut Vec<String>) {
        let Type::Named(name) = ty else { return };
        match self.def(name).map(|def| &def.shape) {
            Some(Shape::Struct(fields)) => {
                for field in fields {
                    if field.flatten {
                        self.names_in(&field.ty, names);
                    } else {
                        names.push(string(&field.name));
                    }
                }
            }
            Some(Shape::Newtype(inner)) => self.names_in(inner, names),
            _ => {}
        }
    }
}

/// Whether a constructor can take all of them.
pub(super) fn fits(members: &[Member]) -> bool {
    let places = members.iter().map(|member| if ["long", "double"].contains(&&*member.ty) { 2 } else { 1 });
    places.sum::<usize>() <= PLACES
}

/// Whether there is a builder.
pub(super) fn is_built(members: &[Member]) -> bool {
    !fits(members) || members.iter().filter(|member| member.optional).count() > OPTIONALS
}

/// Parameters for all of them.
pub(super) fn parameters(members: &[Member]) -> Vec<Doc> {
    members.iter().map(|member| text(format!("{} {}", member.ty, member.name))).collect()
}

/// Tags of a doc comment for all of them.
pub(super) fn tags(members: &[Member]) -> Vec<String> {
    members.iter().map(|member| format!("@param {} {}", member.name, member.docs)).collect()
}

/// What reads them, as arguments.
pub(super) fn reads(members: &[Member]) -> Vec<Doc> {
    members.iter().map(|member| member.read.clone()).collect()
}

/// The lines that write them, and the method around.
pub(super) fn writes(head: &str, members: &[Member], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    if members.is_empty() {
        return format!("{blanks}{head}(WireWriter out) {{}}\n");
    }
    let mut out = format!("{blanks}{head}(WireWriter out) {{\n");
    for member in members {
        let (method, mut arguments) = member.put.clone();
        arguments.push(text(member.name.clone()));
        out.push_str(&line(vec![call(format!("out.{method}"), arguments, ";")], indent + 2));
    }
    out.push_str(&blanks);
    out.push_str("}\n");
    out
}

/// The lines of a compact constructor that refuse null and keep copies.
pub(super) fn checks(members: &[Member], indent: usize) -> String {
    let mut out = String::new();
    for member in members.iter().filter(|member| !member.plain) {
        let value = member.kept(&member.name);
        if member.copy.is_empty() {
            out.push_str(&line(vec![value, text(";")], indent));
        } else {
            out.push_str(&line(super::code::assigned(&member.name, value), indent));
        }
    }
    out
}
