//! A sketch: the errors that an existing mapping tells apart, as the beginning of an enum, and the operations that have them.

use crate::model::{Api, Kind, Method, Said};
use crate::{File, Mistake, read};
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use throwback_codegen::contract::Status;

/// What can be taken over from a configuration.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The sets of errors, each under the name of an enum.
    pub sets: Vec<Set>,
    /// Each operation, as `GET /orders/{id}`, with its set; one of no errors has none.
    pub operations: Vec<(String, Option<String>)>,
    /// Whether functions write the responses themselves, so that no pattern is in use.
    pub is_proxy: bool,
}

/// A set of errors.
#[derive(Debug, PartialEq, Eq)]
pub struct Set {
    /// The enum's name.
    pub name: String,
    /// Its variants.
    pub variants: Vec<Variant>,
}

/// An error.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Its status.
    pub status: u16,
    /// What HTTP calls the status.
    pub phrase: String,
    /// The pattern that it was found by.
    pub pattern: String,
}

/// Reads files, and finds what their mappings tell apart.
///
/// # Errors
/// The files that can't be read, by their numbers.
pub fn sketch(files: &[File]) -> Result<Sketch, Vec<(usize, Mistake)>> {
    let mut mistakes = Vec::new();
    let mut apis = Vec::new();
    for (number, file) in files.iter().enumerate() {
        match read::read(number, file) {
            Ok(read) => apis.extend(read),
            Err(mistake) => mistakes.push((number, mistake)),
        }
    }
    if mistakes.is_empty() { Ok(of(&apis)) } else { Err(mistakes) }
}

fn of(apis: &[Api]) -> Sketch {
    let mut sketch = Sketch::default();
    let mut by_variants: BTreeMap<Vec<Variant>, String> = BTreeMap::new();
    let methods: Vec<_> = apis.iter().flat_map(|api| &api.methods).collect();
    let kind = |method: &Method| method.integration.as_ref().map(|integration| integration.kind);
    sketch.is_proxy = methods.iter().any(|method| kind(method) == Some(Kind::Proxy))
        && !methods.iter().any(|method| kind(method) == Some(Kind::Lambda));
    for method in methods {
        let Some(integration) = &method.integration else { continue };
        let (Some(route), Kind::Lambda | Kind::Proxy) = (&method.route, integration.kind) else { continue };
        if route.starts_with("OPTIONS ") || route.starts_with("ANY ") {
            continue;
        }
        let mut variants = Vec::new();
        for response in integration.responses.iter().flatten().filter(|_| integration.kind == Kind::Lambda) {
            let (Some(pattern), Some(status)) =
                (response.pattern.as_ref().and_then(Said::known), response.status.as_ref().and_then(Said::number))
            else {
                continue;
            };
            if let Ok(status) = Status::try_from(status) {
                variants.extend(named(pattern, status));
            }
        }
        variants.sort();
        variants.dedup_by(|one, other| (&one.name, one.status) == (&other.name, other.status));
        let set = (!variants.is_empty()).then(|| {
            let known: HashSet<_> = by_variants.values().cloned().collect();
            by_variants.entry(variants).or_insert_with(|| enum_name(route, &known)).clone()
        });
        sketch.operations.push((route.clone(), set));
    }
    let mut sets: Vec<_> = by_variants.into_iter().map(|(variants, name)| Set { name, variants }).collect();
    // The first one is that of the first operation.
    sets.sort_by_key(|set| sketch.operations.iter().position(|(_, name)| name.as_deref() == Some(&*set.name)));
    apart(&mut sets);
    sketch.sets = sets;
    sketch
}

/// The name of an enum: the first is for any request, and each other says whose it is.
fn enum_name(route: &str, known: &HashSet<String>) -> String {
    if known.is_empty() {
        return "RequestError".to_owned();
    }
    let name = plain(route).to_upper_camel_case();
    let mut names = std::iter::once(format!("{name}Error")).chain((2..).map(|number| format!("{name}{number}Error")));
    names.find(|name| !known.contains(name)).unwrap_or_default()
}

/// One code is one error: what has one name and several statuses has the status in its name.
fn apart(sets: &mut [Set]) {
    let mut statuses: HashMap<String, BTreeSet<u16>> = HashMap::new();
    for variant in sets.iter().flat_map(|set| &set.variants) {
        statuses.entry(variant.name.clone()).or_default().insert(variant.status);
    }
    for variant in sets.iter_mut().flat_map(|set| &mut set.variants) {
        if statuses.get(&variant.name).is_some_and(|statuses| statuses.len() > 1) {
            variant.name = format!("{}{}", variant.name, variant.status);
        }
    }
}

