//! The answers: each as it should come, and as it comes when something on the way is broken, old or new.

use super::sample::Samples;
use super::{Answer, Case, Caught};
use crate::contract::{Contract, ErrorDef};
use crate::fallback;
use serde_json::{Value, json};

/// The ids that the function and the gateway give a request.
const FUNCTION_ID: &str = "id-of-the-function";
const GATEWAY_ID: &str = "id-of-the-gateway";

const PAGE: &str = "<!DOCTYPE html><html><body>Bad gateway</body></html>";

/// An error of the function's, as a problem and as what is caught.
pub(super) struct Problem {
    code: String,
    headers: Vec<(String, String)>,
    members: Vec<(String, Value)>,
    caught: Caught,
}

impl Problem {
    /// A declared error, with a sample of each of its fields.
    pub(super) fn declared(error: &ErrorDef, samples: &Samples<'_>) -> Self {
        let fields = if error.exposed { samples.members(&error.fields) } else { Vec::new() };
        let mut members = Vec::new();
        let detail = error.exposed.then(|| "it's \"so\" \\ 🫖".to_owned());
        members.extend(detail.iter().map(|detail| member("detail", detail.as_str())));
        members.extend(error.type_uri.iter().map(|uri| member("type", uri.as_str())));
        members.push(member("instance", FUNCTION_ID));
        if error.retry != by_status(error.status) {
            members.push(member("retryable", error.retry.as_str()));
        }
        let wait = error.retry_after.then_some(7);
        members.extend(wait.map(|seconds| member("retryAfter", seconds)));
        let mut problem = Self::new(&error.code, &error.title, error.status, members);
        problem.headers.extend(wait.map(|seconds| ("retry-after".to_owned(), seconds.to_string())));
        for field in &error.fields {
            let value = fields.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
            if let (Some(header), Some(value)) = (&field.header, value) {
                let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                problem.headers.push((header.clone(), text));
            }
        }
        problem.caught = Caught {
            who: "api",
            retry: error.retry.clone(),
            retry_after: Some(wait.into()),
            detail: detail.or_else(|| Some(error.title.clone())),
            fields: Some(Value::Object(fields.iter().cloned().collect())),
            ..problem.caught
        };
        problem.members.extend(fields);
        problem
    }

    /// An error of a function that is newer than the client.
    pub(super) fn newer(contract: &Contract) -> Self {
        let mut code = "NewerThanTheClient".to_owned();
        while contract.errors.iter().any(|error| error.code == code) {
            code.push('X');
        }
        let fields = json!({ "queue": u64::MAX });
        let members = vec![
            member("detail", "on hold"),
            member("instance", FUNCTION_ID),
            member("retryable", "backoff"),
            member("retryAfter", 7),
            member("queue", u64::MAX),
        ];
        let mut problem = Self::new(&code, "A newer error", 423, members);
        problem.caught = Caught {
            who: "undeclared",
            retry: "backoff".to_owned(),
            retry_after: Some(json!(7)),
            detail: Some("on hold".to_owned()),
            fields: Some(fields),
            ..problem.caught
        };
        problem
    }

    /// The runtime's own refusal of an input.
    pub(super) fn invalid_payload() -> Self {
        let reason = "invalid type: string \"x\", expected u32";
        let detail = format!("`lines[0].quantity`: {reason}");
        let members = vec![
            member("detail", detail.as_str()),
            member("instance", FUNCTION_ID),
            member("path", "lines[0].quantity"),
            member("reason", reason),
        ];
        let mut problem = Self::new("InvalidPayload", "The input does not fit the operation", 400, members);
        problem.caught.fields = Some(json!({ "path": "lines[0].quantity", "reason": reason }));
        problem.platform("INVALID_PAYLOAD", "never", detail)
    }

    /// A panic, an exit, or any message that the mapping does not know.
    pub(super) fn internal() -> Self {
        let title = "Internal Server Error";
        let members = vec![member("instance", FUNCTION_ID), member("retryable", "idempotent")];
        let problem = Self::new("InternalError", title, 500, members);
        problem.platform("INTERNAL", "idempotent", title.to_owned())
    }

