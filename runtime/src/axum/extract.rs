//! Extractors that refuse as a function's input is refused: by an `InvalidPayload` that names the place.

use super::response;
use crate::input::{Given, Refused, query, read, read_path};
use crate::{InternalError, InvalidPayload, logged};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, RawPathParams, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A body of JSON, taken and answered.
///
/// Where axum's own answers a body that does not fit in plain text, this one answers 400 `InvalidPayload` with the place and the
/// reason, which generated clients know. A request whose content type is no JSON is refused too, as axum does: a page of another
/// origin could send it without being asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

/// The path's parameters: one value, a tuple of them in the path's order, or a struct with a field for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Path<T>(pub T);

/// The query, as a struct with a field for each parameter: the last of several values of a name counts, and a list is one text,
/// `a,b`, as generated clients send it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = InvalidPayload;

    async fn from_request(request: Request, state: &S) -> Result<Self, InvalidPayload> {
        if !is_json(request.headers()) {
            return Err(InvalidPayload::new("", "the content type is not that of JSON, `application/json`"));
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|rejected| InvalidPayload::new("", format!("the body can't be read: {rejected}")))?;
        let given = Given { body: Some(body.to_vec()), ..Given::default() };
        read(&given).map(Self).map_err(invalid)
    }
}

/// A request without a content type has no body.
impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = InvalidPayload;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, InvalidPayload> {
        if !request.headers().contains_key(header::CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let body = match serde_json::to_vec(&self.0) {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(error = logged::text(&error), "the output can't be written as JSON");
                return response(&InternalError);
            }
        };
        let mut response = Response::new(Body::from(body));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = InvalidPayload;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, InvalidPayload> {
        let values = RawPathParams::from_request_parts(parts, state).await;
        let values =
            values.map_err(|rejected| InvalidPayload::new("", format!("the path can't be read: {rejected}")))?;
        let values = values.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        read_path(values).map(Self).map_err(invalid)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = InvalidPayload;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, InvalidPayload> {
        let query = query::read(parts.uri.query().unwrap_or_default());
        read(&Given { query, ..Given::default() }).map(Self).map_err(invalid)
    }
}

fn invalid(refused: Refused) -> InvalidPayload {
    match refused {
        Refused::Invalid(invalid) => invalid,
        // Only where a parameter is known by its name in Rust alone.
        Refused::Unknown(why) => InvalidPayload::new("", why),
    }
}

/// `application/json`, and what is written in JSON (RFC 6839 section 3.1), whatever stands behind a semicolon.
fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}
