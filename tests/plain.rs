//! The plain OpenAPI document: of drawn contracts behind every front, and what it says where documents differ.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use serde_json::{Value, json};
use throwback_codegen::contract::{Contract, Front};
use throwback_codegen::{Options, emitted};
use throwback_tests::names::CONTRACT;
use throwback_tests::plain::{document, error_schema, holds};

mod taken;

#[test]
fn it_holds_whatever_the_contract_and_the_front() {
    let drawn = (0..50).map(taken::drawn).chain([taken::contract(), CONTRACT.clone()]);
    for (number, contract) in drawn.enumerate() {
        let mut contract: Contract = serde_json::from_value(contract).unwrap();
        contract.front = Front::ALL[number % Front::ALL.len()].1;
        holds(&contract).unwrap_or_else(|failed| panic!("{number}: {failed}"));
    }
}

fn contract(types: &Value, fields: &Value, front: &str) -> Contract {
    let error = |code: &str, status: u16| json!({ "code": code, "status": status, "title": "It is so", "exposed": true, "retry": "never", "fields": fields });
    serde_json::from_value(json!({
        "contract": 2, "name": "teas", "version": "1.0.0", "front": front,
        "operations": [
            {
                "name": "brew", "method": "POST", "path": "/teas", "docs": "Brews\na tea.\n\nSlowly.",
                "input": { "ty": { "named": "Tea" }, "body": true }, "output": { "named": "Tea" }, "status": 201,
                "set": "BrewError",
            },
            {
                "name": "ping", "method": "DELETE", "path": "/teas", "input": { "ty": "unit" }, "output": "unit",
                "status": 204,
            },
        ],
        "sets": [{ "name": "BrewError", "errors": ["tea", "too_hot", "TOO-HOT"] }],
        "errors": [error("tea", 404), error("too_hot", 422), error("TOO-HOT", 422)],
        "types": types,
    }))
    .unwrap()
}

fn teas(front: &str) -> Contract {
    let int = |bits: u8, signed: bool| json!({ "int": { "bits": bits, "signed": signed } });
    let field = |name: &str, ty: Value| json!({ "name": name, "ty": ty });
    let fields = json!([
        field("u8", int(8, false)), field("u32", int(32, false)), field("u64", int(64, false)),
        field("i16", int(16, true)), field("i32", int(32, true)), field("i64", int(64, true)),
        field("f32", json!({ "float": { "bits": 32 } })), field("f64", json!({ "float": { "bits": 64 } })),
        field("text", json!({ "option": { "string": {} } })), field("tea", json!({ "option": { "named": "Tea" } })),
        field("map", json!({ "map": { "key": { "string": {} }, "value": int(8, false) } })),
        field("at", json!({ "string": { "format": "time" } })),
        { "name": "shown", "docs": "What tea.", "ty": { "named": "Tea" } },
        { "name": "length", "ty": { "option": int(8, false) }, "header": "X-Length" },
    ]);
    let types = json!([
        { "name": "Tea", "shape": { "struct": [field("leaf", json!({ "string": {} }))] } },
        { "name": "Unused", "shape": "unit" },
    ]);
    contract(&types, &fields, front)
}

#[test]
fn errors_and_types_keep_names_that_no_case_makes_equal() {
    let document = document(&teas("rest"), "3.1").unwrap();
    let names: Vec<_> = document["components"]["schemas"].as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "BrewError422",
        "FunctionTimeout",
        "InternalError",
        "InvalidPayload",
        "Problem",
        "TOO-HOTError",
        "Tea",
        "teaError",
        "too_hot",
    ];
    assert_eq!(names, expected, "and a type that nothing names is not there");
    let union = &document["components"]["schemas"]["BrewError422"];
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    assert_eq!(*union, json!({ "oneOf": [of("too_hot"), of("TOO-HOTError")] }));
}

