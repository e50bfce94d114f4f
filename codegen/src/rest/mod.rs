//! The REST API: what API Gateway has to know of it, by the rules of the design. Every output that configures API Gateway
//! writes this down in a form of its own, and decides nothing.

mod access;
mod control;
mod execution;
mod gateway;
mod legacy;
mod mapping;
mod mock;
mod names;
mod preflight;
mod schema;
mod template;

use crate::check::Place;
use crate::contract::{Contract, Field, Front, Index, Input, Operation, SetDef, Shape, Type};
use crate::options::{Address, Authorization, Function, Legacy, NamedOperation};
use crate::text::header;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use throwback_syntax::Reserved;

pub(crate) use access::{Access, By, Gatekeeper};
pub(crate) use execution::{Execution, execution};
pub(crate) use gateway::{GatewayResponse, kinds};
pub(crate) use mock::{Example, Examples};
use names::Names;
pub(crate) use schema::{Dialect, Schema};

/// A function that exists nowhere, for a document that is to be deployed later.
const SAMPLE_FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:";

/// Lambda's API takes invocations by this method, whatever that of the request is.
pub(crate) const INVOKED_BY: &str = "POST";

/// The header in which a proxy's answer repeats the code, as API Gateway's documentation asks.
const ERROR_TYPE: &str = "x-amzn-errortype";

/// What is not in the contract, because it belongs to a deployment.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Settings<'a> {
    /// The function; without one a sample stands in its place.
    pub(crate) function: Option<&'a Function>,
    /// The browser origin that may call.
    pub(crate) cors: Option<&'a str>,
    /// Who may call.
    pub(crate) authorization: Option<&'a Authorization>,
    /// The operations that the configuration names, some with a request template of their own.
    pub(crate) operations: Option<&'a BTreeMap<String, NamedOperation>>,
    /// What functions of before throw.
    pub(crate) legacy: &'a [Legacy],
}

/// One API.
#[derive(Debug)]
pub(crate) struct Api<'a> {
    /// Its resources, in the order in which operations first name them.
    pub(crate) resources: Vec<Resource<'a>>,
    /// Its models: types, errors, reserved errors, and the errors under one status.
    pub(crate) models: Vec<Model<'a>>,
    /// The sets of errors that no operation names, for methods that are configured elsewhere.
    pub(crate) sets: Vec<Set<'a>>,
    /// What it answers for itself.
    pub(crate) gateway_responses: Vec<GatewayResponse>,
    /// Who decides on callers.
    pub(crate) gatekeepers: Vec<Gatekeeper<'a>>,
    /// Whether it is a REST API, and no HTTP API and none at all.
    pub(crate) is_rest: bool,
    /// Whether messages select responses; otherwise the function writes them.
    pub(crate) has_patterns: bool,
    /// The browser origin that may call, where that is the API's own to say.
    pub(crate) cors: Option<Cors<'a>>,
    /// The resource policy.
    pub(crate) policy: Option<&'a serde_json::Value>,
}

/// What an HTTP API itself answers to a browser that asks before it calls.
#[derive(Debug)]
pub(crate) struct Cors<'a> {
    pub(crate) origin: &'a str,
    pub(crate) methods: Vec<&'a str>,
    pub(crate) headers: Vec<String>,
    pub(crate) exposed: Vec<String>,
}

/// The responses that one set of errors needs, whatever the method.
#[derive(Debug)]
pub(crate) struct Set<'a> {
    pub(crate) def: &'a SetDef,
    /// Those of its errors by status, and those of the platform's failures.
    pub(crate) responses: Vec<Response<'a>>,
}

/// One path.
#[derive(Debug)]
pub(crate) struct Resource<'a> {
    /// From the root, parameters in braces.
    pub(crate) path: &'a str,
    /// Its methods, the preflight last.
    pub(crate) methods: Vec<Method<'a>>,
}

/// One method of a path.
#[derive(Debug)]
pub(crate) struct Method<'a> {
    /// The operation's name, or one of its own.
    pub(crate) name: Cow<'a, str>,
    /// The HTTP method.
    pub(crate) verb: &'a str,
    /// What it calls; nothing for a preflight.
    pub(crate) operation: Option<&'a Operation>,
    /// What travels in path, query and headers.
    pub(crate) parameters: Vec<Parameter<'a>>,
    /// What the body holds, where it has to have one.
    pub(crate) body: Option<Schema>,
    /// Who may call it.
    pub(crate) access: Access<'a>,
    /// Who answers, and what he is told.
    pub(crate) integration: Integration,
    /// What it answers: the default first, then by status.
    pub(crate) responses: Vec<Response<'a>>,
}

