//! The request's half of an integration: from a call to the event that the function gets.

use super::call::Call;
use super::context;
use super::document::Gateway;
use super::front::Front;
use super::integration::{Kind, Passthrough};
use super::kind::ResponseType;
use super::response::{Response, Trace};
use super::route::Route;
use super::vtl::{Scope, Template};

/// Lambda's limit for a synchronous event, in bytes.
const EVENT: usize = 6_291_556;

impl Route {
    /// Renders the event that the function gets: by the request template of the call's media type, or the body as it
    /// is. For a mock integration, what decides the response.
    ///
    /// What the template sets in `$context.responseOverride` is kept in `call.overrides`, since it holds for the
    /// response as well.
    ///
    /// # Errors
    /// The response that API Gateway gives by itself: 415 for a media type that has no template where none may pass,
    /// 500 for a template that fails and for an event that Lambda would not take.
    pub fn event(&self, gateway: &Gateway, call: &mut Call) -> Result<String, Box<Response>> {
        if self.integration.kind == Kind::Proxy {
            return Ok(Front::RestProxy.event(call, Some(self)));
        }
        let templates = &self.integration.requests;
        let event = match templates.for_content_type(call.header("content-type")) {
            Some(Some(template)) => self.render_event(gateway, call, template)?,
            Some(None) => passed(call),
            None => match self.integration.passthrough {
                Passthrough::WhenNoMatch => passed(call),
                Passthrough::WhenNoTemplates if templates.is_empty() => passed(call),
                Passthrough::WhenNoTemplates | Passthrough::Never => {
                    let kind = ResponseType::UnsupportedMediaType;
                    return Err(Box::new(gateway.answer(kind, call, Some(self), Trace::default())));
                }
            },
        };
        if self.is_lambda() {
            if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&event) {
                let why = format!("Lambda refuses the event, it is not JSON: {error}");
                return Err(Box::new(self.fail(gateway, call, why)));
            }
            if event.len() > EVENT {
                let why = format!("Lambda refuses the event, it is over {EVENT} bytes");
                return Err(Box::new(self.fail(gateway, call, why)));
            }
        }
        Ok(event)
    }

    fn render_event(&self, gateway: &Gateway, call: &mut Call, template: &Template) -> Result<String, Box<Response>> {
        let context = context::context(call, Some(&self.path));
        let rendered = template.render(&scope(call, &context, &call.body));
        match rendered {
            Ok(rendered) => {
                call.overrides = rendered.overrides;
                call.overrides.warnings.extend(rendered.warnings);
                Ok(rendered.text)
            }
            Err(fault) => Err(Box::new(self.fail(gateway, call, format!("the request template fails: {}", fault.0)))),
        }
    }

    /// The answer to a configuration that does not work out.
    pub(crate) fn fail(&self, gateway: &Gateway, call: &Call, why: String) -> Response {
        let trace = Trace { warnings: vec![why], ..Trace::default() };
        gateway.answer(ResponseType::ApiConfigurationError, call, Some(self), trace)
    }
}

/// What a template of this call sees with this payload.
pub(crate) fn scope<'a>(call: &'a Call, context: &'a super::json::Json, body: &'a str) -> Scope<'a> {
    Scope {
        body,
        parameters: [("path", &call.path_parameters), ("querystring", &call.query), ("header", &call.headers)],
        context,
        stage_variables: &call.stage_variables,
        overrides: &call.overrides,
    }
}

/// A body that no template changes; an empty one is an empty object to the function.
fn passed(call: &Call) -> String {
    if call.body.is_empty() { "{}".to_owned() } else { call.body.clone() }
}
