//! What [`run`](super::run) takes: one handler, or several told apart by the operation that the event names.

use super::{Event, Payload, Thrown, output, report};
use crate::{ApiError, InternalError, InvalidPayload, Operation};
use lambda_runtime::{Context, LambdaEvent};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::pin::Pin;

/// Something that answers events: an `async fn(LambdaEvent<Payload<T>>) -> Result<R, E>`, or [`Operations`].
///
/// `M` only tells the implementations apart.
pub trait Handler<M>: 'static {
    /// Answers one event.
    fn call(&self, event: Event, context: Context) -> impl Future<Output = Result<Box<RawValue>, Thrown>>;
}

impl<F, Fut, T, R, E> Handler<(T, R, E)> for F
where
    F: Fn(LambdaEvent<Payload<T>>) -> Fut + 'static,
    Fut: Future<Output = Result<R, E>>,
    T: DeserializeOwned,
    R: Serialize,
    E: ApiError,
{
    async fn call(&self, event: Event, context: Context) -> Result<Box<RawValue>, Thrown> {
        let request_id = context.request_id.clone();
        let input = event.input::<T>().map_err(|error| report::thrown(&error, &request_id))?;
        drop(event);
        let output = self(LambdaEvent::new(Payload(input), context)).await;
        let output = output.map_err(|error| report::thrown(&error, &request_id))?;
        output::written(&output).ok_or_else(|| report::thrown(&InternalError, &request_id))
    }
}

type Call = dyn Fn(Event, Context) -> Pin<Box<dyn Future<Output = Result<Box<RawValue>, Thrown>>>>;

/// Several operations in one function; made by [`operations!`](crate::operations).
#[derive(Default)]
pub struct Operations(Vec<(&'static str, Box<Call>)>);

impl Operations {
    /// Starts with none.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the handler of operation `O`.
    #[must_use]
    pub fn with<O: Operation, M>(mut self, handler: impl Handler<M> + Clone) -> Self {
        let call = move |event, context| {
            let handler = handler.clone();
            Box::pin(async move { handler.call(event, context).await }) as Pin<Box<dyn Future<Output = _>>>
        };
        self.0.push((O::INFO.name, Box::new(call)));
        self
    }
}

impl Handler<()> for Operations {
    async fn call(&self, event: Event, context: Context) -> Result<Box<RawValue>, Thrown> {
        let name = event.operation();
        let found = name.as_ref().and_then(|name| self.0.iter().find(|(known, _)| known == name));
        let Some((_, call)) = found else {
            let known: Vec<_> = self.0.iter().map(|(known, _)| format!("`{known}`")).collect();
            let reason = format!("the event names no operation of this function: it has {}", known.join(", "));
            return Err(report::thrown(&InvalidPayload::new("operation", reason), &context.request_id));
        };
        call(event, context).await
    }
}

/// Several operations as one handler: `operations![get_order, place_order]`.
///
/// Each is an `async fn` under [`#[operation]`](macro@crate::operation). An event is answered by the operation that it
/// names, as the generated request template does; one that names none of them is an
/// [`InvalidPayload`](crate::InvalidPayload) that lists them. That routes, names and codes are distinct is checked
/// when the crate is compiled.
#[macro_export]
macro_rules! operations {
    ($($operation:path),+ $(,)?) => {{
        const INFOS: &[$crate::OperationInfo] = &[$(<$operation as $crate::Operation>::INFO),+];
        const TABLES: &[&[$crate::Entry]] = &[$(<$operation as $crate::Operation>::INFO.errors),+];
        const _: () = $crate::__private::distinct_routes(INFOS);
        const _: () = $crate::__private::distinct_codes::<{ $crate::__private::count(TABLES) }>(TABLES);
        $crate::Operations::new()$(.with::<$operation, _>($operation))+
    }};
}