/// A parameter of path, query or headers.
#[derive(Debug)]
pub(crate) struct Parameter<'a> {
    /// Its name on the wire.
    pub(crate) name: &'a str,
    /// Where it travels.
    pub(crate) place: Place,
    /// Its doc comment.
    pub(crate) docs: &'a str,
    /// Whether a request without it is refused.
    pub(crate) required: bool,
    /// Its type.
    pub(crate) ty: &'a Type,
}

/// Who answers a request.
#[derive(Debug)]
pub(crate) struct Integration {
    pub(crate) backend: Backend,
    /// The request's template, keyed `application/json`; the body passes as it is without one.
    pub(crate) template: Option<String>,
    /// Whether requests of other media types than the template's are refused.
    is_strict: bool,
}

#[derive(Debug)]
pub(crate) enum Backend {
    /// A function, by the address that API Gateway calls. Other media types than the template's are refused.
    Function { uri: Address },
    /// A function that gets the request whole and writes the response, in the form of a payload version; a REST API has one
    /// form alone.
    Proxy { uri: Address, payload: Option<&'static str> },
    /// A function that nobody of API Gateway's stands before.
    Direct,
    /// API Gateway itself.
    Mock,
}

/// One integration response and its method response.
#[derive(Debug)]
pub(crate) struct Response<'a> {
    /// The HTTP status.
    pub(crate) status: u16,
    /// What selects it; nothing for the default.
    pub(crate) pattern: Option<String>,
    /// The template, keyed `application/json`; a success passes through without one.
    pub(crate) template: Option<String>,
    /// Headers with constant values.
    constants: Vec<(&'static str, String)>,
    /// Headers that the template sets.
    dynamic: Vec<String>,
    /// What it holds.
    pub(crate) body: Body<'a>,
}

/// What a response holds.
#[derive(Debug)]
pub(crate) enum Body<'a> {
    None,
    /// The output of an operation.
    Output(&'a Type),
    /// One of several problems, declared and reserved.
    Problem {
        /// The model of all of them.
        model: Cow<'a, str>,
        codes: Vec<&'a str>,
    },
}

/// A schema with a name.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    pub(crate) name: Cow<'a, str>,
    pub(crate) schema: Schema,
    /// Whether it is that of problems, and not that of a type.
    pub(crate) is_problem: bool,
}

impl<'a> Api<'a> {
    pub(crate) fn new(contract: &'a Contract, index: &Index<'a>, settings: Settings<'a>) -> Self {
        let uri = uri(contract, settings.function);
        let front = contract.front;
        let mut names = Names::new(contract);
        let mut models = models(contract, index, &names);
        let mut methods = Vec::with_capacity(contract.operations.len());
        for operation in &contract.operations {
            let integration = integration(front, &uri, || request_template(settings, index, operation));
            let method = Method {
                responses: mapping::responses(
                    index.errors_of(operation),
                    &operation.name,
                    Some((operation.status.get(), &operation.output)),
                    settings,
                    &mut names,
                ),
                access: access::of(settings.authorization, &operation.name),
                ..method(operation, index, integration)
            };
            let method = if front == Front::Rest { method } else { method.answered_by_function() };
            models.extend(unions(&method.responses, &names));
            methods.push((operation.path.as_str(), method));
        }
        let mut sets = Vec::new();
        for def in contract.sets_alone().filter(|_| front == Front::Rest) {
            let errors = index.errors_by(&def.errors);
            let responses = mapping::responses(errors, &def.name, None, settings, &mut names);
            models.extend(unions(&responses, &names));
            sets.push(Set { def, responses });
        }
        let mut resources: Vec<Resource<'a>> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (path, method) in methods {
            let place = *places.entry(path).or_insert_with(|| {
                resources.push(Resource { path, methods: Vec::new() });
                resources.len() - 1
            });
            resources[place].methods.push(method);
        }
        let asked = access::headers(settings.authorization);
        let cors = settings.cors.filter(|_| front.is_http_api());
        let cors = cors.map(|origin| cors_of(origin, &resources, &asked));
        if let Some(origin) = settings.cors.filter(|_| front.is_rest()) {
            let mut taken = contract.operations.iter().map(|operation| operation.name.as_str().into()).collect();
            for resource in &mut resources {
                let preflight = preflight::method(resource.path, &resource.methods, &asked, origin, &mut taken);
                resource.methods.push(preflight);
            }
        }
        Self {
            resources,
            models,
            sets,
            gateway_responses: if front.is_rest() { gateway::gateway_responses(settings.cors) } else { Vec::new() },
            is_rest: front.is_rest(),
            has_patterns: front == Front::Rest,
            cors,
            gatekeepers: access::gatekeepers(settings.authorization),
            policy: settings.authorization.and_then(|authorization| authorization.document.as_ref()),
        }
    }

    /// Every method that calls an operation, with the operation.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&'a Operation, &Method<'a>)> {
        let methods = self.resources.iter().flat_map(|resource| &resource.methods);
        methods.filter_map(|method| Some((method.operation?, method)))
    }
}

