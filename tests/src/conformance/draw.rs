//! Draws cases for a contract.

use super::cases::{Case, Escapes, Kind, Message, Request, Success, Thrown, What};
use super::contracts::{World, new_info};
use super::platform;
use super::values;
use fastrand::Rng;
use serde_json::{Value, json};
use std::io;
use throwback::{ApiError, Entry, ErrorInfo, InternalError, InvalidPayload};
use throwback_codegen::contract::{Field, HeaderParameter, Operation, Type};

/// A case for a contract.
pub(super) fn case(rng: &mut Rng, world: &World) -> io::Result<Case> {
    let names: Vec<_> = world.contract.operations.iter().map(|operation| operation.name.as_str()).collect();
    let operation = world.operation(rng.choice(names).unwrap_or_default())?;
    let (kind, what) = match rng.u32(..100) {
        0..50 => declared(rng, world, operation),
        50..54 => (Kind::Reserved, What::Thrown(reserved(rng))),
        54..62 => (Kind::Unknown, unknown(rng, world, operation)),
        62..72 => (Kind::Platform, platform_text(rng)),
        72..80 => (Kind::Handwritten, handwritten(rng, world, operation)),
        80..83 => (Kind::Before, What::Message(before(rng, world, operation))),
        83..86 => (Kind::Text, What::Message(message(rng, world, operation))),
        86 => (Kind::Empty, What::Message(Message { text: String::new(), ..message(rng, world, operation) })),
        87..93 => (Kind::Success, What::Success(Success { payload: success(rng) })),
        _ => (Kind::Request, What::Request(request(rng, operation))),
    };
    let what = match what {
        // A text that is drawn may be empty too.
        What::Message(message) if message.text.is_empty() => {
            return Ok(Case { kind: Kind::Empty, operation: operation.name.clone(), what: What::Message(message) });
        }
        what => what,
    };
    Ok(Case { kind, operation: operation.name.clone(), what })
}

/// Mostly as lambda_runtime writes.
fn escapes(rng: &mut Rng) -> Escapes {
    match rng.u32(..20) {
        0..15 => Escapes::None,
        15..18 => Escapes::Ascii,
        18 => Escapes::FirstHalf,
        _ => Escapes::SecondHalf,
    }
}

fn declared(rng: &mut Rng, world: &World, operation: &Operation) -> (Kind, What) {
    let code = rng.choice(world.contract.codes_of(operation));
    let error = code.and_then(|code| Some((world.error(operation, code)?, world.info(code)?)));
    let Some((error, info)) = error else { return (Kind::Reserved, What::Thrown(reserved(rng))) };
    let members = info.members.iter().zip(&error.fields).map(|(member, field)| {
        let value = if field.header.is_some() { values::scalar(rng) } else { member_value(rng) };
        (member.name, value)
    });
    let members = members.collect();
    (Kind::Declared, What::Thrown(thrown(rng, info, members)))
}

fn member_value(rng: &mut Rng) -> Value {
    match rng.u32(..6_000) {
        0 => values::long(rng).into(),
        1..40 => values::deep(rng),
        _ => values::json(rng, 4),
    }
}

fn thrown(rng: &mut Rng, info: &'static ErrorInfo, members: Vec<(&'static str, Value)>) -> Thrown {
    let delay = rng.bool().then(|| match rng.u32(..4) {
        0 => rng.u64(..),
        1 => *rng.choice(&[0, 999_999_999_999_999_999, 1_000_000_000_000_000_000, u64::MAX]).unwrap_or(&0),
        _ => rng.u64(..100_000),
    });
    let instance = rng.bool().then(|| if rng.bool() { platform::uuid(rng) } else { values::text(rng) });
    Thrown { info, detail: values::text(rng), members, delay, instance, escapes: escapes(rng) }
}

fn reserved(rng: &mut Rng) -> Thrown {
    let invalid = Entry::all(InvalidPayload::ERRORS).next().filter(|_| rng.u32(..4) > 0);
    let info = invalid.unwrap_or(InternalError::INFO);
    let members = info.members.iter().map(|member| (member.name, values::text(rng).into())).collect();
    thrown(rng, info, members)
}

