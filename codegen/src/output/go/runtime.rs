//! What a package carries beside its API: of the files under `templates/go/runtime` as much as it uses.

use std::collections::HashSet;

/// When a package has a file.
#[derive(Clone, Copy, PartialEq)]
enum When {
    Always,
    /// It has operations over HTTP.
    Called,
    /// It has operations that are invoked.
    Invoked,
    Either,
}

macro_rules! files {
    ($($when:ident $name:literal),* $(,)?) => {
        &[$((When::$when, $name, include_str!(concat!("../../../templates/go/runtime/", $name)))),*]
    };
}

const FILES: &[(When, &str, &str)] = files![
    Called "call.go",
    Always "decode.go",
    Always "failure.go",
    Always "gateway.go",
    Always "info.go",
    Always "invocation.go",
    Invoked "invoke.go",
    Always "kind.go",
    Always "object.go",
    Called "options.go",
    Always "origin.go",
    Always "platform.go",
    Always "read.go",
    Called "request.go",
    Always "response.go",
    Either "result.go",
    Either "retries.go",
    Always "scan.go",
    Always "show.go",
    Always "transport.go",
    Always "undeclared.go",
    Always "unmodelled.go",
    Always "variant.go",
    Always "write.go",
];

/// The files of a package: what its own sources name, what is seen outside, and what these need.
pub(super) fn files(package: &str, sources: &[&str], called: bool, invoked: bool) -> Vec<(&'static str, String)> {
    let has = |when: When| match when {
        When::Always => true,
        When::Called => called,
        When::Invoked => invoked,
        When::Either => called || invoked,
    };
    let files: Vec<_> =
        FILES.iter().filter(|(when, ..)| has(*when)).map(|(_, name, text)| (*name, File::of(text))).collect();
    let mut used: HashSet<&str> = sources.iter().flat_map(|source| words(source)).collect();
    let mut rest: Vec<&Declaration<'_>> = files.iter().flat_map(|(_, file)| &file.declarations).collect();
    let mut kept = HashSet::new();
    loop {
        let (found, others): (Vec<_>, Vec<_>) =
            rest.iter().copied().partition(|declaration| declaration.is_used(&used));
        if found.is_empty() {
            break;
        }
        for declaration in found {
            used.extend(words(declaration.text));
            used.extend(declaration.names.iter().filter(|name| is_exported(name)));
            kept.insert(declaration.text.as_ptr());
        }
        rest = others;
    }
    files
        .iter()
        .filter_map(|(name, file)| {
            let kept = file.declarations.iter().filter(|declaration| kept.contains(&declaration.text.as_ptr()));
            let code: Vec<_> = kept.map(|declaration| declaration.text).collect();
            (!code.is_empty()).then(|| (*name, file.with(package, &code.join("\n\n"))))
        })
        .collect()
}

/// One file of the runtime.
struct File<'a> {
    /// The comment above the package.
    about: &'a str,
    imports: Vec<&'a str>,
    declarations: Vec<Declaration<'a>>,
}

/// One declaration at the top of a file, with its comment.
struct Declaration<'a> {
    text: &'a str,
    names: Vec<&'a str>,
    /// The type that it is a method of, or an assertion about.
    of: Option<&'a str>,
}

impl<'a> File<'a> {
    fn of(text: &'a str) -> Self {
        let (about, code) = text.split_once("\n\n").unwrap_or(("", text));
        let (mut imports, mut declarations) = (Vec::new(), Vec::new());
        for text in declared(code) {
            let start = text.lines().find(|line| !line.starts_with("//")).unwrap_or_default();
            if let Some(list) = text.strip_prefix("import ") {
                imports = list.split('"').skip(1).step_by(2).collect();
                continue;
            }
            let (mut of, mut names) = (None, Vec::new());
            if start.ends_with('(') && !start.starts_with("func") {
                let lines = text.lines().filter_map(|line| line.strip_prefix('\t'));
                names = lines.filter_map(|line| words(line).into_iter().next()).collect();
            } else if let Some(method) = start.strip_prefix("func (") {
                let (receiver, rest) = method.split_once(") ").unwrap_or_default();
                let receiver = receiver.split('[').next().unwrap_or_default();
                of = words(receiver).last().copied();
                names.extend(words(rest).first());
            } else if start.starts_with("var _ ") {
                of = words(start)
                    .last()
                    .filter(|word| **word != "nil")
                    .copied()
                    .or_else(|| words(start).iter().rev().nth(1).copied());
            } else {
                names.extend(words(start).get(1));
            }
            declarations.push(Declaration { text, names, of });
        }
        Self { about, imports, declarations }
    }

    fn with(&self, package: &str, code: &str) -> String {
        let list = imports(&self.imports, code);
        let imports = match list.lines().count() {
            0 => String::new(),
            1 => format!("import {}\n\n", list.trim()),
            _ => format!("import (\n{list})\n\n"),
        };
        format!("{}\n\npackage {package}\n\n{imports}{code}\n", self.about)
    }
}

/// The lines that import what a source uses.
pub(super) fn imports(paths: &[&str], code: &str) -> String {
    let is_used = |path: &&&str| {
        let name = path.trim_end_matches("/v2").rsplit('/').next().unwrap_or_default();
        let inside = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || "_.".contains(c));
        code.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| {
            let mut found = line.match_indices(name);
            found.any(|(at, _)| line[at + name.len()..].starts_with('.') && !inside(&line[..at]))
        })
    };
    paths.iter().filter(is_used).map(|path| format!("\t\"{path}\"\n")).collect()
}

impl Declaration<'_> {
    fn is_used(&self, used: &HashSet<&str>) -> bool {
        let named = self.names.iter().any(|name| is_exported(name) || used.contains(name));
        match self.of {
            Some(of) => used.contains(of) && (named || self.names.is_empty()),
            None => named,
        }
    }
}

/// The declarations of a source that gofmt wrote, each with the comment above it.
fn declared(code: &str) -> Vec<&str> {
    let (mut found, mut start, mut open, mut at) = (Vec::new(), None, false, 0);
    for line in code.split_inclusive('\n') {
        let bare = line.trim_end();
        if !bare.is_empty() {
            start.get_or_insert(at);
        }
        at += line.len();
        let ends = if open {
            bare.starts_with(['}', ')'])
        } else {
            !bare.is_empty() && !bare.starts_with("//") && !bare.ends_with(['{', '('])
        };
        open = !ends && (open || !bare.is_empty() && !bare.starts_with("//"));
        if ends && let Some(start) = start.take() {
            found.extend(code.get(start..at).map(str::trim_end));
        }
    }
    found
}

fn is_exported(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The identifiers of a source, without those in its comments and texts.
fn words(code: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), code);
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(close @ ('"' | '`' | '\'')) = Some(first) {
            let mut escaped = false;
            let inside = rest.get(1..).unwrap_or_default();
            let end = inside.find(|c: char| {
                let ends = c == close && !escaped;
                escaped = c == '\\' && !escaped && close != '`';
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            found.extend(rest.get(..end));
            end
        } else {
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    found
}
