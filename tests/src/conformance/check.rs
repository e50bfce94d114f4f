//! What must hold of every case: of the real parts' answer by itself, and of ours beside it.

use super::answer::{Answer, Outcome, Selected};
use super::cases::{Case, Request, What};
use super::contracts::World;
use super::expected::{Expected, Header};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io;
use throwback_codegen::contract::{Field, Operation, Shape, Type};

/// What does not hold.
#[derive(Debug)]
pub(super) struct Mismatch {
    pub(super) what: &'static str,
    pub(super) expected: String,
    pub(super) found: String,
}

fn same<T: PartialEq + Debug + ?Sized>(what: &'static str, expected: &T, found: &T) -> Result<(), Mismatch> {
    if expected == found {
        return Ok(());
    }
    Err(Mismatch { what, expected: format!("{expected:?}"), found: format!("{found:?}") })
}

fn holds(
    what: &'static str,
    holds: bool,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> Result<(), Mismatch> {
    if holds { Ok(()) } else { Err(Mismatch { what, expected: expected.into(), found: found.into() }) }
}

/// Checks one case; `real` is what the real parts say, `own` what our evaluator says.
pub(super) fn check(
    world: &World,
    case: &Case,
    request_id: &str,
    real: &Answer,
    own: &Answer,
) -> io::Result<Result<(), Mismatch>> {
    let held = match (real, &case.what) {
        (Answer::Event(event), What::Request(request)) => {
            self::request(world, world.operation(&case.operation)?, request, event)
        }
        (Answer::Response(selected, outcome), _) => {
            response(&Expected::new(world, case, request_id)?, selected, outcome)
        }
        (Answer::Event(_), _) => return Err(io::Error::other("an event in answer to a payload")),
    };
    let equal = || holds("our evaluator's answer", real.agrees(own), real.to_string(), own.to_string());
    Ok(held.and_then(|()| equal()))
}

fn response(expected: &Expected<'_>, selected: &Selected, outcome: &Outcome) -> Result<(), Mismatch> {
    if let Outcome::Failed(why) = outcome {
        holds("the response", expected.may_fail, "one", format!("it fails: {why}"))?;
    }
    same("the patterns under `matches` and `lookingAt`", &selected.matches, &selected.looking_at)?;
    same("the patterns under `matches` and `find`", &selected.matches, &selected.find)?;
    same("the number of patterns that take the message", &usize::from(!expected.success), &selected.matches.len())?;
    let Outcome::Made { status, headers, body } = outcome else { return Ok(()) };
    same("the status", &u32::from(expected.status), status)?;
    // As text where it is one, so that the report can be read.
    same("the body", &expected.body, &String::from_utf8_lossy(body).into_owned())?;
    same("the body's bytes", expected.body.as_bytes(), body)?;
    self::headers(expected, headers)
}

fn headers(expected: &Expected<'_>, found: &[(String, String)]) -> Result<(), Mismatch> {
    for (name, value) in &expected.headers {
        let found = found.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        let fits = match (value, found) {
            (Header::Any, _) => true,
            (Header::Text(text), Some(found)) => text == found,
            (Header::Number(number), Some(found)) => found.parse() == Ok(*number),
            (_, None) => false,
        };
        holds("a header", fits, format!("{name}: {value:?}"), format!("{found:?}"))?;
    }
    let exposed = found.iter().find(|(name, _)| name == "access-control-expose-headers");
    let cors = expected.headers.iter().any(|(name, _)| name == "access-control-allow-origin");
    same("whether headers are exposed to browsers", &cors, &exposed.is_some())?;
    for (name, value) in found {
        if name == "access-control-expose-headers" {
            continue;
        }
        let delay = name == "retry-after" && expected.foreign;
        let known = delay || expected.may_fail || expected.headers.iter().any(|(known, _)| known == name);
        holds("the headers", known, format!("no `{name}`"), value)?;
        let visible = exposed.is_none_or(|(_, list)| list.split(',').any(|exposed| exposed.eq_ignore_ascii_case(name)));
        let simple = name == "content-type" || name == "access-control-allow-origin";
        holds("the headers that browsers see", visible || simple, name, format!("{exposed:?}"))?;
    }
    Ok(())
}

/// The event, with every value as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event<'a> {
    operation: String,
    #[serde(borrow, default)]
    input: BTreeMap<String, &'a RawValue>,
    #[serde(default)]
    parameters: Vec<String>,
    body: Option<String>,
    request: Option<Beside>,
}

/// What came beside the input.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    id: String,
    stage: String,
    headers: BTreeMap<String, String>,
    caller: Asking,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asking {
    identity: BTreeMap<String, String>,
    claims: BTreeMap<String, String>,
    authorizer: BTreeMap<String, String>,
}

