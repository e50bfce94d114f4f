//! One call: an operation's input becomes a request, the response a typed result.

use super::decode::{decode_for, is_function_error, is_success, unmodelled, with_body, without_mark};
use super::retries::{Attempts, Repeats};
use super::transport::Sent;
use super::{DecodeError, ErrorSet, Failure, Refused, Retries, Transport, TransportError, Trust};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt::{self, Write};
use std::time::Duration;

/// An operation as a generated client describes it.
#[derive(Debug, Clone)]
pub struct Endpoint {
    method: Method,
    path: &'static str,
    query: &'static [&'static str],
    headers: &'static [(&'static str, &'static str)],
    body: Option<Body>,
}

/// What of the input travels as the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// The members that don't travel elsewhere.
    Members,
    /// The value of this one.
    Payload(&'static str),
}

impl Endpoint {
    const fn new(method: Method, path: &'static str) -> Self {
        Self { method, path, query: &[], headers: &[], body: None }
    }

    /// A `GET` of a path, with the parameters' names on the wire: `/orders/{orderId}`.
    pub const fn get(path: &'static str) -> Self {
        Self::new(Method::GET, path)
    }

    /// A `HEAD` of a path.
    pub const fn head(path: &'static str) -> Self {
        Self::new(Method::HEAD, path)
    }

    /// A `POST` to a path.
    pub const fn post(path: &'static str) -> Self {
        Self::new(Method::POST, path)
    }

    /// A `PUT` to a path.
    pub const fn put(path: &'static str) -> Self {
        Self::new(Method::PUT, path)
    }

    /// A `PATCH` of a path.
    pub const fn patch(path: &'static str) -> Self {
        Self::new(Method::PATCH, path)
    }

    /// A `DELETE` of a path.
    pub const fn delete(path: &'static str) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// The members of the input that travel in the query; a list as one text, its elements separated by commas.
    #[must_use]
    pub const fn query(mut self, members: &'static [&'static str]) -> Self {
        self.query = members;
        self
    }

    /// The members of the input that travel as headers, each with the header's name.
    #[must_use]
    pub const fn headers(mut self, members: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = members;
        self
    }

    /// The input's other members travel as the body.
    #[must_use]
    pub const fn body(mut self) -> Self {
        self.body = Some(Body::Members);
        self
    }

    /// The value of this member of the input travels as the body.
    #[must_use]
    pub const fn payload(mut self, member: &'static str) -> Self {
        self.body = Some(Body::Payload(member));
        self
    }
}

/// An API at an address, behind a transport: what a generated client holds.
#[derive(Clone)]
pub struct Api<T> {
    transport: T,
    base: String,
    headers: HeaderMap,
    trust: Trust,
    repeats: Option<Repeats>,
}

impl<T> Api<T> {
    /// `base` is the address that the paths follow, as in `https://api.example.com/prod`.
    pub fn new(transport: T, base: impl Into<String>) -> Self {
        let mut base = base.into();
        base.truncate(base.trim_end_matches('/').len());
        Self { transport, base, headers: HeaderMap::new(), trust: Trust::default(), repeats: None }
    }

    /// Headers that every request carries, such as `Authorization` or `x-api-key`.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Makes calls again that failed, as [`Retries`] says; `sleep` waits, `tokio::time::sleep` for one.
    ///
    /// ```
    /// use throwback::client::{Api, Retries};
    ///
    /// # async fn sleep(_: std::time::Duration) {}
    /// # fn api<T>(transport: T) -> Api<T> {
    /// Api::new(transport, "https://api.example.com/prod").with_retries(Retries::new().attempts(4), sleep)
    /// # }
    /// ```
    #[must_use]
    pub fn with_retries<F, Fut>(self, retries: Retries, sleep: F) -> Self
    where
        F: Fn(Duration) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        Self { repeats: Some(Repeats::new(retries, sleep)), ..self }
    }

    /// What proves that an answer is the API's own; [`Trust::Marks`] unless it is set.
    #[must_use]
    pub fn with_trust(self, trust: Trust) -> Self {
        Self { trust, ..self }
    }
}

