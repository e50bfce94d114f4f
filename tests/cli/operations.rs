//! Operations that the configuration names.

use super::*;

#[test]
fn operations_are_named_where_handlers_can_not_be_marked() {
    let package = Package::new();
    let source = package.read("src/main.rs");
    package.write("src/main.rs", source.split("/// Reads a tea.").next().unwrap());
    package.write("pour.vtl", "{\"action\":\"pour\"}");
    package.write(
        "throwback.toml",
        r#"
openapi = "openapi.json"
rust-client = "client"
authorization = "none"
[operations]
"GET /teas/{id}{?hot}" = "GetTeaError"
"PUT /teas/{id}" = { errors = "GetTeaError", name = "pourTea", status = 202, template = "pour.vtl" }
"POST /teas" = { passthrough = true }
"#,
    );
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    has(&ran.err, "3 operations, 2 errors");
    let document: Value = serde_json::from_str(&package.read("openapi.json")).unwrap();
    let operation = |path: &str, method: &str| document["paths"][path][method].clone();
    let integration = |path: &str, method: &str| operation(path, method)["x-amazon-apigateway-integration"].clone();
    assert_eq!(operation("/teas/{id}", "get")["operationId"], "get_teas_id_hot");
    assert_eq!(operation("/teas/{id}", "put")["operationId"], "pourTea");
    assert_eq!(integration("/teas/{id}", "put")["requestTemplates"]["application/json"], "{\"action\":\"pour\"}");
    assert_eq!(integration("/teas/{id}", "put")["responses"]["default"]["statusCode"], "202");
    assert_eq!(integration("/teas", "post")["requestTemplates"], Value::Null);
    assert_eq!(integration("/teas", "post")["passthroughBehavior"], "when_no_match");
    throwback_gateway::Gateway::read(&package.read("openapi.json")).unwrap();
    let client = package.read("client/src/client.rs");
    for part in ["fn get_teas_id_hot(", "fn pour_tea(", "input: &PourTeaInput", "fn post_teas("] {
        has(&client, part);
    }
}

#[test]
fn what_no_operation_can_be_is_refused() {
    let package = Package::new();
    for (text, said) in [
        ("\"/teas\" = \"GetTeaError\"", "`operations`: `/teas` is no method and path"),
        ("get_te = { passthrough = true }", "`operations`: there is no operation `get_te` in the source"),
        // The body would choose among the operations of the source, past whoever guards them.
        (
            "get_tea = { passthrough = true }",
            "`get_tea` can't have `passthrough`: whoever calls it would write the event",
        ),
        ("\"GET /x\" = { passthrough = true }", "`GET /x` can't have `passthrough`"),
        ("get_tea = \"GetTeaError\"", "the operation `get_tea` is one of the source's"),
        ("\"FETCH /teas\" = \"GetTeaError\"", "`operations`: `FETCH /teas` is wrong: unknown method `FETCH`"),
        ("\"GET teas\" = \"GetTeaError\"", "is no path: it starts with `/`"),
        ("\"GET /x\" = \"GetTea2Error\"", "returns `GetTea2Error`, and there is no enum of that name"),
        ("\"GET /x\" = { name = \"get tea\" }", "can't be named `get tea`"),
        ("\"GET /x\" = { name = \"get_tea\" }", "would have the name `get_tea`, which a handler has"),
        ("\"GET /teas/{id}\" = \"GetTeaError\"", "two routes have the name `GET /teas/{}`"),
        ("\"GET /x\" = { status = 404 }", "has the status 404, which is not that of a success"),
        ("\"GET /x\" = { template = \"x.vtl\" }", "can't read the template `x.vtl`"),
        ("\"GET /x\" = { template = \"x.vtl\", passthrough = true }", "has a `template` and `passthrough`: keep one"),
        ("\"GET /x\" = { error = \"GetTeaError\" }", "unknown field `error`"),
    ] {
        package.write("throwback.toml", &format!("[operations]\n{text}\n"));
        has(&package.refused(&["generate"]), said);
    }
}

#[test]
fn a_marked_operation_may_have_a_template_of_its_own() {
    let package = Package::new();
    package.write("get_tea.vtl", "{\"operation\":\"get_tea\",\"input\":{\"tea_id\":\"$context.requestId\"}}");
    package.write(
        "throwback.toml",
        "openapi = \"openapi.json\"\n[operations]\nget_tea = { template = \"get_tea.vtl\" }\n",
    );
    assert_eq!(package.run(&["generate"]).status, 0);
    let document: Value = serde_json::from_str(&package.read("openapi.json")).unwrap();
    let integration = &document["paths"]["/teas/{tea_id}"]["get"]["x-amazon-apigateway-integration"];
    assert_eq!(integration["requestTemplates"]["application/json"], package.read("get_tea.vtl"));
}
