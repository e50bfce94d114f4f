//! What is sent through a contract: errors as a function throws them, everything else that Lambda may hand over,
//! successes, and requests.

use super::jvm::Frame;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::{self, Display};
use throwback::{ApiError, Entry, ErrorInfo, Members};

/// The kinds of cases, as the report counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Declared,
    Reserved,
    Unknown,
    Platform,
    Handwritten,
    Text,
    Before,
    Empty,
    Success,
    Request,
}

impl Kind {
    pub(super) const ALL: [Self; 10] = [
        Self::Declared,
        Self::Reserved,
        Self::Unknown,
        Self::Platform,
        Self::Handwritten,
        Self::Text,
        Self::Before,
        Self::Empty,
        Self::Success,
        Self::Request,
    ];
}

impl Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Declared => "declared errors",
            Self::Reserved => "reserved errors",
            Self::Unknown => "errors of a newer function",
            Self::Platform => "texts of the platform and of runtimes",
            Self::Handwritten => "tags written by hand",
            Self::Text => "arbitrary texts",
            Self::Before => "messages of functions of before",
            Self::Empty => "empty messages",
            Self::Success => "successes",
            Self::Request => "requests",
        })
    }
}

/// One case.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) kind: Kind,
    /// The operation's name.
    pub(super) operation: String,
    pub(super) what: What,
}

#[derive(Debug, Clone)]
pub(super) enum What {
    Thrown(Thrown),
    Message(Message),
    Success(Success),
    Request(Request),
}

/// An error that the runtime's own encoder writes.
#[derive(Debug, Clone)]
pub(super) struct Thrown {
    pub(super) info: &'static ErrorInfo,
    pub(super) detail: String,
    pub(super) members: Vec<(&'static str, Value)>,
    pub(super) delay: Option<u64>,
    pub(super) instance: Option<String>,
    pub(super) escapes: Escapes,
}

/// A message of a failed function, whoever wrote it.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) error_type: Option<String>,
    pub(super) text: String,
    pub(super) escapes: Escapes,
}

/// What a function returned.
#[derive(Debug, Clone)]
pub(super) struct Success {
    pub(super) payload: String,
}

/// What a client sent.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) path: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    /// What the caller's token says; empty where nobody has signed in.
    pub(super) claims: Vec<(String, String)>,
    pub(super) body: String,
}

/// How the payload writes what is not ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    /// As serde_json does: as it is.
    None,
    /// As Python does: escaped.
    Ascii,
    /// Escaped, and of each surrogate pair only the first half.
    FirstHalf,
    /// Escaped, and of each surrogate pair only the second half.
    SecondHalf,
}

impl Escapes {
    fn write(self, json: &str) -> String {
        if self == Self::None {
            return json.to_owned();
        }
        let mut out = String::with_capacity(json.len() * 2);
        for c in json.chars() {
            if c.is_ascii() {
                out.push(c);
                continue;
            }
            let mut units = [0; 2];
            let units = match (&*c.encode_utf16(&mut units), self) {
                ([first, _], Self::FirstHalf) => vec![*first],
                ([_, second], Self::SecondHalf) => vec![*second],
                (units, _) => units.to_vec(),
            };
            out.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        }
        out
    }

    /// What is left of a text: half a surrogate pair can't be sent, Java puts a `?` in its place.
    pub(super) fn read(self, text: &str) -> String {
        match self {
            Self::None | Self::Ascii => text.to_owned(),
            Self::FirstHalf | Self::SecondHalf => text.replace(|c: char| c > '\u{ffff}', "?"),
        }
    }

    /// What json-smart keeps of a text that the encoder did not write: beside an escape it drops a raw U+007F.
    pub(super) fn keep(self, text: &str) -> String {
        let written = self.write(&json!(text).to_string());
        if written.contains('\\') { text.replace('\u{7f}', "") } else { text.to_owned() }
    }
}

/// The payload of a failed function, as lambda_runtime writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error_type: Option<&'a str>,
    error_message: &'a str,
}

impl Thrown {
    /// The message that the function writes.
    pub(super) fn message(&self) -> String {
        throwback::error_message(self, self.instance.as_deref())
    }
}

impl Display for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Thrown {}

impl ApiError for Thrown {
    const ERRORS: &'static [Entry] = &[];

    fn info(&self) -> &'static ErrorInfo {
        self.info
    }

    fn retry_after(&self) -> Option<u64> {
        self.delay
    }

    fn members(&self, members: &mut Members<'_>) {
        for (name, value) in &self.members {
            members.member(name, value);
        }
    }
}

impl Case {
    /// The function's payload, and whether it failed; nothing for a request.
    pub(super) fn payload(&self) -> Option<(String, bool)> {
        let payload = |error_type: Option<&str>, message: &str, escapes: Escapes| {
            // Two texts always serialize.
            let json = serde_json::to_string(&Payload { error_type, error_message: message }).unwrap_or_default();
            Some((escapes.write(&json), true))
        };
        match &self.what {
            What::Thrown(thrown) => payload(Some(thrown.info.code), &thrown.message(), thrown.escapes),
            What::Message(message) => payload(message.error_type.as_deref(), &message.text, message.escapes),
            What::Success(success) => Some((success.payload.clone(), false)),
            What::Request(_) => None,
        }
    }

    /// The question to the other evaluator.
    pub(super) fn frame(&self, document: u32, request_id: &str) -> Frame {
        match (&self.what, self.payload()) {
            (What::Request(request), _) => Frame::new(b'E', document)
                .text(&self.operation)
                .pairs(&request.path)
                .pairs(&request.query)
                .pairs(&request.headers)
                .pairs(&request.claims)
                .text(&request.body),
            (_, payload) => {
                let (payload, failed) = payload.unwrap_or_default();
                Frame::new(b'R', document).text(&self.operation).text(request_id).flag(failed).text(&payload)
            }
        }
    }
}
