//! Routes: a router from operations, and whether a router has them all.

use super::{guard, method_not_allowed, not_found};
use crate::OperationInfo;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::from_fn;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::{Method, StatusCode};
use std::fmt;
use tower_service::Service;

/// A router's routes from operations: `routes![get_order, place_order]`.
///
/// Each is a handler under [`#[operation]`](macro@crate::operation), whose method and path it is routed by. That routes, names and
/// codes are distinct is checked when the crate is compiled. The result is a plain `axum::Router`: add routes, state and layers
/// as to any.
///
/// ```
/// use axum::extract::State;
/// use throwback::axum::{Json, Path, complete};
/// use throwback::{ApiError, operation, routes};
///
/// # #[derive(Debug, ApiError)] enum GetOrderError { #[api_error(status = 404)] OrderNotFound }
/// # impl std::fmt::Display for GetOrderError {
/// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("no such order") }
/// # }
/// # impl std::error::Error for GetOrderError {}
/// # #[derive(Clone)] struct Shop;
/// #[operation(GET, "/orders/{order_id}")]
/// async fn get_order(State(shop): State<Shop>, Path(order_id): Path<String>) -> Result<Json<String>, GetOrderError> {
///     if order_id == "42" { Ok(Json(order_id)) } else { Err(GetOrderError::OrderNotFound) }
/// }
///
/// let app: axum::Router = complete(routes![get_order]).with_state(Shop);
/// ```
#[macro_export]
macro_rules! routes {
    ($($operation:path),+ $(,)?) => {{
        const INFOS: &[$crate::OperationInfo] = &[$(<$operation as $crate::Operation>::INFO),+];
        const TABLES: &[&[$crate::Entry]] = &[$(<$operation as $crate::Operation>::INFO.errors),+];
        const _: () = $crate::__private::distinct_routes(INFOS);
        const _: () = $crate::__private::distinct_codes::<{ $crate::__private::count(TABLES) }>(TABLES);
        $crate::__private::axum::Router::new()$(.route(
            <$operation as $crate::Operation>::INFO.path,
            $crate::axum::route(&<$operation as $crate::Operation>::INFO, $operation),
        ))+
    }};
}

/// The route of one operation, for its path: what [`routes!`](crate::routes) adds of each.
pub fn route<H, T, S>(operation: &OperationInfo, handler: H) -> MethodRouter<S>
where
    H: Handler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    let method = Method::from_bytes(operation.method.as_bytes()).ok();
    // The attribute takes methods alone that axum has.
    let filter = method.and_then(|method| MethodFilter::try_from(method).ok()).unwrap_or(MethodFilter::GET);
    on(filter, handler)
}

/// A router with the answers that throwback's clients know wherever no handler answers: [`not_found`], [`method_not_allowed`], and
/// [`guard`] around all of its routes. It comes after the last route, and before layers of yours that are to see its answers.
pub fn complete<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.fallback(not_found).method_not_allowed_fallback(method_not_allowed).layer(from_fn(guard))
}

/// Operations that a router has no route for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingRoutes {
    /// What is wrong with each, in words.
    missing: Vec<String>,
}

impl fmt::Display for MissingRoutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.missing.join("\n"))
    }
}

impl std::error::Error for MissingRoutes {}

/// Checks that a router has a route for each operation, for a test of one that is written by hand. Each path is asked
/// for by a method that nobody has, so that no handler runs but one for any method, and the router says which it has (RFC 9110
/// section 15.5.6).
///
/// ```
/// # use throwback::{Operation, axum::{Json, Path, check}, operation, routes};
/// #[operation(GET, "/orders/{order_id}")]
/// async fn get_order(Path(order_id): Path<String>) -> Json<String> {
///     Json(order_id)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let app = axum::Router::new().route("/orders/{id}", axum::routing::post(get_order));
/// let missing = check(&app, &[get_order::INFO]).await.unwrap_err();
/// assert_eq!(missing.to_string(), "`get_order`: `/orders/{order_id}` takes POST, and no GET");
/// # }
/// ```
///
/// # Errors
/// Every operation without a route; also one that can't be seen, because a layer answers before the router does.
pub async fn check(router: &Router, operations: &[OperationInfo]) -> Result<(), MissingRoutes> {
    let mut missing = Vec::new();
    for operation in operations {
        if let Some(why) = absent(router.clone(), operation).await {
            missing.push(format!("`{}`: {why}", operation.name));
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(MissingRoutes { missing }) }
}

/// Why an operation has no route.
async fn absent(mut router: Router, operation: &OperationInfo) -> Option<String> {
    let OperationInfo { method, path, .. } = operation;
    let segments = path.split('/').map(|part| if part.starts_with('{') { "0" } else { part });
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = segments.collect::<Vec<_>>().join("/").parse().ok()?;
    *request.method_mut() = Method::from_bytes(b"UNROUTED").ok()?;
    let Ok(response) = router.call(request).await;
    let allowed = response.headers().get_all(http::header::ALLOW);
    let allowed: Vec<_> = allowed.iter().filter_map(|value| value.to_str().ok()).collect();
    let allowed = allowed.join(",");
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED if allowed.split(',').any(|known| known.trim() == *method) => None,
        StatusCode::METHOD_NOT_ALLOWED => Some(format!("`{path}` takes {allowed}, and no {method}")),
        StatusCode::NOT_FOUND => Some(format!("there is no route `{path}`")),
        other => Some(format!("`{path}` can't be seen: a layer or a handler for any method answers it with {other}")),
    }
}
