//! The rules, and what they look at.

mod allow;
mod document;
mod gateway;
mod headers;
mod patterns;
mod requests;
mod selection;
mod shape;
mod templates;
mod variables;

use crate::allow::Allow;
use crate::evaluate::{Answer, Evaluator, Evaluators};
use crate::finding::{Finding, Rule, Witness};
use crate::model::{Api, Integration, Kind, Method, Place, Response, Said};
use crate::pattern::{Pattern, Patterns};
use std::collections::HashSet;
use std::rc::Rc;

/// Every rule, in the order in which pages list them.
pub static RULES: &[&[&Rule]] = &[
    selection::RULES,
    patterns::RULES,
    shape::RULES,
    templates::RULES,
    variables::RULES,
    headers::RULES,
    requests::RULES,
    gateway::RULES,
    document::RULES,
    crate::against::RULES,
    allow::RULES,
];

/// Messages as functions and their platform throw them, the likeliest first.
pub(crate) const MESSAGES: [&str; 3] = [
    "database down",
    "2026-01-05T10:00:00.000Z 8f2e Task timed out after 3.00 seconds",
    "RequestId: 8f2e Error: Runtime exited with error: exit status 1",
];

/// Those of the platform.
pub(crate) const PLATFORM: &[&str] = MESSAGES.split_at(1).1;

/// How Invoke is told not to wait.
pub(crate) const INVOCATION_TYPE: &str = "integration.request.header.X-Amz-Invocation-Type";

/// A rule's way to speak.
pub(crate) struct Out<'a> {
    file: usize,
    patterns: &'a Patterns,
    evaluators: &'a Evaluators,
    findings: Vec<Finding>,
}

impl<'a> Out<'a> {
    pub(crate) fn new(file: usize, patterns: &'a Patterns, evaluators: &'a Evaluators) -> Self {
        Self { file, patterns, evaluators, findings: Vec::new() }
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// What a rule says; more may be added to it.
    pub(crate) fn say(
        &mut self,
        rule: &'static Rule,
        method: &str,
        at: &Place,
        message: impl Into<String>,
    ) -> &mut Finding {
        let index = self.findings.len();
        self.findings.push(Finding {
            rule,
            level: rule.level,
            file: self.file,
            at: at.clone(),
            also: Vec::new(),
            method: method.to_owned(),
            message: message.into(),
            witness: None,
            mend: None,
            repeated: Vec::new(),
            fingerprint: String::new(),
        });
        &mut self.findings[index]
    }
}

/// The custom integration of a function, with its patterns read.
pub(crate) struct Mapping<'a> {
    pub(crate) method: &'a Method,
    pub(crate) integration: &'a Integration,
    pub(crate) responses: &'a [Response],
    /// The responses whose patterns are known, and are patterns.
    pub(crate) selecting: Vec<Selecting<'a>>,
    /// The response that no pattern selects.
    pub(crate) default: Option<&'a Response>,
    /// Whether every pattern is known.
    pub(crate) is_known: bool,
    pub(crate) evaluator: Option<Rc<Evaluator>>,
}

/// A response and its pattern.
pub(crate) struct Selecting<'a> {
    pub(crate) response: &'a Response,
    pub(crate) said: &'a Said,
    pub(crate) pattern: Rc<Pattern>,
}

impl<'a> Mapping<'a> {
    pub(crate) fn new(method: &'a Method, patterns: &Patterns, evaluators: &Evaluators) -> Option<Self> {
        let integration = method.integration.as_ref().filter(|integration| integration.kind == Kind::Lambda)?;
        let responses = integration.responses.as_deref()?;
        let mut selecting = Vec::new();
        let mut is_known = true;
        for response in responses {
            let Some(said) = &response.pattern else { continue };
            match said.known().map(|source| patterns.read(source)) {
                Some(Ok(pattern)) => selecting.push(Selecting { response, said, pattern }),
                _ => is_known = false,
            }
        }
        Some(Self {
            method,
            integration,
            responses,
            selecting,
            default: responses.iter().find(|response| response.pattern.is_none()),
            is_known,
            evaluator: evaluators.of(integration),
        })
    }

    /// The responses that take a message.
    pub(crate) fn taking(&self, message: &str) -> Vec<&Selecting<'a>> {
        self.selecting.iter().filter(|selecting| selecting.pattern.takes(message)).collect()
    }

    /// Whether the function is called without waiting for it: no error is ever seen.
    pub(crate) fn is_event(&self) -> bool {
        let is_kind = |target: &Said| target.known().is_some_and(|target| target.eq_ignore_ascii_case(INVOCATION_TYPE));
        let mut parameters = self.integration.request_parameters.iter();
        // From the client it may be anything.
        parameters.any(|(target, value)| is_kind(target) && value.known() != Some("'RequestResponse'"))
    }

    /// What a client gets for a message.
    pub(crate) fn answer(&self, message: &str) -> Option<Answer> {
        self.evaluator.as_ref()?.answer(message)
    }

    /// What a client gets for a message, as a sentence.
    pub(crate) fn today(&self, message: &str) -> String {
        let taking = self.taking(message);
        let selected = match (taking.first(), self.default) {
            (Some(selecting), _) => selecting.response.shown(),
            (None, Some(default)) => default.shown(),
            (None, None) => "no response".to_owned(),
        };
        match self.answer(message) {
            Some(Answer { status, body: Some(body) }) => format!("{selected}: HTTP {status} {}", cut(&body)),
            Some(Answer { status, body: None }) => format!("{selected}: HTTP {status}"),
            None => selected,
        }
    }

    /// A witness: a message, what it becomes today, and after the mend.
    pub(crate) fn witness(&self, message: &str, mended: impl Into<String>) -> Witness {
        Witness { given: format!("the function throws {message:?}"), today: self.today(message), mended: mended.into() }
    }
}

/// A body as a sentence shows it.
pub(crate) fn cut(text: &str) -> String {
    const LONG: usize = 160;
    let text = text.replace(['\n', '\r'], " ");
    match text.char_indices().nth(LONG) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// What all rules say of an API.
pub(crate) fn check(api: &Api, patterns: &Patterns, evaluators: &Evaluators) -> Vec<Finding> {
    let mut out = Out::new(api.file, patterns, evaluators);
    for method in &api.methods {
        if let Some(mapping) = Mapping::new(method, patterns, evaluators) {
            selection::check(&mapping, &mut out);
            patterns::check(&mapping, &mut out);
            shape::check(&mapping, &mut out);
            templates::check(&mapping, &mut out);
            requests::check(&mapping, &mut out);
        }
        if let Some(integration) = &method.integration {
            templates::parse(method, integration, &mut out);
            variables::check(method, integration, &mut out);
            patterns::check_others(method, integration, &mut out);
            headers::check(method, integration, &mut out);
        }
    }
    gateway::check(api, &mut out);
    document::check(api, &mut out);
    out.findings
}

/// What is wrong with what a file allows; `used` are the allows that were of use, each by its place and its rule.
pub(crate) fn check_allows(
    file: usize,
    allows: &[Allow],
    used: &HashSet<(usize, &'static str)>,
    patterns: &Patterns,
    evaluators: &Evaluators,
) -> Vec<Finding> {
    let mut out = Out::new(file, patterns, evaluators);
    allow::check(allows, used, &mut out);
    out.findings
}

/// Whether a status says that a request failed.
pub(crate) fn is_error(status: u16) -> bool {
    status >= 400
}
