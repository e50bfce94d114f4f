//! Who calls: the generated client over HTTP, or one that invokes the function. The types and the failures are the same.

use crate::client::{
    Client, GetOrder, GetOrderError, Order, OrderPage, PlaceOrder, PlaceOrderError, SearchOrders, SearchOrdersError,
};
use std::sync::{Arc, Mutex, PoisonError};
use throwback::client::http::{HeaderMap, HeaderValue, Method, Request, Response};
use throwback::client::serde::Serialize;
use throwback::client::serde::de::DeserializeOwned;
use throwback::client::{Api, Endpoint, ErrorSet, Failure, Function, Invoke, Reqwest, ReqwestError, Transport};

/// A caller of the orders API.
pub(crate) enum Caller {
    /// Over HTTP.
    Http(Box<Http>),
    /// By an invocation of the function.
    Invoking(Function<Lambda>),
}

/// The generated client, what sends anything, and the headers of the last answer.
pub(crate) struct Http {
    client: Client<Watched>,
    api: Api<Watched>,
    last: Last,
}

type Last = Arc<Mutex<Option<HeaderMap>>>;

/// A transport that keeps the headers of the last answer.
#[derive(Clone)]
struct Watched {
    http: Reqwest,
    last: Last,
}

impl Transport for Watched {
    type Error = ReqwestError;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ReqwestError> {
        let answer = self.http.send(request).await?;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer.headers().clone());
        Ok(answer)
    }
}

impl Caller {
    /// One who calls over HTTP, with a token or without.
    pub(crate) fn over_http(http: &Reqwest, url: &str, token: Option<&'static str>) -> Self {
        let last = Last::default();
        let watched = Watched { http: http.clone(), last: Arc::clone(&last) };
        let (mut client, mut api) = (Client::new(watched.clone(), url), Api::new(watched, url));
        if let Some(token) = token.map(HeaderValue::from_static) {
            client.headers_mut().insert("authorization", token.clone());
            api.headers_mut().insert("authorization", token);
        }
        Self::Http(Box::new(Http { client, api, last }))
    }

    /// One who invokes.
    pub(crate) fn invoking(http: Reqwest, url: &str) -> Self {
        Self::Invoking(Function::new(Lambda { http, url: format!("{url}/2015-03-31/functions/orders/invocations") }))
    }

    pub(crate) async fn get_order(&self, order_id: &str) -> Result<Order, Failure<GetOrderError>> {
        match self {
            Self::Http(http) => http.client.get_order(order_id).await,
            Self::Invoking(function) => function.call("get_order", &GetOrder { order_id: order_id.to_owned() }).await,
        }
    }

    pub(crate) async fn search_orders(&self, input: &SearchOrders) -> Result<OrderPage, Failure<SearchOrdersError>> {
        match self {
            Self::Http(http) => http.client.search_orders(input).await,
            Self::Invoking(function) => function.call("search_orders", input).await,
        }
    }

    pub(crate) async fn place_order(&self, input: &PlaceOrder) -> Result<Order, Failure<PlaceOrderError>> {
        match self {
            Self::Http(http) => http.client.place_order(input).await,
            Self::Invoking(function) => function.call("place_order", input).await,
        }
    }

    /// The headers of the last answer, each time once; an invocation's has none.
    pub(crate) fn headers(&self) -> Option<HeaderMap> {
        match self {
            Self::Http(http) => http.last.lock().unwrap_or_else(PoisonError::into_inner).take(),
            Self::Invoking(_) => None,
        }
    }

    /// What no method sends: an input that does not fit, an operation that there is none of.
    pub(crate) async fn anything<O: DeserializeOwned, E: ErrorSet>(
        &self,
        operation: &str,
        endpoint: &Endpoint,
        input: &impl Serialize,
    ) -> Result<O, Failure<E>> {
        match self {
            Self::Http(http) => http.api.call(endpoint, input).await,
            Self::Invoking(function) => function.call(operation, input).await,
        }
    }
}

/// Lambda's API, which an SDK of AWS's stands for elsewhere.
pub(crate) struct Lambda {
    http: Reqwest,
    url: String,
}

impl Invoke for Lambda {
    type Error = ReqwestError;

    async fn invoke(&self, event: Vec<u8>) -> Result<(Option<String>, Vec<u8>), ReqwestError> {
        let mut request = Request::new(event);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.parse().unwrap_or_default();
        let answer = self.http.send(request).await?;
        let error = answer.headers().get("x-amz-function-error").and_then(|value| value.to_str().ok());
        Ok((error.map(ToOwned::to_owned), answer.into_body()))
    }
}
