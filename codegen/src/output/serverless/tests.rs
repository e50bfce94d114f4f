//! What a project takes by `${file(…)}`, on every front, with and without what throwback.toml says of callers.

#![allow(clippy::unwrap_used)]

use crate::contract::Contract;
use crate::emitted;
use crate::options::Options;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

const ORDERS: &str = include_str!("../../../../examples/orders/generated/contract.json");

/// Orders, with some of its texts replaced.
fn contract(change: impl Fn(&mut Value)) -> Contract {
    let mut contract = serde_json::from_str(ORDERS).unwrap();
    change(&mut contract);
    serde_json::from_value(contract).unwrap()
}

/// The files, by their names, as a throwback.toml has them written.
fn files(contract: &Contract, said: &str) -> Result<BTreeMap<String, Value>, String> {
    let options = Options::parse(Path::new("throwback.toml"), &format!("serverless = \"out\"\n{said}")).unwrap();
    let files = emitted(contract, &options).map_err(|failed| failed.to_string())?;
    let read = |(path, text): (std::path::PathBuf, String)| {
        (path.file_name().unwrap().to_str().unwrap().to_owned(), serde_json::from_str(&text).unwrap())
    };
    Ok(files.into_iter().map(read).collect())
}

fn orders(said: &str) -> BTreeMap<String, Value> {
    files(&contract(|_| ()), said).unwrap()
}

const USERS: &str = r#"
    [authorization]
    default = "users"
    operations = { health = "none", search_orders = "iam", place_order = { scopes = ["orders/write"], api-key = true } }
    [authorization.authorizers.users]
    user-pools = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_A", "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_B"]
"#;

#[test]
fn a_success_stands_beside_the_errors() {
    let files = orders("");
    for (name, block) in files["responses.json"].as_object().unwrap().iter().filter(|(name, _)| *name != "x-throwback")
    {
        let statuses = block["statusCodes"].as_object().unwrap();
        let defaults: Vec<_> = statuses.iter().filter(|(_, answer)| answer["pattern"] == "").collect();
        assert!(matches!(&*defaults, [(status, _)] if status.starts_with('2')), "{name}: {defaults:?}");
        assert_eq!(&files["events.json"][name]["response"], block);
    }
    // The framework brings a template for each of two media types.
    let template = &files["events.json"]["get_order"]["request"]["template"];
    assert!(template["application/json"].is_string() && template["application/x-www-form-urlencoded"].is_null());
    assert_eq!(files["events.json"]["get_order"]["request"]["passThrough"], "NEVER");
    assert_eq!(files["events.json"]["get_order"]["cors"], Value::Null);
}

#[test]
fn a_set_of_errors_alone_has_the_success_of_the_framework() {
    let contract = contract(|contract| {
        let set = json!({ "name": "LoneError", "docs": "", "errors": ["OrderNotFound"] });
        contract["sets"].as_array_mut().unwrap().push(set);
    });
    let files = files(&contract, "").unwrap();
    let statuses = &files["responses.json"]["LoneError"]["statusCodes"];
    assert_eq!(statuses["200"], json!({ "pattern": "" }));
    assert_eq!(statuses["404"]["pattern"], r"^\[(?:OrderNotFound)\] [\s\S]*");
    assert_eq!(files["events.json"]["LoneError"], Value::Null);
}

#[test]
fn who_may_call_is_asked_where_nobody_said_it() {
    let asked = &orders("")["events.json"];
    assert_eq!(asked["health"]["authorizer"], "${self:custom.throwback.authorizer}");
    let files = orders(USERS);
    let events = &files["events.json"];
    assert_eq!(events["health"]["authorizer"], Value::Null);
    assert_eq!(events["search_orders"]["authorizer"], json!({ "type": "aws_iam" }));
    let by_pool = json!({ "type": "COGNITO_USER_POOLS", "authorizerId": { "Ref": "ThrowbackAuthorizerusers" } });
    assert_eq!(events["get_order"]["authorizer"], by_pool);
    assert_eq!(events["place_order"]["authorizer"]["scopes"], json!(["orders/write"]));
    assert_eq!(events["place_order"]["private"], true);
    let pools = &files["event-resources.json"]["Resources"]["ThrowbackAuthorizerusers"]["Properties"]["ProviderARNs"];
    assert_eq!(pools.as_array().unwrap().len(), 2);
    // Whoever writes his events himself says it there.
    assert!(!files["resources.json"].to_string().contains("AWS::ApiGateway::Authorizer"));
}

