//! What the wire contract says of a message: which response, and what the client gets. It knows the contract and what
//! the function wrote, and nothing of the patterns and templates.

use super::cases::{Case, Message, Thrown, What};
use super::contracts::World;
use serde_json::Value;
use std::fmt::Write;
use std::io;
use throwback_codegen::contract::{ErrorDef, Operation, Retry};

/// The largest delay that the header carries.
const LARGEST_DELAY: u64 = 999_999_999_999_999_999;

/// The response to a payload.
pub(super) struct Expected<'a> {
    /// Whether it is the default response.
    pub(super) success: bool,
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) headers: Vec<(String, Header)>,
    /// A problem whose headers nobody can know: one that is no JSON, or of an error with none of its own.
    pub(super) foreign: bool,
    /// A template may fail on it: a tag that the encoder did not write, before something that is no JSON.
    pub(super) may_fail: bool,
    pub(super) error: Option<&'a ErrorDef>,
}

/// What a header holds.
#[derive(Debug, PartialEq)]
pub(super) enum Header {
    Text(String),
    /// A number, which Java writes in its own way.
    Number(f64),
    /// A structure, which nobody should put into a header.
    Any,
}

impl<'a> Expected<'a> {
    /// The response to a case that is no request.
    pub(super) fn new(world: &'a World, case: &Case, request_id: &str) -> io::Result<Self> {
        let operation = world.operation(&case.operation)?;
        let mut expected = match &case.what {
            What::Thrown(thrown) => Self::thrown(world, operation, thrown),
            What::Message(message) => Self::message(world, operation, message, request_id, case),
            What::Success(_) | What::Request(_) => Self::success(operation, case),
        };
        if let Some(origin) = &world.cors {
            expected.headers.push(("access-control-allow-origin".to_owned(), Header::Text(origin.clone())));
        }
        Ok(expected)
    }

    fn success(operation: &Operation, case: &Case) -> Self {
        let body = case.payload().unwrap_or_default().0;
        let headers = vec![("content-type".to_owned(), Header::Text("application/json".to_owned()))];
        Self {
            success: true,
            status: operation.status.get(),
            body,
            headers,
            foreign: false,
            may_fail: false,
            error: None,
        }
    }

    fn error(status: u16, code: &str, body: String, error: Option<&'a ErrorDef>) -> Self {
        let headers = vec![
            ("content-type".to_owned(), Header::Text("application/problem+json".to_owned())),
            ("x-error-code".to_owned(), Header::Text(code.to_owned())),
        ];
        Self { success: false, status, body, headers, foreign: false, may_fail: false, error }
    }

    fn thrown(world: &'a World, operation: &Operation, thrown: &Thrown) -> Self {
        let (code, message) = (thrown.info.code, thrown.message());
        let problem = message.get(code.len() + 3..).unwrap_or_default();
        let error = world.error(operation, code);
        let mut expected = Self::error(thrown.info.status, code, thrown.escapes.read(problem), error);
        expected.dynamic(problem);
        expected.foreign = error.is_none();
        expected
    }

    fn message(world: &'a World, operation: &Operation, message: &Message, request_id: &str, case: &Case) -> Self {
        let text = message.escapes.keep(&message.text);
        if text.is_empty() {
            return Self::success(operation, case);
        }
        let internal = || {
            let body = format!(
                "{{\"code\":\"InternalError\",\"title\":\"Internal Server Error\",\"status\":500,\"instance\":\"{request_id}\",\"retryable\":\"idempotent\"}}"
            );
            Self::error(500, "InternalError", body, None)
        };
        let Some((code, problem)) = text.strip_prefix('[').and_then(|rest| rest.split_once("] ")) else {
            if !text.starts_with('[') && timed_out(&text) {
                let body = format!(
                    "{{\"code\":\"FunctionTimeout\",\"title\":\"The function ran out of time\",\"status\":504,\"instance\":\"{request_id}\"}}"
                );
                return Self::error(504, "FunctionTimeout", body, None);
            }
            return Self::before(world, operation, &text, request_id).unwrap_or_else(internal);
        };
        let error = world.error(operation, code);
        let declared = error.map(|error| error.status.get()).or((code == "InvalidPayload").then_some(400));
        if declared.is_none()
            && let Some(before) = Self::before(world, operation, &text, request_id)
        {
            return before;
        }
        let is_problem = problem.starts_with("{\"code\":\"") && problem.ends_with('}');
        let body = message.escapes.read(problem);
        let mut expected = match declared.filter(|status| *status != 500) {
            Some(status) if is_problem => Self::error(status, code, body, error),
            Some(status) => {
                return Self::error(status, code, format!("{{\"code\":\"{code}\",\"status\":{status}}}"), None);
            }
            None => match own_status(problem).filter(|_| is_problem && is_code(code)) {
                Some(status) => Self::error(status, code, body, error),
                None => return internal(),
            },
        };
        expected.dynamic(problem);
        expected
    }

