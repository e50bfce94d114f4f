//! What the client gets, and how it came about.

use super::kind::ResponseType;

/// An HTTP response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The HTTP status, 200 to 599.
    pub status: u16,
    /// The headers, each name once.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How this response was chosen and made.
    pub trace: Trace,
}

impl Response {
    /// A header's value, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// How a response came about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The text that the patterns were compared with; empty for a success. `None` where it did not come to that.
    pub error_message: Option<String>,
    /// The integration responses whose patterns matched, the one that was taken first; more than one is a mistake.
    pub matched: Vec<Selected>,
    /// The gateway response, where API Gateway answered for itself.
    pub gateway: Option<ResponseType>,
    /// What is wrong with the configuration or not known of API Gateway, in sentences.
    pub warnings: Vec<String>,
}

/// An integration response that a message selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selected {
    /// Its pattern; `None` is the default response.
    pub pattern: Option<String>,
    /// Its status, which overrides may still change.
    pub status: u16,
}
