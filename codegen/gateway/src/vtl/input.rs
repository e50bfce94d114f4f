//! `$input`, `$util` and the override maps of `$context`.

use super::super::json::Json;
use super::super::smart;
use super::evaluate::Machine;
use super::value::{Heap, Place, Value};
use super::{Fault, Overrides, jsonpath, strings};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indexmap::IndexMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;
use std::rc::Rc;

/// `$input.body`: of an empty body, `{}`.
pub(super) fn body<'a>(machine: &Machine<'a>) -> &'a str {
    if machine.scope.body.is_empty() { "{}" } else { machine.scope.body }
}

fn document(machine: &mut Machine<'_>) -> Result<Value, Fault> {
    if let Some(document) = &machine.document {
        return Ok(document.clone());
    }
    let document = parse(machine, body(machine), "the body")?;
    machine.document = Some(document.clone());
    Ok(document)
}

fn parse(machine: &mut Machine<'_>, text: &str, what: &str) -> Result<Value, Fault> {
    machine.spend(text.len() / 16)?;
    let json = smart::read(text).map_err(|error| Fault::new(format!("{what} is not JSON: {error}")))?;
    Ok(machine.heap.import(&json))
}

/// The methods of `$input`; `None` for one that it has not.
pub(super) fn input(machine: &mut Machine<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>, Fault> {
    let path = match arguments {
        [] => None,
        [path] => Some(machine.print(path)?),
        _ => return Ok(None),
    };
    Ok(Some(match (name, path) {
        ("path" | "json", Some(path)) => {
            let parts = jsonpath::parse(&path).map_err(Fault::new)?;
            let root = document(machine)?;
            let found = jsonpath::select(&machine.heap, &root, &parts);
            if name == "path" {
                found.unwrap_or(Value::Null)
            } else {
                // Nothing there is an empty string to API Gateway.
                let text = machine.heap.json(&found.unwrap_or_else(|| Value::text("")))?;
                machine.spend(text.len() / 16)?;
                Value::text(text)
            }
        }
        ("params", None) => parameters(machine),
        ("params", Some(name)) => parameter(machine, &name),
        ("getBody", None) => Value::text(body(machine)),
        _ => return Ok(None),
    }))
}

fn parameters(machine: &mut Machine<'_>) -> Value {
    let mut all = IndexMap::new();
    for (kind, parameters) in machine.scope.parameters {
        let map = parameters.iter().map(|(name, value)| (name.as_str().into(), Value::text(value.as_str()))).collect();
        all.insert(kind.into(), machine.heap.map(map));
    }
    machine.heap.map(all)
}

/// The path, the query string and the headers are searched in this order.
fn parameter(machine: &Machine<'_>, name: &str) -> Value {
    for (kind, parameters) in machine.scope.parameters {
        let found = match kind {
            "header" => parameters.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value),
            _ => parameters.get(name),
        };
        if let Some(value) = found {
            return Value::text(value.as_str());
        }
    }
    Value::text("")
}

/// What `java.net.URLEncoder` leaves as it is, besides the blank that becomes `+`.
const URL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'*').remove(b'_').remove(b' ');

/// The methods of `$util`; `None` for one that it has not, or not with these arguments.
pub(super) fn util(machine: &mut Machine<'_>, name: &str, arguments: &[Value]) -> Result<Option<Value>, Fault> {
    let [argument] = arguments else { return Ok(None) };
    if let Value::Null = argument {
        return Ok(None);
    }
    let text: Cow<'_, str> = match argument {
        Value::Text(text) => Cow::Borrowed(text),
        other => Cow::Owned(machine.print(other)?),
    };
    machine.spend(text.len() / 16)?;
    Ok(Some(match name {
        "escapeJavaScript" => Value::text(strings::escape_java_script(&text)),
        "parseJson" => parse(machine, &text, "the argument of $util.parseJson")?,
        "urlEncode" => Value::text(utf8_percent_encode(&text, URL).to_string().replace(' ', "+")),
        "urlDecode" => {
            let spaced = text.replace('+', " ");
            Value::text(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
        }
        "base64Encode" => Value::text(STANDARD.encode(text.as_bytes())),
        "base64Decode" => match STANDARD.decode(text.trim()) {
            Ok(bytes) => Value::text(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => return Err(Fault::new(format!("$util.base64Decode: {error}"))),
        },
        _ => return Ok(None),
    }))
}

/// Puts `requestOverride` and `responseOverride` into `$context`; returns the place of the latter.
///
/// What the request template has set can be read in the response template.
pub(super) fn overrides(machine: &mut Machine<'_>, context: &Value) -> Place {
    let heap = &mut machine.heap;
    let earlier = machine.scope.overrides;
    let headers = earlier.headers.iter().map(|(name, value)| (name.as_str().into(), heap.import(value))).collect();
    let mut response: IndexMap<Rc<str>, Value> = IndexMap::new();
    response.insert("header".into(), heap.overrides(headers));
    if let Some(status) = &earlier.status {
        response.insert("status".into(), heap.import(status));
    }
    let request = ["header", "querystring", "path"].map(|kind| (kind.into(), heap.overrides(IndexMap::new())));
    let request = heap.map(request.into_iter().collect());
    let response = heap.overrides(response);
    if let Value::Map(context) = context {
        // A plain map cannot refuse.
        let _ = heap.put(*context, "requestOverride".into(), request);
        let _ = heap.put(*context, "responseOverride".into(), response.clone());
    }
    match response {
        Value::Map(place) => place,
        _ => Place::MAX,
    }
}

/// What the template left in `$context.responseOverride`.
pub(super) fn read_overrides(heap: &Heap, place: Place) -> Result<Overrides, Fault> {
    let scalar = |value: &Value| {
        Ok::<_, Fault>(match value {
            Value::Int(number) => Json::Int(*number),
            other => Json::Text(heap.print(other)?),
        })
    };
    let status = match heap.member(place, "status") {
        Value::Null => None,
        status => Some(scalar(&status)?),
    };
    let mut headers = IndexMap::new();
    if let Value::Map(map) = heap.member(place, "header") {
        for (name, value) in heap.entries(map).into_iter().flatten() {
            headers.insert(name.to_string(), scalar(value)?);
        }
    }
    Ok(Overrides { status, headers, warnings: Vec::new() })
}
