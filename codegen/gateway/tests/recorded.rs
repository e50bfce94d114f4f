//! What AWS was recorded answering, case by case: each file of `recorded/` holds the cases of one group, and `README.md`
//! beside them says where they come from and which recordings are not among them.

#![allow(clippy::unwrap_used)]

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use throwback_gateway::{
    Backend, BackendRequest, BackendResponse, Call, Front, Gateway, Response, ResponseType, Route,
};

/// Cases that wait for something that is not evaluated yet; the test fails once one of them holds.
const AWAITED: &[&str] = &[
    "test_integration_mock_with_response_override_in_request_template[True]/response",
    "test_integration_mock_with_request_overrides_in_response_template/invoke-path1",
    "test_integration_mock_with_request_overrides_in_response_template/invoke-path2",
    "test_integration_mock_with_request_overrides_in_response_template/invoke-path-else",
    "test_integration_mock_with_vtl_map_assignation/response",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    /// What the cases of this file are about.
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    documents: IndexMap<String, Value>,
    /// Headers that several requests have.
    #[serde(default)]
    headers: IndexMap<String, IndexMap<String, String>>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The test that recorded it and the key of the recording; or what that test asserts.
    recording: String,
    /// A document, or the name of one of this file, or a text that is none.
    #[serde(default)]
    document: Value,
    /// What stands before the function, where it is no REST API.
    #[serde(default)]
    front: Option<String>,
    /// What of the warnings on the document is recorded; empty where there is none.
    #[serde(default)]
    taken: Option<Vec<String>>,
    /// What of the refusal is recorded.
    #[serde(default)]
    refused: Option<String>,
    #[serde(default)]
    request: Option<Asked>,
    /// What the function or the mock integration gets, after its templates.
    #[serde(default)]
    event: Option<Value>,
    /// What another backend gets.
    #[serde(default)]
    sent: Option<Sent>,
    #[serde(default)]
    reply: Option<Reply>,
    #[serde(default)]
    answer: Option<Answered>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    method: String,
    target: String,
    /// These, or the name of some of this file.
    #[serde(default)]
    headers: Headers,
    #[serde(default)]
    body: String,
    #[serde(default)]
    stage: Option<String>,
    #[serde(default, rename = "stageVariables")]
    stage_variables: IndexMap<String, String>,
    #[serde(default, rename = "apiKeys")]
    api_keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Headers {
    Named(String),
    Own(IndexMap<String, String>),
}

impl Default for Headers {
    fn default() -> Self {
        Self::Own(IndexMap::new())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    uri: Option<String>,
    /// All of them.
    #[serde(default)]
    headers: Option<IndexMap<String, String>>,
    #[serde(default)]
    body: Option<String>,
    /// The body as JSON.
    #[serde(default)]
    json: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    /// What a function returned.
    #[serde(default)]
    payload: Value,
    /// Whether it failed.
    #[serde(default)]
    failed: bool,
    /// What another backend answered.
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    headers: IndexMap<String, String>,
    /// Names of headers that were not there.
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    body: Option<String>,
    /// The body as JSON.
    #[serde(default)]
    json: Option<Value>,
    /// The body in base64.
    #[serde(default)]
    base64: Option<String>,
}

#[test]
fn the_evaluator_agrees_with_every_recording() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty());
    let (mut report, mut held, mut awaited) = (String::new(), 0, BTreeSet::from_iter(AWAITED.iter().copied()));
    let mut seen = BTreeSet::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let group: Group = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in &group.cases {
            assert!(seen.insert(case.recording.clone()), "{} is there twice", case.recording);
            let differences = case.differences(&group);
            let is_awaited = awaited.remove(case.recording.as_str());
            if differences.is_empty() && is_awaited {
                writeln!(report, "{}: holds now, and is no longer awaited", case.recording).unwrap();
            } else if differences.is_empty() {
                held += 1;
            } else if !is_awaited {
                writeln!(report, "{}", case.recording).unwrap();
                differences.iter().for_each(|difference| writeln!(report, "    {difference}").unwrap());
            }
        }
    }
    assert!(awaited.is_empty(), "no such cases: {awaited:?}");
    assert!(report.is_empty(), "{held} of {} cases hold; these do not:\n{report}", seen.len());
}

