//! The code that an AWS SDK for Rust reads of each recorded answer. Smithy writes its reader of `restJson1` errors into every
//! SDK and shows it to nobody, so a small one is called, with an answer of ours in place of the service's.

use aws_credential_types::Credentials;
use aws_sdk_apigatewaymanagement::config::timeout::TimeoutConfig;
use aws_sdk_apigatewaymanagement::config::{
    Config, IdentityCache, Region, StalledStreamProtectionConfig, retry::RetryConfig,
};
use aws_sdk_apigatewaymanagement::{Client, error::ProvideErrorMetadata};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use serde::Deserialize;
use std::error::Error;

/// An answer, as `record.py` writes it.
#[derive(Clone, Debug, Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl HttpConnector for Answer {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let mut response = http::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        let response = response.body(SdkBody::from(self.body.as_str())).map_err(Box::from);
        let response = response.and_then(|response| response.try_into().map_err(Box::from));
        HttpConnectorFuture::ready(response.map_err(|error| ConnectorError::other(error, None)))
    }
}

/// Writes the list of codes to standard output, in the order of the answers in the file that is named.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("it takes the file of answers")?;
    let answers: Vec<Answer> = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut codes = Vec::new();
    for answer in answers {
        codes.push(code(answer).await);
    }
    println!("{}", serde_json::to_string(&codes)?);
    Ok(())
}

async fn code(answer: Answer) -> Option<String> {
    let config = Config::builder()
        .region(Region::from_static("eu-central-1"))
        .endpoint_url("http://localhost")
        .credentials_provider(Credentials::from_keys("none", "none", None))
        .identity_cache(IdentityCache::no_cache())
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(http_client_fn(move |_, _| SharedHttpConnector::new(answer.clone())))
        .build();
    let error = Client::from_conf(config).get_connection().connection_id("any").send().await.err()?;
    error.code().map(str::to_owned)
}
