//! [`Transport`] over reqwest: bounded in size and time, and never led elsewhere.

use super::transport::{LIMIT, Refused, Transport, TransportError};
use http::{Request, Response};
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);

/// How long a call may take in all. API Gateway waits 29 s for a function (HTTP APIs 30 s), unless a quota says more.
const WHOLE: Duration = Duration::from_secs(35);

/// A transport over reqwest that follows no redirect, connects within 5 s, has its whole answer within 35 s, and takes
/// no more of it than [`limit`](Transport::limit) says. HTTPS needs one of reqwest's TLS features, such as `rustls`.
///
/// ```
/// use std::time::Duration;
/// use throwback::client::Reqwest;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let plain = Reqwest::new()?;
/// let patient = Reqwest::from(Reqwest::builder().timeout(Duration::from_secs(300)).build()?).with_limit(1 << 20);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    limit: usize,
}

/// Without the HTTP client, which shows the headers that it always sends, a key among them.
impl fmt::Debug for Reqwest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reqwest").field("limit", &self.limit).finish_non_exhaustive()
    }
}

impl Reqwest {
    /// A client with what [`builder`](Self::builder) sets. It fails where TLS or the system's resolver can't be set up.
    pub fn new() -> Result<Self, TransportError> {
        let client = Self::builder().build();
        client.map(Self::from).map_err(|error| TransportError::unsent(error.into()))
    }

    /// reqwest's own builder with no redirects and with timeouts: for longer ones, a proxy, or a certificate.
    ///
    /// Leave redirects off: reqwest takes `Authorization` from a request that leads to another host, but no header that
    /// it does not know, such as `x-api-key`.
    pub fn builder() -> reqwest::ClientBuilder {
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        builder.connect_timeout(CONNECT).timeout(WHOLE)
    }

    /// Changes how many bytes of a body are taken.
    #[must_use]
    pub fn with_limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }
}

/// A client that was made elsewhere, with the timeouts and the redirects that it was made with.
impl From<reqwest::Client> for Reqwest {
    fn from(client: reqwest::Client) -> Self {
        Self { client, limit: LIMIT }
    }
}

impl Transport for Reqwest {
    type Error = ReqwestError;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ReqwestError> {
        send(&self.client, self.limit, request).await
    }

    fn is_unsent(&self, error: &ReqwestError) -> bool {
        error.is_unsent()
    }

    fn limit(&self) -> usize {
        self.limit
    }
}

/// As [`Reqwest`] with the client's own timeouts and redirects; [`Reqwest::new`] makes one that has safe ones.
impl Transport for reqwest::Client {
    type Error = ReqwestError;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ReqwestError> {
        send(self, LIMIT, request).await
    }

    fn is_unsent(&self, error: &ReqwestError) -> bool {
        error.is_unsent()
    }
}

async fn send(
    client: &reqwest::Client,
    limit: usize,
    request: Request<Vec<u8>>,
) -> Result<Response<Vec<u8>>, ReqwestError> {
    let request = reqwest::Request::try_from(request)?;
    let asked = request.url().origin();
    let mut response = client.execute(request).await?;
    // A client of somebody else's may follow redirects; what another host says is no answer of the API.
    let answered = response.url().origin();
    if answered != asked {
        return Err(Refused::Origin { from: answered.ascii_serialization() }.into());
    }
    // What is more than a `usize` is more than any limit.
    let announced = response.content_length().map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if announced > limit {
        return Err(Refused::Size { limit }.into());
    }
    // A length is only a claim: no more than the usual limit is set aside for it.
    let mut body = Vec::with_capacity(announced.min(LIMIT));
    while let Some(chunk) = response.chunk().await? {
        if chunk.len() > limit - body.len() {
            return Err(Refused::Size { limit }.into());
        }
        body.extend_from_slice(&chunk);
    }
    let mut whole = Response::new(body);
    *whole.status_mut() = response.status();
    *whole.version_mut() = response.version();
    *whole.headers_mut() = std::mem::take(response.headers_mut());
    Ok(whole)
}

/// Why reqwest brought no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReqwestError {
    /// There was none, or it broke off.
    Http(reqwest::Error),
    /// There was one, and it can't be taken.
    Refused(Refused),
}

impl ReqwestError {
    /// Whether there was no connection by which the request could have left: no address, nobody there, or no TLS.
    fn is_unsent(&self) -> bool {
        matches!(self, Self::Http(error) if error.is_connect())
    }
}

/// Without the address, which may hold what is secret.
impl From<reqwest::Error> for ReqwestError {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error.without_url())
    }
}

/// Takes the address out of an error of reqwest's, which shows all of it: a user's password and the query too.
pub(super) fn without_address(error: Box<dyn Error + Send + Sync>) -> Box<dyn Error + Send + Sync> {
    match error.downcast::<reqwest::Error>() {
        Ok(error) => Box::new(error.without_url()),
        Err(other) => other,
    }
}

/// Why a response is refused, if an error of ours says so.
pub(super) fn refused<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Refused> {
    match error.downcast_ref()? {
        ReqwestError::Refused(refused) => Some(refused),
        ReqwestError::Http(_) => None,
    }
}

impl From<Refused> for ReqwestError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl fmt::Display for ReqwestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => error.fmt(f),
            Self::Refused(refused) => refused.fmt(f),
        }
    }
}

impl Error for ReqwestError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Http(error) => error.source(),
            Self::Refused(_) => None,
        }
    }
}
