//! What is tried again, what is caught, and what stands in a task, whatever the contract holds.

#![allow(clippy::unwrap_used)]

use crate::contract::{Contract, Front};
use crate::options::{Function, NamedOperation};
use crate::{Options, emitted};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const LANGUAGES: [&str; 2] = ["", "jsonata/"];

fn contract() -> Contract {
    let error = |code: &str, status: u16, retry: &str| json!({ "code": code, "status": status, "title": "It is so", "exposed": true, "retry": retry });
    let operation = |name: &str, method: &str| {
        json!({
            "name": name, "method": method, "path": "/teas", "input": { "ty": "unit" }, "output": "unit", "status": 200,
            "set": "TeaError",
        })
    };
    let invocation = |name: &str, set| json!({ "name": name, "input": "unit", "output": "unit", "set": set });
    serde_json::from_value(json!({
        "contract": 2, "name": "teas", "version": "1.0.0",
        "operations": [operation("get_tea", "GET"), operation("brew", "POST")],
        "invocations": [invocation("sweep", Value::from("TeaError")), invocation(&"long".repeat(40), Value::Null)],
        "sets": [{ "name": "TeaError", "errors": ["Cold", "Busy", "Lost", "brew", "Fail"] }],
        "errors": [
            error("Cold", 404, "never"), error("Busy", 429, "backoff"), error("Lost", 503, "idempotent"),
            error("brew", 409, "never"), error("Fail", 410, "never"),
        ],
        "types": [],
    }))
    .unwrap()
}

fn written(contract: &Contract, options: Options) -> BTreeMap<String, Value> {
    let files = emitted(contract, &options.output("step-functions", "s")).unwrap();
    let name = |path: &std::path::Path| path.strip_prefix("s").unwrap().to_str().unwrap().replace('\\', "/");
    files.into_iter().map(|(path, text)| (name(&path), serde_json::from_str(&text).unwrap())).collect()
}

fn errors(lists: &Value) -> Vec<&str> {
    let entries = lists.as_array().unwrap().iter();
    entries.flat_map(|entry| entry["ErrorEquals"].as_array().unwrap()).map(|error| error.as_str().unwrap()).collect()
}

#[test]
fn only_what_is_safe_to_repeat_is_repeated_where_the_work_may_have_been_done() {
    let files = written(&contract(), Options::default());
    for language in LANGUAGES {
        let lists = &files[&format!("{language}errors.json")];
        for (of, is_safe) in [
            (&lists["operations"]["get_tea"], true),
            (&lists["operations"]["brew"], false),
            (&lists["operations"]["sweep"], false),
            (&lists["sets"]["TeaError"], false),
        ] {
            let retried = errors(&of["Retry"]);
            assert!(retried.contains(&"Busy") && retried.contains(&"Lambda.TooManyRequestsException"));
            for unsafe_one in ["Lost", "Sandbox.Timedout", "States.Timeout", "Lambda.Unknown", "InternalError"] {
                assert_eq!(retried.contains(&unsafe_one), is_safe, "{unsafe_one}");
            }
            assert!(["Cold", "brew", "Fail"].iter().all(|never| !retried.contains(never)));
            assert_eq!(errors(&of["Catch"]), ["Cold", "Busy", "Lost", "brew", "Fail", "States.ALL"]);
        }
        let bare = &lists["operations"]["long".repeat(40)];
        assert_eq!((errors(&bare["Retry"]).len(), errors(&bare["Catch"])), (4, vec!["States.ALL"]));
    }
}

#[test]
fn a_machine_has_each_state_that_it_names_and_no_error_hides_one_of_ours() {
    for (name, machine) in written(&contract(), Options::default()) {
        let Some(states) = machine["States"].as_object() else { continue };
        let start = machine["StartAt"].as_str().unwrap();
        let catch = states[start]["Catch"].as_array().unwrap();
        let next: Vec<_> = catch.iter().map(|entry| entry["Next"].as_str().unwrap()).collect();
        assert!(next.iter().all(|next| states.contains_key(*next)), "{name}");
        assert_eq!(states.len(), next.len() + 1, "{name}: each is reached");
        assert!(states.keys().all(|state| state.chars().count() <= 80), "{name}");
        assert_eq!(states.values().filter(|state| state["Type"] == "Fail").count(), 1, "{name}");
    }
}

#[test]
fn the_function_is_told_or_put_in() {
    let task = |function: Function| {
        let options = Options { function: Some(function), ..Options::default() };
        let files = written(&contract(), options);
        let [path, jsonata] = LANGUAGES.map(|language| files[&format!("{language}tasks/brew.json")].clone());
        let input = json!({ "operation": "brew", "input.$": "$" });
        assert_eq!(path["Parameters"]["Payload"], input);
        assert_eq!(jsonata["Arguments"]["Payload"], json!({ "operation": "brew", "input": "{% $states.input %}" }));
        assert_eq!(path["Parameters"]["FunctionName"], jsonata["Arguments"]["FunctionName"]);
        [&path["Resource"], &path["Parameters"]["FunctionName"]].map(|text| text.as_str().unwrap().to_owned())
    };
    let lambda = "arn:aws:states:::lambda:invoke";
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:teas";
    assert_eq!(task(Function::Arn(arn.to_owned())), [lambda, arn]);
    let arn = "arn:aws-cn:lambda:cn-north-1:123456789012:function:teas";
    assert_eq!(task(Function::Arn(arn.to_owned())), ["arn:aws-cn:states:::lambda:invoke", arn]);
    // Step Functions has no stage variables, and completes nothing but its own substitutions.
    let staged = "arn:aws:lambda:eu-west-1:123456789012:function:teas:${stageVariables.alias}";
    for function in [Function::Arn(staged.to_owned()), Function::Sub("${Teas.Arn}".to_owned())] {
        assert_eq!(task(function), [lambda, "${FunctionArn}"]);
    }
}

#[test]
fn an_event_of_ones_own_form_is_the_input_alone() {
    let named = NamedOperation { passthrough: true, ..NamedOperation::default() };
    let options = Options { operations: [("get_tea".to_owned(), named)].into(), ..Options::default() };
    let files = written(&contract(), options);
    let given = &files["tasks/get_tea.json"]["Parameters"];
    assert_eq!((&given["Payload.$"], &given["Payload"]), (&"$".into(), &Value::Null));
    assert_eq!(files["jsonata/tasks/get_tea.json"]["Arguments"]["Payload"], "{% $states.input %}");
    assert_eq!(files["tasks/brew.json"]["Parameters"]["Payload"]["operation"], "brew");
}

#[test]
fn every_front_has_a_function_but_a_server() {
    let as_rest = written(&contract(), Options::default());
    for (word, front) in Front::ALL {
        let contract = Contract { front, ..contract() };
        if front == Front::Axum {
            let refused = emitted(&contract, &Options::default().output("step-functions", "s")).unwrap_err();
            assert!(refused.to_string().contains("every other front has a function"), "{refused}");
            continue;
        }
        let files = written(&contract, Options::default());
        let tasks = |files: &BTreeMap<String, Value>| {
            let tasks = files.iter().filter(|(name, _)| name.contains("tasks/"));
            tasks.map(|(name, task)| (name.clone(), task.clone())).collect::<Vec<_>>()
        };
        assert_eq!(tasks(&files), tasks(&as_rest), "{word}");
    }
}
