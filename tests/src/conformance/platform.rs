//! The messages of Lambda itself and of its runtimes, none of which has a tag.

use super::values;
use fastrand::Rng;

/// A request id.
pub(super) fn uuid(rng: &mut Rng) -> String {
    let hex = format!("{:032x}", rng.u128(..));
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// A message, with the `errorType` beside it.
pub(super) fn message(rng: &mut Rng) -> (Option<String>, String) {
    let id = uuid(rng);
    let seconds = format!("{}.{:02}", rng.u32(..901), rng.u32(..100));
    let text = values::text(rng);
    let (kind, message) = match rng.u32(..22) {
        0..3 => (None, format!("2024-04-09T10:00:00.000Z {id} Task timed out after {seconds} seconds")),
        3..6 => (Some("Sandbox.Timedout"), format!("RequestId: {id} Error: Task timed out after {seconds} seconds")),
        6 => (None, format!("2024-04-09T10:00:00.000Z {id} Task timed out after {seconds} seconds\n\n")),
        7 => exited(&id, "Runtime exited with error: exit status 127"),
        8 => exited(&id, "Runtime exited without providing a reason"),
        9 => exited(&id, "Runtime exited with error: signal: killed"),
        10 => exited(&id, "runtime exited with error: signal: segmentation fault"),
        11 => (Some("Runtime.OutOfMemory"), format!("RequestId: {id} Error: Runtime out of memory")),
        12 => (None, format!("RequestId: {id} Process exited before completing request")),
        13 => (
            Some("Function.ResponseSizeTooLarge"),
            "Response payload size exceeded maximum allowed payload size (6291556 bytes).".to_owned(),
        ),
        14 => {
            (Some("Runtime.InvalidEntrypoint"), format!("RequestId: {id} Error: fork/exec /var/task/bootstrap: {text}"))
        }
        15 => (Some("Sandbox.Failure"), format!("RequestId:  Error: {text}")),
        16 => (Some("&alloc::boxed::Box<dyn core::error::Error + core::marker::Send>"), "Lambda panicked".to_owned()),
        17 | 18 => (Some("&str"), format!("Lambda panicked: {text}")),
        19 => (
            Some("lambda_runtime::types::Diagnostic"),
            format!(
                "failed to deserialize the incoming data into the function's payload type: {text} at line 1 column {}\n",
                rng.u32(..)
            ),
        ),
        20 => (Some("Extension.Crash"), format!("RequestId: {id} Error: exit code {}", rng.u8(..))),
        // An error of the author's own that left without a tag.
        _ => (Some("alloc::string::String"), format!("Error: {text}")),
    };
    (kind.map(ToOwned::to_owned), message)
}

fn exited(id: &str, reason: &str) -> (Option<&'static str>, String) {
    (Some("Runtime.ExitError"), format!("RequestId: {id} Error: {reason}"))
}
