//! States, in both query languages: the task, what catches its errors, and the machine around it.
//!
//! A state's name may hold blanks and a code may not, so that no error can have the name of a state of ours.

use super::Invoked;
use super::advice::{Advice, Retrier};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};

/// The state that ends an execution with the error that came.
const FAIL: &str = "Fail with the error";

/// The longest name of a state, in characters.
const NAME: usize = 80;

/// In which language a state picks its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    JsonPath,
    Jsonata,
}

impl Language {
    /// The folder of its files; the default language has none.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::JsonPath => "",
            Self::Jsonata => "jsonata",
        }
    }

    /// What a state says of it where it is not the default.
    fn said(self) -> Option<&'static str> {
        (self == Self::Jsonata).then_some("JSONata")
    }
}

/// The problem behind the tag of a caught error. Step Functions cuts a `Cause` at 32,768 characters; of one that is cut, no
/// problem can be read.
fn problem(error: &str) -> String {
    format!(
        "{{% $substring({error}.Cause, -1) = '}}' ? $parse($substringAfter($parse({error}.Cause).errorMessage, '] ')) : null %}}"
    )
}

/// An entry of `Catch`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Catcher<'a> {
    error_equals: [&'a str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    result_path: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assign: Option<Value>,
    next: &'a str,
}

/// An entry for each code, and one for the rest. `States.ALL` has to stand alone and last.
pub(super) fn catchers<'a>(codes: &[&'a str], language: Language) -> Vec<Catcher<'a>> {
    let catcher = |error, next, is_declared| {
        let mut assigned = json!({ "error": "{% $states.errorOutput %}" });
        if is_declared {
            assigned["problem"] = problem("$states.errorOutput").into();
        }
        Catcher {
            error_equals: [error],
            result_path: (language == Language::JsonPath).then_some("$.error"),
            assign: (language == Language::Jsonata).then_some(assigned),
            next,
        }
    };
    let declared = codes.iter().map(|code| catcher(code, code, true));
    declared.chain([catcher("States.ALL", FAIL, false)]).collect()
}

/// A task that invokes the function; its result is what the operation returned.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Task<'a> {
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_language: Option<&'static str>,
    resource: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arguments: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_path: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<&'static str>,
    retry: Vec<Retrier<'a>>,
    catch: Vec<Catcher<'a>>,
    end: bool,
}

impl<'a> Task<'a> {
    pub(super) fn new(
        comment: Option<&'a str>,
        of: &Invoked<'_>,
        arn: &str,
        advice: &Advice<'a>,
        language: Language,
    ) -> Self {
        let of_path = language == Language::JsonPath;
        // A name that ends in `.$` has a path for its value.
        let (input, member) = if of_path { ("$", ".$") } else { ("{% $states.input %}", "") };
        let mut given = json!({ "FunctionName": arn });
        if of.is_bare {
            given[format!("Payload{member}")] = input.into();
        } else {
            given["Payload"] = json!({ "operation": of.name, format!("input{member}"): input });
        }
        let partition = arn.strip_prefix("arn:").and_then(|rest| rest.split(':').next()).unwrap_or("aws");
        Self {
            kind: "Task",
            comment,
            query_language: language.said(),
            resource: format!("arn:{partition}:states:::lambda:invoke"),
            parameters: of_path.then(|| given.clone()),
            arguments: (!of_path).then_some(given),
            output_path: of_path.then_some("$.Payload"),
            output: (!of_path).then_some("{% $states.result.Payload %}"),
            retry: advice.retriers(),
            catch: catchers(&advice.codes, language),
            end: true,
        }
    }
}

/// A state machine that runs one operation, and has a state for each of its errors.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Machine<'a> {
    comment: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    query_language: Option<&'static str>,
    start_at: String,
    states: IndexMap<String, State<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum State<'a> {
    Task(Box<Task<'a>>),
    Other(IndexMap<&'static str, Value>),
}

impl<'a> Machine<'a> {
    pub(super) fn new(comment: &'a str, name: &str, task: Task<'a>, codes: &[&str], language: Language) -> Self {
        let start_at: String = format!("Invoke {name}").chars().take(NAME).collect();
        let mut states = IndexMap::from([(start_at.clone(), State::Task(Box::new(task)))]);
        for code in codes {
            states.insert((*code).to_owned(), State::Other(caught(language)));
        }
        let (error, cause) = match language {
            Language::JsonPath => (("ErrorPath", "$.error.Error"), ("CausePath", "$.error.Cause")),
            Language::Jsonata => (("Error", "{% $error.Error %}"), ("Cause", "{% $error.Cause %}")),
        };
        let fail = [("Type", "Fail"), error, cause].map(|(name, value)| (name, value.into()));
        states.insert(FAIL.to_owned(), State::Other(fail.into()));
        Self { comment, query_language: language.said(), start_at, states }
    }
}

/// Where one error is handled: its problem is at hand, and the execution fails with it. `JSONPath` has no function that cuts a
/// text, so that state is one of `JSONata` in a machine of either language.
fn caught(language: Language) -> IndexMap<&'static str, Value> {
    let (error, problem) = match language {
        Language::JsonPath => ("{% $states.input.error %}", problem("$states.input.error")),
        Language::Jsonata => ("{% $error %}", "{% $problem %}".to_owned()),
    };
    let output = json!({ "error": error, "problem": problem });
    [("Type", "Pass".into()), ("QueryLanguage", "JSONata".into()), ("Output", output), ("Next", FAIL.into())].into()
}
