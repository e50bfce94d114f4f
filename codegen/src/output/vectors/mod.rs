//! Test vectors: answers of an API as they come, clean and dirty, each with what a client has to make of it. One file
//! serves the clients of every language; `docs/test-vectors.md` describes it.

mod dirty;
mod others;
mod problem;
mod proof;
mod strict;
mod values;

use super::sample::Samples;
use super::{Cx, File, Form, Output, Wanted};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::HashSet;
use std::fmt::Write;
use throwback_syntax::Retry;

pub(super) use problem::Problem;

/// The output `vectors`.
pub(super) struct Vectors;

impl Output for Vectors {
    fn key(&self) -> &'static str {
        "vectors"
    }

    fn help(&self) -> &'static str {
        "Write the test vectors to this JSON file, and tests that run them into each client's package"
    }

    fn form(&self) -> Form {
        Form::File
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        Ok(vec![File::whole(file(cx))])
    }
}

/// The version of the file's form.
const VERSION: u32 = 2;

/// The ids that the function and the gateway give a request.
const FUNCTION_ID: &str = "id-of-the-function";
const GATEWAY_ID: &str = "id-of-the-gateway";

/// An error of more bytes than this comes as it should, and in no other way: the file would be larger than any use of it.
const LARGE: usize = 16 * 1024;

/// What an answer is that somebody else wrote.
const PAGE: &str = "<!DOCTYPE html><html><body>Bad gateway</body></html>";

/// One answer, and what it is caught as.
#[derive(Debug, Serialize)]
struct Case {
    name: String,
    /// The operation that was called, or the set of errors that no operation names.
    operation: String,
    #[serde(flatten)]
    answer: Answer,
    caught: Caught,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
enum Answer {
    /// What came by HTTP.
    Response {
        status: u16,
        headers: Vec<(String, String)>,
        #[serde(flatten)]
        body: Body,
    },
    /// The payload of a direct `Invoke`, or a `Cause` of Step Functions.
    Invocation(String),
}

/// A body: a text, or bytes that are none, in hexadecimal digits.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
enum Body {
    Body(String),
    Hex(String),
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Body(text)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Body(text),
            Err(error) => Self::Hex(error.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()),
        }
    }
}

/// What a client must say of it. What is left out is not compared; null is "nothing".
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Caught {
    who: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    status: u16,
    retry: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Box<RawValue>>,
}

/// Writes the file: a head, and one line for each case, so that a change shows as the lines it changes.
pub(super) fn file(cx: &Cx<'_>) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let mut out = format!(
        "{{\n  \"vectors\": {VERSION},\n  \"generator\": {},\n  \"api\": {},\n  \"contract\": {},\n  \"cases\": [",
        quoted(concat!("throwback ", env!("CARGO_PKG_VERSION"))),
        quoted(&cx.contract.name),
        quoted(&cx.hash),
    );
    for (number, case) in cases(cx).iter().enumerate() {
        let comma = if number > 0 { "," } else { "" };
        // A tree of texts and numbers always serializes, and writing to a String never fails.
        let _ = write!(out, "{comma}\n    {}", serde_json::to_string(case).unwrap_or_default());
    }
    out.push_str("\n  ]\n}\n");
    out
}

/// Each declared error clean for every set that has it, and dirty once; then what no operation declares. An operation stands
/// for its set, and a set that no operation names for itself.
fn cases(cx: &Cx<'_>) -> Vec<Case> {
    let samples = Samples::new(&cx.index);
    let mut sets = HashSet::new();
    let operations = cx.contract.operations.iter().filter(|operation| sets.insert(operation.set.as_deref()));
    let operations = operations.map(|operation| (operation.name.as_str(), cx.index.codes_of(operation)));
    let alone = cx.contract.sets_alone().map(|set| (set.name.as_str(), set.errors.as_slice()));
    let callable: Vec<_> = operations.chain(alone).collect();
    let mut cases = Vec::new();
    // A thousand errors of one form are read by one decoder.
    let mut forms = HashSet::new();
    for error in &cx.contract.errors {
        let problem = Problem::declared(error, &samples);
        let mut declaring = callable.iter().filter(|(_, codes)| codes.contains(&error.code)).map(|(name, _)| *name);
        let Some(first) = declaring.next() else { continue };
        cases.extend([problem.clean(first), problem.invoked(first)]);
        if problem.size() > LARGE {
            continue;
        }
        cases.extend(problem.dirty(first));
        cases.extend(problem.proved(first));
        cases.extend(problem.misfits(first, error, &samples));
        if forms.insert(error.fields.iter().map(|field| &field.ty).collect::<Vec<_>>()) {
            cases.extend(problem.strict(first, error, &samples));
            cases.extend(problem.values(first, error, &samples));
        }
        cases.extend(declaring.map(|name| problem.clean(name)));
    }
    if let Some((name, _)) = callable.first() {
        for problem in [Problem::newer(cx.contract), Problem::invalid_payload(), Problem::internal()] {
            cases.push(problem.clean(name));
            cases.push(problem.invoked(name));
            cases.extend(problem.dirty(name));
            cases.extend(problem.proved(name));
        }
        cases.extend(Problem::newer(cx.contract).untyped(name));
        cases.extend(Problem::newer(cx.contract).delayed(name));
        // A timeout has no tag: the mapping's template makes the problem.
        let timeout = Problem::timeout();
        cases.push(timeout.clean(name));
        cases.extend(timeout.dirty(name));
        cases.extend(timeout.proved(name));
        cases.extend(others::platform(name));
        cases.extend(others::successes(name));
        cases.extend(others::gateway(name));
        cases.extend(others::fronts(name));
        cases.extend(others::strangers(name));
    }
    cases
}

/// Members as they are compared.
fn fields(members: &Value) -> Option<Box<RawValue>> {
    to_raw_value(members).ok()
}

/// What a repeat means where nothing else is said.
fn by_status(status: u16) -> &'static str {
    Retry::of_status(status).word()
}
