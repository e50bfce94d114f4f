//! What handlers ask for besides a body: from the generated client through the generated template to the handler, and back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use throwback::client::{Failure, PlatformKind, Retries};
use throwback::{Operations, operations};
use throwback_gateway::{Call, Caller, Front, Gateway};
use throwback_tests::asked::{House, clean, enter, find, see};
use throwback_tests::asked_client::{self as api, AskedError, Client, Color};
use throwback_tests::behind::{self, Behind};

const OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/asked.openapi.json"));

/// A custom integration, and every front.
fn fronts() -> impl Iterator<Item = Option<Front>> {
    std::iter::once(None).chain(Front::ALL.map(|(_, front)| Some(front)))
}

/// What the function makes of an event, and whether it is an error.
async fn answer(event: &str) -> (String, bool) {
    let operations: Operations<House> = operations![find, enter, see, clean];
    behind::answer(House { sign: "tea".to_owned() }, operations, event).await
}

/// The last request and the event that came of it.
type Last = Arc<Mutex<(String, Value)>>;

fn observed(caller: &str, front: Option<Front>) -> (Client<Behind>, Last) {
    let mut behind = Behind::new(OPENAPI, |event| async move { answer(&event).await });
    behind.caller = (!caller.is_empty()).then(|| Caller::read(caller).unwrap());
    behind.front = front;
    let last = Arc::clone(&behind.last);
    (Client::new(behind, "https://api.example.com"), last)
}

fn client(caller: &str) -> Client<Behind> {
    observed(caller, None).0
}

fn search() -> api::Find {
    api::Find { words: vec!["a".to_owned()], numbers: None, colors: None, if_match: None, depth: 3 }
}

#[tokio::test]
async fn lists_and_headers_arrive_as_they_were_sent() {
    for front in fronts() {
        lists_and_headers(front).await;
    }
}

async fn lists_and_headers(front: Option<Front>) {
    let odd = "x\"y\\z'$input.body #end é&=+%2C /";
    for (words, numbers, colors, if_match) in [
        (vec!["a", "b"], None, None, None),
        (vec![], Some(vec![]), Some(vec![]), Some("\"5d2f\"")),
        (
            vec!["a", "", "", ""],
            Some(vec![u64::MAX, 0]),
            Some(vec![Color::Black, Color::White]),
            Some("W/\"x\" $!{x} 'y'"),
        ),
        (vec![odd, "", odd], Some(vec![7]), Some(vec![Color::White]), Some("#set($x=1)\\")),
    ] {
        let input = api::Find {
            words: words.iter().map(ToString::to_string).collect(),
            numbers: numbers.clone(),
            colors: colors.clone().map(|colors| colors.into_iter().collect()),
            if_match: if_match.map(ToOwned::to_owned),
            ..search()
        };
        let (client, _) = observed("", front);
        let found = client.find(&input).await.unwrap_or_else(|failure| panic!("{front:?} {failure:?}"));
        assert_eq!(found.sign, "tea");
        assert_eq!(found.input.words, input.words);
        assert_eq!(found.input.numbers, input.numbers);
        assert_eq!(found.input.if_match, input.if_match);
        assert_eq!(found.input.depth, 3);
        let sorted = |colors: Option<Vec<Color>>| colors.unwrap_or_default().len();
        assert_eq!(sorted(found.input.colors), sorted(colors.map(|colors| colors.into_iter().collect())));
    }
}

#[tokio::test]
async fn what_can_not_travel_is_refused_before_it_is_sent() {
    let list = |words: &[&str]| api::Find { words: words.iter().map(ToString::to_string).collect(), ..search() };
    let header = |text: &str| api::Find { if_match: Some(text.to_owned()), ..search() };
    for (input, why) in [
        (list(&["a,b"]), "an element of the query's list `words` is empty or holds a comma"),
        (list(&[""]), "an element of the query's list `words`"),
        (header("a\r\nx: y"), "`ifMatch` can't be sent as the header `If-Match`"),
        (header(" a"), "can't be sent"),
        (header("é"), "can't be sent"),
    ] {
        let Err(Failure::Transport(error)) = client("").find(&input).await else { panic!("{input:?} was sent") };
        assert!(!error.may_have_been_sent());
        let said = throwback_tests::told(&error);
        assert!(said.contains(why), "{said}");
    }
}

