//! An operation's integration, as the document declares it.

use super::media::Templates;
use super::parameters::Source;
use super::pattern::Pattern;
use indexmap::IndexMap;
use std::time::Duration;

/// What stands behind a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A Lambda function behind a custom integration.
    Lambda,
    /// A Lambda function that gets the request whole and writes the response.
    Proxy,
    /// Nothing: the request template says which status the response is chosen by.
    Mock,
}

/// What becomes of a request whose media type has no template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passthrough {
    WhenNoMatch,
    WhenNoTemplates,
    Never,
}

#[derive(Debug)]
pub(crate) struct Integration {
    pub(crate) kind: Kind,
    pub(crate) passthrough: Passthrough,
    pub(crate) requests: Templates,
    /// By status, lowest first; there is one for each status.
    pub(crate) responses: Vec<IntegrationResponse>,
    pub(crate) timeout: Duration,
}

#[derive(Debug)]
pub(crate) struct IntegrationResponse {
    /// `None` is the default response.
    pub(crate) pattern: Option<Pattern>,
    pub(crate) status: u16,
    pub(crate) headers: IndexMap<String, Source>,
    pub(crate) templates: Templates,
}
