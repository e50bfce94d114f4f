//! What real serde writes under each of its words, the generated client reads back, member for member.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use throwback::client::{ErrorSet, Failure, decode_invocation};
use throwback::{ApiError, error_message};
use throwback_tests::attributes::{
    Beside, Clear, ClearNamed, Empty, Flat, ListOfNone, ListOfOne, Maybe, Part, Plain, Sides, Tagged, Tree, Unit,
    Variants, Within, Words, WordsError,
};
use throwback_tests::attributes_client;

/// What the function says, and what the client makes of it.
#[track_caller]
fn same<T: ApiError>(error: &T) {
    let message = error_message(error, None);
    let (_, problem) = message.split_once("] ").unwrap();
    let Value::Object(mut said) = serde_json::from_str(problem).unwrap() else { panic!("{problem}") };
    said.retain(|name, _| !["code", "title", "status", "detail", "type", "instance"].contains(&name.as_str()));
    let payload = serde_json::json!({ "errorType": "x", "errorMessage": message }).to_string();
    match decode_invocation::<attributes_client::WordsError>(payload.as_bytes()) {
        Failure::Api(caught) => {
            assert_eq!((caught.problem().code(), caught.problem().status()), (error.info().code, error.info().status));
            assert_eq!(without_nulls(caught.thrown().members().into()), without_nulls(said.into()));
        }
        other => panic!("{other}\n{problem}"),
    }
}

/// A member that is null and one that is left out mean the same.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let there = members.into_iter().filter(|(_, value)| !value.is_null());
            there.map(|(name, value)| (name, without_nulls(value))).collect()
        }
        Value::Array(values) => values.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[test]
fn structs_come_back_as_serde_writes_them() {
    let words =
        |left_out| Words { order_id: 1, renamed: 2, skipped: 3, aliased: 4, left_out, written_alone: 5, read_alone: 6 };
    let leaf = || Tree { of: Part { a: 3 }, branches: Vec::new() };
    for (left_out, maybe) in [(Some(1), Some(Maybe { b: 2 })), (None, None)] {
        same(&WordsError::Structs {
            words: words(left_out),
            sides: Sides { order_id: 1, renamed: 2, of_one_side: 3 },
            tagged: Tagged { id: 1 },
            list_of_one: ListOfOne(4, 5),
            list_of_none: ListOfNone(1, 2),
            clear: Clear(u64::MAX, PhantomData),
            clear_named: ClearNamed { id: "a".to_owned(), beside: 1, of: PhantomData },
            unit: Unit,
            empty: Empty {},
            flat: Flat { own: 1, part: Part { a: 2 }, maybe, rest: BTreeMap::from([("x".to_owned(), 3)]) },
            tree: Tree { of: Part { a: 1 }, branches: vec![leaf(), leaf()] },
        });
    }
}

#[test]
fn enums_come_back_as_serde_writes_them() {
    same(&WordsError::Enums {
        variants: vec![
            Variants::UnitLike,
            Variants::Renamed(1),
            Variants::OwnCase { some_field: 1 },
            Variants::FieldCase { some_field: 1, renamed: 2 },
            Variants::OneOfTwo(1, 2),
            Variants::OnlySkipped(1),
            Variants::Several(1, true),
            Variants::WrittenAlone,
            Variants::Nothing {},
            Variants::EmptyList(),
        ],
        within: vec![
            Within::UnitLike,
            Within::Holds(Words { order_id: 9, ..Words::default() }),
            Within::Fields { some_field: None },
        ],
        beside: vec![
            Beside::UnitLike,
            Beside::Holds(1),
            Beside::One(1, 2),
            Beside::Several(1, "a".to_owned()),
            Beside::Fields { some_field: 1 },
            Beside::OnlySkipped(1),
        ],
        plain: vec![
            Plain::Fields { some_field: 1 },
            Plain::Several(1, 2),
            Plain::Text("a".to_owned()),
            Plain::UnitLike,
        ],
    });
}

#[test]
fn codes_and_statuses_of_before_come_back() {
    let errors = [WordsError::NoTeaHere, WordsError::Frozen, WordsError::Odd { why: "so".to_owned() }];
    let codes: Vec<_> =
        errors.iter().map(|error| (error.info().code, error.info().status, error.info().title)).collect();
    let expected =
        [("no_tea_here", 418, "Client Error"), ("IR-00_a", 530, "Server Error"), ("IR00a", 599, "Server Error")];
    assert_eq!(codes, expected);
    errors.iter().for_each(same);
}
