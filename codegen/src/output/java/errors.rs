//! Errors: an exception for each, an interface for each set of them, and where they are found by their codes.

use super::code::{assigned, call, further, line};
use super::fields::{Member, fits, is_built, parameters, reads, tags, writes};
use super::names::{Bases, Java, OF_ERRORS, take};
use super::structs::{accessors, builder, builder_method, built, read_by_builder};
use super::types::Types;
use crate::client::{Error, Set, members};
use crate::contract::{Field, Retry};
use crate::output::layout::{Doc, text};
use crate::text::java::{comment, html, paragraphs, string};
use std::collections::HashSet;
use std::fmt::Write;

/// How many codes one method tells apart: Java bounds how long a method is.
const CHUNK: usize = 400;

impl Types<'_> {
    /// The members of an error, none of which has the name of something that every exception has.
    pub(super) fn error_members(&self, fields: &[Field]) -> Vec<Member> {
        let mut taken: HashSet<String> = OF_ERRORS.iter().map(|name| (*name).to_owned()).collect();
        let names: Vec<_> = members(&Java, fields).iter().map(|name| take(&mut taken, name, "_")).collect();
        // An error has the members of its problem by their names; none of its own stands in another's place.
        let plain: Vec<_> = fields.iter().map(|field| Field { flatten: false, ..field.clone() }).collect();
        self.members(&plain, &names)
    }

    /// The source of one error.
    pub(super) fn error(&self, error: &Error<'_>, bases: &Bases, sets: &[&str]) -> String {
        let (def, name) = (error.def, &error.name);
        let list = self.error_members(&def.fields);
        let mut docs = paragraphs(&error.docs);
        docs.push(format!("Status {}. {}", def.status, error.advice));
        let mut tags = Vec::new();
        if let Some(uri) = &def.type_uri {
            docs.push(format!("See {}", html(uri)));
        }
        if def.deprecated {
            tags.push("@deprecated callers should no longer count on this error.".to_owned());
        }
        let mut out = comment(&docs, &tags, 0);
        if def.deprecated {
            out.push_str("@Deprecated\n");
        }
        out.push_str(&header(name, bases, sets));
        out.push_str("  private static final long serialVersionUID = 1L;\n\n");
        let retry = match def.retry {
            Retry::Never => "Retry.NEVER",
            Retry::Backoff => "Retry.BACKOFF",
            Retry::Idempotent => "Retry.IDEMPOTENT",
        };
        let declared = [
            format!("{name}.class"),
            string(&def.code),
            def.status.to_string(),
            string(&def.title),
            retry.to_owned(),
            format!("{name}::read"),
        ];
        let declared = call("new WireDeclared", declared.into_iter().map(text).collect(), "");
        out.push_str(&line(assigned("static final WireDeclared DECLARED", declared), 2));
        out.push('\n');
        out.push_str(&Self::construction(name, &list));
        out.push_str(&accessors(&list));
        out.push_str("  @Override\n");
        out.push_str(&writes("void putMembers", &list, 2));
        if is_built(&list) {
            out.push_str(&builder(name, &list, text(format!("return new {name}(DECLARED.info(null), this);"))));
        }
        out.push_str("}\n");
        out
    }

    fn construction(name: &str, list: &[Member]) -> String {
        let mut out = String::new();
        if is_built(list) {
            out.push_str(&built(name, list, "super(info);", true));
            out.push_str(&builder_method(2));
            let _ = write!(
                out,
                "  private static {name} read(WireInfo info, WireObject object) throws WireMisfit {{\n    Builder from = new Builder();\n"
            );
            out.push_str(&read_by_builder(list, 4));
            let _ = write!(out, "    return new {name}(info, from);\n  }}\n\n");
            return out;
        }
        debug_assert!(fits(list), "what does not fit has a builder");
        for member in list {
            let _ = writeln!(out, "  private final transient {} {};", member.ty, member.name);
        }
        if !list.is_empty() {
            out.push('\n');
        }
        let mut all = vec![text("WireInfo info")];
        all.extend(parameters(list));
        out.push_str(&line(vec![call(format!("private {name}"), all, " {")], 2));
        out.push_str("    super(info);\n");
        for member in list {
            out.push_str(&line(assigned(&format!("this.{}", member.name), member.kept(&member.name)), 4));
        }
        out.push_str("  }\n\n");
        let mut said = tags(list);
        said.push("@return the exception, which is not thrown".to_owned());
        out.push_str(&comment(
            &["Makes one that no answer told, for a test or a server of one's own.".to_owned()],
            &said,
            2,
        ));
        out.push_str(&line(vec![call(format!("public static {name} of"), parameters(list), " {")], 2));
        let mut given = vec![text("DECLARED.info(null)")];
        given.extend(list.iter().map(|member| text(member.name.clone())));
        out.push_str(&line(vec![call(format!("return new {name}"), given, ";")], 4));
        out.push_str("  }\n\n");
        let object = vec![text("WireInfo info"), text("WireObject object")];
        let head = call(format!("private static {name} read"), object, "");
        let throws = further(vec![Doc::Line, text("throws WireMisfit {")]);
        out.push_str(&line(vec![Doc::Group(vec![head, throws], false)], 2));
        let mut given = vec![text("info")];
        given.extend(reads(list));
        out.push_str(&line(vec![call(format!("return new {name}"), given, ";")], 4));
        out.push_str("  }\n\n");
        out
    }
}

