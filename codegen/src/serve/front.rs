//! The API's own port: takes requests, walks them through the gateway and the function, and answers.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::exchange::Exchange;
use super::instance::epoch;
use super::pool::Pool;
use super::{id, stopped};
use crate::gateway::{Call, Gateway, Response, ResponseType, Route};

/// API Gateway's limit for a payload, in bytes.
const PAYLOAD: usize = 10 * 1024 * 1024;

/// How much of a request that is too large is read and thrown away, so that its sender comes to read the answer.
const WASTE: usize = 64 * 1024 * 1024;

pub(super) struct Front {
    gateway: Gateway,
    pool: Arc<Pool>,
    observer: Arc<dyn Fn(&Exchange) + Send + Sync>,
}

/// What became of a request on its way.
#[derive(Default)]
struct Passage {
    operation_id: Option<String>,
    event: Option<String>,
    payload: Option<Vec<u8>>,
    function_error: bool,
}

/// Takes connections until the server stops.
pub(super) async fn listen(front: Arc<Front>, listener: TcpListener, mut stopping: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
            () = stopped(&mut stopping) => break,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file handles: some connection has to end first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let front = Arc::clone(&front);
        connections.spawn(async move {
            let service = service_fn(move |request| {
                let front = Arc::clone(&front);
                async move { Ok::<_, Infallible>(front.answer(request).await) }
            });
            // A client that goes away in the middle is its own business.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
    connections.shutdown().await;
}

impl Front {
    pub(super) fn new(gateway: Gateway, pool: Arc<Pool>, observer: Arc<dyn Fn(&Exchange) + Send + Sync>) -> Front {
        Front { gateway, pool, observer }
    }

    async fn answer(&self, request: Request<Incoming>) -> hyper::Response<Full<Bytes>> {
        let mut call = call(&request);
        let body = read(request).await;
        let begun = Instant::now();
        let mut passage = Passage::default();
        let response = match body {
            Some(body) => {
                call.body = String::from_utf8_lossy(&body).into_owned();
                self.pass(&mut call, &mut passage).await
            }
            None => self.gateway.gateway_response(ResponseType::RequestTooLarge, &call),
        };
        let exchange = Exchange {
            method: call.method,
            path: call.path,
            operation_id: passage.operation_id,
            event: passage.event,
            payload: passage.payload,
            function_error: passage.function_error,
            response,
            duration: begun.elapsed(),
        };
        (self.observer)(&exchange);
        http(exchange.response)
    }

    async fn pass(&self, call: &mut Call, passage: &mut Passage) -> Response {
        let Some((route, parameters)) = self.gateway.find(&call.method, &call.path) else {
            return self.gateway.gateway_response(ResponseType::MissingAuthenticationToken, call);
        };
        passage.operation_id = Some(route.operation_id.clone());
        call.path_parameters = parameters;
        let event = match route.event(&self.gateway, call) {
            Ok(event) => event,
            Err(response) => return *response,
        };
        passage.event = Some(event.clone());
        if !route.is_lambda() {
            return route.mock(&self.gateway, call, &event);
        }
        self.invoke(route, call, event, passage).await
    }

    async fn invoke(&self, route: &Route, call: &Call, event: String, passage: &mut Passage) -> Response {
        let answer = self.pool.invoke(id::uuid(), Bytes::from(event));
        let Ok(answer) = tokio::time::timeout(route.timeout(), answer).await else {
            return self.gateway.gateway_response(ResponseType::IntegrationTimeout, call);
        };
        let Some(answer) = answer else {
            return self.gateway.gateway_response(ResponseType::IntegrationFailure, call);
        };
        let response = route.respond(&self.gateway, call, &answer.payload, answer.error);
        passage.payload = Some(answer.payload);
        passage.function_error = answer.error;
        response
    }
}

fn call(request: &Request<Incoming>) -> Call {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let mut call = Call::new(request.method().as_str(), target);
    for (name, value) in request.headers() {
        call.headers.insert(name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned());
    }
    call.request_id = id::uuid();
    call.epoch_millis = u64::try_from(epoch().as_millis()).unwrap_or_default();
    call
}

/// The body; nothing if it is over API Gateway's limit.
async fn read(request: Request<Incoming>) -> Option<Bytes> {
    let mut body = request.into_body();
    if let Ok(whole) = Limited::new(&mut body, PAYLOAD).collect().await {
        return Some(whole.to_bytes());
    }
    let mut wasted = 0;
    while let Some(Ok(frame)) = body.frame().await {
        wasted += frame.data_ref().map_or(0, Bytes::len);
        if wasted > WASTE {
            break;
        }
    }
    None
}

fn http(response: Response) -> hyper::Response<Full<Bytes>> {
    let mut http = hyper::Response::new(Full::new(Bytes::from(response.body)));
    *http.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        // The gateway has sorted out what cannot be sent.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value.as_bytes())) {
            http.headers_mut().insert(name, value);
        }
    }
    http
}
