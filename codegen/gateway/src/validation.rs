//! What API Gateway looks at in a request before the integration gets it.

use super::call::Call;
use super::document::Gateway;
use super::kind::ResponseType;
use super::media::essence;
use super::response::{Response, Trace};
use super::route::Route;

/// An operation's request validator.
#[derive(Debug)]
pub(crate) struct Validation {
    /// The parameters that have to be there, in the order in which those that are missing are named.
    pub(crate) required: Vec<(In, String)>,
    /// What a body has to be, by its media type.
    pub(crate) models: Vec<Model>,
}

/// Where a parameter is. A missing header is named before a part of the path, and that before a query parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum In {
    Header,
    Path,
    Query,
}

/// A schema of a request's body.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) media: String,
    pub(crate) schema: jsonschema::Validator,
}

impl Route {
    /// Whether a request has what the operation's validator looks for: its required parameters, none of them blank, and a body
    /// that its model takes. A media type without a model is not looked at.
    ///
    /// # Errors
    /// The 400 that API Gateway answers.
    pub fn validate(&self, gateway: &Gateway, call: &Call) -> Result<(), Box<Response>> {
        let Some(validation) = &self.validation else { return Ok(()) };
        let missing: Vec<_> =
            validation.required.iter().filter(|(within, name)| is_missing(call, *within, name)).collect();
        if !missing.is_empty() {
            let names: Vec<_> = missing.iter().map(|(_, name)| name.as_str()).collect();
            let message = format!("Missing required request parameters: [{}]", names.join(", "));
            let kind = ResponseType::BadRequestParameters;
            return Err(Box::new(gateway.answer_saying(kind, &message, call, Some(self), Trace::default())));
        }
        let media = essence(call.header("content-type").unwrap_or_default());
        let model = validation.models.iter().find(|model| essence(&model.media).eq_ignore_ascii_case(media));
        let Some(model) = model else { return Ok(()) };
        let body = if call.body.is_empty() { "\"\"" } else { &call.body };
        let why = match serde_json::from_str(body) {
            Ok(body) => model.schema.iter_errors(&body).next().map(|error| {
                let place = error.instance_path().to_string();
                if place.is_empty() { error.to_string() } else { format!("{place}: {error}") }
            }),
            Err(error) => Some(error.to_string()),
        };
        let Some(why) = why else { return Ok(()) };
        let trace = Trace { warnings: vec![format!("the body does not fit its model: {why}")], ..Trace::default() };
        Err(Box::new(gateway.answer(ResponseType::BadRequestBody, call, Some(self), trace)))
    }
}

fn is_missing(call: &Call, within: In, name: &str) -> bool {
    let value = match within {
        In::Header => call.header(name),
        In::Path => call.path_parameters.get(name).map(String::as_str),
        In::Query => call.query.get(name).map(String::as_str),
    };
    value.is_none_or(|value| value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::{Value, json};

    const YAML: &str = r##"
swagger: "2.0"
info: { title: t, version: "1" }
x-amazon-apigateway-request-validators:
  all: { validateRequestBody: true, validateRequestParameters: true }
  names: { validateRequestBody: false, validateRequestParameters: true }
x-amazon-apigateway-request-validator: names
consumes: [application/json]
parameters:
  Trace: { in: header, name: X-Trace, required: true, type: string }
definitions:
  Line: { type: object, required: [sku], properties: { sku: { type: string }, next: { $ref: "#/definitions/Line" } } }
paths:
  /a/{id}:
    parameters:
      - $ref: "#/parameters/Trace"
      - { in: path, name: id, required: true, type: string }
    post:
      x-amazon-apigateway-request-validator: all
      parameters:
        - { in: query, name: q, required: true, type: string }
        - { in: query, name: free, type: string }
        - { in: body, name: body, schema: { $ref: "#/definitions/Line" } }
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration: &mock
        type: mock
        requestTemplates: { application/json: '{statusCode: 200}' }
        responses: { default: { statusCode: 200 } }
    get:
      parameters: [{ in: query, name: q, type: string }, { in: header, name: X-Trace, type: string }]
      responses: { "200": { description: ok } }
      x-amazon-apigateway-integration: *mock
"##;

    fn answer(call: &mut Call) -> Option<Value> {
        let gateway = Gateway::read(YAML).unwrap();
        assert!(gateway.warnings().is_empty(), "{:?}", gateway.warnings());
        let (route, parameters) = gateway.find(&call.method, &call.path).unwrap();
        call.path_parameters = parameters;
        let response = route.validate(&gateway, call).err()?;
        assert_eq!((response.status, response.header("x-amzn-errortype")), (400, Some("BadRequestException")));
        Some(serde_json::from_slice(&response.body).unwrap())
    }

    #[test]
    fn required_parameters_have_to_be_there() {
        let mut call = Call::new("POST", "/a/7?q=");
        let missing = json!({ "message": "Missing required request parameters: [X-Trace, q]" });
        assert_eq!(answer(&mut call), Some(missing));
        // An operation's own parameter goes before its path's, and the document's validator holds where it has none.
        assert_eq!(answer(&mut Call::new("GET", "/a/7")), None);
        assert_eq!(
            answer(&mut Call::new("GET", "/a/%20")),
            Some(json!({ "message": "Missing required request parameters: [id]" }))
        );
    }

    #[test]
    fn a_body_has_to_fit_its_model() {
        let mut call = Call::new("POST", "/a/7?q=1");
        call.headers.insert("x-trace".to_owned(), "1".to_owned());
        for (body, fits) in [
            (r#"{"sku":"s","next":{"sku":"t"}}"#, true),
            (r#"{"sku":"s","next":{"sku":1}}"#, false),
            (r#"{"sku":"#, false),
            ("[]", false),
            ("", false),
        ] {
            call.body = body.to_owned();
            let expected = (!fits).then(|| json!({ "message": "Invalid request body" }));
            assert_eq!(answer(&mut call), expected, "{body}");
        }
        // What has no model is not looked at.
        call.headers.insert("content-type".to_owned(), "text/plain".to_owned());
        assert_eq!(answer(&mut call), None);
    }
}
