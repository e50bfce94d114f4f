//! Reads an OpenAPI document into routes and gateway responses, and gathers everything that is wrong in it.

mod binary;
mod cors;
mod endpoint;
mod extensions;
mod fallback;
mod functions;
mod integration;
mod places;
mod security;
mod validator;
mod yaml;

use super::access::Access;
use super::document::{DocumentError, Gateway, Place, Problem};
use super::json::Json;
use super::route::{self, Route};
use indexmap::IndexMap;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// API Gateway's limit for an import, in bytes.
const IMPORT: usize = 6_000_000;

/// The longest document that is read here, in bytes.
const LONGEST: usize = 64 * 1024 * 1024;

/// How many resources an API may have where nobody has raised the quota.
const RESOURCES: usize = 300;

/// Said of a `${…}` for which somebody else has the value.
const UNKNOWN: &str = "not known before the document is deployed: its text is taken as it stands";

/// Whether a text is known to whoever deploys it alone; stage variables are API Gateway's own.
fn is_variable(text: &str) -> bool {
    text.starts_with("${") && !text.starts_with("${stageVariables.")
}

const METHODS: [(&str, &str); 8] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("x-amazon-apigateway-any-method", "ANY"),
];

pub(super) fn read(text: &str) -> Result<Gateway, DocumentError> {
    // A byte-order mark is no part of the text (RFC 8259, 8.1; YAML 1.2.2, 5.2).
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut root, doubts) = value(text).map_err(|problem| DocumentError { problems: vec![problem] })?;
    let mut left = functions::Left::default();
    functions::leave(&mut root, &mut String::new(), &mut left);
    let mut cx = Reader { root: &root, errors: Vec::new(), warnings: doubts, said: 0 };
    cx.warnings.extend(left.note());
    let at = At { value: &root, step: None };
    cx.size(text.len(), &at);
    extensions::of_document(&mut cx, &at);
    let routes = cx.document(&at);
    let fallbacks = fallback::read(&mut cx, &at);
    let cors = cors::read(&mut cx, &at);
    let binary = binary::read(&mut cx, &at);
    let Reader { mut errors, mut warnings, .. } = cx;
    if !errors.is_empty() {
        places::find(text, &mut errors);
        return Err(DocumentError { problems: errors });
    }
    if !warnings.is_empty() {
        places::find(text, &mut warnings);
    }
    Ok(Gateway { routes, fallbacks, cors, binary, warnings })
}

/// What the text says: JSON where it begins with a bracket, else YAML.
fn value(text: &str) -> Result<(Json, Vec<Problem>), Problem> {
    let problem = |(message, place)| Problem { pointer: String::new(), place, message };
    if text.len() > LONGEST {
        let bytes = text.len();
        return Err(problem((format!("the document is {bytes} bytes, and no more than {LONGEST} are read"), None)));
    }
    if text.trim_start().starts_with(['{', '[']) {
        let read = Json::read_noting(text);
        return read.map(|(value, doubled)| (value, if doubled { places::doubled(text) } else { Vec::new() })).map_err(
            |error| {
                let place = Place { line: error.line(), column: error.column() };
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or(&message);
                problem((format!("not JSON: {message}"), Some(place).filter(|place| place.line > 0)))
            },
        );
    }
    yaml::read(text).map_err(problem)
}

/// A value and where it stands. The pointer is written when it is asked for: with a long name above many members, all of
/// their pointers would be many times the document.
#[derive(Clone, Debug)]
struct At<'a> {
    value: &'a Json,
    step: Option<Rc<Step<'a>>>,
}

/// The last name of a pointer, and those before it.
#[derive(Debug)]
struct Step<'a> {
    before: Option<Rc<Self>>,
    name: Cow<'a, str>,
}

impl<'a> At<'a> {
    fn child(&self, name: &'a str, value: &'a Json) -> Self {
        At { value, step: Some(Rc::new(Step { before: self.step.clone(), name: name.into() })) }
    }

    fn item(&self, index: usize, value: &'a Json) -> Self {
        At { value, step: Some(Rc::new(Step { before: self.step.clone(), name: index.to_string().into() })) }
    }

    fn get(&self, name: &str) -> Option<Self> {
        let (name, value) = self.value.as_map()?.get_key_value(name)?;
        Some(self.child(name, value))
    }

    /// The place as a JSON pointer (RFC 6901).
    fn pointer(&self) -> String {
        let steps = std::iter::successors(self.step.as_deref(), |step| step.before.as_deref());
        let names: Vec<_> = steps.map(|step| step.name.replace('~', "~0").replace('/', "~1")).collect();
        names.iter().rev().flat_map(|name| ["/", name.as_str()]).collect()
    }
}

