//! `throwback explain`: one error message, through every operation, to what the client catches.

use super::style::{self, counted};
use super::typed::{Typed, typed};
use super::{Explain, Stop, projects};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{IsTerminal, Read};
use std::time::Instant;
use throwback_codegen::Builder;
use throwback_codegen::contract::{Contract, Front, Operation};
use throwback_codegen::text::line as shown;
use throwback_gateway::{Call, Gateway, Response, Selected};

/// What one operation makes of the message.
struct Outcome<'a> {
    operation: &'a Operation,
    selected: Option<Selected>,
    why: String,
    response: Response,
    client: Typed,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    api: &'a str,
    operation: &'a str,
    selected: Option<Selection<'a>>,
    why: &'a str,
    response: Http<'a>,
    client: &'a Typed,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    warnings: &'a [String],
}

#[derive(Serialize)]
pub(super) struct Selection<'a> {
    status: u16,
    pattern: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Http<'a> {
    status: u16,
    headers: &'a [(String, String)],
    body: String,
}

impl<'a> Selection<'a> {
    pub(super) fn of(selected: &'a Selected) -> Self {
        Self { status: selected.status, pattern: selected.pattern.as_deref() }
    }
}

impl<'a> Http<'a> {
    pub(super) fn of(response: &'a Response) -> Self {
        let body = String::from_utf8_lossy(&response.body).into_owned();
        Self { status: response.status, headers: &response.headers, body }
    }
}

pub(super) fn run(builders: &[Builder], arguments: &Explain) -> Result<(), Stop> {
    let payload = given(arguments)?;
    let (started, mut reports) = (Instant::now(), Vec::new());
    let mut seen = false;
    let described = projects::each(builders, Builder::describe)?;
    for (contract, openapi) in &described {
        if contract.front != Front::Rest {
            let (name, front) = (shown(&contract.name), contract.front.word());
            anstream::eprintln!(
                "{name}: this is what a custom integration makes of it; behind {front} the function answers itself"
            );
        }
        let gateway = Gateway::read(openapi).map_err(|error| Stop::Said(error.to_string()))?;
        let outcomes = outcomes(contract, &gateway, &payload, arguments.operation.as_deref());
        seen |= !outcomes.is_empty();
        if arguments.json {
            reports.extend(outcomes.iter().map(|outcome| json!(report(contract, outcome))));
        } else if !outcomes.is_empty() {
            show(contract, &payload, &outcomes);
        }
    }
    if !seen {
        let name = arguments.operation.as_deref().unwrap_or_default();
        return Err(Stop::Said(format!("there is no operation `{name}`, nor a set of errors of that name")));
    }
    if arguments.json {
        anstream::print!("{}", super::json(&reports));
    }
    if std::io::stderr().is_terminal() {
        let operations: usize = described.iter().map(|(contract, _)| contract.operations.len()).sum();
        let errors: usize = described.iter().map(|(contract, _)| contract.errors.len()).sum();
        let counts = format!("{}, {}", counted(operations, "operation"), counted(errors, "error"));
        anstream::eprintln!("{dim}{counts}; {}{dim:#}", style::took(started), dim = style::DIM);
    }
    Ok(())
}

/// The payload that is asked about.
pub(super) fn given(arguments: &Explain) -> Result<Value, Stop> {
    let text = match &arguments.message {
        Some(text) => text.clone(),
        None => from_stdin()?,
    };
    Ok(payload(&text))
}

fn from_stdin() -> Result<String, Stop> {
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        return Err(Stop::Said(
            "give an error message, or pipe one in: `throwback explain '[OrderNotFound] {…}'`".to_owned(),
        ));
    }
    let mut text = String::new();
    stdin.read_to_string(&mut text).map_err(|error| Stop::Said(format!("can't read the message: {error}")))?;
    // A pipe's last line end is none of the message's.
    Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned())
}

/// A whole payload as it is, a message as the payload that holds it.
fn payload(text: &str) -> Value {
    match serde_json::from_str::<Value>(text) {
        Ok(value) if value.get("errorMessage").is_some() => value,
        _ => json!({ "errorMessage": text }),
    }
}

pub(super) fn message(payload: &Value) -> &str {
    payload.get("errorMessage").and_then(Value::as_str).unwrap_or_default()
}

fn outcomes<'a>(contract: &'a Contract, gateway: &Gateway, payload: &Value, only: Option<&str>) -> Vec<Outcome<'a>> {
    let index = contract.index();
    let operations = contract.operations.iter().filter(|operation| only.is_none_or(|only| only == operation.name));
    let mut outcomes: Vec<_> = operations
        .filter_map(|operation| {
            let route = gateway.routes().iter().find(|route| route.operation_id == operation.name)?;
            let call = Call::new(operation.method.as_str(), &operation.path);
            let response = route.respond(gateway, &call, payload.to_string().as_bytes(), true);
            let client = typed(contract, &index, operation, &response);
            let selected = response.trace.matched.first().cloned();
            let why = why(message(payload), &client, selected.as_ref(), response.status);
            Some(Outcome { operation, selected, why, response, client })
        })
        .collect();
    // Operations that declare the error come first.
    outcomes.sort_by_key(|outcome| outcome.client.who != "api");
    outcomes
}

