//! Two templates and what they see.

use super::super::jvm::Frame;
use std::fmt::{self, Display};

#[derive(Clone, Debug, Default)]
pub(super) struct Case {
    /// The request's template, and that of its response.
    pub(super) request: String,
    pub(super) response: String,
    /// What the first sees as its body, and the second.
    pub(super) body: String,
    pub(super) payload: String,
    pub(super) path: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) stage: Vec<(String, String)>,
}

impl Case {
    pub(super) fn frame(&self) -> Frame {
        Frame::new(b'P', 0)
            .text(&self.request)
            .text(&self.response)
            .text(&self.body)
            .text(&self.payload)
            .pairs(&self.path)
            .pairs(&self.query)
            .pairs(&self.headers)
            .pairs(&self.stage)
    }
}

impl Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "request template:  {:?}", self.request)?;
        writeln!(f, "response template: {:?}", self.response)?;
        writeln!(f, "body:              {:?}", self.body)?;
        writeln!(f, "payload:           {:?}", self.payload)?;
        writeln!(f, "parameters:        {:?} {:?} {:?} {:?}", self.path, self.query, self.headers, self.stage)
    }
}