    /// A timeout, as the mapping's template says it.
    pub(super) fn timeout() -> Self {
        let title = "The function ran out of time";
        let problem = Self::new("FunctionTimeout", title, 504, vec![member("instance", FUNCTION_ID)]);
        problem.platform("TIMEOUT", "idempotent", title.to_owned())
    }

    fn platform(mut self, kind: &'static str, retry: &str, detail: String) -> Self {
        self.caught =
            Caught { who: "platform", kind: Some(kind), retry: retry.to_owned(), detail: Some(detail), ..self.caught };
        self
    }

    fn new(code: &str, title: &str, status: u16, members: Vec<(String, Value)>) -> Self {
        let head = [member("code", code), member("title", title), member("status", status)];
        let headers =
            [("content-type", "application/problem+json"), ("x-amzn-requestid", GATEWAY_ID), ("x-error-code", code)];
        Self {
            code: code.to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            members: head.into_iter().chain(members).collect(),
            caught: Caught {
                code: Some(code.to_owned()),
                status,
                retry_after: Some(Value::Null),
                request_id: Some(FUNCTION_ID),
                retry: by_status(status).to_owned(),
                ..Caught::default()
            },
        }
    }

    /// The answer as it should come.
    pub(super) fn clean(&self, operation: &str) -> Case {
        self.case(operation, "as it should come", self.headers.clone(), text(&self.members), self.caught.clone())
    }

    /// The same from a direct `Invoke`.
    pub(super) fn invoked(&self, operation: &str) -> Case {
        let message = format!("[{}] {}", self.code, text(&self.members));
        let payload = json!({ "errorType": self.code, "errorMessage": message }).to_string();
        let case = self.case(operation, "invoked directly", Vec::new(), String::new(), self.caught.clone());
        Case { answer: Answer::Invocation(payload), ..case }
    }

    /// Answers that are broken, or from another age, and what is left of them.
    pub(super) fn dirty(&self, operation: &str) -> Vec<Case> {
        let caught = &self.caught;
        let whole = text(&self.members);
        let reversed: Vec<_> = self.members.iter().rev().cloned().collect();
        let mut unknown = self.members.clone();
        unknown.insert(1, ("toCome".to_owned(), json!({ "code": "Other", "status": [1] })));
        let mistyped = self.members.iter().cloned().map(|(name, value)| match name.as_str() {
            // RFC 9457 section 3.1: such a member is ignored. The HTTP status is the one that counts.
            "title" => (name, json!(7)),
            "status" => (name, json!("404")),
            _ => (name, value),
        });
        let mistyped: Vec<_> = mistyped.collect();
        let detailed = self.members.iter().any(|(name, _)| name == "detail");
        let untitled = Caught { detail: caught.detail.clone().filter(|_| detailed), ..caught.clone() };
        let known = caught.who != "undeclared";
        let lists_all = || Caught {
            // Whoever knows no field of an error lists all its members.
            fields: caught.fields.clone().filter(|_| known),
            ..caught.clone()
        };
        let code = self.code.as_str();
        let renamed = |change: fn(&str) -> String| {
            self.headers.iter().map(|(name, value)| (change(name), value.clone())).collect::<Vec<_>>()
        };
        let with_code = |value: &str| {
            let change = |(name, old): &(String, String)| {
                (name.clone(), if name == "x-error-code" { value.to_owned() } else { old.clone() })
            };
            self.headers.iter().map(change).collect::<Vec<_>>()
        };
        let without = |gone: &str| self.headers.iter().filter(|(name, _)| name != gone).cloned().collect::<Vec<_>>();
        let doubled = || self.headers.iter().cloned().chain([("x-error-code".to_owned(), code.to_owned())]).collect();
        let mut cases = vec![
            ("with a member that nobody knows", self.headers.clone(), text(&unknown), lists_all()),
            ("with its members in another order", self.headers.clone(), text(&reversed), caught.clone()),
            ("with a title and a status of wrong types", self.headers.clone(), text(&mistyped), untitled),
            ("with its code header twice", doubled(), whole.clone(), caught.clone()),
            ("with its code header joined", with_code(&format!("{code}, {code}")), whole.clone(), caught.clone()),
            (
                "with a colon behind its code",
                with_code(&format!("{code}:https://a.b/c")),
                whole.clone(),
                caught.clone(),
            ),
            ("with a hash behind its code", with_code(&format!("{code}#x")), whole.clone(), caught.clone()),
            ("with its headers in other letters", renamed(str::to_uppercase), whole.clone(), caught.clone()),
            ("without its code header", without("x-error-code"), whole.clone(), caught.clone()),
            ("without a content type", without("content-type"), whole.clone(), caught.clone()),
            ("behind a byte-order mark", self.headers.clone(), format!("\u{feff}{whole}"), caught.clone()),
        ];
        let lost = |cut: bool| Caught {
            who: "unmodelled",
            kind: None,
            // An advice that only the body gives is lost with it; so is the function's id.
            retry: if known { caught.retry.clone() } else { by_status(caught.status).to_owned() },
            retry_after: Some(retry_after(&self.headers)),
            request_id: Some(GATEWAY_ID).filter(|_| !cut),
            detail: None,
            fields: None,
            ..caught.clone()
        };
        let mut middle = whole.len() / 2;
        while !whole.is_char_boundary(middle) {
            middle += 1;
        }
        cases.extend([
            ("empty", self.headers.clone(), String::new(), lost(false)),
            ("as a page", self.headers.clone(), PAGE.to_owned(), lost(false)),
            ("cut in the middle", self.headers.clone(), whole[..middle].to_owned(), lost(true)),
        ]);
        cases.into_iter().map(|(how, headers, body, caught)| self.case(operation, how, headers, body, caught)).collect()
    }

