//! Mends that can be written: those of which the automata prove that they change nothing else.

use crate::evaluate::{Evaluators, status};
use crate::file::File;
use crate::model::{Api, Kind, Place};
use crate::pattern::{Pattern, Patterns, differs_by_lines_alone, is_no_new_overlap};
use crate::rules::Mapping;
use crate::{read, tree};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// What is written at a place: the text that stands there afterwards, as a reader has it.
type Fixes = BTreeMap<(usize, usize, usize), Option<String>>;

/// Finds what can be mended in an API. Of a place that two methods share, both have to agree.
fn find(api: &Api, patterns: &Patterns, evaluators: &Evaluators, fixes: &mut Fixes) {
    for method in &api.methods {
        let Some(integration) = &method.integration else { continue };
        if let (Kind::Lambda, Some(said)) = (integration.kind, &integration.method)
            && said.known().is_some_and(|verb| !verb.eq_ignore_ascii_case("post"))
        {
            put(fixes, api.file, &said.at, Some("POST"));
        }
        if let Some(mapping) = Mapping::new(method, patterns, evaluators) {
            of_patterns(api.file, &mapping, patterns, fixes);
        }
    }
}

fn put(fixes: &mut Fixes, file: usize, at: &Place, text: Option<&str>) {
    let known = fixes.entry((file, at.start, at.end)).or_insert_with(|| text.map(ToOwned::to_owned));
    if known.as_deref() != text {
        *known = None;
    }
}

/// Patterns that stop at line ends, and catch-alls that take a success. They are mended together, and only where no message is then
/// taken by two that was taken by one before.
fn of_patterns(file: usize, mapping: &Mapping<'_>, patterns: &Patterns, fixes: &mut Fixes) {
    let olds: Vec<_> = mapping.selecting.iter().map(|selecting| Rc::clone(&selecting.pattern)).collect();
    let news: Vec<_> = mapping
        .selecting
        .iter()
        .map(|selecting| {
            let is_error = status(selecting.response).is_some_and(|status| status >= 400);
            let new = wider(&selecting.pattern, is_error);
            new.and_then(|source| patterns.read(&source).ok())
                .filter(|new| differs_by_lines_alone(&selecting.pattern, new))
        })
        .collect();
    for (number, (new, selecting)) in news.iter().zip(&mapping.selecting).enumerate() {
        let proved = new.as_ref().filter(|new| {
            mapping.is_known
                && (0..olds.len()).filter(|other| *other != number).all(|other| {
                    let later = news[other].as_ref().unwrap_or(&olds[other]);
                    is_no_new_overlap(&olds[number], new, &olds[other], later)
                })
        });
        put(fixes, file, &selecting.said.at, proved.map(|new| &*new.source));
    }
}

