//! Who calls: the generated client over HTTP, or one that invokes the function. The types and the failures are the same.

use crate::client::{
    Client, GetOrder, GetOrderError, Order, OrderPage, PlaceOrder, PlaceOrderError, SearchOrders, SearchOrdersError,
};
use throwback::client::http::{HeaderValue, Method, Request};
use throwback::client::serde::Serialize;
use throwback::client::serde::de::DeserializeOwned;
use throwback::client::{Api, Endpoint, ErrorSet, Failure, Function, Invoke, Reqwest, ReqwestError, Transport};

/// A caller of the orders API.
pub(crate) enum Caller {
    /// Over HTTP: the generated client, and what sends anything.
    Http(Box<(Client<Reqwest>, Api<Reqwest>)>),
    /// By an invocation of the function.
    Invoking(Function<Lambda>),
}

impl Caller {
    /// One who calls over HTTP, with a token or without.
    pub(crate) fn over_http(http: &Reqwest, url: &str, token: Option<&'static str>) -> Self {
        let (mut client, mut api) = (Client::new(http.clone(), url), Api::new(http.clone(), url));
        if let Some(token) = token.map(HeaderValue::from_static) {
            client.headers_mut().insert("authorization", token.clone());
            api.headers_mut().insert("authorization", token);
        }
        Self::Http(Box::new((client, api)))
    }

    /// One who invokes.
    pub(crate) fn invoking(http: Reqwest, url: &str) -> Self {
        Self::Invoking(Function::new(Lambda { http, url: format!("{url}/2015-03-31/functions/orders/invocations") }))
    }

    pub(crate) async fn get_order(&self, order_id: &str) -> Result<Order, Failure<GetOrderError>> {
        match self {
            Self::Http(http) => http.0.get_order(order_id).await,
            Self::Invoking(function) => function.call("get_order", &GetOrder { order_id: order_id.to_owned() }).await,
        }
    }

    pub(crate) async fn search_orders(&self, input: &SearchOrders) -> Result<OrderPage, Failure<SearchOrdersError>> {
        match self {
            Self::Http(http) => http.0.search_orders(input).await,
            Self::Invoking(function) => function.call("search_orders", input).await,
        }
    }

    pub(crate) async fn place_order(&self, input: &PlaceOrder) -> Result<Order, Failure<PlaceOrderError>> {
        match self {
            Self::Http(http) => http.0.place_order(input).await,
            Self::Invoking(function) => function.call("place_order", input).await,
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
            Self::Http(http) => http.1.call(endpoint, input).await,
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
