//! Methods and paths: which request reaches an operation.

use crate::Errors;
use std::fmt;
use syn::{Ident, LitStr};

/// An HTTP method that an operation may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "UPPERCASE"))]
pub enum Method {
    /// Reads; its input is path and query.
    Get,
    /// Reads the headers alone.
    Head,
    /// Acts; its input is path, query where the route names it, and body.
    Post,
    /// Replaces, input as under `POST`.
    Put,
    /// Changes, input as under `POST`.
    Patch,
    /// Removes; its input is path and query.
    Delete,
}

impl Method {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Get, "GET"),
        (Self::Head, "HEAD"),
        (Self::Post, "POST"),
        (Self::Put, "PUT"),
        (Self::Patch, "PATCH"),
        (Self::Delete, "DELETE"),
    ];

    /// Reads the word of the attribute.
    pub(crate) fn parse(word: &Ident, errors: &mut Errors) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, name)| word == name).map(|(method, _)| *method);
        if found.is_none() {
            let names = Self::ALL.map(|(_, name)| format!("`{name}`")).join(", ");
            errors.span(word.span(), format!("unknown method `{word}`: it is one of {names}"));
        }
        found
    }

    /// The method as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(method, _)| *method == self).map_or("", |(_, name)| name)
    }

    /// Whether a repeat of the request does what it does once (RFC 9110 section 9.2.2).
    pub fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }

    /// Whether the request has a body that an operation reads.
    pub fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A method and a path, as in `GET /orders/{order_id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path's segments.
    pub segments: Vec<Segment>,
    /// Query parameters named in the route, as in `/orders{?dry_run}` (RFC 6570 section 3.2.8).
    pub query: Vec<String>,
}

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Fixed text.
    Literal(String),
    /// `{order_id}`: a field of the input, by its Rust name.
    Parameter(String),
}

impl Route {
    /// Reads method and path; `None` if one has a mistake.
    pub fn parse(method: &Ident, literal: &LitStr, errors: &mut Errors) -> Option<Self> {
        let found = errors.len();
        let method = Method::parse(method, errors);
        let text = literal.value();
        let (path, query) = match text.split_once("{?") {
            Some((path, rest)) => {
                let names = rest.strip_suffix('}').filter(|names| !names.contains('}'));
                if names.is_none() {
                    errors.span(literal.span(), format!("the query of `{text}` ends the path: `/orders{{?dry_run}}`"));
                }
                let names = names.map(|names| names.split(',').map(|name| name.trim().to_owned()));
                (path, names.into_iter().flatten().collect())
            }
            None => (text.as_str(), Vec::new()),
        };
        let mut segments = Vec::new();
        match path.strip_prefix('/') {
            None => errors.span(literal.span(), format!("`{text}` is no path: it starts with `/`")),
            Some("") => {}
            Some(rest) => {
                segments.extend(rest.split('/').filter_map(|segment| Segment::parse(segment, literal, errors)));
            }
        }
        let mut names: Vec<&str> = Vec::new();
        let parameters = segments.iter().filter_map(Segment::parameter);
        for name in parameters.chain(query.iter().map(String::as_str)) {
            if !is_field(name) {
                errors.span(literal.span(), format!("`{name}` can't be a parameter: it names a field of the input"));
            } else if names.contains(&name) {
                errors.span(literal.span(), format!("the parameter `{name}` stands twice in `{text}`"));
            }
            names.push(name);
        }
        let method = method.filter(|_| errors.len() == found)?;
        Some(Self { method, segments, query })
    }

    /// The path as OpenAPI writes it.
    pub fn path(&self) -> String {
        if self.segments.is_empty() {
            return "/".to_owned();
        }
        self.segments.iter().map(|segment| format!("/{segment}")).collect()
    }

    /// The path's parameters, in their order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(Segment::parameter)
    }

    /// The route with its parameters' names left out: two operations may not share it.
    pub fn shape(&self) -> String {
        let segments = self.segments.iter().map(|segment| match segment {
            Segment::Literal(text) => format!("/{text}"),
            Segment::Parameter(_) => "/{}".to_owned(),
        });
        format!("{} {}", self.method, segments.collect::<String>())
    }
}

impl Segment {
    fn parse(text: &str, literal: &LitStr, errors: &mut Errors) -> Option<Self> {
        if let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            return Some(Self::Parameter(name.to_owned()));
        }
        if let Some(name) = text.strip_prefix(':').filter(|name| is_field(name)) {
            let text = format!("`:{name}` is no parameter: it is written `{{{name}}}`");
            errors.span(literal.span(), text);
            return None;
        }
        let fits = !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'~' | b':'));
        if fits {
            return Some(Self::Literal(text.to_owned()));
        }
        let what = if text.is_empty() { "an empty part".to_owned() } else { format!("the part `{text}`") };
        errors.span(
            literal.span(),
            format!(
                "{what} in the path `{}`: each is `{{parameter}}`, or letters, digits, `.`, `_`, `-`, `~` and `:`",
                literal.value()
            ),
        );
        None
    }

    fn parameter(&self) -> Option<&str> {
        match self {
            Self::Parameter(name) => Some(name),
            Self::Literal(_) => None,
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(text) => f.write_str(text),
            Self::Parameter(name) => write!(f, "{{{name}}}"),
        }
    }
}

/// Whether a field can have the name; keywords can, written raw.
fn is_field(name: &str) -> bool {
    let mut bytes = name.bytes();
    !matches!(name, "_" | "self" | "Self" | "super" | "crate")
        && bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
