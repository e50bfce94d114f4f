//! The log of a function that has no subscriber of its own.

use lambda_runtime::tracing::subscriber::filter::{Directive, EnvFilter, LevelFilter};
use lambda_runtime::tracing::subscriber::fmt;
use std::env;

/// `lambda_runtime` logs whatever a handler returns as an `ERROR`, an expected 404 as well, and alarms ring. All that there is
/// to say of it stands in our own event, under a level of its own; of panics too.
const ITS_OWN: &str = "lambda_runtime::layers::panic=off";

/// Logs to standard output, as Lambda's logging controls ask (AWS Lambda developer guide, "Configuring advanced logging
/// controls"), unless the program has a subscriber already.
pub(super) fn set_up() {
    if tracing::dispatcher::has_been_set() {
        return;
    }
    let level = env::var("AWS_LAMBDA_LOG_LEVEL").ok().and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::INFO);
    let mut filter = EnvFilter::builder().with_default_directive(level.into()).from_env_lossy();
    if let Ok(own) = ITS_OWN.parse::<Directive>() {
        filter = filter.add_directive(own);
    }
    // CloudWatch writes the time.
    let lines = fmt().with_target(false).without_time().with_env_filter(filter);
    let is_json = env::var("AWS_LAMBDA_LOG_FORMAT").is_ok_and(|format| format.eq_ignore_ascii_case("json"));
    // Another thread may have been quicker.
    let _ = if is_json { lines.json().try_init() } else { lines.try_init() };
}