    /// Answers whose fields do not fit the contract: the code, the status and what else is left.
    pub(super) fn misfits(&self, operation: &str, error: &ErrorDef, samples: &Samples<'_>) -> Vec<Case> {
        let mut members = self.members.clone();
        members.push(member("truncated", true));
        let lost = Caught { who: "unmodelled", fields: None, ..self.caught.clone() };
        let mut cases =
            vec![self.case(operation, "with its fields left out", self.headers.clone(), text(&members), lost.clone())];
        let strict = error
            .fields
            .iter()
            .filter(|_| error.exposed)
            .find(|field| !field.optional && !field.flatten && samples.is_strict(&field.ty));
        if let Some(field) = strict {
            let changed = |value: Option<Value>| {
                let members = self.members.iter().filter_map(|(name, old)| {
                    let value = if *name == field.name { value.clone()? } else { old.clone() };
                    Some((name.clone(), value))
                });
                text(&members.collect::<Vec<_>>())
            };
            for (how, value) in [
                ("with a wrong type", Some(Value::Bool(true))),
                ("with null for a member", Some(Value::Null)),
                ("without a member", None),
            ] {
                cases.push(self.case(operation, how, self.headers.clone(), changed(value), lost.clone()));
            }
        }
        cases
    }

    fn case(&self, operation: &str, how: &str, headers: Vec<(String, String)>, body: String, caught: Caught) -> Case {
        let answer = Answer::Response { status: self.caught.status, headers, body };
        Case { name: format!("{} {how}", self.code), operation: operation.to_owned(), answer, caught }
    }
}

fn member(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

/// A problem on one line, its members in this order.
fn text(members: &[(String, Value)]) -> String {
    let members: Vec<_> =
        members.iter().map(|(name, value)| format!("{}:{value}", Value::from(name.as_str()))).collect();
    format!("{{{}}}", members.join(","))
}

/// What a repeat means where nothing else is said.
fn by_status(status: u16) -> &'static str {
    match status {
        429 => "backoff",
        502..=504 => "idempotent",
        _ => "never",
    }
}

