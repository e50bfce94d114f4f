//! What real serde writes under each of its words, the generated client reads back, member for member.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use syn::{Attribute, Fields, Item, Token};
use throwback::client::{ErrorSet, Failure, decode_invocation};
use throwback::{ApiError, error_message};
use throwback_tests::attributes::WordsError;
use throwback_tests::attributes::words::*;
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
            assert_eq!(
                without_nulls(serde_json::to_value(caught.thrown().members()).unwrap()),
                without_nulls(said.into())
            );
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
    let words = |left_out| Words {
        order_id: 1,
        renamed: 2,
        skipped: 3,
        aliased: 4,
        left_out,
        written_alone: 5,
        read_alone: 6,
        bound: 7,
    };
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
        ],
        beside_nothing: BesideNothing::OnlySkipped(1),
        plain: vec![
            Plain::Fields { some_field: 1 },
            Plain::Several(1, 2),
            Plain::Text("a".to_owned()),
            Plain::UnitLike,
        ],
    });
}

#[test]
fn a_title_is_the_first_paragraph_whatever_it_holds() {
    let (text, block) = (WordsError::Text { of: "it".to_owned() }, WordsError::Block);
    assert_eq!(text.info().title, "Odd\r\u{202e}text\u{2066}\0 */ \u{1b}[31m");
    assert_eq!(block.info().title, "A block comment of two lines");
    same(&text);
    same(&block);
}

#[test]
fn what_takes_the_form_of_others_comes_back() {
    let text = |text: &'static str| Cow::Borrowed(text);
    for (by_list, left_out) in [(ByList::Of(1), Some(3)), (ByList::Of(0), None)] {
        same(&WordsError::Others {
            row: Row(1, 2, 3, 4),
            borrowed: Borrowed(text("a")),
            member: BorrowedMember { text: text("b") },
            variants: vec![
                BorrowedVariant::Text(text("c")),
                BorrowedVariant::Element(text("d"), 1),
                BorrowedVariant::Member { text: text("e") },
            ],
            by_text: ByText { text: "f".to_owned() },
            by_part: ByPart(5),
            by_number: vec![ByNumber::Zero, ByNumber::More],
            by_list,
            choices: vec![
                Choice::Members { aliased: 1, skipped: 2, left_out, written_alone: 4, read_alone: 5 },
                Choice::Elements(1, 2, 3, 4),
            ],
            open: vec![Open::Flat { own: 1, part: Part { a: 2 } }, Open::Unknown],
            by_hand: ByHand { both: 200, written: 201, read: 202 },
            doubled: 203,
        });
    }
    let message = error_message(&WordsError::Doubled(204), None);
    assert!(message.contains("\"twice\":408"), "{message}");
    same(&WordsError::Doubled(204));
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

/// Every word of serde's that is modelled, by the place where it stands.
const MODELLED: [(&str, &str); 7] = [
    (
        "struct",
        "rename rename_all deny_unknown_fields tag bound default transparent from try_from into crate expecting",
    ),
    (
        "enum",
        "rename rename_all rename_all_fields deny_unknown_fields tag content untagged bound from try_from into crate \
         expecting",
    ),
    ("variant", "rename alias rename_all skip skip_serializing skip_deserializing bound borrow other"),
    (
        "member",
        "rename alias default flatten skip skip_serializing skip_deserializing skip_serializing_if borrow bound with \
         serialize_with deserialize_with",
    ),
    ("element", "skip skip_serializing skip_deserializing default borrow bound"),
    (
        "member of a variant",
        "rename alias default flatten skip skip_serializing skip_deserializing skip_serializing_if borrow bound",
    ),
    ("element of a variant", "skip skip_serializing skip_deserializing default borrow bound"),
];

/// Each of them is used by a type that these tests write and read.
#[test]
fn every_word_is_tried_at_every_place() {
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/words.rs")).unwrap();
    let mut tried = BTreeSet::new();
    for item in syn::parse_file(&source).unwrap().items {
        match item {
            Item::Struct(item) => {
                note(&mut tried, "struct", &item.attrs);
                fields(&mut tried, &item.fields, "member", "element");
            }
            Item::Enum(item) => {
                note(&mut tried, "enum", &item.attrs);
                for variant in &item.variants {
                    note(&mut tried, "variant", &variant.attrs);
                    fields(&mut tried, &variant.fields, "member of a variant", "element of a variant");
                }
            }
            _ => {}
        }
    }
    let asked = MODELLED.iter().flat_map(|(place, words)| words.split(' ').map(move |word| (*place, word.to_owned())));
    assert_eq!(tried, asked.collect());
}

fn fields(tried: &mut BTreeSet<(&'static str, String)>, fields: &Fields, named: &'static str, unnamed: &'static str) {
    for field in fields {
        note(tried, if field.ident.is_some() { named } else { unnamed }, &field.attrs);
    }
}

fn note(tried: &mut BTreeSet<(&'static str, String)>, place: &'static str, attrs: &[Attribute]) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let words = attr.parse_nested_meta(|meta| {
            tried.insert((place, meta.path.get_ident().unwrap().to_string()));
            if meta.input.peek(Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            } else if meta.input.peek(syn::token::Paren) {
                meta.input.parse::<proc_macro2::Group>()?;
            }
            Ok(())
        });
        words.unwrap();
    }
}
