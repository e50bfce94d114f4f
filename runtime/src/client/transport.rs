//! How requests travel: any HTTP library, behind one function.

use crate::shown::Start;
use http::{Request, Response};
use std::error::Error;
use std::fmt;

/// How many bytes a body may have where nobody says otherwise: API Gateway's own 10 MB.
pub(super) const LIMIT: usize = 10 * 1024 * 1024;

/// Sends one request and reads the whole response.
///
/// `Reqwest` is one under feature `reqwest`, and so is any function of this form, which is what a test needs:
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

    /// Sends `request`. A response of any status is an `Ok`, a redirect too: to follow one takes the request's headers
    /// to another address, a key among them.
    fn send(&self, request: Request<Vec<u8>>) -> impl Future<Output = Result<Response<Vec<u8>>, Self::Error>>;

    /// Whether a request that failed with this error can't have left, as where the connection was refused: then anybody may
    /// repeat it. What nobody knows may have left.
    fn is_unsent(&self, _error: &Self::Error) -> bool {
        false
    }

    /// How many bytes a body may have: API Gateway's own 10 MB. A transport stops to read where the body has more; a
    /// longer one is refused in any case.
    fn limit(&self) -> usize {
        LIMIT
    }
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

/// What the base address would have to be for `connect` to work without reqwest, which is nothing.
#[doc(hidden)]
#[cfg(not(feature = "reqwest"))]
#[diagnostic::on_unimplemented(
    message = "`connect` needs the feature `reqwest`",
    label = "this client has no HTTP library of its own yet",
    note = "turn it on, with one of reqwest's TLS features: `cargo add orders-client --features reqwest` and `cargo add reqwest --features rustls`, with this client's name; where the client is a module, the feature is `throwback`'s",
    note = "or give `new` an HTTP library of your own: `Client::new(transport, \"https://…\")`"
)]
pub trait WithoutReqwest {
    fn never<T>(self) -> T;
}

/// Nobody answered: the request could not be made, was not sent, or its answer was lost or is refused.
#[derive(Debug)]
pub struct TransportError {
    pub(super) source: Box<dyn Error + Send + Sync>,
    pub(super) sent: Sent,
    pub(super) idempotent: bool,
    pub(super) attempts: u32,
}

/// How far a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// It could not be made: a repeat can't be made either.
    Unmade,
    /// Nobody took it.
    No,
    /// The API may have it.
    Maybe,
}

/// Why a response is refused that did come, in part or as a whole. A repeat brings the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// Its body has more bytes than the transport takes.
    Size {
        /// How many bytes it takes.
        limit: usize,
    },
    /// It comes from another host, port or scheme than the request asked: a redirect was followed there.
    Origin {
        /// Who answered: `https://other.example`.
        from: String,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { limit } => {
                write!(f, "its body has more than {limit} bytes: raise the transport's limit if that is right")
            }
            Self::Origin { from } => {
                write!(f, "it comes from `{}`: make the HTTP client so that it follows no redirects", Start(from))
            }
        }
    }
}

impl Error for Refused {}

impl TransportError {
    /// A request that has no response. Where an HTTP library's error is known to name the whole address, with what may be
    /// secret in its user, its path and its query, that is taken out.
    pub(super) fn new(source: Box<dyn Error + Send + Sync>, sent: Sent, idempotent: bool) -> Self {
        #[cfg(feature = "reqwest")]
        let source = super::reqwest::without_address(source);
        Self { source, sent, idempotent, attempts: 1 }
    }

    /// A request that was sent and has no response, by an error of the HTTP library's.
    pub fn sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(source.into(), Sent::Maybe, false)
    }

    /// A request that could not even be made.
    #[cfg(feature = "reqwest")]
    pub(super) fn unsent(source: Box<dyn Error + Send + Sync>) -> Self {
        Self::new(source, Sent::Unmade, false)
    }

    /// Whether the request may have reached the API; `false` if it could not even be made, or nobody took the connection.
    pub fn may_have_been_sent(&self) -> bool {
        self.sent == Sent::Maybe
    }

    /// Why a response that came is refused; `None` if none came.
    pub fn refused(&self) -> Option<&Refused> {
        let first: &(dyn Error + 'static) = &*self.source;
        // An error whose source is itself would go on for ever.
        std::iter::successors(Some(first), |error: &&(dyn Error + 'static)| (*error).source())
            .take(32)
            .find_map(refused)
    }
}

/// Whether an error is a refusal.
fn refused<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Refused> {
    #[cfg(feature = "reqwest")]
    if let Some(refused) = super::reqwest::refused(error) {
        return Some(refused);
    }
    error.downcast_ref()
}

/// What happened, without the reason: that is its [`source`](Error::source), which reports of errors show behind it.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.refused(), self.sent) {
            (Some(_), _) => "the response is refused",
            (None, Sent::Maybe) => "the request got no response",
            (None, Sent::No) => "the request was not sent",
            (None, Sent::Unmade) => "the request can't be made",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