#[test]
fn a_type_is_what_its_values_are() {
    let contract = teas("rest");
    let tea = json!({ "$ref": "#/components/schemas/Tea" });
    let nothing = json!({ "type": "null" });
    for (version, text, nullable) in [
        ("3.1", json!({ "type": ["string", "null"] }), json!({ "anyOf": [tea, nothing] })),
        ("3.0", json!({ "type": "string", "nullable": true }), json!({ "allOf": [tea], "nullable": true })),
    ] {
        let document = document(&contract, version).unwrap();
        let (_, schema) = error_schema(&document, &contract.errors[0]).unwrap();
        let int64 = |minimum: Option<i64>, maximum: Option<u64>| {
            let mut schema = json!({ "type": "integer", "format": "int64" });
            schema.as_object_mut().unwrap().extend(minimum.map(|minimum| ("minimum".to_owned(), minimum.into())));
            schema.as_object_mut().unwrap().extend(maximum.map(|maximum| ("maximum".to_owned(), maximum.into())));
            schema
        };
        let expected = [
            ("u8", json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 255 })),
            ("u32", int64(Some(0), Some(4_294_967_295))),
            ("u64", int64(Some(0), None)),
            ("i16", json!({ "type": "integer", "format": "int32", "minimum": -32768, "maximum": 32767 })),
            ("i32", json!({ "type": "integer", "format": "int32" })),
            ("i64", int64(None, None)),
            ("f32", json!({ "type": "number", "format": "float" })),
            ("f64", json!({ "type": "number", "format": "double" })),
            ("text", text),
            ("tea", nullable),
            ("at", json!({ "type": "string", "format": "time-local" })),
            ("shown", json!({ "description": "What tea.", "allOf": [tea] })),
        ];
        for (name, expected) in expected {
            assert_eq!(schema["properties"][name], expected, "{version} {name}");
        }
        assert_eq!(schema["properties"]["map"]["additionalProperties"]["maximum"], 255);
        assert_eq!(schema["description"], "It is so");
        let header = &document["paths"]["/teas"]["post"]["responses"]["404"]["headers"]["X-Length"]["schema"];
        assert_eq!(*header, json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 255 }));
    }
}

