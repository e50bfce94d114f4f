//! The API without its function: each method answers by itself, with an example of its output, or of the error that the caller
//! asks for. Everything else is what it is before the function.
//!
//! What a caller sends is compared with codes and never printed.

use super::mapping::cors_headers;
use super::{Api, Backend, Body, ERROR_TYPE, Integration, Method, Parameter, Response};
use crate::check::Place;
use crate::contract::{Operation, Type};
use crate::text::velocity;
use serde_json::Value;
use std::fmt::Write;
use throwback_syntax::Reserved;

/// Where a caller asks for an error.
const HEADER: &str = "x-mock-error";
const QUERY: &str = "mock_error";

/// The code of the answer to who asks for an error that there is not.
const UNKNOWN: &str = "UnknownMockError";

/// Sets `$e` to the code that is asked for, of the header before that of the query; to nothing where none is.
const ASKED: &str = "#set($e='')#set($query=$input.params().querystring)#set($header=$input.params().header)\
    #foreach($n in $query.keySet())#if($n=='mock_error')#set($e=$query.get($n))#end#end\
    #foreach($n in $header.keySet())#if($n.matches('(?i)x-mock-error'))#set($e=$header.get($n))#end#end";

/// An error as it is answered.
#[derive(Debug)]
pub(crate) struct Example {
    /// The headers beside those that every error has.
    pub(crate) headers: Vec<(String, String)>,
    /// The members of its problem, in their order.
    pub(crate) members: Vec<(String, Value)>,
}

/// What there are examples of.
pub(crate) trait Examples {
    /// What an operation returns.
    fn output(&self, operation: &Operation) -> Value;

    /// The error of a code, declared or reserved.
    fn error(&self, code: &str) -> Example;
}

impl Api<'_> {
    /// The same without the function, for a browser origin.
    pub(crate) fn mocked(mut self, cors: Option<&str>, examples: &impl Examples) -> Self {
        let proxied = !self.has_patterns;
        for method in self.resources.iter_mut().flat_map(|resource| &mut resource.methods) {
            match method.operation {
                // Behind a proxy integration the function writes these.
                Some(operation) => mock(method, operation, cors.filter(|_| proxied), examples),
                None => method.responses.iter_mut().for_each(allow),
            }
        }
        self
    }
}

/// Lets a browser send the header.
fn allow(preflight: &mut Response<'_>) {
    let headers = preflight.constants.iter_mut().filter(|(name, _)| *name == "Access-Control-Allow-Headers");
    headers.for_each(|(_, names)| names.extend([",", HEADER]));
}

fn mock<'a>(method: &mut Method<'a>, operation: &'a Operation, cors: Option<&str>, examples: &impl Examples) {
    let mut exposed: Vec<String> = Vec::new();
    for name in method.responses.iter().flat_map(|response| &response.dynamic) {
        if name != ERROR_TYPE && !exposed.contains(name) {
            exposed.push(name.clone());
        }
    }
    let common: String = cors_headers(cors, &exposed).iter().map(|(name, value)| header(name, value)).collect();
    let (mut statuses, mut all) = (String::new(), Vec::new());
    for response in &mut method.responses {
        let Body::Problem { codes, .. } = &response.body else {
            response.template = Some(velocity::document(&examples.output(operation).to_string()) + &common);
            continue;
        };
        let is = |code: &&str| format!("$e=='{code}'");
        let any = codes.iter().map(is).collect::<Vec<_>>().join(" || ");
        let _ = write!(statuses, "#elseif({any})#set($s={})", response.status);
        all.extend(codes.iter().copied());
        response.pattern = Some(response.status.to_string());
    }
    for response in &mut method.responses {
        if let Body::Problem { codes, .. } = &response.body {
            let is_proxied = response.dynamic.iter().any(|name| name == ERROR_TYPE);
            let answers = codes.iter().map(|code| (*code, examples.error(code)));
            let unknown = (response.status == Reserved::INVALID.status).then(|| unknown(&operation.name, &all));
            response.template = Some(chosen(answers, unknown, is_proxied) + &common);
        }
    }
    method.integration = Integration {
        backend: Backend::Mock,
        template: Some(format!(
            "{ASKED}#set($s={})#if($e==''){statuses}#else#set($s={})#end{{\"statusCode\":$s}}",
            operation.status.get(),
            Reserved::INVALID.status,
        )),
        is_strict: true,
    };
    declare(method);
}

/// The template of a status: the example of the code that is asked for.
fn chosen<'a>(answers: impl Iterator<Item = (&'a str, Example)>, unknown: Option<Example>, is_proxied: bool) -> String {
    let mut out = ASKED.to_owned();
    let mut start = "#if";
    for (code, example) in answers {
        let _ = write!(out, "{start}($e=='{code}'){}", answer(code, &example, is_proxied));
        start = "#elseif";
    }
    if let Some(unknown) = unknown {
        let _ = write!(out, "#else{}", answer(UNKNOWN, &unknown, is_proxied));
    }
    out + "#end"
}

/// A problem, and its headers, each of which is set once.
fn answer(code: &str, example: &Example, is_proxied: bool) -> String {
    let members = example.members.iter().map(|(name, value)| match name.as_str() {
        "instance" => "\"instance\":\"$context.requestId\"".to_owned(),
        name => velocity::document(&format!("{}:{value}", Value::from(name))),
    });
    let mut out = format!("{{{}}}", members.collect::<Vec<_>>().join(","));
    let headers = example.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let error_type = is_proxied.then_some((ERROR_TYPE, code));
    headers.chain(error_type).chain([("x-error-code", code)]).for_each(|(name, value)| out += &header(name, value));
    out
}

fn header(name: &str, value: &str) -> String {
    let (name, value) = (velocity::literal(name), velocity::literal(value));
    format!("#set($context.responseOverride.header[{name}]={value})")
}

/// The answer to who asks for an error that the operation does not have.
fn unknown(operation: &str, codes: &[&str]) -> Example {
    let detail = format!(
        "the header `{HEADER}` and the query parameter `{QUERY}` take an error of `{operation}`: {}",
        codes.join(", ")
    );
    let members = [
        ("code", UNKNOWN.into()),
        ("title", "The mock has no such error".into()),
        ("status", Reserved::INVALID.status.into()),
        ("instance", Value::Null),
        ("detail", detail.into()),
    ];
    Example { headers: Vec::new(), members: members.map(|(name, value)| (name.to_owned(), value)).into() }
}

/// Names the two parameters, unless the operation has them for something of its own.
fn declare(method: &mut Method<'_>) {
    for (name, place) in [(QUERY, Place::Query), (HEADER, Place::Header)] {
        if !method.parameters.iter().any(|known| known.place == place && known.name.eq_ignore_ascii_case(name)) {
            let docs = "The code of the error to answer with.";
            method.parameters.push(Parameter { name, place, docs, required: false, ty: &Type::STRING });
        }
    }
}
