//! The whole path of two APIs that we did not invent: every error is thrown by a real function, answered through the
//! generated gateway and caught by the generated client, and it is the same error.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]
#![allow(deprecated, reason = "a deprecated error is thrown and caught like any other")]

use reqwest::Client as Http;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use throwback::client::http::{HeaderMap, Request, Response};
use throwback::client::{Endpoint, ErrorSet, Failure, PlatformKind, Problem, ReqwestError, Transport};
use throwback::{ApiError, ErrorInfo, Retry};
use throwback_cli::serve::{Callers, Exchange, Front, Options, Output, Serving, start};
use throwback_tests::{dynamodb, dynamodb_client, kubernetes, kubernetes_client};

/// What one error says, thrown or caught.
#[derive(Debug, PartialEq)]
struct Said {
    code: String,
    status: u16,
    title: String,
    detail: String,
    type_uri: Option<String>,
    retry: Retry,
    retry_after: Option<u64>,
    members: Value,
}

/// An error as the function means it.
fn thrown<E: ApiError>(error: &E) -> Said {
    let info = error.info();
    let message = throwback::error_message(error, None);
    let problem = message.strip_prefix(&format!("[{}] ", info.code)).unwrap();
    let mut members: Map<String, Value> = serde_json::from_str(problem).unwrap();
    let shown: Vec<_> = info.members.iter().map(|member| member.name).collect();
    members.retain(|name, _| shown.contains(&name.as_str()));
    Said {
        code: info.code.to_owned(),
        status: info.status,
        title: info.title.to_owned(),
        detail: if info.exposed { error.to_string() } else { info.title.to_owned() },
        type_uri: info.type_uri.map(ToOwned::to_owned),
        retry: info.retry,
        retry_after: error.retry_after(),
        members: without_nulls(members.into()),
    }
}

/// An error as the caller got it: its fields, and the problem's members.
fn caught(members: Value, problem: &Problem) -> Said {
    Said {
        code: problem.code().to_owned(),
        status: problem.status(),
        title: problem.title().to_owned(),
        detail: problem.detail().to_owned(),
        type_uri: problem.type_uri().map(ToOwned::to_owned),
        retry: problem.retry(),
        retry_after: problem.retry_after().map(|delay| delay.as_secs()),
        members: without_nulls(members),
    }
}

/// A member that is null says as much as one that is absent; clients leave it out when they write.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            members.map(|(name, value)| (name, without_nulls(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// Takes an error of a generated enum apart: every variant's fields as JSON, and its problem.
macro_rules! apart {
    ($set:path, $error:expr, $($variant:ident)*) => {{
        use $set as Set;
        match $error {
            $(Set::$variant(error) => caught(serde_json::to_value(error).unwrap(), error.problem()),)*
            other => panic!("`{other}` is missing in this test"),
        }
    }};
}

fn dynamodb_apart(error: &dynamodb_client::DynamoDbError) -> Said {
    apart!(dynamodb_client::DynamoDbError, error,
        ResourceNotFoundException ProvisionedThroughputExceededException RequestLimitExceeded ThrottlingException
        AccessDeniedException IncompleteSignatureException MissingAuthenticationTokenException
        UnrecognizedClientException ExpiredTokenException IncompleteSignature NotAuthorized OptInRequired
        MalformedHttpRequestException RequestAbortedException RequestEntityTooLargeException RequestExpired
        RequestTimeoutException UnknownOperationException ValidationException ValidationError InternalServerError
        InternalFailure ServiceUnavailable ConditionalCheckFailedException ItemCollectionSizeLimitExceededException
        TransactionConflictException ReplicatedWriteConflictException TransactionCanceledException
        TransactionInProgressException IdempotentParameterMismatchException ResourceInUseException
        LimitExceededException TableAlreadyExistsException TableInUseException TableNotFoundException
        IndexNotFoundException PolicyNotFoundException BackupInUseException BackupNotFoundException
        ContinuousBackupsUnavailableException PointInTimeRecoveryUnavailableException InvalidRestoreTimeException
        GlobalTableAlreadyExistsException GlobalTableNotFoundException ReplicaAlreadyExistsException
        ReplicaNotFoundException ExportConflictException ExportNotFoundException InvalidExportTimeException
        ImportConflictException ImportNotFoundException DuplicateItemException)
}

fn kubernetes_apart(error: &kubernetes_client::KubernetesError) -> Said {
    apart!(kubernetes_client::KubernetesError, error,
        NotFound Invalid RequestEntityTooLarge UnsupportedMediaType AlreadyExists Conflict Gone Expired BadRequest
        MethodNotAllowed NotAcceptable Unauthorized Forbidden Unknown StorageReadError InternalErrorOccurred
        ServerTimeout Timeout TooManyRequests ServiceUnavailable)
}

