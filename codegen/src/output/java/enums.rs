//! Enums: those whose variants are texts, and unions.

use super::code::{call, line};
use super::fields::tags;
use super::names::{Files, Java, constant, take};
use super::structs::{codec, holder_body, record, record_checks};
use super::types::Types;
use crate::client::{Language, Named, members};
use crate::contract::{Shape, Tagging, Type, Variant};
use crate::output::layout::text;
use crate::text::java::{comment, html, paragraphs, string};
use std::collections::HashSet;
use std::fmt::Write;

fn said(variant: &Variant) -> Vec<String> {
    let docs = paragraphs(&variant.docs);
    if docs.is_empty() { vec![html(&format!("`{}` on the wire.", variant.name))] } else { docs }
}

impl Types<'_> {
    /// The source of an enum whose variants are texts; the API may have more of them one day.
    pub(super) fn texts(item: &Named<'_>, list: &[Variant]) -> String {
        let name = &item.name;
        let mut taken = HashSet::from(["UNKNOWN".to_owned()]);
        let names: Vec<_> = list.iter().map(|variant| take(&mut taken, &constant(&variant.ident), "_")).collect();
        let mut docs = paragraphs(&item.docs);
        docs.push("The API may be newer, and have more of them: what is not known is kept as it came.".to_owned());
        let mut out = comment(&docs, &[], 0);
        let _ = writeln!(out, "public final class {name} {{");
        for (variant, constant) in list.iter().zip(&names) {
            out.push_str(&comment(&said(variant), &[], 2));
            let value =
                call(format!("new {name}"), vec![text(string(&variant.name)), text(format!("Known.{constant}"))], "");
            out.push_str(&line(super::code::assigned(&format!("public static final {name} {constant}"), value), 2));
            out.push('\n');
        }
        out.push_str("  /** What this package knows. */\n  public enum Known {\n");
        for (variant, constant) in list.iter().zip(&names) {
            out.push_str(&comment(&said(variant), &[], 4));
            let _ = write!(out, "    {constant},\n\n");
        }
        out.push_str("    /** One that this package does not know: the API is newer. */\n    UNKNOWN\n  }\n\n");
        let _ = write!(
            out,
            "  private final String value;\n  private final Known known;\n\n  private {name}(String value, Known known) {{\n    \
             this.value = value;\n    this.known = known;\n  }}\n\n"
        );
        out.push_str(&comment(
            &["The value of a text, known or not.".to_owned()],
            &["@param value the text".to_owned(), "@return the value".to_owned()],
            2,
        ));
        let _ = write!(out, "  public static {name} of(String value) {{\n    return switch (value) {{\n");
        for (variant, constant) in list.iter().zip(&names) {
            let _ = writeln!(out, "      case {} -> {constant};", string(&variant.name));
        }
        let _ = write!(
            out,
            "      default -> new {name}(value, Known.UNKNOWN);\n    }};\n  }}\n\n  /** {{@return the text}} */\n  public String value() {{\n    \
             return value;\n  }}\n\n  /** {{@return which one it is of those that this package knows}} */\n  public Known known() {{\n    \
             return known;\n  }}\n\n  static {name} read(WireValue value) throws WireMisfit {{\n    return of(value.text());\n  }}\n\n  \
             static void put(WireWriter out, {name} from) {{\n    out.text(from.value);\n  }}\n\n  @Override\n  public boolean \
             equals(@Nullable Object other) {{\n    return other instanceof {name} same && value.equals(same.value);\n  }}\n\n  @Override\n  \
             public int hashCode() {{\n    return value.hashCode();\n  }}\n\n  /** {{@return the text}} */\n  @Override\n  public String \
             toString() {{\n    return value;\n  }}\n}}\n"
        );
        out
    }

    /// The names of a union's variants, in the scope of its interface.
    fn variant_names(&self, union: &str, list: &[Variant]) -> Vec<String> {
        let files: &Files = &self.files.borrow();
        let mut scope = HashSet::from(["Unknown".to_owned(), union.to_owned()]);
        list.iter()
            .map(|variant| {
                let plain = Java.type_name(&variant.ident);
                let name = if files.has(&plain) || scope.contains(&plain) { format!("{union}{plain}") } else { plain };
                let mut names = std::iter::once(name.clone()).chain((2..usize::MAX).map(|at| format!("{name}{at}")));
                let name = names.find(|name| !files.has(name) && !scope.contains(name)).unwrap_or_default();
                scope.insert(name.clone());
                name
            })
            .collect()
    }

    /// The sources of an enum whose variants hold values: its interface, and what reads and writes it.
    pub(super) fn union(&self, item: &Named<'_>, tagging: &Tagging, list: &[Variant]) -> (String, String) {
        let name = &item.name;
        let names = self.variant_names(name, list);
        let open = *tagging != Tagging::Untagged;
        let mut docs = paragraphs(&item.docs);
        if open {
            docs.push("The API may be newer, and have more of them: see {@link Unknown}.".to_owned());
        }
        let mut out = comment(&docs, &[], 0);
        let _ = writeln!(out, "public sealed interface {name} {{");
        for (at, (variant, of)) in list.iter().zip(&names).enumerate() {
            if at > 0 {
                out.push('\n');
            }
            out.push_str(&self.variant(name, of, variant));
        }
        if open {
            let _ = write!(
                out,
                "{}  /**\n   * One that this package does not know: the API is newer.\n   *\n   * @param raw its JSON\n   */\n  \
                 record Unknown(Json raw) implements {name} {{}}\n",
                if list.is_empty() { "" } else { "\n" }
            );
        }
        out.push_str("}\n");
        (out, self.union_codec(name, tagging, list, &names))
    }

    fn variant(&self, union: &str, name: &str, variant: &Variant) -> String {
        let docs = said(variant);
        let holder = |inner: &Type| {
            let ty = self.ty(inner);
            let mut out = comment(&docs, &["@param value what it holds".to_owned()], 2);
            out.push_str(&line(
                vec![
                    call(format!("record {name}"), vec![text(format!("{} value", ty.plain))], ""),
                    text(format!(" implements {union} {{")),
                ],
                2,
            ));
            out.push_str(&holder_body(name, &ty, 4));
            out.push_str("  }\n");
            out
        };
        match &variant.shape {
            Shape::Struct(fields) => {
                let list = self.members(fields, &members(&Java, fields));
                let mut out = comment(&docs, &tags(&list), 2);
                let mut body = record_checks(name, &list, 4);
                body.push_str(&codec(name, &list, 4));
                out.push_str(&record(&format!("record {name}"), &list, union, 2, &body));
                out
            }
            Shape::Newtype(inner) => holder(inner),
            Shape::Tuple(elements) => holder(&Type::Tuple(elements.clone())),
            Shape::Unit | Shape::Enum { .. } => {
                format!("{}  record {name}() implements {union} {{}}\n", comment(&docs, &[], 2))
            }
        }
    }

    fn union_codec(&self, name: &str, tagging: &Tagging, list: &[Variant], names: &[String]) -> String {
        let codec = self.codec(name);
        let mut out = comment(&[format!("Reads and writes {{@link {name}}}.")], &[], 0);
        let _ = write!(
            out,
            "final class {codec} {{\n  private {codec}() {{}}\n\n  static {name} read(WireValue value) throws WireMisfit {{\n"
        );
        if tagging == &Tagging::Untagged {
            let mut readers = vec![text("value")];
            readers.extend(list.iter().zip(names).map(|(variant, of)| {
                text(if variant.shape == Shape::Unit {
                    format!("found -> WireValue.unit(found, new {name}.{of}())")
                } else {
                    format!("{name}.{of}::read")
                })
            }));
            out.push_str(&line(vec![call("return WireValue.first", readers, ";")], 4));
        } else {
            let (tag, held) = match tagging {
                Tagging::Internal { tag } => (format!("Wire.tag(value, {})", string(tag)), "value".to_owned()),
                Tagging::Adjacent { tag, content } => {
                    (format!("Wire.tag(value, {})", string(tag)), format!("Wire.content(value, {})", string(content)))
                }
                _ => ("Wire.variant(value)".to_owned(), "Wire.held(value)".to_owned()),
            };
            let _ = writeln!(out, "    return switch ({tag}) {{");
            for (variant, of) in list.iter().zip(names) {
                let wire = string(&variant.name);
                let unit = variant.shape == Shape::Unit;
                let inside = matches!(tagging, Tagging::Internal { .. });
                let read = match (unit, inside) {
                    (true, true) => text(format!("new {name}.{of}();")),
                    (true, false) => {
                        call("WireValue.unit", vec![text(held.clone()), text(format!("new {name}.{of}()"))], ";")
                    }
                    _ => call(format!("{name}.{of}.read"), vec![text(held.clone())], ";"),
                };
                out.push_str(&case(&format!("case {wire}"), read));
            }
            out.push_str(&case("default", text(format!("new {name}.Unknown(Json.read(value));"))));
            out.push_str("    };\n");
        }
        let _ = write!(out, "  }}\n\n  static void put(WireWriter out, {name} from) {{\n");
        for (at, (variant, of)) in list.iter().zip(names).enumerate() {
            let head = if at == 0 { "    if" } else { " else if" };
            let wire = string(&variant.name);
            let unit = variant.shape == Shape::Unit;
            let put = format!("{name}.{of}::put");
            let bound = if unit { String::new() } else { " found".to_owned() };
            let written = match tagging {
                Tagging::External if unit => call("out.text", vec![text(wire)], ";"),
                Tagging::External => call("out.one", vec![text(wire), text(put), text("found")], ";"),
                Tagging::Internal { tag } if unit => {
                    call("out.one", vec![text(string(tag)), text("WireWriter::text"), text(wire)], ";")
                }
                Tagging::Internal { tag } => {
                    call("out.internal", vec![text(string(tag)), text(wire), text(put), text("found")], ";")
                }
                Tagging::Adjacent { tag, .. } if unit => {
                    call("out.one", vec![text(string(tag)), text("WireWriter::text"), text(wire)], ";")
                }
                Tagging::Adjacent { tag, content } => call(
                    "out.adjacent",
                    vec![text(string(tag)), text(wire), text(string(content)), text(put), text("found")],
                    ";",
                ),
                Tagging::Untagged if unit => text("out.none();"),
                Tagging::Untagged => call(format!("{name}.{of}.put"), vec![text("out"), text("found")], ";"),
            };
            let _ = write!(out, "{head} (from instanceof {name}.{of}{bound}) {{\n{}    }}", line(vec![written], 6));
        }
        if *tagging != Tagging::Untagged {
            let head = if list.is_empty() { "    if" } else { " else if" };
            let _ = write!(
                out,
                "{head} (from instanceof {name}.Unknown found) {{\n      Json.put(out, found.raw());\n    }}"
            );
        }
        out.push_str("\n  }\n}\n");
        out
    }
}

/// An arm of a switch.
fn case(head: &str, value: crate::output::layout::Doc) -> String {
    use super::code::further;
    use crate::output::layout::Doc;
    line(vec![Doc::Group(vec![text(format!("{head} ->")), further(vec![Doc::Line, value])], false)], 6)
}
