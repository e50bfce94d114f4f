//! Reads request validators, and what they look at: an operation's required parameters and the schemas of its body.

use super::super::json::Json;
use super::super::validation::{In, Model, Validation};
use super::{At, Reader};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::BTreeMap;

/// What each validator looks at, by its name.
pub(super) type Validators<'a> = BTreeMap<&'a str, Validator>;

#[derive(Clone, Copy, Default)]
pub(super) struct Validator {
    parameters: bool,
    body: bool,
}

pub(super) fn all<'a>(cx: &mut Reader<'a>, root: &At<'a>) -> Validators<'a> {
    let all = cx.members_of(root, "x-amazon-apigateway-request-validators");
    all.into_iter().map(|(name, at)| (name, one(cx, &at))).collect()
}

fn one<'a>(cx: &mut Reader<'a>, at: &At<'a>) -> Validator {
    let mut validator = Validator::default();
    for (name, at) in cx.members(at) {
        let flag = match name {
            "validateRequestParameters" => &mut validator.parameters,
            "validateRequestBody" => &mut validator.body,
            _ => {
                cx.warn(&at, "a validator has no such part: `validateRequestParameters` and `validateRequestBody` are");
                continue;
            }
        };
        match at.value {
            Json::Bool(on) => *flag = *on,
            Json::Text(text) if text == "true" || text == "false" => *flag = text == "true",
            other => cx.error(&at, format!("{}, but `true` or `false` is needed", other.kind())),
        }
    }
    validator
}

/// What is looked at before an operation's integration gets a request: by its own validator, or by that of the document.
pub(super) fn of_operation<'a>(
    cx: &mut Reader<'a>,
    root: &At<'a>,
    path: &At<'a>,
    operation: &At<'a>,
    validators: &Validators<'a>,
) -> Option<Validation> {
    let name = "x-amazon-apigateway-request-validator";
    let at = operation.get(name).or_else(|| root.get(name))?;
    let name = cx.text(&at)?;
    let Some(validator) = validators.get(name) else {
        cx.error(&at, format!("there is no `{name}` in `x-amazon-apigateway-request-validators`"));
        return None;
    };
    let parameters = parameters(cx, path, operation);
    let models = if validator.body { models(cx, root, operation, &parameters) } else { Vec::new() };
    let required = parameters.iter().filter(|_| validator.parameters).filter_map(|((within, name), parameter)| {
        let within = match *within {
            "header" => In::Header,
            "path" => In::Path,
            "query" => In::Query,
            _ => return None,
        };
        (parameter.value.get("required") == Some(&Json::Bool(true))).then(|| (within, (*name).to_owned()))
    });
    let mut required: Vec<_> = required.collect();
    required.sort();
    Some(Validation { required, models })
}

/// The parameters of a path and of its operation, by where they are and their names; an operation's go before.
fn parameters<'a>(cx: &mut Reader<'a>, path: &At<'a>, operation: &At<'a>) -> IndexMap<(&'a str, &'a str), At<'a>> {
    let mut parameters = IndexMap::new();
    for owner in [path, operation] {
        let Some(all) = owner.get("parameters") else { continue };
        for at in cx.items(&all) {
            let at = cx.resolve(at);
            let (Some(within), Some(name)) = (at.get("in"), at.get("name")) else {
                cx.error(&at, "a parameter has `in` and `name`");
                continue;
            };
            if let (Some(within), Some(name)) = (cx.text(&within), cx.text(&name)) {
                parameters.insert((within, name), at);
            }
        }
    }
    parameters
}

/// The schemas of a body, by its media type.
fn models<'a>(
    cx: &mut Reader<'a>,
    root: &At<'a>,
    operation: &At<'a>,
    parameters: &IndexMap<(&'a str, &'a str), At<'a>>,
) -> Vec<Model> {
    let mut models = Vec::new();
    if let Some(body) = operation.get("requestBody") {
        let body = cx.resolve(body);
        for (media, content) in cx.members_of(&body, "content") {
            if let Some(schema) = content.get("schema") {
                models.extend(model(cx, media, &schema));
            }
        }
    }
    // OpenAPI 2.0 has the body among the parameters, and its media types beside them.
    if let Some((_, body)) = parameters.iter().find(|((within, _), _)| *within == "body")
        && let Some(schema) = body.get("schema")
    {
        let consumed = operation.get("consumes").or_else(|| root.get("consumes"));
        let media: Vec<_> = consumed.into_iter().flat_map(|consumed| cx.items(&consumed)).collect();
        let mut media: Vec<_> = media.iter().filter_map(|media| cx.text(media)).collect();
        if media.is_empty() {
            media.push("application/json");
        }
        models.extend(media.into_iter().filter_map(|media| model(cx, media, &schema)));
    }
    models
}

/// Compiles a schema, with those of the whole document beside it for its references.
fn model<'a>(cx: &mut Reader<'a>, media: &str, schema: &At<'a>) -> Option<Model> {
    let mut whole = serde_json::Map::new();
    let Value::Object(own) = plain(schema.value) else {
        cx.error(schema, format!("{}, but a schema is an object", schema.value.kind()));
        return None;
    };
    whole.insert("allOf".to_owned(), Value::Array(vec![Value::Object(own)]));
    for beside in ["components", "definitions"] {
        if let Some(schemas) = cx.root.get(beside) {
            whole.insert(beside.to_owned(), plain(schemas));
        }
    }
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft4);
    match options.build(&Value::Object(whole)) {
        Ok(schema) => Some(Model { media: media.to_owned(), schema }),
        Err(error) => {
            cx.warn(schema, format!("bodies are not looked at here, for this is no JSON Schema of draft 4: {error}"));
            None
        }
    }
}

/// The value as the validator takes it.
fn plain(value: &Json) -> Value {
    match value {
        Json::Null => Value::Null,
        Json::Bool(bool) => Value::Bool(*bool),
        Json::Int(number) => i64::try_from(*number)
            .map(Value::from)
            .or_else(|_| u64::try_from(*number).map(Value::from))
            .unwrap_or_else(|_| Value::from(approximate(*number))),
        Json::Float(number) => Value::from(*number),
        Json::Number(text) | Json::Text(text) => Value::from(text.as_str()),
        Json::List(list) => list.iter().map(plain).collect(),
        Json::Map(map) => Value::Object(map.iter().map(|(name, value)| (name.clone(), plain(value))).collect()),
    }
}

// A bound that 64 bits do not hold is one that no number of a request comes near.
#[allow(clippy::cast_precision_loss)]
fn approximate(number: i128) -> f64 {
    number as f64
}
