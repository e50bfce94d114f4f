//! [`Failure`]: every way in which a call can fail, told apart by who answered.

use super::transport::Sent;
use super::{Declared, ErrorSet, Gateway, Platform, Problem, Thrown, TransportError, Undeclared, Unmodelled};
use crate::Retry;
use serde_json::Value;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A call that failed.
///
/// ```
/// use throwback::client::{ErrorSet, Failure};
///
/// fn report<E: ErrorSet>(failure: &Failure<E>) {
///     match failure {
///         Failure::Api(error) => println!("the function says: {error}"),
///         failure if failure.is_retryable() => println!("again after {:?}", failure.retry_after()),
///         failure => println!("{failure}, request {:?}", failure.request_id()),
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure<E> {
    /// The function returned one of the operation's declared errors.
    Api(E),
    /// The function returned an error that this client does not know.
    Undeclared(Undeclared),
    /// The function could not answer.
    Platform(Platform),
    /// API Gateway answered itself.
    Gateway(Gateway),
    /// Nobody answered.
    Transport(TransportError),
    /// A response that nothing explains.
    Unmodelled(Unmodelled),
}

impl<E> Failure<E> {
    /// Changes the declared error, as in `failure.map_api(OrdersError::from)`.
    pub fn map_api<F>(self, change: impl FnOnce(E) -> F) -> Failure<F> {
        match self {
            Self::Api(error) => Failure::Api(change(error)),
            Self::Undeclared(error) => Failure::Undeclared(error),
            Self::Platform(error) => Failure::Platform(error),
            Self::Gateway(error) => Failure::Gateway(error),
            Self::Transport(error) => Failure::Transport(error),
            Self::Unmodelled(error) => Failure::Unmodelled(error),
        }
    }

    /// The declared error, if the function returned one.
    pub fn api(&self) -> Option<&E> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }
}

impl<E: ErrorSet> Failure<E> {
    /// Whether the function returned this error, as in `failure.is::<OrderNotFound>()`.
    pub fn is<T: Declared>(&self) -> bool {
        self.api().is_some_and(E::is::<T>)
    }

    pub(super) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Api(error) => Some(error.problem()),
            Self::Undeclared(error) => Some(error.problem()),
            Self::Platform(error) => Some(error.problem()),
            Self::Gateway(_) | Self::Transport(_) | Self::Unmodelled(_) => None,
        }
    }

    /// The error's code; API Gateway's own errors have none.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Unmodelled(response) => response.code(),
            _ => self.problem().map(Problem::code),
        }
    }

    /// The HTTP status; `None` if nobody answered.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Gateway(error) => Some(error.status()),
            Self::Transport(_) => None,
            Self::Unmodelled(response) => Some(response.status().as_u16()),
            _ => self.problem().map(Problem::status),
        }
    }

    /// The id to quote when asking for help.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Gateway(error) => error.request_id(),
            Self::Unmodelled(response) => response.request_id(),
            _ => self.problem().and_then(Problem::request_id),
        }
    }

    /// What a repeat of the request means.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Gateway(error) => error.retry(),
            Self::Transport(error) if error.refused().is_some() => Retry::Never,
            Self::Transport(error) => match error.sent {
                Sent::Unmade => Retry::Never,
                Sent::No => Retry::Backoff,
                Sent::Maybe => Retry::Idempotent,
            },
            Self::Unmodelled(response) => {
                response.problem().map_or_else(|| Retry::of_status(response.status().as_u16()), Problem::retry)
            }
            _ => self.problem().map_or(Retry::Never, Problem::retry),
        }
    }

    /// Whether this request may be sent again: it was not carried out, or its method makes a repeat harmless
    /// (RFC 9110 section 9.2.2). [`decode`](super::decode) by itself does not know the method and takes it for one
    /// that is not; [`Failure::retry`] gives the advice as it is.
    pub fn is_retryable(&self) -> bool {
        let idempotent = match self {
            Self::Gateway(error) => error.0.idempotent,
            Self::Transport(error) => error.idempotent,
            Self::Unmodelled(response) => response.0.idempotent,
            _ => return self.problem().is_some_and(Problem::is_retryable),
        };
        match self.retry() {
            Retry::Never => false,
            Retry::Backoff => true,
            Retry::Idempotent => idempotent,
        }
    }

    /// The delay after which the request may be repeated, where the answer names one.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Gateway(error) => error.0.retry_after.map(Duration::from_secs),
            Self::Unmodelled(response) => response.0.retry_after.map(Duration::from_secs),
            _ => self.problem().and_then(Problem::retry_after),
        }
    }

    /// How many attempts were made, this one included: more than one where the client has
    /// [`with_retries`](super::Api::with_retries).
    pub fn attempts(&self) -> u32 {
        let attempts = match self {
            Self::Gateway(error) => error.0.attempts,
            Self::Transport(error) => error.attempts,
            Self::Unmodelled(response) => response.0.attempts,
            _ => self.problem().map_or(1, |problem| problem.attempts),
        };
        attempts.max(1)
    }

    pub(super) fn set_attempts(&mut self, attempts: u32) {
        match self {
            Self::Api(error) => error.thrown_mut().problem_mut().attempts = attempts,
            Self::Undeclared(error) => error.problem.attempts = attempts,
            Self::Platform(error) => error.problem.attempts = attempts,
            Self::Gateway(error) => error.0.attempts = attempts,
            Self::Transport(error) => error.attempts = attempts,
            Self::Unmodelled(response) => response.0.attempts = attempts,
        }
    }

    /// A failure as it would have come, for tests: the error `T` with these fields, by their names on the wire, and whatever
    /// else its problem says.
    ///
    /// ```
    /// # use throwback::client::{Failure, v1};
    /// # #[derive(Debug, Clone, PartialEq)] struct OrderNotFound { order_id: String }
    /// # v1::declared! { OrderNotFound("OrderNotFound", 404, Never) { order_id: "orderId" } }
    /// # #[derive(Debug)] enum GetOrderError { OrderNotFound(v1::Thrown<OrderNotFound>) }
    /// # v1::error_sets! { GetOrderError { OrderNotFound } }
    /// use serde_json::json;
    ///
    /// let failure = Failure::<GetOrderError>::thrown::<OrderNotFound>(json!({ "orderId": "42", "detail": "no order 42" }));
    /// assert!(failure.is::<OrderNotFound>());
    /// assert_eq!((failure.status(), failure.to_string().as_str()), (Some(404), "OrderNotFound (404): no order 42"));
    /// ```
    ///
    /// # Panics
    /// Where the error has no such fields.
    #[track_caller]
    pub fn thrown<T: Declared>(problem: Value) -> Self
    where
        E: From<Thrown<T>>,
    {
        Self::Api(Thrown::<T>::of(problem).into())
    }

    /// Who answered, in one word: `api`, `undeclared`, `platform`, `gateway`, `transport` or `unmodelled`.
    pub fn who(&self) -> &'static str {
        match self {
            Self::Api(_) => "api",
            Self::Undeclared(_) => "undeclared",
            Self::Platform(_) => "platform",
            Self::Gateway(_) => "gateway",
            Self::Transport(_) => "transport",
            Self::Unmodelled(_) => "unmodelled",
        }
    }
}

impl<E: ErrorSet> From<E> for Failure<E> {
    fn from(error: E) -> Self {
        Self::Api(error)
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Undeclared(error) => error.fmt(f),
            Self::Platform(error) => error.fmt(f),
            Self::Gateway(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Unmodelled(response) => response.fmt(f),
        }
    }
}

impl<E: Error> Error for Failure<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::Transport(error) => error.source(),
            _ => None,
        }
    }
}
