//! The `errorMessage`: the tag and the problem, written in one pass into one buffer.

use crate::finite::is_finite;
use crate::json::{Compact, Text, escape, escape_dropped};
use crate::{ApiError, Retry};
use serde::Serialize;
use std::cell::Cell;
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most bytes of a `Display` text that `detail` shows.
const MAX_DETAIL: usize = 4 * 1024;

/// The most bytes of a message that shows its fields. Without them it has far fewer: title, detail, address and request
/// id are bounded each.
const MAX_MESSAGE: usize = 256 * 1024;

/// The most bytes of a request id, which Lambda writes with 36.
const MAX_INSTANCE: usize = 256;

/// Room for most messages, so that they don't move while they grow; allocators keep blocks of up to this size at hand.
const CAPACITY: usize = 1024;

/// The `errorMessage` of an error: `[Code] ` and the problem as compact JSON on one line.
///
/// `instance` is the request id, if it is known. It never fails: where serde refuses a field or panics, where a field
/// holds what JSON or its readers can't (a float that is no number, a raw value that is broken), or where the message
/// would pass 256 KiB or nest deeper than 100, the problem leaves its fields out and says `"truncated":true`. A
/// `Display` that panics leaves the detail empty. Either holds where the build unwinds.
///
/// ```
/// let error = throwback::InvalidPayload::new("lines[0].quantity", "invalid type: string \"x\", expected u32");
/// assert!(throwback::error_message(&error, Some("8f2e")).starts_with("[InvalidPayload] {\"code\":\"InvalidPayload\","));
/// ```
pub fn error_message<E: ApiError + ?Sized>(error: &E, instance: Option<&str>) -> String {
    let info = error.info();
    let mut out = Vec::with_capacity(CAPACITY);
    out.extend_from_slice(info.head.as_bytes());
    if info.exposed {
        out.extend_from_slice(b",\"detail\":\"");
        let start = out.len();
        // An error only says that the text is longer than may be shown, or that `Display` itself gave up.
        let text = AssertUnwindSafe(|| write!(Text { out: &mut out, left: MAX_DETAIL }, "{error}"));
        if catch_unwind(text).is_err() {
            out.truncate(start);
        }
        let end = out.len();
        out.push(b'"');
        if info.message {
            out.extend_from_slice(b",\"message\":\"");
            out.extend_from_within(start..end);
            out.push(b'"');
        }
    } else if info.message {
        text_member(&mut out, "message", info.title);
    }
    if let Some(uri) = info.type_uri {
        text_member(&mut out, "type", uri);
    }
    if let Some(instance) = instance {
        text_member(&mut out, "instance", start_of(instance, MAX_INSTANCE));
    }
    if info.retry != Retry::of_status(info.status) {
        text_member(&mut out, "retryable", info.retry.word());
    }
    if info.retry_after
        && let Some(seconds) = error.retry_after()
    {
        // Writing to a Vec never fails.
        let _ = write!(out, ",\"retryAfter\":{seconds}");
    }
    if info.exposed && !info.members.is_empty() {
        let end = out.len();
        let mut members = Members { out: &mut out, lost: false };
        let written = catch_unwind(AssertUnwindSafe(|| error.members(&mut members)));
        if written.is_err() || !members.finish(end) {
            out.truncate(end);
            out.extend_from_slice(b",\"truncated\":true");
        }
    }
    out.push(b'}');
    // Everything above writes whole strings, so this never replaces anything.
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// As much of a text as fits, cut on a character boundary.
pub(crate) fn start_of(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn text_member(out: &mut Vec<u8>, name: &str, text: &str) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":\"");
    escape(out, text);
    out.push(b'"');
}

/// Where [`ApiError::members`] writes an error's fields.
pub struct Members<'a> {
    out: &'a mut Vec<u8>,
    lost: bool,
}

impl Members<'_> {
    /// Writes one member. A value that serde refuses, or one that is too large, takes all members with it.
    pub fn member<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        if self.lost {
            return;
        }
        self.out.extend_from_slice(b",\"");
        // A member's name is ASCII without quotes; the derive sees to it.
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        let null = Cell::new(false);
        let mut serializer = serde_json::Serializer::with_formatter(&mut *self.out, Compact::new(&null));
        let refused = value.serialize(&mut serializer).is_err();
        // A `null` may be a float that is no number: rare enough to look twice.
        let not_finite = null.get() && !is_finite(value);
        self.lost = refused || not_finite || self.out.len() > MAX_MESSAGE;
    }

    /// Escapes the members, which begin at `first`, once for all; whether they came out whole.
    fn finish(self, first: usize) -> bool {
        if self.lost {
            return false;
        }
        escape_dropped(self.out, first);
        // The closing brace is still to come.
        self.out.len() < MAX_MESSAGE
    }
}
