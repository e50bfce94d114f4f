//! The API's own port: takes requests, walks them through the gateway and the function, and answers.

use super::callers::Callers;
use super::exchange::Exchange;
use super::instance::epoch;
use super::pool::Pool;
use super::spelling::Overheard;
use super::{id, invocation, stopped};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use hyper::header::{HOST, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use throwback_gateway::{Backend, Call, Gateway, Response, ResponseType, Route};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// API Gateway's limit for a payload, in bytes.
const PAYLOAD: usize = 10 * 1024 * 1024;

/// How much of a request that is too large is read and thrown away, so that its sender comes to read the answer.
const WASTE: usize = 64 * 1024 * 1024;

/// How long a function URL or a load balancer waits: as long as Lambda lets a function run.
const LONGEST: Duration = Duration::from_secs(900);

/// What callers may take of this machine.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    /// So many connections are open at once; others wait until one ends.
    pub(super) connections: usize,
    /// So many bytes of requests' bodies are in memory at once; other bodies are not read until one is answered.
    pub(super) bodies: u32,
    /// How long a caller may take to send a request's head, and to send another on the same connection.
    pub(super) head: Duration,
    /// How long a caller may take to send a body.
    pub(super) body: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 64, bodies: 64 * 1024 * 1024, head: Duration::from_secs(30), body: Duration::from_secs(60) }
    }
}

/// What stands before the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A custom integration.
    Custom,
    /// What passes requests on whole.
    Whole(throwback_gateway::Front),
    /// Lambda itself, which is asked to invoke.
    Lambda,
}

impl Before {
    /// Whether names of headers come to the function as their caller wrote them; others write them in small letters.
    fn keeps_spelling(self) -> bool {
        matches!(self, Self::Custom | Self::Whole(throwback_gateway::Front::RestProxy))
    }
}

pub(super) struct Front {
    gateway: Gateway,
    before: Before,
    pool: Arc<Pool>,
    callers: Callers,
    stage_variables: Vec<(String, String)>,
    observer: Arc<dyn Fn(&Exchange) + Send + Sync>,
    limits: Limits,
    /// A permit for each byte of a body that may be in memory.
    bodies: Semaphore,
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
    let free = Arc::new(Semaphore::new(front.limits.connections));
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
        let place = tokio::select! {
            place = Arc::clone(&free).acquire_owned() => place,
            () = stopped(&mut stopping) => break,
        };
        let front = Arc::clone(&front);
        let head = front.limits.head;
        connections.spawn(async move {
            let _place = place;
            let (stream, spelling) = Overheard::new(stream);
            let service = service_fn(move |request| {
                let front = Arc::clone(&front);
                let spelled = if front.before.keeps_spelling() { spelling.of(&request) } else { HashMap::new() };
                async move { Ok::<_, Infallible>(front.answer(request, &spelled).await) }
            });
            // A client that goes away in the middle is its own business.
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(head);
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
        });
    }
    connections.shutdown().await;
}

impl Front {
    pub(super) fn new(
        gateway: Gateway,
        before: Before,
        pool: Arc<Pool>,
        callers: Callers,
        stage_variables: Vec<(String, String)>,
        observer: Arc<dyn Fn(&Exchange) + Send + Sync>,
        limits: Limits,
    ) -> Self {
        let bodies = Semaphore::new(usize::try_from(limits.bodies).unwrap_or(Semaphore::MAX_PERMITS));
        Self { gateway, before, pool, callers, stage_variables, observer, limits, bodies }
    }

