//! `throwback explain`: what it tells of a message.

use super::*;

fn explain(arguments: &[&str]) -> String {
    let package = Package::new();
    let ran = package.run(&[&["explain"], arguments].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out
}

#[test]
fn explain_names_the_response_the_body_and_the_typed_error() {
    let said = explain(&[r#"[TeaNotFound] {"code":"TeaNotFound","status":404,"detail":"x","tea_id":"7"}"#]);
    for part in [
        r"selects   404  ^\[(?:TeaNotFound)\] [\s\S]*",
        "its tag `[TeaNotFound] ` stands in this pattern and in no other",
        "HTTP 404",
        "x-error-code: TeaNotFound",
        r#"{"code":"TeaNotFound","status":404,"detail":"x","tea_id":"7"}"#,
        "Failure::Api(GetTeaError::TeaNotFound(error))",
    ] {
        has(&said, part);
    }
    let said = explain(&[r#"[TeaNotFound] {"code":"TeaNotFound","status":404}"#]);
    has(&said, "the member `tea_id` is missing: the client keeps this response as Failure::Unmodelled");
    let said = explain(&[r#"[TeaNotFound] {"code":"TeaNotFound","status":404,"tea_id":7}"#]);
    has(&said, "the member `tea_id` has another form than declared");
}

#[test]
fn explain_knows_what_the_platform_says() {
    for timeout in [
        "2024-04-01T10:00:00.000Z 8f2e Task timed out after 1.00 seconds",
        "RequestId: 8f2e Error: Task timed out after 3.00 seconds",
    ] {
        let said = explain(&[timeout]);
        has(&said, "selects   504");
        has(&said, "PlatformKind::Timeout");
        assert!(!said.contains("\"detail\""), "nothing of the text reaches the body");
    }
    let said = explain(&["Lambda panicked: the secret"]);
    has(&said, "PlatformKind::Internal");
    assert_eq!(said.matches("the secret").count(), 1, "shown as the message, and nowhere else");
    let said = explain(&[""]);
    has(&said, "the default response");
    has(&said, "an error arrives as a success");
    let said = explain(&[r#"[Newer] {"code":"Newer","status":423,"retryable":"backoff"}"#]);
    has(&said, "HTTP 423");
    has(&said, "Failure::Undeclared(error)  (retry: backoff)");
    has(&explain(&[r#"[Newer] {"code":"Newer","status":200}"#]), "PlatformKind::Internal");
}

#[test]
fn explain_shows_what_is_proved() {
    let said = explain(&["--prove"]);
    has(&said, "responses  codes  classes of messages");
    has(&said, "no message selects two responses");
    let package = Package::new();
    has(&package.refused(&["explain", "--prove", "--operation", "pour"]), "there is no operation `pour`");
    let ran = package.run(&["explain", "--prove", "[TeaNotFound] {}"]);
    assert_eq!(ran.status, 2);
    has(&ran.err, "cannot be used with");
}

#[test]
fn explain_speaks_json_and_reads_whole_payloads_from_standard_input() {
    let package = Package::new();
    let mut child = program()
        .args(["explain", "--json"])
        .current_dir(package.0.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let payload = br#"{"errorType":"KettleCold","errorMessage":"[KettleCold] {\"code\":\"KettleCold\",\"title\":\"Service Unavailable\",\"status\":503}"}"#;
    child.stdin.take().unwrap().write_all(payload).unwrap();
    let output = child.wait_with_output().unwrap();
    let reports: Value = serde_json::from_slice(&output.stdout).unwrap();
    let report = &reports[0];
    assert_eq!(report["operation"], "get_tea");
    assert_eq!(report["selected"]["status"], 503);
    assert_eq!(report["client"]["who"], "api");
    assert_eq!(report["client"]["retry"], "idempotent");
    assert_eq!(report["response"]["body"], r#"{"code":"KettleCold","title":"Service Unavailable","status":503}"#);
    has(&package.refused(&["explain", "x", "--operation", "pour"]), "there is no operation `pour`");
}

/// A document as somebody wrote it who does not know throwback: of OpenAPI 2.0, in YAML, for CloudFormation.
const STRANGE: &str = r#"
swagger: "2.0"
info: { title: shop, version: "1" }
x-amazon-apigateway-policy: { Version: "2012-10-17", Statement: [] }
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      responses: { 200: { description: ok }, 404: { description: none } }
      x-amazon-apigateway-integration:
        type: aws
        httpMethod: POST
        uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
        responses:
          default: { statusCode: 200 }
          ".*[NotFound].*":
            statusCode: 404
            responseTemplates: { application/json: '{"message": "$util.escapeJavaScript($input.path(''$.errorMessage''))"}' }
    options:
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: { application/json: "{statusCode: 200}" }
        responses: { default: { statusCode: 200 } }
"#;

#[test]
fn explain_reads_any_document_without_a_package() {
    let package = Package(tempfile::tempdir().unwrap());
    package.write("api.yaml", &format!("\u{feff}{STRANGE}"));
    let ran = package.run(&["explain", "--openapi", "api.yaml", "database down"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    // The brackets take any of their letters.
    has(&ran.out, "getOrder GET /orders/{id}");
    has(&ran.out, "selects   404  .*[NotFound].*");
    has(&ran.out, r#"{"message": "database down"}"#);
    has(
        &ran.err,
        "warning: api.yaml:13:9: /paths/~1orders~1{id}/get/x-amazon-apigateway-integration/uri: `Fn::Sub` is for CloudFormation",
    );
    has(&ran.err, "warning: api.yaml:4:1: /x-amazon-apigateway-policy: not evaluated here");
    has(
        &ran.err,
        "1 operation without a function behind a custom integration, where no message selects a response: OPTIONS /orders/{id}",
    );
    let ran = package.run(&["explain", "--openapi", "api.yaml", "zzz", "--json"]);
    let reports: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&reports[0]["operation"], &reports[0]["response"]["status"]), (&"getOrder".into(), &200.into()));
    has(&package.run(&["explain", "--openapi", "api.yaml", "zzz"]).out, "its caller takes this for a success");
    has(
        &package.refused(&["explain", "--openapi", "api.yaml", "x", "--operation", "no"]),
        "there is no operation `no` in `api.yaml`",
    );
    has(&package.refused(&["explain", "--openapi", "none.yaml", "x"]), "can't read `none.yaml`");
}

#[test]
fn what_is_wrong_in_a_document_is_shown_with_its_line() {
    let package = Package(tempfile::tempdir().unwrap());
    let wrong = STRANGE.replace(".*[NotFound].*", ".*[NotFound.*").replace("type: mock", "type: mocked");
    package.write("api.yaml", &wrong);
    for command in [&["explain", "--openapi", "api.yaml", "x"][..], &["serve", "--openapi", "api.yaml", "true"]] {
        let said = package.refused(command);
        has(&said, "error: the pattern is no regular expression");
        has(&said, "--> api.yaml:16:11");
        has(&said, "16 |           \".*[NotFound.*\":");
        has(&said, "error: `mocked` is none of `aws`, `aws_proxy`, `http`, `http_proxy` and `mock`");
        has(&said, "--> api.yaml:22:9");
        has(&said, "2 mistakes");
    }
    package.write("api.json", "{\n  \"openapi\": \"3.0.1\",\n  \"paths\": {,}\n}\n");
    has(&package.refused(&["explain", "--openapi", "api.json", "x"]), "--> api.json:3:13");
}
