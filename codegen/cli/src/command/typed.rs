//! What a generated client makes of a response: the same decisions, told instead of made.

use serde::Serialize;
use serde_json::Value;
use throwback_codegen::contract::{Contract, Field, Index, Operation, Retry, Shape, Tagging, Type, Variant};
use throwback_gateway::Response;

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

/// Decides as the client does, in its order; the test vectors hold both to the same.
pub(super) fn typed(contract: &Contract, index: &Index<'_>, operation: &Operation, response: &Response) -> Typed {
    let text = response.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&response.body);
    let body: Value = serde_json::from_slice(text).unwrap_or_default();
    let said = body.get("retryable").and_then(Value::as_str).and_then(Retry::from_word);
    let told = |who, rust: String, code: Option<&str>, retry: Retry| Typed {
        who,
        rust,
        code: code.map(ToOwned::to_owned),
        retry: retry.word().to_owned(),
        missing: Vec::new(),
    };
    let by_status = Retry::of_status(response.status);
    let unmodelled =
        |code: Option<&str>, retry| told("unmodelled", "Failure::Unmodelled(response)".to_owned(), code, retry);
    let code = match Origin::of(response, &body) {
        Origin::Function(code) => code,
        Origin::Gateway(kind) => {
            let retry = match response.status {
                // What is used up stays so until the period ends; behind any 5xx the function may have run.
                429 if kind.contains("QUOTA_EXCEEDED") || kind.contains("LimitExceeded") => Retry::Never,
                500.. => Retry::Idempotent,
                _ => by_status,
            };
            return told("gateway", format!("Failure::Gateway(error) // {kind}"), None, retry);
        }
        Origin::Success => {
            let mut missing = Vec::new();
            fits(index, &operation.output, &body, "", &mut missing);
            return Typed { missing, ..told("success", "Ok(output)".to_owned(), None, Retry::Never) };
        }
        // What nothing proves has no say on a repeat.
        Origin::Stranger(code) => return unmodelled(code, by_status),
    };
    if index.declares(operation, code)
        && let Some(error) = index.error(code)
    {
        let (mut missing, retry) = (Vec::new(), said.unwrap_or(error.retry));
        if body.get("truncated") == Some(&Value::Bool(true)) {
            missing.push("the function left the fields out".to_owned());
        } else {
            members(index, &error.fields, &body, "", &mut missing);
        }
        if !body.is_object() || !missing.is_empty() {
            return Typed { missing, ..unmodelled(Some(code), retry) };
        }
        let rust = throwback_codegen::rust_pattern(contract, index, operation, code).unwrap_or_default();
        return told("api", rust, Some(code), retry);
    }
    let (kind, retry) = match code {
        "InvalidPayload" => (Some("InvalidPayload { path, reason }"), Retry::Never),
        "InternalError" => (Some("Internal"), Retry::Idempotent),
        "FunctionTimeout" => (Some("Timeout"), Retry::Idempotent),
        _ => (None, by_status),
    };
    let retry = said.unwrap_or(retry);
    match kind {
        _ if !body.is_object() => unmodelled(Some(code), retry),
        Some(kind) => told("platform", format!("Failure::Platform(error) // PlatformKind::{kind}"), Some(code), retry),
        None => {
            let elsewhere = contract.operations.iter().find(|other| index.declares(other, code));
            let hint = elsewhere.map(|other| format!(" // declared by `{}`", other.name)).unwrap_or_default();
            told("undeclared", format!("Failure::Undeclared(error){hint}"), Some(code), retry)
        }
    }
}

