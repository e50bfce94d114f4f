//! Functions as Lambda drives them: input, dispatch, errors, panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::unused_async, clippy::missing_panics_doc, missing_docs)]
#![allow(clippy::assigning_clones)]

use lambda_runtime::{Context, Diagnostic, LambdaEvent, Service};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use throwback::lambda::{Event, Handler, service, service_with};
use throwback::{ApiError, Operations, Payload, operation, operations};

#[derive(Debug, thiserror::Error, ApiError)]
pub enum TeaError {
    /// There is no such tea.
    #[error("no {name}")]
    #[api_error(status = 404)]
    NoTea { name: String },
    /// Nobody hears of this.
    #[error("kettle at {at}")]
    #[api_error(status = 500)]
    Kettle { at: String, source: Cause },
    /// Nobody hears of this either.
    #[error("the {0}")]
    #[api_error(internal)]
    Secret(String),
}

#[derive(Debug, thiserror::Error)]
#[error("the fuse blew")]
pub struct Cause(#[source] std::io::Error);

#[derive(Debug, Deserialize)]
pub struct Brew {
    name: String,
    minutes: Option<u8>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Cup(String);

/// What serde refuses to write.
pub struct Unwritable;

impl Serialize for Unwritable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no words for it"))
    }
}

#[operation(POST, "/brews/{name}")]
pub async fn brew(event: LambdaEvent<Payload<Brew>>) -> Result<Cup, TeaError> {
    let Payload(input) = event.payload;
    match input.name.as_str() {
        "none" => Err(TeaError::NoTea { name: input.name }),
        "cold" => {
            let source = Cause(std::io::Error::other("no power"));
            Err(TeaError::Kettle { at: "shelf 9".to_owned(), source })
        }
        "secret" => Err(TeaError::Secret("recipe".to_owned())),
        "panic" => panic!("the pot fell"),
        name => Ok(Cup(format!("{name} {:?}", input.minutes))),
    }
}

#[operation(GET, "/empty")]
pub async fn empty(_: LambdaEvent<Payload<()>>) -> Result<Unwritable, TeaError> {
    Ok(Unwritable)
}

#[operation(GET, "/pause")]
pub async fn pause(_: LambdaEvent<Payload<()>>) -> Result<Cup, TeaError> {
    // A panic after the first poll is caught as well.
    tokio::task::yield_now().await;
    panic!("late")
}

/// Gives back what the caller names.
async fn labels(
    event: LambdaEvent<Payload<BTreeMap<String, String>>>,
) -> Result<BTreeMap<String, String>, std::convert::Infallible> {
    let Payload(labels) = event.payload;
    Ok(labels)
}

/// Calls a handler with one event.
async fn call<M>(handler: impl Handler<M>, event: &str) -> Result<Value, Diagnostic> {
    let mut context = Context::default();
    context.request_id = "8f2e".to_owned();
    let event = LambdaEvent::new(event.parse::<Event>().unwrap(), context);
    match service(handler).call(event).await {
        Ok(output) => Ok(serde_json::from_str(output.get()).unwrap()),
        Err(thrown) => Err(thrown.into()),
    }
}

/// The same for a function with a state.
async fn call_with<M, S: 'static>(state: S, handler: impl Handler<M, S>, event: &str) -> Result<Value, Diagnostic> {
    let event = LambdaEvent::new(event.parse::<Event>().unwrap(), Context::default());
    match service_with(state, handler).call(event).await {
        Ok(output) => Ok(serde_json::from_str(output.get()).unwrap()),
        Err(thrown) => Err(thrown.into()),
    }
}

/// What a function makes once.
struct Shelf {
    teas: Vec<String>,
}

#[operation(GET, "/teas/{at}")]
async fn tea(shelf: &Shelf, event: LambdaEvent<Payload<At>>) -> Result<String, TeaError> {
    // It may be held over a wait.
    tokio::task::yield_now().await;
    let at = event.payload.0.at;
    shelf.teas.get(at).cloned().ok_or_else(|| TeaError::NoTea { name: at.to_string() })
}

#[operation(GET, "/teas")]
async fn count(shelf: &Shelf, _: Payload<()>) -> Result<usize, TeaError> {
    std::future::ready(Ok(shelf.teas.len())).await
}

#[operation(GET, "/twice/{at}")]
async fn twice(Payload(at): Payload<At>) -> Result<usize, TeaError> {
    std::future::ready(Ok(at.at * 2)).await
}

#[derive(Deserialize)]
struct At {
    at: usize,
}

