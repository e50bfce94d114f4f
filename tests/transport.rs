//! What a client takes from the network: so much, so long, from whom it asked; and how it shows what others say.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use orders_client::{Client, Failure, GetOrderError, OrdersFailure};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use throwback::Retry;
use throwback::client::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use throwback::client::{
    Api, Endpoint, ErrorSet, Refused, Reqwest, Transport, TransportError, decode, decode_invocation,
};
use throwback_tests::told;

const LIMIT: usize = 10 * 1024 * 1024;

type Heads = Arc<Mutex<Vec<String>>>;

/// A server that answers each connection by `answer`, and the heads of the requests that it got.
fn server(answer: impl Fn(&mut TcpStream) -> io::Result<()> + Send + 'static) -> (String, Heads) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heads = Heads::default();
    let seen = Arc::clone(&heads);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            seen.lock().unwrap().push(head(&mut stream));
            // Whoever asked may have gone away.
            let _ = answer(&mut stream);
        }
    });
    (url, heads)
}

fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

/// A server whose every answer is this.
fn says(answer: String) -> (String, Heads) {
    server(move |stream| stream.write_all(answer.as_bytes()))
}

/// A body of `length` bytes that says how long it is.
fn announced(status: u16, length: usize) -> (String, Heads) {
    server(move |stream| {
        write!(stream, "HTTP/1.1 {status} x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n")?;
        stream.write_all(&vec![b' '; length])
    })
}

/// A body in chunks that ends only when nobody reads any more. The counter is what was written.
fn endless() -> (String, Arc<Mutex<usize>>) {
    let written = Arc::new(Mutex::new(0));
    let count = Arc::clone(&written);
    let (url, _) = server(move |stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
        let chunk = [b"10000\r\n", &vec![b' '; 0x10000][..], b"\r\n"].concat();
        loop {
            stream.write_all(&chunk)?;
            *count.lock().unwrap() += 0x10000;
        }
    });
    (url, written)
}

fn refused<E: ErrorSet>(failure: &Failure<E>) -> &Refused {
    let Failure::Transport(error) = failure else { panic!("{failure:?}") };
    assert!(error.may_have_been_sent());
    assert_eq!((failure.retry(), failure.is_retryable()), (Retry::Never, false), "a repeat brings the same");
    assert_eq!((failure.status(), failure.code(), failure.who()), (None, None, "transport"));
    error.refused().expect("a response that is refused")
}

async fn health<T: Transport>(transport: T, url: &str) -> Failure<orders_client::CommonError> {
    Client::new(transport, url).health().await.unwrap_err()
}

