//! Invokes the orders function through the AWS SDK for Rust, and ends with status 1 unless each error has its type.

use aws_sdk_lambda::config::{
    BehaviorVersion, Config, Credentials, IdentityCache, Region, StalledStreamProtectionConfig, retry::RetryConfig,
    timeout::TimeoutConfig,
};
use aws_sdk_lambda::error::SdkError;
use aws_sdk_lambda::operation::invoke::InvokeError;
use aws_sdk_lambda::primitives::Blob;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use orders::{Failure, GetOrder, GetOrderError, Line, PlaceOrder, PlaceOrderError};
use std::error::Error;
use throwback::client::{PlatformKind, Reqwest, Transport};

#[allow(missing_docs)]
mod orders {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

/// The HTTP of the SDK. Its own would bring TLS, which a loopback port has not.
#[derive(Clone, Debug)]
struct Loopback(Reqwest);

impl HttpConnector for Loopback {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let http = self.0.clone();
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|error| ConnectorError::other(error.into(), None))?;
            let request = request.map(|body| body.bytes().unwrap_or_default().to_vec());
            let answer = http.send(request).await.map_err(|error| ConnectorError::io(error.into()))?;
            let answer = answer.map(SdkBody::from);
            answer.try_into().map_err(|error| ConnectorError::other(Box::new(error), None))
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("it takes the URL of `throwback serve --front invoke`")?;
    let http = Reqwest::new()?;
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-central-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new("none", "none", None, None, "none"))
        .identity_cache(IdentityCache::no_cache())
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(http_client_fn(move |_, _| SharedHttpConnector::new(Loopback(http.clone()))))
        .build();
    let lambda = aws_sdk_lambda::Client::from_conf(config);
    let orders = orders::Function::new(move |event: Vec<u8>| {
        let invoke = lambda.invoke().function_name("orders").payload(Blob::new(event));
        async {
            let answer = invoke.send().await?;
            let payload = answer.payload.map(Blob::into_inner).unwrap_or_default();
            Ok::<_, SdkError<InvokeError>>((answer.function_error, payload))
        }
    });

    let get = async |order_id: &str| orders.get_order(&GetOrder { order_id: order_id.to_owned() }).await;
    let place = async |line: Line| {
        let (customer_id, lines) = (7, vec![line]);
        let input = PlaceOrder { customer_id, lines, note: None, labels: None, dry_run: None, idempotency_key: None };
        orders.place_order(&input).await
    };
    let mut wrong = Vec::new();
    let mut expect = |what: &str, holds: bool, result: &dyn std::fmt::Debug| {
        if !holds {
            wrong.push(format!("{what}: {result:?}"));
        }
    };
    let order = get("42").await;
    expect("order 42", matches!(&order, Ok(order) if order.id == "42"), &order);
    let result = get("41").await;
    let holds = matches!(&result, Err(Failure::Api(GetOrderError::OrderNotFound(error))) if error.order_id == "41");
    expect("OrderNotFound", holds, &result);
    let result = get("7").await;
    let holds = matches!(&result, Err(Failure::Api(GetOrderError::OrderArchived(error))) if error.ticket.year == 1999);
    expect("OrderArchived", holds, &result);
    let result = place(Line { sku: "samovar".to_owned(), quantity: 3 }).await;
    let holds = matches!(&result, Err(Failure::Api(PlaceOrderError::OutOfStock(error))) if error.lines.len() == 1);
    expect("OutOfStock", holds, &result);
    for (word, kind) in [
        ("panic", PlatformKind::Internal),
        ("impossible", PlatformKind::Internal),
        ("sleep", PlatformKind::Timeout),
        ("exit", PlatformKind::Exited),
        ("kill", PlatformKind::OutOfMemory),
    ] {
        let result = get(word).await;
        expect(word, matches!(&result, Err(Failure::Platform(error)) if *error.kind() == kind), &result);
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    println!("9 invocations through the AWS SDK for Rust: each with its type");
    Ok(())
}
