//! Queries as they are sent (WHATWG URL, `application/x-www-form-urlencoded`).

use percent_encoding::percent_decode_str;

/// A name or a value, decoded: `+` is a blank. What is no UTF-8 gets U+FFFD in its place.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// The names and values of a query, in their order.
pub(crate) fn read(query: &str) -> Vec<(String, String)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}
