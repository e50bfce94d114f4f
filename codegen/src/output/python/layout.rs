//! Layout: what does not fit on a line is broken as ruff breaks it, with the comma behind the last part that keeps it so.

use super::super::layout::{self, Page, listed};
pub(super) use super::super::layout::{Doc, text};
use super::names::sort_names;

const PAGE: Page = Page { width: 88, indent: 4 };

/// What stands between two signs, each on a line of its own where all of it does not fit on one.
fn between(open: &str, items: Vec<Doc>, close: &str) -> Doc {
    if items.is_empty() {
        return text(format!("{open}{close}"));
    }
    let mut inside = vec![Doc::Soft];
    inside.extend(listed(items));
    inside.push(Doc::Broken(","));
    Doc::Group(vec![text(open), Doc::Indent(inside), Doc::Soft, text(close)], false)
}

/// A call of a function, or its parameters behind its name.
pub(super) fn call(function: impl Into<String>, items: Vec<Doc>) -> Doc {
    Doc::Group(vec![text(function), between("(", items, ")")], false)
}

/// A tuple; one of a single element has its comma on one line too.
pub(super) fn tuple(mut items: Vec<Doc>) -> Doc {
    match items.len() {
        1 => {
            let only = items.remove(0);
            let inside = vec![Doc::Soft, only, text(",")];
            Doc::Group(vec![text("("), Doc::Indent(inside), Doc::Soft, text(")")], false)
        }
        _ => between("(", items, ")"),
    }
}

/// A tuple of texts.
pub(super) fn texts<'a>(names: impl Iterator<Item = &'a str>) -> Doc {
    tuple(names.map(|name| text(crate::text::python::string(name))).collect())
}

/// A value by its name.
pub(super) fn named(name: &str, value: Doc) -> Doc {
    Doc::Group(vec![text(format!("{name}=")), value], false)
}

/// A statement.
pub(super) fn assigned(head: &str, value: Doc) -> String {
    print(vec![text(format!("{head} = ")), value], 0)
}

/// The head of a function, or of a class.
pub(super) fn head(name: &str, parameters: Vec<Doc>, result: &str, indent: usize) -> String {
    print(vec![call(name, parameters), text(format!("{result}:"))], indent)
}

/// Names that a module gives, sorted as isort does.
pub(super) fn import(module: &str, mut names: Vec<String>) -> String {
    sort_names(&mut names);
    let mut inside = vec![Doc::Soft];
    inside.extend(listed(names.into_iter().map(text).collect()));
    inside.push(Doc::Broken(","));
    let names = vec![Doc::Broken("("), Doc::Indent(inside), Doc::Soft, Doc::Broken(")")];
    print(vec![text(format!("from {module} import ")), Doc::Group(names, false)], 0)
}

/// Alternatives behind a head: on one line, else in parentheses, else each on a line of its own.
pub(super) fn union_of(head: &str, names: &[String]) -> String {
    let all = names.join(" | ");
    if names.len() < 2 || width(head) + 1 + width(&all) <= PAGE.width {
        return format!("{head} {all}");
    }
    if width(&all) + PAGE.indent <= PAGE.width {
        return format!("{head} (\n    {all}\n)");
    }
    format!("{head} (\n    {}\n)", names.join("\n    | "))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Code at an indentation; the first line stands where it begins.
pub(super) fn print(docs: Vec<Doc>, indent: usize) -> String {
    layout::print(docs, indent, PAGE)
}
