//! A function invoked directly: an operation's input becomes an event, the payload a typed result.

use super::decode::{unmodelled, with_body};
use super::retries::{Attempts, Repeats};
use super::transport::Sent;
use super::{DecodeError, ErrorSet, Failure, Retries, TransportError, decode_invocation};
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// Invokes a function: any `async` function of this form, over `aws-sdk-lambda`'s `Invoke` or over nothing, as a test does.
///
/// What it gives is the invocation's `FunctionError` and its payload:
///
/// ```ignore
/// // With `lambda: aws_sdk_lambda::Client`.
/// let orders = orders_client::Function::new(move |event: Vec<u8>| {
///     let invoke = lambda.invoke().function_name("orders").payload(Blob::new(event));
///     async {
///         let answer = invoke.send().await?;
///         let payload = answer.payload.map(Blob::into_inner).unwrap_or_default();
///         Ok::<_, SdkError<InvokeError>>((answer.function_error, payload))
///     }
/// });
/// ```
pub trait Invoke {
    /// Why there was no answer.
    type Error: Error + Send + Sync + 'static;

    /// Invokes the function and waits for its answer. One that failed is an `Ok` with its `FunctionError`, `Handled` or
    /// `Unhandled`.
    fn invoke(&self, event: Vec<u8>) -> impl Future<Output = Result<(Option<String>, Vec<u8>), Self::Error>>;
}

// As for `Transport`.
impl<F, Fut, E> Invoke for F
where
    F: Fn(Vec<u8>) -> Fut,
    Fut: Future<Output = Result<(Option<String>, Vec<u8>), E>>,
    E: Error + Send + Sync + 'static,
{
    type Error = E;

    async fn invoke(&self, event: Vec<u8>) -> Result<(Option<String>, Vec<u8>), E> {
        self(event).await
    }
}

/// A function behind whatever invokes it: what a generated client of invocations holds.
#[derive(Clone)]
pub struct Function<T> {
    invoke: T,
    repeats: Option<Repeats>,
}

/// Nothing of what invokes, which may hold what is secret.
impl<T> fmt::Debug for Function<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Function").field("retries", &self.repeats).finish_non_exhaustive()
    }
}

/// What the function's dispatch takes, [`operations!`](crate::operations).
#[derive(Serialize)]
struct Event<'a, I> {
    operation: &'a str,
    input: &'a I,
}

impl<T> Function<T> {
    /// A function that `invoke` reaches.
    pub fn new(invoke: T) -> Self {
        Self { invoke, repeats: None }
    }

    /// Makes invocations again that failed, as [`Retries`] says; `sleep` waits, `tokio::time::sleep` for one. Nobody knows whether
    /// a second one does harm, so only what was not carried out is made again.
    #[must_use]
    pub fn with_retries<F, Fut>(self, retries: Retries, sleep: F) -> Self
    where
        F: Fn(Duration) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        Self { repeats: Some(Repeats::new(retries, sleep)), ..self }
    }
}

impl<T: Invoke> Function<T> {
    /// Invokes an operation by its name, as the function's source has it.
    pub async fn call<I, O, E>(&self, operation: &str, input: &I) -> Result<O, Failure<E>>
    where
        I: Serialize,
        O: DeserializeOwned,
        E: ErrorSet,
    {
        let mut attempts = Attempts::new();
        loop {
            match self.attempt(operation, input).await {
                Ok(output) => return Ok(output),
                Err(failure) => attempts.again(self.repeats.as_ref(), failure).await?,
            }
        }
    }

    async fn attempt<I, O, E>(&self, operation: &str, input: &I) -> Result<O, Failure<E>>
    where
        I: Serialize,
        O: DeserializeOwned,
        E: ErrorSet,
    {
        let failed = |source, sent| Failure::Transport(TransportError::new(source, sent, false));
        let event = serde_json::to_vec(&Event { operation, input });
        let event = event.map_err(|error| failed(Box::new(error), Sent::Unmade))?;
        let (error, payload) = self.invoke.invoke(event).await.map_err(|error| failed(Box::new(error), Sent::Maybe))?;
        if error.is_some() {
            return Err(decode_invocation(&payload));
        }
        // Nothing is what an operation without an output answers.
        let output: &[u8] = if payload.is_empty() { b"null" } else { &payload };
        serde_json::from_slice(output).map_err(|error| {
            let error = DecodeError { reason: format!("the output does not fit: {error}"), problem: None };
            with_body(unmodelled(false, None, error, StatusCode::OK, &HeaderMap::new()), payload)
        })
    }
}
