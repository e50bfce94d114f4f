//! `$input` and `$util`.

use super::super::smart;
use super::evaluate::Machine;
use super::halt::Run;
use super::heap::{Entries, key};
use super::java::Call;
use super::jsonpath::{self, Path};
use super::value::Value;
use super::{Fault, strings};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// `$input.body`: of an empty body, `{}`.
fn body<'a>(machine: &Machine<'a>) -> &'a str {
    if machine.scope.body.is_empty() { "{}" } else { machine.scope.body }
}

fn document(machine: &mut Machine<'_>) -> Run<Value> {
    if let Some(document) = &machine.document {
        return Ok(document.clone());
    }
    let document = parse(machine, body(machine), "the body")?;
    machine.document = Some(document.clone());
    Ok(document)
}

fn parse(machine: &mut Machine<'_>, text: &str, what: &str) -> Run<Value> {
    machine.spend(text.len() / 16)?;
    let json = smart::read(text).map_err(|error| Fault::new(format!("{what} is not JSON: {error}")))?;
    Ok(machine.heap.import(&json))
}

/// The methods of `$input`.
pub(super) fn input(machine: &mut Machine<'_>, call: &Call<'_>) -> Run<Option<Value>> {
    Ok(Some(match (call.name, call.arguments) {
        ("path" | "json", _) => {
            // The body is read first, and where it is no JSON the path does not matter.
            document(machine)?;
            let path = Path::compile(call.text(0)?).map_err(Fault::new)?;
            at(machine, call.name, &path)?
        }
        ("params", []) => match &machine.parameters {
            Some(known) => known.clone(),
            None => parameters(machine),
        },
        ("params", [name]) => parameter(machine, name.as_text().unwrap_or_default()),
        ("getBody", _) => Value::text(body(machine)),
        _ => return Ok(None),
    }))
}

/// `$input.path(…)` and `$input.json(…)`.
pub(super) fn at(machine: &mut Machine<'_>, name: &str, path: &Path) -> Run<Value> {
    let root = document(machine)?;
    if root.is_null() {
        return Err(Fault::new("a body that is null has no paths").into());
    }
    let found = jsonpath::select(machine, &root, path)?;
    if name == "path" {
        return Ok(found.unwrap_or(Value::Null));
    }
    // Nothing there is an empty string to API Gateway.
    let text = machine.json(&found.unwrap_or(Value::Absent))?;
    Ok(Value::text(text))
}

fn parameters(machine: &mut Machine<'_>) -> Value {
    let mut all = Entries::new();
    for (kind, parameters) in machine.scope.parameters {
        let map = parameters.iter().map(|(name, value)| (key(name), Value::text(value.as_str()))).collect();
        all.insert(key(kind), machine.heap.map(map));
    }
    let all = machine.heap.map(all);
    machine.parameters = Some(all.clone());
    all
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

/// Base64 as Java reads it, with or without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The methods of `$util`.
pub(super) fn util(machine: &mut Machine<'_>, call: &Call<'_>) -> Run<Option<Value>> {
    let text = match (call.name, call.arguments) {
        ("escapeJavaScript", [Value::Null]) => return Ok(Some(Value::Null)),
        _ => call.text(0)?,
    };
    machine.spend(text.len() / 4)?;
    Ok(Some(match call.name {
        "escapeJavaScript" => Value::text(strings::escape_java_script(text)),
        "parseJson" => parse(machine, text, "the argument of $util.parseJson")?,
        "urlEncode" | "urlDecode" if matches!(call.arguments, [Value::Absent]) => Value::Absent,
        "urlEncode" => Value::text(utf8_percent_encode(text, URL).to_string().replace(' ', "+")),
        "urlDecode" => {
            let spaced = text.replace('+', " ");
            if broken_escape(&spaced) {
                return call.throws("a `%` without two hexadecimal digits");
            }
            Value::text(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
        }
        "base64Encode" => Value::text(STANDARD.encode(text.as_bytes())),
        "base64Decode" => match LENIENT.decode(text.trim()) {
            Ok(bytes) => Value::text(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => return Err(Fault::new(format!("$util.base64Decode: {error}")).into()),
        },
        _ => return Ok(None),
    }))
}

/// Whether a `%` stands before something else than two digits, which Java refuses.
fn broken_escape(text: &str) -> bool {
    let digits = |rest: &[u8]| rest.len() >= 2 && rest[..2].iter().all(u8::is_ascii_hexdigit);
    text.bytes().enumerate().any(|(at, b)| b == b'%' && !digits(&text.as_bytes()[at + 1..]))
}
