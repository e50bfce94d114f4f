//! Layout: what does not fit on a line is broken as prettier breaks it.

use crate::output::layout::{self, Page, listed};
pub(super) use crate::output::layout::{Doc, flat, text};

const PAGE: Page = Page { width: 80, indent: 2 };

/// What stands between two signs, each on a line of its own where all of it does not fit on one.
fn between(open: &str, items: Vec<Doc>, close: &str, line: &Doc, comma: bool, force: bool) -> Doc {
    if items.is_empty() {
        return text(format!("{open}{close}"));
    }
    let mut inside = vec![line.clone()];
    inside.extend(listed(items));
    if comma {
        inside.push(Doc::Broken(","));
    }
    Doc::Group(vec![text(open), Doc::Indent(inside), line.clone(), text(close)], force)
}

/// Arguments or parameters.
pub(super) fn arguments(items: Vec<Doc>) -> Doc {
    between("(", items, ")", &Doc::Soft, true, false)
}

/// Arguments of a type.
pub(super) fn generics(name: &str, items: Vec<Doc>) -> Doc {
    Doc::Group(vec![text(name), between("<", items, ">", &Doc::Soft, false, false)], false)
}

pub(super) fn object(items: Vec<Doc>) -> Doc {
    between("{", items, "}", &Doc::Line, true, false)
}

/// A list; prettier breaks one of several objects that have several members each.
pub(super) fn list(items: Vec<Doc>, broken: bool) -> Doc {
    between("[", items, "]", &Doc::Soft, true, broken)
}

/// A value behind a name: on the next line where it does not fit.
pub(super) fn assigned(head: &str, value: &str) -> Doc {
    Doc::Group(vec![text(head), Doc::Indent(vec![Doc::Line, text(value)]), text(";")], false)
}

/// A union under its name.
pub(super) fn union(head: &str, items: Vec<Doc>) -> Doc {
    let mut inside = vec![Doc::Broken("| ")];
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            inside.extend([Doc::Line, text("| ")]);
        }
        inside.push(Doc::Indent(vec![item]));
    }
    let inside = Doc::Group(inside, false);
    Doc::Group(vec![text(head), Doc::Indent(vec![Doc::Line, inside]), text(";")], false)
}

/// A union of names.
pub(super) fn union_of(head: &str, names: &[String]) -> Doc {
    match names {
        [] => assigned(head, "never"),
        [only] => assigned(head, only),
        names => union(head, names.iter().map(text).collect()),
    }
}

/// The type of an object with one member.
pub(super) fn braces(head: &str, value: Doc) -> Doc {
    let inside = vec![Doc::Line, text(head), value, Doc::Broken(";")];
    Doc::Group(vec![text("{"), Doc::Indent(inside), Doc::Line, text("}")], false)
}

/// A call; an object or a list that is given alone breaks in its place.
pub(super) fn call(function: impl Into<String>, given: Vec<Doc>) -> Doc {
    let opens = |doc: &Doc| matches!(doc, Doc::Text(sign) if matches!(&**sign, "{" | "["));
    let alone = matches!(&*given, [Doc::Group(inside, _)] if inside.first().is_some_and(opens));
    let mut all = vec![text(function)];
    if alone {
        all.push(text("("));
        all.extend(given);
        all.push(text(")"));
    } else {
        all.push(arguments(given));
    }
    Doc::Group(all, false)
}

/// Names that a module gives.
pub(super) fn import(names: &[&str], from: &str) -> String {
    let names = object(names.iter().map(|name| text(*name)).collect());
    print(vec![text("import "), names, text(format!(" from \"{from}\";"))], 0)
}

/// Code at an indentation; the first line stands where it begins.
pub(super) fn print(docs: Vec<Doc>, indent: usize) -> String {
    layout::print(docs, indent, PAGE)
}
