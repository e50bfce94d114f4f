//! APIs that are there already: what is wrong with them, and how a package begins with one.

use super::*;

const API: &str = r#"openapi: 3.0.1
info: {title: Teas, version: '1'}
paths:
  /teas/{tea_id}:
    get:
      parameters: [{name: tea_id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: it}, '404': {description: none}}
      x-amazon-apigateway-integration:
        type: aws
        httpMethod: POST
        uri: arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:teas/invocations
        responses:
          default: {statusCode: '200'}
          '.*[TeaNotFound].*':
            statusCode: '404'
            responseTemplates: {application/json: '{"message": $input.json(''$.errorMessage'')}'}
"#;

#[test]
fn an_api_that_is_there_is_looked_at_with_no_package() {
    let package = Package::new();
    package.write("api.yaml", API);
    let ran = package.run(&["lint", "api.yaml"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    for part in [
        "error[unmapped-error-is-success]",
        "error[brackets-not-escaped]",
        "api.yaml:14:11",
        "today   ",
        "mend first: ",
    ] {
        has(&ran.out, part);
    }
    assert_eq!(package.run(&["lint", "--fail-on", "never", "api.yaml"]).status, 0);
    assert_eq!(package.run(&["lint", "--explain", "brackets-not-escaped"]).status, 0);
    for (arguments, said) in [
        (&["lint", "none.yaml"][..], "can't read `none.yaml`"),
        (&["lint", "--explain", "no-such-rule"], "there is no rule `no-such-rule`"),
        (&["lint"], "FILE"),
    ] {
        let ran = package.run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}");
        has(&ran.err, said);
    }
    package.write("other.yaml", "a: 1\n");
    let ran = package.run(&["lint", "other.yaml"]);
    assert_eq!(ran.status, 2);
    has(&ran.out, "this is no configuration of an API");
}

#[test]
fn reports_are_for_programs_too() {
    let package = Package::new();
    package.write("api.yaml", API);
    let of = |format: &str| package.run(&["lint", "--format", format, "api.yaml"]).out;
    let json: Value = serde_json::from_str(&of("json")).unwrap();
    assert_eq!(json["methods"], 1);
    let sarif: Value = serde_json::from_str(&of("sarif")).unwrap();
    let run = &sarif["runs"][0];
    assert!(run["tool"]["driver"]["rules"].as_array().unwrap().len() > run["results"].as_array().unwrap().len());
    has(&of("github"), "::error file=api.yaml,line=13,col=11,title=unmapped-error-is-success::");
    assert!(serde_json::from_str::<Value>(&of("gitlab")).unwrap()[0]["fingerprint"].is_string());
    has(&of("junit"), "<testcase name=\"brackets-not-escaped\"><failure");
    has(&of("markdown"), "| error `brackets-not-escaped` | api.yaml:14 |");
}

#[test]
fn a_configuration_is_compared_with_a_function() {
    let package = Package::new();
    package.write("api.yaml", API);
    package.write("throwback.toml", "authorization = \"none\"\nopenapi = \"openapi.json\"\n");
    assert_eq!(package.run(&["generate"]).status, 0);
    assert_eq!(package.run(&["lint", "--against", ".", "openapi.json"]).status, 0);
    let ran = package.run(&["lint", "--against", ".", "api.yaml"]);
    has(&ran.out, "`KettleCold` of GET /teas/{tea_id} is a 503 by the contract, and a 404 here");
}

#[test]
fn a_package_begins_with_an_api_that_is_there() {
    let package = Package::new();
    package.write("api.yaml", API);
    package.write("src/main.rs", "mod errors;\nfn main() {}\n");
    let ran = package.run(&["init", "api.yaml"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let errors = package.read("src/errors.rs");
    has(&errors, "#[api_error(status = 404)]\n    TeaNotFound,");
    has(&package.read("throwback.toml"), "\"GET /teas/{tea_id}\" = \"RequestError\"");
    has(&package.read("build.rs"), "throwback_codegen::Builder::new().run()");
    let generated = package.run(&["generate"]);
    assert_eq!(generated.status, 0, "{}", generated.err);
    assert_eq!(package.run(&["lint", "--against", ".", "generated/openapi.json"]).status, 0);
    // What is there is kept.
    package.write("src/errors.rs", "mine");
    assert_eq!(package.run(&["init"]).status, 0);
    assert_eq!(package.read("src/errors.rs"), "mine");
}

#[test]
fn what_changes_nothing_else_is_mended() {
    let package = Package::new();
    let api = API
        .replace("httpMethod: POST", "httpMethod: GET  # as the method")
        .replace("'.*[TeaNotFound].*'", r"'^\[TeaNotFound\] .*'");
    package.write("api.yaml", &api);
    let ran = package.run(&["lint", "--fix", "api.yaml"]);
    has(&ran.err, "mended api.yaml");
    let expected = api
        .replace("httpMethod: GET ", "httpMethod: POST ")
        .replace(r"'^\[TeaNotFound\] .*'", r"'^\[TeaNotFound\] [\s\S]*'");
    assert_eq!(package.read("api.yaml"), expected);
    // What is left nobody can mend without knowing the API.
    has(&ran.out, "unmapped-error-is-success");
    assert!(!ran.out.contains("pattern-stops-at-line-end"), "{}", ran.out);
    assert!(!package.run(&["lint", "--fix", "api.yaml"]).err.contains("mended"));
}
