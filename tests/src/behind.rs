//! A function in this very process, behind a gateway or a front, as a transport of generated clients.

use lambda_runtime::{Context, Diagnostic, LambdaEvent, Service};
use serde_json::{Value, json};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use throwback::client::{Transport, http};
use throwback::lambda::{Event, Handler, service_with};
use throwback_gateway::{Call, Caller, Front, Gateway, Response, ResponseType};

/// What the function makes of an event, and whether it is an error.
type Answer = Pin<Box<dyn Future<Output = (String, bool)> + Send>>;

/// The function behind the gateway.
#[derive(Clone)]
pub struct Behind {
    gateway: Arc<Gateway>,
    function: Arc<dyn Fn(String) -> Answer + Send + Sync>,
    /// What stands before the function; a custom integration where it is none of them.
    pub front: Option<Front>,
    /// Who calls.
    pub caller: Option<Caller>,
    /// The last request's target, and the event that came of it.
    pub last: Arc<Mutex<(String, Value)>>,
}

/// What the function makes of an event, and whether it is an error.
///
/// # Panics
/// Where the event is no JSON.
pub async fn answer<M, S: 'static>(state: S, handler: impl Handler<M, S>, event: &str) -> (String, bool) {
    let event: Event = event.parse().unwrap_or_else(|error| panic!("{event} is no event: {error}"));
    match service_with(state, handler).call(LambdaEvent::new(event, Context::default())).await {
        Ok(output) => (output.get().to_owned(), false),
        Err(thrown) => {
            let Diagnostic { error_type, error_message } = thrown.into();
            (json!({ "errorType": error_type, "errorMessage": error_message }).to_string(), true)
        }
    }
}

impl Behind {
    /// A function behind a document; `function` answers one event, on a thread of its own.
    ///
    /// # Panics
    /// Where the document is wrong.
    pub fn new<F: Future<Output = (String, bool)>>(
        openapi: &str,
        function: impl Fn(String) -> F + Send + Sync + Clone + 'static,
    ) -> Self {
        let run = move |event: String| -> Answer {
            let function = function.clone();
            // A handler's future need not be `Send`.
            Box::pin(async move {
                let run = tokio::task::spawn_blocking(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                    runtime.map(|runtime| runtime.block_on(function(event)))
                });
                run.await.unwrap_or_else(|error| Err(io::Error::other(error))).unwrap_or_else(|error| panic!("{error}"))
            })
        };
        let gateway = Gateway::read(openapi).unwrap_or_else(|error| panic!("{error}"));
        Self { gateway: Arc::new(gateway), function: Arc::new(run), front: None, caller: None, last: Arc::default() }
    }

    /// What a caller gets for a request.
    pub async fn respond(&self, mut call: Call) -> Response {
        let target =
            format!("{}{}{}", call.path, if call.query_string.is_empty() { "" } else { "?" }, call.query_string);
        let path = self.front.map_or_else(|| call.path.clone(), |front| front.path(&call.path));
        let route = self.gateway.find(&call.method, &path);
        let route = match (self.front, route) {
            (Some(front), None) if front.has_routes() => return front.unrouted(),
            (None, None) => return self.gateway.gateway_response(ResponseType::MissingAuthenticationToken, &call),
            (_, route) => route,
        };
        let route = route.map(|(route, parameters)| {
            call.path_parameters = parameters;
            route
        });
        let event = match (self.front, route) {
            (Some(front), route) => front.event(&call, route),
            (None, Some(route)) => match route.event(&self.gateway, &mut call) {
                Ok(event) => event,
                Err(response) => return *response,
            },
            (None, None) => String::new(),
        };
        if let Ok(mut last) = self.last.lock() {
            *last = (target, serde_json::from_str(&event).unwrap_or_default());
        }
        let (payload, failed) = (self.function)(event).await;
        match (self.front, route) {
            (None, Some(route)) => route.respond(&self.gateway, &call, payload.as_bytes(), failed),
            (front, _) => front.unwrap_or(Front::FunctionUrl).respond(&call, payload.as_bytes(), failed),
        }
    }
}

impl Transport for Behind {
    type Error = io::Error;

    async fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, io::Error> {
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        let mut call = Call::new(request.method().as_str(), target);
        // As HTTP has it, and readers of events count on.
        call.headers.extend(request.uri().host().map(|host| ("host".to_owned(), host.to_owned())));
        for (name, value) in request.headers() {
            let value = value.to_str().map_err(io::Error::other)?;
            call.headers.insert(name.to_string(), value.to_owned());
        }
        call.body = String::from_utf8(request.body().clone()).map_err(io::Error::other)?;
        call.caller.clone_from(&self.caller);
        call.api_keys.push("k".to_owned());
        let response = self.respond(call).await;
        let mut answer = http::Response::new(response.body);
        *answer.status_mut() = http::StatusCode::from_u16(response.status).map_err(io::Error::other)?;
        for (name, value) in response.headers {
            let name = http::HeaderName::try_from(name).map_err(io::Error::other)?;
            answer.headers_mut().insert(name, value.parse().map_err(io::Error::other)?);
        }
        Ok(answer)
    }
}
