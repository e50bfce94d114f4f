//! The OpenAPI document: reading it, with everything that is wrong in it at once, and looking things up in it.

use super::binary::Binary;
use super::call::{Call, PathParameters};
use super::cors::Cors;
use super::fallback::Fallbacks;
use super::front::Front;
use super::kind::ResponseType;
use super::reader;
use super::response::{Response, Trace};
use super::route::{self, Route, Segment};
use std::error::Error;
use std::fmt;

/// An API, read from its OpenAPI document; by default one without a route, as a function URL and a load balancer have it.
#[derive(Debug, Default)]
pub struct Gateway {
    pub(crate) routes: Vec<Route>,
    pub(crate) fallbacks: Fallbacks,
    pub(crate) cors: Option<Cors>,
    pub(crate) binary: Binary,
    pub(crate) warnings: Vec<Problem>,
}

impl Gateway {
    /// Reads an OpenAPI document of version 3.0 or 2.0, in JSON or YAML.
    ///
    /// # Errors
    /// All that is wrong in the document at once, each with its place.
    pub fn read(openapi: &str) -> Result<Self, DocumentError> {
        reader::read(openapi)
    }

    /// All operations, in the document's order.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// What API Gateway would take without a word although it will go wrong, or what is not evaluated here.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// The operation that answers a request, with the values of its path's `{…}` segments.
    ///
    /// Of the operations that take the method and the path, that of the resource with literal segments before parameters is
    /// found, and in one resource its own method before `ANY`. A resource without the method leaves the request to the next
    /// one, which was recorded.
    pub fn find(&self, method: &str, path: &str) -> Option<(&Route, PathParameters)> {
        let fit = self.routes.iter().filter(|route| route.method == method || route.method == "ANY");
        let found = fit.filter_map(|route| Some((route, route::matches(&route.segments, path)?)));
        found.min_by_key(|(route, _)| (route::precedence(&route.segments), route.method != method))
    }

    /// What is not known of the way to a route that [`Gateway::find`] found: that a resource without the method leaves the
    /// request to another one was recorded of one that takes the rest of the path.
    pub(crate) fn doubts(&self, route: &Route, path: &str) -> Option<String> {
        if matches!(route.segments.last(), Some(Segment::Rest(_))) {
            return None;
        }
        let rank = route::precedence(&route.segments);
        let other = self.routes.iter().find(|other| {
            route::precedence(&other.segments) < rank && route::matches(&other.segments, path).is_some()
        })?;
        Some(format!(
            "`{}` takes this path too and has no such method: that API Gateway goes on to `{}` then is neither documented nor recorded",
            other.path, route.path
        ))
    }

    /// The CORS of an HTTP API, where the document configures it; REST APIs have methods and gateway responses for it, and other
    /// fronts leave it to the function.
    pub fn cors(&self, front: Front) -> Option<&Cors> {
        self.cors.as_ref().filter(|_| matches!(front, Front::HttpApi | Front::HttpApi1))
    }

    /// What API Gateway answers for itself, with the document's customisations.
    pub fn gateway_response(&self, kind: ResponseType, call: &Call) -> Response {
        let mut trace = Trace::default();
        if kind == ResponseType::MissingAuthenticationToken
            && let Some(bare) = call.path.strip_suffix('/')
            && self.find(&call.method, bare).is_some()
        {
            trace.warnings.push(format!(
                "`{bare}` is a resource, `{}` is taken for none: whether API Gateway passes over a slash at the end is neither documented nor recorded",
                call.path
            ));
        }
        self.answer(kind, call, None, trace)
    }

    pub(crate) fn answer(&self, kind: ResponseType, call: &Call, route: Option<&Route>, trace: Trace) -> Response {
        self.answer_saying(kind, kind.message(), call, route, trace)
    }

    /// With a message of its own in place of the one that its type has.
    pub(crate) fn answer_saying(
        &self,
        kind: ResponseType,
        message: &str,
        call: &Call,
        route: Option<&Route>,
        trace: Trace,
    ) -> Response {
        self.fallbacks.respond(kind, message, call, route.map(|route| route.path.as_str()), trace)
    }
}

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    /// In the document's order; never empty.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The JSON pointer (RFC 6901) of the part; empty for the whole document.
    pub pointer: String,
    /// Where it stands in the document's text, if that is known.
    pub place: Option<Place>,
    /// What is wrong, then what is allowed.
    pub message: String,
}

/// A place in a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { line, column }) = self.place {
            write!(f, "{line}:{column}: ")?;
        }
        if self.pointer.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.problems.iter().enumerate() {
            f.write_str(if n == 0 { "" } else { "\n" })?;
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl Error for DocumentError {}
