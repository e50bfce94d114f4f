//! What a client gets for a message, by the evaluation that `throwback serve` has too.

use crate::model::{Integration, Kind, Response, Said, Template};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use throwback_gateway::{Call, Gateway};

/// What a client gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The body, where all of the template is known.
    pub(crate) body: Option<String>,
}

/// Every integration of a run, each read once: an API has few, and says them many times.
#[derive(Debug, Default)]
pub(crate) struct Evaluators {
    known: RefCell<HashMap<String, Option<Rc<Evaluator>>>>,
    templates: RefCell<HashMap<String, Option<String>>>,
}

/// An integration, ready to answer.
#[derive(Debug)]
pub(crate) struct Evaluator {
    gateway: Gateway,
    are_templates_known: bool,
    answers: RefCell<HashMap<String, Option<Answer>>>,
}

/// An address of a function that is nobody's.
const FUNCTION: &str = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:f/invocations";

/// The stack that a failed function of ours has, by which a body shows that it tells one.
pub(crate) const STACK: &str = "at handler (/var/task/index.js:7)";

impl Evaluators {
    /// Nothing where something decides that is not known, or that does not work at all.
    pub(crate) fn of(&self, integration: &Integration) -> Option<Rc<Evaluator>> {
        if integration.kind != Kind::Lambda {
            return None;
        }
        let mut responses = Map::new();
        let mut declared = Map::new();
        let mut are_templates_known = true;
        for response in integration.responses.as_ref()? {
            let status = response.status.as_ref()?.number()?.to_string();
            let key = match &response.pattern {
                None => "default",
                Some(pattern) => pattern.known()?,
            };
            declared.insert(status.clone(), json!({ "description": "" }));
            let templates = templates(&response.templates, &mut are_templates_known);
            responses.insert(key.to_owned(), json!({ "statusCode": status, "responseTemplates": templates }));
        }
        let mut is_request_known = true;
        let requests = templates(&integration.requests, &mut is_request_known);
        let requests = if is_request_known { requests } else { Value::Object(Map::new()) };
        self.read(&responses, &declared, &requests, are_templates_known)
    }

    fn read(
        &self,
        responses: &Map<String, Value>,
        declared: &Map<String, Value>,
        requests: &Value,
        are_templates_known: bool,
    ) -> Option<Rc<Evaluator>> {
        let text = document(responses, declared, requests);
        if let Some(known) = self.known.borrow().get(&text) {
            return known.clone();
        }
        let gateway = Gateway::read(&text).ok();
        let made =
            gateway.map(|gateway| Rc::new(Evaluator { gateway, are_templates_known, answers: RefCell::default() }));
        self.known.borrow_mut().insert(text, made.clone());
        made
    }

    /// Why a template is none.
    pub(crate) fn refusal(&self, template: &str) -> Option<String> {
        if let Some(known) = self.templates.borrow().get(template) {
            return known.clone();
        }
        let responses = Map::from_iter([(
            "default".to_owned(),
            json!({ "statusCode": "200", "responseTemplates": { "application/json": template } }),
        )]);
        let declared = Map::from_iter([("200".to_owned(), json!({ "description": "" }))]);
        let read = Gateway::read(&document(&responses, &declared, &Value::Object(Map::new())));
        let why =
            read.err().map(|error| error.problems.first().map(|problem| problem.message.clone()).unwrap_or_default());
        self.templates.borrow_mut().insert(template.to_owned(), why.clone());
        why
    }
}

fn document(responses: &Map<String, Value>, declared: &Map<String, Value>, requests: &Value) -> String {
    let integration = json!({
        "type": "aws", "httpMethod": "POST", "uri": FUNCTION, "passthroughBehavior": "when_no_match", "requestTemplates": requests, "responses": responses,
    });
    let operation = json!({ "responses": declared, "x-amazon-apigateway-integration": integration });
    json!({ "openapi": "3.0.1", "info": { "title": "", "version": "" }, "paths": { "/": { "post": operation } } })
        .to_string()
}

impl Evaluator {
    /// What a client gets if the function throws this message.
    pub(crate) fn answer(&self, message: &str) -> Option<Answer> {
        if let Some(known) = self.answers.borrow().get(message) {
            return known.clone();
        }
        let payload = json!({ "errorMessage": message, "errorType": "Error", "stackTrace": [STACK] });
        let answer = self.answer_to(&payload);
        self.answers.borrow_mut().insert(message.to_owned(), answer.clone());
        answer
    }

    fn answer_to(&self, payload: &Value) -> Option<Answer> {
        let route = self.gateway.routes().first()?;
        let mut call = Call::new(&route.method, "/");
        "{}".clone_into(&mut call.body);
        // What a request template leaves holds for the response as well.
        let _ = route.event(&self.gateway, &mut call);
        let response = route.respond(&self.gateway, &call, payload.to_string().as_bytes(), true);
        let body = self.are_templates_known.then(|| String::from_utf8_lossy(&response.body).into_owned());
        Some(Answer { status: response.status, body })
    }

    /// The event that the function gets of a request.
    pub(crate) fn event(&self, change: impl Fn(&mut Call)) -> Option<String> {
        let route = self.gateway.routes().first()?;
        let mut call = Call::new(&route.method, "/");
        change(&mut call);
        route.event(&self.gateway, &mut call).ok()
    }
}

fn templates(templates: &[Template], are_known: &mut bool) -> Value {
    let mut map = Map::new();
    for template in templates {
        match template.text.known() {
            Some(text) => drop(map.insert(template.media.clone(), text.into())),
            None => *are_known = false,
        }
    }
    Value::Object(map)
}

/// The status of a response, if it is known.
pub(crate) fn status(response: &Response) -> Option<u16> {
    response.status.as_ref().and_then(Said::number)
}
