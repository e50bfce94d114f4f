//! What leaves the function, over arbitrary texts and values: the tag, the problem, and nothing that is to stay inside.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::time::Duration;
use throwback::lambda_runtime::Diagnostic;
use throwback::{ApiError, Entry, InvalidPayload, error_message};

/// Characters that some parser, template or terminal on the way takes for its own.
const AWKWARD: &str = "\0\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1b}\u{1f} \"$#\\'/{}[]]:,<>&\u{7f}\u{80}\u{85}\u{9f}\u{a0}\u{ad}é\
    \u{301}\u{200b}\u{2028}\u{2029}\u{202e}\u{d7ff}\u{e000}\u{feff}\u{fffd}\u{fffe}\u{ffff}😀\u{10ffff}";

/// Texts that would forge something if they could.
const FORGED: [&str; 6] = [
    "] [InternalError] {\"code\":\"InternalError\",\"status\":200}",
    "\",\"status\":200,\"code\":\"Other",
    "[Other] {\"code\":\"Other\"}",
    "2026-01-01T00:00:00.000Z 1b2c Task timed out after 3.00 seconds",
    "\"}\n[Other] {",
    "\\\",\\u0022",
];

fn text() -> impl Strategy<Value = String> {
    let awkward: Vec<char> = AWKWARD.chars().collect();
    let c = prop_oneof![proptest::sample::select(awkward), any::<char>(), proptest::char::range(' ', '~')];
    prop_oneof![
        5 => proptest::collection::vec(c, 0..40).prop_map(String::from_iter),
        1 => proptest::sample::select(&FORGED[..]).prop_map(ToOwned::to_owned),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(text(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn quick() -> Config {
    Config { cases: 128, failure_persistence: None, ..Config::default() }
}

/// One of each kind of error.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://example.com/errors/")]
enum Wire {
    /// Shows all that it has.
    #[error("{display}")]
    #[api_error(status = 422)]
    Shown {
        #[api_error(skip)]
        display: String,
        plain_text: String,
        tree: Value,
        #[api_error(rename = "wide.number")]
        wide: (u128, i64),
        words: BTreeMap<String, Option<char>>,
    },
    /// Shows nothing of what it has, although its doc comment says `secret`.
    #[error("{display}")]
    #[api_error(status = 503)]
    Hidden {
        display: String,
        field: Value,
        #[source]
        cause: Cause,
    },
    /// Not part of the contract.
    #[error("{0}")]
    #[api_error(internal)]
    Inner(String, #[source] Cause),
    /// Shows its text, and of its fields one.
    #[error("{shown} {kept}")]
    #[api_error(status = 500, expose, retry = idempotent)]
    Exposed {
        shown: String,
        #[api_error(skip)]
        kept: u8,
        source: Cause,
    },
    #[error("wait")]
    #[api_error(status = 429, title = "\u{7f}\"Wait\"\\\u{2028}\n\u{feff}")]
    Wait(#[api_error(retry_after)] Option<Duration>),
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Cause(String);

/// What every message keeps, whatever it holds. Gives the problem.
fn kept<E: ApiError>(error: &E, instance: Option<&str>) -> Map<String, Value> {
    let info = error.info();
    let message = error_message(error, instance);
    let start = format!("[{0}] {{\"code\":\"{0}\"", info.code);
    assert!(message.starts_with(&start), "{message:?} starts with {start}");
    assert!(message.ends_with('}'));
    assert!(message.starts_with(info.head));
    let odd = |c: &char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    assert_eq!(message.chars().find(odd), None, "{message:?}");
    let problem: Map<String, Value> = serde_json::from_str(&message[info.code.len() + 3..]).unwrap();
    let first: Vec<_> = problem.keys().collect();
    assert!(first.contains(&&"code".to_owned()));
    assert_eq!(problem["code"], info.code);
    assert_eq!(problem["status"], info.status);
    assert_eq!(problem["title"], info.title);
    assert_eq!(problem.get("type").and_then(Value::as_str), info.type_uri);
    assert_eq!(problem.get("instance").and_then(Value::as_str), instance);
    problem
}

/// A `Display` text as it is shown: at most 4 KiB, whole characters.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

proptest! {
    #![proptest_config(quick())]

    #[test]
    fn what_is_shown_comes_back_whole(
        display in text(), plain_text in text(), tree in value(), wide: (u128, i64),
        words in proptest::collection::btree_map(text(), any::<Option<char>>(), 0..4),
        instance in proptest::option::of(text()),
    ) {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Back {
            detail: String,
            plain_text: String,
            tree: Value,
            #[serde(rename = "wide.number")]
            wide: (u128, i64),
            words: BTreeMap<String, Option<char>>,
        }
        let error = Wire::Shown {
            display: display.clone(), plain_text: plain_text.clone(), tree: tree.clone(), wide, words: words.clone(),
        };
        let problem = kept(&error, instance.as_deref());
        let members = 5 + usize::from(instance.is_some()) + 4;
        prop_assert_eq!(problem.len(), members, "{:?}", problem);
        let message = error_message(&error, instance.as_deref());
        let back: Back = serde_json::from_str(message.strip_prefix("[Shown] ").unwrap()).unwrap();
        prop_assert_eq!(back.detail, display);
        prop_assert_eq!(back.plain_text, plain_text);
        prop_assert_eq!(back.tree, tree);
        prop_assert_eq!(back.wide, wide);
        prop_assert_eq!(back.words, words);
    }

    #[test]
    fn no_input_chooses_the_code_or_the_status(display in text(), reason in text(), instance in text()) {
        let shown = Wire::Shown {
            display, plain_text: reason.clone(), tree: Value::Null, wide: (0, 0), words: BTreeMap::new(),
        };
        let invalid = InvalidPayload::new(reason.clone(), reason);
        for message in [error_message(&shown, Some(&instance)), error_message(&invalid, Some(&instance))] {
            let (tag, problem) = message.split_once("] ").unwrap();
            let code = &tag[1..];
            prop_assert!(["Shown", "InvalidPayload"].contains(&code));
            // A parser that takes the first of two members finds what one finds that takes the last.
            let (first, last) = (first_members(problem), serde_json::from_str::<Map<String, Value>>(problem).unwrap());
            prop_assert_eq!(first, last);
        }
    }

    #[test]
    fn what_is_hidden_has_no_part_in_the_message(display in text(), field in value(), cause in text(), other in text()) {
        let one = Wire::Hidden { display: display.clone(), field, cause: Cause(cause.clone()) };
        let two = Wire::Hidden { display: other.clone(), field: Value::Null, cause: Cause(other.clone()) };
        prop_assert_eq!(error_message(&one, None), error_message(&two, None));
        prop_assert_eq!(
            error_message(&one, None),
            "[Hidden] {\"code\":\"Hidden\",\"title\":\"Service Unavailable\",\"status\":503,\
             \"type\":\"https://example.com/errors/Hidden\"}"
        );
        let inner = Wire::Inner(display, Cause(cause));
        prop_assert_eq!(error_message(&inner, None), error_message(&throwback::InternalError, None));
    }

    #[test]
    fn a_source_stays_inside(shown in text(), cause in text(), other in text()) {
        let exposed = |cause: &str| Wire::Exposed { shown: shown.clone(), kept: 7, source: Cause(cause.to_owned()) };
        prop_assert_eq!(error_message(&exposed(&cause), None), error_message(&exposed(&other), None));
        let problem = kept(&exposed(&cause), None);
        prop_assert_eq!(&problem["detail"], &json!(format!("{shown} 7")));
        prop_assert_eq!(&problem["shown"], &json!(shown));
        prop_assert_eq!(&problem["retryable"], "idempotent");
        prop_assert_eq!(problem.len(), 7);
    }

    #[test]
    fn a_long_text_is_cut_where_a_character_ends(start in 4080_usize..4100, c in any::<char>(), pieces in 1_usize..9) {
        let whole = "x".repeat(start) + &c.to_string().repeat(40);
        let error = Long(whole.clone(), pieces);
        let problem = kept(&error, None);
        prop_assert_eq!(problem["detail"].as_str().unwrap(), cut(&whole));
    }

    #[test]
    fn a_delay_is_never_too_short(seconds: u64, nanos in 0_u32..1_000_000_000) {
        let problem = kept(&Wire::Wait(Some(Duration::new(seconds, nanos))), None);
        let rounded = problem["retryAfter"].as_u64().unwrap();
        // More than 31 bits of seconds are cut there.
        prop_assert_eq!(rounded, seconds.saturating_add(u64::from(nanos > 0)).min(0x7fff_ffff));
        prop_assert!(!kept(&Wire::Wait(None), None).contains_key("retryAfter"));
    }
}

/// The members of an object, of two with one name the first.
fn first_members(problem: &str) -> Map<String, Value> {
    struct First(Map<String, Value>);
    impl<'de> Deserialize<'de> for First {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visitor;
            impl<'de> serde::de::Visitor<'de> for Visitor {
                type Value = First;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<First, A::Error> {
                    let mut first = Map::new();
                    while let Some((name, value)) = map.next_entry::<String, Value>()? {
                        first.entry(name).or_insert(value);
                    }
                    Ok(First(first))
                }
            }
            deserializer.deserialize_map(Visitor)
        }
    }
    serde_json::from_str::<First>(problem).unwrap().0
}

/// Writes its text in several pieces.
#[derive(Debug, ApiError)]
#[api_error(rename_all = "camelCase")]
enum Piecewise {
    #[api_error(status = 400)]
    Long {
        #[api_error(skip)]
        text: String,
        #[api_error(skip)]
        pieces: usize,
        #[api_error(skip)]
        fails: bool,
    },
}

#[expect(non_snake_case, reason = "reads like the variant that it makes")]
fn Long(text: String, pieces: usize) -> Piecewise {
    Piecewise::Long { text, pieces, fails: false }
}

impl fmt::Display for Piecewise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Long { text, pieces, fails } = self;
        let mut rest = text.as_str();
        for piece in (1..=*pieces).rev() {
            let mut end = rest.len() / piece;
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            let (start, behind) = rest.split_at(end);
            f.write_str(start)?;
            rest = behind;
        }
        if *fails { Err(fmt::Error) } else { f.write_str(rest) }
    }
}

impl std::error::Error for Piecewise {}

#[test]
fn a_text_that_gives_up_midway_is_shown_as_far_as_it_came() {
    let error = Piecewise::Long { text: "half of \"it\"".to_owned(), pieces: 3, fails: true };
    assert_eq!(kept(&error, None)["detail"], "half of \"it\"");
}

/// Members that may be refused.
#[derive(Debug, thiserror::Error, ApiError)]
enum Refused {
    #[error("{} bytes", text.len())]
    #[api_error(status = 409)]
    Large { before: u8, text: String, after: u8 },
    #[error("deep")]
    #[api_error(status = 404, retry = backoff)]
    Deep { before: u8, tree: Nested },
    #[error("keys")]
    #[api_error(status = 400)]
    Keys { map: BTreeMap<(u8, u8), u8>, after: u8 },
    #[error("breaks")]
    #[api_error(status = 500, expose)]
    Breaks {
        #[api_error(header = "X-Before")]
        before: String,
        value: Breaking,
        #[api_error(retry_after)]
        wait: u32,
    },
}

#[derive(Debug)]
struct Nested(usize);

impl Serialize for Nested {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        if self.0 == 0 {
            return serializer.serialize_unit();
        }
        if self.0.is_multiple_of(2) {
            return [Self(self.0 - 1)].serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("in", &Self(self.0 - 1))?;
        map.end()
    }
}

/// Writes half of itself.
#[derive(Debug)]
struct Breaking;

impl Serialize for Breaking {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::{Error, SerializeSeq};
        let mut seq = serializer.serialize_seq(None)?;
        seq.serialize_element("half")?;
        Err(S::Error::custom("no more"))
    }
}

/// The problem without its fields.
fn truncated<E: ApiError>(error: &E) {
    let problem = kept(error, None);
    assert_eq!(problem["truncated"], true);
    assert_eq!(problem["detail"], error.to_string());
    for member in error.info().members {
        assert!(!problem.contains_key(member.name), "{}", member.name);
    }
}

#[test]
fn what_serde_refuses_leaves_the_tag_the_code_and_the_status() {
    truncated(&Refused::Keys { map: BTreeMap::from([((1, 2), 3)]), after: 1 });
    assert_eq!(kept(&Refused::Keys { map: BTreeMap::new(), after: 1 }, None)["map"], json!({}));
    let breaks = Refused::Breaks { before: "x".to_owned(), value: Breaking, wait: 3 };
    truncated(&breaks);
    assert_eq!(kept(&breaks, None)["retryAfter"], 3, "the delay is no field");
}

#[test]
fn a_message_is_no_larger_than_256_kib() {
    let large = |len: usize| Refused::Large { before: 1, text: "x".repeat(len), after: 2 };
    let size = |len: usize| error_message(&large(len), None).len();
    let mut len = 262_144 - (size(100_000) - 100_000);
    assert_eq!(size(len), 262_144, "the largest");
    assert_eq!(kept(&large(len), None)["text"].as_str().unwrap().len(), len);
    len += 1;
    truncated(&large(len));
    truncated(&large(3_000_000));
    // What counts are the bytes that leave: six for each of these.
    truncated(&Refused::Large { before: 1, text: "\u{7f}".repeat(50_000), after: 2 });
    kept(&Refused::Large { before: 1, text: "\u{7f}".repeat(40_000), after: 2 }, None)["after"].as_u64().unwrap();
}

#[test]
fn a_value_is_nested_no_deeper_than_clients_read() {
    let deep = |depth| Refused::Deep { before: 1, tree: Nested(depth) };
    assert_eq!(kept(&deep(99), None)["before"], 1);
    truncated(&deep(101));
    truncated(&deep(5_000));
    assert_eq!(kept(&deep(101), None)["retryable"], "backoff");
}

/// Raw names, generics, boxes, and errors of others three deep.
#[derive(Debug, thiserror::Error, ApiError)]
#[error("generic")]
enum Generic<'a, T: fmt::Debug, const N: usize> {
    #[api_error(status = 404)]
    r#Match {
        #[api_error(rename = "kind")]
        r#type: &'a str,
        r#fn: [T; N],
        #[api_error(skip)]
        kept: Option<&'a T>,
    },
    #[expect(dead_code, reason = "nobody can make one")]
    #[api_error(flatten)]
    Nothing(Infallible),
    #[api_error(flatten)]
    One(Box<One>),
}

#[derive(Debug, thiserror::Error, ApiError)]
#[error("one, {0}")]
enum One {
    #[api_error(flatten)]
    Two(#[from] Two),
}

#[derive(Debug, thiserror::Error, ApiError)]
#[error("two, {0}")]
enum Two {
    #[api_error(flatten)]
    Three(#[source] Box<Three>),
}

#[derive(Debug, thiserror::Error, ApiError)]
enum Three {
    #[error("three of {0}")]
    #[api_error(status = 410, code = "Teapot")]
    Deep(#[api_error(rename = "cups")] u8, #[api_error(retry_after)] u64),
}

type Numbers<'a> = Generic<'a, i8, 2>;

#[test]
fn raw_names_lose_their_mark_and_generic_fields_are_written() {
    let error = Numbers::Match { r#type: "a", r#fn: [1, -1], kept: None };
    assert_eq!(
        error_message(&error, None),
        r#"[Match] {"code":"Match","title":"Not Found","status":404,"detail":"generic","kind":"a","fn":[1,-1]}"#
    );
    let boxed: Box<Numbers> = Box::new(error);
    assert_eq!(error_message(&boxed, None), error_message(&*boxed, None));
    let shown: &dyn fmt::Display = &boxed;
    assert_eq!(shown.to_string(), "generic");
}

#[test]
fn a_flattened_error_is_itself_however_deep() {
    let three = || Three::Deep(3, 9);
    let error = Numbers::One(Box::new(Two::Three(Box::new(three())).into()));
    assert_eq!(error.info(), three().info());
    assert_eq!(error.retry_after(), Some(9));
    assert_eq!(
        error_message(&error, None),
        r#"[Teapot] {"code":"Teapot","title":"Gone","status":410,"detail":"generic","retryAfter":9,"cups":3}"#
    );
    let codes: Vec<_> = Entry::all(Numbers::ERRORS).map(|info| info.code).collect();
    assert_eq!(codes, ["Match", "Teapot"]);
    assert_eq!(Entry::all(Infallible::ERRORS).count(), 0);
    assert_eq!(Entry::all(Box::<One>::ERRORS).count(), 1);
}

#[test]
fn lambda_gets_the_code_as_the_type() {
    let error = Two::Three(Box::new(Three::Deep(3, 9)));
    let message = error_message(&error, None);
    let Diagnostic { error_type, error_message } = error.into();
    assert_eq!((error_type.as_str(), error_message), ("Teapot", message));

    let generic = Diagnostic::from(Numbers::Match { r#type: "a", r#fn: [0, 0], kept: None });
    assert_eq!(generic.error_type, "Match");
    let internal = Diagnostic::from(Wire::Inner("secret".to_owned(), Cause(String::new())));
    assert_eq!(internal.error_type, "InternalError");
    assert!(!internal.error_message.contains("secret") && !internal.error_message.contains("Inner("));
    let refused = Refused::Keys { map: BTreeMap::from([((1, 2), 3)]), after: 1 };
    let refused = throwback::lambda::diagnostic(&refused, Some("8f2e"));
    assert!(refused.error_message.ends_with(r#""instance":"8f2e","truncated":true}"#), "{}", refused.error_message);
}

#[test]
fn json_that_was_written_before_stays_on_the_line() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("raw")]
    enum Raw {
        #[api_error(status = 400)]
        Raw(#[api_error(rename = "raw", as = "any")] Box<serde_json::value::RawValue>),
    }
    let raw = serde_json::value::RawValue::from_string("{\n\t\"a\" :\r\n [1 ,\t\"\u{7f} \\n\"]\n}".to_owned()).unwrap();
    assert_eq!(kept(&Raw::Raw(raw), None)["raw"], json!({ "a": [1, "\u{7f} \n"] }));
}
