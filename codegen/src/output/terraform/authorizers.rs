//! Who may call: the authorizers of the module of the whole API, and what a method says of them.

use super::value::{Value, expr, map, text, text_or_null};
use super::variable;
use crate::options::{Address, Function};
use crate::rest::{Access, Api, By, Gatekeeper};
use crate::text::hcl;

/// The members of a method that say who may call it. What nobody has said is the variable's to say.
pub(super) fn of_method<'a>(access: &'a Access<'_>) -> [(&'static str, Value<'a>); 4] {
    let scopes = access.scopes.iter().map(text).collect();
    let (kind, authorizer, scopes) = match access.by {
        By::Unsaid => {
            (expr("var.authorization.type"), expr("var.authorization.authorizer_id"), expr("var.authorization.scopes"))
        }
        _ => (
            text_or_null(access.kind()),
            access
                .authorizer()
                .map_or(Value::Null, |name| expr(format!("aws_api_gateway_authorizer.this[{}].id", hcl::quoted(name)))),
            if access.scopes.is_empty() { Value::Null } else { Value::List(scopes) },
        ),
    };
    [
        ("authorization", kind),
        ("authorizer_id", authorizer),
        ("authorization_scopes", scopes),
        ("api_key_required", Value::Bool(access.api_key)),
    ]
}

/// The variables for what throwback.toml leaves open.
pub(super) fn variables<'a>(api: &Api<'_>) -> Vec<(&'static str, Value<'a>)> {
    let mut variables = Vec::new();
    let mut methods = api.resources.iter().flat_map(|resource| &resource.methods);
    if methods.any(|method| method.access.by == By::Unsaid) {
        variables.push(("authorization", authorization()));
    }
    let mut unknown = api.gatekeepers.iter().filter(|gatekeeper| matches!(gatekeeper.address, Some(Address::Sub(_))));
    if let Some(first) = unknown.next() {
        let names: Vec<_> =
            std::iter::once(first).chain(unknown).map(|gatekeeper| hcl::quoted(gatekeeper.name)).collect();
        let description = "The functions of the authorizers, by the names of those: NAME = aws_lambda_function.of_it.";
        let mut of_functions = variable("map(object({ arn = string, invoke_arn = string }))", description, None);
        let missing = format!("setsubtract([{}], keys(var.authorizer_functions))", names.join(", "));
        if let Value::Map(members) = &mut of_functions {
            members.push((
                "validation".into(),
                map([
                    ("condition", expr(format!("length({missing}) == 0"))),
                    (
                        "error_message",
                        expr(format!("\"authorizer_functions has no function for ${{join(\", \", {missing})}}.\"")),
                    ),
                ]),
            ));
        }
        variables.push(("authorizer_functions", of_functions));
    }
    variables
}

fn authorization<'a>() -> Value<'a> {
    let ty = "object({ type = string, authorizer_id = optional(string), scopes = optional(set(string)) })";
    let description = "Who may call the operations of which throwback.toml does not say it: { type = \"AWS_IAM\" }, \
                       { type = \"CUSTOM\", authorizer_id = … }, { type = \"COGNITO_USER_POOLS\", authorizer_id = … }, or anybody, \
                       { type = \"NONE\" }.";
    let mut variable = variable(ty, description, None);
    if let Value::Map(members) = &mut variable {
        members.push((
            "validation".into(),
            map([
                (
                    "condition",
                    expr(
                        "contains([\"NONE\", \"AWS_IAM\"], var.authorization.type) || \
                         (contains([\"CUSTOM\", \"COGNITO_USER_POOLS\"], var.authorization.type) && \
                         var.authorization.authorizer_id != null)",
                    ),
                ),
                (
                    "error_message",
                    text("The type of authorization is NONE or AWS_IAM, or with an authorizer_id CUSTOM or COGNITO_USER_POOLS."),
                ),
            ]),
        ));
    }
    variable
}

/// The authorizers and the permissions to call their functions.
pub(super) fn resources<'a>(api: &'a Api<'_>) -> Vec<(&'static str, &'static str, Value<'a>)> {
    if api.gatekeepers.is_empty() {
        return Vec::new();
    }
    let authorizers = api.gatekeepers.iter().map(|gatekeeper| (gatekeeper.name, authorizer(gatekeeper)));
    let keys = [
        "type",
        "provider_arns",
        "authorizer_uri",
        "authorizer_credentials",
        "identity_source",
        "identity_validation_expression",
        "authorizer_result_ttl_in_seconds",
    ];
    let members = keys.into_iter().map(|key| (key, expr(format!("each.value.{key}"))));
    let place =
        [("for_each", map(authorizers)), ("rest_api_id", expr("local.rest_api_id")), ("name", expr("each.key"))];
    let mut resources = vec![("aws_api_gateway_authorizer", "this", map(place.into_iter().chain(members)))];
    let functions: Vec<_> =
        api.gatekeepers.iter().filter_map(|gatekeeper| Some((gatekeeper.name, called(gatekeeper)?))).collect();
    if !functions.is_empty() {
        let permission = [
            ("for_each", map(functions)),
            ("action", text("lambda:InvokeFunction")),
            ("function_name", expr("each.value")),
            ("principal", text("apigateway.amazonaws.com")),
            (
                "source_arn",
                expr("\"${local.execution_arn}/authorizers/${aws_api_gateway_authorizer.this[each.key].id}\""),
            ),
        ];
        resources.push(("aws_lambda_permission", "authorizer", map(permission)));
    }
    resources
}

fn authorizer<'a>(gatekeeper: &'a Gatekeeper<'_>) -> Value<'a> {
    let def = gatekeeper.def;
    let pools: Vec<_> = def.user_pools.iter().map(text).collect();
    map([
        ("type", text(gatekeeper.kind.word())),
        ("provider_arns", if pools.is_empty() { Value::Null } else { Value::List(pools) }),
        (
            "authorizer_uri",
            match &gatekeeper.address {
                Some(Address::Text(uri)) => text(uri),
                Some(Address::Sub(_)) => of_variable(gatekeeper, "invoke_arn"),
                None => Value::Null,
            },
        ),
        ("authorizer_credentials", text_or_null(def.role.as_deref())),
        ("identity_source", text(def.identity_source())),
        ("identity_validation_expression", text_or_null(def.pattern.as_deref())),
        ("authorizer_result_ttl_in_seconds", def.ttl.map_or(Value::Null, Value::Number)),
    ])
}

/// The function that API Gateway needs a permission for: with a role it calls by that.
fn called<'a>(gatekeeper: &'a Gatekeeper<'_>) -> Option<Value<'a>> {
    let function = gatekeeper.def.function.as_ref().filter(|_| gatekeeper.def.role.is_none())?;
    match function {
        Function::Arn(arn) => super::permitted(arn).map(text),
        Function::Sub(_) => Some(of_variable(gatekeeper, "arn")),
    }
}

fn of_variable<'a>(gatekeeper: &Gatekeeper<'_>, member: &str) -> Value<'a> {
    expr(format!("var.authorizer_functions[{}].{member}", hcl::quoted(gatekeeper.name)))
}
