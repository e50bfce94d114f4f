//! Any OpenAPI document with API Gateway's extensions: reading it, and `throwback explain --openapi`.

use super::explain::{self, Http, Selection};
use super::style::{self, counted};
use super::{Explain, Stop};
use crate::serve::ServeError;
use serde::Serialize;
use serde_json::{Value, json};
use std::path::Path;
use throwback_codegen::Text;
use throwback_codegen::text::line;
use throwback_gateway::{Call, DocumentError, Gateway, Problem, Response, Route};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    document: String,
    operation: &'a str,
    selected: Option<Selection<'a>>,
    response: Http<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    warnings: &'a [String],
}

/// What a message becomes in each operation of a document, with no package at all.
pub(super) fn explain(path: &Path, arguments: &Explain) -> Result<(), Stop> {
    let payload = explain::given(arguments)?;
    let shown = path.to_string_lossy();
    let text = std::fs::read_to_string(path).map_err(|error| Stop::Said(format!("can't read `{shown}`: {error}")))?;
    let gateway = Gateway::read(&text).map_err(|error| mistakes(path, &text, &error))?;
    let only = arguments.operation.as_deref();
    let routes = gateway.routes().iter().filter(|route| only.is_none_or(|only| only == route.operation_id));
    let (selecting, others): (Vec<_>, Vec<_>) = routes.partition(|route| route.is_custom());
    if selecting.is_empty() && others.is_empty() {
        return Err(Stop::Said(format!("there is no operation `{}` in `{shown}`", only.unwrap_or_default())));
    }
    let answers: Vec<_> = selecting.iter().map(|route| (*route, answer(&gateway, route, &payload))).collect();
    if arguments.json {
        let report = |(route, response): &(&Route, Response)| {
            json!(Report {
                document: shown.clone().into_owned(),
                operation: &route.operation_id,
                selected: response.trace.matched.first().map(Selection::of),
                response: Http::of(response),
                warnings: &response.trace.warnings,
            })
        };
        anstream::print!("{}", super::json(&answers.iter().map(report).collect::<Vec<_>>()));
    } else {
        show(path, &payload, &answers);
    }
    let warn = style::WARN;
    for warning in gateway.warnings() {
        anstream::eprintln!("{warn}warning{warn:#}: {}:{}", line(&shown), line(&warning.to_string()));
    }
    if !others.is_empty() {
        let names: Vec<_> = others.iter().take(5).map(|route| line(&route.operation_id)).collect();
        let more = if others.len() > names.len() { ", …" } else { "" };
        let count = counted(others.len(), "operation");
        anstream::eprintln!(
            "{count} without a function behind a custom integration, where no message selects a response: {}{more}",
            names.join(", ")
        );
    }
    Ok(())
}

fn answer(gateway: &Gateway, route: &Route, payload: &Value) -> Response {
    let mut call = Call::new(&route.method, &route.path);
    // What its request template leaves holds for the response as well. That it may want a body is no matter here.
    let _ = route.event(gateway, &mut call);
    route.respond(gateway, &call, payload.to_string().as_bytes(), true)
}

fn show(path: &Path, payload: &Value, answers: &[(&Route, Response)]) {
    explain::show_message(explain::message(payload), &path.to_string_lossy());
    let (name, dim, warn) = (style::NAME, style::DIM, style::WARN);
    let mut rest = answers;
    while let Some((_, response)) = rest.first() {
        let alike = |(_, other): &&(&Route, Response)| {
            (other.status, &other.body, &other.trace) == (response.status, &response.body, &response.trace)
        };
        // Operations that answer alike are shown once.
        let (group, others) = rest.split_at(rest.iter().take_while(alike).count());
        let operation = |(route, _): &(&Route, Response)| {
            let (id, at) = (line(&route.operation_id), format!("{} {}", route.method, route.path));
            let at = if id == at { String::new() } else { format!(" {dim}{}{dim:#}", line(&at)) };
            format!("{name}{id}{name:#}{at}")
        };
        anstream::println!("\n  {}", group.iter().map(operation).collect::<Vec<_>>().join(", "));
        explain::show_response(response.trace.matched.first(), None, response);
        if response.status < 400 {
            explain::show_line("", &format!("{warn}its caller takes this for a success{warn:#}"));
        }
        explain::show_warnings(response);
        rest = others;
    }
}

/// All that is wrong in a document, each mistake in its place.
fn mistakes(path: &Path, text: &str, error: &DocumentError) -> Stop {
    let text = Text::new(path, text.strip_prefix('\u{feff}').unwrap_or(text));
    let mistake = |problem: &Problem| {
        let pointer = if problem.pointer.is_empty() { String::new() } else { format!(" (`{}`)", problem.pointer) };
        let place = problem.place.map(|place| (place.line, place.column));
        text.mistake(format!("{}{pointer}", problem.message), place)
    };
    Stop::Mistakes(error.problems.iter().map(mistake).collect())
}

/// Why a server can't start; what is wrong in its document, each mistake in its place.
pub(super) fn refused(error: &ServeError) -> Stop {
    match error {
        ServeError::Document { path, source } => match std::fs::read_to_string(path) {
            Ok(text) => mistakes(path, &text, source),
            Err(_) => Stop::Said(error.to_string()),
        },
        _ => Stop::Said(error.to_string()),
    }
}
