//! What a function logs of an error: one event, with what the caller does not see.
//!
//! Alone in its file: tracing decides for the whole process whether an event is worth making.
#![allow(clippy::unwrap_used, clippy::unused_async, clippy::assigning_clones, missing_docs)]

use lambda_runtime::{Context, LambdaEvent, Service};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use throwback::lambda::service;
use throwback::{ApiError, Payload};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Level, Metadata, Subscriber};

#[derive(Debug, thiserror::Error, ApiError)]
enum TeaError {
    #[error("no {name}")]
    #[api_error(status = 404)]
    NoTea { name: String },
    #[error("kettle at {at}")]
    #[api_error(status = 500)]
    Kettle { at: String, source: Cause },
}

#[derive(Debug, thiserror::Error)]
#[error("the fuse blew")]
struct Cause(#[source] std::io::Error);

#[derive(Deserialize)]
struct Brew {
    name: String,
}

async fn brew(event: LambdaEvent<Payload<Brew>>) -> Result<String, TeaError> {
    let Payload(Brew { name }) = event.payload;
    match name.as_str() {
        _ if name.starts_with("none") => Err(TeaError::NoTea { name }),
        "cold" => Err(TeaError::Kettle { at: "shelf 9".to_owned(), source: Cause(std::io::Error::other("no power")) }),
        _ => Ok(name),
    }
}

/// Keeps every event of this crate's log: its level, and its fields by name.
#[derive(Clone, Default)]
#[allow(clippy::type_complexity)]
struct Log(Arc<Mutex<Vec<(Level, BTreeMap<String, String>)>>>);

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("throwback")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        self.0.lock().unwrap().push((*event.metadata().level(), fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A name that would forge a line and turn the colours.
const HOSTILE: &str = r#"{"name":"none\n2026-11-25T00:00:00Z ERROR forged\u001b[31m\u202e"}"#;

#[tokio::test]
async fn each_error_leaves_one_event_with_what_the_caller_does_not_see() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let mut service = service(brew);
    for event in [r#"{"name":"cold"}"#, r#"{"name":"none"}"#, r#"{"name":"oolong"}"#, HOSTILE] {
        let _ = service.call(LambdaEvent::new(event.parse().unwrap(), Context::default())).await;
    }
    drop(guard);
    let events = log.0.lock().unwrap();
    let [(first_level, first), (second_level, second), (_, hostile)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((*first_level, *second_level), (Level::ERROR, Level::INFO));
    for (name, value) in [
        ("code", "Kettle"),
        ("status", "500"),
        ("fault", "true"),
        ("message", "kettle at shelf 9"),
        ("sources", "the fuse blew: no power"),
    ] {
        assert_eq!(first[name], value);
    }
    assert_eq!(hostile["message"], r"no none\n2026-11-25T00:00:00Z ERROR forged\u{1b}[31m\u{202e}");
    assert_eq!((second["code"].as_str(), second["fault"].as_str()), ("NoTea", "false"));
}
