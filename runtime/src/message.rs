//! The `errorMessage`: the tag and the problem, written in one pass into one buffer.

use crate::json::{Compact, Text, escape, escape_dropped};
use crate::{ApiError, Retry};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::Write as _;

/// The most bytes of a `Display` text that `detail` shows.
const MAX_DETAIL: usize = 4 * 1024;

/// The most bytes of a problem that shows its fields.
const MAX_PROBLEM: usize = 256 * 1024;

/// Room for most messages, so that they don't move while they grow; allocators keep blocks of up to this size at hand.
const CAPACITY: usize = 1024;

/// The `errorMessage` of an error: `[Code] ` and the problem as compact JSON on one line.
///
/// `instance` is the request id, if it is known. It never fails: where serde refuses a field, or the problem would
/// pass 256 KiB or nest deeper than 100, the problem leaves its fields out and says `"truncated":true`.
///
/// ```
/// let error = throwback::InvalidPayload::new("lines[0].quantity", "invalid type: string \"x\", expected u32");
/// assert!(throwback::error_message(&error, Some("8f2e")).starts_with("[InvalidPayload] {\"code\":\"InvalidPayload\","));
/// ```
pub fn error_message<E: ApiError + ?Sized>(error: &E, instance: Option<&str>) -> String {
    let info = error.info();
    let mut out = Vec::with_capacity(CAPACITY);
    out.extend_from_slice(info.head.as_bytes());
    // The tag is `[`, the code, `] `: the problem begins behind it.
    let start = info.code.len() + 3;
    if info.exposed {
        out.extend_from_slice(b",\"detail\":\"");
        // An error only says that the text is longer than may be shown, or that `Display` itself gave up.
        let _ = write!(Text { out: &mut out, left: MAX_DETAIL }, "{error}");
        out.push(b'"');
    }
    if let Some(uri) = info.type_uri {
        text_member(&mut out, "type", uri);
    }
    if let Some(instance) = instance {
        text_member(&mut out, "instance", instance);
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
        let mut members = Members { out: &mut out, start, lost: false };
        error.members(&mut members);
        if !members.finish(end) {
            out.truncate(end);
            out.extend_from_slice(b",\"truncated\":true");
        }
    }
    out.push(b'}');
    // Everything above writes whole strings, so this never replaces anything.
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
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
    start: usize,
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
        let mut serializer = serde_json::Serializer::with_formatter(&mut *self.out, Compact::default());
        let refused = value.serialize(&mut serializer).is_err();
        self.lost = refused || self.out.len() - self.start > MAX_PROBLEM;
    }

    /// Escapes the members, which begin at `first`, once for all; whether they came out whole.
    fn finish(self, first: usize) -> bool {
        if self.lost {
            return false;
        }
        escape_dropped(self.out, first);
        // The closing brace is still to come.
        self.out.len() - self.start < MAX_PROBLEM
    }
}
