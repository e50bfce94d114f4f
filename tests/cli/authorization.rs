//! Who may call: what the configuration says of it stands in every output, and what it does not say is said.

use super::*;
use throwback_gateway::{Call, Caller, Gateway, ResponseType};

const HANDLERS: &str = r#"
#[operation(GET, "/health")]
pub async fn health(_: Payload<()>) -> Result<(), GetTeaError> { Ok(()) }
#[operation(POST, "/teas")]
pub async fn brew(_: Payload<GetTea>) -> Result<(), GetTeaError> { Ok(()) }
#[operation(DELETE, "/teas/{tea_id}")]
pub async fn pour_away(_: Payload<GetTea>) -> Result<(), GetTeaError> { Ok(()) }
"#;

const CONFIGURATION: &str = r#"
openapi = "openapi.json"
integration-responses = "documents"
cors = "*"
function = { sub = "${Teas.Arn}" }

[authorization]
default = "iam"
api-key = true
policy = "policy.json"

[authorization.operations]
health = { by = "none", api-key = false }
brew = { by = "members", scopes = ["teas/write"] }
pour_away = "tenants"

[authorization.authorizers.members]
user-pools = ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc"]

[authorization.authorizers.tenants]
function = "arn:aws-cn:lambda:cn-north-1:123456789012:function:tenants"
identity = ["header.X-Tenant", "query.token"]
ttl = 0
"#;

