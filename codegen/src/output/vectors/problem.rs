//! Errors of the function's: as problems, and as what a client has to make of them.

use super::super::sample::{Samples, may_miss};
use super::{Answer, Body, Case, Caught, FUNCTION_ID, GATEWAY_ID, by_status};
use crate::contract::{Contract, ErrorDef, Field, Type};
use serde_json::{Value, json};
use throwback_syntax::Reserved;

/// An error of the function's, as a problem and as what is caught.
pub(in crate::output) struct Problem {
    pub(super) code: String,
    pub(in crate::output) headers: Vec<(String, String)>,
    pub(in crate::output) members: Vec<(String, Value)>,
    pub(super) caught: Caught,
    /// Whether it has members that can't be left out.
    pub(super) needs_members: bool,
}

impl Problem {
    /// A declared error, with a sample of each of its fields.
    pub(in crate::output) fn declared(error: &ErrorDef, samples: &Samples<'_>) -> Self {
        let fields = if error.exposed { samples.members(&error.fields) } else { Vec::new() };
        let mut members = Vec::new();
        let detail = error.exposed.then(|| "it's \"so\" \\ 🫖".to_owned());
        members.extend(detail.iter().map(|detail| member("detail", detail.as_str())));
        members.extend(error.type_uri.iter().map(|uri| member("type", uri.as_str())));
        members.push(member("instance", FUNCTION_ID));
        if error.retry != error.status.default_retry() {
            members.push(member("retryable", error.retry.word()));
        }
        let wait = error.retry_after.then_some(7);
        members.extend(wait.map(|seconds| member("retryAfter", seconds)));
        let mut problem = Self::new(&error.code, &error.title, error.status.get(), members);
        problem.headers.extend(wait.map(|seconds| ("retry-after".to_owned(), seconds.to_string())));
        for field in &error.fields {
            let value = fields.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value);
            if let (Some(header), Some(value)) = (&field.header, value) {
                let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                problem.headers.push((header.to_string(), text));
            }
        }
        problem.caught = Caught {
            who: "api",
            retry: error.retry.word().to_owned(),
            retry_after: Some(wait.into()),
            detail: detail.or_else(|| Some(error.title.clone())),
            fields: super::fields(&Value::Object(fields.iter().cloned().collect())),
            ..problem.caught
        };
        problem.members.extend(fields);
        problem.needs_members = error.exposed && error.fields.iter().any(|field| !may_miss(field));
        problem
    }

    /// An error of a function that is newer than the client.
    pub(super) fn newer(contract: &Contract) -> Self {
        let mut code = "NewerThanTheClient".to_owned();
        while contract.errors.iter().any(|error| error.code == *code) {
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
            fields: super::fields(&fields),
            ..problem.caught
        };
        problem
    }

    /// The runtime's own refusal of an input.
    pub(in crate::output) fn invalid_payload() -> Self {
        let reason = "invalid type: string \"x\", expected u32";
        let detail = format!("`lines[0].quantity`: {reason}");
        let members = vec![
            member("detail", detail.as_str()),
            member("instance", FUNCTION_ID),
            member("path", "lines[0].quantity"),
            member("reason", reason),
        ];
        let mut problem = Self::reserved(Reserved::INVALID, members);
        problem.caught.fields = super::fields(&json!({ "path": "lines[0].quantity", "reason": reason }));
        problem.platform("INVALID_PAYLOAD", "never", detail)
    }

    /// A panic, an exit, or any message that the mapping does not know.
    pub(in crate::output) fn internal() -> Self {
        let members = vec![member("instance", FUNCTION_ID), member("retryable", "idempotent")];
        let problem = Self::reserved(Reserved::INTERNAL, members);
        problem.platform("INTERNAL", "idempotent", Reserved::INTERNAL.title.to_owned())
    }

    /// A timeout, as the mapping's template says it.
    pub(in crate::output) fn timeout() -> Self {
        let problem = Self::reserved(Reserved::TIMEOUT, vec![member("instance", FUNCTION_ID)]);
        problem.platform("TIMEOUT", "idempotent", Reserved::TIMEOUT.title.to_owned())
    }

    fn reserved(Reserved { code, title, status, .. }: Reserved, members: Vec<(String, Value)>) -> Self {
        Self::new(code, title, status, members)
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
            needs_members: false,
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

    /// Its body with another value, a JSON text, for one member.
    pub(super) fn replaced(&self, name: &str, value: &str) -> String {
        let members: Vec<_> = self.members.iter().filter(|(known, _)| known != name).cloned().collect();
        let rest = text(&members);
        format!("{},{}:{value}}}", &rest[..rest.len() - 1], Value::from(name))
    }

    /// How many bytes its body has.
    pub(super) fn size(&self) -> usize {
        text(&self.members).len()
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

    pub(super) fn case(
        &self,
        operation: &str,
        how: &str,
        headers: Vec<(String, String)>,
        body: impl Into<Body>,
        caught: Caught,
    ) -> Case {
        let answer = Answer::Response { status: self.caught.status, headers, body: body.into() };
        Case { name: format!("{} {how}", self.code), operation: operation.to_owned(), answer, caught }
    }
}

pub(super) fn member(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

/// The first member of an error's own that has such a type, and stands in the body alone.
pub(super) fn own<'a>(error: &'a ErrorDef, fits: &dyn Fn(&Type) -> bool) -> Option<&'a Field> {
    let mut fields = error.fields.iter().filter(|field| error.exposed && !field.flatten && field.header.is_none());
    fields.find(|field| fits(&field.ty))
}

/// A problem on one line, its members in this order.
pub(super) fn text(members: &[(String, Value)]) -> String {
    let members: Vec<_> =
        members.iter().map(|(name, value)| format!("{}:{value}", Value::from(name.as_str()))).collect();
    format!("{{{}}}", members.join(","))
}
