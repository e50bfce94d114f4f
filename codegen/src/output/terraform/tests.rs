//! The modules for every front, with and without what throwback.toml may say, and what keeps their keys.

#![allow(clippy::unwrap_used)]

use crate::contract::{Contract, Front};
use crate::options::{Authorizer, Function, Options, Who};
use serde_json::Value;

fn contract(front: Front) -> Contract {
    let text = include_str!("../../../../examples/orders/generated/contract.json");
    Contract { front, ..Contract::read(text).unwrap() }
}

fn options(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default().output("terraform", "t");
    change(&mut options);
    options
}

fn modules(contract: &Contract, options: &Options) -> (Value, Value) {
    let files = crate::emitted(contract, options).unwrap_or_else(|failed| panic!("{failed}"));
    let module = |name: &str| {
        let (_, text) = files.iter().find(|(path, _)| path.ends_with(name)).unwrap();
        serde_json::from_str(text).unwrap()
    };
    (module("errors/main.tf.json"), module("api/main.tf.json"))
}

const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:orders";

#[test]
fn what_nobody_has_said_is_asked_of_whoever_deploys() {
    let (_, api) = modules(&contract(Front::Rest), &options(|_| {}));
    for name in ["function", "authorization"] {
        assert!(api["variable"][name].is_object() && api["variable"][name].get("default").is_none(), "{name}");
    }
    let method = &api["locals"]["methods"]["GET /orders/{order_id}"];
    assert_eq!(method["uri"], "${var.function.invoke_arn}");
    assert_eq!(method["authorization"], "${var.authorization.type}");
    assert_eq!(api["resource"]["aws_lambda_permission"]["this"]["function_name"], "${var.function.arn}");
}

#[test]
fn what_is_said_is_used() {
    let said = options(|options| {
        options.function = Some(ARN.to_owned().into());
        options.authorization.default = Some(Who::Iam);
    });
    let (_, api) = modules(&contract(Front::Rest), &said);
    assert!(api["variable"].get("function").is_none() && api["variable"].get("authorization").is_none());
    let method = &api["locals"]["methods"]["GET /orders/{order_id}"];
    assert!(method["uri"].as_str().unwrap().ends_with(&format!("functions/{ARN}/invocations")), "{method}");
    assert_eq!(method["authorization"], "AWS_IAM");
    assert_eq!(api["resource"]["aws_lambda_permission"]["this"]["function_name"], ARN);
}

#[test]
fn a_stage_variable_is_api_gateways_and_a_reference_of_cloudformation_nobodys() {
    let by_stage = options(|options| options.function = Some(format!("{ARN}:${{stageVariables.alias}}").into()));
    let (_, api) = modules(&contract(Front::Rest), &by_stage);
    let uri = api["locals"]["methods"]["GET /health"]["uri"].as_str().unwrap();
    assert!(uri.contains(":orders:$${stageVariables.alias}/"), "{uri}");
    // Which alias is permitted is whoever sets the variable to say.
    assert!(api["resource"].get("aws_lambda_permission").is_none());

    let sub = || Some(Function::Sub("${Orders.Arn}".to_owned()));
    let of_cloudformation = options(|options| {
        options.function = sub();
        let gate = Authorizer { function: sub(), ..Authorizer::default() };
        options.authorization.authorizers.insert("gate".to_owned(), gate);
        options.authorization.default = Some("gate".into());
    });
    let (_, api) = modules(&contract(Front::Rest), &of_cloudformation);
    assert_eq!(api["locals"]["methods"]["GET /health"]["uri"], "${var.function.invoke_arn}");
    let gate = &api["resource"]["aws_api_gateway_authorizer"]["this"]["for_each"]["gate"];
    assert_eq!(gate["authorizer_uri"], "${var.authorizer_functions[\"gate\"].invoke_arn}");
    assert!(!api.to_string().contains("Orders.Arn"));
}

#[test]
fn an_authorizer_with_a_role_needs_no_permission() {
    let of = |role: Option<&str>| {
        let gate = Authorizer {
            function: Some(ARN.to_owned().into()),
            role: role.map(ToOwned::to_owned),
            ..Authorizer::default()
        };
        let options = options(|options| {
            options.authorization.authorizers.insert("gate".to_owned(), gate);
        });
        modules(&contract(Front::Rest), &options).1
    };
    assert_eq!(of(None)["resource"]["aws_lambda_permission"]["authorizer"]["for_each"]["gate"], ARN);
    let by_role = of(Some("arn:aws:iam::123456789012:role/calls"));
    assert!(by_role["resource"]["aws_lambda_permission"].get("authorizer").is_none());
}

#[test]
fn behind_a_proxy_nothing_selects_responses() {
    let (errors, api) = modules(&contract(Front::RestProxy), &options(|_| {}));
    assert!(errors["resource"].get("aws_api_gateway_integration_response").is_none());
    assert!(errors["resource"]["aws_api_gateway_method_response"].is_object());
    assert_eq!(errors["output"]["redeployment"]["depends_on"].as_array().unwrap().len(), 2);
    assert_eq!(api["locals"]["methods"]["GET /health"]["type"], "AWS_PROXY");
}

#[test]
fn other_fronts_are_told_what_serves_them() {
    for (front, says) in [
        (Front::HttpApi, "`aws_apigatewayv2_api`"),
        (Front::HttpApi1, "`aws_apigatewayv2_api`"),
        (Front::FunctionUrl, "writes its responses itself"),
        (Front::Balancer, "writes its responses itself"),
        (Front::Axum, "writes its responses itself"),
        (Front::Invoke, "writes its responses itself"),
    ] {
        let refused = crate::emitted(&contract(front), &options(|_| {})).unwrap_err().to_string();
        assert!(refused.contains(says) && refused.contains(front.word()), "{refused}");
    }
}

/// Of a set of errors alone there is a mapping, and no API.
#[test]
fn errors_without_operations_are_for_methods_of_others() {
    let mut alone = contract(Front::Rest);
    alone.operations.clear();
    let files = crate::emitted(&alone, &options(|_| {})).unwrap();
    let [(_, errors)] = &*files else { panic!("{} files", files.len()) };
    let errors: Value = serde_json::from_str(errors).unwrap();
    let set = &errors["locals"]["responses"]["GetOrderError"];
    assert!(set["404"]["selection_pattern"].is_string() && set.get("200").is_none());
}

/// Another order is another file, and the state of nothing.
#[test]
fn no_key_knows_of_an_order() {
    fn keys(value: &Value) -> Vec<String> {
        let mut keys: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    }
    let (mut other, options) = (contract(Front::Rest), options(|options| options.cors = Some("*".to_owned())));
    let (errors, api) = modules(&other, &options);
    other.operations.reverse();
    let (other_errors, other_api) = modules(&other, &options);
    for local in ["methods", "operations", "preflights"] {
        assert_eq!(keys(&api["locals"][local]), keys(&other_api["locals"][local]), "{local}");
    }
    assert_eq!(errors["locals"]["responses"], other_errors["locals"]["responses"]);
    assert_eq!(api["resource"], other_api["resource"]);
}
