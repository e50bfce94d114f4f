//! What a generated client makes of a response. The client's own runtime decides who answered; the contract adds which
//! errors the operation declares, and whether their fields are there.

use serde::Serialize;
use serde_json::Value;
use throwback::client::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use throwback::client::{Failure, PlatformKind, Problem, Retry, decode, is_function_error, is_success, v1};
use throwback_codegen::contract::{Contract, ErrorDef, Field, Index, Operation, Shape, Tagging, Type, Variant};
use throwback_gateway::Response;

/// The errors of a client that knows none: what a function throws is undeclared until the contract has been asked.
#[derive(Debug)]
enum NoErrors {}

v1::error_sets! { NoErrors {} }

/// What the client catches.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Typed {
    /// Who answered: `success`, `api`, `undeclared`, `platform`, `gateway` or `unmodelled`.
    pub(super) who: &'static str,
    /// The pattern that catches it in Rust.
    pub(super) rust: String,
    /// The error's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
    /// `never`, `backoff` or `idempotent`.
    pub(super) retry: String,
    /// What keeps the fields from being decoded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<String>,
}

/// Decodes the response as a client of this contract does; the test vectors hold both to the same.
pub(super) fn typed(contract: &Contract, index: &Index<'_>, operation: &Operation, response: &Response) -> Typed {
    let told = |who, rust: &str, code: Option<&str>, retry: Retry, missing: Vec<String>| Typed {
        who,
        rust: rust.to_owned(),
        code: code.map(ToOwned::to_owned),
        retry: retry.word().to_owned(),
        missing,
    };
    let unmodelled =
        |code, retry, missing: Vec<String>| told("unmodelled", "Failure::Unmodelled(response)", code, retry, missing);
    let declared = |code: &str| index.error(code).filter(|_| index.declares(operation, code));
    let status = StatusCode::from_u16(response.status).unwrap_or_default();
    let headers = headers(response);
    if is_success(status, &headers) {
        if is_function_error(&response.body) {
            return unmodelled(
                None,
                Retry::Never,
                vec!["it is the error of a function that came as a success".to_owned()],
            );
        }
        let text = response.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&response.body);
        let mut missing = Vec::new();
        fits(index, &operation.output, &serde_json::from_slice(text).unwrap_or_default(), "", &mut missing);
        return told("success", "Ok(output)", None, Retry::Never, missing);
    }
    let failure: Failure<NoErrors> = decode(status, &headers, &response.body);
    let (code, retry) = (failure.code(), failure.retry());
    let rust = match &failure {
        Failure::Undeclared(error) => {
            let problem = error.problem();
            let Some(known) = declared(problem.code()) else {
                let elsewhere = contract.operations.iter().find(|other| index.declares(other, problem.code()));
                let hint = elsewhere.map(|other| format!(" // declared by `{}`", other.name)).unwrap_or_default();
                return told("undeclared", &format!("Failure::Undeclared(error){hint}"), code, retry, Vec::new());
            };
            let (mut missing, retry) = (Vec::new(), advice(problem, known));
            if problem.is_truncated() {
                missing.push("the function left the fields out".to_owned());
            } else {
                let found = error.members().iter();
                let found = found.filter_map(|(name, value)| Some((name.to_owned(), value.get().parse().ok()?)));
                members(index, &known.fields, &Value::Object(found.collect()), "", &mut missing);
            }
            if !missing.is_empty() {
                return unmodelled(code, retry, missing);
            }
            let rust = throwback_codegen::rust_pattern(contract, index, operation, problem.code()).unwrap_or_default();
            return told("api", &rust, code, retry, missing);
        }
        Failure::Unmodelled(response) => {
            let of_api = response.problem().and_then(|problem| Some((problem, declared(problem.code())?)));
            let retry = of_api.map_or(retry, |(problem, known)| advice(problem, known));
            return unmodelled(code, retry, Vec::from_iter(of_api.map(|_| response.reason().to_owned())));
        }
        Failure::Platform(error) => {
            let kind = match error.kind() {
                PlatformKind::InvalidPayload { .. } => "InvalidPayload { path, reason }".to_owned(),
                kind => format!("{kind:?}"),
            };
            format!("Failure::Platform(error) // PlatformKind::{kind}")
        }
        Failure::Gateway(error) => format!("Failure::Gateway(error) // GatewayKind::{:?}", error.kind()),
        // Nobody has been asked, so that nobody can have been silent.
        other => format!("Failure::{other:?}"),
    };
    told(failure.who(), &rust, code, retry, Vec::new())
}