/// Whom an answer comes from, by what proves it.
enum Origin<'a> {
    Success,
    Function(&'a str),
    /// With API Gateway's name of what it is.
    Gateway(String),
    Stranger(Option<&'a str>),
}

impl<'a> Origin<'a> {
    fn of(response: &'a Response, body: &'a Value) -> Self {
        let values = |name: &'static str| {
            let of = response.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
            of.map(|(_, value)| value.as_str())
        };
        let named = values("x-error-code").next();
        if (200..300).contains(&response.status) && named.is_none() {
            return Self::Success;
        }
        let named = named.map(|list| list.split(',').next().unwrap_or_default().trim());
        if let Some(code) = named.filter(|code| is_code(code)) {
            return Self::Function(code);
        }
        // The dot of a gateway response's own code stands in no code of a function's.
        let is_gateways = |code: &str| code.starts_with("gateway.");
        if let Some(code) = named.filter(|code| is_gateways(code)) {
            return Self::Gateway(code.to_owned());
        }
        let types = values("x-amzn-errortype").collect::<Vec<_>>().join(", ");
        let mut media = values("content-type").peekable();
        let marked = media.peek().is_some() && media.all(is_problem);
        match body.get("code").and_then(Value::as_str).filter(|code| is_code(code) || is_gateways(code)) {
            Some(code) if is_code(code) && (marked || names(&types, code)) => Self::Function(code),
            Some(code) if is_code(code) && types.is_empty() => Self::Stranger(Some(code)),
            Some(code) if !is_code(code) && (marked || !types.is_empty()) => Self::Gateway(code.to_owned()),
            _ if types.is_empty() => Self::Stranger(None),
            _ => Self::Gateway(types),
        }
    }
}

/// Whether a text can be a code.
fn is_code(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Whether every media type that a front may have joined is a problem's.
fn is_problem(value: &str) -> bool {
    value.split(',').all(|value| {
        value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/problem+json")
    })
}

/// Whether `x-amzn-errortype` names a code, cut at `:` and `#` as AWS's protocols ask.
fn names(types: &str, code: &str) -> bool {
    let mut values = types.split(',').map(|value| value.split(':').next().unwrap_or_default().trim());
    values.any(|value| value.split('#').any(|part| part.eq_ignore_ascii_case(code)))
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
        Type::Int { signed: false, .. } => value.is_u64(),
        Type::Int { .. } => value.is_i64() || value.is_u64(),
        Type::Float { .. } => value.is_number(),
        Type::Char | Type::String { .. } => value.is_string(),
        Type::Map { .. } | Type::Duration => value.is_object(),
        Type::Unit => value.is_null(),
        Type::Any => true,
        Type::Tuple(elements) => value.as_array().is_some_and(|array| array.len() == elements.len()),
        Type::List(inner) | Type::Set(inner) => match value.as_array() {
            Some(array) => {
                let each = array.iter().enumerate();
                return each.for_each(|(i, value)| fits(index, inner, value, &format!("{path}[{i}]"), missing));
            }
            None => false,
        },
        Type::Named(name) => match index.type_def(name).map(|def| &def.shape) {
            Some(Shape::Struct(fields)) if value.is_object() => return members(index, fields, value, path, missing),
            Some(Shape::Struct(_)) => false,
            Some(Shape::Newtype(inner)) => return fits(index, inner, value, path, missing),
            Some(Shape::Enum { tagging, variants }) => may_be(tagging, variants, value),
            // serde alone can say.
            _ => true,
        },
    };
    if !right {
        missing.push(format!("the member `{path}` has another form than declared"));
    }
}

/// Whether a value has the outer form of an enum's values; what a variant holds is not looked at.
fn may_be(tagging: &Tagging, variants: &[Variant], value: &Value) -> bool {
    let is_known = |name: &str| variants.iter().any(|variant| variant.name == name);
    match (tagging, value) {
        (Tagging::Untagged, _) => true,
        (Tagging::External, Value::String(name)) => is_known(name),
        (Tagging::External, Value::Object(only)) => only.len() == 1 && only.keys().all(|name| is_known(name)),
        (Tagging::Internal { tag } | Tagging::Adjacent { tag, .. }, Value::Object(members)) => {
            members.get(tag).and_then(Value::as_str).is_some_and(is_known)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throwback_gateway::Trace;

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
                body: answer["body"].as_str().unwrap_or_default().as_bytes().to_vec(),
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
