//! The Lambda Runtime API, played to one process of the function.

use super::failure;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, Notify, mpsc};
use tokio::task::JoinSet;

/// An event on its way to the function.
#[derive(Debug)]
pub(super) struct Invocation {
    pub(super) request_id: String,
    pub(super) event: Bytes,
    /// Milliseconds since 1970.
    pub(super) deadline: u128,
    pub(super) arn: String,
    pub(super) trace_id: String,
}

/// What the process says.
#[derive(Debug)]
pub(super) enum Report {
    /// It has started, and asks for its first event.
    Ready,
    /// It could not start.
    InitError(Vec<u8>),
    /// The answer to an event; whether it is an error.
    Answer { request_id: String, payload: Vec<u8>, error: bool },
}

/// The API's side towards the process.
pub(super) struct Runtime {
    invocations: Mutex<mpsc::Receiver<Invocation>>,
    /// What every path begins with: other programs and pages of this machine do not know it.
    secret: String,
    /// Takes one report; the next body is read once that one was.
    reports: mpsc::Sender<Report>,
    /// The event that the process is at work on.
    current: Mutex<Option<String>>,
    connections: AtomicUsize,
    closed: Notify,
}

/// So many connections are open at once; others are closed. A process needs one or two.
const CONNECTIONS: usize = 64;

const PREFIX: &str = "/2018-06-01/runtime/";

impl Runtime {
    pub(super) fn new(
        secret: String,
        invocations: mpsc::Receiver<Invocation>,
        reports: mpsc::Sender<Report>,
    ) -> Arc<Self> {
        Arc::new(Self {
            invocations: Mutex::new(invocations),
            secret,
            reports,
            current: Mutex::new(None),
            connections: AtomicUsize::new(0),
            closed: Notify::new(),
        })
    }

    /// Serves the process until this is dropped.
    pub(super) async fn listen(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    let Ok((stream, _)) = accepted else { return };
                    if connections.len() >= CONNECTIONS {
                        continue;
                    }
                    self.connections.fetch_add(1, Ordering::SeqCst);
                    let runtime = Arc::clone(&self);
                    connections.spawn(async move {
                        let service = service_fn(|request| {
                            let runtime = Arc::clone(&runtime);
                            async move { Ok::<_, Infallible>(runtime.answer(request).await) }
                        });
                        // A process that dies breaks its connection; its exit is reported, this need not be.
                        let _ = hyper::server::conn::http1::Builder::new()
                            .half_close(false)
                            .serve_connection(TokioIo::new(stream), service)
                            .await;
                        if runtime.connections.fetch_sub(1, Ordering::SeqCst) == 1 {
                            runtime.closed.notify_waiters();
                        }
                    });
                }
                Some(_) = connections.join_next() => {}
            }
        }
    }

    /// Waits until the process has no connection left, so that nothing it has sent is still unread.
    pub(super) async fn drained(&self) {
        loop {
            let closed = self.closed.notified();
            if self.connections.load(Ordering::SeqCst) == 0 {
                return;
            }
            closed.await;
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path().to_owned();
        let own = path.strip_prefix('/').and_then(|path| path.strip_prefix(&*self.secret)?.strip_prefix(PREFIX));
        let Some(rest) = own else { return refused(StatusCode::NOT_FOUND, "no such path") };
        let parts: Vec<_> = rest.split('/').collect();
        match (request.method(), parts.as_slice()) {
            (&Method::GET, ["invocation", "next"]) => self.next().await,
            (&Method::POST, ["invocation", id, "response"]) => self.answered(id, request, false).await,
            (&Method::POST, ["invocation", id, "error"]) => self.answered(id, request, true).await,
            (&Method::POST, ["init", "error"]) => {
                let Ok(place) = self.reports.reserve().await else { return gone() };
                match read(request).await {
                    Body::Whole(payload) => place.send(Report::InitError(payload)),
                    Body::TooLarge => place.send(Report::InitError(failure::too_large())),
                    Body::Broken => {}
                }
                accepted()
            }
            _ => refused(StatusCode::NOT_FOUND, "no such path"),
        }
    }

    async fn next(&self) -> Response<Full<Bytes>> {
        if self.reports.send(Report::Ready).await.is_err() {
            return gone();
        }
        let Some(invocation) = self.invocations.lock().await.recv().await else { return gone() };
        *self.current.lock().await = Some(invocation.request_id.clone());
        let mut response = Response::new(Full::new(invocation.event));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in [
            ("lambda-runtime-aws-request-id", invocation.request_id),
            ("lambda-runtime-deadline-ms", invocation.deadline.to_string()),
            ("lambda-runtime-invoked-function-arn", invocation.arn),
            ("lambda-runtime-trace-id", invocation.trace_id),
        ] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        response
    }

    async fn answered(&self, id: &str, request: Request<Incoming>, error: bool) -> Response<Full<Bytes>> {
        {
            let mut current = self.current.lock().await;
            if current.as_deref() != Some(id) {
                return refused(StatusCode::BAD_REQUEST, "Invalid request ID");
            }
            *current = None;
        }
        let request_id = id.to_owned();
        let Ok(place) = self.reports.reserve().await else { return gone() };
        match read(request).await {
            Body::Whole(payload) => {
                place.send(Report::Answer { request_id, payload, error });
                accepted()
            }
            Body::TooLarge => {
                place.send(Report::Answer { request_id, payload: failure::too_large(), error: true });
                let message = format!("Exceeded maximum allowed payload size ({} bytes).", failure::RESPONSE);
                refused(StatusCode::PAYLOAD_TOO_LARGE, &message)
            }
            // No answer yet: the process died in the middle of one, which its exit will tell, or may try again.
            Body::Broken => {
                self.current.lock().await.get_or_insert(request_id);
                refused(StatusCode::BAD_REQUEST, "the payload broke off")
            }
        }
    }
}

/// What came as a body.
enum Body {
    Whole(Vec<u8>),
    /// It is larger than Lambda takes.
    TooLarge,
    /// It broke off.
    Broken,
}

async fn read(request: Request<Incoming>) -> Body {
    let mut body = request.into_body();
    match Limited::new(&mut body, failure::RESPONSE).collect().await {
        Ok(whole) => Body::Whole(whole.to_bytes().to_vec()),
        Err(error) if error.is::<LengthLimitError>() => {
            // Read on, or the process would fail to write and never see the answer.
            while let Some(Ok(_)) = body.frame().await {}
            Body::TooLarge
        }
        Err(_) => Body::Broken,
    }
}

fn accepted() -> Response<Full<Bytes>> {
    answer(StatusCode::ACCEPTED, &serde_json::json!({ "status": "OK" }))
}

/// Nobody waits for what the process says: it is about to be killed.
fn gone() -> Response<Full<Bytes>> {
    refused(StatusCode::GONE, "the function is being stopped")
}

fn refused(status: StatusCode, message: &str) -> Response<Full<Bytes>> {
    let kind = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "RequestEntityTooLarge",
        StatusCode::BAD_REQUEST => "InvalidRequestID",
        _ => "InvalidRequest",
    };
    answer(status, &serde_json::json!({ "errorMessage": message, "errorType": kind }))
}

fn answer(status: StatusCode, body: &serde_json::Value) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body.to_string())));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