#[test]
fn an_authorizer_of_the_stack_may_be_called() {
    let of = |function: &str| {
        let said = format!(
            "[authorization]\ndefault = \"gate\"\n[authorization.authorizers.gate]\nfunction = {function}\npattern = '^a$${{b}}'"
        );
        orders(&said)["event-resources.json"]["Resources"].clone()
    };
    let own = of(r#"{ sub = "${gateLambdaFunction.Arn}" }"#);
    let uri = "arn:\\${AWS::Partition}:apigateway:\\${AWS::Region}:lambda:path/2015-03-31/functions/\\${gateLambdaFunction.Arn}/invocations";
    assert_eq!(own["ThrowbackAuthorizergate"]["Properties"]["AuthorizerUri"], json!({ "Fn::Sub": uri }));
    let pattern = &own["ThrowbackAuthorizergate"]["Properties"]["IdentityValidationExpression"];
    assert_eq!(pattern, "^a${opt:throwback, '$'}\\${b}");
    let function = json!({ "Fn::Sub": "\\${gateLambdaFunction.Arn}" });
    assert_eq!(own["ThrowbackAuthorizergatePermission"]["Properties"]["FunctionName"], function);
    let other = of(r#""arn:aws:lambda:eu-central-1:123456789012:function:gate:${stageVariables.alias}""#);
    assert_eq!(other["ThrowbackAuthorizergatePermission"], Value::Null);
    let uri = other["ThrowbackAuthorizergate"]["Properties"]["AuthorizerUri"].as_str().unwrap();
    assert!(uri.ends_with("gate:\\${stageVariables.alias}/invocations"), "{uri}");
}

#[test]
fn browsers_are_told_by_the_event_and_by_what_extends_its_method() {
    let files = orders("cors = \"https://shop.example.com\"");
    let cors = &files["events.json"]["place_order"]["cors"];
    assert_eq!(cors["origin"], "https://shop.example.com");
    assert_eq!(cors["methods"], json!(["GET", "POST", "OPTIONS"]));
    assert!(cors["headers"].as_array().unwrap().contains(&json!("Idempotency-Key")));
    let preflight = &files["event-resources.json"]["extensions"]["ApiGatewayMethodOrdersOptions"]["Properties"];
    assert_eq!(preflight["Integration"]["IntegrationResponses"][0]["StatusCode"], "204");
    assert_eq!(files["resources.json"]["extensions"]["ApiGatewayMethodOrdersOptions"], Value::Null);
}

#[test]
fn a_deployment_waits_for_every_gateway_response() {
    let files = orders("");
    let resources = files["resources.json"]["Resources"].as_object().unwrap();
    let of_gateway = resources.iter().filter(|(_, resource)| resource["Type"] == "AWS::ApiGateway::GatewayResponse");
    let mut of_gateway: Vec<_> = of_gateway.map(|(id, _)| json!(id)).collect();
    let mut waited = resources["ThrowbackGatewayResponses"]["DependsOn"].as_array().unwrap().clone();
    of_gateway.sort_by_key(Value::to_string);
    waited.sort_by_key(Value::to_string);
    assert_eq!(of_gateway, waited);
    for extension in files["resources.json"]["extensions"].as_object().unwrap().values() {
        assert_eq!(extension["DependsOn"], json!(["ThrowbackGatewayResponses"]));
    }
}

#[test]
fn behind_a_proxy_the_function_writes_its_answers() {
    let proxy = contract(|contract| contract["front"] = "rest-proxy".into());
    let files = files(&proxy, "front = \"rest-proxy\"").unwrap();
    assert!(!files.contains_key("responses.json"));
    let event = &files["events.json"]["get_order"];
    assert_eq!(
        (&event["integration"], &event["request"], &event["response"]),
        (&json!("lambda-proxy"), &Value::Null, &Value::Null)
    );
    let answers = &files["resources.json"]["extensions"]["ApiGatewayMethodOrdersOrderidVarGet"]["Properties"];
    assert!(answers["MethodResponses"].as_array().unwrap().iter().any(|answer| answer["StatusCode"] == "404"));
}

#[test]
fn other_fronts_are_told_what_brings_their_answers() {
    for front in ["http-api", "http-api-1.0", "function-url", "alb", "alb-multi-value", "axum", "invoke"] {
        let other = contract(|contract| contract["front"] = front.into());
        let told = files(&other, &format!("front = \"{front}\"")).unwrap_err();
        assert!(told.contains("(fronts `rest` and `rest-proxy`)") && told.contains(front), "{told}");
    }
}

#[test]
fn no_text_is_a_variable() {
    let hostile = "${self:provider.name} $${file(./x):y} \\${z} extraCognitoPoolClaims";
    let contract = contract(|contract| {
        contract["docs"] = hostile.into();
        for error in contract["errors"].as_array_mut().unwrap() {
            error["title"] = hostile.into();
            error["docs"] = hostile.into();
        }
    });
    let files = files(&contract, "[authorization]\ndefault = \"none\"").unwrap();
    let mut held = 0;
    for text in files.values().flat_map(texts) {
        // What a variable can begin with: our own brings dollars, and asks for nothing else.
        for (at, _) in text.match_indices("${") {
            held += 1;
            let escaped = text[..at].ends_with('\\') || text[at..].starts_with("${opt:throwback, '$'}");
            assert!(escaped, "{text}");
        }
    }
    assert!(held > 100, "{held}");
}

#[test]
fn no_text_is_a_secret() {
    let hostile = "{{resolve:ssm:a}}";
    let in_a_schema = contract(|contract| contract["errors"][0]["docs"] = hostile.into());
    let files_of_schema = files(&in_a_schema, "").unwrap();
    assert!(files_of_schema.values().flat_map(texts).all(|text| !text.contains("{{resolve:")));
    let template = contract(|contract| contract["operations"][0]["input"]["path"][0]["name"] = hostile.into());
    assert!(files(&template, "").is_err());
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn what_the_framework_would_make_something_else_of_is_told_at_once() {
    let contract = contract(|contract| {
        contract["operations"][0]["path"] = "/v1.0/{order_id}".into();
        contract["operations"][1]["path"] = "/v10".into();
    });
    let said = "[authorization]\ndefault = \"a-b\"\n[authorization.authorizers]\n\
        a-b = { function = \"arn:aws:lambda:eu-central-1:123456789012:function:a\" }\n\
        a_b = { function = \"arn:aws:lambda:eu-central-1:123456789012:function:b\" }";
    let told = files(&contract, said).unwrap_err();
    assert!(told.contains("`/v1.0` and `/v10`") && told.contains("`a-b` and `a_b`"), "{told}");
}