impl Case {
    /// What differs between AWS and this gateway.
    fn differences(&self, group: &Group) -> Vec<String> {
        let mut found = Vec::new();
        let named = self.document.as_str().and_then(|name| group.documents.get(name));
        let document = match named.unwrap_or(&self.document) {
            Value::String(text) => text.clone(),
            Value::Null => json!({ "openapi": "3.0.1", "paths": { "/": {} } }).to_string(),
            document => document.to_string(),
        };
        if let Some(front) = &self.front {
            let front = Front::ALL.iter().find(|(word, _)| word == front).map(|(_, front)| *front);
            self.pass(front.expect("a front of `Front::ALL`"), group, &mut found);
            return found;
        }
        let gateway = match (Gateway::read(&document), &self.refused) {
            (Ok(gateway), None) => gateway,
            (Err(error), None) => return vec![format!("the document is refused: {error}")],
            (Ok(_), Some(_)) => return vec!["the document is taken".to_owned()],
            (Err(error), Some(refused)) => {
                let error = error.to_string();
                return if error.contains(refused) {
                    found
                } else {
                    vec![format!("refused with {error:?} and not {refused:?}")]
                };
            }
        };
        if let Some(taken) = &self.taken {
            let warnings: Vec<_> = gateway.warnings().iter().map(ToString::to_string).collect();
            if taken.is_empty() != warnings.is_empty()
                || taken.iter().any(|said| !warnings.iter().any(|warning| warning.contains(said)))
            {
                found.push(format!("warnings {warnings:?} and not {taken:?}"));
            }
        }
        if let Some(asked) = &self.request {
            let response = self.answer(&gateway, &mut asked.call(group), &mut found);
            found.extend(self.answer.iter().flat_map(|answer| answer.differences(&response)));
        }
        found
    }

    /// Sends the request through a REST API.
    fn answer(&self, gateway: &Gateway, call: &mut Call, found: &mut Vec<String>) -> Response {
        let Some((route, parameters)) = gateway.find(&call.method, &call.path) else {
            return gateway.gateway_response(ResponseType::MissingAuthenticationToken, call);
        };
        call.path_parameters = parameters;
        if let Err(response) = route.admit(gateway, call).and_then(|()| route.validate(gateway, call)) {
            return *response;
        }
        match route.backend() {
            Backend::Lambda | Backend::Mock => self.invoke(gateway, route, call, found),
            _ => match route.ask(gateway, call) {
                Err(response) => *response,
                Ok(request) => {
                    found.extend(self.sent.iter().flat_map(|sent| sent.differences(&request)));
                    let Some(reply) = &self.reply else { return nothing() };
                    let answer = BackendResponse {
                        status: reply.status.expect("a status"),
                        headers: reply.headers.clone(),
                        body: reply.body.clone().into_bytes(),
                    };
                    route.relay(gateway, call, &answer)
                }
            },
        }
    }

    fn invoke(&self, gateway: &Gateway, route: &Route, call: &mut Call, found: &mut Vec<String>) -> Response {
        let event = match route.event(gateway, call) {
            Ok(event) => event,
            Err(response) => return *response,
        };
        self.compare_event(&event, found);
        if route.backend() == Backend::Mock {
            return route.mock(gateway, call, &event);
        }
        let Some(reply) = &self.reply else { return nothing() };
        route.respond(gateway, call, reply.payload.to_string().as_bytes(), reply.failed)
    }

    /// Sends the request through a front without routes.
    fn pass(&self, front: Front, group: &Group, found: &mut Vec<String>) {
        if let Some(asked) = &self.request {
            self.compare_event(&front.event(&asked.call(group), None), found);
        }
        if let (Some(reply), Some(answer)) = (&self.reply, &self.answer) {
            let response = front.respond(reply.payload.to_string().as_bytes(), reply.failed);
            found.extend(answer.differences(&response));
        }
    }

    fn compare_event(&self, event: &str, found: &mut Vec<String>) {
        if let Some(expected) = &self.event {
            let event = serde_json::from_str(event).unwrap_or_else(|_| Value::from(event));
            compare("event", expected, &event, found);
        }
    }
}

