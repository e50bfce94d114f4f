//! Types that are objects: records, and classes with a builder where a record would have too many members.

use super::code::{assigned, call, further, line};
use super::fields::{Member, checks, fits, is_built, parameters, reads, tags, writes};
use super::names::Java;
use super::types::{Ty, Types};
use crate::client::{Named, members};
use crate::contract::{Field, Type};
use crate::output::layout::{Doc, text};
use crate::text::java::{comment, paragraphs};
use std::fmt::Write;

impl Types<'_> {
    /// The source of a type that is an object.
    pub(super) fn object(&self, item: &Named<'_>, fields: &[Field]) -> String {
        let name = &item.name;
        let list = self.members(fields, &members(&Java, fields));
        let docs = paragraphs(&item.docs);
        if !fits(&list) {
            return wide(name, &docs, &list);
        }
        let mut out = comment(&docs, &tags(&list), 0);
        let mut body = record_checks(name, &list, 2);
        if is_built(&list) {
            body.push_str(&builder_method(2));
        }
        body.push_str(&json(name));
        body.push_str(&codec(name, &list, 2));
        if is_built(&list) {
            let given = list.iter().map(|member| member.given(&member.name)).collect();
            let made = call(format!("return new {name}"), given, ";");
            body.push_str(&builder(name, &list, made));
        }
        out.push_str(&record(&format!("public record {name}"), &list, "", 0, &body));
        out
    }

    /// The source of a type that is another one on the wire.
    pub(super) fn wrapper(&self, item: &Named<'_>, inner: &Type) -> String {
        let name = &item.name;
        let ty = self.ty(inner);
        let mut out = comment(&paragraphs(&item.docs), &["@param value what it is on the wire".to_owned()], 0);
        let body = holder_body(name, &ty, 2);
        let parameter = vec![text(format!("{} value", ty.plain))];
        out.push_str(&header(&format!("public record {name}"), parameter, "", 0));
        out.push_str(&body);
        out.push_str("}\n");
        out
    }
}

/// A record with its lines.
pub(super) fn record(head: &str, members: &[Member], implements: &str, indent: usize, body: &str) -> String {
    let mut out = header(head, parameters(members), implements, indent);
    if body.is_empty() {
        out.truncate(out.len() - 1);
        out.push_str("}\n");
        return out;
    }
    let _ = writeln!(out, "{body}{}}}", " ".repeat(indent));
    out
}

/// The header of a record.
fn header(head: &str, parameters: Vec<Doc>, implements: &str, indent: usize) -> String {
    let behind = if implements.is_empty() {
        vec![text(" {")]
    } else {
        vec![further(vec![Doc::Line, text(format!("implements {implements} {{"))])]
    };
    let mut docs = vec![call(head, parameters, "")];
    docs.extend(behind);
    line(vec![Doc::Group(docs, false)], indent)
}

/// The constructor of a record that refuses null.
pub(super) fn record_checks(name: &str, members: &[Member], indent: usize) -> String {
    let checks = checks(members, indent + 2);
    if checks.is_empty() {
        return String::new();
    }
    let blanks = " ".repeat(indent);
    let docs = ["Refuses null, and keeps copies of what could be changed.".to_owned()];
    let docs = comment(&docs, &tags(members), indent);
    format!("{docs}{blanks}public {name} {{\n{checks}{blanks}}}\n\n")
}

/// The body of a record that holds one value.
pub(super) fn holder_body(name: &str, ty: &Ty, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let mut out = String::new();
    let value = match ty.copy {
        _ if ty.plain != ty.boxed => None,
        "" => Some(line(vec![call("Objects.requireNonNull", vec![text("value"), text("\"value\"")], ";")], indent + 2)),
        copy => Some(line(assigned("value", call(copy, vec![text("value")], "")), indent + 2)),
    };
    if let Some(value) = value {
        let said = ["Refuses null, and keeps a copy of what could be changed.".to_owned()];
        let docs = comment(&said, &["@param value what it holds".to_owned()], indent);
        let _ = write!(out, "{docs}{blanks}public {name} {{\n{value}{blanks}}}\n\n");
    }
    let _ = writeln!(out, "{blanks}static {name} read(WireValue value) throws WireMisfit {{");
    out.push_str(&line(vec![call(format!("return new {name}"), vec![applied(&ty.read)], ";")], indent + 2));
    let _ = write!(out, "{blanks}}}\n\n{blanks}static void put(WireWriter out, {name} from) {{\n");
    let put = call("WireWriter.put", vec![text("out"), ty.put.clone(), text("from.value()")], ";");
    out.push_str(&line(vec![put], indent + 2));
    let _ = writeln!(out, "{blanks}}}");
    out
}

/// What a reader gives of a value.
fn applied(reader: &Doc) -> Doc {
    call("WireValue.read", vec![text("value"), reader.clone()], "")
}

/// The functions that read and write an object.
pub(super) fn codec(name: &str, members: &[Member], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let mut out = format!("{blanks}static {name} read(WireValue value) throws WireMisfit {{\n");
    if members.is_empty() {
        let _ = write!(out, "{blanks}  value.object();\n{blanks}  return new {name}();\n");
    } else {
        let _ = writeln!(out, "{blanks}  WireObject object = value.object();");
        out.push_str(&line(vec![call(format!("return new {name}"), reads(members), ";")], indent + 2));
    }
    let _ = write!(out, "{blanks}}}\n\n");
    out.push_str(&puts(name, members, indent));
    out
}

/// The functions that write an object.
fn puts(name: &str, members: &[Member], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let mut out = format!(
        "{blanks}static void put(WireWriter out, {name} from) {{\n{blanks}  out.open();\n{blanks}  from.members(out);\n\
         {blanks}  out.close();\n{blanks}}}\n\n"
    );
    out.push_str(&writes("void members", members, indent));
    out
}