/// The pattern with `[\s\S]` for `.`, and with one character at least where it would take a success.
fn wider(pattern: &Pattern, is_error: bool) -> Option<String> {
    let facts = pattern.facts.as_ref()?;
    let mut source = String::new();
    let (mut is_escaped, mut classes) = (false, 0_usize);
    for c in pattern.source.chars() {
        let is_dot = c == '.' && !is_escaped && classes == 0;
        match c {
            '[' if !is_escaped => classes += 1,
            ']' if !is_escaped => classes = classes.saturating_sub(1),
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
        source.push_str(if is_dot { r"[\s\S]" } else { "" });
        if !is_dot {
            source.push(c);
        }
    }
    if is_error && facts.shortest.as_deref() == Some("") && source.ends_with(r"[\s\S]*") {
        source.pop();
        source.push('+');
    }
    (source != pattern.source).then_some(source)
}

/// The files in which something can be mended, by their numbers, each with its new text. Files that can't be read are left out.
pub fn mended(files: &[File]) -> Vec<(usize, String)> {
    let (patterns, evaluators, mut found) = (Patterns::default(), Evaluators::default(), Fixes::new());
    for (number, file) in files.iter().enumerate() {
        for api in read::read(number, file).unwrap_or_default() {
            find(&api, &patterns, &evaluators, &mut found);
        }
    }
    let of = |number: usize| {
        let own = found.iter().filter(move |((of, ..), _)| *of == number);
        own.filter_map(|((_, start, end), text)| Some((*start..*end, text.as_deref()?))).collect::<Vec<_>>()
    };
    files.iter().enumerate().filter_map(|(number, file)| Some((number, written(file, &of(number))?))).collect()
}

/// Writes texts at their places, in the quotes that stand there; nothing where the file would not read back as it should.
fn written(file: &File, edits: &[(Place, &str)]) -> Option<String> {
    if edits.is_empty() {
        return None;
    }
    let mut out = String::new();
    let mut done = 0;
    for (at, text) in edits {
        let raw = file.text.get(at.clone())?;
        out.push_str(file.text.get(done..at.start)?);
        out.push_str(&quoted(raw, text)?);
        done = at.end;
    }
    out.push_str(file.text.get(done..)?);
    let (before, after) = (tree::read(&file.text).ok()?, tree::read(&out).ok()?);
    let (mut scalars, mut news) = (Vec::new(), Vec::new());
    before.scalars(&mut scalars);
    after.scalars(&mut news);
    let edits: HashMap<_, _> = edits.iter().map(|(at, text)| ((at.start, at.end), *text)).collect();
    let is_read = scalars.len() == news.len()
        && scalars.iter().zip(&news).all(|((at, old), (_, new))| edits.get(&(at.start, at.end)).unwrap_or(old) == new);
    is_read.then_some(out)
}

/// A text in the quotes of the one that stands there; nothing where that is a block or the like.
fn quoted(raw: &str, text: &str) -> Option<String> {
    match raw.chars().next()? {
        '"' => serde_json::to_string(text).ok(),
        '\'' => Some(format!("'{}'", text.replace('\'', "''"))),
        '|' | '>' | '&' | '*' | '!' => None,
        _ if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Some(text.to_owned()),
        _ => Some(format!("'{}'", text.replace('\'', "''"))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn fixed(responses: &str) -> Option<String> {
        let text = format!(
            "openapi: 3.0.1\npaths:\n  /a:\n    get:\n      responses: {{'200': {{}}, '404': {{}}, '410': {{}}, '500': {{}}}}\n      \
             x-amazon-apigateway-integration:\n        type: aws\n        httpMethod: POST\n        uri: 'arn:aws:apigateway:eu-central-1:lambda:path/x'\n        \
             responses: # theirs\n{responses}"
        );
        let mut fixed = mended(&[File { path: "a.yaml".into(), text: text.clone() }]);
        let (_, new) = fixed.pop()?;
        // All else stays.
        assert_eq!(new.lines().count(), text.lines().count());
        Some(new.split_once("# theirs\n").unwrap().1.to_owned())
    }

    #[test]
    fn a_dot_takes_line_ends_where_nothing_else_changes() {
        let before = "          default: {statusCode: '200'}\n          '^\\[Gone\\] .*': {statusCode: '410'}  # kept\n          \"^\\\\[Found\\\\] .+\": {statusCode: \"404\"}\n          .*: {statusCode: 500}\n";
        // The catch-all takes what the others do, before and after.
        assert_eq!(fixed(before), None);
        let apart = before.replace(".*: {", "'^(?!\\[).*': {");
        let after = fixed(&apart).unwrap();
        assert_eq!(
            after,
            "          default: {statusCode: '200'}\n          '^\\[Gone\\] [\\s\\S]*': {statusCode: '410'}  # kept\n          \"^\\\\[Found\\\\] [\\\\s\\\\S]+\": {statusCode: \"404\"}\n          '^(?!\\[)[\\s\\S]+': {statusCode: 500}\n"
        );
        // What was mended needs nothing.
        assert_eq!(fixed(&after), None);
    }

    #[test]
    fn two_that_would_take_one_message_are_left_as_they_are() {
        // With line ends in the middle both would take "a\nb".
        let before = "          default: {statusCode: '200'}\n          '.*a': {statusCode: '410'}\n          'a\\n.*|.*a': {statusCode: '404'}\n";
        assert_eq!(fixed(before), None);
    }
}