impl Asked {
    fn call(&self, group: &Group) -> Call {
        let mut call = Call::new(&self.method, &self.target);
        call.headers = match &self.headers {
            Headers::Named(name) => group.headers[name].clone(),
            Headers::Own(headers) => headers.clone(),
        };
        call.body.clone_from(&self.body);
        call.stage_variables.clone_from(&self.stage_variables);
        call.api_keys.clone_from(&self.api_keys);
        call.request_id = "0f4c8f3a-6f6b-4a77-9d4b-0d3a3c1f7b21".to_owned();
        call.epoch_millis = 1_722_640_000_000;
        if let Some(stage) = &self.stage {
            call.stage.clone_from(stage);
        }
        call
    }
}

impl Sent {
    fn differences(&self, found: &BackendRequest) -> Vec<String> {
        let mut differences = Vec::new();
        let texts = [
            ("method", &self.method, &found.method),
            ("uri", &self.uri, &found.uri),
            ("body", &self.body, &found.body),
        ];
        for (what, expected, found) in texts {
            if expected.as_ref().is_some_and(|expected| expected != found) {
                differences
                    .push(format!("sent {what}: {found:?} and not {:?}", expected.as_deref().unwrap_or_default()));
            }
        }
        if let Some(expected) = &self.json {
            compare("sent body", expected, &read(&found.body), &mut differences);
        }
        if let Some(expected) = &self.headers {
            let lower = |headers: &mut dyn Iterator<Item = (&str, &str)>| -> Value {
                headers.map(|(name, value)| (name.to_ascii_lowercase(), Value::from(value))).collect()
            };
            let expected = lower(&mut expected.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let found = lower(&mut found.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            compare("sent headers", &expected, &found, &mut differences);
        }
        differences
    }
}

impl Answered {
    fn differences(&self, found: &Response) -> Vec<String> {
        let mut differences = Vec::new();
        if self.status.is_some_and(|status| status != found.status) {
            let status = self.status.unwrap_or_default();
            differences.push(format!("status {} and not {status}: {:?}", found.status, found.trace.warnings));
        }
        for (name, expected) in &self.headers {
            let expected = Value::from(expected.as_str());
            compare(&format!("header {name}"), &expected, &json!(found.header(name)), &mut differences);
        }
        for name in &self.without {
            if let Some(value) = found.header(name) {
                differences.push(format!("header {name} is {value:?} and was not there"));
            }
        }
        let text = String::from_utf8_lossy(&found.body);
        if self.body.as_ref().is_some_and(|body| *body != text) {
            differences.push(format!("body {text:?} and not {:?}", self.body.as_deref().unwrap_or_default()));
        }
        if let Some(expected) = &self.json {
            compare("body", expected, &read(&text), &mut differences);
        }
        if let Some(expected) = &self.base64 {
            use base64::Engine as _;
            let found = base64::engine::general_purpose::STANDARD.encode(&found.body);
            if *expected != found {
                differences.push(format!("body {found} and not {expected}, both in base64"));
            }
        }
        differences
    }
}

fn nothing() -> Response {
    Gateway::default().gateway_response(ResponseType::IntegrationFailure, &Call::new("GET", "/"))
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// Compares two values; `<…>` stands for any value but null, as the recordings have it where AWS made one up.
fn compare(at: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::String(any), found) if any.starts_with('<') && any.ends_with('>') => {
            if found.is_null() {
                differences.push(format!("{at} is not there"));
            }
        }
        (Value::Object(expected), Value::Object(found)) => {
            for (name, expected) in expected {
                match found.get(name) {
                    Some(found) => compare(&format!("{at}.{name}"), expected, found, differences),
                    None => differences.push(format!("{at}.{name} is not there")),
                }
            }
            for name in found.keys().filter(|name| !expected.contains_key(*name)) {
                differences.push(format!("{at}.{name} is {} and was not there", found[name]));
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (n, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{at}[{n}]"), expected, found, differences);
            }
        }
        (expected, found) if expected == found => {}
        (expected, found) => differences.push(format!("{at}: {found} and not {expected}")),
    }
}
