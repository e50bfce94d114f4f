//! How requests travel: any HTTP library, behind one function.

use http::{Request, Response};
use std::error::Error;
use std::fmt;

/// Sends one request and reads the whole response.
///
/// reqwest's client is one under feature `reqwest`, and so is any function of this form, which is what a test needs:
///
/// ```
/// use throwback::client::{Transport, http};
///
/// fn is_transport(_: &impl Transport) {}
///
/// is_transport(&async |request: http::Request<Vec<u8>>| {
///     assert_eq!(request.uri().path(), "/orders/42");
///     Ok::<_, std::io::Error>(http::Response::new(b"{}".to_vec()))
/// });
/// ```
pub trait Transport {
    /// Why a request got no response.
    type Error: Error + Send + Sync + 'static;

    /// Sends `request`. A response of any status is an `Ok`.
    fn send(&self, request: Request<Vec<u8>>) -> impl Future<Output = Result<Response<Vec<u8>>, Self::Error>>;
}

// `AsyncFn` would leave no room for an implementation on another crate's type.
impl<F, Fut, E> Transport for F
where
    F: Fn(Request<Vec<u8>>) -> Fut,
    Fut: Future<Output = Result<Response<Vec<u8>>, E>>,
    E: Error + Send + Sync + 'static,
{
    type Error = E;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, E> {
        self(request).await
    }
}

/// No response came: the request could not be made, was not sent, or its answer was lost.
#[derive(Debug)]
pub struct TransportError {
    pub(super) source: Box<dyn Error + Send + Sync>,
    pub(super) sent: bool,
    pub(super) idempotent: bool,
}

impl TransportError {
    /// Whether the request may have reached the API; `false` if it could not even be made.
    pub fn may_have_been_sent(&self) -> bool {
        self.sent
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.sent { "the request got no response" } else { "the request can't be made" };
        write!(f, "{what}: {}", self.source)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
