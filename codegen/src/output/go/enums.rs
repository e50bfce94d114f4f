//! Enums: those whose variants are texts, and unions.

use super::declared::{holder, marshal};
use super::lines::{comment, mark, meaning};
use super::names::Go;
use super::types::Types;
use crate::client::variants;
use crate::contract::{Shape, Tagging, Type, Variant};
use crate::text::go::{docs, string};
use std::fmt::Write;

impl Types<'_> {
    /// An enum whose variants are texts; the API may have more of them one day.
    pub(super) fn texts(&self, name: &str, list: &[Variant]) -> String {
        let mut out = format!("type {name} string\n");
        let names = variants(&Go, list.iter().map(|variant| &*variant.ident));
        let names: Vec<_> = names.iter().map(|variant| self.take(&format!("{name}{variant}"))).collect();
        if !list.is_empty() {
            let _ = write!(out, "\n// What {name} can be.\nconst (\n");
            for (at, (variant, constant)) in list.iter().zip(&names).enumerate() {
                let wire = string(&variant.name);
                let text = if variant.docs.is_empty() {
                    vec![format!(" {constant} is {wire}.")]
                } else {
                    meaning(constant, docs(&variant.docs))
                };
                let blank = if at > 0 { "\n" } else { "" };
                let _ = writeln!(out, "{blank}{}\t{constant} {name} = {wire}", comment(&text, "\t"));
            }
            out.push_str(")\n");
        }
        let known = if names.is_empty() {
            "\treturn false\n".to_owned()
        } else {
            format!("\tswitch v {{\n\tcase {}:\n\t\treturn true\n\t}}\n\treturn false\n", names.join(",\n\t\t"))
        };
        let receiver = if names.is_empty() { "" } else { "v " };
        let _ = write!(
            out,
            "\n// Known says whether this package knows it: the API may be newer.\nfunc ({receiver}{name}) Known() bool {{\n{known}}}\n\n\
             func read{name}(v value) ({name}, error) {{\n\treturn asTextOf[{name}](v)\n}}\n\n\
             func append{name}(out []byte, from {name}) []byte {{\n\treturn putTextOf(out, from)\n}}\n"
        );
        out
    }

    /// An enum whose variants hold values.
    pub(super) fn union(&self, name: &str, tagging: &Tagging, list: &[Variant], inside: &str) -> String {
        let names = variants(&Go, list.iter().map(|variant| &*variant.ident));
        let names: Vec<_> = names.iter().map(|variant| self.take(&format!("{name}{variant}"))).collect();
        let mut links: Vec<_> = names.iter().map(|name| format!("[{name}]")).collect();
        let open = *tagging != Tagging::Untagged;
        let unknown = self.take(&format!("{name}Unknown"));
        if open {
            links.push(format!("[{unknown}]"));
        }
        let mut out =
            format!("//\n// It is one of {}.\ntype {name} interface {{\n\tis{name}()\n}}\n", links.join(", "));
        let [mut reads, mut puts] = [const { String::new() }; 2];
        for (variant, of) in list.iter().zip(&names) {
            let wire = string(&variant.name);
            let text = if variant.docs.is_empty() { vec![format!(" {of} is {wire}.")] } else { docs(&variant.docs) };
            let _ = write!(out, "\n{}", comment(&meaning(of, text), ""));
            let unit = variant.shape == Shape::Unit;
            match &variant.shape {
                Shape::Struct(fields) => out.push_str(&self.structure(of, fields, inside)),
                Shape::Newtype(inner) => out.push_str(&holder(of, &self.ty(inner, None))),
                Shape::Tuple(elements) => out.push_str(&holder(of, &self.ty(&Type::Tuple(elements.clone()), None))),
                Shape::Unit | Shape::Enum { .. } => {
                    let _ = writeln!(out, "type {of} struct{{}}");
                }
            }
            let _ = write!(out, "{}\n{}\n", marshal(of, name), mark(of, name));
            let written = format!("append{of}(nil, v)");
            let (value, put) = match tagging {
                Tagging::External if unit => ("content", format!("putText(out, {wire})")),
                Tagging::External => ("content", format!("putOne(out, {wire}, {written})")),
                Tagging::Internal { tag } if unit => {
                    ("unit", format!("putOne(out, {}, putText(nil, {wire}))", string(tag)))
                }
                Tagging::Internal { tag } => ("v", format!("putInternal(out, {}, {wire}, {written})", string(tag))),
                Tagging::Adjacent { tag, .. } if unit => {
                    ("content", format!("putOne(out, {}, putText(nil, {wire}))", string(tag)))
                }
                Tagging::Adjacent { tag, content } => {
                    ("content", format!("putAdjacent(out, {}, {wire}, {}, {written})", string(tag), string(content)))
                }
                Tagging::Untagged if unit => ("v", "putUnit(out, struct{}{})".to_owned()),
                Tagging::Untagged => ("v", format!("append{of}(out, v)")),
            };
            let _ = if !open && unit {
                writeln!(reads, "\tif _, err := asUnit(v); err == nil {{\n\t\treturn {of}{{}}, nil\n\t}}")
            } else if !open {
                writeln!(reads, "\tif found, err := read{of}(v); err == nil {{\n\t\treturn found, nil\n\t}}")
            } else if value == "unit" {
                writeln!(reads, "\tcase {wire}:\n\t\treturn {of}{{}}, nil")
            } else if unit {
                writeln!(reads, "\tcase {wire}:\n\t\t_, err := asUnit({value})\n\t\treturn {of}{{}}, err")
            } else {
                writeln!(reads, "\tcase {wire}:\n\t\treturn read{of}({value})")
            };
            let reached = if put.contains("(nil, v)") || put.ends_with("(out, v)") { "" } else { "\t\t_ = v\n" };
            let _ = write!(puts, "\tcase {of}:\n{reached}\t\treturn {put}\n");
        }
        if open {
            self.imports.borrow_mut().insert("encoding/json");
            let _ = write!(
                out,
                "\n// {unknown} is one that this package does not know: the API is newer.\ntype {unknown} struct {{\n\t// Raw is its JSON.\n\t\
                 Raw json.RawMessage\n}}\n{}\n{}\n",
                marshal(&unknown, name),
                mark(&unknown, name)
            );
            let has_content =
                list.iter().any(|variant| variant.shape != Shape::Unit) || !matches!(tagging, Tagging::Internal { .. });
            let value = if list.is_empty() || !has_content { "_" } else { "content" };
            let head = match tagging {
                Tagging::Internal { tag } => format!("\tname, err := internal(v, {})\n", string(tag)),
                Tagging::Adjacent { tag, content } => {
                    format!("\tname, {value}, err := adjacent(v, {}, {})\n", string(tag), string(content))
                }
                Tagging::External | Tagging::Untagged => format!("\tname, {value}, err := external(v)\n"),
            };
            let _ = write!(
                out,
                "\nfunc read{name}(v value) ({name}, error) {{\n{head}\tif err != nil {{\n\t\treturn nil, err\n\t}}\n\tswitch name {{\n{reads}\t}}\n\
                 \traw, err := asAny(v)\n\treturn {unknown}{{raw}}, err\n}}\n"
            );
            let _ = write!(puts, "\tcase {unknown}:\n\t\treturn putAny(out, v.Raw)\n");
        } else {
            let _ =
                write!(out, "\nfunc read{name}(v value) ({name}, error) {{\n{reads}\treturn nil, errNoVariant\n}}\n");
        }
        let _ = write!(
            out,
            "\nfunc append{name}(out []byte, from {name}) []byte {{\n\tswitch v := from.(type) {{\n{puts}\t}}\n\treturn append(out, \"null\"...)\n}}\n"
        );
        out
    }
}
