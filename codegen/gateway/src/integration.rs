//! An operation's integration, as the document declares it.

use super::mapping::Mapping;
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
    /// An HTTP server behind a custom integration.
    Http,
    /// An HTTP server that gets the request and writes the response.
    HttpProxy,
    /// Another service of AWS's.
    Service,
}

impl Kind {
    /// Whether the backend writes the response, so that templates and integration responses do not matter.
    pub(crate) fn is_proxy(self) -> bool {
        matches!(self, Self::Proxy | Self::HttpProxy)
    }

    /// Whether it is of type `aws` or `aws_proxy`.
    pub(crate) fn is_aws(self) -> bool {
        matches!(self, Self::Lambda | Self::Proxy | Self::Service)
    }
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
    /// How the backend is called; `ANY` is by the request's own method, and a mock integration needs none.
    pub(crate) method: Option<String>,
    /// Where it is; unknown where the document is a template of something else.
    pub(crate) uri: Option<String>,
    pub(crate) parameters: Vec<Mapping>,
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