/// Without what may be secret: the address by its host, headers by their names, and nothing of the transport.
impl<T> fmt::Debug for Api<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = self.base.parse::<http::Uri>().ok();
        let host = base.as_ref().and_then(http::Uri::host).unwrap_or_default();
        let names: Vec<_> = self.headers.keys().map(http::HeaderName::as_str).collect();
        let mut shown = f.debug_struct("Api");
        shown
            .field("host", &host)
            .field("headers", &names)
            .field("trust", &self.trust)
            .field("retries", &self.repeats)
            .finish_non_exhaustive()
    }
}

impl<T: Transport> Api<T> {
    /// Calls an operation.
    pub async fn call<I, O, E>(&self, endpoint: &Endpoint, input: &I) -> Result<O, Failure<E>>
    where
        I: Serialize,
        O: DeserializeOwned,
        E: ErrorSet,
    {
        let mut attempts = Attempts::new();
        loop {
            match self.attempt(endpoint, input).await {
                Ok(output) => return Ok(output),
                Err(failure) => attempts.again(self.repeats.as_ref(), failure).await?,
            }
        }
    }

    async fn attempt<I, O, E>(&self, endpoint: &Endpoint, input: &I) -> Result<O, Failure<E>>
    where
        I: Serialize,
        O: DeserializeOwned,
        E: ErrorSet,
    {
        let idempotent = endpoint.method.is_idempotent();
        let failed = |sent, source| Failure::Transport(TransportError::new(source, sent, idempotent));
        let request = self.request(endpoint, input).map_err(Failure::Transport)?;
        let response = self.transport.send(request).await.map_err(|error| {
            let sent = if self.transport.is_unsent(&error) { Sent::No } else { Sent::Maybe };
            failed(sent, Box::new(error))
        })?;
        let limit = self.transport.limit();
        if response.body().len() > limit {
            return Err(failed(Sent::Maybe, Box::new(Refused::Size { limit })));
        }
        self.answer(endpoint, response)
    }
}

/// The two halves of a call, for HTTP libraries that don't fit in a [`Transport`].
impl<T> Api<T> {
    /// The request of an operation. [`answer`](Self::answer) says what its response means; between the two stands any HTTP
    /// library, one that blocks as well, such as ureq:
    ///
    /// ```ignore
    /// const GET_ORDER: Endpoint = Endpoint::get("/orders/{order_id}");
    ///
    /// fn get_order(api: &Api<ureq::Agent>, order_id: &str) -> Result<Order, Failure<GetOrderError>> {
    ///     let request = api.request(&GET_ORDER, &json!({ "order_id": order_id })).map_err(Failure::Transport)?;
    ///     // The agent follows no redirect and takes no status for an error of its own.
    ///     let sent = api.transport().run(request).and_then(|response| {
    ///         let (parts, mut body) = response.into_parts();
    ///         Ok(http::Response::from_parts(parts, body.read_to_vec()?))
    ///     });
    ///     let response = sent.map_err(|error| Failure::Transport(TransportError::sent(error)))?;
    ///     api.answer(&GET_ORDER, response)
    /// }
    /// ```
    ///
    /// # Errors
    /// The input can't travel as the operation wants it, or the address is none.
    pub fn request<I: Serialize>(&self, endpoint: &Endpoint, input: &I) -> Result<Request<Vec<u8>>, TransportError> {
        let idempotent = endpoint.method.is_idempotent();
        self.made(endpoint, input).map_err(|why| TransportError::new(why, Sent::Unmade, idempotent))
    }

    /// What it was made with.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// What the response to it means.
    ///
    /// # Errors
    /// Whatever the response says, if it is no success.
    pub fn answer<O, E>(&self, endpoint: &Endpoint, response: Response<Vec<u8>>) -> Result<O, Failure<E>>
    where
        O: DeserializeOwned,
        E: ErrorSet,
    {
        let idempotent = endpoint.method.is_idempotent();
        let (parts, body) = response.into_parts();
        if !is_success(parts.status, &parts.headers) {
            let failure = decode_for(self.trust, idempotent, parts.status, &parts.headers, &body);
            return Err(with_body(failure, body));
        }
        // A 204 has no body; what an operation without an output writes is null.
        let output = if body.is_empty() { b"null" } else { without_mark(&body) };
        let error = match serde_json::from_slice(output) {
            _ if is_function_error(output) => {
                DecodeError::new("it is the error of a function that came as a success".to_owned())
            }
            Ok(output) => return Ok(output),
            Err(error) => DecodeError::new(format!("the output does not fit: {error}")),
        };
        Err(with_body(unmodelled(idempotent, None, error, parts.status, &parts.headers), body))
    }