/// The errors of a pattern: its tags, else the words in it, else what HTTP calls its status. A catch-all is none.
fn named(pattern: &str, status: Status) -> Vec<Variant> {
    let variant = |name: String| Variant {
        name,
        status: status.get(),
        phrase: status.reason().to_owned(),
        pattern: pattern.to_owned(),
    };
    // What it leaves out belongs to other patterns.
    let own = without_lookaheads(pattern);
    let tags = crate::against::tags(&own);
    if !tags.is_empty() {
        return tags.iter().map(|tag| variant(identifier(tag))).collect();
    }
    let text = [".*", "[\\s\\S]*", "[\\s\\S]+", ".+", "(\\n|.)+", "(\\n|.)*", "\\s", "\\S", "\\d", "\\b", "\\n"]
        .iter()
        .fold(own, |text, part| text.replace(part, " "));
    let words: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let words = words
        .split_whitespace()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.len() > 2)
        .take(5)
        .collect::<Vec<_>>()
        .join(" ");
    if !words.is_empty() {
        return vec![variant(identifier(&words))];
    }
    // Digits alone are the status; nothing at all takes everything, which throwback's own 500 does.
    let digits = text.chars().any(|c| c.is_ascii_digit());
    if digits { vec![variant(identifier(status.reason()))] } else { Vec::new() }
}

fn without_lookaheads(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find("(?!") {
        out.push_str(&rest[..at]);
        let mut depth = 0_usize;
        let mut escaped = false;
        let end = rest[at..].char_indices().find(|(_, c)| {
            if std::mem::take(&mut escaped) {
                return false;
            }
            match c {
                '\\' => escaped = true,
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some((end, _)) = end else { return out };
        rest = &rest[at + end + 1..];
    }
    out + rest
}

/// A name that Rust takes, and that none of throwback's own is.
fn identifier(words: &str) -> String {
    let mut name = words.to_upper_camel_case();
    if ["InternalError", "FunctionTimeout", "InvalidPayload", "Self"].contains(&&*name) || name.is_empty() {
        name.push_str("Fault");
    }
    name.chars().take(60).collect()
}

fn plain(route: &str) -> String {
    route.replace(|c: char| !c.is_ascii_alphanumeric(), " ").to_snake_case()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_that_would_meet_are_told_apart() {
        let method = |path: &str, responses: &str| {
            format!(
                "  {path}:\n    get:\n      responses: {{}}\n      x-amazon-apigateway-integration: {{type: aws, httpMethod: POST, uri: 'arn:aws:apigateway:eu-central-1:lambda:path/x', \
                 responses: {{default: {{statusCode: 200}}, {responses}}}}}\n"
            )
        };
        let text = [
            "openapi: 3.0.1\npaths:\n".to_owned(),
            method("/a", "'not found.*': {statusCode: 404}"),
            method("/b/c", "'.*NotFound.*': {statusCode: 410}, '.*not found.*': {statusCode: 404}"),
            method("/b-c", "gone.*: {statusCode: 410}"),
        ]
        .concat();
        let sketch = sketch(&[File { path: "a.yaml".into(), text }]).unwrap();
        let names = sketch.sets.iter().map(|set| {
            let variants: Vec<_> = set.variants.iter().map(|variant| variant.name.as_str()).collect();
            format!("{}: {}", set.name, variants.join(" "))
        });
        let expected = ["RequestError: NotFound404", "GetBCError: NotFound404 NotFound410", "GetBC2Error: Gone"];
        assert_eq!(names.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_pattern_says_what_its_error_is_called() {
        let names = |pattern: &str, status: u16| -> Vec<String> {
            named(pattern, Status::try_from(status).unwrap()).into_iter().map(|variant| variant.name).collect()
        };
        assert_eq!(names(r".*\[NotFound\].*", 404), ["NotFound"]);
        assert_eq!(names(r"^\[(?:order_gone|TeaCold)\] [\s\S]*", 410), ["TeaCold", "OrderGone"]);
        assert_eq!(names(r"^(?!\[(?:A|B)\] )[\s\S]+", 500), [""; 0]);
        assert_eq!(names(".*not found.*", 404), ["NotFound"]);
        assert_eq!(names(r"4\d{2}", 404), ["NotFound"]);
        assert_eq!(names(".*", 500), [""; 0]);
        assert_eq!(names(r"[\s\S]*Task timed out after \d+\.\d+ seconds[\s\S]*", 504), ["TaskTimedOutAfterSeconds"]);
        assert_eq!(names(r".*\[InternalError\].*", 500), ["InternalErrorFault"]);
    }
}
