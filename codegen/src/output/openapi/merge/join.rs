//! The join: which operation of a base is which of the contract's, by `operationId`, else by route.

use super::base::Base;
use super::data::Data;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::output::Cx;
use crate::rest::Method;

/// An operation that both have.
pub(super) struct Joined<'a> {
    pub(super) method: &'a Method<'a>,
    /// What we say of it.
    pub(super) ours: &'a Data,
    /// What the base says.
    pub(super) theirs: &'a Data,
    /// Its path in the base.
    pub(super) path: &'a str,
    /// Its method, as documents write it.
    pub(super) verb: String,
    /// Whether both call the parameters of the path alike.
    pub(super) is_named_alike: bool,
}

impl Joined<'_> {
    /// The way to it in the base.
    pub(super) fn at<'p>(&'p self, rest: &[&'p str]) -> Vec<&'p str> {
        ["paths", self.path, &self.verb].into_iter().chain(rest.iter().copied()).collect()
    }

    /// As people name it.
    pub(super) fn shown(&self) -> String {
        format!("`{} {}`", self.method.verb, self.path)
    }
}

/// An operation of the base.
struct Theirs<'a> {
    path: &'a str,
    verb: &'a str,
    data: &'a Data,
}

const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Joins every operation of the contract with one of the base; says which are missing there.
pub(super) fn join<'a>(cx: &'a Cx<'_>, base: &'a Base, ours: &'a Data, errors: &mut Diagnostics) -> Vec<Joined<'a>> {
    let paths = base.data.at(&["paths"]);
    let all: Vec<_> = paths
        .into_iter()
        .flat_map(Data::members)
        .flat_map(|(path, item)| item.members().map(move |(verb, data)| Theirs { path, verb, data }))
        .filter(|theirs| VERBS.contains(&theirs.verb))
        .collect();
    let methods = cx.rest.resources.iter().flat_map(|resource| {
        let called = resource.methods.iter().filter(|method| method.operation.is_some());
        called.map(move |method| (resource.path, method))
    });
    let mut joined = Vec::new();
    for (path, method) in methods {
        let verb = method.verb.to_lowercase();
        let Some(data) = ours.at(&["paths", path, &verb]) else { continue };
        match find(base, &all, path, method, &verb) {
            Ok(theirs) => joined.push(Joined {
                method,
                ours: data,
                theirs: theirs.data,
                path: theirs.path,
                verb,
                is_named_alike: theirs.path == path,
            }),
            Err(diagnostic) => errors.push(cx.declared.of_function(&method.name, *diagnostic, "the operation")),
        }
    }
    joined
}

fn find<'t, 'a>(
    base: &Base,
    all: &'t [Theirs<'a>],
    path: &str,
    method: &Method<'_>,
    verb: &str,
) -> Result<&'t Theirs<'a>, Box<Diagnostic>> {
    let is_here = |theirs: &&Theirs<'_>| theirs.verb == verb && route(theirs.path) == route(path);
    let by_id = all.iter().find(|theirs| theirs.data.at(&["operationId"]).and_then(Data::text) == Some(&*method.name));
    if let Some(theirs) = by_id {
        if is_here(&theirs) {
            return Ok(theirs);
        }
        let text = format!(
            "the operation `{}` is `{} {}` here, and `{} {path}` in the contract",
            method.name,
            theirs.verb.to_uppercase(),
            theirs.path,
            method.verb
        );
        let help = "give both one route, or the operation here another `operationId`";
        return Err(Box::new(base.mistake(text, &["paths", theirs.path, theirs.verb, "operationId"]).help(help)));
    }
    let mut by_route = all.iter().filter(is_here);
    match (by_route.next(), by_route.next()) {
        (Some(theirs), None) => Ok(theirs),
        (Some(one), Some(other)) => {
            let text = format!("`{}` and `{}` are one route to API Gateway: keep one", one.path, other.path);
            let diagnostic = base.mistake(text, &["paths", other.path]);
            Err(Box::new(diagnostic.at(&base.file, base.place(&["paths", one.path]), "here too")))
        }
        (None, _) => {
            let text = format!(
                "this document has no operation `{} {path}`, which is `{}` of the contract",
                method.verb, method.name
            );
            let help = format!(
                "add it under `paths`, with what it takes and what its success is, or `operationId: {}` to the operation that it is; an \
                 operation that nobody is to know does not belong to the contract",
                method.name
            );
            Err(Box::new(base.mistake(text, &["paths", path]).help(help)))
        }
    }
}

/// A path whatever its parameters are called: to API Gateway they have one place each.
fn route(path: &str) -> Vec<&str> {
    let place = |part: &'_ str| part.starts_with('{') && part.ends_with('}') && !part.ends_with("+}");
    path.split('/').map(|part| if place(part) { "{}" } else { part }).collect()
}
