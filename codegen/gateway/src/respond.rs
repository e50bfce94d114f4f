//! The response's half of an integration: from the function's payload to what the client gets.

use super::backend::BackendResponse;
use super::call::Call;
use super::context;
use super::document::Gateway;
use super::front::reply;
use super::headers::Headers;
use super::integration::{IntegrationResponse, Kind};
use super::json::Json;
use super::kind::ResponseType;
use super::parameters::Answer;
use super::received;
use super::request::{BINARY, scope};
use super::response::{Response, Trace};
use super::route::Route;
use super::select;
use super::smart;
use super::vtl::Overrides;
use std::borrow::Cow;

/// The backend's answer on its way to the client.
struct Exchange<'a> {
    gateway: &'a Gateway,
    call: &'a Call,
    payload: &'a str,
    json: Option<Json>,
    function_error: bool,
    /// The headers that came with it.
    headers: &'a [(String, String)],
}

impl Route {
    /// What the client gets for a function's payload. `function_error` is Lambda's word that the function failed; only
    /// then `errorMessage` counts, as a success is compared with the patterns as the empty string.
    pub fn respond(&self, gateway: &Gateway, call: &Call, payload: &[u8], function_error: bool) -> Response {
        if self.integration.kind == Kind::Proxy {
            return reply::of_proxy(call, payload, function_error, &gateway.binary);
        }
        let payload = String::from_utf8_lossy(payload);
        let json = smart::read(&payload).ok();
        let mut trace = Trace { warnings: call.overrides.warnings.clone(), ..Trace::default() };
        let named = json.as_ref().and_then(|json| json.get("errorMessage")).and_then(Json::as_str);
        let message = if function_error { named.unwrap_or_default() } else { "" }.to_owned();
        if function_error && message.is_empty() {
            trace.warnings.push("an error without an errorMessage cannot be told from a success".to_owned());
        }
        if !function_error && named.is_some() {
            trace.warnings.push(
                "this success has a top-level `errorMessage`: API Gateway may take it for an error; taken here as a success"
                    .to_owned(),
            );
        }
        let headers = invoked(call, function_error);
        self.exchange(
            &Exchange { gateway, call, payload: &payload, json, function_error, headers: &headers },
            message,
            trace,
        )
    }

    /// What the client gets for the answer of an HTTP server or of another service, which its status selects.
    pub(crate) fn map_back(&self, gateway: &Gateway, call: &Call, answer: &BackendResponse) -> Response {
        let payload = String::from_utf8_lossy(&answer.body);
        let json = smart::read(&payload).ok();
        let mut trace = Trace { warnings: call.overrides.warnings.clone(), ..Trace::default() };
        if matches!(payload, Cow::Owned(_)) {
            trace
                .warnings
                .push("the backend's body is no text: bodies of other kinds are not evaluated here".to_owned());
        }
        let cx = Exchange { gateway, call, payload: &payload, json, function_error: false, headers: &answer.headers };
        self.exchange(&cx, answer.status.to_string(), trace)
    }

    /// What a mock integration answers; `event` is what its request template rendered, `{"statusCode": 200}`. It is read as
    /// leniently as API Gateway reads it: `{statusCode: 200}` will do.
    pub fn mock(&self, gateway: &Gateway, call: &Call, event: &str) -> Response {
        if self.integration.kind != Kind::Mock {
            let why = "this is no mock integration: its backend cannot be called from here";
            let trace = Trace { warnings: vec![why.to_owned()], ..Trace::default() };
            return gateway.answer(ResponseType::IntegrationFailure, call, Some(self), trace);
        }
        let status = smart::read(event).ok().and_then(|event| match event.get("statusCode")? {
            Json::Int(status) => Some(status.to_string()),
            _ => None,
        });
        let Some(status) = status else {
            let why = "unable to parse `statusCode`: a mock integration's request template has to render `{\"statusCode\": 200}` or the like, with an integer";
            return self.fail(gateway, call, why.to_owned());
        };
        let trace = Trace { warnings: call.overrides.warnings.clone(), ..Trace::default() };
        let cx = Exchange { gateway, call, payload: "", json: None, function_error: false, headers: &[] };
        self.exchange(&cx, status, trace)
    }