fn header(name: &str, bases: &Bases, sets: &[&str]) -> String {
    clauses(&format!("public final class {name} extends {}", bases.declared), "implements", sets)
}

/// A header and a clause of names: on one line, else the clause on the next one, else each name on its own.
fn clauses(head: &str, word: &str, names: &[&str]) -> String {
    let whole = format!("{head} {word} {} {{", names.join(", "));
    if whole.chars().count() <= 100 {
        return whole + "\n";
    }
    let short = format!("    {word} {} {{", names.join(", "));
    if short.chars().count() <= 100 {
        return format!("{head}\n{short}\n");
    }
    format!("{head}\n    {word} {} {{\n", names.join(",\n        "))
}

/// The source of a set of errors.
pub(super) fn set(client: &crate::client::Client<'_>, set: &Set, bases: &Bases, whole: bool) -> String {
    let name = &set.name;
    let mut docs = paragraphs(&set.docs);
    docs.push(
        "A switch over it need not have a default. A new version of the API may declare more of them.".to_owned(),
    );
    let mut out = comment(&docs, &[], 0);
    let errors: Vec<_> = client.errors_of(set).map(|error| &*error.name).collect();
    if client.errors_of(set).any(|error| error.def.deprecated) {
        out.push_str("@SuppressWarnings(\"deprecation\")\n");
    }
    out.push_str(&clauses(&format!("public sealed interface {name}"), "permits", &errors));
    out.push_str(&comment(&["{@return this, as an exception}".to_owned()], &[], 2));
    let _ = writeln!(out, "  {} asException();", bases.declared);
    if !whole {
        let failure = &bases.failure;
        out.push('\n');
        out.push_str(&comment(
            &[format!("Says what an answer means that is no success, as {{@link {failure}#isSuccess}} has it.")],
            &[
                "@param status its HTTP status".to_owned(),
                "@param headers its headers, in any letters".to_owned(),
                "@param body its bytes".to_owned(),
                "@return the failure, which is not thrown: one of these, or one that none of them is".to_owned(),
            ],
            2,
        ));
        let parameters = vec![text("int status"), text("Map<String, List<String>> headers"), text("byte[] body")];
        out.push_str(&line(vec![call(format!("static {failure} decode"), parameters, " {")], 2));
        let raw = text("RawResponse.of(status, headers, body)");
        let arguments = vec![text(format!("{name}.class")), text("Trust.MARKS"), text("false"), raw];
        out.push_str(&line(vec![call("return WireDecoder.decode", arguments, ";")], 4));
        out.push_str("  }\n\n");
        out.push_str(&comment(
            &["Reads the payload of an invocation that failed, or the {@code Cause} of a failed task of Step Functions."
                .to_owned()],
            &["@param payload its bytes".to_owned(), "@return the failure, which is not thrown".to_owned()],
            2,
        ));
        let _ = write!(
            out,
            "  static {failure} decodeInvocation(byte[] payload) {{\n    return WireInvocation.decode({name}.class, payload);\n  }}\n"
        );
    }
    out.push_str("}\n");
    out
}

/// The source of what finds an error by its code.
pub(super) fn registry(errors: &[Error<'_>]) -> String {
    let mut out = comment(&["The errors that the API declares, by their codes.".to_owned()], &[], 0);
    out.push_str("final class WireErrors {\n  private WireErrors() {}\n");
    let chunks: Vec<_> = errors.chunks(CHUNK).collect();
    out.push_str("\n  static @Nullable WireDeclared find(String code) {\n");
    match chunks.len() {
        0 => out.push_str("    return null;\n"),
        1 => out.push_str("    return find0(code);\n"),
        count => {
            out.push_str("    WireDeclared found = find0(code);\n");
            for at in 1..count {
                let _ = write!(out, "    if (found == null) {{\n      found = find{at}(code);\n    }}\n");
            }
            out.push_str("    return found;\n");
        }
    }
    out.push_str("  }\n");
    for (at, chunk) in chunks.iter().enumerate() {
        let suppress = chunk.iter().any(|error| error.def.deprecated);
        let suppress = if suppress { "  @SuppressWarnings(\"deprecation\")\n" } else { "" };
        let _ = write!(
            out,
            "\n{suppress}  private static @Nullable WireDeclared find{at}(String code) {{\n    return switch (code) {{\n"
        );
        for error in *chunk {
            let value = vec![Doc::Line, text(format!("{}.DECLARED;", error.name))];
            let arm = vec![text(format!("case {} ->", string(&error.def.code))), further(value)];
            out.push_str(&line(vec![Doc::Group(arm, false)], 6));
        }
        out.push_str("      default -> null;\n    };\n  }\n");
    }
    out.push_str("}\n");
    out
}
