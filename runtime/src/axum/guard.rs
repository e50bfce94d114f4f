//! A layer around a router: a panic is an answer, and errors name the request.

use super::panicked;
use crate::caught;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use std::cell::RefCell;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

/// The header that names a request where no Lambda context does.
const HEADER: &str = "x-request-id";

/// The longest id that is taken.
const LONGEST: usize = 128;

thread_local! {
    /// The id of the request whose handler runs on this thread.
    static CURRENT: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

/// Answers a panic with [`InternalError`](crate::InternalError), and gives each error the request's id as `instance`: that of the
/// Lambda invocation where the router runs in a function, else the header `x-request-id`, which a proxy or `tower_http`'s
/// `SetRequestIdLayer` sets. What callers write there themselves proves nothing.
///
/// ```
/// use axum::{Router, middleware};
///
/// let app: Router = Router::new().layer(middleware::from_fn(throwback::axum::guard));
/// ```
pub async fn guard(request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let mut response = pin!(caught::caught(next.run(request)));
    let answered = std::future::poll_fn(|cx| {
        let _named = Named::new(id.clone());
        // A panic is answered under the id too.
        match response.as_mut().poll(cx) {
            Poll::Ready(result) => Poll::Ready(result.unwrap_or_else(panicked)),
            Poll::Pending => Poll::Pending,
        }
    });
    answered.await
}

/// The id of the request whose handler runs on this thread, under [`guard`].
pub(super) fn current() -> Option<Arc<str>> {
    CURRENT.with_borrow(Clone::clone)
}

/// Puts back what was there before, however the handler ends.
struct Named(Option<Arc<str>>);

impl Named {
    fn new(id: Option<Arc<str>>) -> Self {
        Self(CURRENT.replace(id))
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

fn request_id(request: &Request) -> Option<Arc<str>> {
    #[cfg(feature = "lambda")]
    if let Some(context) = request.extensions().get::<lambda_runtime::Context>() {
        return Some(context.request_id.as_str().into());
    }
    in_header(request.headers())
}

fn in_header(headers: &HeaderMap) -> Option<Arc<str>> {
    let id = headers.get(HEADER)?.to_str().ok()?;
    let fits = (1..=LONGEST).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| id.into())
}
