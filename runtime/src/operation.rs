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
    /// Method and path without the parameters' names.
    #[doc(hidden)]
    pub shape: &'static str,
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
        Self { name, method, path, errors, shape }
    }
}
