//! A method of a path, and how a request finds it.

use super::access::Access;
use super::backend::Backend;
use super::call::PathParameters;
use super::integration::Integration;
use super::validation::Validation;
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;
use std::time::Duration;

/// One operation of the API.
#[derive(Debug)]
pub struct Route {
    /// The document's `operationId`, or method and path where there is none.
    pub operation_id: String,
    /// The HTTP method in capitals; `ANY` takes every method that has no route of its own.
    pub method: String,
    /// The path with its `{…}` segments.
    pub path: String,
    pub(crate) segments: Vec<Segment>,
    /// The statuses that have a method response.
    pub(crate) declared: BTreeSet<u16>,
    pub(crate) integration: Integration,
    pub(crate) access: Access,
    /// What is looked at in a request before the integration gets it.
    pub(crate) validation: Option<Validation>,
}

impl Route {
    /// Whether a Lambda function stands behind this; [`Route::backend`] says what else does.
    pub fn is_lambda(&self) -> bool {
        self.backend() == Backend::Lambda
    }

    /// Whether a Lambda function stands behind a custom integration, where messages select responses.
    pub fn is_custom(&self) -> bool {
        self.integration.kind == super::integration::Kind::Lambda
    }

    /// How long API Gateway waits for the function: `timeoutInMillis`, 29 s by default.
    pub fn timeout(&self) -> Duration {
        self.integration.timeout
    }
}

/// A segment of a path. Their order is that of precedence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Segment {
    Literal(String),
    Parameter(String),
    /// `{name+}`: this segment and all behind it.
    Rest(String),
}

/// Takes a path of the document apart; the message says what API Gateway refuses in it.
pub(crate) fn segments(path: &str) -> Result<Vec<Segment>, String> {
    let Some(path) = path.strip_prefix('/') else { return Err("a path begins with `/`".to_owned()) };
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let mut segments = Vec::new();
    for part in path.split('/') {
        if let Some(Segment::Rest(name)) = segments.last() {
            return Err(format!("nothing can follow `{{{name}+}}`"));
        }
        let segment = match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => match name.strip_suffix('+') {
                Some(name) => Segment::Rest(name.to_owned()),
                None => Segment::Parameter(name.to_owned()),
            },
            None => Segment::Literal(part.to_owned()),
        };
        // What a template of another tool puts in when it deploys the document.
        if part.starts_with("${") && part.find('}') == Some(part.len() - 1) {
            segments.push(Segment::Literal(part.to_owned()));
            continue;
        }
        let (Segment::Literal(name) | Segment::Parameter(name) | Segment::Rest(name)) = &segment;
        if name.is_empty() || name.contains(['{', '}']) {
            return Err(format!("segment `{part}` is neither a literal nor one `{{parameter}}`"));
        }
        segments.push(segment);
    }
    Ok(segments)
}

/// The values of the parameters, if the path is one of these.
pub(crate) fn matches(segments: &[Segment], path: &str) -> Option<PathParameters> {
    let mut parameters = PathParameters::new();
    // Recorded: several slashes in front are one.
    let mut rest = path.strip_prefix('/')?.trim_start_matches('/');
    if segments.is_empty() {
        return rest.is_empty().then_some(parameters);
    }
    for (n, segment) in segments.iter().enumerate() {
        if let Segment::Rest(name) = segment {
            // Recorded: a slash at the end is no part of it.
            let rest = rest.strip_suffix('/').unwrap_or(rest);
            if rest.is_empty() {
                return None;
            }
            parameters.insert(name.clone(), decode(rest));
            return Some(parameters);
        }
        let last = n + 1 == segments.len();
        let (part, behind) = match rest.split_once('/') {
            Some(_) if last => return None,
            Some((part, behind)) => (part, behind),
            None if last => (rest, ""),
            None => return None,
        };
        match segment {
            Segment::Literal(text) if *text == part || *text == decode(part) => {}
            Segment::Parameter(name) if !part.is_empty() => {
                parameters.insert(name.clone(), decode(part));
            }
            _ => return None,
        }
        rest = behind;
    }
    Some(parameters)
}

/// Compares two resources that take the same path: segment by segment a literal comes before a parameter, and that
/// before the rest.
pub(crate) fn precedence(segments: &[Segment]) -> Vec<u8> {
    let rank = |segment: &Segment| match segment {
        Segment::Literal(_) => 0,
        Segment::Parameter(_) => 1,
        Segment::Rest(_) => 2,
    };
    segments.iter().map(rank).collect()
}

fn decode(part: &str) -> String {
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn values(pattern: &str, path: &str) -> Option<Vec<String>> {
        let found = matches(&segments(pattern).unwrap(), path)?;
        Some(found.into_values().collect())
    }

    #[test]
    fn segments_match_and_decode() {
        assert_eq!(values("/", "/"), Some(vec![]));
        assert_eq!(values("/a/{b}/c", "/a/x%2Fy%20z/c"), Some(vec!["x/y z".to_owned()]));
        assert_eq!(values("/a/{b}", "/a/"), None);
        assert_eq!(values("/a/{b}", "/a/b/c"), None);
        assert_eq!(values("/a", "/a/"), None);
        assert_eq!(values("/a/{p+}", "/a/b/c"), Some(vec!["b/c".to_owned()]));
        assert_eq!(values("/{p+}", "//a//b/"), Some(vec!["a//b".to_owned()]));
        assert_eq!(values("/a/{p+}", "/a/"), None);
        assert_eq!(values("/a/{p+}", "/a"), None);
        for wrong in ["a", "/{a+}/b", "/a{b}", "//a", "/{}"] {
            assert!(segments(wrong).is_err(), "{wrong}");
        }
    }
}
