//! What stands before the function: the words that say it, and what each has.

use serde::{Deserialize, Serialize};

/// What stands before the function.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Front {
    /// A REST API with custom integrations.
    #[default]
    #[serde(rename = "rest")]
    Rest,
    /// A REST API with proxy integrations.
    #[serde(rename = "rest-proxy")]
    RestProxy,
    /// An HTTP API of payload 2.0.
    #[serde(rename = "http-api")]
    HttpApi,
    /// An HTTP API of payload 1.0.
    #[serde(rename = "http-api-1.0")]
    HttpApi1,
    /// A function URL.
    #[serde(rename = "function-url")]
    FunctionUrl,
    /// An application load balancer.
    #[serde(rename = "alb")]
    Balancer,
    /// An application load balancer whose target group has headers of several values.
    #[serde(rename = "alb-multi-value")]
    BalancerOfMany,
    /// Nothing of AWS's: a server on axum.
    #[serde(rename = "axum")]
    Axum,
    /// Nothing: callers invoke the function, and so every operation, with or without a route.
    #[serde(rename = "invoke")]
    Invoke,
}

impl Front {
    /// All of them, each with its word.
    pub const ALL: [(&'static str, Self); 9] = [
        ("rest", Self::Rest),
        ("rest-proxy", Self::RestProxy),
        ("http-api", Self::HttpApi),
        ("http-api-1.0", Self::HttpApi1),
        ("function-url", Self::FunctionUrl),
        ("alb", Self::Balancer),
        ("alb-multi-value", Self::BalancerOfMany),
        ("axum", Self::Axum),
        ("invoke", Self::Invoke),
    ];

    /// The front of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, front)| *front)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, front)| *front == self).map_or("", |(word, _)| word)
    }

    /// Whether it is a REST API of API Gateway's.
    pub(crate) fn is_rest(self) -> bool {
        matches!(self, Self::Rest | Self::RestProxy)
    }

    /// Whether it is an HTTP API of API Gateway's.
    pub(crate) fn is_http_api(self) -> bool {
        matches!(self, Self::HttpApi | Self::HttpApi1)
    }

    /// Whether requests of HTTP come to the function as they are, as axum's extractors take them.
    pub(crate) fn passes_requests(self) -> bool {
        !matches!(self, Self::Rest | Self::Invoke)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
    pub(super) fn is_default(&self) -> bool {
        *self == Self::Rest
    }
}