    /// The answer to a message of a function of before, if it is one that the set has an error for.
    fn before(world: &'a World, operation: &Operation, text: &str, request_id: &str) -> Option<Self> {
        let known = world.legacy.iter().filter_map(|legacy| Some((legacy, world.error(operation, &legacy.code)?)));
        let (_, error) = known.into_iter().find(|(legacy, _)| begins(text, &legacy.message))?;
        let (code, status) = (error.code.as_str(), error.status.get());
        let mut title = String::new();
        throwback_syntax::escape(&mut title, &error.title);
        // Writing to a String cannot fail.
        let mut body = format!("{{\"code\":\"{code}\",\"title\":\"{title}\",\"status\":{status}");
        if error.exposed {
            let _ = write!(body, ",\"detail\":\"{}\"", java_script(text));
        }
        if error.message {
            let _ = write!(body, ",\"message\":\"{}\"", if error.exposed { java_script(text) } else { title });
        }
        if let Some(uri) = &error.type_uri {
            let _ = write!(body, ",\"type\":\"{uri}\"");
        }
        let _ = write!(body, ",\"instance\":\"{request_id}\"");
        if error.retry != Retry::of_status(status) {
            let _ = write!(body, ",\"retryable\":\"{}\"", error.retry.word());
        }
        Some(Self::error(status, code, body + "}", None))
    }

    /// Adds the headers that the problem fills.
    fn dynamic(&mut self, problem: &str) {
        let Ok(problem) = serde_json::from_str::<Value>(problem) else {
            (self.foreign, self.may_fail) = (true, true);
            return;
        };
        let Some(error) = self.error else {
            self.foreign = true;
            return;
        };
        let delay = problem.get("retryAfter").and_then(Value::as_u64).filter(|delay| *delay <= LARGEST_DELAY);
        if let Some(delay) = delay.filter(|_| error.retry_after) {
            self.headers.push(("retry-after".to_owned(), Header::Text(delay.to_string())));
        }
        // What the encoder did not write may hold a delay of any form, or one that this error has not.
        self.foreign = problem.get("retryAfter").is_some() && (!error.retry_after || delay.is_none());
        for field in &error.fields {
            let value = field.header.as_ref().and_then(|_| problem.get(&field.name));
            let header = match value {
                Some(Value::String(text)) if is_visible(text) => Header::Text(text.clone()),
                None | Some(Value::Null | Value::String(_)) => continue,
                Some(Value::Bool(bool)) => Header::Text(bool.to_string()),
                Some(Value::Number(number)) => match number.as_f64().filter(|_| number.is_f64()) {
                    Some(float) => Header::Number(float),
                    None => Header::Text(number.to_string()),
                },
                Some(Value::Array(_) | Value::Object(_)) => Header::Any,
            };
            let name = field.header.as_deref().unwrap_or_default();
            self.headers.push((name.to_ascii_lowercase(), header));
        }
    }
}

/// Whether a text begins as the configuration says it; one with a bracket in front begins with no `*`.
fn begins(text: &str, message: &str) -> bool {
    let mut parts = message.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    for part in parts {
        match rest.split_once(part) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    !(message.starts_with('*') && text.starts_with('['))
}

/// A text as `escapeJavaScript` of Commons Lang writes it, without the `\'` that JSON does not know.
fn java_script(text: &str) -> String {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        match char::from_u32(unit.into()) {
            Some('\u{8}') => out.push_str("\\b"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(c @ ('"' | '\\' | '/')) => out.extend(['\\', c]),
            Some(c @ ' '..='\u{7f}') => out.push(c),
            _ => drop(write!(out, "\\u{unit:04X}")),
        }
    }
    out
}

fn is_code(code: &str) -> bool {
    code.starts_with(|first: char| first.is_ascii_alphabetic())
        && code.len() <= 64
        && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// The status that a problem says of itself, 400 to 599: behind its code and its title, and nowhere else.
fn own_status(problem: &str) -> Option<u16> {
    let mut bare = String::new();
    let mut chars = problem.chars();
    while let Some(c) = chars.next() {
        // What is escaped is no quote that ends a text.
        if c == '\\' && chars.next().is_some() {
            continue;
        }
        bare.push(c);
    }
    let (code, rest) = bare.strip_prefix("{\"code\":\"")?.split_once('"')?;
    let rest = match rest.strip_prefix(",\"title\":\"") {
        Some(title) => title.split_once('"')?.1,
        None => rest,
    };
    let rest = rest.strip_prefix(",\"status\":")?;
    let is_word = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let digits = rest.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let ends = rest.get(3..).is_some_and(|rest| rest.starts_with([',', '}']));
    digits.parse().ok().filter(|status| is_word && ends && (400..=599).contains(status))
}

/// Whether Lambda says so.
fn timed_out(text: &str) -> bool {
    text.match_indices("Task timed out after ").any(|(at, start)| {
        let digits = |text: &'_ str| text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = text.get(at + start.len()..).unwrap_or_default();
        let (seconds, rest) = rest.split_at(digits(rest));
        let Some(rest) = rest.strip_prefix('.') else { return false };
        let (hundredths, rest) = rest.split_at(digits(rest));
        !seconds.is_empty() && !hundredths.is_empty() && rest.starts_with(" seconds")
    })
}

/// Whether a header may hold it: visible ASCII, blanks only inside, at most 512 characters.
fn is_visible(text: &str) -> bool {
    (1..=512).contains(&text.len())
        && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
}