impl Integration {
    /// What happens to a request of another media type than the template's: `NEVER` refuses it.
    pub(crate) fn passthrough(&self) -> &'static str {
        if self.is_strict { "NEVER" } else { "WHEN_NO_MATCH" }
    }
}

impl Response<'_> {
    /// Every header that the response can carry.
    pub(crate) fn headers(&self) -> impl Iterator<Item = &str> {
        self.constants.iter().map(|(name, _)| *name).chain(self.dynamic.iter().map(String::as_str))
    }

    /// The headers that say something of the error, whoever wrote the response and through whatever it came.
    pub(crate) fn named_headers(&self) -> impl Iterator<Item = &str> {
        self.dynamic.iter().map(String::as_str).filter(|name| *name != ERROR_TYPE)
    }

    /// The constant headers, as `responseParameters` take them.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (String, String)> {
        self.constants.iter().map(|(name, value)| (format!("method.response.header.{name}"), constant(value)))
    }

    /// The value of a constant header.
    pub(crate) fn constant(&self, name: &str) -> Option<&str> {
        self.constants.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

impl Method<'_> {
    /// The same where the function writes the responses: nothing selects and nothing makes them.
    fn answered_by_function(mut self) -> Self {
        for response in &mut self.responses {
            (response.pattern, response.template) = (None, None);
            response.constants.retain(|(name, _)| !name.starts_with("Access-Control-"));
            if matches!(response.body, Body::Problem { .. }) {
                response.dynamic.push(ERROR_TYPE.to_owned());
            }
        }
        self
    }
}

/// Who answers an operation, and what he is told.
fn integration(front: Front, uri: &Address, template: impl FnOnce() -> Option<String>) -> Integration {
    let of = |backend| Integration { backend, template: None, is_strict: false };
    let proxy = |payload| of(Backend::Proxy { uri: uri.clone(), payload });
    match front {
        Front::Rest => {
            let template = template();
            let is_strict = template.is_some();
            Integration { template, is_strict, ..of(Backend::Function { uri: uri.clone() }) }
        }
        Front::RestProxy => proxy(None),
        Front::HttpApi => proxy(Some("2.0")),
        Front::HttpApi1 => proxy(Some("1.0")),
        Front::FunctionUrl | Front::Balancer | Front::BalancerOfMany | Front::Axum | Front::Invoke => {
            of(Backend::Direct)
        }
    }
}

/// What an HTTP API tells browsers, for all of its routes at once.
fn cors_of<'a>(origin: &'a str, resources: &[Resource<'a>], asked: &[String]) -> Cors<'a> {
    let all = || resources.iter().flat_map(|resource| &resource.methods);
    let mut methods: Vec<&'a str> = Vec::new();
    for method in all() {
        if !methods.contains(&method.verb) {
            methods.push(method.verb);
        }
    }
    let inputs = all().flat_map(|method| &method.parameters);
    let inputs = inputs.filter(|parameter| parameter.place == Place::Header).map(|parameter| parameter.name);
    let headers = distinct(preflight::HEADERS.into_iter().chain(asked.iter().map(String::as_str)).chain(inputs));
    let exposed = all().flat_map(|method| &method.responses).flat_map(|response| &response.dynamic);
    let exposed = distinct(exposed.map(String::as_str).chain(["x-amzn-requestid", "apigw-requestid"]));
    Cors { origin, methods, headers, exposed }
}

/// Names of headers, each once.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            found.push(name.to_owned());
        }
    }
    found
}

