//! What the event of a REST API's proxy integration has beyond that of payload 1.0, as it was recorded.

use super::Front;
use super::event::{plain, proxy};
use crate::binary::Binary;
use crate::context;
use crate::received;
use crate::{Call, Route};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// The event of a REST API's proxy integration, as it was recorded.
pub(super) fn of(call: &Call, route: Option<&Route>, binary: &Binary) -> Value {
    let mut event = proxy(Front::RestProxy, call, route);
    let is_binary = !call.body.is_empty() && binary.has(call.header("content-type"));
    let mut context = plain(&context::context(call, route.map(|route| route.path.as_str())));
    if let Some(context) = context.as_object_mut() {
        // What X-Ray adds to `$context` is not in an event.
        context.remove("xrayTraceId");
        if let Some(Value::Object(identity)) = context.get_mut("identity") {
            for name in context::ANONYMOUS {
                identity.entry(name).or_insert(Value::Null);
            }
            if identity.get("userAgent") == Some(&Value::from("")) {
                identity.insert("userAgent".to_owned(), Value::Null);
            }
        }
    }
    if let Some(event) = event.as_object_mut() {
        event.insert("requestContext".to_owned(), context);
        if is_binary {
            event.insert("body".to_owned(), STANDARD.encode(&call.body).into());
            event.insert("isBase64Encoded".to_owned(), true.into());
        }
    }
    event
}

/// A header's name as a REST API writes it; recorded of these two.
fn spelt(name: &str) -> String {
    let known = ["Authorization", "User-Agent"].into_iter().find(|known| known.eq_ignore_ascii_case(name));
    known.unwrap_or(name).to_owned()
}

/// The headers that the function sees: what API Gateway passes on, and what it adds.
pub(super) fn headers(call: &Call) -> impl Iterator<Item = (String, String)> {
    let added = received::added(call).map(|(name, value)| (name.to_owned(), value));
    let is_new = |name: &str| !added.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    let own: Vec<_> = received::headers(call)
        .filter(|(name, _)| is_new(name))
        .map(|(name, value)| (spelt(name), value.clone()))
        .collect();
    own.into_iter().chain(added)
}
