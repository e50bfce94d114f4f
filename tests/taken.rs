//! An API whose names are all taken: by its own client, by the prelude, by Rust, or by each other.

use serde_json::{Value, json};
use std::collections::HashSet;

/// Names of types and of codes.
const TYPES: &str = "Method Endpoint Api Transport TransportError HeaderMap Failure Error Problem Retry Result Option \
    String Vec Box Some None Ok Err Serialize Deserialize Declared Thrown ErrorSet AnyThrown Members DecodeError Client \
    TakenClient TakenError TakenFailure T E Debug Clone PartialEq Default From Into Iterator Send Sync Fn HttpError \
    HTTPError InternalError FunctionTimeout Types Errors Trust Reqwest v1 std fmt serde throwback core str u16 \
    bool Self_ Value Map Display ENDPOINT";

/// Names of members, parameters and operations.
const MEMBERS: &str = "problem endpoint detail_ self Self super crate match async await dyn try yield ref aB \
    a_b a_b_2 AB ab-c ab_c _ members error decode new connect headers_mut with_trust with_retries new_call clone input api code_ v1 \
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
        let (path, input) = match number % 4 {
            3 => (vec!["endpoint"], json!({ "ty": { "named": "Carried" }, "body": true, "payload": "self_" })),
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
    let carried = [field("self_", &json!({ "named": types[0] })), field("endpoint", &choice)];
    defs.push(json!({ "name": "Carried", "shape": { "struct": carried } }));
    let invocations = ["function", "invoke", "new2", "attempts", "Self_"].iter().enumerate().map(|(number, name)| {
        let (ty, set) = (types[number], json!(types[number + 5]));
        let input = if number == 0 { json!("unit") } else { json!({ "named": ty }) };
        let invocation = json!({ "name": name, "input": input, "output": { "named": ty } });
        if number == 1 { invocation } else { with(invocation, "set", set) }
    });
    // The last of them no operation names.
    let sets: Vec<_> = types.iter().take(10).map(|name| json!({ "name": name, "errors": codes })).collect();
    json!({
        "contract": 2, "name": "taken", "version": "1.0.0", "operations": operations,
        "invocations": invocations.collect::<Vec<_>>(), "sets": sets,
        "errors": errors.collect::<Vec<_>>(), "types": defs,
    })
}

/// Words of Rust's that nothing may be called (The Rust Reference, "Keywords").
const KEYWORDS: &str = "abstract as become box break const continue do else enum extern false final fn for gen if impl in \
    let loop macro mod move mut override priv pub ref return static struct trait true type typeof union unsafe unsized \
    use virtual where while macro_rules raw safe";

/// A contract whose names are drawn from all of these, and written as somebody may write them: in other letters, with
/// underscores before, behind and between.
pub(crate) fn drawn(seed: u64) -> Value {
    let mut random = fastrand::Rng::with_seed(seed);
    let words: Vec<_> = [TYPES, MEMBERS, KEYWORDS].into_iter().flat_map(str::split_whitespace).collect();
    let mut name = |known: &mut HashSet<String>, fits: &dyn Fn(&str) -> bool| loop {
        let word = words[random.usize(..words.len())];
        let (first, rest) = word.split_at(1);
        let name = match random.u8(..9) {
            0 => word.to_lowercase(),
            1 => word.to_uppercase(),
            2 => format!("{word}_"),
            3 => format!("_{word}"),
            4 => format!("{first}_{rest}"),
            5 => first.to_uppercase() + rest,
            6 => format!("{word}2"),
            _ => word.to_owned(),
        };
        // A model's name has letters and digits alone, and they have to tell it from others.
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        if !plain.is_empty() && fits(&name) && known.insert(plain) {
            return name;
        }
    };
    let is_name = |name: &str| {
        let keyword = KEYWORDS.split_whitespace().chain(["Self", "self", "super", "crate"]).any(|word| word == name);
        !keyword && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let is_code = |name: &str| {
        let reserved = ["InternalError", "FunctionTimeout", "InvalidPayload"].contains(&name);
        !reserved && name.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let mut several = |count: usize, fits: &dyn Fn(&str) -> bool| {
        let mut known = HashSet::new();
        (0..count).map(|_| name(&mut known, fits)).collect::<Vec<_>>()
    };
    let (types, codes) = (several(16, &is_name), several(16, &is_code));
    let own = ["code", "title", "status", "detail", "type", "instance", "retryable", "retryAfter", "truncated"];
    let (members, operations) = (several(16, &|name| !own.contains(&name)), several(12, &is_name));
    let (variants, sets) = (several(16, &is_name), several(3, &is_name));
    let text = json!({ "string": {} });
    let named = |at: usize| json!({ "named": types[at % types.len()] });
    let field = |name: &str, ty: Value| json!({ "name": name, "ty": ty });
    let fields = |from: usize| -> Vec<_> {
        let some = (from..from + 6).map(|at| &members[at % members.len()]);
        some.enumerate().map(|(at, name)| field(name, if at == 0 { named(from + 1) } else { text.clone() })).collect()
    };
    let choice = variants.iter().enumerate().map(|(at, name)| {
        json!({ "name": name, "ident": name, "shape": if at % 2 == 0 { json!("unit") } else { json!({ "newtype": text }) } })
    });
    let choice: Vec<_> = choice.collect();
    let defs = types.iter().enumerate().map(|(at, name)| {
        // The last one names no other, so that every type has a value.
        let shape = match at % 4 {
            0 => json!({ "enum": { "tagging": "external", "variants": choice } }),
            1 => json!({ "newtype": text }),
            _ => json!({ "struct": members.iter().map(|name| field(name, text.clone())).collect::<Vec<_>>() }),
        };
        json!({ "name": name, "shape": shape })
    });
    let errors = codes.iter().enumerate().map(|(at, code)| {
        json!({
            "code": code, "status": 400 + at, "title": "Drawn", "docs": "Drawn.", "exposed": true, "retry": "never",
            "fields": fields(at),
        })
    });
    let invocations = (0..3).map(|at| {
        let invocation =
            json!({ "name": format!("{}_invoked", operations[at]), "input": named(at), "output": named(at + 1) });
        if at == 0 { invocation } else { with(invocation, "set", json!(sets[at])) }
    });
    let invocations: Vec<_> = invocations.collect();
    let operations = operations.iter().enumerate().map(|(at, name)| {
        json!({
            "name": name, "method": "POST", "path": format!("/o{at}"), "input": { "ty": named(at), "body": true },
            "output": named(at + 1), "status": 200, "set": sets[at % sets.len()],
        })
    });
    let sets = sets.iter().map(|name| json!({ "name": name, "errors": codes }));
    json!({
        "invocations": invocations, "contract": 2, "name": "drawn", "version": "1.0.0", "operations": operations.collect::<Vec<_>>(),
        "sets": sets.collect::<Vec<_>>(), "errors": errors.collect::<Vec<_>>(), "types": defs.collect::<Vec<_>>(),
    })
}

fn with(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}
