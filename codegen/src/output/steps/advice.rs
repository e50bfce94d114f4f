//! What is tried again: the advice of each error, in the order in which Step Functions reads it.

use super::Cx;
use crate::contract::{ErrorDef, Retry};
use serde::Serialize;
use throwback_syntax::Reserved;

/// Lambda itself did not take the invocation, or lost it: AWS asks to try these again (Step Functions developer guide,
/// "Handle transient Lambda service exceptions").
const LAMBDA: [&str; 4] = [
    "Lambda.TooManyRequestsException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
];

/// The function may have done its work before it failed. By its own word, by Lambda's, and by that of Step Functions.
const UNKNOWN: [&str; 7] = [
    Reserved::INTERNAL.code,
    Reserved::TIMEOUT.code,
    "Sandbox.Timedout",
    "Runtime.ExitError",
    "Runtime.OutOfMemory",
    "Lambda.Unknown",
    "States.Timeout",
];

/// An entry of `Retry`. The delays are drawn between nothing and the whole of each, so that tasks which failed together do
/// not come back together.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Retrier<'a> {
    error_equals: Vec<&'a str>,
    interval_seconds: u32,
    backoff_rate: u32,
    max_attempts: u32,
    max_delay_seconds: u32,
    jitter_strategy: &'static str,
}

/// The errors of an operation or a set, and whether a repeat does no harm.
pub(super) struct Advice<'a> {
    /// The codes, in the order of declaration.
    pub(super) codes: Vec<&'a str>,
    errors: Vec<&'a ErrorDef>,
    is_safe: bool,
}

impl<'a> Advice<'a> {
    pub(super) fn new(cx: &Cx<'a>, set: Option<&str>, is_safe: bool) -> Self {
        let set = cx.contract.sets.iter().find(|known| Some(&*known.name) == set);
        let errors: Vec<_> = set.into_iter().flat_map(|set| cx.index.errors_by(&set.errors)).collect();
        Self { codes: errors.iter().map(|error| error.code.as_str()).collect(), errors, is_safe }
    }

    /// What is tried again. An error in none of the entries is not.
    pub(super) fn retriers(&self) -> Vec<Retrier<'a>> {
        let by = |retry| self.errors.iter().filter(move |error| error.retry == retry).map(|error| error.code.as_str());
        let mut entries = vec![LAMBDA.to_vec()];
        entries.push(by(Retry::Backoff).collect());
        if self.is_safe {
            entries.push(by(Retry::Idempotent).chain(UNKNOWN).collect());
        }
        entries.retain(|errors: &Vec<_>| !errors.is_empty());
        let entry = |error_equals| Retrier {
            error_equals,
            interval_seconds: 1,
            backoff_rate: 2,
            max_attempts: 3,
            max_delay_seconds: 20,
            jitter_strategy: "FULL",
        };
        entries.into_iter().map(entry).collect()
    }
}