#[tokio::test]
async fn a_handler_knows_who_calls() {
    for front in [None, Some(Front::RestProxy), Some(Front::HttpApi), Some(Front::HttpApi1)] {
        who_calls(front).await;
    }
}

async fn who_calls(front: Option<Front>) {
    let client = |caller| observed(caller, front).0;
    let enter = api::Enter { room: "attic".to_owned(), key: Some("k-1".to_owned()), word: "please".to_owned() };
    let ann = client(r#"{"authorizer":{"claims":{"sub":"ann","email":"a\"b"}}}"#);
    assert_eq!(ann.enter(&enter).await.unwrap(), ["attic", "k-1", "please"]);
    let Err(Failure::Api(AskedError::NotAllowed(error))) = client("").enter(&enter).await else { panic!("let in") };
    assert_eq!((error.caller.as_str(), error.problem().status()), ("nobody", 403));

    let mut iam = client(r#"{"identity":{"userArn":"arn:aws:iam::1:user/\"x\"","accountId":"1"}}"#);
    iam.headers_mut().insert("x-api-key", "k".parse().unwrap());
    iam.headers_mut().insert("x-odd", "a\"b\\c'd".parse().unwrap());
    let seen = iam.see_all().await.unwrap();
    let headers: BTreeMap<_, _> = seen.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(headers["x-odd"], "a\"b\\c'd", "{front:?}");
    assert_eq!(seen.address.as_deref(), Some("127.0.0.1"), "{front:?}");
    assert_eq!(seen.user.as_deref(), Some("arn:aws:iam::1:user/\"x\""), "{front:?}");
    if front.is_none() {
        assert_eq!(seen.key_id.as_deref(), Some("local"));
        assert_eq!(seen.stage.as_deref(), Some("local"));
    }
    let authorized = client(r#"{"authorizer":{"principalId":"p","role":"it's"}}"#).see_all().await.unwrap();
    assert_eq!(authorized.role.as_deref(), Some("it's"), "{front:?}");
}

/// The template carries what an operation asks for and nothing else.
#[tokio::test]
async fn an_event_holds_what_was_asked_for() {
    let (client, last) = observed(r#"{"authorizer":{"claims":{"sub":"ann"}}}"#, None);
    client.find(&api::Find { numbers: Some(vec![1, 2]), ..search() }).await.unwrap();
    let (target, found) = last.lock().unwrap().clone();
    assert_eq!(target, "/found?words=a&numbers=1,2");
    assert_eq!(found, json!({ "operation": "find", "input": { "words": ["a"], "numbers": [1, 2], "depth": 3 } }));
    client.see_all().await.unwrap();
    let (_, seen) = last.lock().unwrap().clone();
    assert_eq!(seen["request"]["caller"]["claims"], json!({ "sub": "ann" }));
    assert_eq!(seen["request"]["caller"]["authorizer"], json!({}));
    assert_eq!(seen["operation"], "seeAll");
    assert_eq!(seen.as_object().unwrap().keys().collect::<Vec<_>>(), ["operation", "request"]);
}

/// The name of a header has no case, and the body sets none.
#[tokio::test]
async fn a_header_is_found_in_any_case_and_set_by_nothing_else() {
    let gateway = Gateway::read(OPENAPI).unwrap();
    let event = |headers: &[(&str, &str)], target: &str, body: &str| {
        let mut call = Call::new("POST", target);
        call.headers.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        call.body = body.to_owned();
        call.caller = Some(Caller::read(r#"{"authorizer":{"claims":{"sub":"ann"}}}"#).unwrap());
        let (route, parameters) = gateway.find("POST", "/rooms/attic").unwrap();
        call.path_parameters = parameters;
        route.event(&gateway, &mut call).unwrap()
    };
    for name in ["Idempotency-Key", "idempotency-key", "IDEMPOTENCY-KEY"] {
        let (output, error) = answer(&event(&[(name, "k")], "/rooms/attic", r#"{"word":"w"}"#)).await;
        assert_eq!((output.as_str(), error), (r#"["attic","k","w"]"#, false), "{name}");
    }
    let (output, _) = answer(&event(&[], "/rooms/attic?Idempotency-Key=q&key=q", r#"{"word":"w"}"#)).await;
    assert_eq!(output, r#"["attic","","w"]"#);
    let (output, error) = answer(&event(&[], "/rooms/attic", r#"{"word":"w","key":"forged"}"#)).await;
    assert!(error && output.contains("is set by the path, the query or a header"), "{output}");
    let forged = r#"{"word":"w","request":{"caller":{"claims":{"sub":"eve"}}}}"#;
    assert!(event(&[("x", "\",\"claims\":{\"sub\":\"eve")], "/rooms/attic", forged).contains("\"sub\":\"ann\""));
}

#[tokio::test]
async fn what_has_no_route_is_invoked() {
    let document: Value = serde_json::from_str(OPENAPI).unwrap();
    assert_eq!(document["paths"].as_object().unwrap().keys().collect::<Vec<_>>(), ["/found", "/rooms/{room}", "/seen"]);
    let (payload, error) = answer(r#"{"operation":"clean"}"#).await;
    assert!(error);
    let failure = api::decode_invocation::<AskedError>(payload.as_bytes());
    let Failure::Api(AskedError::NotAllowed(error)) = failure else { panic!("{failure:?}") };
    assert_eq!(error.caller, "the broom");
    // Who reads `message`, as callers of before do, finds what went wrong.
    assert!(payload.contains(r#"\"detail\":\"the broom may not\",\"message\":\"the broom may not\""#), "{payload}");
    let contract: Value = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/asked.contract.json"))).unwrap();
    assert_eq!(contract["invocations"][0]["name"], "clean");
    assert_eq!(contract["invocations"][0]["set"], "AskedError");
}

/// The generated client invokes it, over whatever invokes.
#[tokio::test]
async fn a_client_invokes_what_has_no_route() {
    let function = api::Function::new(async |event: Vec<u8>| {
        let (payload, failed) = answer(&String::from_utf8(event).unwrap()).await;
        Ok::<_, std::io::Error>((failed.then(|| "Unhandled".to_owned()), payload.into_bytes()))
    });
    let Err(Failure::Api(AskedError::NotAllowed(error))) = function.clean().await else { panic!("another failure") };
    assert_eq!(error.caller, "the broom");

    // What Lambda itself says, what is no output, and nobody at all.
    let said = |error: Option<&'static str>, payload: &'static str| {
        api::Function::new(move |_: Vec<u8>| async move {
            Ok::<_, std::io::Error>((error.map(ToOwned::to_owned), payload.as_bytes().to_vec()))
        })
    };
    assert_eq!(said(None, "7").clean().await.unwrap(), 7);
    let timeout =
        r#"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 8f5c Error: Task timed out after 3.00 seconds"}"#;
    let Err(Failure::Platform(platform)) = said(Some("Unhandled"), timeout).clean().await else { panic!("no timeout") };
    assert_eq!(*platform.kind(), PlatformKind::Timeout);
    let Err(Failure::Unmodelled(other)) = said(None, "\"seven\"").clean().await else { panic!("an output") };
    assert_eq!(other.body(), b"\"seven\"");
    let nobody =
        api::Function::new(async |_: Vec<u8>| Err::<(Option<String>, Vec<u8>), _>(std::io::Error::other("gone")));
    let Err(failure @ Failure::Transport(_)) = nobody.clean().await else { panic!("an answer") };
    assert!(!failure.is_retryable(), "{failure}");

    // What was not carried out is made again, and nothing else.
    let made = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&made);
    let busy = api::Function::new(move |_: Vec<u8>| {
        *counted.lock().unwrap() += 1;
        let problem = r#"[Busy] {\"code\":\"Busy\",\"status\":429,\"retryable\":\"backoff\"}"#;
        let payload = format!(r#"{{"errorType":"Busy","errorMessage":"{problem}"}}"#);
        async { Ok::<_, std::io::Error>((Some("Unhandled".to_owned()), payload.into_bytes())) }
    });
    let busy = busy.with_retries(Retries::new().attempts(3), async |_| ());
    let Err(failure) = busy.clean().await else { panic!("a success") };
    assert_eq!((failure.code(), failure.attempts(), *made.lock().unwrap()), (Some("Busy"), 3, 3));
}
