//! Reads `security` and `components/securitySchemes`.

use super::super::access::{Access, By};
use super::super::json::Json;
use super::{At, Reader};
use std::collections::BTreeMap;

/// What each scheme asks for, by its name.
pub(super) type Schemes<'a> = BTreeMap<&'a str, Scheme>;

#[derive(Clone, Copy)]
pub(super) enum Scheme {
    Iam,
    ApiKey,
    Authorizer,
    /// Something that API Gateway does not enforce.
    Other,
}

pub(super) fn schemes<'a>(cx: &mut Reader<'a>, root: &At<'a>) -> Schemes<'a> {
    let mut all =
        root.get("components").map(|components| cx.members_of(&components, "securitySchemes")).unwrap_or_default();
    all.extend(cx.members_of(root, "securityDefinitions"));
    all.into_iter().map(|(name, scheme)| (name, of(cx, &scheme))).collect()
}

fn of<'a>(cx: &mut Reader<'a>, scheme: &At<'a>) -> Scheme {
    let text = |name: &str| scheme.get(name).and_then(|found| found.value.as_str().map(str::to_ascii_lowercase));
    if text("x-amazon-apigateway-authtype").is_some_and(|kind| kind == "awssigv4") {
        return Scheme::Iam;
    }
    if scheme.get("x-amazon-apigateway-authorizer").is_some() {
        return Scheme::Authorizer;
    }
    if text("type").is_some_and(|kind| kind == "apikey") && text("name").is_some_and(|name| name == "x-api-key") {
        return Scheme::ApiKey;
    }
    cx.warn(scheme, "API Gateway does not enforce this: it is neither `awsSigv4`, nor an authorizer, nor `x-api-key`");
    Scheme::Other
}

/// What an operation asks for: all that its requirements name, for API Gateway does not take them for alternatives.
pub(super) fn access<'a>(cx: &mut Reader<'a>, root: &At<'a>, operation: &At<'a>, schemes: &Schemes<'a>) -> Access {
    let mut access = required(cx, root, operation, schemes);
    // Where a method says so itself, its requirements add no more than a key.
    let auth = operation.get("x-amazon-apigateway-auth").and_then(|auth| auth.get("type"));
    match auth.and_then(|kind| cx.text(&kind)).map(str::to_ascii_uppercase).as_deref() {
        Some("NONE") => access.by = By::Nobody,
        Some("AWS_IAM") => access.by = By::Iam,
        _ => {}
    }
    access
}

fn required<'a>(cx: &mut Reader<'a>, root: &At<'a>, operation: &At<'a>, schemes: &Schemes<'a>) -> Access {
    let mut access = Access::default();
    let Some(security) = operation.get("security").or_else(|| root.get("security")) else { return access };
    let Json::List(requirements) = security.value else {
        cx.error(&security, format!("{}, but a list is needed", security.value.kind()));
        return access;
    };
    for requirement in requirements {
        let at = At { value: requirement, step: security.step.clone() };
        for (name, _) in cx.members(&at) {
            match schemes.get(name) {
                Some(Scheme::Iam) => access.by = By::Iam,
                Some(Scheme::Authorizer) => access.by = By::Authorizer,
                Some(Scheme::ApiKey) => access.api_key = true,
                Some(Scheme::Other) => {}
                None => cx.warn(&at, format!("there is no security scheme `{name}`: here it lets everybody in")),
            }
        }
    }
    access
}