    fn exchange(&self, cx: &Exchange<'_>, message: String, mut trace: Trace) -> Response {
        let media = cx.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let binary = &cx.gateway.binary;
        if binary.has(cx.call.header("accept")) || binary.has(media.map(|(_, media)| media.as_str())) {
            trace.warnings.push(BINARY.to_owned());
        }
        let selection = select::select(&self.integration.responses, &message);
        trace.warnings.extend(selection.warnings);
        trace.matched = selection.matched;
        trace.error_message = Some(message);
        let Some(response) = selection.taken else {
            return self.configuration_error(
                cx,
                trace,
                "No match for output mapping and no default output mapping configured",
            );
        };
        if !self.declared.contains(&response.status) {
            return self.configuration_error(
                cx,
                trace,
                &format!(
                    "Execution failed due to configuration error: Output mapping refers to an invalid method response: {}",
                    response.status
                ),
            );
        }
        let made = self.make(cx, response, &mut trace);
        match made {
            Ok((status, headers, body)) => Response { status, headers: headers.into_vec(), body, trace },
            Err(why) => self.configuration_error(cx, trace, &why),
        }
    }

    fn configuration_error(&self, cx: &Exchange<'_>, mut trace: Trace, why: &str) -> Response {
        trace.warnings.push(why.to_owned());
        cx.gateway.answer(ResponseType::ApiConfigurationError, cx.call, Some(self), trace)
    }

    /// Headers from mapping expressions, the body from the template, then what the template overrides.
    fn make(
        &self,
        cx: &Exchange<'_>,
        response: &IntegrationResponse,
        trace: &mut Trace,
    ) -> Result<(u16, Headers, Vec<u8>), String> {
        let context = context::context(cx.call, Some(&self.path));
        let mut headers = Headers::default();
        context::identify(&mut headers, cx.call);
        // Recorded: a mock integration has none.
        if self.integration.kind != Kind::Mock {
            headers.set("x-amzn-trace-id", received::trace(cx.call));
        }
        let answer = Answer { body: cx.json.as_ref(), function_error: cx.function_error, headers: cx.headers };
        for (name, source) in &response.headers {
            if let Some(value) = source.value(cx.call, &context, &answer) {
                trace.warnings.extend(headers.map(name, &value));
            }
        }
        if response.templates.is_doubtful(cx.call.header("accept")) {
            trace.warnings.push(
                "no template has the media type of `Accept`: the first one is taken, as documented, though one of JSON is there"
                    .to_owned(),
            );
        }
        let (body, overrides) = match response.templates.for_accept(cx.call.header("accept")) {
            Some(template) => {
                let received = received::for_template(cx.call);
                let rendered = template.render(&scope(cx.call, &context, &received, cx.payload));
                let rendered = rendered.map_err(|fault| format!("the response template fails: {}", fault.0))?;
                trace.warnings.extend(rendered.warnings);
                (rendered.text, rendered.overrides)
            }
            None => (cx.payload.to_owned(), cx.call.overrides.clone()),
        };
        let status = overridden(response.status, &overrides, trace);
        for (name, value) in &overrides.headers {
            let value = match value {
                Json::Text(text) => text.clone(),
                Json::Int(number) => number.to_string(),
                _ => continue,
            };
            trace.warnings.extend(headers.map(name, &value));
        }
        headers.set_missing("content-type", "application/json");
        if status < 200 {
            return Err(format!("a response cannot have the status {status}"));
        }
        headers.rewrite(|value| smart::written(value, cx.payload));
        Ok((status, headers, smart::written(body, cx.payload).into_bytes()))
    }
}

/// The headers of Lambda's answer, as far as they are known.
fn invoked(call: &Call, function_error: bool) -> Vec<(String, String)> {
    let mut headers = vec![("Content-Type", "application/json"), ("X-Amzn-RequestId", &call.request_id)];
    if function_error {
        headers.push(("X-Amz-Function-Error", "Unhandled"));
    }
    headers.push(("X-Amz-Executed-Version", "$LATEST"));
    headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The status, unless a template overrides it. What is no integer from 100 to 599 is ignored, even a string of digits.
fn overridden(status: u16, overrides: &Overrides, trace: &mut Trace) -> u16 {
    match &overrides.status {
        None => status,
        Some(Json::Int(number)) if (100..=599).contains(number) => u16::try_from(*number).unwrap_or(status),
        Some(ignored) => {
            let shown = match ignored {
                Json::Int(number) => number.to_string(),
                other => format!("{:?}", other.as_str().unwrap_or_default()),
            };
            trace.warnings.push(format!(
                "`$context.responseOverride.status` is {shown}, not an integer from 100 to 599, and so ignored"
            ));
            status
        }
    }
}
