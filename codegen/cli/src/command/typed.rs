//! What a generated client makes of a response: the same decisions, told instead of made.

use serde::Serialize;
use serde_json::Value;
use throwback_codegen::contract::{Contract, Field, Index, Operation, Retry, Shape, Type};
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

/// Decides as the client does, in its order.
pub(super) fn typed(contract: &Contract, index: &Index<'_>, operation: &Operation, response: &Response) -> Typed {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let said = body.get("retryable").and_then(Value::as_str);
    let by_status = Retry::of_status(response.status).word();
    let plain = |who, rust: String, code| Typed {
        who,
        rust,
        code,
        retry: said.unwrap_or(by_status).to_owned(),
        missing: Vec::new(),
    };
    let code = match Origin::of(response, &body) {
        Origin::Function(code) => code.to_owned(),
        Origin::Gateway(kind) => return plain("gateway", format!("Failure::Gateway(error) // {kind}"), None),
        Origin::Success => {
            let mut missing = Vec::new();
            fits(index, &operation.output, &body, "", &mut missing);
            return Typed { retry: "never".to_owned(), missing, ..plain("success", "Ok(output)".to_owned(), None) };
        }
        Origin::Stranger(code) => {
            let rust = "Failure::Unmodelled(response)".to_owned();
            let retry = by_status.to_owned();
            return Typed { retry, ..plain("unmodelled", rust, code.map(ToOwned::to_owned)) };
        }
    };
    if index.declares(operation, &code)
        && let Some(error) = index.error(&code)
    {
        let set = operation.error_set();
        let mut missing = Vec::new();
        members(index, &error.fields, &body, "", &mut missing);
        let retry = said.unwrap_or(error.retry.word()).to_owned();
        return Typed { retry, missing, ..plain("api", format!("Failure::Api({set}::{code}(error))"), Some(code)) };
    }
    let kind = match code.as_str() {
        "InvalidPayload" => "InvalidPayload { path, reason }",
        "InternalError" => "Internal",
        "FunctionTimeout" => "Timeout",
        _ => {
            let elsewhere = contract.operations.iter().find(|other| index.declares(other, &code));
            let hint = elsewhere.map(|other| format!(" // declared by `{}`", other.name)).unwrap_or_default();
            return plain("undeclared", format!("Failure::Undeclared(error){hint}"), Some(code));
        }
    };
    plain("platform", format!("Failure::Platform(error) // PlatformKind::{kind}"), Some(code))
}

/// Whom an answer comes from, by what proves it.
enum Origin<'a> {
    Success,
    Function(&'a str),
    /// With API Gateway's name of what it is.
    Gateway(&'a str),
    Stranger(Option<&'a str>),
}

impl<'a> Origin<'a> {
    fn of(response: &'a Response, body: &'a Value) -> Self {
        // The dot of a gateway response's own code stands in no code of a function's.
        let proved = |code: &'a str| if code.contains('.') { Self::Gateway(code) } else { Self::Function(code) };
        if let Some(code) = response.header("x-error-code") {
            return proved(code);
        }
        if (200..300).contains(&response.status) {
            return Self::Success;
        }
        let media = response.header("content-type").and_then(|value| value.split(';').next()).unwrap_or_default();
        let marked = media.trim().eq_ignore_ascii_case("application/problem+json");
        let kind = response.header("x-amzn-errortype");
        let named = |code: &str| kind.is_some_and(|kind| kind.eq_ignore_ascii_case(code));
        match (body.get("code").and_then(Value::as_str), kind) {
            (Some(code), _) if marked || named(code) => proved(code),
            (Some(code), Some(_)) if code.contains('.') => Self::Gateway(code),
            (_, Some(kind)) => Self::Gateway(kind),
            (code, None) => Self::Stranger(code.filter(|code| !code.contains('.'))),
        }
    }
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
            // Which variant it is only serde can say.
            _ => true,
        },
    };
    if !right {
        missing.push(format!("the member `{path}` has another form than declared"));
    }
}
