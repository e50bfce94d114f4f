//! What a caller does with a client beside its calls: repeats, tests of his own, other libraries, and matching.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use orders_client::{
    Client, Failure, GetOrderError, OrderNotFound, OrdersError, OrdersFailure, PlaceOrder, Retries, Retry, Transport,
    TransportError,
};
use serde_json::json;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use throwback::client::http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use throwback::client::{Api, Endpoint, Reqwest, decode};

/// Answers in this order, and how often it was asked.
#[derive(Clone, Default)]
struct Scripted {
    answers: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
    asked: Arc<Mutex<u32>>,
}

impl Scripted {
    fn new(answers: &[(u16, &'static str)]) -> Self {
        Self { answers: Arc::new(Mutex::new(answers.iter().copied().collect())), asked: Arc::default() }
    }
}

impl Transport for Scripted {
    type Error = std::io::Error;

    async fn send(&self, _: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, std::io::Error> {
        *self.asked.lock().unwrap() += 1;
        let Some((status, kind)) = self.answers.lock().unwrap().pop_front() else {
            return Ok(Response::new(
                br#"{"id":"42","customerId":1,"state":"open","lines":[],"total":{"units":1,"currency":"EUR"}}"#
                    .to_vec(),
            ));
        };
        if status == 0 {
            return Err(std::io::Error::other(kind));
        }
        let mut response = Response::new(b"{}".to_vec());
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(kind));
        Ok(response)
    }

    fn is_unsent(&self, error: &std::io::Error) -> bool {
        error.to_string() == "refused"
    }
}

const BUSY: (u16, &str) = (429, "TooManyRequestsException");
const BROKEN: (u16, &str) = (500, "InternalServerErrorException");
const FORBIDDEN: (u16, &str) = (403, "ForbiddenException");
const LOST: (u16, &str) = (0, "lost");
const REFUSED: (u16, &str) = (0, "refused");

fn order() -> PlaceOrder {
    PlaceOrder { customer_id: 1, lines: Vec::new(), note: None, labels: None, dry_run: None, idempotency_key: None }
}

#[tokio::test]
async fn a_client_repeats_what_may_be_repeated() {
    let waited = Arc::new(Mutex::new(Vec::new()));
    for (answers, reads, places) in [
        (&[][..], Ok(1), Ok(1)),
        (&[BUSY, BUSY], Ok(3), Ok(3)),
        (&[BUSY, BUSY, BUSY], Err(3), Err(3)),
        (&[FORBIDDEN], Err(1), Err(1)),
        // A `GET` may always be repeated; a `POST` only where it was not carried out.
        (&[BROKEN, LOST], Ok(3), Err(1)),
        (&[REFUSED], Ok(2), Ok(2)),
    ] {
        for (placing, expected) in [(false, reads), (true, places)] {
            let transport = Scripted::new(answers);
            let asked = Arc::clone(&transport.asked);
            let log = Arc::clone(&waited);
            let sleep = move |delay: Duration| {
                log.lock().unwrap().push(delay);
                std::future::ready(())
            };
            let retries = Retries::new().attempts(3).first(Duration::from_millis(1));
            let client = Client::new(transport, "https://api.example.com").with_retries(retries, sleep);
            let outcome: Result<_, OrdersFailure> = if placing {
                client.place_order(&order()).await.map_err(OrdersFailure::from)
            } else {
                client.get_order("42").await.map_err(OrdersFailure::from)
            };
            let made = outcome.map(|_| *asked.lock().unwrap()).map_err(|failure| failure.attempts());
            assert_eq!(made, expected, "{answers:?}, placing: {placing}");
            assert_eq!(*asked.lock().unwrap(), expected.unwrap_or_else(|attempts| attempts));
        }
    }
    assert!(waited.lock().unwrap().iter().all(|delay| *delay <= Duration::from_millis(2)));
    // Without being asked it repeats nothing.
    let transport = Scripted::new(&[BUSY]);
    assert_eq!(Client::new(transport, "https://api.example.com").get_order("42").await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_refused_connection_has_sent_nothing() {
    // Nobody listens any more.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let client = Client::new(Reqwest::new().unwrap(), format!("http://127.0.0.1:{port}"));
    let failure = client.place_order(&order()).await.unwrap_err();
    let Failure::Transport(error) = &failure else { panic!("{failure:?}") };
    assert!(!error.may_have_been_sent());
    assert_eq!((failure.retry(), failure.is_retryable()), (Retry::Backoff, true), "nobody has carried it out");
    assert!(failure.to_string().contains("not sent"), "{failure}");
}

/// As a caller's own test does.
#[test]
fn an_error_is_built_in_a_line() {
    let failure = Failure::<GetOrderError>::thrown::<OrderNotFound>(json!({ "orderId": "42", "detail": "no 42" }));
    assert_eq!((failure.code(), failure.status()), (Some("OrderNotFound"), Some(404)));
    assert_eq!(failure.to_string(), "OrderNotFound (404): no 42");
    assert!(failure.is::<OrderNotFound>() && !failure.is_retryable());
    let Failure::Api(GetOrderError::OrderNotFound(error)) = failure else { panic!("{failure:?}") };
    assert_eq!(error.order_id, "42");
    // It is the same as one that came.
    let mut headers = HeaderMap::new();
    headers.insert("x-error-code", HeaderValue::from_static("OrderNotFound"));
    let body = br#"{"code":"OrderNotFound","status":404,"orderId":"42","detail":"no 42"}"#;
    let came: Failure<GetOrderError> = decode(StatusCode::NOT_FOUND, &headers, body);
    let Failure::Api(GetOrderError::OrderNotFound(came)) = came else { panic!("{came:?}") };
    assert_eq!(format!("{came:?}"), format!("{error:?}"));
    let whole: Failure<OrdersError> = OrdersError::from(came).into();
    assert!(whole.is::<OrderNotFound>());
}

#[test]
#[should_panic(expected = "`OrderNotFound` is not as the API declares it")]
fn an_error_that_there_is_not_is_not_built() {
    let _ = Failure::<GetOrderError>::thrown::<OrderNotFound>(json!({ "order": "42" }));
}

/// `?` over two operations, and a match without `.0`.
#[tokio::test]
async fn the_failure_of_a_whole_api_answers_what_each_does() {
    async fn both(client: &Client<Scripted>) -> Result<(), OrdersFailure> {
        client.get_order("42").await?;
        client.place_order(&order()).await?;
        Ok(())
    }
    let client = Client::new(Scripted::new(&[BUSY]), "https://api.example.com");
    let failure = both(&client).await.unwrap_err();
    assert_eq!((failure.status(), failure.who(), failure.is_retryable()), (Some(429), "gateway", true));
    assert!(matches!(*failure, Failure::Gateway(_)));
    assert!(matches!(failure.into_inner(), Failure::Gateway(_)));
    both(&client).await.unwrap();
    // It can be sent to another thread and waited for there.
    let client = Client::new(Scripted::default(), "https://api.example.com");
    tokio::spawn(async move { both(&client).await }).await.unwrap().unwrap();
}

/// A library that blocks, or wants things its own way, takes the two halves.
#[test]
fn a_call_has_two_halves() {
    const GET: Endpoint = Endpoint::get("/orders/{order_id}");
    let mut api = Api::new((), "https://api.example.com/prod");
    api.headers_mut().insert("authorization", HeaderValue::from_static("Bearer x"));
    let request = api.request(&GET, &json!({ "order_id": "4/2" })).unwrap();
    assert_eq!(request.uri().to_string(), "https://api.example.com/prod/orders/4%2F2");
    assert_eq!(request.headers()["authorization"], "Bearer x");
    let mut response = Response::new(br#"{"code":"OrderNotFound","status":404,"orderId":"4/2"}"#.to_vec());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().insert("x-error-code", HeaderValue::from_static("OrderNotFound"));
    let failure = api.answer::<serde_json::Value, GetOrderError>(&GET, response).unwrap_err();
    assert!(failure.is::<OrderNotFound>());
    let unmade = api.request(&GET, &json!({ "order_id": "" })).unwrap_err();
    assert!(!unmade.may_have_been_sent());
}

/// One that blocks: ureq, before a server that answers each request alike.
#[test]
fn a_library_that_blocks_takes_the_halves() {
    use std::io::{Read, Write};
    const GET: Endpoint = Endpoint::get("/orders/{order_id}");
    fn get(api: &Api<ureq::Agent>, id: &str) -> Result<serde_json::Value, Failure<GetOrderError>> {
        let request = api.request(&GET, &json!({ "order_id": id })).map_err(Failure::Transport)?;
        let sent = api.transport().run(request).and_then(|response| {
            let (parts, mut body) = response.into_parts();
            Ok(Response::from_parts(parts, body.read_to_vec()?))
        });
        let response = sent.map_err(|error| Failure::Transport(TransportError::sent(error)))?;
        api.answer(&GET, response)
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 1024];
        let read = stream.read(&mut request).unwrap();
        let body = r#"{"code":"OrderNotFound","status":404,"orderId":"7"}"#;
        let head = "HTTP/1.1 404 Not Found\r\nx-error-code: OrderNotFound\r\nconnection: close";
        write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
        String::from_utf8_lossy(&request[..read]).into_owned()
    });
    let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    let api = Api::new(ureq::Agent::from(agent), format!("http://{address}"));
    let failure = get(&api, "7").unwrap_err();
    let Failure::Api(GetOrderError::OrderNotFound(error)) = &failure else { panic!("{failure:?}") };
    assert_eq!(error.order_id, "7");
    assert!(server.join().unwrap().starts_with("GET /orders/7 HTTP/1.1"));
    let lost = get(&api, "7").unwrap_err();
    assert_eq!((lost.who(), lost.status()), ("transport", None));
}

#[test]
fn a_date_is_a_delay_from_the_answers_own() {
    let after = |date: Option<&'static str>, after: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert("x-amzn-errortype", HeaderValue::from_static("TooManyRequestsException"));
        headers.insert("retry-after", HeaderValue::from_static(after));
        if let Some(date) = date {
            headers.insert("date", HeaderValue::from_static(date));
        }
        decode::<GetOrderError>(StatusCode::TOO_MANY_REQUESTS, &headers, b"{}").retry_after()
    };
    let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(after(date, "Sun, 06 Nov 1994 08:50:07 GMT"), Some(Duration::from_secs(30)));
    assert_eq!(after(date, "Sunday, 06-Nov-94 08:49:38 GMT"), Some(Duration::from_secs(1)));
    assert_eq!(after(date, "Sun Nov  6 08:49:00 1994"), Some(Duration::ZERO), "it is over");
    assert_eq!(after(date, "120"), Some(Duration::from_secs(120)));
    assert_eq!(after(None, "Sun, 06 Nov 1994 08:50:07 GMT"), None, "from when, nobody says");
    assert_eq!(after(date, "soon"), None);
}