/// Why this response was selected.
fn why(message: &str, client: &Typed, selected: Option<&Selected>, status: u16) -> String {
    let code = client.code.as_deref().unwrap_or_default();
    match selected {
        None => "no pattern takes it, and there is no default".to_owned(),
        Some(Selected { pattern: None, .. }) => {
            "it is empty, and so is what a success is compared as: the default takes it, and an error arrives as a success; \
             no error of throwback's is ever empty"
                .to_owned()
        }
        Some(_) if message.is_empty() => "a pattern takes the empty message".to_owned(),
        Some(_) => match client.who {
            "api" | "unmodelled" if !code.is_empty() && !message.starts_with(&format!("[{code}] ")) => {
                format!("it has no tag, and the configuration says under `legacy` that it is `{code}`")
            }
            "api" => format!("its tag `[{code}] ` stands in this pattern and in no other"),
            "undeclared" => format!(
                "its tag names no error of this operation, but a well-formed problem stands behind it: \
                 the function is newer than this gateway, and the problem passes under its own status, {status}"
            ),
            "platform" if message.starts_with('[') && message.contains(&format!("\"code\":\"{code}\"")) => {
                format!("its tag `[{code}] ` is the runtime's own")
            }
            "platform" if code == "FunctionTimeout" => {
                "it has no tag and holds Lambda's words for a timeout".to_owned()
            }
            _ => "no other pattern takes it: the catch-all does, and shows none of it".to_owned(),
        },
    }
}

fn report<'a>(contract: &'a Contract, outcome: &'a Outcome<'_>) -> Report<'a> {
    Report {
        api: &contract.name,
        operation: &outcome.operation.name,
        selected: outcome.selected.as_ref().map(Selection::of),
        why: &outcome.why,
        response: Http::of(&outcome.response),
        client: &outcome.client,
        warnings: &outcome.response.trace.warnings,
    }
}

fn show(contract: &Contract, payload: &Value, outcomes: &[Outcome<'_>]) {
    show_message(message(payload), &contract.name);
    let mut rest: &[Outcome<'_>] = outcomes;
    while let Some(first) = rest.first() {
        // Operations that answer alike are shown once.
        let alike = |other: &Outcome<'_>| {
            other.response.status == first.response.status
                && other.response.body == first.response.body
                && other.client.who == first.client.who
                && other.client.who != "api"
        };
        let count = 1 + rest[1..].iter().take_while(|other| alike(other)).count();
        let (group, others) = rest.split_at(count);
        show_group(group);
        rest = others;
    }
}

/// What it is about, and where.
pub(super) fn show_message(message: &str, within: &str) {
    let (name, dim, bold) = (style::NAME, style::DIM, style::BOLD);
    let text = if message.is_empty() { "(the empty message)".into() } else { shown(message) };
    anstream::println!("{bold}{}{bold:#}  {dim}in{dim:#} {name}{}{name:#}", cut(&text, 400), shown(within));
}

/// A line of what is told of one response.
pub(super) fn show_line(label: &str, text: &str) {
    let dim = style::DIM;
    anstream::println!("    {dim}{label:<9}{dim:#} {text}");
}

/// What was selected, why, and what the client gets.
pub(super) fn show_response(selected: Option<&Selected>, why: Option<&str>, response: &Response) {
    let (dim, line) = (style::DIM, show_line);
    match selected {
        Some(Selected { pattern: Some(pattern), status }) => line("selects", &format!("{status}  {}", shown(pattern))),
        Some(Selected { pattern: None, status }) => line("selects", &format!("{status}  the default response")),
        None => line("selects", "nothing"),
    }
    if let Some(why) = why {
        line("because", &shown(why));
    }
    let style = style::status(response.status);
    line("answers", &format!("{style}HTTP {}{style:#}", response.status));
    for (header, value) in response.headers.iter().filter(|(header, _)| !is_noise(header)) {
        line("", &format!("{dim}{}:{dim:#} {}", shown(&header.to_ascii_lowercase()), shown(value)));
    }
    line("", &cut(&shown(&String::from_utf8_lossy(&response.body)), 1_000));
}

pub(super) fn show_warnings(response: &Response) {
    let warn = style::WARN;
    for warning in &response.trace.warnings {
        show_line("warning", &format!("{warn}{}{warn:#}", shown(warning)));
    }
}

fn show_group(group: &[Outcome<'_>]) {
    let Some(first) = group.first() else { return };
    let (name, dim) = (style::NAME, style::DIM);
    let operations: Vec<_> = group
        .iter()
        .map(|outcome| {
            let operation = outcome.operation;
            let route = if operation.is_stand_in() {
                "whatever returns it".to_owned()
            } else {
                format!("{} {}", operation.method, operation.path)
            };
            format!("{name}{}{name:#} {dim}{route}{dim:#}", operation.name)
        })
        .collect();
    anstream::println!("\n  {}", operations.join(", "));
    show_response(first.selected.as_ref(), Some(&first.why), &first.response);
    let line = show_line;
    line("caught as", &format!("{}  {dim}(retry: {}){dim:#}", shown(&first.client.rust), first.client.retry));
    let warn = style::WARN;
    let code = first.client.code.as_ref().map(|code| format!(" with the code {code}")).unwrap_or_default();
    if let Some((missing, more)) = first.client.missing.split_first() {
        let more = if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
        line(
            "",
            &format!(
                "{warn}but {}{more}: the client keeps this response as Failure::Unmodelled{}{warn:#}",
                shown(missing),
                shown(&code)
            ),
        );
    }
    show_warnings(&first.response);
}

/// Headers that are the same whatever the message.
fn is_noise(header: &str) -> bool {
    let lower = header.to_ascii_lowercase();
    lower.starts_with("access-control-")
        || matches!(lower.as_str(), "x-amz-apigw-id" | "x-amzn-requestid" | "x-amzn-trace-id")
}

fn cut(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
