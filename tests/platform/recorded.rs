//! What Lambda itself wrote in a function's place, as it was recorded over the years, and what other people's functions
//! may write: each through the generated gateway, and directly.

use super::served::{both, openapi, recorded, seen};
use super::{INTERNAL, TIMEOUT};
use serde_json::{Value, json};
use std::sync::LazyLock;
use throwback::client::{decode_cause, decode_invocation};
use throwback_gateway::Gateway;
use throwback_tests::failing_client::{Act, Client, FailError, Look};
use throwback_tests::skew::old_client;

static FAILING: LazyLock<Gateway> = LazyLock::new(|| Gateway::read(include_str!(openapi!("failing"))).unwrap());
static OLD: LazyLock<Gateway> = LazyLock::new(|| Gateway::read(include_str!(openapi!("skew_old"))).unwrap());

const ID: &str = "e4b0c8f4-5d2f-4c4b-9f0a-0b8a3d0f6c11";

/// What callers behind the gateway see of this payload.
async fn behind(payload: &str) -> String {
    let client = Client::new(recorded(&FAILING, payload), "http://x");
    let safe = client.look(&Look { way: "fine".to_owned(), count: None }).await;
    both(safe, client.act(&Act { way: "fine".to_owned(), amount: 1 }).await).0
}

#[tokio::test]
async fn every_text_of_the_platform_s_is_known() {
    const EXITED: &str = "platform Exited: InternalError 500 idempotent";
    const MEMORY: &str = "platform OutOfMemory: InternalError 500 idempotent";
    const SIZE: &str = "platform ResponseTooLarge: InternalError 500 never";
    const INIT: &str = "platform Init: InternalError 500 backoff";
    let error = |text: &str| format!("RequestId: {ID} Error: {text}");
    let exited = |text: &str| error(&format!("Runtime exited with error: {text}"));
    let too_large = "Response payload size exceeded maximum allowed payload size (6291556 bytes).";
    let no_bootstrap = "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]";
    // Where there is no type, Lambda gave none.
    let texts = [
        ("", format!("2024-04-08T19:04:05.123Z {ID} Task timed out after 1.00 seconds"), TIMEOUT),
        ("", format!("2024-04-08T19:04:05.123Z {ID} Task timed out after 900.10 seconds\n\n"), TIMEOUT),
        ("Sandbox.Timedout", error("Task timed out after 1.00 seconds"), TIMEOUT),
        ("Runtime.ExitError", exited("exit status 127"), EXITED),
        ("Runtime.ExitError", exited("signal: aborted"), EXITED),
        ("Runtime.ExitError", exited("signal: segmentation fault (core dumped)"), EXITED),
        ("Runtime.ExitError", error("Runtime exited without providing a reason"), EXITED),
        ("Runtime.ExitError", error("runtime exited with error: exit status 1"), EXITED),
        ("Runtime.ExitError", error("runtime exited without providing a reason"), EXITED),
        ("", exited("exit status 1"), EXITED),
        ("", error("runtime exited without providing a reason"), EXITED),
        ("", format!("RequestId: {ID} Process exited before completing request"), EXITED),
        ("Runtime.ExitError", exited("signal: killed"), MEMORY),
        ("Runtime.ExitError", error("runtime exited with error: signal: killed"), MEMORY),
        ("", exited("signal: killed"), MEMORY),
        ("Runtime.OutOfMemory", exited("signal: killed"), MEMORY),
        ("Runtime.OutOfMemory", error("Runtime ran out of memory"), MEMORY),
        ("Function.ResponseSizeTooLarge", too_large.to_owned(), SIZE),
        ("", format!("RequestId: {ID} Error: {too_large}"), SIZE),
        ("Runtime.InitError", error("Runtime failed to start"), INIT),
        ("Runtime.InvalidEntrypoint", error(no_bootstrap), INIT),
        ("Runtime.InvalidEntrypoint", error("fork/exec /var/task/bootstrap: exec format error"), INIT),
        ("Runtime.InvalidWorkingDir", error("chdir /var/task: no such file or directory"), INIT),
        ("Extension.InitError", error("exit code 1"), INIT),
        ("Extension.LaunchError", error("fork/exec /opt/extensions/x: permission denied"), INIT),
        ("Extension.ExitError", error("exit status 2"), EXITED),
        ("Extension.Crash", error("exit code 0"), EXITED),
        ("Runtime.TruncatedResponse", error("Response truncated"), INTERNAL),
        ("Sandbox.Failure", error("Sandbox failure"), INTERNAL),
        ("Runtime.Unknown", error("Unknown"), INTERNAL),
        ("Function.Unknown", error("Unknown"), INTERNAL),
    ];
    for (error_type, text, direct) in texts {
        let mut payload = json!({ "errorMessage": text });
        if !error_type.is_empty() {
            payload["errorType"] = error_type.into();
        }
        let payload = payload.to_string();
        let expected = if direct == TIMEOUT { TIMEOUT } else { INTERNAL };
        assert_eq!(behind(&payload).await, expected, "{payload}");
        let failure = decode_invocation::<FailError>(payload.as_bytes());
        assert_eq!(seen(&failure), direct, "{payload}");
        assert_eq!(failure.request_id(), text.contains(ID).then_some(ID), "{payload}");
        assert_eq!(seen(&decode_cause::<FailError>(&payload)), direct, "{payload}");
        // Step Functions has no type to say where Lambda gave none.
        if error_type.is_empty() {
            let cause = "The cause could not be determined because Lambda did not return an error type.";
            assert_eq!(seen(&decode_cause::<FailError>(&format!("{cause} Returned payload: {payload}"))), direct);
        }
    }
}

