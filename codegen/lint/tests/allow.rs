//! What somebody allows: by a comment, in a document of OpenAPI, in the metadata of a resource; and where it is told.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use throwback_lint::{File, Format, Report, lint};

const URI: &str = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:f/invocations";

fn of(text: &str) -> Report {
    let report = lint(vec![File { path: "api.yaml".into(), text: text.to_owned() }]);
    assert!(report.mistakes.is_empty(), "{:?}", report.mistakes);
    report
}

fn found(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule.id).collect()
}

fn allowed(report: &Report) -> Vec<(&str, &str)> {
    report.allowed.iter().map(|allowed| (allowed.finding.rule.id, &*allowed.reason)).collect()
}

/// A document with two methods, each with an overlap; in the first, something stands at four places.
fn document(root: &str, path: &str, operation: &str, integration: &str, response: &str) -> String {
    let method = |operation: &str, integration: &str, response: &str| {
        format!(
            "    get:\n      responses: {{ '200': {{ description: a }}, '404': {{ description: a }}, '500': {{ description: a }} }}\n{operation}      \
             x-amazon-apigateway-integration:\n        type: aws\n        httpMethod: POST\n        uri: {URI}\n{integration}        responses:\n          \
             default: {{ statusCode: 200 }}\n          '^\\[A\\] [\\s\\S]*':\n            statusCode: 404\n            responseTemplates: {{ application/json: \
             '{{\"a\":1}}' }}\n          '[\\s\\S]+':\n            statusCode: 500\n            responseTemplates: {{ application/json: '{{\"a\":1}}' }}\n{response}"
        )
    };
    format!(
        "openapi: 3.0.1\n{root}info: {{ title: t, version: v }}\npaths:\n  /a:\n{path}{}  /b:\n{}",
        method(operation, integration, response),
        method("", "", "")
    )
}

#[test]
fn a_document_allows_what_is_below_the_place_where_it_says_so() {
    let said = "x-throwback-allow: { patterns-overlap: once }\n";
    let at = |spaces: usize| format!("{:spaces$}{said}", "");
    for (text, count) in [
        (document("", "", "", "", ""), 0),
        (document(&at(0), "", "", "", ""), 2),
        (document("", &at(4), "", "", ""), 1),
        (document("", "", &at(6), "", ""), 1),
        (document("", "", "", &at(8), ""), 1),
        (document("", "", "", "", &at(12)), 1),
    ] {
        let report = of(&text);
        assert_eq!(allowed(&report), vec![("patterns-overlap", "once"); count], "{text}");
        let left: usize = report.findings.iter().map(|finding| 1 + finding.repeated.len()).sum();
        assert_eq!(left, 2 - count, "{:?}\n{text}", found(&report));
        assert!(found(&report).iter().all(|id| *id == "patterns-overlap"), "{:?}", found(&report));
    }
}

#[test]
fn json_has_it_too_and_an_alias_brings_it_along() {
    let yaml = document("", "", "", "        x-throwback-allow: { patterns-overlap: once }\n", "");
    let shared = yaml
        .replacen("integration:\n", "integration: &shared\n", 1)
        .replace("  /b:\n", "  /b:\n    get: { responses: { '200': {}, '404': {}, '500': {} }, x-amazon-apigateway-integration: *shared }\n  /c:\n");
    assert_eq!(allowed(&of(&shared)).len(), 2);
    let json = format!(
        "{{\"openapi\":\"3.0.1\",\"paths\":{{\"/a\":{{\"get\":{{\"x-throwback-allow\":{{\"unmapped-error-is-success\":\"it never fails\"}},\
         \"responses\":{{\"200\":{{}}}},\"x-amazon-apigateway-integration\":{{\"type\":\"aws\",\"httpMethod\":\"POST\",\"uri\":\"{URI}\",\
         \"responses\":{{\"default\":{{\"statusCode\":\"200\"}}}}}}}}}}}}}}"
    );
    let report = of(&json);
    assert_eq!(allowed(&report), [("unmapped-error-is-success", "it never fails")]);
    assert!(report.findings.is_empty(), "{:?}", found(&report));
}

