//! The answer to a browser that asks before it calls (Fetch, "CORS-preflight request").

use super::{Access, Backend, Body, Integration, Method, Parameter, Response};
use crate::check::Place;
use crate::contract::Type;
use std::borrow::Cow;
use std::collections::HashSet;

/// What a caller may send beside the headers that browsers always allow.
pub(super) const HEADERS: [&str; 5] =
    ["Content-Type", "Authorization", "X-Api-Key", "X-Amz-Date", "X-Amz-Security-Token"];

/// The method that answers for a path, under a name that nothing else has. `asked` are headers that any of them may carry.
pub(super) fn method<'a>(
    path: &'a str,
    methods: &[Method<'a>],
    asked: &[String],
    origin: &str,
    taken: &mut HashSet<Cow<'a, str>>,
) -> Method<'a> {
    let plain = path.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let mut name: Cow<'a, str> = Cow::Owned(format!("options_{}", plain.trim_matches('_')));
    while !taken.insert(name.clone()) {
        name = Cow::Owned(format!("{name}_"));
    }
    let allowed: Vec<_> = methods.iter().map(|method| method.verb).chain(["OPTIONS"]).collect();
    let parameters = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| Parameter { name, place: Place::Path, docs: "", required: true, ty: &Type::STRING });
    let inputs = methods.iter().flat_map(|method| &method.parameters);
    let inputs = inputs.filter(|parameter| parameter.place == Place::Header).map(|parameter| parameter.name);
    let mut headers: Vec<&str> = HEADERS.to_vec();
    for header in asked.iter().map(String::as_str).chain(inputs) {
        if headers.iter().all(|known| !known.eq_ignore_ascii_case(header)) {
            headers.push(header);
        }
    }
    Method {
        name,
        verb: "OPTIONS",
        operation: None,
        parameters: parameters.collect(),
        body: None,
        access: Access::PREFLIGHT,
        integration: Integration {
            backend: Backend::Mock,
            template: Some("{\"statusCode\":204}".to_owned()),
            is_strict: false,
        },
        responses: vec![Response {
            status: 204,
            pattern: None,
            template: None,
            constants: vec![
                ("Access-Control-Allow-Origin", origin.to_owned()),
                ("Access-Control-Allow-Methods", allowed.join(",")),
                ("Access-Control-Allow-Headers", headers.join(",")),
            ],
            dynamic: Vec::new(),
            body: Body::None,
        }],
    }
}
