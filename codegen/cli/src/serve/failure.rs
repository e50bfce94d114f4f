//! What Lambda says in a function's place when the function could not answer.

use std::io;
use std::process::ExitStatus;
use std::time::Duration;

/// Lambda's limit for a response, in bytes.
pub(super) const RESPONSE: usize = 6_291_556;

fn payload(kind: &str, message: &str) -> Vec<u8> {
    serde_json::json!({ "errorType": kind, "errorMessage": message }).to_string().into_bytes()
}

/// The function did not answer in time.
pub(super) fn timed_out(request_id: &str, timeout: Duration) -> Vec<u8> {
    let seconds = timeout.as_secs_f64();
    payload("Sandbox.Timedout", &format!("RequestId: {request_id} Error: Task timed out after {seconds:.2} seconds"))
}

/// The process ended without an answer.
pub(super) fn exited(request_id: &str, status: ExitStatus) -> Vec<u8> {
    let reason = match (status.code(), signal(status)) {
        (Some(0), _) | (None, None) => "Runtime exited without providing a reason".to_owned(),
        (Some(code), _) => format!("Runtime exited with error: exit status {code}"),
        (None, Some(signal)) => format!("Runtime exited with error: signal: {}", name(signal)),
    };
    payload("Runtime.ExitError", &format!("RequestId: {request_id} Error: {reason}"))
}

/// The process could not be started. Go writes the system's reason in lower case and without its number.
pub(super) fn not_started(request_id: &str, program: &str, error: &io::Error) -> Vec<u8> {
    let reason = error.to_string().to_lowercase();
    let reason = reason.split_once(" (os error").map_or(reason.as_str(), |(reason, _)| reason);
    payload("Runtime.InvalidEntrypoint", &format!("RequestId: {request_id} Error: fork/exec {program}: {reason}"))
}

/// The response is larger than Lambda passes on.
pub(super) fn too_large() -> Vec<u8> {
    let message = format!("Response payload size exceeded maximum allowed payload size ({RESPONSE} bytes).");
    payload("Function.ResponseSizeTooLarge", &message)
}

/// The signal that ended a process; elsewhere than on Unix there are none.
fn signal(status: ExitStatus) -> Option<i32> {
    #[cfg(unix)]
    return std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    {
        let _ = status;
        None
    }
}

/// Lambda's supervisor is written in Go, and names signals as Go does.
fn name(signal: i32) -> String {
    let name = match signal {
        1 => "hangup",
        2 => "interrupt",
        3 => "quit",
        4 => "illegal instruction",
        5 => "trace/breakpoint trap",
        6 => "aborted",
        7 => "bus error",
        8 => "floating point exception",
        9 => "killed",
        10 => "user defined signal 1",
        11 => "segmentation fault",
        12 => "user defined signal 2",
        13 => "broken pipe",
        14 => "alarm clock",
        15 => "terminated",
        other => return format!("signal {other}"),
    };
    name.to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    fn text(payload: &[u8]) -> String {
        String::from_utf8_lossy(payload).into_owned()
    }

    #[test]
    fn texts_are_those_of_lambda() {
        assert_eq!(
            text(&timed_out("r", Duration::from_secs(3))),
            r#"{"errorMessage":"RequestId: r Error: Task timed out after 3.00 seconds","errorType":"Sandbox.Timedout"}"#
        );
        for (raw, reason) in [
            (0x0000, "Runtime exited without providing a reason"),
            (0x7f00, "Runtime exited with error: exit status 127"),
            (9, "Runtime exited with error: signal: killed"),
            (0x86, "Runtime exited with error: signal: aborted"),
        ] {
            let found = text(&exited("r", ExitStatus::from_raw(raw)));
            assert!(found.contains(&format!("\"RequestId: r Error: {reason}\"")), "{found}");
        }
        let missing = text(&not_started("r", "/var/task/bootstrap", &io::Error::from_raw_os_error(2)));
        let reason = "fork/exec /var/task/bootstrap: no such file or directory";
        assert!(missing.contains(&format!("\"RequestId: r Error: {reason}\"")), "{missing}");
    }
}