#[tokio::test]
async fn handlers_are_taken_as_people_write_them() {
    let shelf = || Shelf { teas: vec!["assam".to_owned(), "sencha".to_owned()] };
    assert_eq!(call_with(shelf(), tea, r#"{"at":1}"#).await.unwrap(), "sencha");
    assert_eq!(call_with(shelf(), count, "null").await.unwrap(), 2);
    assert_eq!(call(twice, r#"{"at":4}"#).await.unwrap(), 8);
    // One that wants no state stands beside those that do.
    let all = || operations![tea, count, twice, brew];
    for (event, expected) in [
        (r#"{"operation":"tea","input":{"at":0}}"#, json!("assam")),
        (r#"{"operation":"count"}"#, json!(2)),
        (r#"{"operation":"twice","input":{"at":8}}"#, json!(16)),
        (r#"{"operation":"brew","input":{"name":"x"}}"#, json!("x None")),
    ] {
        assert_eq!(call_with(shelf(), all(), event).await.unwrap(), expected, "{event}");
    }
    let thrown = call_with(shelf(), all(), r#"{"operation":"tea","input":{"at":9}}"#).await.unwrap_err();
    assert!(thrown.error_message.starts_with("[NoTea] {"), "{}", thrown.error_message);
    let refused = call_with(shelf(), all(), r#"{"operation":"twice","input":{"at":-1}}"#).await.unwrap_err();
    assert!(refused.error_message.starts_with("[InvalidPayload] {"), "{}", refused.error_message);
}

fn all() -> Operations {
    operations![brew, empty, pause]
}

/// The problem behind the tag, which must fit `errorType`.
fn problem(result: Result<Value, Diagnostic>) -> Value {
    let diagnostic = result.expect_err("an error");
    let tag = format!("[{}] ", diagnostic.error_type);
    let problem: Value = serde_json::from_str(diagnostic.error_message.strip_prefix(&tag).unwrap()).unwrap();
    assert_eq!(problem["code"], diagnostic.error_type.as_str());
    assert_eq!(problem["instance"], "8f2e");
    problem
}

#[tokio::test]
async fn one_operation_takes_an_envelope_or_the_bare_input() {
    for event in [
        r#"{"name":"oolong","minutes":3}"#,
        r#"{"operation":"brew","input":{"name":"oolong","minutes":3}}"#,
        r#"{"operation":"brew","input":{"name":"oolong"},"body":"{\"minutes\":3}"}"#,
        r#"{"operation":"brew","input":{"name":"oolong"},"parameters":["name"],"body":" {\"minutes\":3}"}"#,
    ] {
        assert_eq!(call(brew, event).await.unwrap(), "oolong Some(3)");
    }
}

#[tokio::test]
async fn several_operations_are_told_apart_by_name() {
    let event = r#"{"operation":"brew","input":{"name":"oolong"}}"#;
    assert_eq!(call(all(), event).await.unwrap(), "oolong None");
    for event in [r#"{"operation":"pour"}"#, r#"{"name":"oolong"}"#, "7", "null", r#"{"operation":7}"#] {
        let problem = problem(call(all(), event).await);
        assert_eq!(problem["code"], "InvalidPayload");
        assert_eq!(problem["path"], "operation");
        let reason = "the event names no operation of this function: it has `brew`, `empty`, `pause`";
        assert_eq!(problem["reason"], reason);
    }
}

#[tokio::test]
async fn input_that_does_not_fit_is_a_tagged_400_with_place_and_reason() {
    for (event, path, reason) in [
        (r#"{"operation":"brew","input":{"name":7}}"#, "name", "invalid type: integer `7`, expected a string"),
        (
            r#"{"operation":"brew","input":{"name":"x"},"body":"{\"minutes\":300}"}"#,
            "minutes",
            "invalid value: integer `300`, expected u8",
        ),
        (
            r#"{"operation":"brew","input":{"name":"x"},"body":"{"}"#,
            "",
            "the body is not valid JSON: EOF while parsing an object at line 1 column 1",
        ),
        (r#"{"operation":"brew","input":{"name":"x"},"body":"[]"}"#, "", "the body is not a JSON object"),
        (r#"{"operation":"brew","input":{"name":"x"},"body":"{\"name\":\"y\"}"}"#, "", "duplicate field `name`"),
        (
            r#"{"operation":"brew","input":{"name":"x"},"parameters":["name","minutes"],"body":"{\"minute\\u0073\":3}"}"#,
            "minutes",
            "is set by the path, the query or a header, not by the body",
        ),
        (r#"{"operation":"brew"}"#, "", "missing field `name`"),
    ] {
        let problem = problem(call(brew, event).await);
        assert_eq!(problem["code"], "InvalidPayload");
        assert_eq!(problem["status"], 400);
        assert_eq!((problem["path"].as_str(), problem["reason"].as_str()), (Some(path), Some(reason)), "{event}");
    }
}

#[tokio::test]
async fn errors_panics_and_unwritable_outputs_leave_with_their_code() {
    let thrown = problem(call(brew, r#"{"name":"none"}"#).await);
    assert_eq!((&thrown["code"], &thrown["name"]), (&"NoTea".into(), &"none".into()));
    let hidden = problem(call(brew, r#"{"name":"cold"}"#).await).to_string();
    assert!(
        hidden.contains("Kettle") && !hidden.contains("shelf") && !hidden.contains("fuse") && !hidden.contains("power")
    );
    for event in [
        r#"{"operation":"brew","input":{"name":"secret"}}"#,
        r#"{"operation":"brew","input":{"name":"panic"}}"#,
        r#"{"operation":"pause"}"#,
        r#"{"operation":"empty"}"#,
    ] {
        let problem = problem(call(all(), event).await);
        assert_eq!(problem["code"], "InternalError", "{event}");
        assert_eq!(problem.as_object().unwrap().len(), 5, "nothing but constants: {problem}");
    }
}

#[tokio::test]
async fn an_output_that_a_gateway_could_take_for_an_error_does_not_leave() {
    assert_eq!(call(labels, r#"{"errormessage":"[NoTea] {}"}"#).await.unwrap()["errormessage"], "[NoTea] {}");
    for event in [r#"{"errorMessage":"[NoTea] {}"}"#, r#"{"a":"b","error\u004dessage":""}"#] {
        let problem = problem(call(labels, event).await);
        assert_eq!(problem["code"], "InternalError", "{event}");
        assert!(!problem.to_string().contains("NoTea"), "{problem}");
    }
}