/// One API in a server of its own, with all that passed through it.
struct Api {
    serving: Serving,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Api {
    async fn start(name: &str, openapi: &str) -> Self {
        let exchanges = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&exchanges);
        let options = Options {
            front: Front::Rest,
            openapi: PathBuf::from(openapi),
            command: vec![OsString::from(env!("CARGO_BIN_EXE_apis"))],
            port: 0,
            timeout: Duration::from_secs(60),
            instances: 4,
            environment: vec![("API".to_owned(), name.to_owned())],
            callers: Callers::default(),
            stage_variables: Vec::new(),
            output: Output::Discard,
            observer: Arc::new(move |exchange: &Exchange| seen.lock().unwrap().push(exchange.clone())),
        };
        let serving = start(options).await.unwrap();
        assert_eq!(serving.warnings(), [] as [String; 0]);
        Self { serving, exchanges }
    }

    /// The only exchange whose event fits.
    fn exchange(&self, fits: impl Fn(&Value) -> bool) -> Exchange {
        let exchanges = self.exchanges.lock().unwrap();
        let mut found = exchanges.iter().filter(|exchange| {
            exchange.event.as_ref().is_some_and(|event| fits(&serde_json::from_str(event).unwrap()))
        });
        let exchange = found.next().expect("such an exchange").clone();
        assert!(found.next().is_none(), "the same exchange twice");
        exchange
    }

    /// What passed when the sample of this index was thrown.
    fn throw(&self, index: usize) -> Exchange {
        let body = json!({ "index": index }).to_string();
        self.exchange(|event| event["operation"] == "throw" && event["body"] == body)
    }
}

/// The headers and the body of a response.
type Got = (HeaderMap, Vec<u8>);