fn guarded() -> Package {
    let package = Package::new();
    package.write("src/main.rs", &format!("{SOURCE}{HANDLERS}"));
    package.write("throwback.toml", CONFIGURATION);
    package.write("policy.json", r#"{"Version": "2012-10-17", "Statement": []}"#);
    package
}

#[test]
fn who_may_call_stands_in_the_document_and_in_the_calls() {
    let package = guarded();
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(!ran.err.contains("note"), "{}", ran.err);
    let read = |path: &str| -> Value { serde_json::from_str(&package.read(path)).unwrap() };
    let document = read("openapi.json");
    let security = |path: &str, method: &str| document["paths"][path][method]["security"].clone();
    let json = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    assert_eq!(security("/teas/{tea_id}", "get"), json(r#"[{"sigv4": []}, {"api_key": []}]"#));
    assert_eq!(security("/health", "get"), Value::Null);
    assert_eq!(security("/teas", "post"), json(r#"[{"members": ["teas/write"]}, {"api_key": []}]"#));
    assert_eq!(security("/teas/{tea_id}", "delete"), json(r#"[{"tenants": []}, {"api_key": []}]"#));
    assert_eq!(security("/teas", "options"), Value::Null, "a browser asks without credentials");
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["sigv4"]["x-amazon-apigateway-authtype"], "awsSigv4");
    assert_eq!(schemes["api_key"]["name"], "x-api-key");
    assert_eq!(
        schemes["members"]["x-amazon-apigateway-authorizer"],
        json(
            r#"{"type": "cognito_user_pools",
                "providerARNs": ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc"]}"#
        )
    );
    assert_eq!(
        schemes["tenants"]["x-amazon-apigateway-authorizer"],
        json(
            r#"{"type": "request", "authorizerUri": "arn:aws-cn:apigateway:cn-north-1:lambda:path/2015-03-31/functions/arn:aws-cn:lambda:cn-north-1:123456789012:function:tenants/invocations",
                "identitySource": "method.request.header.X-Tenant, method.request.querystring.token",
                "authorizerResultTtlInSeconds": 0}"#
        )
    );
    assert_eq!(document["x-amazon-apigateway-policy"], json(r#"{"Version": "2012-10-17", "Statement": []}"#));
    let uri = &document["paths"]["/health"]["get"]["x-amazon-apigateway-integration"]["uri"];
    let sub =
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Teas.Arn}/invocations";
    assert_eq!(uri["Fn::Sub"], sub);

    let method = |path: &str| {
        let method = read(&format!("documents/{path}.method.json"));
        (method["authorizationType"].clone(), method["apiKeyRequired"].clone(), method["authorizationScopes"].clone())
    };
    assert_eq!(method("get_tea/GET"), ("AWS_IAM".into(), true.into(), Value::Null));
    assert_eq!(method("health/GET"), ("NONE".into(), Value::Null, Value::Null));
    assert_eq!(method("brew/POST"), ("COGNITO_USER_POOLS".into(), true.into(), json(r#"["teas/write"]"#)));
    assert_eq!(method("pour_away/DELETE"), ("CUSTOM".into(), true.into(), Value::Null));
    let calls = read("documents/index.json");
    let calls = calls["calls"].as_array().unwrap();
    let place = |document: &str| calls.iter().position(|call| call["document"] == document).unwrap();
    assert!(place("authorizers/members.authorizer.json") < place("brew/POST.method.json"));
    assert_eq!(calls[place("brew/POST.method.json")]["authorizer"], "members");
    assert_eq!(calls[place("get_tea/GET.method.json")]["authorizer"], Value::Null);
    assert_eq!(read("documents/authorizers/tenants.authorizer.json")["type"], "REQUEST");
}

#[test]
fn the_gateway_lets_in_whom_the_document_lets_in() {
    let package = guarded();
    package.run(&["generate"]);
    let gateway = Gateway::read(&package.read("openapi.json")).unwrap();
    let ann = Caller::read(r#"{"identity": {"userArn": "arn:aws:iam::1:user/ann"}, "authorizer": {"claims": {}}}"#);
    let ann = Some(ann.unwrap());
    let admitted = |method: &str, path: &str, caller: &Option<Caller>, key: Option<&str>| {
        let mut call = Call::new(method, path);
        call.caller.clone_from(caller);
        call.api_keys.push("right".to_owned());
        call.headers.extend(key.map(|key| ("x-api-key".to_owned(), key.to_owned())));
        let (route, _) = gateway.find(method, path).unwrap();
        route.admit(&gateway, &call).err().map(|response| (response.status, response.trace.gateway.unwrap()))
    };
    assert_eq!(admitted("GET", "/health", &None, None), None);
    assert_eq!(admitted("OPTIONS", "/teas", &None, None), None);
    let unsigned = Some((403, ResponseType::MissingAuthenticationToken));
    assert_eq!(admitted("GET", "/teas/1", &None, Some("right")), unsigned);
    assert_eq!(admitted("GET", "/teas/1", &ann, Some("right")), None);
    let keyless = Some((403, ResponseType::InvalidApiKey));
    assert_eq!(admitted("GET", "/teas/1", &ann, None), keyless);
    assert_eq!(admitted("GET", "/teas/1", &ann, Some("wrong")), keyless);
    let unknown = Some((401, ResponseType::Unauthorized));
    assert_eq!(admitted("POST", "/teas", &None, Some("right")), unknown);
    assert_eq!(admitted("DELETE", "/teas/1", &None, None), unknown, "the authorizer comes before the key");
    assert_eq!(admitted("POST", "/teas", &ann, Some("right")), None);
}

#[test]
fn what_nobody_says_is_said() {
    let package = Package::new();
    let note = "nothing says who may call: once the OpenAPI document is imported, anybody may";
    has(&package.run(&["generate"]).err, note);
    has(&package.run(&["generate", "--check"]).err, note);
    for who in ["none", "iam"] {
        let ran = package.run(&["generate", "--authorization", who]);
        assert!(ran.status == 0 && !ran.err.contains("note"), "{}", ran.err);
    }
    // Some of it is not enough, all of it is.
    package.write("src/main.rs", &format!("{SOURCE}{HANDLERS}"));
    package.write(
        "throwback.toml",
        "openapi = \"x.json\"\n[authorization.operations]\nget_tea = \"iam\"\nbrew = \"none\"\n",
    );
    has(&package.run(&["generate"]).err, "nothing says who may call `pour_away`, `health`: once");
    package.edit("throwback.toml", "brew", "health = \"none\"\npour_away = { api-key = true }\nbrew");
    let ran = package.run(&["generate"]);
    assert!(ran.status == 0 && !ran.err.contains("note"), "{}", ran.err);
    package.write("throwback.toml", "integration-responses = \"documents\"\n");
    let ran = package.run(&["generate"]);
    assert!(!ran.err.contains("note"), "the command line asks for it there: {}", ran.err);
}

#[test]
fn what_can_not_be_meant_is_refused_with_its_place() {
    let package = Package::new();
    for (text, said) in [
        (
            "authorization = \"member\"",
            "`authorization` names \"member\", and there is no such authorizer: `none`, `iam` are there",
        ),
        (
            "[authorization.operations]\nget_te = \"iam\"",
            "names the operation \"get_te\", and there is none: did you mean `get_tea`?",
        ),
        ("[authorization]\ndefault = \"iam\"\napikey = true", "unknown field `apikey`"),
        ("[authorization.authorizers.x]\n", "the authorizer `x` has neither `user-pools` nor a `function`"),
        (
            "[authorization.authorizers.iam]\nuser-pools = [\"arn:aws:cognito-idp:e:1:userpool/x\"]",
            "an authorizer can't be named \"iam\"",
        ),
        ("[authorization.authorizers.x]\nuser-pools = [\"pool\"]", "\"pool\", which is no user pool's ARN"),
        (
            "[authorization.authorizers.x]\nfunction = \"f\"",
            "the authorizer `x` has a `function` \"f\", which is no function's ARN",
        ),
        (
            "[authorization.authorizers.x]\nfunction = \"arn:aws:lambda:e:1:function:f\"\nidentity = [\"body.x\"]",
            "the identity \"body.x\": `header.NAME`",
        ),
        (
            "[authorization.authorizers.x]\nfunction = \"arn:aws:lambda:e:1:function:f\"\nttl = 4000",
            "API Gateway keeps an answer for 3600 at most",
        ),
        (
            "[authorization.operations]\nget_tea = { by = \"iam\", scopes = [\"a\"] }",
            "has `scopes`, which only Cognito user pools and JWT authorizers know",
        ),
        ("[authorization]\npolicy = \"policy.json\"", "can't read the policy `policy.json`"),
        (
            "function = \"${stageVariables.arn}\"",
            "there is a `function` \"${stageVariables.arn}\", which is no function's ARN",
        ),
        (
            "function = \"arn:aws:lambda:eu-west-1:1:function:${Teas.Arn}\"",
            "what CloudFormation puts in is `function = { sub = ",
        ),
        ("function = { sub = \"teas\" }", "which holds no reference"),
    ] {
        package.write("throwback.toml", &format!("{text}\n"));
        has(&package.refused(&["generate"]), said);
    }
    package.write(
        "throwback.toml",
        "function = \"arn:aws:lambda:eu-west-1:1:function:teas:${stageVariables.alias}\"\nauthorization = \"none\"\n",
    );
    assert_eq!(package.run(&["generate"]).status, 0);
}

#[test]
fn what_was_generated_of_it_is_replaced_and_removed() {
    let package = guarded();
    package.run(&["generate"]);
    package.edit("throwback.toml", "ttl = 0", "ttl = 60");
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    has(&package.read("documents/authorizers/tenants.authorizer.json"), "\"authorizerResultTtlInSeconds\": 60");
    package.edit("throwback.toml", "pour_away = \"tenants\"", "");
    let text = package.read("throwback.toml");
    package.write("throwback.toml", text.split("[authorization.authorizers.tenants]").next().unwrap());
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(!package.path("documents/authorizers/tenants.authorizer.json").exists());
}
