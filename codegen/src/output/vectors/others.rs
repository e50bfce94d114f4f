//! Answers that are none of the function's: Lambda's, API Gateway's, and those of who stands on the way.

use super::{Answer, Case, Caught, GATEWAY_ID, PAGE, by_status};
use crate::rest;
use serde_json::{Value, json};
use throwback_syntax::Reserved;

/// A page as load balancers write them.
const BALANCER_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
                             <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// Lambda's own payloads, which only a direct invocation shows.
pub(super) fn platform(operation: &str) -> Vec<Case> {
    const ID: &str = "5a3e8d6c-0b1f-4a57-9d0e-2f1c3b4a5d6e";
    let texts = [
        (
            "Sandbox.Timedout",
            format!("RequestId: {ID} Error: Task timed out after 3.00 seconds"),
            "TIMEOUT",
            "idempotent",
        ),
        ("", format!("2024-04-08T10:00:00.000Z {ID} Task timed out after 3.00 seconds"), "TIMEOUT", "idempotent"),
        (
            "Runtime.ExitError",
            format!("RequestId: {ID} Error: Runtime exited with error: exit status 1"),
            "EXITED",
            "idempotent",
        ),
        (
            "Runtime.ExitError",
            format!("RequestId: {ID} Error: Runtime exited without providing a reason"),
            "EXITED",
            "idempotent",
        ),
        (
            "Runtime.ExitError",
            format!("RequestId: {ID} Error: Runtime exited with error: signal: killed"),
            "OUT_OF_MEMORY",
            "idempotent",
        ),
        ("Runtime.OutOfMemory", format!("RequestId: {ID} Error: Runtime out of memory"), "OUT_OF_MEMORY", "idempotent"),
        (
            "Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size (6291556 bytes).".to_owned(),
            "RESPONSE_TOO_LARGE",
            "never",
        ),
        (
            "Runtime.InvalidEntrypoint",
            format!("RequestId: {ID} Error: fork/exec /var/task/bootstrap: no such file or directory"),
            "INIT",
            "backoff",
        ),
        ("Runtime.Unknown", "Lambda panicked: index out of bounds".to_owned(), "INTERNAL", "idempotent"),
        (
            "Runtime.Unknown",
            "failed to deserialize the incoming data into the function's payload type: EOF\n".to_owned(),
            "INTERNAL",
            "idempotent",
        ),
    ];
    let cases = texts.into_iter().map(|(kind, message, caught, retry)| {
        let payload = match kind {
            "" => json!({ "errorMessage": message }),
            kind => json!({ "errorType": kind, "errorMessage": message }),
        };
        let timeout = caught == "TIMEOUT";
        Case {
            name: format!("Lambda's {}: {}", if kind.is_empty() { "old text" } else { kind }, message.trim_end()),
            operation: operation.to_owned(),
            answer: Answer::Invocation(payload.to_string()),
            caught: Caught {
                who: "platform",
                kind: Some(caught),
                code: Some(if timeout { Reserved::TIMEOUT } else { Reserved::INTERNAL }.code.to_owned()),
                status: if timeout { 504 } else { 500 },
                retry: retry.to_owned(),
                ..Caught::default()
            },
        }
    });
    cases.collect()
}

/// What a mapping without patterns makes of an error: a success, of which nothing can be taken.
pub(super) fn successes(operation: &str) -> Vec<Case> {
    let caught = Caught {
        who: "unmodelled",
        status: 200,
        retry: "never".to_owned(),
        retry_after: Some(Value::Null),
        ..Caught::default()
    };
    let problem = r#"[Any] {"code":"Any","status":404}"#;
    let tagged = json!({ "errorType": "Any", "errorMessage": problem });
    let plain = json!({ "errorMessage": "no such table", "errorType": "Error", "trace": [] });
    let case = |how, payload: Value| {
        own(operation, "A success that is an error", how, 200, &[], payload.to_string(), caught.clone())
    };
    vec![case("with a tag", tagged), case("of another runtime", plain)]
}

