//! The response's half of an integration: from the function's payload to what the client gets.

use super::call::Call;
use super::context;
use super::document::Gateway;
use super::front::Front;
use super::headers::{Headers, Unsuited};
use super::integration::{IntegrationResponse, Kind};
use super::json::Json;
use super::kind::ResponseType;
use super::parameters::Answer;
use super::request::scope;
use super::response::{Response, Trace};
use super::route::Route;
use super::select;
use super::smart;
use super::vtl::Overrides;

/// The backend's answer on its way to the client.
struct Exchange<'a> {
    gateway: &'a Gateway,
    call: &'a Call,
    payload: &'a str,
    json: Option<Json>,
    function_error: bool,
}

impl Route {
    /// What the client gets for a function's payload. `function_error` is Lambda's word that the function failed; only
    /// then `errorMessage` counts, as a success is compared with the patterns as the empty string.
    pub fn respond(&self, gateway: &Gateway, call: &Call, payload: &[u8], function_error: bool) -> Response {
        if self.integration.kind == Kind::Proxy {
            return Front::RestProxy.respond(payload, function_error);
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
        self.exchange(&Exchange { gateway, call, payload: &payload, json, function_error }, message, trace)
    }

    /// What a mock integration answers; `event` is what its request template rendered, `{"statusCode": 200}`.
    pub fn mock(&self, gateway: &Gateway, call: &Call, event: &str) -> Response {
        let status = Json::read(event).ok().and_then(|event| match event.get("statusCode")? {
            Json::Int(status) => Some(status.to_string()),
            Json::Text(status) => Some(status.clone()),
            _ => None,
        });
        let Some(status) = status else {
            let why = "a mock integration's request template has to render `{\"statusCode\": 200}` or the like";
            return self.fail(gateway, call, why.to_owned());
        };
        let trace = Trace { warnings: call.overrides.warnings.clone(), ..Trace::default() };
        self.exchange(&Exchange { gateway, call, payload: "", json: None, function_error: false }, status, trace)
    }

    fn exchange(&self, cx: &Exchange<'_>, message: String, mut trace: Trace) -> Response {
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
        headers.set("x-amzn-requestid", cx.call.request_id.as_str());
        headers.set("x-amz-apigw-id", context::extended_id(cx.call));
        let answer =
            Answer { body: cx.json.as_ref(), function_error: cx.function_error, request_id: &cx.call.request_id };
        for (name, source) in &response.headers {
            if let Some(value) = source.value(cx.call, &context, &answer) {
                map(&mut headers, name, &value, trace)?;
            }
        }
        let (body, overrides) = match response.templates.for_accept(cx.call.header("accept")) {
            Some(template) => {
                let rendered = template.render(&scope(cx.call, &context, cx.payload));
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
            map(&mut headers, name, &value, trace)?;
        }
        headers.set_missing("content-type", "application/json");
        if status < 200 {
            return Err(format!("a response cannot have the status {status}"));
        }
        headers.rewrite(|value| smart::written(value, cx.payload));
        Ok((status, headers, smart::written(body, cx.payload).into_bytes()))
    }
}

fn map(headers: &mut Headers, name: &str, value: &str, trace: &mut Trace) -> Result<(), String> {
    match headers.map(name, value) {
        Ok(warning) => trace.warnings.extend(warning),
        Err(Unsuited::Dropped(why)) => trace.warnings.push(why),
        Err(Unsuited::Refused) => return Err(format!("API Gateway refuses to map header `{name}`")),
    }
    Ok(())
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
