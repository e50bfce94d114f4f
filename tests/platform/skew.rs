//! Function, gateway and client from two versions of one contract, in every combination.

use super::served::{Server, both, openapi};
use reqwest::Client as Http;
use std::collections::BTreeMap;
use throwback::client::Failure;
use throwback_tests::skew::{new_client, old_client};

const OLD: &str = openapi!("skew_old");
const NEW: &str = openapi!("skew_new");

type Table<'a> = &'a [(&'a str, &'a str, &'a str)];

/// Starts a function behind a gateway and asks for each seat with both clients: what the old one sees, then the new.
async fn table(function: &str, gateway: &str, rows: Table<'_>) {
    let server = Server::start(gateway, &[("FUNCTION", function)]).await;
    let old = old_client::Client::new(Http::new(), server.url());
    let new = new_client::Client::new(Http::new(), server.url());
    for (seat, by_old, by_new) in rows {
        let (line, _) = both(old.look(*seat).await, old.take(*seat).await);
        assert_eq!(line, *by_old, "the old client at {seat}");
        let (line, _) = both(new.look(*seat).await, new.take(*seat).await);
        assert_eq!(line, *by_new, "the new client at {seat}");
    }
    assert_eq!(old.take("A1").await.unwrap().seat, "A1");
    assert_eq!(new.take("A1").await.unwrap().seat, "A1");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_function_is_heard_through_the_older_gateway() {
    let rows: Table = &[
        ("none", "api: NoSuchSeat 404 never \"no seat none\"", "api: NoSuchSeat 404 never \"no seat none\""),
        // The gateway chooses the status of a code that it knows.
        (
            "taken",
            "api: Taken 409 never \"seat taken is taken by Łucja\"",
            "api: Taken 409 never \"seat taken is taken by Łucja\"",
        ),
        (
            "hold",
            "undeclared: OnHold 423 backoff 7s \"seat hold is on hold\"",
            "api: OnHold 423 backoff 7s \"seat hold is on hold\"",
        ),
        (
            "crossed",
            "undeclared: Crossed 409 idempotent \"seat crossed changed hands\"",
            "api: Crossed 409 idempotent \"seat crossed changed hands\"",
        ),
        ("shut", "undeclared: Shut 503 never \"the house is shut\"", "api: Shut 503 never \"the house is shut\""),
        // A fault that is not exposed shows its status and HTTP's own phrase, and when to come again.
        (
            "busy",
            "undeclared: Busy 503 idempotent 7s \"Service Unavailable\"",
            "api: Busy 503 idempotent 7s \"Service Unavailable\"",
        ),
        (
            "one",
            "undeclared: OneAtATime 429 backoff \"one at a time\"",
            "api: OneAtATime 429 backoff \"one at a time\"",
        ),
        ("lowest", "undeclared: Lowest 400 never \"low\"", "api: Lowest 400 never \"low\""),
        ("highest", "undeclared: Highest 511 never \"high\"", "api: Highest 511 never \"high\""),
    ];
    table("new", OLD, rows).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_older_than_both_learns_code_status_and_advice() {
    let rows: Table = &[
        ("none", "api: NoSuchSeat 404 never \"no seat none\"", "api: NoSuchSeat 404 never \"no seat none\""),
        (
            "taken",
            "api: Taken 423 never \"seat taken is taken by Łucja\"",
            "api: Taken 423 never \"seat taken is taken by Łucja\"",
        ),
        (
            "hold",
            "undeclared: OnHold 423 backoff 7s \"seat hold is on hold\"",
            "api: OnHold 423 backoff 7s \"seat hold is on hold\"",
        ),
        (
            "crossed",
            "undeclared: Crossed 409 idempotent \"seat crossed changed hands\"",
            "api: Crossed 409 idempotent \"seat crossed changed hands\"",
        ),
        ("shut", "undeclared: Shut 503 never \"the house is shut\"", "api: Shut 503 never \"the house is shut\""),
        (
            "busy",
            "undeclared: Busy 503 idempotent 7s \"Service Unavailable\"",
            "api: Busy 503 idempotent 7s \"Service Unavailable\"",
        ),
        (
            "one",
            "undeclared: OneAtATime 429 backoff \"one at a time\"",
            "api: OneAtATime 429 backoff \"one at a time\"",
        ),
        ("lowest", "undeclared: Lowest 400 never \"low\"", "api: Lowest 400 never \"low\""),
        ("highest", "undeclared: Highest 511 never \"high\"", "api: Highest 511 never \"high\""),
    ];
    table("new", NEW, rows).await;
}

/// `taken` does not say by whom yet, and `press` is an error that the new version has dropped.
const OF_THE_OLD: [(&str, &str); 2] = [
    ("none", "api: NoSuchSeat 404 never \"no seat none\""),
    ("press", "undeclared: ForThePress 403 backoff \"seat press is reserved for the press\""),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_client_newer_than_both_keeps_what_it_cannot_read() {
    let [(none, by_none), (press, by_press)] = OF_THE_OLD;
    let rows: Table = &[
        (none, by_none, by_none),
        (press, "api: ForThePress 403 backoff \"seat press is reserved for the press\"", by_press),
        (
            "taken",
            "api: Taken 409 never \"seat taken is taken\"",
            "unmodelled: Taken 409 never \"seat taken is taken\"",
        ),
    ];
    table("old", OLD, rows).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_function_is_heard_through_the_newer_gateway() {
    let [(none, by_none), (press, by_press)] = OF_THE_OLD;
    let rows: Table = &[
        (none, by_none, by_none),
        (press, "api: ForThePress 403 backoff \"seat press is reserved for the press\"", by_press),
        (
            "taken",
            "api: Taken 423 never \"seat taken is taken\"",
            "unmodelled: Taken 423 never \"seat taken is taken\"",
        ),
    ];
    table("old", NEW, rows).await;
}

/// What is typed is typed whole: the fields of a code that only the gateway does not know, and those that an older
/// client has no names for.
#[tokio::test(flavor = "multi_thread")]
async fn fields_are_there_for_whoever_knows_them() {
    let server = Server::start(OLD, &[("FUNCTION", "new")]).await;
    let old = old_client::Client::new(Http::new(), server.url());
    let new = new_client::Client::new(Http::new(), server.url());
    let hold = new.look("hold").await.unwrap_err();
    let Failure::Api(new_client::SeatError::OnHold(error)) = &hold else { panic!("{hold:?}") };
    assert_eq!((error.seat.as_str(), error.queue), ("hold", u64::MAX));
    let hold = old.look("hold").await.unwrap_err();
    let Failure::Undeclared(error) = &hold else { panic!("{hold:?}") };
    let members: BTreeMap<_, _> = error.members().iter().map(|(name, value)| (name, value.get().to_owned())).collect();
    assert_eq!(members, BTreeMap::from([("queue", u64::MAX.to_string()), ("seat", "\"hold\"".to_owned())]));
    assert_eq!(error.problem().title(), "Somebody is about to take it");
    let none = new.look("none").await.unwrap_err();
    let Failure::Api(new_client::SeatError::NoSuchSeat(error)) = &none else { panic!("{none:?}") };
    assert_eq!(error.suggestion.as_deref(), Some("A1"));
    server.stop().await;

    let server = Server::start(NEW, &[("FUNCTION", "old")]).await;
    let new = new_client::Client::new(Http::new(), server.url());
    let none = new.look("none").await.unwrap_err();
    let Failure::Api(new_client::SeatError::NoSuchSeat(error)) = &none else { panic!("{none:?}") };
    assert_eq!(error.suggestion, None);
    let taken = new.look("taken").await.unwrap_err();
    let Failure::Unmodelled(response) = &taken else { panic!("{taken:?}") };
    assert!(response.reason().starts_with("missing field `holder`"), "{}", response.reason());
    let exchange = server.exchanges().pop().unwrap();
    assert_eq!(response.body(), exchange.response.body, "byte for byte");
    server.stop().await;
}
