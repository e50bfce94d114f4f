//! Layout: pieces of code that are printed on one line where they fit, and else broken at their own places. What may be
//! broken, and how, each language says for itself.

/// What a language's formatter allows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// How many characters a line has at most.
    pub(crate) width: usize,
    /// How many blanks one level is.
    pub(crate) indent: usize,
}

/// A piece of code.
#[derive(Debug, Clone)]
pub(crate) enum Doc {
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

pub(crate) fn text(text: impl Into<String>) -> Doc {
    Doc::Text(text.into())
}

/// Parts with a comma and a blank, or a new line, between them.
pub(crate) fn listed(items: Vec<Doc>) -> Vec<Doc> {
    let mut all = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            all.extend([text(","), Doc::Line]);
        }
        all.push(item);
    }
    all
}

/// On one line, whatever its length.
pub(crate) fn flat(doc: &Doc) -> String {
    match doc {
        Doc::Text(text) => text.clone(),
        Doc::Soft | Doc::Broken(_) => String::new(),
        Doc::Line => " ".to_owned(),
        Doc::Indent(docs) | Doc::Group(docs, _) => docs.iter().map(flat).collect(),
    }
}

/// Code at an indentation; the first line stands where it begins.
pub(crate) fn print(docs: Vec<Doc>, indent: usize, page: Page) -> String {
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
                rest.extend(docs.into_iter().rev().map(|doc| (indent + page.indent, broken, doc)));
            }
            Doc::Group(docs, force) => {
                let breaks = force || docs.iter().any(forced) || !fits(&docs, &rest, page.width.saturating_sub(column));
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
