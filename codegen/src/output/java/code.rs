//! Pieces of Java as google-java-format lays them out.

use crate::output::layout::{Doc, Page, listed, print, text};

const PAGE: Page = Page { width: 100, indent: 2 };

/// Something with arguments: on one line, else all of them on the next one, else each on its own.
pub(super) fn call(head: impl Into<String>, arguments: Vec<Doc>, tail: &'static str) -> Doc {
    let head = text(format!("{}(", head.into()));
    if arguments.is_empty() {
        return Doc::Group(vec![head, text(format!("){tail}"))], false);
    }
    let inside = Doc::Group(vec![Doc::Soft, Doc::Group(listed(arguments), false)], false);
    Doc::Group(vec![head, further(vec![inside]), text(format!("){tail}"))], false)
}

/// What continues on the next line.
pub(super) fn further(docs: Vec<Doc>) -> Doc {
    Doc::Indent(vec![Doc::Indent(docs)])
}

/// A statement or a header at an indentation, with its line end.
pub(super) fn line(docs: Vec<Doc>, indent: usize) -> String {
    let mut out = " ".repeat(indent);
    out.push_str(&print(docs, indent, PAGE));
    out.push('\n');
    out
}

/// A name and what stands behind `=`, on the next line where it does not fit.
pub(super) fn assigned(name: &str, value: Doc) -> Vec<Doc> {
    vec![Doc::Group(vec![text(format!("{name} =")), further(vec![Doc::Line, value]), text(";")], false)]
}
