//! Documents as wholes: what API Gateway does not import.

use super::Out;
use crate::finding::{Level, Rule};
use crate::model::Api;

static VERSION: Rule = Rule {
    id: "openapi-3-1",
    title: "API Gateway does not import OpenAPI 3.1",
    why: "It imports OpenAPI 3.0 and Swagger 2.0. A document of 3.1 is refused, or its schemas are.",
    mend: "write `openapi: 3.0.1`, and no type lists, `const` and numeric `exclusiveMinimum`",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
};

static MODEL: Rule = Rule {
    id: "model-name-invalid",
    title: "the name of a model has other characters than letters and digits",
    why: "Names of models are alphanumeric: an import leaves the others out or changes them, and what names them finds nothing.",
    mend: "name it with letters and digits alone",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html",
};

pub(super) static RULES: &[&Rule] = &[&VERSION, &MODEL];

pub(super) fn check(api: &Api, out: &mut Out<'_>) {
    if !api.methods.iter().any(|method| method.integration.is_some()) {
        return;
    }
    if let Some(version) = &api.version
        && version.known().is_some_and(|text| text.starts_with("3.1"))
    {
        out.say(
            &VERSION,
            "the document",
            &version.at,
            "the document is of OpenAPI 3.1, which API Gateway does not import",
        );
    }
    for model in &api.models {
        let Some(name) = model.known() else { continue };
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            out.say(
                &MODEL,
                "the document",
                &model.at,
                format!("the model `{name}` has other characters than letters and digits"),
            );
        }
    }
}
