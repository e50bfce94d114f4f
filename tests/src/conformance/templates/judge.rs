//! What both evaluators answer, and whether it is the same.

use super::super::jvm::Fields;
use super::case::Case;
use serde_json::json;
use std::fmt::{self, Display};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use throwback_gateway::{Call, Gateway};

#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    Rendered { event: String, body: String, status: u32, headers: Vec<(String, String)> },
    Failed(String),
}

pub(super) enum Verdict {
    Rendered,
    Failed,
    /// Something of it is refused here with a reason, whatever the other one makes of it.
    Refused,
    Different(Difference),
}

#[derive(Debug)]
pub(super) struct Difference {
    real: String,
    own: String,
}

impl Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Velocity: {}", self.real)?;
        writeln!(f, "ours:     {}", self.own)
    }
}

/// The headers that templates set here; others API Gateway may rename or leave out.
pub(super) const HEADERS: [&str; 3] = ["x-a", "x-b", "foo"];

impl Answer {
    /// Reads what the other evaluator said.
    pub(super) fn read(frame: &[u8]) -> io::Result<Self> {
        let mut fields = Fields(frame);
        if !fields.flag()? {
            return Ok(Self::Failed(fields.text()?));
        }
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let (event, body) = (text(fields.bytes()?), text(fields.bytes()?));
        let status = fields.number()?;
        let count = fields.number()?;
        let headers = (0..count).map(|_| Ok((fields.text()?, fields.text()?))).collect::<io::Result<_>>()?;
        Ok(Self::Rendered { event, body, status, headers })
    }

    /// What our evaluator makes of it, from a document with both templates on.
    pub(super) fn own(case: &Case) -> Self {
        let answer = catch_unwind(AssertUnwindSafe(|| own(case)));
        answer.unwrap_or_else(|_| Ok(Self::Failed("A PANIC".to_owned()))).unwrap_or_else(Self::Failed)
    }
}

fn own(case: &Case) -> Result<Answer, String> {
    let headers: serde_json::Map<_, _> = HEADERS.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
    let document = json!({
        "openapi": "3.0.1", "info": { "title": "t", "version": "1" },
        "paths": { "/": { "post": {
            "responses": { "200": { "description": "", "headers": headers } },
            "x-amazon-apigateway-integration": {
                "type": "mock",
                "requestTemplates": { "application/json": case.request },
                "responses": { "default": {
                    "statusCode": "200", "responseTemplates": { "application/json": case.response }
                } }
            }
        } } }
    });
    let gateway = Gateway::read(&document.to_string()).map_err(|error| error.to_string())?;
    let route = gateway.routes().first().ok_or("no route")?;
    let mut call = Call::new("POST", "/");
    call.path_parameters = case.path.iter().cloned().collect();
    call.query = case.query.iter().cloned().collect();
    call.headers = case.headers.iter().cloned().collect();
    call.stage_variables = case.stage.iter().cloned().collect();
    call.body.clone_from(&case.body);
    "request".clone_into(&mut call.request_id);
    let event = route.event(&gateway, &mut call).map_err(|response| response.trace.warnings.join("; "))?;
    let response = route.respond(&gateway, &call, case.payload.as_bytes(), false);
    let fails = |warning: &&String| {
        warning.contains("the response template fails") || warning.contains("cannot have the status")
    };
    if let Some(why) = response.trace.warnings.iter().find(fails) {
        return Err(why.clone());
    }
    let body = String::from_utf8_lossy(&response.body).into_owned();
    Ok(Answer::Rendered { event, body, status: response.status.into(), headers: response.headers })
}

/// Compares the two.
pub(super) fn compare(real: &Answer, own: &Answer) -> Verdict {
    match (real, own) {
        (_, Answer::Failed(why)) if why == "A PANIC" => {}
        (_, Answer::Failed(why)) if is_refusal(why) => return Verdict::Refused,
        (Answer::Failed(_), Answer::Failed(_)) => return Verdict::Failed,
        // What json-smart finds no way to write under a newer Java is written here.
        (Answer::Failed(why), Answer::Rendered { .. })
            if (why.contains("no Getter for field") || why.contains("cannot be cast to class java.lang.String")) =>
        {
            return Verdict::Refused;
        }
        // A status below 200 is no response.
        (Answer::Rendered { status: 100..200, .. }, Answer::Failed(why)) if why.contains("the status") => {
            return Verdict::Failed;
        }
        (Answer::Rendered { .. }, Answer::Rendered { .. }) if same(real, own) => return Verdict::Rendered,
        (_, Answer::Rendered { event, body, .. }) if event.contains("{accountId=") || body.contains("{accountId=") => {
            return Verdict::Refused;
        }
        // It printed an object of the evaluator itself.
        (Answer::Rendered { event, body, headers, .. }, _)
            if shows_itself(event) || shows_itself(body) || headers.iter().any(|(_, value)| shows_itself(value)) =>
        {
            return Verdict::Refused;
        }
        _ => {}
    }
    Verdict::Different(Difference { real: format!("{real:?}"), own: format!("{own:?}") })
}

/// What is refused when a template is parsed, with a true reason.
fn is_refusal(why: &str) -> bool {
    // A bound of ours, where Velocity goes on until its memory ends.
    let bound = ["takes too long", "is too long", "too deeply", "nest deeper", "more than 10 MB"];
    bound.iter().any(|bound| why.contains(bound))
        || why.contains("not evaluated here")
        || (why.contains("does not parse") && why.contains("is refused by API Gateway's json-path"))
}

fn shows_itself(text: &str) -> bool {
    ["throwback.conformance", "{requestId=", "org.apache", "jdk.", "[type:"].iter().any(|part| text.contains(part))
}

fn same(real: &Answer, own: &Answer) -> bool {
    let (
        Answer::Rendered { event, body, status, headers },
        Answer::Rendered { event: own_event, body: own_body, status: own_status, headers: own_headers },
    ) = (real, own)
    else {
        return false;
    };
    let value = |headers: &[(String, String)], name: &str| {
        let found = headers.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    };
    let sendable = |value: &str| value.bytes().all(|b| b.is_ascii_graphic()) && !value.is_empty();
    let alike = HEADERS.iter().all(|name| match value(headers, name) {
        Some(found) if sendable(&found) => value(own_headers, name).is_some_and(|own| masked(&own) == masked(&found)),
        _ => true,
    });
    masked(event) == masked(own_event) && masked(body) == masked(own_body) && status == own_status && alike
}

/// Without what is another each time, where Java prints an address, and with a double's digits as far as all versions of
/// Java print the same.
fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut digits = 0;
    let mut point = false;
    for c in addressless(text).chars() {
        match c {
            '.' => point = true,
            '0'..='9' => digits += 1,
            _ => (digits, point) = (0, false),
        }
        if !(c.is_ascii_digit() && point && digits > 14) {
            out.push(c);
        }
    }
    out
}

fn addressless(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        out.push('@');
        rest = after[1..].trim_start_matches(|c: char| c.is_ascii_hexdigit());
        if let Some(class) = out.rfind("java.util.") {
            let name = &out[class..out.len() - 1];
            if name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '$')) {
                out.truncate(class);
                continue;
            }
        }
        if !(before.ends_with("[C") || before.ends_with("[B") || before.ends_with(';') || before.ends_with("Itr")) {
            rest = &after[1..];
        }
    }
    out.push_str(rest);
    out
}