/// A constant in an expression.
fn constant(text: &str) -> String {
    // The checks of a contract and of the options let no other text through.
    header::constant(text).unwrap_or_default()
}

/// The address by which API Gateway calls the function.
fn uri(contract: &Contract, function: Option<&Function>) -> Address {
    let sample = || Function::Arn(format!("{SAMPLE_FUNCTION}{}", contract.name)).address();
    function.map_or_else(sample, Function::address)
}

/// The request template of an operation: that of the configuration, if it says one or that there is none, else ours.
fn request_template(settings: Settings<'_>, index: &Index<'_>, operation: &Operation) -> Option<String> {
    let named = settings.operations.into_iter().flatten().find(|(route, named)| named.named(route) == operation.name);
    match named {
        Some((_, named)) if named.passthrough => None,
        Some((_, NamedOperation { text: Some(text), .. })) => Some(text.clone()),
        _ => Some(template::request(index, operation)),
    }
}

fn method<'a>(operation: &'a Operation, index: &Index<'a>, integration: Integration) -> Method<'a> {
    let parameter = |place, name, field: &'a Field| Parameter {
        name,
        place,
        docs: &field.docs,
        required: place == Place::Path || !field.optional,
        ty: &field.ty,
    };
    let input = &operation.input;
    let path = input.path.iter().map(|field| parameter(Place::Path, field.name.as_str(), field));
    let query = input.query.iter().map(|field| parameter(Place::Query, field.name.as_str(), field));
    let headers = input.headers.iter().map(|header| parameter(Place::Header, &*header.header, &header.field));
    Method {
        name: operation.name.as_str().into(),
        verb: operation.method.as_str(),
        operation: Some(operation),
        parameters: path.chain(query).chain(headers).collect(),
        body: operation.input.body.then(|| body(Dialect::Gateway, index, &operation.input)),
        access: access::of(None, &operation.name),
        integration,
        responses: Vec::new(),
    }
}

/// What the body holds: the input, without what travels elsewhere.
pub(crate) fn body(dialect: Dialect, index: &Index<'_>, input: &Input) -> Schema {
    let shape = match &input.ty {
        Type::Named(name) => index.type_def(name).map(|def| &def.shape),
        _ => None,
    };
    let Some(Shape::Struct(fields)) = shape.filter(|_| input.parameters().next().is_some()) else {
        return dialect.ty(&input.ty);
    };
    if let Some(payload) = input.payload_of(fields) {
        return dialect.ty(&payload.ty);
    }
    let travels = |field: &Field| input.parameters().any(|other| other.name == field.name);
    let rest = fields.iter().filter(|field| !travels(field)).cloned().collect();
    dialect.shape(index, &Shape::Struct(rest), "")
}

/// The models of types and of errors, declared and reserved.
fn models<'a>(contract: &'a Contract, index: &Index<'a>, names: &Names<'a>) -> Vec<Model<'a>> {
    let types = contract.types.iter().map(|def| Model {
        name: Dialect::Gateway.name(&def.name).into(),
        schema: Dialect::Gateway.shape(index, &def.shape, &def.docs),
        is_problem: false,
    });
    let problem = |code: &str, schema| Model { name: names.error(code), schema, is_problem: true };
    let errors = contract.errors.iter().map(|error| problem(&error.code, Dialect::Gateway.error(error)));
    let reserved =
        Reserved::ALL.into_iter().map(|reserved| problem(reserved.code, Dialect::Gateway.reserved(reserved)));
    types.chain(errors).chain(reserved).collect()
}

/// The models of statuses that several errors share.
fn unions<'a>(responses: &[Response<'a>], names: &Names<'a>) -> impl Iterator<Item = Model<'a>> {
    responses.iter().filter_map(|response| match &response.body {
        Body::Problem { model, codes } if codes.len() > 1 => {
            let one_of = codes.iter().map(|code| Schema::reference(&names.error(code))).collect();
            Some(Model { name: model.clone(), schema: Schema::one_of(one_of), is_problem: true })
        }
        _ => None,
    })
}