/// Every gateway response, as it is generated and in stock; and one that went through all that can happen to it.
pub(super) fn gateway(operation: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for kind in rest::kinds() {
        let caught = |name: &'static str| Caught {
            who: "gateway",
            kind: Some(name),
            status: kind.status,
            retry: kind.retry().to_owned(),
            retry_after: Some(Value::Null),
            request_id: Some(GATEWAY_ID),
            ..Caught::default()
        };
        let code = kind.code();
        let (named, header) = (("x-error-code", code.as_str()), ("x-amzn-errortype", kind.error_type));
        let message = Value::from(kind.message);
        if let Some(template) = kind.template() {
            let body = template
                .replace("$context.requestId", GATEWAY_ID)
                .replace("$context.error.messageString", &message.to_string());
            let alone =
                Caught { kind: None, who: "unmodelled", retry: by_status(kind.status).to_owned(), ..caught("") };
            for (how, headers, body, caught) in [
                ("as it is generated", &[named, header][..], body.as_str(), caught(kind.name)),
                ("without its header", &[named], &body, caught(kind.name)),
                ("without its code header", &[header], &body, caught(kind.name)),
                ("by its code header alone", &[named], "", caught(kind.name)),
                ("with another code in its body", &[named], r#"{"code":"Other"}"#, caught(kind.name)),
                ("without any header", &[], &body, alone),
            ] {
                cases.push(own(operation, kind.name, how, kind.status, headers, body.to_owned(), caught));
            }
        }
        let stock = json!({ "message": message }).to_string();
        cases.push(own(operation, kind.name, "in stock", kind.status, &[header], stock, caught(kind.in_stock)));
    }
    // What people report of a template that renders no JSON. Lambda's own word alone says too little of who speaks.
    let refused =
        json!({ "Type": "User", "message": "Could not parse request body into json: Unexpected end-of-input" });
    for (how, headers, who, kind) in [
        ("with its type", &[("x-amzn-errortype", "BadRequestException")][..], "gateway", Some("BAD_REQUEST")),
        ("without its type", &[], "unmodelled", None),
    ] {
        let caught = Caught { who, kind, status: 400, retry: by_status(400).to_owned(), ..Caught::default() };
        cases.push(own(operation, "An event that is no JSON", how, 400, headers, refused.to_string(), caught));
    }
    let throttled = |how: &str, headers: &[(&str, &str)], body: &str| {
        let caught = Caught {
            who: "gateway",
            kind: Some("THROTTLED"),
            status: 429,
            retry: "backoff".to_owned(),
            retry_after: Some(Value::Null),
            request_id: Some(GATEWAY_ID),
            ..Caught::default()
        };
        own(operation, "THROTTLED", how, 429, headers, body.to_owned(), caught)
    };
    let name = ("x-amzn-errortype", "TooManyRequestsException");
    let stock = r#"{"message":"Too Many Requests"}"#;
    cases.extend([
        throttled("in other letters", &[("X-AMZN-ERRORTYPE", "TOOMANYREQUESTSEXCEPTION")], stock),
        throttled(
            "with a colon behind its name",
            &[("x-amzn-errortype", "TooManyRequestsException:http://a.b/")],
            stock,
        ),
        throttled("with a hash behind its name", &[("x-amzn-errortype", "TooManyRequestsException#a")], stock),
        throttled(
            "with a namespace before its name",
            &[("x-amzn-errortype", "com.amazon.a#TooManyRequestsException")],
            stock,
        ),
        throttled("behind another name", &[("x-amzn-errortype", "Other, TooManyRequestsException")], stock),
        throttled("with its header twice", &[name, name], stock),
        throttled("with the other `Message`", &[name], r#"{"Message":"Too Many Requests"}"#),
        throttled("with a member that nobody knows", &[name], r#"{"a":[1],"message":"Too Many Requests"}"#),
        throttled("with a message of a wrong type", &[name], r#"{"message":7}"#),
        throttled("with null for a message", &[name], r#"{"message":null}"#),
        throttled("without a message", &[name], "{}"),
        throttled("behind a byte-order mark", &[name], "\u{feff}{\"message\":\"Too Many Requests\"}"),
        throttled("empty", &[name], ""),
        throttled("as a page", &[name], PAGE),
        throttled("cut in the middle", &[name], r#"{"message":"Too Ma"#),
    ]);
    for (error_type, kind) in [
        ("IncompleteSignatureException", "INCOMPLETE_SIGNATURE"),
        ("UnrecognizedClientException", "UNRECOGNIZED_CLIENT"),
        ("ToComeException", "OTHER"),
    ] {
        let caught =
            Caught { who: "gateway", kind: Some(kind), status: 403, retry: "never".to_owned(), ..Caught::default() };
        cases.push(own(
            operation,
            error_type,
            "in stock",
            403,
            &[("x-amzn-errortype", error_type)],
            stock.to_owned(),
            caught,
        ));
    }
    cases
}

/// What HTTP APIs and function URLs answer themselves, which no header tells.
pub(super) fn fronts(operation: &str) -> Vec<Case> {
    let cases = [
        ("An HTTP API's", 401, "UNAUTHORIZED", "never", r#"{"message":"Unauthorized"}"#),
        ("An HTTP API's", 403, "FORBIDDEN", "never", r#"{"message":"Forbidden"}"#),
        ("An HTTP API's", 404, "RESOURCE_NOT_FOUND", "never", r#"{"message":"Not Found"}"#),
        ("An HTTP API's", 429, "THROTTLED", "backoff", r#"{"message":"Too Many Requests"}"#),
        ("An HTTP API's", 500, "INTERNAL_SERVER_ERROR", "idempotent", r#"{"message":"Internal Server Error"}"#),
        ("An HTTP API's", 503, "INTEGRATION_TIMEOUT", "idempotent", r#"{"message":"Service Unavailable"}"#),
        ("A function URL's", 502, "INTERNAL_SERVER_ERROR", "idempotent", "Internal Server Error"),
    ];
    let cases = cases.into_iter().map(|(whose, status, kind, retry, body)| {
        let caught = Caught {
            who: "gateway",
            kind: Some(kind),
            status,
            retry: retry.to_owned(),
            retry_after: Some(Value::Null),
            ..Caught::default()
        };
        own(operation, &format!("{whose} own {status}"), "", status, &[], body.to_owned(), caught)
    });
    let mut cases: Vec<_> = cases.collect();
    // Of its refusals a header tells, which HTTP APIs do not have.
    let refused = Caught {
        who: "gateway",
        kind: Some("ACCESS_DENIED"),
        status: 403,
        retry: "never".to_owned(),
        retry_after: Some(Value::Null),
        ..Caught::default()
    };
    let denied = [("x-amzn-errortype", "AccessDeniedException")];
    let body = r#"{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}"#;
    cases.push(own(operation, "A function URL's own 403", "", 403, &denied, body.to_owned(), refused));
    cases
}

/// Answers of those who stand on the way. Their JSON may well have a code and an advice: the one is for people, the other
/// does not count.
pub(super) fn strangers(operation: &str) -> Vec<Case> {
    let caught = |status, code: Option<&str>| Caught {
        who: "unmodelled",
        code: code.map(ToOwned::to_owned),
        status,
        retry: by_status(status).to_owned(),
        retry_after: Some(Value::Null),
        ..Caught::default()
    };
    let mut cases: Vec<_> = [
        ("A page of a content network", 403, None, PAGE),
        ("A load balancer's page, where its function failed", 502, None, BALANCER_PAGE),
        ("A load balancer's page, where it has none to call", 503, None, BALANCER_PAGE),
        ("A load balancer's page, where nobody answered in time", 504, None, BALANCER_PAGE),
        ("An empty answer", 502, None, ""),
        ("Too many requests, and not a word more", 429, None, ""),
        ("Words of an HTTP API's, under another status", 502, None, r#"{"message":"Internal Server Error"}"#),
        ("Words of an HTTP API's, with more beside them", 500, None, r#"{"message":"Internal Server Error","a":1}"#),
        ("A list", 503, None, "[1]"),
        ("A code that can be none", 500, None, r#"{"code":"not a code"}"#),
        (
            "A content network's JSON",
            503,
            Some("ServiceUnavailable"),
            r#"{"code":"ServiceUnavailable","message":"busy","retryable":"backoff","retryAfter":1}"#,
        ),
        ("A load balancer's JSON", 502, Some("BadGateway"), r#"{"code":"BadGateway","status":502,"title":"x"}"#),
        ("Another service's refusal", 403, Some("AccessDenied"), r#"{"retryable":"idempotent","code":"AccessDenied"}"#),
        ("Another service's own failure", 500, Some("InternalError"), r#"{"code":"InternalError","instance":"x"}"#),
        ("Another service's timeout", 408, Some("FunctionTimeout"), r#"{"code":"FunctionTimeout","status":504}"#),
        ("A code of API Gateway's that nothing proves", 403, None, r#"{"code":"gateway.THROTTLED","status":429}"#),
    ]
    .into_iter()
    .map(|(name, status, code, body)| own(operation, name, "", status, &[], body.to_owned(), caught(status, code)))
    .collect();
    // The header is HTTP's own, whoever wrote it.
    let later = Caught { retry_after: Some(json!(7)), ..caught(503, Some("Busy")) };
    let body = r#"{"code":"Busy","retryable":"backoff","retryAfter":1}"#.to_owned();
    cases.push(own(operation, "A stranger's JSON", "with a delay", 503, &[("retry-after", "7")], body, later));
    // API Gateway's header says who answered, whatever code somebody configured for it.
    let denied = ("x-amzn-errortype", "AccessDeniedException");
    let body = r#"{"code":"Forbidden","retryable":"backoff"}"#.to_owned();
    let refused = Caught { who: "gateway", kind: Some("ACCESS_DENIED"), code: None, ..caught(403, None) };
    cases.push(own(operation, "ACCESS_DENIED", "with a code of somebody's own", 403, &[denied], body, refused));
    cases
}

/// A case of an answer that is none of the function's.
fn own(
    operation: &str,
    name: &str,
    how: &str,
    status: u16,
    headers: &[(&str, &str)],
    body: String,
    caught: Caught,
) -> Case {
    let headers = [("content-type", "application/json"), ("x-amzn-requestid", GATEWAY_ID)].iter().chain(headers);
    let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let caught = Caught { request_id: Some(GATEWAY_ID), ..caught };
    let answer = Answer::Response { status, headers, body: body.into() };
    Case { name: format!("{name} {how}").trim_end().to_owned(), operation: operation.to_owned(), answer, caught }
}
