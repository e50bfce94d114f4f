//! Step Functions: for each operation a task that invokes the function, and a state machine that runs it; the lists of what
//! is tried again and what is caught, by themselves; and what API Gateway needs to start an execution and wait for it.

mod advice;
mod execution;
mod state;
#[cfg(test)]
mod tests;

use super::{Cx, File, Form, Output, Wanted, json};
use crate::contract::{Front, Operation};
use crate::options::{Function, NamedOperation};
use crate::rest;
use advice::Advice;
use indexmap::IndexMap;
use serde::Serialize;
use state::{Catcher, Language, Machine, Task};
use std::path::PathBuf;

/// The output `step-functions`.
pub(super) struct StepFunctions;

impl Output for StepFunctions {
    fn key(&self) -> &'static str {
        "step-functions"
    }

    fn help(&self) -> &'static str {
        "Write tasks, state machines and lists of errors for Step Functions to this folder"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        if cx.contract.front == Front::Axum {
            return Err(
                "`step-functions` invokes a Lambda function, and what front `axum` describes is a server: every other \
                        front has a function"
                    .to_owned(),
            );
        }
        let execution = rest::execution(cx.contract, cx.options.cors.as_deref());
        let mut files = vec![file("start-sync-execution.json".into(), &execution::method(cx, &execution))];
        for language in [Language::JsonPath, Language::Jsonata] {
            files.extend(in_language(cx, language));
        }
        Ok(files)
    }
}

/// What is invoked: an operation, or a handler without a route.
#[derive(Debug, Clone, Copy)]
struct Invoked<'a> {
    name: &'a str,
    set: Option<&'a str>,
    /// Whether a repeat does no harm.
    is_safe: bool,
    /// Whether the event is the input alone: a template of the user's own makes it elsewhere.
    is_bare: bool,
}

/// The lists of one operation or set.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Lists<'a> {
    retry: Vec<advice::Retrier<'a>>,
    catch: Vec<Catcher<'a>>,
}

impl<'a> Lists<'a> {
    fn new(advice: &Advice<'a>, language: Language) -> Self {
        Self { retry: advice.retriers(), catch: state::catchers(&advice.codes, language) }
    }
}

/// All lists, for states that are there already.
#[derive(Serialize)]
struct Errors<'a> {
    generated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract: Option<&'a str>,
    operations: IndexMap<&'a str, Lists<'a>>,
    /// For whatever returns the set: nothing is known of what a repeat does.
    sets: IndexMap<&'a str, Lists<'a>>,
}

fn file(path: PathBuf, value: &impl Serialize) -> File {
    File { path, text: json(value) }
}

fn in_language(cx: &Cx<'_>, language: Language) -> Vec<File> {
    let folder = PathBuf::from(language.folder());
    let all = invoked(cx);
    let sets = cx.contract.sets.iter();
    let errors = Errors {
        generated: cx.origin(),
        contract: (language == Language::JsonPath).then_some(&*cx.hash),
        operations: all
            .iter()
            .map(|of| (of.name, Lists::new(&Advice::new(cx, of.set, of.is_safe), language)))
            .collect(),
        sets: sets.map(|set| (&*set.name, Lists::new(&Advice::new(cx, Some(&set.name), false), language))).collect(),
    };
    let mut files = vec![file(folder.join("errors.json"), &errors)];
    let (arn, comment) = (arn(cx), cx.origin());
    for of in all {
        let advice = Advice::new(cx, of.set, of.is_safe);
        let name = format!("{}.json", of.name);
        let task = |comment| Task::new(comment, &of, &arn, &advice, language);
        files.push(file(folder.join("tasks").join(&name), &task(Some(&*comment))));
        let machine = Machine::new(&comment, of.name, task(None), &advice.codes, language);
        files.push(file(folder.join("state-machines").join(&name), &machine));
    }
    files
}

/// Everything that can be invoked.
fn invoked<'a>(cx: &Cx<'a>) -> Vec<Invoked<'a>> {
    let operations = cx.contract.operations.iter().map(|operation| Invoked {
        name: &operation.name,
        set: operation.set.as_deref(),
        is_safe: operation.method.is_idempotent(),
        is_bare: is_bare(cx, operation),
    });
    let invocations = cx.contract.invocations.iter().map(|invocation| Invoked {
        name: &invocation.name,
        set: invocation.set.as_deref(),
        is_safe: false,
        is_bare: false,
    });
    operations.chain(invocations).collect()
}

fn is_bare(cx: &Cx<'_>, operation: &Operation) -> bool {
    let mut all = cx.options.operations.iter();
    all.any(|(route, of)| of.named(route) == operation.name && (of.passthrough || has_template(of)))
}

fn has_template(of: &NamedOperation) -> bool {
    of.template.is_some() || of.text.is_some()
}

/// The function's ARN, or the substitution by which a deployment puts it in: where an ARN of the configuration holds a
/// stage variable, or what CloudFormation completes, nobody of Step Functions' would.
fn arn(cx: &Cx<'_>) -> String {
    match &cx.options.function {
        Some(Function::Arn(arn)) if !arn.contains('$') => arn.clone(),
        _ => "${FunctionArn}".to_owned(),
    }
}
