//! [`Operation`]: what the `operation` attribute knows of a handler.

use crate::Entry;

/// A handler that is an operation of the API; implemented by the `operation` attribute for a type of the handler's name.
pub trait Operation {
    /// What is known of it when the crate is compiled.
    const INFO: OperationInfo;
}

/// What is known of an operation when the crate is compiled.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct OperationInfo {
    /// Its name: the handler's.
    pub name: &'static str,
    /// Its HTTP method; empty where it is invoked directly.
    pub method: &'static str,
    /// Its path, `/orders/{order_id}`; empty where it is invoked directly.
    pub path: &'static str,
    /// Every error that it can return.
    pub errors: &'static [Entry],
    /// The status of a success.
    pub status: u16,
    /// What of its input does not stand in the body: the path's parameters in their order, then the query's and headers.
    pub parameters: &'static [Parameter],
    /// Method and path without the parameters' names.
    #[doc(hidden)]
    pub shape: &'static str,
}

/// A member of an operation's input that travels outside of the body, by its name in Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Parameter {
    /// In the path.
    Path(&'static str),
    /// In the query, named by the route.
    Query(&'static str),
    /// In a header, by the header's name.
    Header(&'static str, &'static str),
}

impl OperationInfo {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        method: &'static str,
        path: &'static str,
        shape: &'static str,
        errors: &'static [Entry],
    ) -> Self {
        Self { name, method, path, errors, status: 200, parameters: &[], shape }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}
