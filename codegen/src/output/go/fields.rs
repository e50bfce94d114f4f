//! Structs: their fields, and what reads and writes them.

use super::lines::comment;
use super::names::Go;
use super::types::{Ty, Types};
use crate::client::members;
use crate::contract::{Field, Shape, Type};
use crate::text::go::{docs, string};
use std::fmt::Write;

impl Types<'_> {
    /// Fields in the lines of a struct, then the lines that read them into one, and those that write them from one.
    pub(super) fn fields(
        &self,
        list: &[Field],
        names: &[String],
        inside: Option<&str>,
        (into, from): (&str, &str),
    ) -> [String; 3] {
        let [mut lines, mut reads, mut puts] = [const { String::new() }; 3];
        let mut known: Vec<_> = list.iter().filter(|field| !field.flatten).map(|field| string(&field.name)).collect();
        for (at, (field, name)) in list.iter().zip(names).enumerate() {
            let optional = field.optional || matches!(field.ty, Type::Option(_));
            let inner = match &field.ty {
                Type::Option(inner) => inner,
                ty => ty,
            };
            let Ty { name: ty, read, put, nilable } = self.ty(inner, inside.filter(|_| !optional));
            let wire = string(&field.name);
            let place = format!("{into}.{name}");
            let value = format!("{from}.{name}");
            let star = if optional && !nilable { "*" } else { "" };
            if at > 0 {
                lines.push('\n');
            }
            let mut text = docs(&field.docs);
            if text.is_empty() {
                text.push(format!(" {name} is the member {wire}."));
            }
            lines.push_str(&comment(&text, "\t"));
            // Writing to a String never fails.
            let _ = writeln!(lines, "\t{name} {star}{ty}");
            // What stands in the place of one is not for the next, as serde has it.
            let mut taken = Vec::new();
            if field.flatten {
                self.names_in(inner, &mut taken);
            }
            let _ = match (field.flatten, optional, nilable) {
                (true, false, _) => {
                    let _ = writeln!(puts, "\tputFlat(w, {put}, {value})");
                    let known = known.iter().fold(String::new(), |all, name| format!("{all}, {name}"));
                    writeln!(reads, "\tflat(o, {read}, &{place}{known})")
                }
                (true, true, _) => {
                    let known = known.iter().fold(String::new(), |all, name| format!("{all}, {name}"));
                    let star = if nilable { "found" } else { "&found" };
                    let _ = writeln!(
                        reads,
                        "\tif found, err := {read}(o.without({})); err == nil {{\n\t\t{place} = {star}\n\t}}",
                        known.trim_start_matches(", ")
                    );
                    let star = if nilable { "" } else { "*" };
                    writeln!(puts, "\tif {value} != nil {{\n\t\tputFlat(w, {put}, {star}{value})\n\t}}")
                }
                (false, true, true) => {
                    let _ = writeln!(puts, "\tif {value} != nil {{\n\t\tput(w, {wire}, {put}, {value})\n\t}}");
                    writeln!(reads, "\tnilable(o, {wire}, {read}, &{place})")
                }
                (false, true, false) => {
                    let _ = writeln!(puts, "\tputOptional(w, {wire}, {put}, {value})");
                    writeln!(reads, "\toptional(o, {wire}, {read}, &{place})")
                }
                (false, false, _) => {
                    let _ = writeln!(puts, "\tput(w, {wire}, {put}, {value})");
                    writeln!(reads, "\trequired(o, {wire}, {read}, &{place})")
                }
            };
            known.extend(taken);
        }
        [lines, reads, puts]
    }

    /// The names of the members that a struct has, as texts of Go's.
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

    /// A struct with its functions.
    pub(super) fn structure(&self, name: &str, fields: &[Field], inside: &str) -> String {
        let names = members(&Go, fields);
        let [lines, reads, puts] = self.fields(fields, &names, Some(inside), ("out", "from"));
        let body = if fields.is_empty() { "struct{}\n".to_owned() } else { format!("struct {{\n{lines}}}\n") };
        let from = if fields.is_empty() { "_" } else { "from" };
        format!(
            "type {name} {body}\nfunc read{name}(v value) (out {name}, err error) {{\n\to := v.object()\n{reads}\
             \treturn out, o.err\n}}\n\nfunc append{name}(out []byte, {from} {name}) []byte {{\n\tw := newWriter(out)\n{puts}\
             \treturn w.close()\n}}\n"
        )
    }
}
