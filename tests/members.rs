//! What the client reads of a problem, beside what serde's derive reads of the same text.

#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use serde::Deserialize;
use throwback::client::v1::{self, Thrown};

/// As the generator writes it.
#[derive(Debug, Clone, PartialEq)]
struct Spilt {
    tea: String,
    cups: u64,
    note: Option<String>,
    tables: Vec<i16>,
}

v1::declared! {
    Spilt("Spilt", 409, Never) { tea: "tea", cups: "cups", note: "note", tables: "on-tables" }
}

/// As serde has it.
#[derive(Debug, PartialEq, Deserialize)]
struct Derived {
    tea: String,
    cups: u64,
    note: Option<String>,
    #[serde(rename = "on-tables")]
    tables: Vec<i16>,
}

impl From<&Spilt> for Derived {
    fn from(Spilt { tea, cups, note, tables }: &Spilt) -> Self {
        Self { tea: tea.clone(), cups: *cups, note: note.clone(), tables: tables.clone() }
    }
}

const MEMBERS: [&str; 16] = [
    r#""tea": "green""#,
    r#""t\u0065a" : "\"\u00e9\\""#,
    r#""tea":7"#,
    r#""cups":3"#,
    r#""cups":18446744073709551615"#,
    r#""cups":-1"#,
    r#""cups":1.5"#,
    r#""note":null"#,
    r#""note":"[{\"""#,
    r#""note":[]"#,
    r#""on-tables":[ 1,-2 ]"#,
    r#""on-tables":[40000]"#,
    r#""unknown":{"tea":[{}],"cups":"}"}"#,
    r#""unknown":tru"#,
    r#""code":"Spilt""#,
    r#""":0"#,
];

/// Objects that fit, nearly fit, and are none.
fn text() -> impl Strategy<Value = String> {
    let all = Just([0, 3, 7, 10].map(|at| MEMBERS[at].to_owned()).to_vec()).prop_shuffle();
    let some = proptest::collection::vec(proptest::sample::select(&MEMBERS[..]).prop_map(str::to_owned), 0..7);
    let both = (all.clone(), some.clone()).prop_map(|(all, some)| [all, some].concat());
    let members = prop_oneof![all, some, both];
    let space = proptest::sample::select(&["", "", " ", "\n\t", "\r ", "\u{a0}"][..]);
    let comma = proptest::sample::select(&[",", ", ", ",,", ""][..]);
    let around =
        proptest::sample::select(&[("", ""), ("", ""), (",", ""), ("", ","), ("", "}"), ("", "} {}"), ("{", "}")][..]);
    let cut = prop_oneof![4 => Just(None), 1 => any::<proptest::sample::Index>().prop_map(Some)];
    (members, space, comma, around, cut).prop_map(|(members, space, comma, (before, behind), cut)| {
        let comma = if members.len() < 2 || space.is_empty() { "," } else { comma };
        let members = members.join(&format!("{space}{comma}"));
        let text = format!("{space}{{{before}{space}{members}{space}{behind}}}{space}");
        match cut {
            Some(at) => text.chars().take(at.index(text.chars().count() + 1)).collect(),
            None => text,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_serde_reads_is_read(text in text()) {
        let ours = Thrown::<Spilt>::read(text.as_bytes());
        let derived = serde_json::from_str::<Derived>(&text);
        match (ours, derived) {
            (Ok(ours), Ok(derived)) => prop_assert_eq!(Derived::from(&*ours), derived),
            (Err(_), Err(_)) => {}
            (ours, derived) => prop_assert!(false, "{}: {:?} and {:?}", text, ours, derived),
        }
    }
}

#[test]
fn the_reason_names_the_member() {
    let reason = |text: &str| Thrown::<Spilt>::read(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(reason(r#"{"tea":7}"#), "`tea`: invalid type: integer `7`, expected a string");
    assert_eq!(reason(r#"{"cups":1,"tea":"a"}"#), "missing field `on-tables`");
    assert_eq!(reason(r#"{"tea":"a","tea":"b"}"#), "duplicate field `tea`");
    assert_eq!(reason(r#"{"cups":1,"cups":1,"tea":"b"}"#), "duplicate field `cups`");
    assert_eq!(reason(r#"["tea"]"#), "it is no JSON object");
    assert_eq!(reason(r#"{"tea":"a""#), "EOF while parsing an object at line 1 column 10");
    assert_eq!(reason(""), "there is no body");
}

#[test]
fn a_misfit_hides_nothing_of_the_problem() {
    let text = r#"{"detail":"all over","cups":"three","title":"Spilt","retryAfter":7,"tea":1}"#;
    let error = Thrown::<Spilt>::read(text.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "`tea`: invalid type: integer `1`, expected a string");
    let failure = throwback::client::decode::<Set>(http(409), &headers(), text.as_bytes());
    assert_eq!((failure.who(), failure.retry_after().map(|wait| wait.as_secs())), ("unmodelled", Some(7)));
}

#[derive(Debug, Clone, PartialEq)]
enum Set {
    Spilt(Thrown<Spilt>),
}

v1::error_sets! { Set { Spilt } }

fn http(status: u16) -> v1::http::StatusCode {
    v1::http::StatusCode::from_u16(status).unwrap()
}

fn headers() -> v1::http::HeaderMap {
    let mut headers = v1::http::HeaderMap::new();
    headers.insert("x-error-code", "Spilt".parse().unwrap());
    headers
}
