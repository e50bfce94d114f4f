//! The API without its function, for those who write its callers first: the OpenAPI document with mock integrations, which
//! answer with an example of the output, or of any error that a caller asks for.

use super::sample::Samples;
use super::vectors::Problem;
use super::{Cx, File, Form, Output, Wanted, openapi};
use crate::contract::{Index, Operation};
use crate::rest::{Example, Examples};
use serde_json::Value;
use throwback_syntax::Reserved;

/// The output `openapi-mock`.
pub(super) struct Mock;

impl Output for Mock {
    fn key(&self) -> &'static str {
        "openapi-mock"
    }

    fn help(&self) -> &'static str {
        "Write the OpenAPI document of an API that answers with examples, without the function, to this JSON file"
    }

    fn form(&self) -> Form {
        Form::File
    }

    fn opens(&self) -> bool {
        true
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        document(cx).map(|text| vec![File::whole(text)])
    }
}

/// Writes the document.
///
/// # Errors
/// Only a REST API can answer by itself.
pub(crate) fn document(cx: &Cx<'_>) -> Result<String, String> {
    if !cx.rest.is_rest {
        return Err(format!(
            "`openapi-mock` needs an API that answers by itself (fronts `rest` and `rest-proxy`), and what stands before the function is `{}`",
            cx.contract.front.word()
        ));
    }
    let examples = Sampled { samples: Samples::new(&cx.index), index: &cx.index };
    let api = cx.api().mocked(cx.options.cors.as_deref(), &examples);
    Ok(openapi(cx, &api))
}

/// Examples with the values that stand for their types in the test vectors.
struct Sampled<'a> {
    samples: Samples<'a>,
    index: &'a Index<'a>,
}

impl Examples for Sampled<'_> {
    fn output(&self, operation: &Operation) -> Value {
        self.samples.of(&operation.output)
    }

    fn error(&self, code: &str) -> Example {
        let problem = match self.index.error(code) {
            Some(error) => Problem::declared(error, &self.samples),
            None if code == Reserved::INVALID.code => Problem::invalid_payload(),
            None if code == Reserved::TIMEOUT.code => Problem::timeout(),
            None => Problem::internal(),
        };
        // What every error has, the API writes itself.
        let is_own = |name: &str| !["content-type", "x-amzn-requestid", "x-error-code"].contains(&name);
        let headers = problem.headers.into_iter().filter(|(name, _)| is_own(name)).collect();
        Example { headers, members: problem.members }
    }
}