/// The headers that a client's HTTP library hands on: those that HTTP allows (RFC 9110 section 5.5).
fn headers(response: &Response) -> HeaderMap {
    let pairs = response.headers.iter().filter_map(|(name, value)| {
        Some((HeaderName::try_from(name).ok()?, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    });
    let mut headers = HeaderMap::new();
    pairs.for_each(|(name, value)| _ = headers.append(name, value));
    headers
}

/// What a repeat means, where the contract says what the error declares.
fn advice(problem: &Problem, known: &ErrorDef) -> Retry {
    Retry::from_word(known.retry.word()).map_or_else(|| problem.retry(), |declared| problem.retry_or(declared))
}

/// Notes every member that is not there or has another form.
fn members(index: &Index<'_>, fields: &[Field], value: &Value, path: &str, missing: &mut Vec<String>) {
    for field in fields {
        let at = if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        if field.flatten {
            fits(index, &field.ty, value, path, missing);
            continue;
        }
        match value.get(&field.name) {
            None | Some(Value::Null) if field.optional => {}
            None => missing.push(format!("the member `{at}` is missing")),
            Some(member) => fits(index, &field.ty, member, &at, missing),
        }
    }
}

fn fits(index: &Index<'_>, ty: &Type, value: &Value, path: &str, missing: &mut Vec<String>) {
    let right = match ty {
        Type::Option(_) if value.is_null() => true,
        Type::Option(inner) => return fits(index, inner, value, path, missing),
        Type::Bool => value.is_boolean(),
        // serde_json holds no whole number of more than 64 bits.
        Type::Int { bits: 65.., .. } | Type::Float { .. } => value.is_number(),
        Type::Int { bits, signed } => holds(*bits, *signed, value),
        Type::Char => value.as_str().is_some_and(|text| text.chars().count() == 1),
        Type::String { .. } => value.is_string(),
        Type::Duration => value.is_object(),
        Type::Map { value: inner, .. } => match value.as_object() {
            Some(all) => {
                return all
                    .iter()
                    .for_each(|(name, value)| fits(index, inner, value, &format!("{path}.{name}"), missing));
            }
            None => false,
        },
        Type::Unit => value.is_null(),
        Type::Any => true,
        Type::Tuple(elements) => match value.as_array().filter(|array| array.len() == elements.len()) {
            Some(array) => {
                let each = elements.iter().zip(array).enumerate();
                return each.for_each(|(i, (ty, value))| fits(index, ty, value, &format!("{path}[{i}]"), missing));
            }
            None => false,
        },
        Type::List(inner) | Type::Set(inner) => match value.as_array() {
            Some(array) => {
                let each = array.iter().enumerate();
                return each.for_each(|(i, value)| fits(index, inner, value, &format!("{path}[{i}]"), missing));
            }
            None => false,
        },
        Type::Named(name) => match index.type_def(name) {
            Some(def) => return form(index, &def.shape, value, path, missing),
            None => true,
        },
    };
    if !right {
        missing.push(format!("the member `{path}` has another form than declared"));
    }
}

/// Whether a whole number is one of this width.
fn holds(bits: u8, signed: bool, value: &Value) -> bool {
    let (less, bits) = (u32::from(signed), u32::from(bits));
    let most = u64::MAX >> (64 - bits.clamp(1, 64) + less).min(63);
    match (value.as_u64(), value.as_i64()) {
        (Some(number), _) => number <= most,
        // The least one is one further from zero than the most.
        (None, Some(number)) => signed && !number <= i64::try_from(most).unwrap_or(i64::MAX),
        (None, None) => false,
    }
}

fn form(index: &Index<'_>, shape: &Shape, value: &Value, path: &str, missing: &mut Vec<String>) {
    match shape {
        Shape::Struct(fields) if value.is_object() => members(index, fields, value, path, missing),
        Shape::Newtype(inner) => fits(index, inner, value, path, missing),
        Shape::Tuple(elements) => fits(index, &Type::Tuple(elements.clone()), value, path, missing),
        Shape::Unit if value.is_null() => {}
        Shape::Enum { tagging, variants } => variant(index, tagging, variants, value, path, missing),
        Shape::Struct(_) | Shape::Unit => missing.push(format!("the member `{path}` has another form than declared")),
    }
}

/// A variant that the client knows has to fit; what it does not know it keeps.
fn variant(
    index: &Index<'_>,
    tagging: &Tagging,
    variants: &[Variant],
    value: &Value,
    path: &str,
    missing: &mut Vec<String>,
) {
    let named = |name: &str| variants.iter().find(|variant| variant.name == name);
    let mut wrong = || missing.push(format!("the member `{path}` has another form than declared"));
    let (name, content) = match (tagging, value) {
        (Tagging::Untagged, _) => {
            let fits = |variant: &Variant| {
                let mut missing = Vec::new();
                form(index, &variant.shape, value, path, &mut missing);
                missing.is_empty()
            };
            if !variants.iter().any(fits) {
                wrong();
            }
            return;
        }
        (Tagging::External, Value::String(name)) => (name.as_str(), Value::Null),
        (Tagging::External, Value::Object(only)) if only.len() == 1 => match only.iter().next() {
            Some((name, content)) => (name.as_str(), content.clone()),
            None => return wrong(),
        },
        (Tagging::Internal { tag } | Tagging::Adjacent { tag, .. }, Value::Object(members)) => {
            let Some(name) = members.get(tag).and_then(Value::as_str) else { return wrong() };
            let content = match tagging {
                Tagging::Adjacent { content, .. } => members.get(content).cloned().unwrap_or_default(),
                _ if named(name).is_some_and(|variant| variant.shape == Shape::Unit) => Value::Null,
                _ => members.iter().filter(|(name, _)| *name != tag).map(|(n, v)| (n.clone(), v.clone())).collect(),
            };
            (name, content)
        }
        _ => return wrong(),
    };
    if let Some(variant) = named(name) {
        form(index, &variant.shape, &content, path, missing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throwback_gateway::Trace;

    #[test]
    fn a_whole_number_is_one_of_its_width() {
        let of = |bits, signed| {
            let fit = |text: &&str| holds(bits, signed, &serde_json::from_str(text).expect("a value"));
            let all = [
                "-9223372036854775808",
                "-32769",
                "-129",
                "-128",
                "-1",
                "0",
                "127",
                "128",
                "255",
                "256",
                "300",
                "9223372036854775807",
                "18446744073709551615",
                "1.5",
                "1e3",
                "\"1\"",
            ];
            all.into_iter().filter(fit).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(8, false), "0 127 128 255");
        assert_eq!(of(8, true), "-128 -1 0 127");
        assert_eq!(of(16, true), "-129 -128 -1 0 127 128 255 256 300");
        assert_eq!(of(64, true), "-9223372036854775808 -32769 -129 -128 -1 0 127 128 255 256 300 9223372036854775807");
        assert_eq!(of(64, false), "0 127 128 255 256 300 9223372036854775807 18446744073709551615");
    }

    /// A text, or bytes in hexadecimal digits.
    fn body(answer: &Value) -> Vec<u8> {
        match answer["hex"].as_str() {
            Some(hex) => {
                let pairs = hex.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned());
                pairs.map(|pair| u8::from_str_radix(&pair, 16).expect("two digits")).collect()
            }
            None => answer["body"].as_str().unwrap_or_default().as_bytes().to_vec(),
        }
    }

    /// What is told is what the generated client does: it is held to the test vectors, as the client is.
    #[test]
    fn what_is_told_is_what_the_vectors_ask_of_every_client() {
        let generated = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/orders/generated");
        let read = |file: &str| std::fs::read_to_string(format!("{generated}/{file}")).expect("a generated file");
        let contract = Contract::read(&read("contract.json")).expect("the contract");
        let index = contract.index();
        let vectors: Value = serde_json::from_str(&read("vectors.json")).expect("the vectors");
        let (mut count, mut wrong) = (0, Vec::new());
        for case in vectors["cases"].as_array().expect("cases").iter().filter(|case| case["response"].is_object()) {
            let operation = contract.operations.iter().find(|one| case["operation"] == one.name).expect("an operation");
            let answer = &case["response"];
            let headers = answer["headers"].as_array().expect("headers").iter().map(|pair| {
                let text = |at: usize| pair[at].as_str().expect("a text").to_owned();
                (text(0), text(1))
            });
            let response = Response {
                status: answer["status"].as_u64().and_then(|status| u16::try_from(status).ok()).expect("a status"),
                headers: headers.collect(),
                body: body(answer),
                trace: Trace::default(),
            };
            let told = typed(&contract, &index, operation, &response);
            let caught = &case["caught"];
            let same = caught["who"] == told.who
                && caught["retry"] == told.retry.as_str()
                && caught.get("code").is_none_or(|code| *code == Value::from(told.code.clone()));
            count += 1;
            if !same {
                wrong.push(format!("{}: {caught} but {told:?}", case["name"]));
            }
        }
        assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(count > 300, "{count}");
    }
}
