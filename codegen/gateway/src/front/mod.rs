//! Fronts that pass a request on whole and take the response from the function: REST APIs with a proxy integration, HTTP
//! APIs, function URLs and load balancers.
//!
//! What each makes of a reply is what AWS documents or was recorded doing; the text of a load balancer's own error page is
//! not known, and neither is that of a function URL beyond its first words.

mod event;
pub(crate) mod reply;
mod rest;

use super::binary::Binary;
use super::{Call, Response, Route};

/// What stands before a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Front {
    /// A REST API with a proxy integration: the event of payload 1.0.
    RestProxy,
    /// An HTTP API of payload 2.0.
    HttpApi,
    /// An HTTP API of payload 1.0.
    HttpApi1,
    /// A function URL.
    FunctionUrl,
    /// An application load balancer.
    Balancer,
    /// An application load balancer whose target group has headers of several values.
    BalancerOfMany,
}

impl Front {
    /// All of them, each with the word that a command line has for it.
    pub const ALL: [(&'static str, Self); 6] = [
        ("rest-proxy", Self::RestProxy),
        ("http-api", Self::HttpApi),
        ("http-api-1.0", Self::HttpApi1),
        ("function-url", Self::FunctionUrl),
        ("alb", Self::Balancer),
        ("alb-multi-value", Self::BalancerOfMany),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, front)| *front == self).map_or("", |(word, _)| word)
    }

    /// Whether it has routes of its own, and answers for itself where there is none.
    pub fn has_routes(self) -> bool {
        matches!(self, Self::RestProxy | Self::HttpApi | Self::HttpApi1)
    }

    /// The path as the front routes it and passes it on: HTTP APIs decode it first, so that a slash or a question mark in a
    /// parameter ends it.
    pub fn path(self, path: &str) -> String {
        if !matches!(self, Self::HttpApi | Self::HttpApi1) {
            return path.to_owned();
        }
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        decoded.split('?').next().unwrap_or_default().to_owned()
    }

    /// The event that the function gets. `route` is what [`Gateway::find`](super::Gateway::find) found, where the front has
    /// routes.
    pub fn event(self, call: &Call, route: Option<&Route>) -> String {
        self.event_of(call, route, &Binary::default())
    }

    /// The same where some media types are binary.
    pub(crate) fn event_of(self, call: &Call, route: Option<&Route>, binary: &Binary) -> String {
        event::of(self, call, route, binary).to_string()
    }

    /// What the caller gets for what the function answered; `function_error` says that it failed.
    pub fn respond(self, call: &Call, payload: &[u8], function_error: bool) -> Response {
        reply::to(self, call, payload, function_error)
    }

    /// What the caller gets where there is no route; a front without routes has one for everything.
    pub fn unrouted(self) -> Response {
        reply::unrouted(self)
    }

    /// What the caller gets where an HTTP API's authorizer does not let him in: 401 where it does not know him, else 403.
    pub fn refused(self, status: u16) -> Response {
        reply::refused(status)
    }

    /// What the caller gets where the function did not answer in time, or could not be called.
    pub fn unanswered(self) -> Response {
        reply::unanswered(self)
    }
}

#[cfg(test)]
mod tests;
