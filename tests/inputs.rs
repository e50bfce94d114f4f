//! What the generated client writes under each of serde's words, real serde reads.

#![allow(clippy::unwrap_used, missing_docs)]

use http::{Request, Response};
use serde_json::json;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use throwback::client::{Transport, http};
use throwback_tests::inputs::Taken;
use throwback_tests::inputs::words::*;
use throwback_tests::inputs_client as client;

/// Keeps the body of each request.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Transport for Kept {
    type Error = std::convert::Infallible;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Self::Error> {
        *self.0.lock().unwrap() = request.into_body();
        Ok(Response::new(b"null".to_vec()))
    }
}

#[tokio::test]
async fn what_a_client_writes_is_read() {
    let kept = Kept::default();
    let api = client::Client::new(kept.clone(), "https://api.example.com");
    for (others, expected) in [(false, taken(None)), (true, taken(Some(7)))] {
        let optional = if others { json!(7) } else { json!(null) };
        // The client's own types hold these values: what they do not know would be lost here.
        let input = json!({
            "words": {
                "ORDER-ID": 1, "as it is": 2, "ALIASED": 3, "LEFT-OUT": optional, "READ-ALONE": 5, "BOUND": 6,
            },
            "sides": { "order-id": 1, "in": 2, "one": 3 },
            "tagged": { "id": 1 },
            "list_of_one": [1],
            "list_of_none": [],
            "clear": u64::MAX,
            "clear_named": "a",
            "unit": null,
            "empty": {},
            "flat": { "own": 1, "a": 2, "b": optional, "x": 3 },
            "tree": { "of": { "a": 1 }, "branches": [{ "of": { "a": 2 }, "branches": [] }] },
            "variants": [
                "unit-like", { "by hand": 1 }, { "own-case": { "SOME_FIELD": 1 } },
                { "field-case": { "someField": 1, "x": 2 } }, { "one-of-two": [1] }, "only-skipped",
                { "several": [1, true] }, { "nothing": {} }, { "empty-list": [] },
            ],
            "within": [
                { "kind": "unit_like" },
                { "kind": "holds", "ORDER-ID": 0, "as it is": 0, "ALIASED": 0, "READ-ALONE": 0, "BOUND": 0 },
                { "kind": "fields", "some_field": optional },
            ],
            "beside": [
                { "kind": "UnitLike" }, { "kind": "Holds", "content": 1 }, { "kind": "One", "content": [1] },
                { "kind": "Several", "content": [1, "a"] }, { "kind": "Fields", "content": { "some_field": 1 } },
            ],
            "plain": [{ "some_field": 1 }, [1, 2], "a", null],
            "row": [1, 2, 4],
            "by_text": "a",
            "by_part": { "a": 5 },
            "by_number": [0, 1],
            "by_list": ["a", "b"],
            "choices": [
                { "Members": { "aliased": 1, "left_out": optional, "read_alone": 5 } },
                { "Elements": [1, 2, 4] },
                { "ReadAlone": 1 },
            ],
            "open": [{ "is": "flat", "own": 1, "a": 2 }, { "is": "unknown" }],
            "by_hand": { "both": 400, "written": 201, "read": 404 },
        });
        let input: client::Taken = serde_json::from_str(&input.to_string()).unwrap();
        api.take(&input).await.unwrap();
        let body = kept.0.lock().unwrap().clone();
        let text = String::from_utf8_lossy(&body).into_owned();
        let read: Taken = serde_json::from_slice(&body).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(read, expected, "{text}");
    }
}

fn taken(optional: Option<u8>) -> Taken {
    let leaf = Tree { of: Part { a: 2 }, branches: Vec::new() };
    Taken {
        words: Words {
            order_id: 1,
            renamed: 2,
            skipped: 0,
            aliased: 3,
            left_out: optional,
            written_alone: 0,
            read_alone: 5,
            bound: 6,
        },
        sides: Sides { order_id: 1, renamed: 2, of_one_side: 3 },
        tagged: Tagged { id: 1 },
        list_of_one: ListOfOne(1, 0),
        list_of_none: ListOfNone(0, 0),
        clear: Clear(u64::MAX, PhantomData),
        clear_named: ClearNamed { id: "a".to_owned(), beside: 0, of: PhantomData },
        unit: Unit,
        empty: Empty {},
        flat: Flat {
            own: 1,
            part: Part { a: 2 },
            maybe: optional.map(|b| Maybe { b }),
            rest: BTreeMap::from([("x".to_owned(), 3)]),
        },
        tree: Tree { of: Part { a: 1 }, branches: vec![leaf] },
        variants: vec![
            Variants::UnitLike,
            Variants::Renamed(1),
            Variants::OwnCase { some_field: 1 },
            Variants::FieldCase { some_field: 1, renamed: 2 },
            Variants::OneOfTwo(1, 0),
            Variants::OnlySkipped(0),
            Variants::Several(1, true),
            Variants::Nothing {},
            Variants::EmptyList(),
        ],
        within: vec![Within::UnitLike, Within::Holds(Words::default()), Within::Fields { some_field: optional }],
        beside: vec![
            Beside::UnitLike,
            Beside::Holds(1),
            Beside::One(1, 0),
            Beside::Several(1, "a".to_owned()),
            Beside::Fields { some_field: 1 },
        ],
        plain: vec![
            Plain::Fields { some_field: 1 },
            Plain::Several(1, 2),
            Plain::Text("a".to_owned()),
            Plain::UnitLike,
        ],
        row: Row(1, 2, 0, 4),
        by_text: ByText { text: "a".to_owned() },
        by_part: ByPart(5),
        by_number: vec![ByNumber::Zero, ByNumber::More],
        by_list: ByList::Of(2),
        choices: vec![
            Choice::Members { aliased: 1, skipped: 0, left_out: optional, written_alone: 0, read_alone: 5 },
            Choice::Elements(1, 2, 0, 4),
            Choice::ReadAlone(1),
        ],
        open: vec![Open::Flat { own: 1, part: Part { a: 2 } }, Open::Unknown],
        by_hand: ByHand { both: 200, written: 201, read: 202 },
    }
}
