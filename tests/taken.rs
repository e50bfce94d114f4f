//! An API whose names are all taken: by its own client, by the prelude, by Rust, or by each other.

use serde_json::{Value, json};

/// Names of types and of codes.
const TYPES: &str = "Method Endpoint Api Transport TransportError HeaderMap Failure Error Problem Retry Result Option \
    String Vec Box Some None Ok Err Serialize Deserialize Declared Thrown ErrorSet AnyThrown Members DecodeError Client \
    TakenClient TakenError TakenFailure T E Debug Clone PartialEq Default From Into Iterator Send Sync Fn HttpError \
    HTTPError InternalError FunctionTimeout Types Errors Trust Reqwest v1 std fmt serde throwback core str u16 \
    bool Self_ Value Map Display ENDPOINT";

/// Names of members, parameters and operations.
const MEMBERS: &str = "problem endpoint detail_ self Self super crate match async await dyn try yield ref aB \
    a_b a_b_2 AB ab-c ab_c _ members error decode new connect headers_mut with_trust new_call clone input api code_ v1 \
    std throwback fmt call read is into_inner";

/// Its contract, as JSON.
pub(crate) fn contract() -> Value {
    let text = json!({ "string": {} });
    let field = |name: &str, ty: &Value| json!({ "name": name, "ty": ty });
    let fields: Vec<_> = MEMBERS.split_whitespace().map(|name| field(name, &text)).collect();
    let types: Vec<_> = TYPES.split_whitespace().collect();
    let codes: Vec<_> = types
        .iter()
        .filter(|code| code.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .filter(|code| !["InternalError", "FunctionTimeout"].contains(code))
        .collect();
    let errors = codes.iter().enumerate().map(|(number, code)| {
        let mut fields = fields.clone();
        fields.extend(types.iter().map(|name| field(&format!("a{name}"), &json!({ "named": name }))));
        json!({
            "code": code, "status": 400 + number, "title": "Taken", "docs": "Taken.", "exposed": true, "retry": "never",
            "fields": fields,
        })
    });
    let mut defs: Vec<_> = types.iter().map(|name| json!({ "name": name, "shape": { "struct": fields } })).collect();
    let variants: Vec<_> = types.iter().map(|name| json!({ "name": name, "ident": name, "shape": "unit" })).collect();
    defs.push(json!({ "name": "Choice", "shape": { "enum": { "tagging": "external", "variants": variants } } }));
    let names = MEMBERS.split_whitespace().filter(|name| !["ab-c", "_"].contains(name));
    let operations = names.chain(["type", "gen"]).enumerate().map(|(number, name)| {
        let ty = types[number % types.len()];
        // Each parameter of the path is an argument.
        let (path, input) = match number % 3 {
            0 => (vec![], json!({ "ty": { "named": ty }, "body": true })),
            1 => (vec!["endpoint", "self_"], json!({ "ty": { "named": "Places" } })),
            _ => (vec![], json!({ "ty": "unit" })),
        };
        let mut input = input;
        input["path"] = path.iter().map(|name| field(name, &json!({ "named": "Choice" }))).collect();
        let route: String = path.iter().map(|name| format!("/{{{name}}}")).collect();
        json!({
            "name": name, "method": "POST", "path": format!("/o{number}{route}"), "input": input,
            "output": { "named": ty }, "status": 200, "set": types[number % 7],
        })
    });
    let operations: Vec<_> = operations.collect();
    let choice = json!({ "named": "Choice" });
    let places = [field("self_", &choice), field("endpoint", &choice)];
    defs.push(json!({ "name": "Places", "shape": { "struct": places } }));
    let sets: Vec<_> = types.iter().take(7).map(|name| json!({ "name": name, "errors": codes })).collect();
    json!({
        "contract": 2, "name": "taken", "version": "1.0.0", "operations": operations, "sets": sets,
        "errors": errors.collect::<Vec<_>>(), "types": defs,
    })
}