fn retry_after(headers: &[(String, String)]) -> Value {
    let value = headers.iter().find(|(name, _)| name == "retry-after").and_then(|(_, value)| value.parse::<u64>().ok());
    value.into()
}

/// Lambda's own payloads, which only a direct invocation shows.
pub(super) fn platform(operation: &str) -> Vec<Case> {
    const ID: &str = "5a3e8d6c-0b1f-4a57-9d0e-2f1c3b4a5d6e";
    let texts = [
        (
            "Sandbox.Timedout",
            format!("RequestId: {ID} Error: Task timed out after 3.00 seconds"),
            "TIMEOUT",
            "idempotent",
        ),
        ("", format!("2024-04-08T10:00:00.000Z {ID} Task timed out after 3.00 seconds"), "TIMEOUT", "idempotent"),
        (
            "Runtime.ExitError",
            format!("RequestId: {ID} Error: Runtime exited with error: exit status 1"),
            "EXITED",
            "idempotent",
        ),
        (
            "Runtime.ExitError",
            format!("RequestId: {ID} Error: Runtime exited without providing a reason"),
            "EXITED",
            "idempotent",
        ),
        (
            "Runtime.ExitError",
            format!("RequestId: {ID} Error: Runtime exited with error: signal: killed"),
            "OUT_OF_MEMORY",
            "idempotent",
        ),
        ("Runtime.OutOfMemory", format!("RequestId: {ID} Error: Runtime out of memory"), "OUT_OF_MEMORY", "idempotent"),
        (
            "Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size (6291556 bytes).".to_owned(),
            "RESPONSE_TOO_LARGE",
            "never",
        ),
        (
            "Runtime.InvalidEntrypoint",
            format!("RequestId: {ID} Error: fork/exec /var/task/bootstrap: no such file or directory"),
            "INIT",
            "backoff",
        ),
        ("Runtime.Unknown", "Lambda panicked: index out of bounds".to_owned(), "INTERNAL", "idempotent"),
        (
            "Runtime.Unknown",
            "failed to deserialize the incoming data into the function's payload type: EOF\n".to_owned(),
            "INTERNAL",
            "idempotent",
        ),
    ];
    let cases = texts.into_iter().map(|(kind, message, caught, retry)| {
        let payload = match kind {
            "" => json!({ "errorMessage": message }),
            kind => json!({ "errorType": kind, "errorMessage": message }),
        };
        let timeout = caught == "TIMEOUT";
        Case {
            name: format!("Lambda's {}: {}", if kind.is_empty() { "old text" } else { kind }, message.trim_end()),
            operation: operation.to_owned(),
            answer: Answer::Invocation(payload.to_string()),
            caught: Caught {
                who: "platform",
                kind: Some(caught),
                code: Some(if timeout { "FunctionTimeout" } else { "InternalError" }.to_owned()),
                status: if timeout { 504 } else { 500 },
                retry: retry.to_owned(),
                ..Caught::default()
            },
        }
    });
    cases.collect()
}