/// An HTTP client that keeps what it got.
#[derive(Clone, Default)]
struct Recorder {
    http: Http,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Transport for Recorder {
    type Error = ReqwestError;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ReqwestError> {
        let response = self.http.send(request).await?;
        self.got.lock().unwrap().push((response.headers().clone(), response.body().clone()));
        Ok(response)
    }
}

/// The message that the function wrote.
fn message(exchange: &Exchange) -> String {
    assert!(exchange.function_error);
    let payload: Value = serde_json::from_slice(exchange.payload.as_ref().unwrap()).unwrap();
    assert_eq!(payload["errorType"], code(&payload["errorMessage"]), "`errorType` is the code");
    payload["errorMessage"].as_str().unwrap().to_owned()
}

fn code(message: &Value) -> &str {
    message.as_str().unwrap().strip_prefix('[').unwrap().split_once(']').unwrap().0
}

/// Checks the way that one error took: one pattern, nothing odd, and the function's own bytes.
fn passed(exchange: &Exchange, info: &ErrorInfo, got: &Got) {
    let trace = &exchange.response.trace;
    assert_eq!(trace.warnings, [] as [String; 0], "{}", info.code);
    assert_eq!(trace.gateway, None, "{}", info.code);
    assert_eq!(trace.matched.len(), 1, "{}: {:?}", info.code, trace.matched);
    assert!(trace.matched[0].pattern.is_some(), "{} took the response of a success", info.code);
    assert_eq!((trace.matched[0].status, exchange.response.status), (info.status, info.status), "{}", info.code);
    let message = message(exchange);
    let problem = message.strip_prefix(&format!("[{}] ", info.code)).unwrap();
    assert_eq!(String::from_utf8_lossy(&exchange.response.body), problem);
    let (headers, body) = got;
    assert_eq!(*body, exchange.response.body);
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(headers["x-error-code"], info.code);
    assert!(!headers.contains_key("x-amzn-errortype"), "the answer is not API Gateway's own");
}

/// Headers that fields fill, beside the constant ones.
fn filled(said: &Said, info: &ErrorInfo, headers: &HeaderMap) {
    let delay = headers.get("retry-after").map(|value| value.to_str().unwrap().parse::<u64>().unwrap());
    assert_eq!(delay, said.retry_after, "{}", said.code);
    for member in info.members {
        let Some(header) = member.header else { continue };
        let value = headers.get(header).map(|value| value.to_str().unwrap());
        assert_eq!(value, said.members[member.name].as_str(), "{header} of {}", said.code);
    }
}

fn api_error<O: std::fmt::Debug, E: ErrorSet>(result: Result<O, Failure<E>>) -> E {
    match result {
        Err(Failure::Api(error)) => error,
        other => panic!("no declared error: {other:?}"),
    }
}

/// Throws every sample of an API at once and compares each with what was caught.
macro_rules! every_error {
    ($name:literal, $api:ident, $client:ident, $apart:ident) => {{
        let api = Api::start($name, concat!(env!("OUT_DIR"), "/", $name, ".openapi.json")).await;
        let calls = $api::samples().into_iter().enumerate().map(|(index, sample)| {
            let recorder = Recorder::default();
            let client = $client::Client::new(recorder.clone(), api.serving.url());
            let call = tokio::spawn(async move {
                let input = $client::Throw { index: index as u64 };
                let error = api_error(client.throw(&input).await);
                let got = recorder.got.lock().unwrap().pop().unwrap();
                (error, got)
            });
            (index, sample, call)
        });
        let calls: Vec<_> = calls.collect();
        let count = calls.len();
        for (index, sample, call) in calls {
            let (error, got) = call.await.unwrap();
            let (info, meant, found) = (sample.info(), thrown(&sample), $apart(&error));
            assert_eq!(found, meant);
            passed(&api.throw(index), info, &got);
            filled(&meant, info, &got.0);
            hides(&sample, &got);
            assert!(error.problem().instance().is_some(), "the request id is known");
            assert_eq!(error.to_string(), display(&meant));
        }
        let client = $client::Client::new(Http::new(), api.serving.url());
        let none = client.throw(&$client::Throw { index: count as u64 }).await.unwrap();
        assert_eq!(none, $client::Thrown { samples: count as u64 });
        assert!(api.throw(count).response.trace.matched[0].pattern.is_none());
        api.serving.stop().await;
    }};
}

/// What a terminal would obey is escaped.
fn display(said: &Said) -> String {
    let Said { code, status, detail, .. } = said;
    let obeyed = |c: char| c.is_control() || "\u{2028}\u{2029}\u{202c}\u{202e}\u{feff}".contains(c);
    let escaped = |c: char| if obeyed(c) { c.escape_default().to_string() } else { c.to_string() };
    let detail: String = detail.chars().map(escaped).collect();
    if detail.is_empty() { format!("{code} ({status})") } else { format!("{code} ({status}): {detail}") }
}

/// An error that is not exposed shows its code, its status and its title, and none of what it knows.
fn hides<E: ApiError>(sample: &E, (headers, body): &Got) {
    if sample.info().exposed {
        return;
    }
    let problem: BTreeMap<&str, Value> = serde_json::from_slice(body).unwrap();
    let shown = problem.keys().copied().filter(|name| *name != "retryable");
    assert_eq!(shown.collect::<Vec<_>>(), ["code", "instance", "status", "title", "type"], "{}", sample.info().code);
    let answer = format!("{headers:?}{}", String::from_utf8_lossy(body));
    for secret in ["secret", "hunter2", "password", "replica", "etcd", "10.0.0.1"] {
        assert!(!answer.contains(secret), "{secret} in {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_of_dynamodb_is_caught_as_it_was_thrown() {
    every_error!("dynamodb", dynamodb, dynamodb_client, dynamodb_apart);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_of_kubernetes_is_caught_as_it_was_thrown() {
    every_error!("kubernetes", kubernetes, kubernetes_client, kubernetes_apart);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operations_of_dynamodb_answer_with_their_own_errors() {
    use dynamodb_client::{AttributeValue, Client, Delete, GetItem, Put, TransactWriteItem, TransactWriteItems};
    let api = Api::start("dynamodb", concat!(env!("OUT_DIR"), "/dynamodb.openapi.json")).await;
    let client = Client::new(Http::new(), api.serving.url());

    // A key travels in the path, whatever it holds.
    for key in ["a", "ü/北京 🦀", "%2F..%00", "'\"\\$input#end", "?a=b&c#d", "a+b;c:d@e", "...", "\u{7f}"] {
        let item = client.get_item(&GetItem { key: key.to_owned(), consistent_read: Some(true) }).await.unwrap();
        assert_eq!(item.item["Key"], AttributeValue::S(key.to_owned()));
        assert_eq!(item.item["Consistent"], AttributeValue::Bool(true));
    }
    let item = client.get_item(&GetItem { key: "b".to_owned(), consistent_read: None }).await.unwrap();
    assert_eq!(item.item["Consistent"], AttributeValue::Bool(false));
    let missing = api_error(client.get_item(&GetItem { key: "missing".to_owned(), consistent_read: None }).await);
    assert!(missing.is::<dynamodb_client::ResourceNotFoundException>());
    assert_eq!(missing.problem().detail(), "no item `missing`");

    let key = [
        ("n".to_owned(), AttributeValue::N("340282366920938463463374607431768211455".to_owned())),
        ("s".to_owned(), AttributeValue::Ss(vec!["\u{7f}\u{2028}'".to_owned(), String::new()])),
    ];
    let put = TransactWriteItem::Put(Put { table_name: "Bücher".to_owned(), item: key.clone().into() });
    let delete = TransactWriteItem::Delete(Delete { table_name: "t".to_owned(), key: key.clone().into() });
    let write = |items: Vec<TransactWriteItem>| TransactWriteItems {
        client_request_token: Some("token".to_owned()),
        transact_items: items,
    };
    let written = client.transact_write_items(&write(vec![put.clone()])).await.unwrap();
    assert_eq!(written.consumed_capacity[0].table_name, "Bücher");
    let empty = api_error(client.transact_write_items(&write(Vec::new())).await);
    assert!(empty.is::<dynamodb_client::ValidationException>());
    let cancelled = api_error(client.transact_write_items(&write(vec![put, delete])).await);
    let dynamodb_client::TransactWriteItemsError::TransactionCanceledException(cancelled) = cancelled else {
        panic!("{cancelled}");
    };
    let reasons = cancelled.into_inner().cancellation_reasons.unwrap();
    assert_eq!(reasons[0].item, Some(key.into()), "the key came all the way there and back");
    assert_eq!(reasons[0].message.as_deref(), Some("nothing to delete in `t`"));

    let table = client.delete_table("Bücher").await.unwrap();
    assert_eq!((table.item_count, table.table_size_bytes), (9_007_199_254_740_993, i64::MAX));
    assert!(api_error(client.delete_table("missing").await).is::<dynamodb_client::ResourceNotFoundException>());
    assert!(api_error(client.delete_table("busy").await).is::<dynamodb_client::ResourceInUseException>());
    api.serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operations_of_kubernetes_answer_with_their_own_errors() {
    use kubernetes_client::{
        AnyKubernetesError, CauseType, Client, CreatePod, CreatePodError, GetPodError, KubernetesError,
    };
    let api = Api::start("kubernetes", concat!(env!("OUT_DIR"), "/kubernetes.openapi.json")).await;
    let client = Client::new(Http::new(), api.serving.url());

    let pod = client.get_pod("web").await.unwrap();
    assert_eq!((pod.uid.0.as_str(), pod.generation), ("uid-web", 9_007_199_254_740_993));
    let GetPodError::NotFound(missing) = api_error(client.get_pod("missing").await) else { panic!("another error") };
    assert_eq!(missing.into_inner().details.unwrap().name.as_deref(), Some("missing"));

    let pod = CreatePod { name: "web".to_owned(), images: vec!["nginx".to_owned()] };
    assert_eq!(client.create_pod(&pod).await.unwrap().name, "web");
    let error = api_error(client.create_pod(&CreatePod { images: Vec::new(), ..pod }).await);
    let CreatePodError::Invalid(invalid) = &error else { panic!("{error}") };
    let causes = invalid.details.causes.as_ref().unwrap();
    assert_eq!(causes[0].reason, Some(CauseType::FieldValueRequired));
    assert!(matches!(AnyKubernetesError::from(error.clone()), AnyKubernetesError::Invalid(_)));

    // Input that does not fit is told with its place, and the handler does not run.
    let post = |query| Endpoint::post("/kubernetes/throw").query(query).body();
    let raw = throwback::client::Api::new(Http::new(), api.serving.url());
    let failure = raw.call::<_, Value, KubernetesError>(&post(&[]), &json!({ "index": -1 })).await.unwrap_err();
    let Failure::Platform(platform) = &failure else { panic!("{failure:?}") };
    let PlatformKind::InvalidPayload { path, reason } = platform.kind() else { panic!("{failure:?}") };
    assert_eq!((path.as_str(), failure.status()), ("index", Some(400)));
    assert_eq!(reason, "invalid value: integer `-1`, expected usize");
    let exchange = api.exchange(|event| event["body"] == r#"{"index":-1}"#);
    assert_eq!(exchange.response.trace.warnings, [] as [String; 0]);
    assert_eq!(exchange.response.trace.matched.len(), 1);

    // Nobody has declared this route: API Gateway answers by itself.
    let nowhere = Endpoint::post("/kubernetes/nowhere").body();
    let failure = raw.call::<_, Value, KubernetesError>(&nowhere, &json!({})).await.unwrap_err();
    assert_eq!((failure.who(), failure.status()), ("gateway", Some(403)));
    api.serving.stop().await;
}
