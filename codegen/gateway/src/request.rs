//! The request's half of an integration: from a call to the event that the function gets.

use super::call::Call;
use super::context;
use super::document::Gateway;
use super::front::Front;
use super::integration::{Kind, Passthrough};
use super::json::Json;
use super::kind::ResponseType;
use super::mapping::{self, Mapped};
use super::received;
use super::response::{Response, Trace};
use super::route::Route;
use super::vtl::{Scope, Template};
use indexmap::IndexMap;

/// Lambda's limit for a synchronous event, in bytes.
const EVENT: usize = 6_291_556;

/// What is said of a body that is bytes to API Gateway, where no proxy integration takes it.
pub(crate) const BINARY: &str = "the document makes this media type a binary one: what `contentHandling` makes of such a body is not evaluated here, it is taken as text";

impl Route {
    /// Renders the event that the function gets: by the request template of the call's media type, or the body as it
    /// is. For a mock integration, what decides the response; for any other backend, the body of its request.
    ///
    /// What the template sets in `$context.responseOverride` is kept in `call.overrides`, since it holds for the
    /// response as well.
    ///
    /// # Errors
    /// The response that API Gateway gives by itself: 415 for a media type that has no template where none may pass,
    /// 500 for a template or a mapping that fails and for an event that Lambda would not take.
    pub fn event(&self, gateway: &Gateway, call: &mut Call) -> Result<String, Box<Response>> {
        call.overrides.warnings.extend(gateway.doubts(self, &call.path));
        match self.integration.kind {
            Kind::Proxy => {
                self.invocation(gateway, call)?;
                Ok(Front::RestProxy.event_of(call, Some(self), &gateway.binary))
            }
            Kind::HttpProxy => Ok(call.body.clone()),
            Kind::Mock | Kind::Http | Kind::Service => self.body(gateway, call),
            Kind::Lambda => {
                let event = self.body(gateway, call)?;
                self.invocation(gateway, call)?;
                // Recorded: a body that is empty is an empty object to the function.
                let event = if event.is_empty() { "{}".to_owned() } else { event };
                self.check(gateway, call, &event)?;
                Ok(event)
            }
        }
    }

    /// Whether API Gateway waits for the function's answer. It does not where the integration maps the header
    /// `X-Amz-Invocation-Type` to `Event`: the function is started, and [`Route::respond`] takes an empty payload.
    pub fn waits(&self, call: &Call) -> bool {
        let context = context::context(call, Some(&self.path));
        let mapped = mapping::evaluate(self.integration.kind, &self.integration.parameters, call, &context);
        !mapped.is_ok_and(|mapped| self.integration.kind == Kind::Lambda && invocation_type(&mapped) == Some("Event"))
    }

    /// Checks how Lambda is asked to invoke the function.
    fn invocation(&self, gateway: &Gateway, call: &mut Call) -> Result<(), Box<Response>> {
        let mapped = self.mapped(gateway, call)?;
        if self.integration.method.as_deref().is_some_and(|method| method != "POST") {
            // Recorded: a 500; the type of the gateway response is not.
            let why = "Lambda is called by POST alone, and this integration's `httpMethod` is another one";
            return Err(Box::new(self.fail(gateway, call, why.to_owned())));
        }
        match invocation_type(&mapped) {
            None | Some("RequestResponse") => {}
            Some("Event") if self.integration.kind == Kind::Lambda => {}
            Some("Event" | "DryRun") => call.overrides.warnings.push(
                "`X-Amz-Invocation-Type` is mapped: what comes of it here is neither documented nor recorded, and it is passed over"
                    .to_owned(),
            ),
            Some(other) => {
                let why = format!("Lambda refuses the invocation type {other:?}");
                return Err(Box::new(self.fail(gateway, call, why)));
            }
        }
        Ok(())
    }

    /// Whether Lambda takes the event.
    fn check(&self, gateway: &Gateway, call: &Call, event: &str) -> Result<(), Box<Response>> {
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(event) {
            // Users report the text; of Lambda itself it is recorded, with a 400.
            let kind = ResponseType::BadRequestBody;
            let message = format!("Could not parse request body into json: {error}");
            let why = "Lambda refuses the event, it is not JSON: the status and the type of what API Gateway answers then are neither documented nor recorded";
            let trace = Trace { warnings: vec![why.to_owned()], ..Trace::default() };
            return Err(Box::new(gateway.answer_saying(kind, &message, call, Some(self), trace)));
        }
        if event.len() > EVENT {
            let why = format!("Lambda refuses the event, it is over {EVENT} bytes");
            return Err(Box::new(self.fail(gateway, call, why)));
        }
        Ok(())
    }

    /// The body of the backend's request: by the request template of the call's media type, or as it came.
    pub(crate) fn body(&self, gateway: &Gateway, call: &mut Call) -> Result<String, Box<Response>> {
        let templates = &self.integration.requests;
        if gateway.binary.has(call.header("content-type")) {
            call.overrides.warnings.push(BINARY.to_owned());
        }
        match templates.for_content_type(call.header("content-type")) {
            Some(Some(template)) => self.render_event(gateway, call, template),
            Some(None) => Ok(call.body.clone()),
            None => match self.integration.passthrough {
                Passthrough::WhenNoMatch => Ok(call.body.clone()),
                Passthrough::WhenNoTemplates if templates.is_empty() => Ok(call.body.clone()),
                Passthrough::WhenNoTemplates | Passthrough::Never => {
                    let kind = ResponseType::UnsupportedMediaType;
                    Err(Box::new(gateway.answer(kind, call, Some(self), Trace::default())))
                }
            },
        }
    }

    fn render_event(&self, gateway: &Gateway, call: &mut Call, template: &Template) -> Result<String, Box<Response>> {
        let context = context::context(call, Some(&self.path));
        let headers = received::for_template(call);
        let rendered = template.render(&scope(call, &context, &headers, &call.body));
        match rendered {
            Ok(rendered) => {
                let before = std::mem::replace(&mut call.overrides, rendered.overrides).warnings;
                call.overrides.warnings.splice(..0, before);
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
pub(crate) fn scope<'a>(
    call: &'a Call,
    context: &'a Json,
    headers: &'a IndexMap<String, String>,
    body: &'a str,
) -> Scope<'a> {
    Scope {
        body,
        parameters: [("path", &call.path_parameters), ("querystring", &call.query), ("header", headers)],
        context,
        stage_variables: &call.stage_variables,
        overrides: &call.overrides,
    }
}

/// How Lambda is asked to invoke the function, if the mapping says it.
fn invocation_type(mapped: &Mapped) -> Option<&str> {
    let mut headers = mapped.headers.iter();
    headers.find(|(name, _)| name.eq_ignore_ascii_case("x-amz-invocation-type")).map(|(_, value)| value.as_str())
}