/// Every gateway response, as it is generated and in stock; and one that went through all that can happen to it.
pub(super) fn gateway(operation: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for kind in fallback::kinds() {
        let caught = |name: &'static str| Caught {
            who: "gateway",
            kind: Some(name),
            status: kind.status,
            retry: kind.retry().to_owned(),
            retry_after: Some(Value::Null),
            request_id: Some(GATEWAY_ID),
            ..Caught::default()
        };
        let header = ("x-amzn-errortype", kind.error_type);
        let message = Value::from(kind.message);
        if let Some(template) = kind.template() {
            let body = template
                .replace("$context.requestId", GATEWAY_ID)
                .replace("$context.error.messageString", &message.to_string());
            cases.push(own(
                operation,
                kind.name,
                "as it is generated",
                kind.status,
                &[header],
                body.clone(),
                caught(kind.name),
            ));
            cases.push(own(operation, kind.name, "without its header", kind.status, &[], body, caught(kind.name)));
        }
        let stock = json!({ "message": message }).to_string();
        cases.push(own(operation, kind.name, "in stock", kind.status, &[header], stock, caught(kind.in_stock)));
    }
    let throttled = |how: &str, headers: &[(&str, &str)], body: &str| {
        let caught = Caught {
            who: "gateway",
            kind: Some("THROTTLED"),
            status: 429,
            retry: "backoff".to_owned(),
            retry_after: Some(Value::Null),
            request_id: Some(GATEWAY_ID),
            ..Caught::default()
        };
        own(operation, "THROTTLED", how, 429, headers, body.to_owned(), caught)
    };
    let name = ("x-amzn-errortype", "TooManyRequestsException");
    let stock = r#"{"message":"Too Many Requests"}"#;
    cases.extend([
        throttled("in other letters", &[("X-AMZN-ERRORTYPE", "TOOMANYREQUESTSEXCEPTION")], stock),
        throttled(
            "with a colon behind its name",
            &[("x-amzn-errortype", "TooManyRequestsException:http://a.b/")],
            stock,
        ),
        throttled("with a hash behind its name", &[("x-amzn-errortype", "TooManyRequestsException#a")], stock),
        throttled(
            "with a namespace before its name",
            &[("x-amzn-errortype", "com.amazon.a#TooManyRequestsException")],
            stock,
        ),
        throttled("behind another name", &[("x-amzn-errortype", "Other, TooManyRequestsException")], stock),
        throttled("with its header twice", &[name, name], stock),
        throttled("with the other `Message`", &[name], r#"{"Message":"Too Many Requests"}"#),
        throttled("with a member that nobody knows", &[name], r#"{"a":[1],"message":"Too Many Requests"}"#),
        throttled("with a message of a wrong type", &[name], r#"{"message":7}"#),
        throttled("with null for a message", &[name], r#"{"message":null}"#),
        throttled("without a message", &[name], "{}"),
        throttled("behind a byte-order mark", &[name], "\u{feff}{\"message\":\"Too Many Requests\"}"),
        throttled("empty", &[name], ""),
        throttled("as a page", &[name], PAGE),
        throttled("cut in the middle", &[name], r#"{"message":"Too Ma"#),
    ]);
    for (error_type, kind) in [
        ("IncompleteSignatureException", "INCOMPLETE_SIGNATURE"),
        ("UnrecognizedClientException", "UNRECOGNIZED_CLIENT"),
        ("ToComeException", "OTHER"),
    ] {
        let caught =
            Caught { who: "gateway", kind: Some(kind), status: 403, retry: "never".to_owned(), ..Caught::default() };
        cases.push(own(
            operation,
            error_type,
            "in stock",
            403,
            &[("x-amzn-errortype", error_type)],
            stock.to_owned(),
            caught,
        ));
    }
    cases
}

/// Answers of those who stand on the way.
pub(super) fn strangers(operation: &str) -> Vec<Case> {
    let caught =
        |status| Caught { who: "unmodelled", status, retry: by_status(status).to_owned(), ..Caught::default() };
    [
        ("A page of a content network", 403, PAGE),
        ("An empty answer", 502, ""),
        ("An HTTP API's own failure", 500, r#"{"message":"Internal Server Error"}"#),
        ("A list", 503, "[1]"),
        ("A code that can be none", 500, r#"{"code":"not a code"}"#),
    ]
    .into_iter()
    .map(|(name, status, body)| own(operation, name, "", status, &[], body.to_owned(), caught(status)))
    .collect()
}

/// A case of an answer that is none of the function's.
fn own(
    operation: &str,
    name: &str,
    how: &str,
    status: u16,
    headers: &[(&str, &str)],
    body: String,
    caught: Caught,
) -> Case {
    let headers = [("content-type", "application/json"), ("x-amzn-requestid", GATEWAY_ID)].iter().chain(headers);
    let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let caught = Caught { request_id: Some(GATEWAY_ID), ..caught };
    let answer = Answer::Response { status, headers, body };
    Case { name: format!("{name} {how}").trim_end().to_owned(), operation: operation.to_owned(), answer, caught }
}