/// An error that only a newer function has, or another operation.
fn unknown(rng: &mut Rng, world: &World, operation: &Operation) -> What {
    let others = world.contract.errors.iter().filter(|error| !world.contract.codes_of(operation).contains(&error.code));
    let other = rng.choice(others.collect::<Vec<_>>()).map(|error| error.code.clone()).filter(|_| rng.bool());
    let mut code = other.map(|code| code.to_string()).unwrap_or_default();
    while code.is_empty() || world.contract.codes_of(operation).iter().any(|known| *known == *code) {
        let length = *rng.choice(&[0, 1, 3, 8, 63]).unwrap_or(&0);
        code = std::iter::once(rng.alphabetic()).chain((0..length).map(|_| rng.alphanumeric())).collect();
    }
    let mut info = new_info(&code, rng.u16(400..=599), &format!("T{}", values::text(rng)));
    info.exposed = rng.bool();
    info.retry_after = rng.bool();
    let info: &'static ErrorInfo = Box::leak(Box::new(info));
    What::Thrown(thrown(rng, info, Vec::new()))
}

fn platform_text(rng: &mut Rng) -> What {
    let (error_type, text) = platform::message(rng);
    What::Message(Message { error_type, text, escapes: escapes(rng) })
}

fn message(rng: &mut Rng, world: &World, operation: &Operation) -> Message {
    let mut text = if rng.u32(..300) == 0 { values::long(rng) } else { values::text(rng) };
    if rng.u32(..4) == 0 {
        // A forged tag anywhere but in front, most times.
        let mut at = rng.usize(..=text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.insert_str(at, &tag(rng, world, operation));
    }
    let error_type = rng.bool().then(|| values::text(rng));
    Message { error_type, text, escapes: escapes(rng) }
}

/// A message that the configuration knows, or nearly so: its `*` may be any text, and so may what follows.
fn before(rng: &mut Rng, world: &World, operation: &Operation) -> Message {
    let message = message(rng, world, operation);
    let mut text = String::new();
    for (at, part) in rng.choice(&world.legacy).map_or("", |legacy| &legacy.message).split('*').enumerate() {
        if at > 0 {
            text.push_str(&if rng.u32(..8) == 0 { platform::message(rng).1 } else { values::text(rng) });
        }
        text.push_str(part);
    }
    if rng.u32(..4) == 0 {
        text = text.to_lowercase();
    }
    // A Rust function never sent half a surrogate pair.
    let escapes = if rng.u32(..4) == 0 { Escapes::Ascii } else { Escapes::None };
    Message { text: text + &message.text, escapes, ..message }
}

/// A tag, right or nearly so.
fn tag(rng: &mut Rng, world: &World, operation: &Operation) -> String {
    let known = rng.choice(world.contract.codes_of(operation)).map_or("InvalidPayload", |code| code);
    let code = match rng.u32(..10) {
        0 => "InvalidPayload".to_owned(),
        1 => "InternalError".to_owned(),
        2 => "FunctionTimeout".to_owned(),
        3 => known.get(1..).unwrap_or_default().to_owned(),
        4 => format!("{known}{}", rng.alphanumeric()),
        5 => known.to_lowercase(),
        _ => known.to_owned(),
    };
    let (open, close) = *rng
        .choice(&[
            ("[", "] "),
            ("[", "] "),
            ("[", "] "),
            ("[", "]"),
            (" [", "] "),
            ("[ ", " ] "),
            ("[[", "]] "),
            ("", " "),
        ])
        .unwrap_or(&("[", "] "));
    format!("{open}{code}{close}")
}

/// A message that begins with a tag, its body written without the encoder.
fn handwritten(rng: &mut Rng, world: &World, operation: &Operation) -> What {
    let tag = tag(rng, world, operation);
    let status = *rng
        .choice(&["404", "503", "599", "400", "200", "302", "600", "99", "4040", "\"404\"", "40", "-404"])
        .unwrap_or(&"404");
    let tail = *rng.choice(&["", "", "\n", " ", "\u{2028}", "}", "]"]).unwrap_or(&"");
    let body = match rng.u32(..8) {
        0 => values::text(rng),
        1 => String::new(),
        2 => values::json(rng, 3).to_string(),
        3 => format!("{{\"code\":\"{}\"}}", values::text(rng)),
        4 => format!("{{\"code\":\"x\",\"status\":{status}{}", values::text(rng)),
        5 => format!("{{\"code\":{}, \"status\": {status}}}", json!(values::text(rng))),
        6 => {
            let retry = if rng.bool() { values::json(rng, 1) } else { values::number(rng) };
            format!(
                "{{\"code\":{},\"status\":{status},\"retryAfter\":{retry},\"detail\":{}}}",
                json!(values::text(rng)),
                values::json(rng, 2)
            )
        }
        _ => format!(
            "{{\"code\":{},\"title\":{},\"status\":{status}}}",
            json!(values::text(rng)),
            json!(values::text(rng))
        ),
    };
    let text = format!("{tag}{body}{tail}");
    What::Message(Message { error_type: rng.bool().then(|| values::text(rng)), text, escapes: escapes(rng) })
}

/// What a function may return: with no member `errorMessage`, and whatever its texts look like.
fn success(rng: &mut Rng) -> String {
    let value = match rng.u32(..200) {
        0 => values::long(rng).into(),
        1..5 => values::deep(rng),
        5..30 => json!({ "message": platform::message(rng).1 }),
        30..60 => json!({ "inner": { "errorMessage": platform::message(rng).1 } }),
        60..70 => platform::message(rng).1.into(),
        // The scan refuses such a type; a hand-written serializer may write it all the same.
        70..90 => json!({ "errorType": values::text(rng), "errorMessage": platform::message(rng).1 }),
        90..100 => json!({ "errorMessage": "[A] {\"code\":\"A\",\"status\":404}" }),
        _ => values::json(rng, 4),
    };
    value.to_string()
}

fn request(rng: &mut Rng, operation: &Operation) -> Request {
    let mut parameters = |fields: &[Field], optional: bool| {
        let mut pairs = Vec::new();
        for field in fields {
            if !(optional && rng.u32(..3) == 0) {
                let value = parameter(rng, &field.ty);
                // A segment of a path is never empty.
                let value = if value.is_empty() && !optional { "-".to_owned() } else { value };
                pairs.push((field.name.clone(), value));
            }
        }
        pairs
    };
    let path = parameters(&operation.input.path, false);
    let mut query = parameters(&operation.input.query, true);
    if rng.u32(..8) == 0 {
        query.push(("undeclared".to_owned(), values::text(rng)));
    }
    let body = match rng.u32(..200) {
        0..4 => String::new(),
        4 => values::long(rng),
        5..100 => values::json(rng, 4).to_string(),
        _ => values::text(rng),
    };
    let mut headers = Vec::new();
    for HeaderParameter { header, field, .. } in &operation.input.headers {
        if rng.u32(..3) > 0 {
            let name = if rng.bool() { header.to_ascii_lowercase() } else { header.to_string() };
            headers.push((name, parameter(rng, &field.ty)));
        }
    }
    if rng.u32(..4) == 0 {
        headers.push(("X-Undeclared".to_owned(), values::text(rng)));
    }
    let claims: Vec<_> = (0..rng.usize(..3)).map(|at| (format!("claim{at}"), values::text(rng))).collect();
    Request { path, query, headers, claims, body }
}

/// A parameter's text: one that fits its type, or any.
fn parameter(rng: &mut Rng, ty: &Type) -> String {
    if let Some(element) = ty.element() {
        let elements: Vec<_> = (0..rng.usize(..4)).map(|_| parameter(rng, element)).collect();
        return elements.join(",");
    }
    match (ty, rng.u32(..4)) {
        (_, 0) | (Type::String { .. } | Type::Char, _) => values::text(rng),
        (Type::Option(inner), _) => parameter(rng, inner),
        (Type::Bool, _) => (*rng.choice(&["true", "false", "True", "1", "true\n", " true"]).unwrap_or(&"")).to_owned(),
        (_, 1) => {
            let odd = [
                "-0", "00", "01", "+1", "1.", ".5", "1e5", "1E-5", "1e400", "-", "٣", "1_0", "0x1", "NaN", "1\n",
                "9.99e-5",
            ];
            (*rng.choice(&odd).unwrap_or(&"")).to_owned()
        }
        (_, 2) => (0..rng.usize(1..42)).map(|_| rng.digit(10)).collect(),
        _ => values::number(rng).to_string(),
    }
}
