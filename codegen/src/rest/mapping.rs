//! The mapping: the integration responses and method responses of one set of errors, by the rules of the design.
//!
//! - One response per status; the codes that share a status share one pattern.
//! - Patterns hold only what means the same in Java, JavaScript and Python under full match, prefix match and search.
//! - Every pattern rejects the empty string: a success is compared as "".
//! - The patterns are disjoint by construction: a tag ends in `] `, each code stands in one pattern, and the two
//!   catch-alls exclude what the others take.
//! - Each error response maps a constant header, so that API Gateway refuses a missing method response when the
//!   configuration is put, not when a customer meets it.

use super::legacy::{self, Entry};
use super::names::Names;
use super::{Body, Response, Settings, template};
use crate::contract::{ErrorDef, Type};
use heck::ToUpperCamelCase;
use std::collections::BTreeMap;
use throwback_syntax::Reserved;

/// Lambda's two texts for a timeout; no tagged message looks like them.
const TIMEOUT: &str = r"(?!\[)[\s\S]*Task timed out after \d+\.\d+ seconds";

/// The same of a message that has no tag.
const UNTAGGED_TIMEOUT: &str = r"[\s\S]*Task timed out after \d+\.\d+ seconds";

/// The status of every message that nothing else explains.
const CATCH_ALL: u16 = Reserved::INTERNAL.status;

/// The status of a timeout.
const TIMED_OUT: u16 = Reserved::TIMEOUT.status;

/// The status of input that does not fit.
const INVALID: u16 = Reserved::INVALID.status;

/// Maps the errors of one operation, or of one set: the success first if there is one, then by status. `name` is that of
/// whom they belong to.
pub(super) fn responses<'a>(
    declared: impl Iterator<Item = &'a ErrorDef>,
    name: &str,
    success: Option<(u16, &'a Type)>,
    settings: Settings<'a>,
    names: &mut Names<'a>,
) -> Vec<Response<'a>> {
    let cors = settings.cors;
    let declared: Vec<_> = declared.collect();
    let legacy = legacy::entries(settings.legacy, &declared);
    let mut by_status: BTreeMap<u16, Vec<&ErrorDef>> = BTreeMap::new();
    for status in [INVALID, CATCH_ALL, TIMED_OUT] {
        by_status.entry(status).or_default();
    }
    for error in declared {
        by_status.entry(error.status.get()).or_default().push(error);
    }
    let headers = exposed_headers(by_status.values().flatten());
    let success = success.map(|(status, output)| Response {
        status,
        pattern: None,
        template: None,
        constants: cors_headers(cors, &headers),
        dynamic: Vec::new(),
        body: Body::Output(output),
    });
    let mut responses: Vec<_> = success.into_iter().collect();
    for (status, errors) in &by_status {
        let reserved = Reserved::ALL.iter().find(|reserved| reserved.status == *status).map(|reserved| reserved.code);
        let mut constants = vec![("Content-Type", "application/problem+json".to_owned())];
        constants.extend(cors_headers(cors, &headers));
        let codes: Vec<_> = errors.iter().map(|error| error.code.as_str()).chain(reserved).collect();
        responses.push(Response {
            status: *status,
            pattern: Some(pattern(*status, &by_status, &legacy)),
            template: Some(template::error(
                match *status {
                    CATCH_ALL => template::catch_all(errors),
                    TIMED_OUT => template::timeout(errors),
                    status => template::declared(status, errors),
                },
                Some(TIMEOUT).filter(|_| *status == TIMED_OUT),
                legacy.iter().filter(|entry| entry.error.status.get() == *status),
            )),
            constants,
            dynamic: exposed_headers(errors),
            body: Body::Problem {
                model: match codes.as_slice() {
                    [only] => names.error(only),
                    // The model of all errors of the status.
                    _ => names.take(format!("{}{status}", name.to_upper_camel_case()).into(), "Errors"),
                },
                codes,
            },
        });
    }
    responses
}

/// What selects the response of a status.
fn pattern(status: u16, by_status: &BTreeMap<u16, Vec<&ErrorDef>>, legacy: &[Entry<'_>]) -> String {
    if status == CATCH_ALL {
        let others = by_status.keys().filter(|other| **other != CATCH_ALL);
        let codes: Vec<_> = others.flat_map(|other| codes(*other, by_status)).collect();
        let others = legacy::taken(legacy, |other| other != CATCH_ALL, |before| before == CATCH_ALL, None);
        let legacy = if others.is_empty() { String::new() } else { format!("(?!{})", others.join("|")) };
        // A pattern without `^` would be met from the second character on where a match may start anywhere.
        return format!(r"^(?!\[(?:{})\] )(?!{TIMEOUT}){legacy}[\s\S]+", codes.join("|"));
    }
    let mut ways = Vec::new();
    let codes = codes(status, by_status);
    if !codes.is_empty() {
        ways.push(format!(r"\[(?:{})\] ", codes.join("|")));
    }
    if status == TIMED_OUT {
        ways.push(TIMEOUT.to_owned());
    }
    let timeout = Some(UNTAGGED_TIMEOUT).filter(|_| status != TIMED_OUT);
    ways.extend(legacy::taken(legacy, |other| other == status, |before| before != status, timeout));
    match ways.as_slice() {
        [only] => format!(r"^{only}[\s\S]*"),
        ways => format!(r"^(?:{})[\s\S]*", ways.join("|")),
    }
}

/// The codes that a tag can name under a status. `InternalError` and `FunctionTimeout` are not among them: the catch-all
/// passes a tagged problem on, and a timeout has no tag.
fn codes<'a>(status: u16, by_status: &BTreeMap<u16, Vec<&'a ErrorDef>>) -> Vec<&'a str> {
    let reserved = (status == INVALID).then_some(Reserved::INVALID.code);
    by_status.get(&status).into_iter().flatten().map(|error| error.code.as_str()).chain(reserved).collect()
}

/// The headers that errors set beside the constant ones.
pub(super) fn exposed_headers<'a, 'b: 'a>(errors: impl IntoIterator<Item = &'a &'b ErrorDef>) -> Vec<String> {
    let mut headers = vec!["x-error-code".to_owned()];
    for error in errors {
        if error.retry_after && !headers.iter().any(|known| known == "retry-after") {
            headers.push("retry-after".to_owned());
        }
        for header in error.fields.iter().filter_map(|field| field.header.as_ref()) {
            if !headers.iter().any(|known| known.eq_ignore_ascii_case(header.as_str())) {
                headers.push(header.to_string());
            }
        }
    }
    headers
}

/// What lets a browser's script read a response, and which headers of it.
pub(super) fn cors_headers(origin: Option<&str>, headers: &[String]) -> Vec<(&'static str, String)> {
    let Some(origin) = origin else { return Vec::new() };
    let mut exposed = headers.to_vec();
    exposed.extend(["x-amzn-errortype".to_owned(), "x-amzn-requestid".to_owned()]);
    vec![("Access-Control-Allow-Origin", origin.to_owned()), ("Access-Control-Expose-Headers", exposed.join(","))]
}
