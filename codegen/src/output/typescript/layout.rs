//! Layout: what does not fit on a line is broken as prettier breaks it.

const WIDTH: usize = 80;
const INDENT: usize = 2;

/// A piece of code.
#[derive(Debug, Clone)]
pub(super) enum Doc {
    Text(String),
    /// Nothing, or a new line where its group is broken.
    Soft,
    /// A blank, or a new line where its group is broken.
    Line,
    /// A text that only a broken group has.
    Broken(&'static str),
    Indent(Vec<Self>),
    /// What stands on one line, or is broken at each of its own lines; `true` where it always is.
    Group(Vec<Self>, bool),
}

pub(super) fn text(text: impl Into<String>) -> Doc {
    Doc::Text(text.into())
}

/// What stands between two signs, each on a line of its own where all of it does not fit on one.
fn between(open: &str, items: Vec<Doc>, close: &str, line: &Doc, comma: bool, force: bool) -> Doc {
    if items.is_empty() {
        return text(format!("{open}{close}"));
    }
    let mut inside = vec![line.clone()];
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            inside.extend([text(","), Doc::Line]);
        }
        inside.push(item);
    }
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

/// On one line, whatever its length.
pub(super) fn flat(doc: &Doc) -> String {
    match doc {
        Doc::Text(text) => text.clone(),
        Doc::Soft | Doc::Broken(_) => String::new(),
        Doc::Line => " ".to_owned(),
        Doc::Indent(docs) | Doc::Group(docs, _) => docs.iter().map(flat).collect(),
    }
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
    let mut out = String::new();
    let mut column = indent;
    let mut rest: Vec<(usize, bool, Doc)> = docs.into_iter().rev().map(|doc| (indent, true, doc)).collect();
    while let Some((indent, broken, doc)) = rest.pop() {
        match doc {
            Doc::Text(text) => {
                column += width(&text);
                out.push_str(&text);
            }
            Doc::Soft | Doc::Line if broken => {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                column = indent;
            }
            Doc::Line => {
                out.push(' ');
                column += 1;
            }
            Doc::Soft => {}
            Doc::Broken(text) => {
                if broken {
                    out.push_str(text);
                    column += text.len();
                }
            }
            Doc::Indent(docs) => {
                rest.extend(docs.into_iter().rev().map(|doc| (indent + INDENT, broken, doc)));
            }
            Doc::Group(docs, force) => {
                let breaks = force || docs.iter().any(forced) || !fits(&docs, &rest, WIDTH.saturating_sub(column));
                rest.extend(docs.into_iter().rev().map(|doc| (indent, breaks, doc)));
            }
        }
    }
    out
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Whether something in it always breaks.
fn forced(doc: &Doc) -> bool {
    match doc {
        Doc::Group(docs, force) => *force || docs.iter().any(forced),
        Doc::Indent(docs) => docs.iter().any(forced),
        _ => false,
    }
}

/// Whether it fits on what is left of the line, with what follows it up to the next place that can break.
fn fits(docs: &[Doc], rest: &[(usize, bool, Doc)], left: usize) -> bool {
    let mut left = left;
    let mut stack: Vec<(bool, &Doc)> = docs.iter().rev().map(|doc| (false, doc)).collect();
    let mut behind = rest.iter().rev();
    loop {
        let (broken, doc) = match stack.pop() {
            Some(next) => next,
            None => match behind.next() {
                Some((_, broken, doc)) => (*broken, doc),
                None => return true,
            },
        };
        let taken = match doc {
            Doc::Text(text) => width(text),
            Doc::Soft | Doc::Line if broken => return true,
            Doc::Line => 1,
            Doc::Soft => 0,
            Doc::Broken(text) => {
                if broken {
                    text.len()
                } else {
                    0
                }
            }
            Doc::Indent(docs) => {
                stack.extend(docs.iter().rev().map(|doc| (broken, doc)));
                0
            }
            Doc::Group(docs, force) => {
                stack.extend(docs.iter().rev().map(|doc| (*force && broken, doc)));
                0
            }
        };
        match left.checked_sub(taken) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
}
