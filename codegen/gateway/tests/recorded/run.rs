//! Sends a case's request through the gateway.

use super::case::{Case, Group};
use super::compare::compare;
use serde_json::{Value, json};
use throwback_gateway::{Backend, BackendResponse, Call, Front, Gateway, Response, ResponseType, Route};

impl Case {
    /// What differs between AWS and this gateway.
    pub(crate) fn differences(&self, group: &Group) -> Vec<String> {
        let mut found = Vec::new();
        let named = self.document.as_str().and_then(|name| group.documents.get(name));
        let document = match named.unwrap_or(&self.document) {
            Value::String(text) => text.clone(),
            Value::Null => json!({ "openapi": "3.0.1", "paths": { "/": {} } }).to_string(),
            document => document.to_string(),
        };
        if let Some(front) = &self.front {
            let front = Front::ALL.iter().find(|(word, _)| word == front).map(|(_, front)| *front);
            self.pass(front.unwrap(), group, &mut found);
            return found;
        }
        let gateway = match (Gateway::read(&document), &self.refused) {
            (Ok(gateway), None) => gateway,
            (Err(error), None) => return vec![format!("the document is refused: {error}")],
            (Ok(_), Some(_)) => return vec!["the document is taken".to_owned()],
            (Err(error), Some(refused)) => {
                let error = error.to_string();
                return if error.contains(refused) {
                    found
                } else {
                    vec![format!("refused with {error:?} and not {refused:?}")]
                };
            }
        };
        if let Some(taken) = &self.taken {
            let warnings: Vec<_> = gateway.warnings().iter().map(ToString::to_string).collect();
            if taken.is_empty() != warnings.is_empty()
                || taken.iter().any(|said| !warnings.iter().any(|warning| warning.contains(said)))
            {
                found.push(format!("warnings {warnings:?} and not {taken:?}"));
            }
        }
        if let Some(asked) = &self.request {
            let response = self.answer(&gateway, &mut asked.call(group), &mut found);
            found.extend(self.answer.iter().flat_map(|answer| answer.differences(&response)));
        }
        found
    }

    /// Sends the request through a REST API.
    fn answer(&self, gateway: &Gateway, call: &mut Call, found: &mut Vec<String>) -> Response {
        let Some((route, parameters)) = gateway.find(&call.method, &call.path) else {
            return gateway.gateway_response(ResponseType::MissingAuthenticationToken, call);
        };
        call.path_parameters = parameters;
        if let Err(response) = route.admit(gateway, call).and_then(|()| route.validate(gateway, call)) {
            return *response;
        }
        match route.backend() {
            Backend::Lambda | Backend::Mock => self.invoke(gateway, route, call, found),
            _ => match route.ask(gateway, call) {
                Err(response) => *response,
                Ok(request) => {
                    found.extend(self.sent.iter().flat_map(|sent| sent.differences(&request)));
                    let Some(reply) = &self.reply else { return nothing() };
                    let answer = BackendResponse {
                        status: reply.status.unwrap(),
                        headers: reply.headers.clone(),
                        body: reply.body.clone().into_bytes(),
                    };
                    route.relay(gateway, call, &answer)
                }
            },
        }
    }

    fn invoke(&self, gateway: &Gateway, route: &Route, call: &mut Call, found: &mut Vec<String>) -> Response {
        let event = match route.event(gateway, call) {
            Ok(event) => event,
            Err(response) => return *response,
        };
        self.compare_event(&event, found);
        if route.backend() == Backend::Mock {
            return route.mock(gateway, call, &event);
        }
        let Some(reply) = &self.reply else { return nothing() };
        route.respond(gateway, call, reply.payload.to_string().as_bytes(), reply.failed)
    }

    /// Sends the request through a front without routes.
    fn pass(&self, front: Front, group: &Group, found: &mut Vec<String>) {
        let call = self.request.as_ref().map_or_else(|| Call::new("GET", "/"), |asked| asked.call(group));
        self.compare_event(&front.event(&call, None), found);
        if let (Some(reply), Some(answer)) = (&self.reply, &self.answer) {
            let response = front.respond(&call, reply.payload.to_string().as_bytes(), reply.failed);
            found.extend(answer.differences(&response));
        }
    }

    fn compare_event(&self, event: &str, found: &mut Vec<String>) {
        if let Some(expected) = &self.event {
            let event = serde_json::from_str(event).unwrap_or_else(|_| Value::from(event));
            compare("event", expected, &event, found);
        }
    }
}

fn nothing() -> Response {
    Gateway::default().gateway_response(ResponseType::IntegrationFailure, &Call::new("GET", "/"))
}
