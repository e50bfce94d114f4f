//! Mapping expressions: where a mapped parameter or header takes its value from.

use super::call::Call;
use super::context;
use super::json::{self, Escapes, Json};
use super::received;
use super::smart;
use super::vtl::jsonpath::{self, Part};
use std::cell::OnceCell;

/// A mapping expression's source.
#[derive(Debug)]
pub(crate) enum Source {
    Literal(String),
    /// A header of the backend's answer.
    Header(String),
    /// All values of one, with commas between them.
    Headers(String),
    /// Something in the body of the backend's answer.
    Body(Vec<Part>),
    Context(String),
    StageVariable(String),
    /// Something of the request.
    Request(Request),
}

/// What of a request an expression names.
#[derive(Debug)]
pub(crate) enum Request {
    Header(String),
    Headers(String),
    Query(String),
    Queries(String),
    Path(String),
    Body(Vec<Part>),
}

impl Source {
    /// Reads an expression of an integration response.
    pub(crate) fn of_integration(expression: &str) -> Result<Self, String> {
        if let Some(source) = Self::common(expression) {
            return Ok(source);
        }
        let Some(rest) = expression.strip_prefix("integration.response.") else { return Err(unknown(expression)) };
        if let Some(name) = rest.strip_prefix("header.") {
            return Ok(Self::Header(name.to_owned()));
        }
        if let Some(name) = rest.strip_prefix("multivalueheader.") {
            return Ok(Self::Headers(name.to_owned()));
        }
        body(rest, expression).map(Self::Body)
    }

    /// Reads an expression of a gateway response, which does not know the body.
    pub(crate) fn of_gateway(expression: &str) -> Result<Self, String> {
        match Self::of_request(expression)? {
            Self::Request(Request::Body(_)) => Err(unknown(expression)),
            source => Ok(source),
        }
    }

    /// Reads an expression of an integration's request.
    pub(crate) fn of_request(expression: &str) -> Result<Self, String> {
        if let Some(source) = Self::common(expression) {
            return Ok(source);
        }
        let Some(rest) = expression.strip_prefix("method.request.") else { return Err(unknown(expression)) };
        let part = match rest.split_once('.') {
            Some(("header", name)) => Request::Header(name.to_owned()),
            Some(("multivalueheader", name)) => Request::Headers(name.to_owned()),
            Some(("querystring", name)) => Request::Query(name.to_owned()),
            Some(("multivaluequerystring", name)) => Request::Queries(name.to_owned()),
            Some(("path", name)) => Request::Path(name.to_owned()),
            _ => Request::Body(body(rest, expression)?),
        };
        Ok(Self::Request(part))
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

    /// What a response's header comes to; nothing where the source has none, and then the header is not sent.
    pub(crate) fn value(&self, call: &Call, context: &Json, answer: &Answer<'_>) -> Option<String> {
        match self {
            Self::Header(name) => answer.header(name).last().cloned(),
            Self::Headers(name) => Some(answer.header(name).join(",")).filter(|joined| !joined.is_empty()),
            Self::Body(parts) => scalar(select(answer.body?, parts, answer.function_error)?.as_ref()),
            _ => {
                let values = self.values(call, context, &Asked::new(call));
                (!values.is_empty()).then(|| values.join(","))
            }
        }
    }

    /// The values of what a request alone decides: several only of a parameter that may have several.
    pub(crate) fn values(&self, call: &Call, context: &Json, asked: &Asked<'_>) -> Vec<String> {
        let one = match self {
            Self::Literal(text) => Some(text.clone()),
            Self::Context(path) => context::look_up(context, path),
            Self::StageVariable(name) => call.stage_variables.get(name).cloned(),
            Self::Request(Request::Header(name) | Request::Headers(name)) => received::header(call, name),
            Self::Request(Request::Query(name)) => call.query.get(name).cloned(),
            Self::Request(Request::Queries(name)) => {
                return call.queries().filter(|(known, _)| known == name).map(|(_, value)| value).collect();
            }
            Self::Request(Request::Path(name)) => call.path_parameters.get(name).cloned(),
            Self::Request(Request::Body(parts)) if parts.is_empty() => {
                Some(call.body.clone()).filter(|body| !body.is_empty())
            }
            Self::Request(Request::Body(parts)) => asked.body().and_then(|body| scalar(walk(body, parts)?)),
            Self::Header(_) | Self::Headers(_) | Self::Body(_) => None,
        };
        one.into_iter().collect()
    }
}

/// A request whose body is read as JSON once, if at all.
pub(crate) struct Asked<'a> {
    call: &'a Call,
    body: OnceCell<Option<Json>>,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(call: &'a Call) -> Self {
        Self { call, body: OnceCell::new() }
    }

    fn body(&self) -> Option<&Json> {
        self.body.get_or_init(|| smart::read(&self.call.body).ok()).as_ref()
    }
}

fn body(rest: &str, expression: &str) -> Result<Vec<Part>, String> {
    match rest.strip_prefix("body") {
        Some("") => Ok(Vec::new()),
        Some(path) => jsonpath::parse(&format!("${path}")).map_err(|message| format!("{message} (in `{expression}`)")),
        None => Err(unknown(expression)),
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
    pub(crate) headers: &'a [(String, String)],
}

impl Answer<'_> {
    fn header(&self, name: &str) -> Vec<String> {
        let named = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.clone()).collect()
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