/// How many bytes of problems are kept.
const SAID: usize = 256 * 1024;

struct Reader<'a> {
    root: &'a Json,
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
    /// How many bytes the problems have so far.
    said: usize,
}

impl<'a> Reader<'a> {
    fn error(&mut self, at: &At<'_>, message: impl Into<String>) {
        let problem = self.problem(at, message.into());
        self.errors.extend(problem);
    }

    fn warn(&mut self, at: &At<'_>, message: impl Into<String>) {
        let problem = self.problem(at, message.into());
        self.warnings.extend(problem);
    }

    /// A problem to keep; the last one says that there are more.
    fn problem(&mut self, at: &At<'_>, message: String) -> Option<Problem> {
        if self.said > SAID {
            return None;
        }
        let mut problem = Problem { pointer: at.pointer(), place: None, message };
        self.said += problem.pointer.len() + problem.message.len();
        if self.said > SAID {
            let message = "more is wrong than can be shown".to_owned();
            problem = Problem { pointer: String::new(), place: None, message };
        }
        Some(problem)
    }

    /// The members of an object; none, and an error, of anything else.
    fn members(&mut self, at: &At<'a>) -> Vec<(&'a str, At<'a>)> {
        match at.value {
            Json::Map(map) => map.iter().map(|(name, value)| (name.as_str(), at.child(name, value))).collect(),
            other => {
                self.error(at, format!("{}, but an object is needed", other.kind()));
                Vec::new()
            }
        }
    }

    /// The members of an object that need not be there.
    fn members_of(&mut self, at: &At<'a>, name: &str) -> Vec<(&'a str, At<'a>)> {
        match at.get(name) {
            Some(found) if *found.value != Json::Null => self.members(&found),
            _ => Vec::new(),
        }
    }

