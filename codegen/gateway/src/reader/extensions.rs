//! API Gateway's extensions that are not evaluated: nobody is to think that they were.

use super::{At, Reader};

const PREFIX: &str = "x-amazon-apigateway-";

/// Those of the document that are read, and those that change no answer.
const OF_DOCUMENT: [&str; 12] = [
    "binary-media-types",
    "cors",
    "documentation",
    "endpoint-configuration",
    "endpoint-access-mode",
    "gateway-responses",
    "importexport-version",
    "request-validator",
    "request-validators",
    "security-policy",
    "tag-value",
    "minimum-compression-size",
];

/// Those of an operation that are read; where its key comes from is a matter of the whole document.
const OF_OPERATION: [&str; 4] = ["api-key-source", "auth", "integration", "request-validator"];

pub(super) fn of_document<'a>(cx: &mut Reader<'a>, root: &At<'a>) {
    let Some(map) = root.value.as_map() else { return };
    for (name, value) in map {
        let at = root.child(name, value);
        match name.strip_prefix(PREFIX) {
            None => {}
            Some("api-key-source") if value.as_str().is_some_and(|source| source.eq_ignore_ascii_case("header")) => {}
            Some("api-key-source") => {
                cx.warn(&at, "an authorizer's key is not evaluated here: keys come in `x-api-key`");
            }
            Some("policy") => cx.warn(&at, "not evaluated here: the policy lets everybody in"),
            Some(known) if OF_DOCUMENT.contains(&known) => {}
            Some(_) => cx.warn(&at, "not evaluated here"),
        }
    }
}

/// What stands beside the methods of a path.
pub(super) fn of_path<'a>(cx: &mut Reader<'a>, name: &str, at: &At<'a>) {
    match name {
        "summary" | "description" | "servers" | "parameters" => {}
        "trace" => cx.warn(at, "API Gateway has no method `TRACE`"),
        "$ref" => cx.error(at, "API Gateway does not take a path by `$ref`: its methods have to stand here"),
        name if name.starts_with(PREFIX) => cx.warn(at, "not evaluated here"),
        _ => {}
    }
}

pub(super) fn of_operation<'a>(cx: &mut Reader<'a>, operation: &At<'a>) {
    let Some(map) = operation.value.as_map() else { return };
    for (name, value) in map {
        if name.strip_prefix(PREFIX).is_some_and(|name| !OF_OPERATION.contains(&name)) {
            cx.warn(&operation.child(name, value), "not evaluated here");
        }
    }
}