/// Failures of a function that does not run under `throwback::lambda::run`, whose texts nobody has tagged.
#[tokio::test]
async fn texts_of_the_runtime_and_of_other_people_say_nothing() {
    let boxed = "&alloc::boxed::Box<dyn core::any::Any + core::marker::Send>";
    let unfit = "failed to deserialize the incoming data into the function's payload type: missing field `a`\n";
    for (error_type, text) in [
        (boxed, "Lambda panicked: the key under the mat"),
        (boxed, "Lambda panicked"),
        ("&lambda_runtime::deserializer::DeserializeError", unfit),
        ("&alloc::string::String", "a store said: Runtime exited with error: exit status 1"),
        ("MyError", "Response payload size exceeded maximum allowed payload size"),
        ("MyError", "[404] not found"),
        ("MyError", "[InternalError]"),
        ("MyError", " [NoWords] {\"code\":\"NoWords\",\"status\":409}"),
        ("MyError", "x"),
    ] {
        let payload = json!({ "errorType": error_type, "errorMessage": text }).to_string();
        assert_eq!(behind(&payload).await, INTERNAL, "{text}");
        assert_eq!(seen(&decode_invocation::<FailError>(payload.as_bytes())), INTERNAL, "{text}");
    }
    // A tag that is one of ours, and no problem behind it: the code and its advice hold.
    for (tag, direct) in [
        ("InvalidPayload", "unmodelled: InvalidPayload 400 never"),
        ("InternalError", "unmodelled: InternalError 500 idempotent"),
        ("FunctionTimeout", "unmodelled: FunctionTimeout 504 idempotent"),
        ("NoWords", "unmodelled: NoWords 409 backoff"),
    ] {
        let payload = json!({ "errorType": tag, "errorMessage": format!("[{tag}] out of order") }).to_string();
        assert_eq!(seen(&decode_invocation::<FailError>(payload.as_bytes())), direct);
        let seen = behind(&payload).await;
        match tag {
            "InvalidPayload" => {
                let kind = "InvalidPayload { path: \"\", reason: \"\" }";
                assert_eq!(seen, format!("platform {kind}: InvalidPayload 400 never"));
            }
            "NoWords" => assert_eq!(seen, direct),
            _ => assert_eq!(seen, INTERNAL),
        }
    }
}

