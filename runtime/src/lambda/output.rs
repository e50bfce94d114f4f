//! The output: what leaves as a success.

use super::{members, report};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// The member by which API Gateway selects an error's response.
const MEMBER: &str = "errorMessage";

/// Writes an output; what may not leave as a success is logged, and is nothing.
///
/// Whether API Gateway looks for `errorMessage` in a success too is not known: its emulators do. If it does, a caller who
/// may name a member of the output could choose its status, so that such an output is not sent.
pub(super) fn written<R: Serialize>(output: &R) -> Option<Box<RawValue>> {
    let written = to_raw_value(output).inspect_err(report::unwritable).ok()?;
    if names_error(written.get()) {
        report::taken_for_error();
        return None;
    }
    Some(written)
}

/// Whether a JSON text is an object with the member.
fn names_error(text: &str) -> bool {
    // A name without an escape stands there as it is: most outputs hold neither, and need no reading.
    if !text.trim_start().starts_with('{') || !(text.contains(MEMBER) || text.contains("\\u")) {
        return false;
    }
    // A name that can't be read here, such as half a surrogate pair, others may read.
    members::any(text, |name| name == MEMBER).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_member_is_found_at_the_top_level_however_it_is_written() {
        for text in [
            r#"{"errorMessage":""}"#,
            r#"{"a":{"b":[1]},"errorMessage":{"c":null}}"#,
            r#" {"error\u004dessage":1}"#,
            r#"{"\u0065rrorMessage" : "[A] {}","b":1}"#,
            r#"{"errorMessage":1,"errorMessage":2}"#,
            r#"{"\ud800":1}"#,
        ] {
            assert!(names_error(text), "{text}");
        }
        for text in [
            "null",
            "[]",
            "{}",
            r#""errorMessage""#,
            r#"["errorMessage"]"#,
            r#"[{"errorMessage":1}]"#,
            r#"{"a":"errorMessage","b":{"errorMessage":1},"c":"\u0001"}"#,
            r#"{"errormessage":1,"errorMessages":1,"errorMessage ":1,"\u0001":"errorMessage\":"}"#,
        ] {
            assert!(!names_error(text), "{text}");
        }
    }
}
