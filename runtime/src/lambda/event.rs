//! The event: which operation is meant, and its input as one JSON text.

use super::{Request, members};
use crate::InvalidPayload;
use crate::input::{self, Given, Refused, parsed, read_text};
use lambda_runtime::Context;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// An event as Lambda delivers it, not yet read: taking it never fails.
///
/// The generated request template writes
/// `{"operation": "place_order", "input": {…}, "parameters": ["dry_run"], "body": "…"}`: the operation's name, the
/// parameters of path, query and headers, what parameters there are, and the request's body as text. The body can't set a
/// parameter. For an operation that takes a [`Request`](super::Request) there is `"request": {…}` too. A direct invocation
/// may send the same, or the bare input to a function of one operation.
#[derive(Debug, Clone)]
pub struct Event(Form);

#[derive(Debug, Clone)]
enum Form {
    /// As it came.
    Text(Box<RawValue>),
    /// A request of HTTP that a front has made into an event of its own form.
    Routed(Box<Routed>),
}

/// A request of HTTP on its way to an operation.
#[derive(Debug, Clone)]
pub(super) struct Routed {
    pub(super) operation: &'static str,
    pub(super) given: Given,
    pub(super) request: Request,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|text| Self(Form::Text(text)))
    }
}

impl From<Routed> for Event {
    fn from(routed: Routed) -> Self {
        Self(Form::Routed(Box::new(routed)))
    }
}

impl Event {
    /// Its text, as it came.
    pub(super) fn text(&self) -> &str {
        match &self.0 {
            Form::Text(text) => text.get(),
            Form::Routed(_) => "",
        }
    }

    /// The operation that the event names.
    pub(super) fn operation(&self) -> Option<Cow<'_, str>> {
        match &self.0 {
            Form::Text(_) => self.envelope().map(|envelope| envelope.operation),
            Form::Routed(routed) => Some(routed.operation.into()),
        }
    }

    /// What it says of the request, and the invocation of its trace.
    pub(super) fn request(&self, context: &Context) -> Request {
        match &self.0 {
            Form::Text(_) => {
                let written = self.envelope().and_then(|envelope| envelope.request);
                Request::of(written.map(RawValue::get), context)
            }
            Form::Routed(routed) => routed.request.clone().traced(context),
        }
    }

    fn envelope(&self) -> Option<Envelope<'_>> {
        serde_json::from_str(self.text()).ok()
    }

    /// Reads the operation's input.
    pub(super) fn input<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        if let Form::Routed(routed) = &self.0 {
            return input::read(&routed.given);
        }
        let Some(envelope) = self.envelope() else { return read_text(self.text()) };
        match (envelope.input, envelope.body) {
            (Some(input), None) => read_text(input.get()),
            // A type without fields may be written as nothing or as an empty object.
            (None, None) => read_text("null").or_else(|_| read_text("{}")),
            (None, Some(body)) => read_text(parsed(&body)?.get()),
            (Some(input), Some(body)) => {
                let body = parsed(&body)?.get();
                sets_none(body, &envelope.parameters)?;
                read_text(&joined(body, input.get())?)
            }
        }
    }
}

/// An event from JSON text, for tests of a function.
///
/// ```
/// let event: throwback::lambda::Event = r#"{"order_id": "42"}"#.parse()?;
/// # Ok::<_, serde_json::Error>(())
/// ```
impl std::str::FromStr for Event {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}

/// What the generated request template writes.
struct Envelope<'a> {
    operation: Cow<'a, str>,
    input: Option<&'a RawValue>,
    /// Every parameter of path, query and headers, whether the request has it or not.
    parameters: Vec<String>,
    body: Option<Cow<'a, str>>,
    request: Option<&'a RawValue>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Envelope<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EnvelopeVisitor)
    }
}

struct EnvelopeVisitor;

impl<'de> serde::de::Visitor<'de> for EnvelopeVisitor {
    type Value = Envelope<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an operation's name and its input")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut operation, mut input, mut parameters, mut body, mut request) = (None, None, Vec::new(), None, None);
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "operation" => operation = Some(map.next_value::<Cow<'de, str>>()?),
                "input" => input = Some(map.next_value::<&'de RawValue>()?),
                "parameters" => parameters = map.next_value()?,
                "body" => body = Some(map.next_value::<Cow<'de, str>>()?),
                "request" => request = Some(map.next_value::<&'de RawValue>()?),
                // Anything else is the bare input of a direct invocation.
                _ => return Err(serde::de::Error::custom("no envelope")),
            }
        }
        let operation = operation.ok_or_else(|| serde::de::Error::missing_field("operation"))?;
        Ok(Envelope { operation, input, parameters, body, request })
    }
}

/// Refuses a body with a member that the request's path, query or headers set: also one that they leave out, which the body
/// would set past whoever watches the query.
fn sets_none(body: &str, parameters: &[String]) -> Result<(), InvalidPayload> {
    let mut set = None;
    // What can't be read here is no object, and is refused as such or by the input's own type.
    let _ = members::any(body, |name| {
        let found = parameters.iter().find(|parameter| *parameter == name);
        set = set.or(found);
        found.is_some()
    });
    match set {
        Some(name) => Err(InvalidPayload::new(name, "is set by the path, the query or a header, not by the body")),
        None => Ok(()),
    }
}

/// One object of the body's members and the parameters. The parameters stand last and so win over members of the same
/// name where the type takes any; a struct refuses the second as a duplicate.
fn joined(body: &str, input: &str) -> Result<String, InvalidPayload> {
    let inside = |text: &str| Some(text.trim().strip_prefix('{')?.strip_suffix('}')?.trim().to_owned());
    let (Some(body), Some(input)) = (inside(body), inside(input)) else {
        return Err(InvalidPayload::new("", "the body is not a JSON object"));
    };
    let comma = if body.is_empty() || input.is_empty() { "" } else { "," };
    Ok(format!("{{{body}{comma}{input}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn input<T: DeserializeOwned>(event: &str) -> Result<T, String> {
        event.parse::<Event>().unwrap().input().map_err(|refused| match refused {
            Refused::Invalid(invalid) => invalid.to_string(),
            Refused::Unknown(why) => why,
        })
    }

    #[test]
    fn the_input_is_read_from_wherever_it_stands() {
        type Numbers = BTreeMap<String, u8>;
        let both = Numbers::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
        assert_eq!(input(r#"{"a":1,"b":2}"#), Ok(both.clone()));
        assert_eq!(input(r#"{"operation":"x","input":{"a":1,"b":2}}"#), Ok(both.clone()));
        assert_eq!(input(r#"{"operation":"x","body":"{\"a\":1,\"b\":2}"}"#), Ok(both.clone()));
        assert_eq!(input(r#"{"operation":"x","input":{"a":1},"body":" { \"b\":2, \"a\": 7 } "}"#), Ok(both));
        assert_eq!(input(r#"{"operation":"x","input":{},"body":"{}"}"#), Ok(Numbers::new()));
        assert_eq!(input(r#"{"operation":"x"}"#), Ok(()));
        assert_eq!(input(r#"{"operation":"x"}"#), Ok(Numbers::new()));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let bad = |event| input::<BTreeMap<String, u8>>(event).unwrap_err();
        assert_eq!(bad(r#"{"a":"x"}"#), "`a`: invalid type: string \"x\", expected u8");
        assert_eq!(
            bad(r#"{"operation":"x","body":"{"}"#),
            "the body is not valid JSON: EOF while parsing an object at line 1 column 1"
        );
        assert_eq!(bad(r#"{"operation":"x","input":{"a":1},"body":"[]"}"#), "the body is not a JSON object");
    }
}
