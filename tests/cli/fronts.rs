//! What is written for each front.

use super::*;

fn document(package: &Package, front: &str) -> Value {
    let ran = package.run(&["generate", "--front", front]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    serde_json::from_str(&package.read("openapi.json")).unwrap()
}

#[test]
fn each_front_has_the_document_that_it_takes() {
    let package = Package::new();
    package.write(
        "throwback.toml",
        "openapi = \"openapi.json\"\ncontract = \"contract.json\"\nauthorization = \"none\"\ncors = \"https://shop.example.com\"\n",
    );
    let get = |document: &Value| document["paths"]["/teas/{tea_id}"]["get"].clone();
    let integration = |document: &Value| get(document)["x-amazon-apigateway-integration"].clone();
    let custom = document(&package, "rest");
    assert_eq!(integration(&custom)["type"], "aws");
    assert!(!package.read("contract.json").contains("\"front\""));
    for (front, payload) in [("rest-proxy", None), ("http-api", Some("2.0")), ("http-api-1.0", Some("1.0"))] {
        let document = document(&package, front);
        let integration = integration(&document);
        assert_eq!(integration.as_object().unwrap().len(), if payload.is_some() { 4 } else { 3 }, "{integration}");
        assert_eq!((&integration["type"], &integration["httpMethod"]), (&"aws_proxy".into(), &"POST".into()));
        assert_eq!(integration["payloadFormatVersion"].as_str(), payload);
        // The same schemas, whoever writes the response.
        assert_eq!(document["components"]["schemas"], custom["components"]["schemas"], "{front}");
        let statuses =
            |document: &Value| get(document)["responses"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(statuses(&document), statuses(&custom));
        let is_rest = front == "rest-proxy";
        assert_eq!(document["paths"]["/teas/{tea_id}"]["options"].is_object(), is_rest, "{front}");
        assert_eq!(document["x-amazon-apigateway-gateway-responses"].is_object(), is_rest, "{front}");
        let cors = &document["x-amazon-apigateway-cors"];
        assert_eq!(cors["allowOrigins"][0].as_str(), (!is_rest).then_some("https://shop.example.com"), "{front}");
        let exposed =
            |name: &str| cors["exposeHeaders"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
        assert_eq!(exposed("x-error-code"), !is_rest);
        let contract: Value = serde_json::from_str(&package.read("contract.json")).unwrap();
        assert_eq!(contract["front"], front);
    }
    for front in ["function-url", "alb", "alb-multi-value"] {
        let document = document(&package, front);
        assert!(integration(&document).is_null(), "{front}");
        assert!(!document.to_string().contains("x-amazon"), "{front}");
        assert_eq!(document["openapi"], "3.1.0", "{front}");
        assert_eq!(get(&document)["operationId"], "get_tea");
    }
    // Messages select nothing there, so that nothing has to be proved.
    assert_eq!(package.run(&["explain", "--prove", "--front", "http-api"]).status, 0);
    assert_eq!(package.run(&["generate", "--check", "--front", "alb-multi-value"]).status, 0);
}

/// Nobody asks a function that is invoked for a route: each operation has a method that invokes.
#[test]
fn what_is_invoked_has_a_client_and_no_paths() {
    let package = Package::new();
    package.write(
        "throwback.toml",
        "front = \"invoke\"\nopenapi = \"openapi.json\"\ncontract = \"contract.json\"\nrust-client = \"client\"\n\
         vectors = \"vectors.json\"\nauthorization = \"none\"\n",
    );
    let document = document(&package, "invoke");
    assert_eq!((&document["openapi"], &document["paths"]), (&"3.1.0".into(), &serde_json::json!({})));
    assert!(document["components"]["schemas"]["TeaNotFound"].is_object(), "{document}");
    let contract: Value = serde_json::from_str(&package.read("contract.json")).unwrap();
    assert_eq!((&contract["front"], &contract["operations"]), (&"invoke".into(), &serde_json::json!([])));
    let invocation = &contract["invocations"][0];
    assert_eq!((&invocation["name"], &invocation["set"]), (&"get_tea".into(), &"GetTeaError".into()));
    has(&package.read("client/src/function.rs"), "self.function.call(\"get_tea\", input).await");
    has(&package.read("client/src/errors.rs"), "/// Every error that `get_tea` declares.");
    assert!(!package.path("client/src/client.rs").exists());
    // Its route says still what a custom integration would make of it.
    let explained = package.run(&["explain", "--operation", "get_tea", "[KettleCold] {}"]);
    assert_eq!(explained.status, 0, "{}", explained.err);
    has(&explained.out, "HTTP 503");

    package.write("throwback.toml", "front = \"invoke\"\n[operations]\n\"GET /x\" = \"GetTeaError\"\n");
    has(&package.refused(&["generate"]), "`GET /x` is a route, and nobody asks for one where the function is invoked");
    has(&package.refused(&["serve", "--front", "axum", "none"]), "front `axum` is a server of its own");
}

#[test]
fn an_http_api_has_authorizers_of_its_own() {
    let package = Package::new();
    package.write(
        "throwback.toml",
        "openapi = \"openapi.json\"\nfront = \"http-api\"\n[authorization]\ndefault = \"customers\"\n\
         [authorization.operations]\nget_tea = { by = \"customers\", scopes = [\"teas/read\"] }\n\
         [authorization.authorizers.customers]\nissuer = \"https://idp.example.com\"\naudience = [\"a\", \"b\"]\n\
         [authorization.authorizers.partners]\nfunction = \"arn:aws:lambda:eu-central-1:123456789012:function:p\"\n\
         identity = [\"header.X-A\", \"query.b\", \"context.c\"]\n",
    );
    let document = document(&package, "http-api");
    let schemes = &document["components"]["securitySchemes"];
    let jwt = &schemes["customers"]["x-amazon-apigateway-authorizer"];
    assert_eq!((&jwt["type"], &jwt["identitySource"]), (&"jwt".into(), &"$request.header.Authorization".into()));
    assert_eq!(
        jwt["jwtConfiguration"],
        serde_json::json!({ "issuer": "https://idp.example.com", "audience": ["a", "b"] })
    );
    let lambda = &schemes["partners"]["x-amazon-apigateway-authorizer"];
    assert_eq!(lambda["identitySource"], "$request.header.X-A,$request.querystring.b,$context.c");
    assert_eq!((&lambda["type"], &lambda["authorizerPayloadFormatVersion"]), (&"request".into(), &"1.0".into()));
    // What a custom integration would make of a message can be asked all the same.
    let explained = package.run(&["explain", r#"[TeaNotFound] {"code":"TeaNotFound","status":404,"tea_id":"7"}"#]);
    assert_eq!(explained.status, 0, "{}", explained.err);
    has(&explained.err, "behind http-api the function answers itself");
    has(&explained.out, "HTTP 404");
    let proved = package.run(&["explain", "--prove", "--json"]);
    assert_eq!((proved.status, proved.out.as_str()), (0, "[]\n"), "{}", proved.err);
    let security = &document["paths"]["/teas/{tea_id}"]["get"]["security"];
    assert_eq!(*security, serde_json::json!([{ "customers": ["teas/read"] }]));
}

#[test]
fn what_a_front_does_not_have_is_refused() {
    let package = Package::new();
    let jwt = "[authorization.authorizers.a]\nissuer = \"https://i.example.com\"\naudience = [\"x\"]\n";
    let pools =
        "[authorization.authorizers.a]\nuser-pools = [\"arn:aws:cognito-idp:eu-central-1:123456789012:userpool/p\"]\n";
    for (text, said) in [
        ("front = \"http\"\n".to_owned(), "`front` is \"http\": it is one of `rest`, `rest-proxy`, `http-api`"),
        (
            "front = \"http-api\"\nauthorization = \"iam\"\n".to_owned(),
            "no document for an import tells an HTTP API so",
        ),
        (
            "front = \"http-api\"\n[authorization]\napi-key = true\n".to_owned(),
            "API keys, which the front `http-api` does not know",
        ),
        (format!("front = \"http-api\"\n{pools}"), "an HTTP API takes a pool by its `issuer`"),
        (format!("front = \"alb\"\n{jwt}"), "nothing stands before the function that has one"),
        (jwt.to_owned(), "a JWT authorizer, which HTTP APIs have: a REST API takes `user-pools`"),
        (
            "front = \"rest-proxy\"\nlegacy = [{ message = \"x\", code = \"KettleCold\" }]\n".to_owned(),
            "`legacy` is of custom integrations",
        ),
        (
            "front = \"http-api\"\nintegration-responses = \"responses\"\n".to_owned(),
            "`integration-responses` is of custom integrations",
        ),
        (jwt.replace("https", "http"), "has an `issuer` that is no `https://` address"),
        (jwt.replace("audience = [\"x\"]", ""), "has an `issuer` and no `audience`"),
        (format!("{jwt}ttl = 3\n"), "beside it stand `audience` and `header` alone"),
        (
            jwt.replace("issuer = \"https://i.example.com\"\n", ""),
            "neither `user-pools` nor a `function` nor an `issuer`",
        ),
    ] {
        package.write("throwback.toml", &text);
        has(&package.refused(&["generate"]), said);
    }
}