    fn made<I: Serialize>(
        &self,
        endpoint: &Endpoint,
        input: &I,
    ) -> Result<Request<Vec<u8>>, Box<dyn std::error::Error + Send + Sync>> {
        let has_parameters = !endpoint.query.is_empty() || !endpoint.headers.is_empty() || endpoint.path.contains('{');
        if endpoint.body == Some(Body::Members) && !has_parameters {
            // The input is the body, whatever it is; a `Value` would hold no integer of 128 bits.
            let body = serde_json::to_string(input)?;
            return self.finish(endpoint, &format!("{}{}", self.base, endpoint.path), Vec::new(), Some(body));
        }
        let mut members = match serde_json::to_value(input)? {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        let mut url = self.base.clone();
        for segment in endpoint.path.split('/').skip(1) {
            url.push('/');
            match segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) {
                None => url.push_str(segment),
                Some(name) => {
                    let value = members.remove(name).as_ref().and_then(scalar).unwrap_or_default();
                    if matches!(value.as_str(), "" | "." | "..") {
                        // Such a segment would lead to another route.
                        return Err(format!("the path parameter `{name}` can't be `{value}`").into());
                    }
                    encode(&mut url, &value);
                }
            }
        }
        let mut separator = '?';
        for name in endpoint.query {
            let Some(value) = members.remove(*name) else { continue };
            let value = match &value {
                Value::Array(elements) => Some(listed(name, elements)?),
                one => scalar(one).map(|text| encoded(&text)),
            };
            if let Some(value) = value {
                url.push(separator);
                encode(&mut url, name);
                url.push('=');
                url.push_str(&value);
                separator = '&';
            }
        }
        let mut headers = Vec::new();
        for (name, header) in endpoint.headers {
            if let Some(value) = members.remove(*name).as_ref().and_then(scalar) {
                // What HTTP takes away, and what it does not take at all (RFC 9110 section 5.5).
                let fits = value.trim() == value && value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
                let value = HeaderValue::from_str(&value).ok().filter(|_| fits);
                headers
                    .push((*header, value.ok_or_else(|| format!("`{name}` can't be sent as the header `{header}`"))?));
            }
        }
        let body = endpoint.body.map(|body| match body {
            Body::Members => Value::Object(members),
            Body::Payload(name) => members.remove(name).unwrap_or_default(),
        });
        self.finish(endpoint, &url, headers, body.map(|body| body.to_string()))
    }

    fn finish(
        &self,
        endpoint: &Endpoint,
        url: &str,
        headers: Vec<(&'static str, HeaderValue)>,
        body: Option<String>,
    ) -> Result<Request<Vec<u8>>, Box<dyn std::error::Error + Send + Sync>> {
        let json = body.is_some();
        let mut request = Request::new(body.unwrap_or_default().into_bytes());
        *request.method_mut() = endpoint.method.clone();
        // Without the address itself, which may hold what is secret.
        *request.uri_mut() = url.parse().map_err(|error| format!("the API's address can't be used: {error}"))?;
        *request.headers_mut() = self.headers.clone();
        for (name, value) in headers {
            request.headers_mut().insert(HeaderName::from_bytes(name.as_bytes())?, value);
        }
        request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        if json {
            request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Ok(request)
    }
}

/// A value as it stands in a path or a query; `None` for null.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// A list as it stands in a query: its elements between commas.
fn listed(name: &str, elements: &[Value]) -> Result<String, String> {
    let texts: Vec<_> = elements.iter().map(|element| scalar(element).unwrap_or_default()).collect();
    if texts.iter().any(|text| text.contains(',')) || texts == [""] {
        return Err(format!(
            "an element of the query's list `{name}` is empty or holds a comma, which stands between them"
        ));
    }
    Ok(texts.iter().map(|text| encoded(text)).collect::<Vec<_>>().join(","))
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode(&mut out, text);
    out
}

/// Percent-encodes all but the unreserved characters (RFC 3986 section 2.3).
fn encode(url: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            url.push(char::from(byte));
        } else {
            // Writing to a String never fails.
            let _ = write!(url, "%{byte:02X}");
        }
    }
}