#[test]
fn a_resource_allows_by_its_metadata() {
    let method = |name: &str, metadata: &str| {
        format!(
            "  {name}:\n    Type: AWS::ApiGateway::Method\n{metadata}    Properties:\n      RestApiId: !Ref Api\n      HttpMethod: GET\n      MethodResponses: [{{ StatusCode: '200' }}]\n      \
             Integration:\n        Type: AWS\n        IntegrationHttpMethod: POST\n        Uri: {URI}\n        IntegrationResponses:\n          - StatusCode: '200'\n"
        )
    };
    let metadata =
        "    Metadata: { Throwback: { Allow: { unmapped-error-is-success: it never fails, status-twice: never } } }\n";
    let report = of(&format!("Resources:\n{}{}", method("A", metadata), method("B", "")));
    assert_eq!(allowed(&report), [("unmapped-error-is-success", "it never fails")]);
    assert_eq!(found(&report), ["allow-idle", "unmapped-error-is-success"]);
    assert_eq!(report.findings[1].method, "B");
    let body = document("", "", "", "", "").lines().map(|line| format!("        {line}\n")).collect::<String>();
    let api = format!(
        "Resources:\n  Api:\n    Type: AWS::ApiGateway::RestApi\n    Metadata: {{ Throwback: {{ Allow: {{ patterns-overlap: both }} }} }}\n    Properties:\n      Body:\n{body}"
    );
    assert_eq!(allowed(&of(&api)).len(), 2);
    let gateway = "Resources:\n  R:\n    Type: AWS::ApiGateway::GatewayResponse\n    Metadata: { Throwback: { Allow: { gateway-response-flattened: old clients } } }\n    \
                   Properties: { ResponseType: DEFAULT_4XX, StatusCode: '400', RestApiId: !Ref Api }\n";
    let report = of(gateway);
    assert_eq!((allowed(&report).len(), report.findings.len()), (1, 0));
}

#[test]
fn a_comment_in_a_template_is_on_the_line_or_above_it() {
    let template = |before: &str, behind: &str| {
        format!(
            "Resources:\n  A:\n    Type: AWS::ApiGateway::Method\n    Properties:\n      RestApiId: !Ref Api\n      HttpMethod: GET\n      MethodResponses: [{{ StatusCode: '200' }}]\n      \
             Integration:\n        Type: AWS\n        IntegrationHttpMethod: POST\n        Uri: {URI}\n        IntegrationResponses:\n{before}          - StatusCode: '200'{behind}\n"
        )
    };
    let said = "# throwback: allow(unmapped-error-is-success, status-twice) it never fails";
    for (before, behind) in
        [("", format!(" {said}")), (&*format!("          {said}\n          # so it is\n"), String::new())]
    {
        let report = of(&template(before, &behind));
        assert_eq!(allowed(&report), [("unmapped-error-is-success", "it never fails")]);
        assert_eq!(found(&report), ["allow-idle"]);
    }
    let report = of(&template(&format!("          {said}\n\n"), ""));
    assert_eq!(allowed(&report), []);
}

#[test]
fn a_list_has_no_reasons_and_what_has_none_allows_nothing() {
    for said in ["[patterns-overlap]", "patterns-overlap", "{ patterns-overlap: '' }", "{ patterns-overlap: [x] }"] {
        let report = of(&document(&format!("x-throwback-allow: {said}\n"), "", "", "", ""));
        assert_eq!(found(&report), ["allow-without-reason", "patterns-overlap"], "{said}");
    }
    let report = of(&document("x-throwback-allow: { pattern-overlaps: a }\n", "", "", "", ""));
    assert_eq!(report.findings[0].rule.id, "allow-unknown");
    assert!(report.findings[0].message.ends_with("did you mean `patterns-overlap`?"), "{}", report.findings[0].message);
}

#[test]
fn what_is_allowed_is_counted_and_stands_in_sarif_and_json_alone() {
    let report = of(&document("x-throwback-allow: { patterns-overlap: both <are> mine }\n", "", "", "", ""));
    let human = report.render(Format::Human, false);
    assert_eq!(human, "2 methods in 1 file: nothing is wrong that a configuration shows; 2 allowed\n");
    let json: Value = serde_json::from_str(&report.render(Format::Json, false)).unwrap();
    assert_eq!(json["findings"], Value::Array(Vec::new()));
    assert_eq!(json["allowed"][0]["rule"], "patterns-overlap");
    assert_eq!(json["allowed"][1]["reason"], "both <are> mine");
    let sarif: Value = serde_json::from_str(&report.render(Format::Sarif, false)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        assert_eq!(result["suppressions"][0]["kind"], "inSource");
        assert_eq!(result["suppressions"][0]["justification"], "both <are> mine");
    }
    for format in [Format::Github, Format::Gitlab, Format::Junit, Format::Markdown] {
        assert!(!report.render(format, false).contains("one message"), "{format:?}");
    }
}