/// The catch-all passes a problem of a newer function on under its own status, if that is an error's.
#[tokio::test]
async fn a_problem_that_the_gateway_does_not_know_passes_within_bounds() {
    let message = |status: &str| {
        let status = if status.is_empty() { String::new() } else { format!(",\"status\":{status}") };
        format!(
            "[Newer] {{\"code\":\"Newer\",\"title\":\"t\"{status},\"detail\":\"d\",\"retryable\":\"backoff\",\"retryAfter\":5}}"
        )
    };
    let look = async |message: String| {
        let payload = json!({ "errorType": "Newer", "errorMessage": message }).to_string();
        let client = old_client::Client::new(recorded(&OLD, &payload), "http://x");
        both(client.look("A1").await, client.take("A1").await).0
    };
    for status in ["400", "404", "418", "423", "429", "499", "500", "503", "511", "599"] {
        let expected = format!("undeclared: Newer {status} backoff 5s \"d\"");
        assert_eq!(look(message(status)).await, expected);
        let payload = json!({ "errorType": "Newer", "errorMessage": message(status) }).to_string();
        assert_eq!(seen(&decode_invocation::<FailError>(payload.as_bytes())), expected);
    }
    for status in [
        "100", "200", "204", "302", "399", "600", "700", "999", "40", "4040", "0404", "-404", "404.5", "4e2",
        "\"404\"", "null", "true", "[404]", "",
    ] {
        assert_eq!(look(message(status)).await, INTERNAL, "{status}");
    }
    // Whoever has no gateway still hears the code, under a status that an error can have.
    for status in ["100", "200", "399", "600", "999", "40", "4040", ""] {
        let payload = json!({ "errorType": "Newer", "errorMessage": message(status) }).to_string();
        let direct = seen(&decode_invocation::<FailError>(payload.as_bytes()));
        assert_eq!(direct, "undeclared: Newer 500 backoff 5s \"d\"", "{status}");
        let known = payload.replace("Newer", "OddKeys").replace("\\\"detail", "\\\"counts\\\":{},\\\"detail");
        assert_eq!(seen(&decode_invocation::<FailError>(known.as_bytes())), "api: OddKeys 422 backoff 5s \"d\"");
    }
    // No problem of the runtime's.
    for odd in [
        "[Newer] {\"status\":404,\"code\":\"Newer\"}",
        "[Newer] {\"code\":\"Newer\",\"status\":404} ",
        "[Newer]{\"code\":\"Newer\",\"status\":404}",
        "[Ne.wer] {\"code\":\"Newer\",\"status\":404}",
        "Error: [Newer] {\"code\":\"Newer\",\"status\":404}",
    ] {
        assert_eq!(look(odd.to_owned()).await, INTERNAL, "{odd}");
    }
}

/// What a newer function says of a repeat is heard, and what it says in new words is not misheard.
#[tokio::test]
async fn the_advice_of_a_newer_function_arrives() {
    for (status, word, advice) in [
        (423, json!("backoff"), "backoff"),
        (409, json!("idempotent"), "idempotent"),
        (503, json!("never"), "never"),
        (503, Value::Null, "idempotent"),
        (429, Value::Null, "backoff"),
        (423, Value::Null, "never"),
        // A word that is still to be invented.
        (503, json!("tomorrow"), "idempotent"),
        (423, json!("tomorrow"), "never"),
    ] {
        let word = if word.is_null() { String::new() } else { format!(",\"retryable\":{word}") };
        let message = format!("[Newer] {{\"code\":\"Newer\",\"status\":{status},\"detail\":\"d\"{word}}}");
        let payload = json!({ "errorType": "Newer", "errorMessage": message }).to_string();
        let client = old_client::Client::new(recorded(&OLD, &payload), "http://x");
        let (line, _) = both(client.look("A1").await, client.take("A1").await);
        assert_eq!(line, format!("undeclared: Newer {status} {advice} \"d\""));
    }
}