/// The functions by which anybody reads and writes an object.
fn json(name: &str) -> String {
    let mut out = comment(&["{@return it as the API writes it, in JSON}".to_owned()], &[], 2);
    let _ = write!(out, "  public String toJson() {{\n    return WireWriter.written({name}::put, this);\n  }}\n\n");
    out.push_str(&comment(
        &["Reads it as the API writes it.".to_owned()],
        &[
            "@param json its JSON".to_owned(),
            "@return the value".to_owned(),
            "@throws IllegalArgumentException if it does not fit".to_owned(),
        ],
        2,
    ));
    let _ = write!(
        out,
        "  public static {name} fromJson(String json) {{\n    return WireValue.parsed(json, {name}::read);\n  }}\n\n"
    );
    out
}

/// The method that makes a builder.
pub(super) fn builder_method(indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let docs = comment(&["{@return what takes the members one by one}".to_owned()], &[], indent);
    format!("{docs}{blanks}public static Builder builder() {{\n{blanks}  return new Builder();\n{blanks}}}\n\n")
}

/// The class that takes members one by one.
pub(super) fn builder(name: &str, members: &[Member], made: Doc) -> String {
    let mut out = String::from("\n");
    out.push_str(&comment(&["Takes the members one by one.".to_owned()], &[], 2));
    out.push_str("  public static final class Builder {\n");
    for member in members {
        let (ty, start) = if member.optional {
            (member.ty.clone(), " = Optional.empty()")
        } else {
            (format!("@Nullable {}", member.boxed), "")
        };
        let _ = writeln!(out, "    private {ty} {}{start};", member.name);
    }
    out.push_str("\n    private Builder() {}\n");
    for member in members {
        out.push('\n');
        let tags = [format!("@param value {}", member.docs), "@return this".to_owned()];
        out.push_str(&comment(&[format!("Sets {{@code {}}}.", member.name)], &tags, 4));
        let value = if member.optional { "Optional.of(value)" } else { "value" };
        out.push_str(&line(
            vec![call(format!("public Builder {}", member.name), vec![text(format!("{} value", member.inner))], " {")],
            4,
        ));
        let _ = write!(out, "      this.{} = {value};\n      return this;\n    }}\n", member.name);
    }
    out.push('\n');
    out.push_str(&comment(
        &["Makes the whole.".to_owned()],
        &["@return all of it".to_owned(), "@throws NullPointerException if a member is missing".to_owned()],
        4,
    ));
    let _ = writeln!(out, "    public {name} build() {{");
    out.push_str(&line(vec![made], 6));
    out.push_str("    }\n  }\n");
    out
}

/// The fields of a class with a builder, and the constructor that takes them from it.
pub(super) fn built(name: &str, members: &[Member], before: &str, transient: bool) -> String {
    let mut out = String::new();
    let modifier = if transient { "private final transient" } else { "private final" };
    for member in members {
        let _ = writeln!(out, "  {modifier} {} {};", member.ty, member.name);
    }
    let _ =
        write!(out, "\n  private {name}({}Builder from) {{\n", if before.is_empty() { "" } else { "WireInfo info, " });
    if !before.is_empty() {
        let _ = writeln!(out, "    {before}");
    }
    for member in members {
        let value = member.taken(&format!("from.{}", member.name));
        out.push_str(&line(assigned(&format!("this.{}", member.name), value), 4));
    }
    out.push_str("  }\n\n");
    out
}

/// The accessors of fields.
pub(super) fn accessors(members: &[Member]) -> String {
    let mut out = String::new();
    for member in members {
        let docs = member.docs.trim_end_matches('.');
        out.push_str(&comment(&[format!("{{@return {}}}", lower(docs))], &[], 2));
        let _ = write!(out, "  public {} {}() {{\n    return {};\n  }}\n\n", member.ty, member.name, member.name);
    }
    out
}

/// A sentence as it goes on behind other words.
fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) if chars.clone().next().is_some_and(char::is_uppercase) => format!("{first}{}", chars.as_str()),
        Some(first) => format!("{}{}", first.to_lowercase(), chars.as_str()),
        None => String::new(),
    }
}

/// A builder that reads each member.
pub(super) fn read_by_builder(members: &[Member], indent: usize) -> String {
    let mut out = String::new();
    for (member, read) in members.iter().zip(reads(members)) {
        out.push_str(&line(assigned(&format!("from.{}", member.name), read), indent));
    }
    out
}

/// A class of more members than a constructor can take.
fn wide(name: &str, docs: &[String], members: &[Member]) -> String {
    let mut out = comment(docs, &[], 0);
    let _ = writeln!(out, "public final class {name} {{");
    out.push_str(&built(name, members, "", false));
    out.push_str(&builder_method(2));
    out.push_str(&accessors(members));
    out.push_str(&json(name));
    let _ = write!(
        out,
        "  /** {{@return whether it is one with the same members}} */\n  @Override\n  public boolean equals(@Nullable Object other) {{\n    \
         return other instanceof {name} same && toJson().equals(same.toJson());\n  }}\n\n  @Override\n  public int hashCode() {{\n    \
         return toJson().hashCode();\n  }}\n\n  @Override\n  public String toString() {{\n    return \"{name}\" + toJson();\n  }}\n\n"
    );
    let _ = write!(
        out,
        "  static {name} read(WireValue value) throws WireMisfit {{\n    WireObject object = value.object();\n    Builder from = new Builder();\n"
    );
    out.push_str(&read_by_builder(members, 4));
    out.push_str("    return from.build();\n  }\n\n");
    out.push_str(&puts(name, members, 2));
    out.push_str(&builder(name, members, text(format!("return new {name}(this);"))));
    out.push_str("}\n");
    out
}
