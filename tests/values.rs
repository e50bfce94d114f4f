//! Values that JSON or its readers can't carry: they cost the fields, never the error, and the message says so.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;
use throwback::{ApiError, error_message};

#[derive(Debug, Serialize)]
struct Nested {
    inner: Vec<Option<f32>>,
    map: BTreeMap<String, (u8, f64)>,
}

/// A field whose `Serialize` panics.
#[derive(Debug)]
struct Panics;

impl Serialize for Panics {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("no")
    }
}

/// A text whose `Display` panics behind its start.
#[derive(Debug)]
struct Silent;

impl fmt::Display for Silent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("start")?;
        panic!("no")
    }
}

#[derive(Debug, thiserror::Error, ApiError)]
enum ValueError {
    #[error("a float")]
    #[api_error(status = 422)]
    Float { value: f64, beside: Option<u8> },
    #[error("floats")]
    #[api_error(status = 422)]
    Floats { nested: Nested },
    #[error("raw")]
    #[api_error(status = 422)]
    Raw { raw: Box<RawValue> },
    #[error("panics")]
    #[api_error(status = 422)]
    Breaks { id: u8, field: Panics },
    #[error("{text}")]
    #[api_error(status = 422)]
    Mute {
        id: u8,
        #[api_error(skip)]
        text: Silent,
    },
    #[error("later")]
    #[api_error(status = 429)]
    Later {
        #[api_error(retry_after)]
        wait: Duration,
    },
    #[error("{text}")]
    #[api_error(status = 400)]
    Large { text: String },
}

/// The problem behind the tag.
fn problem(error: &ValueError) -> Value {
    let message = error_message(error, Some(&"i".repeat(10_000)));
    assert!(message.len() <= 256 * 1024 && !message.contains('\n'), "{} bytes", message.len());
    let (tag, problem) = message.split_once("] ").unwrap();
    let problem: Value = serde_json::from_str(problem).unwrap();
    assert_eq!(problem["code"], tag[1..]);
    problem
}

#[track_caller]
fn is_truncated(error: &ValueError) {
    let problem = problem(error);
    assert_eq!(problem["truncated"], true, "{problem}");
    assert!(["value", "nested", "raw", "id", "field"].iter().all(|name| problem.get(name).is_none()), "{problem}");
    assert!(problem["detail"].is_string() && problem["status"] == 422);
}

#[test]
fn a_float_that_is_no_number_costs_the_fields() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        is_truncated(&ValueError::Float { value, beside: None });
        let map = BTreeMap::from([("a".to_owned(), (1, value))]);
        is_truncated(&ValueError::Floats { nested: Nested { inner: vec![None], map } });
    }
    is_truncated(&ValueError::Floats {
        nested: Nested { inner: vec![Some(1.0), Some(f32::NAN)], map: BTreeMap::new() },
    });
    // Nothing is no float.
    let whole = problem(&ValueError::Float { value: f64::MIN_POSITIVE, beside: None });
    assert_eq!((&whole["value"], whole.get("truncated")), (&f64::MIN_POSITIVE.into(), None));
    let nested = Nested { inner: vec![None, Some(2.5)], map: BTreeMap::from([("a".to_owned(), (1, -0.0))]) };
    assert_eq!(problem(&ValueError::Floats { nested })["nested"]["inner"], serde_json::json!([null, 2.5]));
}

#[test]
fn a_raw_value_that_nobody_could_read_costs_the_fields() {
    let deep = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    for raw in ["1e999", "[-1e400]", r#""\ud800""#, r#"{"a":"\udc00x"}"#, &deep(101), &deep(127)] {
        let Ok(raw) = serde_json::from_str::<Box<RawValue>>(raw) else { panic!("{raw} is JSON") };
        is_truncated(&ValueError::Raw { raw });
    }
    for raw in ["null", "1e300", r#"{"a": [1, "\ud83d\ude00"]}"#, &deep(100)] {
        let value = serde_json::from_str::<Value>(raw).unwrap();
        let raw = serde_json::from_str(raw).unwrap();
        assert_eq!(problem(&ValueError::Raw { raw })["raw"], value);
    }
}

#[test]
fn what_panics_costs_what_it_was_to_say() {
    is_truncated(&ValueError::Breaks { id: 1, field: Panics });
    let mute = problem(&ValueError::Mute { id: 7, text: Silent });
    assert_eq!((&mute["detail"], &mute["id"], mute.get("truncated")), (&"".into(), &7.into(), None));
}

#[test]
fn the_longest_delays_are_bounded() {
    let longest = u64::from(u32::MAX >> 1);
    for (wait, seconds) in [
        (Duration::MAX, longest),
        (Duration::from_secs(longest), longest),
        (Duration::from_secs(longest + 1), longest),
        (Duration::from_millis(1), 1),
        (Duration::ZERO, 0),
    ] {
        assert_eq!(problem(&ValueError::Later { wait })["retryAfter"], seconds);
    }
}

#[test]
fn the_bound_counts_the_tag_and_all_else() {
    for length in (256 * 1024 - 9000..256 * 1024 + 10).step_by(97) {
        let problem = problem(&ValueError::Large { text: "x".repeat(length) });
        assert!(problem["text"].is_string() || problem["truncated"] == true);
    }
    assert_eq!(problem(&ValueError::Large { text: "x".repeat(200 * 1024) }).get("truncated"), None);
}