    /// Answers a request; `spelled` are the names of its headers as they came.
    async fn answer(
        &self,
        request: Request<Incoming>,
        spelled: &HashMap<String, String>,
    ) -> hyper::Response<Full<Bytes>> {
        if let Err((status, why)) = is_own(&request) {
            return refused(status, why);
        }
        let mut call = call(&request, spelled);
        call.stage_variables.extend(self.stage_variables.iter().cloned());
        let _room = self.bodies.acquire_many(self.room(&request)).await;
        let body = match tokio::time::timeout(self.limits.body, read(request)).await {
            Ok(Ok(body)) => body,
            Ok(Err(())) => return refused(StatusCode::BAD_REQUEST, "the body is broken"),
            Err(_) => return refused(StatusCode::REQUEST_TIMEOUT, "the body did not come in time"),
        };
        let begun = Instant::now();
        let mut passage = Passage::default();
        let response = match body {
            Some(body) if self.before == Before::Lambda => self.invoke_as_asked(&call, &body, &mut passage).await,
            Some(body) => {
                call.body = String::from_utf8_lossy(&body).into_owned();
                self.pass(&mut call, &mut passage).await
            }
            None if self.before == Before::Lambda => *invocation::too_large(),
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

    /// How many bytes a request's body may come to.
    fn room(&self, request: &Request<Incoming>) -> u32 {
        let most = request.body().size_hint().upper().map_or(PAYLOAD, |most| usize::try_from(most).unwrap_or(PAYLOAD));
        u32::try_from(most.min(PAYLOAD)).unwrap_or(u32::MAX).min(self.limits.bodies)
    }

    async fn pass(&self, call: &mut Call, passage: &mut Passage) -> Response {
        if let Before::Whole(kind) = self.before {
            return self.pass_whole(kind, call, passage).await;
        }
        let Some((route, parameters)) = self.gateway.find(&call.method, &call.path) else {
            return self.gateway.gateway_response(ResponseType::MissingAuthenticationToken, call);
        };
        passage.operation_id = Some(route.operation_id.clone());
        call.path_parameters = parameters;
        self.callers.identify(call);
        if let Err(response) = route.admit(&self.gateway, call).and_then(|()| route.validate(&self.gateway, call)) {
            return *response;
        }
        if !route.is_lambda() {
            return self.without_function(route, call);
        }
        let event = match route.event(&self.gateway, call) {
            Ok(event) => event,
            Err(response) => return *response,
        };
        passage.event = Some(event.clone());
        self.invoke(route, call, event, passage).await
    }

    /// What a method answers that has no function behind it. Nothing else is called from here.
    fn without_function(&self, route: &Route, call: &mut Call) -> Response {
        if route.backend() == Backend::Mock {
            return match route.event(&self.gateway, call) {
                Ok(event) => route.mock(&self.gateway, call, &event),
                Err(response) => *response,
            };
        }
        let asked = match route.ask(&self.gateway, call) {
            Ok(asked) => asked,
            Err(response) => return *response,
        };
        let mut response = self.gateway.gateway_response(ResponseType::IntegrationFailure, call);
        let why = format!("`{} {}` would be asked here, and only functions are called", asked.method, asked.uri);
        response.trace.warnings.push(why);
        response
    }

    /// The same through a front that takes the response from the function.
    async fn pass_whole(&self, kind: throwback_gateway::Front, call: &mut Call, passage: &mut Passage) -> Response {
        let cors = self.gateway.cors(kind);
        if let Some(response) = cors.and_then(|cors| cors.preflight(call)) {
            return response;
        }
        let response = self.pass_on(kind, call, passage).await;
        match cors {
            Some(cors) if passage.payload.is_some() && !passage.function_error => cors.of_function(call, response),
            Some(cors) => cors.of_gateway(call, response),
            None => response,
        }
    }

    async fn pass_on(&self, kind: throwback_gateway::Front, call: &mut Call, passage: &mut Passage) -> Response {
        let route = self.gateway.find(&call.method, &kind.path(&call.path)).filter(|_| kind.has_routes());
        let route = route.map(|(route, parameters)| {
            passage.operation_id = Some(route.operation_id.clone());
            call.path_parameters = parameters;
            route
        });
        let is_rest = kind == throwback_gateway::Front::RestProxy;
        match route {
            None if is_rest => return self.gateway.gateway_response(ResponseType::MissingAuthenticationToken, call),
            None if kind.has_routes() => return kind.unrouted(),
            None => {}
            Some(route) => {
                self.callers.identify(call);
                match route.admit(&self.gateway, call) {
                    Err(response) if is_rest => return *response,
                    Err(response) => return kind.refused(response.status),
                    Ok(()) if !is_rest => {}
                    Ok(()) => {
                        if let Err(response) = route.validate(&self.gateway, call) {
                            return *response;
                        }
                    }
                }
                if is_rest && !route.is_lambda() {
                    return self.without_function(route, call);
                }
            }
        }
        // A document of custom integrations serves a function behind a proxy, too: its routes are the same.
        let proxy = route.filter(|route| is_rest && !route.is_custom());
        let event = match proxy {
            Some(route) => match route.event(&self.gateway, call) {
                Ok(event) => event,
                Err(response) => return *response,
            },
            None => kind.event(call, route),
        };
        passage.event = Some(event.clone());
        let timeout = route.map_or(LONGEST, Route::timeout);
        let answer = tokio::time::timeout(timeout, self.pool.invoke(id::uuid(), Bytes::from(event))).await;
        let Ok(Some(answer)) = answer else { return kind.unanswered() };
        let response = match proxy {
            Some(route) => route.respond(&self.gateway, call, &answer.payload, answer.error),
            None => kind.respond(call, &answer.payload, answer.error),
        };
        passage.payload = Some(answer.payload);
        passage.function_error = answer.error;
        response
    }

    /// What an SDK of AWS's gets that asks Lambda to invoke the function.
    async fn invoke_as_asked(&self, call: &Call, body: &[u8], passage: &mut Passage) -> Response {
        let event = match invocation::event(call, body) {
            Ok(event) => event,
            Err(response) => return *response,
        };
        passage.event = Some(event.clone());
        if !invocation::waits(call) {
            self.start(call.request_id.clone(), event);
            return invocation::started(call);
        }
        let Some(answer) = self.pool.invoke(call.request_id.clone(), Bytes::from(event)).await else {
            return invocation::unanswered();
        };
        let response = invocation::answered(call, &answer);
        passage.payload = Some(answer.payload);
        passage.function_error = answer.error;
        response
    }

    /// Invokes the function without waiting for it.
    fn start(&self, id: String, event: String) {
        let pool = Arc::clone(&self.pool);
        tokio::spawn(async move { pool.invoke(id, Bytes::from(event)).await });
    }

    async fn invoke(&self, route: &Route, call: &Call, event: String, passage: &mut Passage) -> Response {
        if !route.waits(call) {
            self.start(id::uuid(), event);
            return route.respond(&self.gateway, call, b"", false);
        }
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

/// Whether a request is for this server: a page of another site may have its own name lead here, and then reads what it
/// likes of a function (DNS rebinding). Only this machine's own names are ours.
fn is_own(request: &Request<Incoming>) -> Result<(), (StatusCode, &'static str)> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err((StatusCode::BAD_REQUEST, "a request has one `Host`"));
    };
    let name = host.to_str().unwrap_or_default();
    let name = match name.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => name,
    };
    let is_loopback = |address: &str| address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    if name.eq_ignore_ascii_case("localhost") || is_loopback(bare) {
        return Ok(());
    }
    Err((StatusCode::FORBIDDEN, "this server answers to `localhost` and loopback addresses alone"))
}

/// What is no matter of the API's.
fn refused(status: StatusCode, why: &'static str) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::new(Full::new(Bytes::from_static(why.as_bytes())));
    *response.status_mut() = status;
    response
}

fn call(request: &Request<Incoming>, spelled: &HashMap<String, String>) -> Call {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let mut call = Call::new(request.method().as_str(), target);
    for (name, value) in request.headers() {
        let name = spelled.get(name.as_str()).map_or(name.as_str(), String::as_str);
        call.headers.insert(name.to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned());
    }
    call.request_id = id::uuid();
    call.epoch_millis = u64::try_from(epoch().as_millis()).unwrap_or_default();
    call
}

/// The body; nothing if it is over API Gateway's limit, an error if it is broken.
async fn read(request: Request<Incoming>) -> Result<Option<Bytes>, ()> {
    let mut body = request.into_body();
    match Limited::new(&mut body, PAYLOAD).collect().await {
        Ok(whole) => return Ok(Some(whole.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => {}
        Err(_) => return Err(()),
    }
    let mut wasted = 0;
    while let Some(Ok(frame)) = body.frame().await {
        wasted += frame.data_ref().map_or(0, Bytes::len);
        if wasted > WASTE {
            break;
        }
    }
    Ok(None)
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