    /// The items of a list; none, and an error, of anything else.
    fn items(&mut self, at: &At<'a>) -> Vec<At<'a>> {
        match at.value {
            Json::List(list) => list.iter().enumerate().map(|(n, value)| at.item(n, value)).collect(),
            other => {
                self.error(at, format!("{}, but a list is needed", other.kind()));
                Vec::new()
            }
        }
    }

    /// A string; `None`, and an error, of anything else.
    fn text(&mut self, at: &At<'a>) -> Option<&'a str> {
        if let Json::Text(text) = at.value {
            return Some(text);
        }
        self.error(at, format!("{}, but a string is needed", at.value.kind()));
        None
    }

    /// A status, which documents write as a string and some as a number.
    fn status(&mut self, at: &At<'a>) -> Option<u16> {
        let text = match at.value {
            Json::Text(text) => text.clone(),
            Json::Int(number) => number.to_string(),
            other => other.kind().to_owned(),
        };
        let digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        let status = text.parse().ok().filter(|status| digits && (100..=599).contains(status));
        if status.is_none() {
            self.error(at, format!("`{text}` is no status: three digits are, from 100 to 599"));
        }
        status
    }

    /// Warns of what API Gateway's own limits are for.
    fn size(&mut self, bytes: usize, root: &At<'a>) {
        if bytes > IMPORT {
            let message = format!("the document is {bytes} bytes, and API Gateway imports at most {IMPORT}");
            self.warn(root, format!("{message}; without blanks and line ends it may be within them"));
        }
        let Some(Json::Map(paths)) = root.value.get("paths") else { return };
        let mut resources = BTreeSet::from([""]);
        for path in paths.keys().filter(|path| path.starts_with('/')) {
            let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
            resources.extend(ends.filter_map(|end| path.get(..end)));
        }
        if resources.len() > RESOURCES {
            let message = format!("{} resources, and an API has at most {RESOURCES}", resources.len());
            self.warn(root, format!("{message} unless its quota was raised"));
        }
    }

    fn document(&mut self, root: &At<'a>) -> Vec<Route> {
        match (root.get("openapi"), root.get("swagger")) {
            (Some(version), _) => match version.value {
                Json::Text(text) if text.starts_with("3.0") => {}
                Json::Text(text) => {
                    let message =
                        format!("API Gateway imports OpenAPI 3.0 and 2.0: whether it takes {text} is not known");
                    self.warn(&version, message);
                }
                Json::Float(number) if (3.0..4.0).contains(number) => {}
                _ => self.error(&version, "the version has to be a string such as `3.0.1`"),
            },
            (None, Some(version)) => match version.value {
                Json::Text(text) if text == "2.0" => {}
                Json::Float(number) if (2.0..2.1).contains(number) => {}
                _ => self.error(&version, "the version has to be the string `2.0`"),
            },
            (None, None) => {
                self.error(root, "neither `openapi` nor `swagger` names a version: this is no OpenAPI document");
            }
        }
        let Some(paths) = root.get("paths") else {
            self.error(root, "no `paths`");
            return Vec::new();
        };
        let schemes = security::schemes(self, root);
        let validators = validator::all(self, root);
        let mut routes: Vec<Route> = Vec::new();
        let mut shapes: BTreeMap<Vec<route::Segment>, &str> = BTreeMap::new();
        let mut ids: IndexMap<String, At<'a>> = IndexMap::new();
        for (path, item) in self.members(&paths) {
            if path.starts_with("x-") {
                continue;
            }
            let segments = match route::segments(path) {
                Ok(segments) => segments,
                Err(message) => {
                    self.error(&item, message);
                    continue;
                }
            };
            if path.contains("${") {
                self.warn(&item, UNKNOWN);
            }
            if let Some(other) = shapes.insert(shape(&segments), path) {
                self.error(&item, format!("the same resource as `{other}`: a resource has one name for its parameter"));
            }
            for (name, operation) in self.members(&item) {
                let Some((_, method)) = METHODS.iter().find(|(key, _)| *key == name) else {
                    extensions::of_path(self, name, &operation);
                    continue;
                };
                extensions::of_operation(self, &operation);
                let access = security::access(self, root, &operation, &schemes);
                let validation = validator::of_operation(self, root, &item, &operation, &validators);
                let Some(route) = self.operation(method, path, &segments, &operation) else { continue };
                let route = Route { access, validation, ..route };
                if let Some(other) = ids.insert(route.operation_id.clone(), operation.clone()) {
                    self.warn(
                        &operation,
                        format!("`operationId` `{}` is already used at {}", route.operation_id, other.pointer()),
                    );
                }
                routes.push(route);
            }
        }
        if routes.is_empty() && self.errors.is_empty() {
            self.error(&paths, "no operation in the document");
        }
        routes
    }

    fn operation(&mut self, method: &str, path: &str, segments: &[route::Segment], at: &At<'a>) -> Option<Route> {
        let before = self.errors.len();
        let operation_id = match at.get("operationId") {
            Some(id) => self.text(&id)?.to_owned(),
            None => format!("{method} {path}"),
        };
        let declared = self.declared(at);
        let integration = at.get("x-amazon-apigateway-integration").map(|integration| self.resolve(integration));
        if integration.is_none() {
            self.error(at, "no `x-amazon-apigateway-integration`: API Gateway refuses a method without one");
        }
        let integration = integration.and_then(|integration| integration::read(self, &integration, &declared));
        if self.errors.len() > before {
            return None;
        }
        Some(Route {
            operation_id,
            method: method.to_owned(),
            path: path.to_owned(),
            segments: segments.to_vec(),
            declared: declared.into_keys().collect(),
            integration: integration?,
            access: Access::default(),
            validation: None,
        })
    }

    /// The method responses: each status with the headers that it declares.
    fn declared(&mut self, operation: &At<'a>) -> BTreeMap<u16, BTreeSet<&'a str>> {
        let mut declared = BTreeMap::new();
        for (status, response) in self.members_of(operation, "responses") {
            if status == "default" || status.starts_with("x-") {
                continue;
            }
            let key = At { value: &Json::Null, ..response.clone() };
            let Some(number) = status.parse().ok().filter(|number| status.len() == 3 && (100..=599).contains(number))
            else {
                self.error(&key, format!("`{status}` is no status: three digits are, from 100 to 599"));
                continue;
            };
            let response = self.resolve(response);
            let headers = self.members_of(&response, "headers").into_iter().map(|(name, _)| name);
            declared.insert(number, headers.collect());
        }
        declared
    }

    /// Follows a `$ref` into the document, once.
    fn resolve(&mut self, at: At<'a>) -> At<'a> {
        let Some(reference) = at.get("$ref") else { return at };
        let Some(text) = self.text(&reference) else { return at };
        let mut found = At { value: self.root, step: None };
        for part in text.trim_start_matches("#/").split('/') {
            let name = part.replace("~1", "/").replace("~0", "~");
            let Some(next) = found.get(&name) else {
                self.error(&reference, format!("`{text}` leads to nothing in this document"));
                return at;
            };
            found = next;
        }
        found
    }
}

/// A path without the names of its parameters.
fn shape(segments: &[route::Segment]) -> Vec<route::Segment> {
    let bare = |segment: &route::Segment| match segment {
        route::Segment::Parameter(_) => route::Segment::Parameter(String::new()),
        route::Segment::Rest(_) => route::Segment::Rest(String::new()),
        literal @ route::Segment::Literal(_) => literal.clone(),
    };
    segments.iter().map(bare).collect()
}
