//! What [`run`](super::run) takes: one handler, or several told apart by the operation that the event names.

use super::{Event, Payload, Request, Thrown, output, report};
use crate::{ApiError, InternalError, InvalidPayload, Operation, OperationInfo};
use lambda_runtime::{Context, LambdaEvent};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

/// Something that answers events: [`Operations`], or an `async fn` that returns a `Result<R, E>` and takes
///
/// - `LambdaEvent<Payload<T>>`, or `Payload<T>` where the context is not wanted;
/// - before it `&S`, the state of the function, if it wants that: see [`run_with`](super::run_with);
/// - before or behind it a [`Request`], if it wants what came beside the input; alone, where there is no input.
///
/// `M` only tells the implementations apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no handler of a function whose state is `{S}`",
    note = "a handler is an `async fn` that takes `LambdaEvent<Payload<T>>` or `Payload<T>`, before it `&{S}` if it wants the state, and a `Request` if it wants the caller",
    note = "its input is `DeserializeOwned`, its output `Serialize`, its error derives `ApiError`; `run_with` takes the state"
)]
pub trait Handler<M, S = ()>: 'static {
    /// Answers one event.
    fn call(
        &self,
        state: Arc<S>,
        event: Event,
        context: Context,
    ) -> impl Future<Output = Result<Box<RawValue>, Thrown>>;

    /// The operations that it tells apart; none where it is one that has no route.
    #[doc(hidden)]
    fn operations(&self) -> &[OperationInfo] {
        &[]
    }

    /// The browser origin that may call, where the function says so itself.
    #[doc(hidden)]
    fn origin(&self) -> Option<&str> {
        None
    }
}

/// What an `async fn` takes: `A` tells the forms apart.
#[doc(hidden)]
pub struct Takes<A, T, R, E>(PhantomData<(A, T, R, E)>);

/// The whole event.
#[doc(hidden)]
pub struct Whole;

/// The payload alone.
#[doc(hidden)]
pub struct Alone;

/// The request alone.
#[doc(hidden)]
pub struct Asks;

/// The state before it.
#[doc(hidden)]
pub struct Over<A>(PhantomData<A>);

/// The request behind it.
#[doc(hidden)]
pub struct Then<A>(PhantomData<A>);

/// The request before it.
#[doc(hidden)]
pub struct First<A>(PhantomData<A>);

/// One form of a handler: what it takes, and what of state, request, input and context it is given.
macro_rules! handler {
    ($form:ty, ($($argument:ty),+), |$state:ident, $input:ident, $context:ident $(, $request:ident)?| $($given:expr),+) => {
        impl<F, S, T, R, E> Handler<Takes<$form, T, R, E>, S> for F
        where
            F: AsyncFn($($argument),+) -> Result<R, E> + 'static,
            T: DeserializeOwned,
            R: Serialize,
            E: ApiError,
        {
            async fn call(&self, $state: Arc<S>, event: Event, $context: Context) -> Result<Box<RawValue>, Thrown> {
                let request_id = $context.request_id.clone();
                let $input = event.input::<T>().map_err(|refused| report::refused(&refused, &request_id))?;
                $(let $request = event.request(&$context);)?
                drop(event);
                let output = self($($given),+).await.map_err(|error| report::thrown(&error, &request_id))?;
                output::written(&output).ok_or_else(|| report::thrown(&InternalError, &request_id))
            }
        }
    };
}

/// The forms around an event: alone, with the state before it, and each with the request before it and behind it.
macro_rules! handlers {
    ($form:ty, $argument:ty, |$input:ident, $context:ident| $event:expr) => {
        handler!($form, ($argument), |_state, $input, $context| $event);
        handler!(Over<$form>, (&S, $argument), |state, $input, $context| &state, $event);
        handler!(Then<$form>, ($argument, Request), |_state, $input, $context, request| $event, request);
        handler!(First<$form>, (Request, $argument), |_state, $input, $context, request| request, $event);
        handler!(
            Over<Then<$form>>,
            (&S, $argument, Request),
            |state, $input, $context, request| &state,
            $event,
            request
        );
        handler!(
            Over<First<$form>>,
            (&S, Request, $argument),
            |state, $input, $context, request| &state,
            request,
            $event
        );
    };
}

handlers!(Whole, LambdaEvent<Payload<T>>, |input, context| LambdaEvent::new(Payload(input), context));
handlers!(Alone, Payload<T>, |input, _context| Payload(input));

/// Without an input: whatever the event says of one is not read.
macro_rules! asking {
    ($form:ty, ($($argument:ty),+), |$state:ident, $request:ident| $($given:expr),+) => {
        impl<F, S, R, E> Handler<Takes<$form, (), R, E>, S> for F
        where
            F: AsyncFn($($argument),+) -> Result<R, E> + 'static,
            R: Serialize,
            E: ApiError,
        {
            async fn call(&self, $state: Arc<S>, event: Event, context: Context) -> Result<Box<RawValue>, Thrown> {
                let $request = event.request(&context);
                let output = self($($given),+).await.map_err(|error| report::thrown(&error, &context.request_id))?;
                output::written(&output).ok_or_else(|| report::thrown(&InternalError, &context.request_id))
            }
        }
    };
}

asking!(Asks, (Request), |_state, request| request);
asking!(Over<Asks>, (&S, Request), |state, request| &state, request);

type Call<S> = dyn Fn(Arc<S>, Event, Context) -> Pin<Box<dyn Future<Output = Result<Box<RawValue>, Thrown>>>>;

/// Several operations in one function, over a state of `S`; made by [`operations!`](crate::operations).
pub struct Operations<S = ()> {
    infos: Vec<OperationInfo>,
    calls: Vec<Box<Call<S>>>,
    cors: Option<String>,
}

impl<S> Default for Operations<S> {
    fn default() -> Self {
        Self { infos: Vec::new(), calls: Vec::new(), cors: None }
    }
}

impl<S: 'static> Operations<S> {
    /// Starts with none.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the handler of operation `O`.
    #[must_use]
    pub fn with<O: Operation, M>(mut self, handler: impl Handler<M, S> + Clone) -> Self {
        let call = move |state: Arc<S>, event, context| {
            let handler = handler.clone();
            Box::pin(async move { handler.call(state, event, context).await }) as Pin<Box<dyn Future<Output = _>>>
        };
        self.infos.push(O::INFO);
        self.calls.push(Box::new(call));
        self
    }

    /// Lets the scripts of a browser origin, or of any with `*`, call the operations and read their answers, where the function
    /// answers HTTP itself: behind a REST proxy, an HTTP API, a function URL or a load balancer that has no CORS of its own.
    /// Behind a custom integration the generated document does.
    #[must_use]
    pub fn cors(mut self, origin: impl Into<String>) -> Self {
        self.cors = Some(origin.into());
        self
    }
}

impl<S: 'static> Handler<(), S> for Operations<S> {
    async fn call(&self, state: Arc<S>, event: Event, context: Context) -> Result<Box<RawValue>, Thrown> {
        let named = event.operation();
        let found = named.and_then(|name| self.infos.iter().position(|info| info.name == name));
        let Some(call) = found.and_then(|at| self.calls.get(at)) else {
            let known: Vec<_> = self.infos.iter().map(|info| format!("`{}`", info.name)).collect();
            let reason = format!("the event names no operation of this function: it has {}", known.join(", "));
            return Err(report::thrown(&InvalidPayload::new("operation", reason), &context.request_id));
        };
        call(state, event, context).await
    }

    fn operations(&self) -> &[OperationInfo] {
        &self.infos
    }

    fn origin(&self) -> Option<&str> {
        self.cors.as_deref()
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
