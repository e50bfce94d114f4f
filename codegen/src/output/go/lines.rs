//! Lines of Go: comments, and functions that stand on one line where gofmt leaves them there.

/// Lines of a comment.
pub(super) fn comment(lines: &[String], indent: &str) -> String {
    lines.iter().map(|line| format!("{indent}//{line}\n")).collect()
}

/// A comment that begins with the name of what it is about.
pub(super) fn described(name: &str, mut lines: Vec<String>) -> String {
    if lines.is_empty() {
        lines.push(format!(" {name} is a type of the API."));
    }
    comment(&named(name, lines), "")
}

/// The docs of an error, which are a sentence of their own.
pub(super) fn meaning(name: &str, mut lines: Vec<String>) -> Vec<String> {
    if let Some(first) = lines.first_mut().filter(|first| !first.starts_with(&format!(" {name} "))) {
        *first = format!(" {name} means: {}", first.trim_start());
    }
    lines
}

/// Docs that begin with the name that they are of, as Go's tools ask for: as one sentence with it where they read so.
pub(super) fn named(name: &str, mut lines: Vec<String>) -> Vec<String> {
    if let Some(first) = lines.first_mut() {
        let text = first.trim_start();
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let verb = match word {
            "A" | "An" | "One" => "is",
            "How" | "What" | "When" | "Where" | "Whether" | "Which" | "Who" | "Why" => "says",
            _ => return meaning(name, lines),
        };
        *first = format!(" {name} {verb} {} {rest}", word.to_lowercase());
    }
    lines
}

/// The docs of a method: `Reads an order.` becomes `GetOrder reads an order.`
pub(super) fn doing(name: &str, mut lines: Vec<String>) -> Vec<String> {
    let verb = |text: &str| {
        let (word, rest) = text.split_once(' ')?;
        let small = word.strip_prefix(|c: char| c.is_ascii_uppercase())?;
        let verb = small.ends_with('s') && !small.ends_with("ss") && small.chars().all(|c| c.is_ascii_lowercase());
        let noun =
            ["of", "in", "for", "by", "from", "and", "with"].iter().any(|next| rest.split(' ').next() == Some(*next));
        (verb && !noun).then(|| format!(" {name} {} {rest}", word.to_lowercase()))
    };
    match lines.first_mut().map(|first| (verb(first.trim_start()), first)) {
        Some((Some(text), first)) => *first = text,
        _ => return named(name, lines),
    }
    lines
}

/// The method that says of which kind a type is. gofmt breaks what is too long for a line.
pub(super) fn mark(of: &str, kind: &str) -> String {
    short(&format!("func ({of}) is{kind}()"), "")
}

/// A function of one statement, on one line where gofmt leaves it there: below 100 bytes without the braces.
pub(super) fn short(head: &str, statement: &str) -> String {
    match statement {
        "" if head.len() < 100 => format!("{head} {{}}"),
        "" => format!("{head} {{\n}}"),
        _ if head.len() + statement.len() < 100 => format!("{head} {{ {statement} }}"),
        _ => format!("{head} {{\n\t{statement}\n}}"),
    }
}