impl Beside {
    fn of(sent: &Request, id: &str) -> Self {
        let map = |pairs: &[(String, String)]| pairs.iter().cloned().collect();
        let text = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Self {
            id: id.to_owned(),
            stage: "local".to_owned(),
            headers: map(&sent.headers),
            caller: Asking {
                identity: text(&[("sourceIp", "127.0.0.1"), ("userAgent", "")]),
                claims: map(&sent.claims),
                authorizer: text(if sent.claims.is_empty() { &[] } else { &[("principalId", "p")] }),
            },
        }
    }
}

fn request(
    world: &World,
    operation: &Operation,
    sent: &Request,
    event: &Result<String, String>,
) -> Result<(), Mismatch> {
    let event = match event {
        Ok(event) => event,
        Err(why) => return holds("the event", false, "one", format!("it fails: {why}")),
    };
    let read: Event<'_> = match serde_json::from_str(event) {
        Ok(read) => read,
        Err(error) => return holds("the event", false, "JSON", format!("{error}: {event}")),
    };
    same("the operation's name", &operation.name, &read.operation)?;
    let body = if sent.body.is_empty() { "{}" } else { &sent.body };
    same("the body", &operation.input.body.then(|| body.to_owned()), &read.body)?;
    let beside = operation.request.then(|| Beside::of(sent, "request"));
    same("what came beside", &beside, &read.request)?;
    let declared = operation.input.parameters().map(|field| field.name.clone());
    let declared: Vec<_> = declared.filter(|_| operation.input.body).collect();
    same("the parameters' names", &declared, &read.parameters)?;
    let known =
        |fields: &'_ [Field], name: &str| fields.iter().find(|field| field.name == name).map(|field| field.ty.clone());
    let path = sent.path.iter().filter_map(|(name, value)| Some((name, value, known(&operation.input.path, name)?)));
    let query = sent.query.iter().filter_map(|(name, value)| Some((name, value, known(&operation.input.query, name)?)));
    let headers = operation.input.headers.iter().filter_map(|parameter| {
        let (_, value) = sent.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(&parameter.header))?;
        Some((&parameter.field.name, value, parameter.field.ty.clone()))
    });
    let mut expected = BTreeMap::new();
    for (name, value, ty) in path.chain(query).chain(headers) {
        expected.insert(name.clone(), written(world, &ty, value));
    }
    let read: BTreeMap<_, _> = read.input.iter().map(|(name, raw)| (name.clone(), found(raw))).collect();
    same("the parameters", &expected, &read)
}

/// A value of the event; however a text is escaped, it is the same text.
fn found(raw: &RawValue) -> Result<String, String> {
    match serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
        Ok(elements) => Err(format!("{:?}", elements.into_iter().map(found).collect::<Vec<_>>())),
        Err(_) => serde_json::from_str::<String>(raw.get()).map_err(|_| raw.get().to_owned()),
    }
}

/// A parameter as it stands in the event: a text, or the bare characters of a number or a truth value.
fn written(world: &World, ty: &Type, value: &str) -> Result<String, String> {
    if let Some(element) = ty.element() {
        let texts = value.split(',').filter(|_| !value.is_empty());
        return Err(format!("{:?}", texts.map(|text| written(world, element, text)).collect::<Vec<_>>()));
    }
    let bare = match ty {
        Type::Option(inner) => return written(world, inner, value),
        Type::Named(name) => {
            let shape = world.contract.types.iter().find(|def| def.name == *name).map(|def| &def.shape);
            match shape {
                Some(Shape::Newtype(inner)) => return written(world, inner, value),
                _ => false,
            }
        }
        Type::Bool => value == "true" || value == "false",
        Type::Int { .. } => whole(value, 39).is_some_and(str::is_empty),
        Type::Float { .. } => whole(value, 309).and_then(fraction).and_then(exponent).is_some_and(str::is_empty),
        _ => false,
    };
    if bare { Err(value.to_owned()) } else { Ok(value.to_owned()) }
}

/// What stands behind a whole number of so many digits at most, in JSON's way of writing one.
fn whole(text: &str, most: usize) -> Option<&str> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (digits, rest) = digits(text, most)?;
    (digits == "0" || !digits.starts_with('0')).then_some(rest)
}

fn fraction(text: &str) -> Option<&str> {
    match text.strip_prefix('.') {
        Some(rest) => digits(rest, 400).map(|(_, rest)| rest),
        None => Some(text),
    }
}

fn exponent(text: &str) -> Option<&str> {
    match text.strip_prefix(['e', 'E']) {
        Some(rest) => digits(rest.strip_prefix(['+', '-']).unwrap_or(rest), 3).map(|(_, rest)| rest),
        None => Some(text),
    }
}

fn digits(text: &str, most: usize) -> Option<(&str, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&count).then(|| text.split_at(count))
}
