//! What was thrown, what was caught, and where the two differ.

use serde_json::{Map, Value, json};
use throwback::Retry;
use throwback::client::http::HeaderMap;
use throwback::client::{ErrorSet, Failure, PlatformKind, Problem, Untyped};

/// One call: what the function threw, and what the client caught.
pub(crate) struct Case {
    /// The client's function.
    pub(crate) operation: &'static str,
    /// What was thrown, in a word.
    pub(crate) thrown: &'static str,
    /// What the caught value must be.
    pub(crate) expected: Caught,
    /// What it is.
    pub(crate) caught: Caught,
    /// The code that the answer's headers must name, where the function or its mapping answers; and the headers, where it came by
    /// HTTP.
    pub(crate) headers: (Option<&'static str>, Option<HeaderMap>),
    /// The caught value as Rust shows it.
    pub(crate) debug: String,
    /// Whether what is caught differs from front to front, for another one answers.
    pub(crate) by_nature: bool,
}

/// A failure, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Caught {
    /// The arm of `Failure`, and what stands in it.
    pub(crate) arm: String,
    /// The HTTP status; nothing where there was no answer.
    pub(crate) status: Option<u16>,
    /// What a repeat means.
    pub(crate) retry: Retry,
    /// Seconds to wait.
    pub(crate) retry_after: Option<u64>,
    /// What went wrong, in the function's words, where it says.
    pub(crate) detail: Option<String>,
    /// The error's own fields.
    pub(crate) fields: Map<String, Value>,
}

impl Caught {
    /// What a declared error must look like.
    pub(crate) fn api(arm: &str, status: u16, detail: &str, fields: Value) -> Self {
        let fields = if let Value::Object(fields) = fields { fields } else { Map::new() };
        Self {
            arm: format!("Api({arm})"),
            status: Some(status),
            retry: Retry::of_status(status),
            retry_after: None,
            detail: Some(detail.to_owned()),
            fields,
        }
    }

    /// What a failure without fields must look like.
    pub(crate) fn plain(arm: &str, status: u16) -> Self {
        Self { arm: arm.to_owned(), detail: None, ..Self::api("", status, "", Value::Null) }
    }

    /// What no answer must look like.
    pub(crate) fn nothing() -> Self {
        Self { status: None, ..Self::plain("Transport", 0) }.retry(Retry::Idempotent)
    }

    /// What an answer must look like that says neither who made it nor which error it is.
    pub(crate) fn unmodelled(status: u16, retry: Retry) -> Self {
        Self::plain("Unmodelled", status).retry(retry)
    }

    pub(crate) fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    pub(crate) fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    pub(crate) fn fields(mut self, fields: Value) -> Self {
        self.fields = if let Value::Object(fields) = fields { fields } else { Map::new() };
        self
    }

    pub(crate) fn detail(mut self, detail: &str) -> Self {
        self.detail = Some(detail.to_owned());
        self
    }

    /// A declared error, from the struct that was matched.
    pub(crate) fn declared(arm: &str, problem: &Problem, members: &Untyped) -> Self {
        Self {
            retry: problem.retry(),
            retry_after: problem.retry_after().map(|wait| wait.as_secs()),
            ..Self::api(arm, problem.status(), problem.detail(), fields(members).into())
        }
    }

    /// Any other failure.
    pub(crate) fn failure<E: ErrorSet>(failure: &Failure<E>) -> Self {
        let (arm, detail, fields) = match failure {
            Failure::Api(error) => (format!("Api({error})"), None, Map::new()),
            Failure::Undeclared(error) => {
                let detail = error.problem().detail().to_owned();
                ("Undeclared".to_owned(), Some(detail), fields(error.members()))
            }
            Failure::Platform(error) => match error.kind() {
                PlatformKind::InvalidPayload { path, reason } => {
                    let fields = json!({ "path": path, "reason": reason });
                    let fields = if let Value::Object(fields) = fields { fields } else { Map::new() };
                    ("Platform(InvalidPayload)".to_owned(), None, fields)
                }
                kind => (format!("Platform({kind:?})"), None, Map::new()),
            },
            Failure::Gateway(error) => {
                (format!("Gateway({:?})", error.kind()), error.message().map(ToOwned::to_owned), Map::new())
            }
            Failure::Transport(_) => ("Transport".to_owned(), None, Map::new()),
            Failure::Unmodelled(_) => ("Unmodelled".to_owned(), None, Map::new()),
            other => (other.to_string(), None, Map::new()),
        };
        let arm = match failure {
            Failure::Undeclared(error) => format!("{arm}({})", error.problem().code()),
            _ => arm,
        };
        Self {
            arm,
            status: failure.status(),
            retry: failure.retry(),
            retry_after: failure.retry_after().map(|wait| wait.as_secs()),
            detail,
            fields,
        }
    }
}

/// Members as a map.
fn fields(members: &Untyped) -> Map<String, Value> {
    members.iter().map(|(name, value)| (name.to_owned(), value.get().parse().unwrap_or_default())).collect()
}

impl Case {
    /// Every place where the caught value differs from the thrown one.
    pub(crate) fn differences(&self) -> Vec<String> {
        let (thrown, caught) = (&self.expected, &self.caught);
        let mut differences = Vec::new();
        let mut compare = |what: &str, thrown: String, caught: String| {
            if thrown != caught {
                differences.push(format!("{what}: thrown {thrown}, caught {caught}"));
            }
        };
        compare("error", thrown.arm.clone(), caught.arm.clone());
        compare("status", format!("{:?}", thrown.status), format!("{:?}", caught.status));
        compare("retry", thrown.retry.word().to_owned(), caught.retry.word().to_owned());
        compare("retry-after", format!("{:?}", thrown.retry_after), format!("{:?}", caught.retry_after));
        if thrown.detail.is_some() {
            compare("detail", format!("{:?}", thrown.detail), format!("{:?}", caught.detail));
        }
        if let (Some(code), Some(headers)) = &self.headers {
            let header =
                |name: &str| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
            let seconds = thrown.retry_after.map(|seconds| seconds.to_string());
            for (name, expected) in [
                ("content-type", Some("application/problem+json".to_owned())),
                ("x-error-code", Some((*code).to_owned())),
                ("retry-after", seconds),
            ] {
                compare(&format!("header `{name}`"), format!("{expected:?}"), format!("{:?}", header(name)));
            }
        }
        let mut names: Vec<_> = thrown.fields.keys().chain(caught.fields.keys()).collect();
        names.sort();
        names.dedup();
        for name in names {
            let text =
                |fields: &Map<String, Value>| fields.get(name).map_or_else(|| "nothing".to_owned(), Value::to_string);
            compare(&format!("field `{name}`"), text(&thrown.fields), text(&caught.fields));
        }
        differences
    }
}