#[test]
fn an_operation_answers_with_what_can_come() {
    let document = document(&teas("rest"), "3.1").unwrap();
    let statuses = |method: &str| {
        let responses = &document["paths"]["/teas"][method]["responses"];
        responses.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(statuses("post"), ["201", "400", "404", "422", "500", "504", "default"]);
    assert_eq!(statuses("delete"), ["204", "500", "504", "default"], "where nothing is taken, nothing is unfit");
    let operation = |method: &str| &document["paths"]["/teas"][method];
    assert!(operation("delete")["responses"]["204"]["content"].is_null());
    assert_eq!(
        (&operation("post")["summary"], &operation("post")["description"]),
        (&"Brews a tea.".into(), &"Slowly.".into())
    );
    assert_eq!(operation("post")["responses"]["422"]["description"], "- `too_hot`: It is so\n- `TOO-HOT`: It is so");
}

#[test]
fn a_front_that_imports_nothing_has_the_plain_document_as_its_own() {
    for (word, front) in Front::ALL {
        let options = Options::default().output("openapi", "a.json").output("openapi-plain", "b.json");
        let files = emitted(&teas(word), &options).unwrap();
        let [(_, own), (_, plain)] = &*files else { panic!("{} files", files.len()) };
        let imported = ["rest", "rest-proxy", "http-api", "http-api-1.0"].contains(&word);
        assert_eq!(own == plain, !imported, "{word}");
        assert_eq!(plain.contains("FunctionTimeout"), front == Front::Rest, "{word}");
    }
}

#[test]
fn another_version_is_refused() {
    let mut options = Options::default().output("openapi-plain", "a.json");
    options.say("openapi-plain-version", "2.0".into()).unwrap();
    let failed = emitted(&teas("rest"), &options).unwrap_err();
    assert!(failed.to_string().contains("`openapi-plain-version` is \"2.0\": it is `3.1` or `3.0`"), "{failed}");
}

#[test]
fn who_may_call_is_said_in_the_words_of_openapi() {
    let arn = "arn:aws:lambda:eu-central-1:123456789012:function:a";
    let pool = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/p";
    let key = |place: &str, name: &str| json!({ "type": "apiKey", "name": name, "in": place });
    let bearer = json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" });
    let authorizer = |text: &str| format!("default = \"a\"\n[authorizers.a]\n{text}\n");
    let both = json!({ "a.X-A": key("header", "X-A"), "a.b": key("query", "b") });
    for (text, schemes, asked) in [
        ("default = \"none\"".to_owned(), Value::Null, Value::Null),
        (
            "default = \"iam\"\napi-key = true".to_owned(),
            json!({
                "sigv4": {
                    "type": "apiKey", "description": "AWS Signature Version 4", "name": "Authorization", "in": "header",
                },
                "api_key": key("header", "x-api-key"),
            }),
            json!([{ "sigv4": [], "api_key": [] }]),
        ),
        (authorizer(&format!("user-pools = [\"{pool}\"]")), json!({ "a": bearer }), json!([{ "a": [] }])),
        (
            format!(
                "[operations.brew]\nby = \"a\"\nscopes = [\"teas\"]\n[authorizers.a]\nuser-pools = [\"{pool}\"]\nheader = \"X-T\""
            ),
            json!({ "a": key("header", "X-T") }),
            json!([{ "a": ["teas"] }]),
        ),
        (
            authorizer(&format!("function = \"{arn}\"")),
            json!({ "a": key("header", "Authorization") }),
            json!([{ "a": [] }]),
        ),
        (
            authorizer(&format!("function = \"{arn}\"\nidentity = [\"query.b\", \"context.c\"]")),
            json!({ "a": key("query", "b") }),
            json!([{ "a": [] }]),
        ),
        (
            authorizer(&format!("function = \"{arn}\"\nidentity = [\"header.X-A\", \"query.b\"]")),
            both,
            json!([{ "a.X-A": [], "a.b": [] }]),
        ),
    ] {
        let mut options = Options::default().output("openapi-plain", "a.json");
        options.authorization = toml::from_str(&text).unwrap();
        let files = emitted(&teas("rest"), &options).unwrap();
        let document: Value = serde_json::from_str(&files[0].1).unwrap();
        assert_eq!(document["components"]["securitySchemes"], schemes, "{text}");
        assert_eq!(document["paths"]["/teas"]["post"]["security"], asked, "{text}");
    }
}

#[test]
fn what_refuses_a_request_is_declared_in_the_words_of_its_front() {
    let answer = |front: &str, who: &str| {
        let mut options = Options::default().output("openapi-plain", "plain.json");
        options.say("authorization", who.into()).unwrap();
        let files = emitted(&teas(front), &options).unwrap();
        let document: Value = serde_json::from_str(&files[0].1).unwrap();
        let answer = document["paths"]["/teas"]["delete"]["responses"]["403"].clone();
        let named = answer["content"].as_object().and_then(|content| content.values().next());
        let schema = named.map(|content| content["schema"]["$ref"].as_str().unwrap()[1..].to_owned());
        (answer, schema.map_or(Value::Null, |pointer| document.pointer(&pointer).unwrap().clone()))
    };
    let (problem, schema) = answer("rest", "iam");
    assert!(
        problem["content"]["application/problem+json"].is_object() && problem["headers"]["x-error-code"].is_object()
    );
    let codes = schema["properties"]["code"]["enum"].as_array().unwrap();
    assert!(codes.contains(&"gateway.ACCESS_DENIED".into()) && codes.contains(&"gateway.INVALID_SIGNATURE".into()));
    assert_eq!(answer("rest-proxy", "iam").1, schema);
    let (stock, schema) = answer("function-url", "iam");
    assert!(stock["content"]["application/json"].is_object() && stock["headers"].is_null());
    assert_eq!(schema["required"], json!(["Message"]));
    for (front, who) in
        [("rest", "none"), ("function-url", "none"), ("http-api", "none"), ("alb", "iam"), ("axum", "iam")]
    {
        assert_eq!(answer(front, who).0, Value::Null, "{front}");
    }
    // A status that the function has too: either of them.
    let orders: Value = serde_json::from_str(include_str!("../examples/orders/generated/openapi-plain.json")).unwrap();
    let schema = &orders["components"]["schemas"]["PlaceOrderError403"]["oneOf"];
    let names = ["CustomerBlocked", "Refused403"].map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
    assert_eq!(*schema, json!(names));
    assert_eq!(orders["paths"]["/health"]["get"]["responses"]["403"], Value::Null);
}