#[tokio::test]
async fn no_failure_and_no_client_shows_a_secret() {
    const SECRETS: [&str; 6] = ["pa55word", "t0ken", "k3y", "b0dy", "c00kie", "qu3ry"];
    let silent = |text: &str| SECRETS.iter().all(|secret| !text.contains(secret));
    let (page, _) =
        says("HTTP/1.1 502 Bad Gateway\r\nset-cookie: c00kie\r\nconnection: close\r\n\r\n<html>".to_owned());
    let (long, _) = announced(200, LIMIT + 1);
    let (led, ..) = redirecting(302);
    let with_user = |url: &str| format!("{}?key=qu3ry", url.replacen("http://", "http://user:pa55word@", 1));
    let nobody = with_user("http://127.0.0.1:1/prod");
    let mut headers = HeaderMap::new();
    headers.insert("x-always", HeaderValue::from_static("k3y"));
    let following = reqwest::Client::builder().default_headers(headers).build().unwrap();
    for base in [
        with_user(&page),
        with_user(&long),
        with_user(&led),
        nobody,
        with_user("http://exa mple/"),
        "pa55 word".to_owned(),
    ] {
        let mut client = Client::new(Reqwest::from(following.clone()), base.clone());
        client.headers_mut().insert("authorization", HeaderValue::from_static("Bearer t0ken"));
        let mut plain = Client::new(following.clone(), base.clone());
        plain.headers_mut().insert("authorization", HeaderValue::from_static("Bearer t0ken"));
        let own = async |request: Request<Vec<u8>>| -> Result<Response<Vec<u8>>, reqwest::Error> {
            let request = reqwest::Request::try_from(request)?;
            following.execute(request).await.map(|_| Response::default())
        };
        let own = Client::new(own, base);
        let whole = format!("{client:?} {client:#?}");
        assert!(silent(&whole), "{whole}");
        let failures = [
            client.get_order("b0dy").await.err(),
            plain.get_order("b0dy").await.err(),
            own.get_order("b0dy").await.err(),
        ];
        for failure in failures.into_iter().flatten() {
            let shown = format!("{failure} {failure:?} {failure:#?} {}", told(&failure));
            assert!(silent(&shown), "{shown}");
            let lines: std::collections::HashSet<_> = told(&failure).split(": ").map(ToOwned::to_owned).collect();
            assert_eq!(lines.len(), told(&failure).split(": ").count(), "nothing is said twice: {}", told(&failure));
        }
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whoever_sent_the_request() {
    for status in [200, 404, 500] {
        let (url, _) = announced(status, LIMIT + 1);
        for failure in [health(Reqwest::new().unwrap(), &url).await, health(reqwest::Client::new(), &url).await] {
            assert_eq!(*refused(&failure), Refused::Size { limit: LIMIT });
            assert_eq!(
                told(&failure),
                "the response is refused: its body has more than 10485760 bytes: raise the transport's limit if that is right"
            );
        }
        let whole = async |_: Request<Vec<u8>>| {
            let response = Response::builder().status(status).body(vec![b' '; LIMIT + 1]);
            response.map_err(io::Error::other)
        };
        assert_eq!(*refused(&health(whole, "http://x").await), Refused::Size { limit: LIMIT });
    }
    // What is just within it is read: here it is no output.
    let (url, _) = announced(200, LIMIT);
    let failure = health(Reqwest::new().unwrap(), &url).await;
    assert!(matches!(&failure, Failure::Unmodelled(response) if response.body().len() == LIMIT), "{}", failure.who());
}

#[tokio::test]
async fn a_length_over_the_limit_is_refused_before_anything_is_read() {
    for length in ["10485761", "1073741824", "18446744073709551615"] {
        // Nothing follows, and the connection stays open: who reads on waits for ever.
        let (url, _) = server(move |stream| {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n")?;
            stream.read(&mut [0]).map(drop)
        });
        let client = Reqwest::from(Reqwest::builder().timeout(Duration::from_secs(30)).build().unwrap());
        let failure = health(client, &url).await;
        // The largest is no length for hyper.
        if length.len() < 20 {
            assert_eq!(*refused(&failure), Refused::Size { limit: LIMIT }, "{length}");
        }
        assert_eq!(failure.who(), "transport");
    }
}

#[tokio::test]
async fn a_body_without_an_end_is_cut_off_at_the_limit() {
    let (url, written) = endless();
    assert_eq!(*refused(&health(Reqwest::new().unwrap(), &url).await), Refused::Size { limit: LIMIT });
    // What the sockets' buffers hold comes on top.
    assert!(*written.lock().unwrap() < 4 * LIMIT, "{written:?}");
}

/// A transport of somebody's own, with a limit of its own.
struct Small;
impl Transport for Small {
    type Error = io::Error;
    async fn send(&self, _: Request<Vec<u8>>) -> io::Result<Response<Vec<u8>>> {
        Ok(Response::new(br#"{"version":"1"}"#.to_vec()))
    }
    fn limit(&self) -> usize {
        14
    }
}

#[tokio::test]
async fn the_limit_can_be_set() {
    let (url, _) = announced(200, 5);
    for (limit, taken) in [(0, false), (4, false), (5, true), (usize::MAX, true)] {
        let transport = Reqwest::new().unwrap().with_limit(limit);
        assert_eq!(transport.limit(), limit);
        let failure = health(transport, &url).await;
        assert_eq!(matches!(failure, Failure::Unmodelled(_)), taken, "{limit}: {failure:?}");
        if !taken {
            assert_eq!(*refused(&failure), Refused::Size { limit });
        }
    }
    // A length is a claim: it costs no memory.
    let (url, _) =
        says(format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{{}}", u64::MAX / 4));
    let failure = health(Reqwest::new().unwrap().with_limit(usize::MAX), &url).await;
    assert!(matches!(&failure, Failure::Transport(error) if error.refused().is_none()), "{failure:?}");

    assert_eq!(*refused(&health(Small, "http://x").await), Refused::Size { limit: 14 });
}

#[tokio::test]
async fn what_has_no_body_may_say_how_long_it_would_be() {
    let (url, _) = says(format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", LIMIT + 1));
    let endpoint = Endpoint::head("/health");
    let api = Api::new(Reqwest::new().unwrap(), url);
    api.call::<_, (), GetOrderError>(&endpoint, &()).await.unwrap();
}

/// A host that sends everybody on, and the one that it names, which has an answer ready.
fn redirecting(status: u16) -> (String, Heads, String, Heads) {
    let body = r#"{"version":"evil"}"#;
    let (other, there) =
        says(format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len()));
    let (url, here) = says(format!(
        "HTTP/1.1 {status} Moved\r\nconnection: close\r\nlocation: {other}/health\r\ncontent-length: 0\r\n\r\n"
    ));
    (url, here, other, there)
}

#[tokio::test]
async fn no_redirect_is_followed() {
    for status in [301, 302, 303, 307, 308] {
        let (url, here, _, there) = redirecting(status);
        let mut client = Client::connect(url).unwrap();
        client.headers_mut().insert("x-api-key", HeaderValue::from_static("secret"));
        let failure = client.health().await.unwrap_err();
        assert!(matches!(&failure, Failure::Unmodelled(response) if response.status().as_u16() == status));
        assert!(here.lock().unwrap()[0].contains("x-api-key: secret"));
        assert!(there.lock().unwrap().is_empty(), "the key has left");
    }
}

#[tokio::test]
async fn an_answer_of_another_origin_is_refused() {
    for status in [301, 302, 303, 307, 308] {
        let (url, _, other, there) = redirecting(status);
        for failure in
            [health(reqwest::Client::new(), &url).await, health(Reqwest::from(reqwest::Client::new()), &url).await]
        {
            assert_eq!(*refused(&failure), Refused::Origin { from: other.clone() });
            let text = format!(
                "the response is refused: it comes from `{other}`: make the HTTP client so that it follows no redirects"
            );
            assert_eq!(told(&failure), text);
            assert!(!format!("{failure:?}").contains("evil"), "the other host's body is dropped");
        }
        assert_eq!(there.lock().unwrap().len(), 2, "this client did follow");
    }
    // Within one origin it is the caller's own choice.
    let asked = AtomicUsize::new(0);
    let (url, heads) = server(move |stream| {
        let moved = "HTTP/1.1 302 Found\r\nconnection: close\r\nlocation: /there\r\ncontent-length: 0\r\n\r\n";
        let there = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 15\r\n\r\n{\"version\":\"1\"}";
        let first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        stream.write_all(if first { moved } else { there }.as_bytes())
    });
    assert_eq!(Client::new(reqwest::Client::new(), url).health().await.unwrap().version, "1");
    assert!(heads.lock().unwrap()[1].starts_with("GET /there "));
}

#[tokio::test]
async fn a_server_that_says_nothing_or_dribbles_is_given_up() {
    let short = || Reqwest::from(Reqwest::builder().timeout(Duration::from_millis(200)).build().unwrap());
    let (silent, _) = server(|stream| stream.read(&mut [0]).map(drop));
    let (dribbling, _) = server(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
        loop {
            stream.write_all(b"1\r\n \r\n")?;
            thread::sleep(Duration::from_millis(20));
        }
    });
    for url in [silent, dribbling] {
        let failure = health(short(), &url).await;
        let Failure::Transport(error) = &failure else { panic!("{failure:?}") };
        assert!(error.may_have_been_sent() && error.refused().is_none());
        let mut causes = std::iter::successors(std::error::Error::source(error), |error| error.source());
        assert!(causes.any(|cause| cause.to_string().contains("timed out")), "{failure:?}");
    }
    // What is set where nobody says otherwise.
    let ours = format!("{:?}", Reqwest::builder());
    assert!(ours.contains("connect_timeout: 5s") && ours.contains("timeout: 35s"), "{ours}");
}

#[tokio::test]
async fn what_can_t_be_set_up_is_a_failure_of_the_whole_api_too() {
    async fn version(url: &str) -> Result<String, OrdersFailure> {
        let client = Client::connect(url)?;
        Ok(client.health().await?.version)
    }
    // Port 1 is nobody's.
    let OrdersFailure(failure) = version("http://127.0.0.1:1").await.unwrap_err();
    assert_eq!(failure.who(), "transport");
}

/// Everything that a terminal or a reader of logs would obey.
const BAD: &str =
    "a\u{1b}[2J\u{1b}]0;t\u{7}\r\nb\0\u{7f}\u{85}\u{9b}1m\u{61c}\u{200e}\u{202e}\u{2028}\u{2029}\u{2066}\u{feff}z";

/// `BAD` as it is shown.
const SHOWN: &str =
    r"a\u{1b}[2J\u{1b}]0;t\u{7}\r\nb\u{0}\u{7f}\u{85}\u{9b}1m\u{61c}\u{200e}\u{202e}\u{2028}\u{2029}\u{2066}\u{feff}z";

fn tame(shown: &str) {
    let obeyed = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    assert!(!shown.contains(obeyed), "{shown:?}");
}

/// A response whose problem has `BAD` in every text that a problem can have.
fn answered(code: &str, pairs: &[(&str, &str)], more: &str) -> Failure<GetOrderError> {
    let bad = serde_json::to_string(BAD).unwrap();
    let body = format!(
        r#"{{"code":{code},"title":{bad},"status":500,"detail":{bad},"type":{bad},"instance":{bad},"retryable":{bad},"message":{bad}{more}}}"#
    );
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        // Of all controls, a header's value can hold the tab.
        headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    decode(StatusCode::INTERNAL_SERVER_ERROR, &headers, body.as_bytes())
}

#[tokio::test]
async fn texts_of_others_are_shown_without_what_a_terminal_obeys() {
    let bad = serde_json::to_string(BAD).unwrap();
    let problem = "application/problem+json";
    let coded =
        |code: &'static str| answered(&format!("\"{code}\""), &[("x-error-code", code), ("content-type", problem)], "");
    let mut failures: Vec<(&str, bool, Failure<GetOrderError>)> = vec![
        (
            "api",
            true,
            answered(r#""OrderNotFound""#, &[("x-error-code", "OrderNotFound")], &format!(r#","orderId":{bad}"#)),
        ),
        ("undeclared", true, coded("NewError")),
        ("platform", false, coded("InternalError")),
        ("platform", false, coded("FunctionTimeout")),
        (
            "platform",
            true,
            answered(
                r#""InvalidPayload""#,
                &[("x-error-code", "InvalidPayload")],
                &format!(r#","path":{bad},"reason":{bad}"#),
            ),
        ),
        ("gateway", true, answered("7", &[("x-amzn-errortype", "Some\tThing")], "")),
        ("gateway", true, answered(r#""gateway.THROTTLED""#, &[("x-amzn-errortype", "A\tB")], "")),
        ("unmodelled", false, coded("OrderNotFound")),
        ("unmodelled", false, answered(&bad, &[], "")),
        // serde names a value that does not fit.
        (
            "unmodelled",
            false,
            answered(
                r#""OrderArchived""#,
                &[("x-error-code", "OrderArchived")],
                &format!(r#","orderId":"1","ticket":{bad}"#),
            ),
        ),
    ];
    for message in [BAD.to_owned(), format!("[OrderNotFound] {{{BAD}"), format!("[New] {{\"detail\":{bad}}}")] {
        let payload = serde_json::json!({ "errorType": BAD, "errorMessage": message }).to_string();
        let failure: Failure<GetOrderError> = decode_invocation(payload.as_bytes());
        failures.push((failure.who(), false, failure));
    }
    let lost = async |_: Request<Vec<u8>>| Err::<Response<Vec<u8>>, _>(io::Error::other(BAD));
    failures.push(("transport", false, Client::new(lost, "http://x").get_order("1").await.unwrap_err()));
    let nowhere = Client::new(lost, format!("http://{BAD}"));
    failures.push(("transport", false, nowhere.get_order("1").await.unwrap_err()));
    let elsewhere = async |_: Request<Vec<u8>>| Err::<Response<Vec<u8>>, _>(Refused::Origin { from: BAD.to_owned() });
    failures.push(("transport", false, Client::new(elsewhere, "http://x").get_order("1").await.unwrap_err()));
    for (who, holds, failure) in &failures {
        assert_eq!(failure.who(), *who, "{failure:?}");
        tame(&failure.to_string());
        tame(&format!("{failure:?}"));
        if *holds {
            assert!(failure.to_string().contains(if *who == "gateway" { r"\u{1b}" } else { SHOWN }), "{failure}");
        }
    }
    // What a program reads is what was said.
    let Failure::Api(GetOrderError::OrderNotFound(error)) = &failures[0].2 else { panic!("{:?}", failures[0]) };
    assert_eq!((error.detail(), error.problem().title(), error.order_id.as_str()), (BAD, BAD, BAD));
    let seen: std::collections::BTreeSet<_> = failures.iter().map(|(who, ..)| *who).collect();
    assert_eq!(seen.len(), 6, "every kind of failure: {seen:?}");
}

#[test]
fn a_long_text_is_shown_by_its_start() {
    let long = "\u{1b}".repeat(1 << 20);
    let body = serde_json::json!({ "code": "NewError", "detail": long, "message": long }).to_string();
    let mut headers = HeaderMap::new();
    headers.insert("x-error-code", HeaderValue::from_static("NewError"));
    let undeclared: Failure<GetOrderError> = decode(StatusCode::BAD_REQUEST, &headers, body.as_bytes());
    headers.remove("x-error-code");
    headers.insert("x-amzn-errortype", HeaderValue::from_static("X"));
    let gateway: Failure<GetOrderError> = decode(StatusCode::BAD_REQUEST, &headers, &body.into_bytes()[18..]);
    assert_eq!((undeclared.who(), gateway.who()), ("undeclared", "gateway"));
    assert!(undeclared.to_string().len() < 30_000 && undeclared.to_string().contains('…'));
    assert!(gateway.to_string().len() < 30_000);
}

#[test]
fn a_cause_that_is_its_own_ends() {
    #[derive(Debug)]
    struct Circle;
    impl std::fmt::Display for Circle {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("round")
        }
    }
    impl std::error::Error for Circle {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&Self)
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let lost = async |_: Request<Vec<u8>>| Err::<Response<Vec<u8>>, _>(Circle);
    let failure = runtime.block_on(Client::new(lost, "http://x").health()).unwrap_err();
    let Failure::Transport(error) = &failure else { panic!("{failure:?}") };
    let _: &TransportError = error;
    assert_eq!((error.refused(), failure.to_string().as_str()), (None, "the request got no response"));
}
