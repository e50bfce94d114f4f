//! The mapping template language: the part of Velocity 1.7 that API Gateway's templates use, evaluated within bounds.
//!
//! Where Velocity 1.7 itself and API Gateway's recorded behaviour differ, API Gateway's is followed: a reference to
//! nothing prints nothing and equals both `$null` and `""`.

mod decimal;
mod directive;
mod evaluate;
mod expression;
mod halt;
mod heap;
mod input;
mod java;
pub(super) mod jsonpath;
mod lexeme;
mod literal;
mod macros;
mod number;
mod operate;
mod overrides;
mod parse;
mod parser;
mod print;
mod refer;
mod reference;
mod refused;
mod repeat;
mod scanner;
mod scope;
mod strings;
mod syntax;
mod token;
mod value;
mod warnings;

use super::json::{self, Json};
use indexmap::IndexMap;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// The longest output, API Gateway's payload limit.
const OUTPUT: usize = 10 * 1024 * 1024;

/// A parsed template.
#[derive(Debug)]
pub(crate) struct Template {
    block: syntax::Block,
    macros: parser::Macros,
}

impl Template {
    /// Parses a template's text.
    pub(crate) fn parse(text: &str) -> Result<Self, SyntaxError> {
        let macros = Rc::new(RefCell::new(parser::Macros::new()));
        let block = parse::template(text, parser::Shared::new(macros.clone(), false))?;
        let macros = macros.take();
        Ok(Self { block, macros })
    }

    /// Evaluates it; what could not be printed for certain, or is not known of API Gateway, is among the warnings.
    pub(crate) fn render(&self, scope: &Scope<'_>) -> Result<Rendered, Fault> {
        evaluate::render(self, scope)
    }
}

/// A template that does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// Counted from 1, in characters.
    pub(crate) column: usize,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

/// A template that could not be evaluated, which API Gateway answers with a 500.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault(pub(crate) String);

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// What a template can see.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    /// The payload: of the request, or of the integration's response.
    pub(crate) body: &'a str,
    /// Path parameters, query parameters and headers, in the order in which `$input.params('x')` looks.
    pub(crate) parameters: [(&'static str, &'a IndexMap<String, String>); 3],
    /// `$context` without its overrides.
    pub(crate) context: &'a Json,
    pub(crate) stage_variables: &'a IndexMap<String, String>,
    /// What the request template has overridden already.
    pub(crate) overrides: &'a Overrides,
}

/// `$context.requestOverride` and `$context.responseOverride`, as the templates left them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    pub(crate) status: Option<Json>,
    pub(crate) headers: IndexMap<String, Json>,
    /// What the backend's request has in place of what its parameters are mapped from.
    pub(crate) request: Parameters,
    /// Everything that the next template sees of them, once a template has run.
    pub(crate) carried: Option<overrides::Carried>,
    /// What was worth a warning in the template that left them.
    pub(crate) warnings: Vec<String>,
}

/// Parameters of a request, each as a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Parameters {
    pub(crate) headers: IndexMap<String, String>,
    pub(crate) query: IndexMap<String, String>,
    pub(crate) path: IndexMap<String, String>,
}

/// What came of a template.
#[derive(Debug)]
pub(crate) struct Rendered {
    pub(crate) text: String,
    pub(crate) overrides: Overrides,
    pub(crate) warnings: Vec<String>,
}

#[cfg(test)]
mod tests;
