//! Mapping expressions: where `responseParameters` take a header's value from.

use super::call::Call;
use super::context;
use super::json::{self, Escapes, Json};
use super::smart;
use super::vtl::jsonpath::{self, Part};

/// A mapping expression's source.
#[derive(Debug)]
pub(crate) enum Source {
    Literal(String),
    /// A header of Lambda's answer to the Invoke call.
    Header(String),
    Body(Vec<Part>),
    Context(String),
    StageVariable(String),
    /// A header of the request; gateway responses only.
    Request(String),
}

impl Source {
    /// Reads an expression of an integration response.
    pub(crate) fn of_integration(expression: &str) -> Result<Self, String> {
        if let Some(source) = Self::common(expression) {
            return Ok(source);
        }
        let Some(rest) = expression.strip_prefix("integration.response.") else { return Err(unknown(expression)) };
        if let Some(name) = rest.strip_prefix("header.").or_else(|| rest.strip_prefix("multivalueheader.")) {
            return Ok(Self::Header(name.to_owned()));
        }
        match rest.strip_prefix("body") {
            Some("") => Ok(Self::Body(Vec::new())),
            Some(path) => jsonpath::parse(&format!("${path}"))
                .map(Source::Body)
                .map_err(|message| format!("{message} (in `{expression}`)")),
            None => Err(unknown(expression)),
        }
    }

    /// Reads an expression of a gateway response.
    pub(crate) fn of_gateway(expression: &str) -> Result<Self, String> {
        if let Some(source) = Self::common(expression) {
            return Ok(source);
        }
        match expression.strip_prefix("method.request.header.") {
            Some(name) => Ok(Self::Request(name.to_owned())),
            None => Err(unknown(expression)),
        }
    }

    fn common(expression: &str) -> Option<Self> {
        if let Some(literal) = expression.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            return Some(Self::Literal(literal.to_owned()));
        }
        if let Some(path) = expression.strip_prefix("context.") {
            return Some(Self::Context(path.to_owned()));
        }
        expression.strip_prefix("stageVariables.").map(|name| Self::StageVariable(name.to_owned()))
    }

    /// The header's value; nothing where the source has none, and then the header is not sent.
    pub(crate) fn value(&self, call: &Call, context: &Json, answer: &Answer<'_>) -> Option<String> {
        match self {
            Self::Literal(text) => Some(text.clone()),
            Self::Context(path) => context::look_up(context, path),
            Self::StageVariable(name) => call.stage_variables.get(name).cloned(),
            Self::Request(name) => call.header(name).map(str::to_owned),
            Self::Header(name) => answer.header(name),
            Self::Body(parts) => scalar(select(answer.body?, parts, answer.function_error)?.as_ref()),
        }
    }
}

fn unknown(expression: &str) -> String {
    format!(
        "mapping expression `{expression}` is not known; a literal stands in single quotes: `'{}'`",
        expression.trim_matches('\'')
    )
}

/// The backend's answer, as far as expressions can see it.
pub(crate) struct Answer<'a> {
    pub(crate) body: Option<&'a Json>,
    pub(crate) function_error: bool,
    pub(crate) request_id: &'a str,
}

impl Answer<'_> {
    fn header(&self, name: &str) -> Option<String> {
        let value = match name.to_ascii_lowercase().as_str() {
            "content-type" => "application/json",
            "x-amzn-requestid" => self.request_id,
            "x-amz-function-error" if self.function_error => "Unhandled",
            "x-amz-executed-version" => "$LATEST",
            _ => return None,
        };
        Some(value.to_owned())
    }
}

/// What stands at a path. An `errorMessage` of a function error that is JSON by itself is taken apart, as API Gateway
/// does for headers.
fn select<'a>(body: &'a Json, parts: &[Part], function_error: bool) -> Option<std::borrow::Cow<'a, Json>> {
    use std::borrow::Cow;
    if let [Part::Name(name), inner @ ..] = parts
        && function_error
        && name == "errorMessage"
        && !inner.is_empty()
    {
        let message = smart::read(body.get("errorMessage")?.as_str()?).ok()?;
        return walk(&message, inner).cloned().map(Cow::Owned);
    }
    walk(body, parts).map(Cow::Borrowed)
}

fn walk<'a>(body: &'a Json, parts: &[Part]) -> Option<&'a Json> {
    let mut at = body;
    for part in parts {
        at = match (part, at) {
            (Part::Name(name), Json::Map(map)) => map.get(name)?,
            (Part::Index(index), Json::List(list)) => list.get(usize::try_from(*index).ok()?)?,
            _ => return None,
        };
    }
    Some(at)
}

/// A value as a header: text as it is, everything else as JSON.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::Text(text) => Some(text.clone()),
        other => {
            let mut out = String::new();
            write(&mut out, other);
            Some(out)
        }
    }
}

fn write(out: &mut String, value: &Json) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
        Json::Int(number) => out.push_str(&number.to_string()),
        Json::Float(number) => out.push_str(&json::java_double(*number)),
        Json::Number(number) => out.push_str(number),
        Json::Text(text) => json::write_string(out, text, Escapes::Plain),
        Json::List(items) => {
            out.push('[');
            for (n, item) in items.iter().enumerate() {
                out.push_str(if n == 0 { "" } else { "," });
                write(out, item);
            }
            out.push(']');
        }
        Json::Map(map) => {
            out.push('{');
            for (n, (name, value)) in map.iter().enumerate() {
                out.push_str(if n == 0 { "" } else { "," });
                json::write_string(out, name, Escapes::Plain);
                out.push(':');
                write(out, value);
            }
            out.push('}');
        }
    }
}
