//! What belongs to errors as an OpenAPI Overlay 1.0.0, which any tool for overlays applies to a document of the user's.

mod target;

use super::openapi::{Data, KEY, Members, Merge, base_of, is_imported, notes};
use super::{Cx, File, Form, Output, Setting, Wanted, json};
use crate::diagnostic::Failed;
use serde::Serialize;
use std::path::Path;
use target::{extends, json_path};

/// The output `openapi-overlay`.
pub(super) struct Overlay;

/// What it is applied to.
const BASE: Setting = Setting {
    key: KEY,
    flat: "openapi-overlay-base",
    value: "FILE",
    help: "The OpenAPI document that the overlay is for, which decides what it adds",
};

impl Output for Overlay {
    fn key(&self) -> &'static str {
        "openapi-overlay"
    }

    fn help(&self) -> &'static str {
        "Write what errors add to an OpenAPI document as an OpenAPI Overlay, to this JSON file"
    }

    fn form(&self) -> Form {
        Form::File
    }

    fn settings(&self) -> &'static [Setting] {
        &[BASE]
    }

    fn reads(&self) -> &'static [&'static str] {
        &[BASE.key]
    }

    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String> {
        self.made(cx, wanted).map_err(|failed| failed.render(false))
    }

    fn made(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, Failed> {
        let read = base_of(wanted)?;
        let merge = match read {
            Some(read) => Merge::new(cx, read)?,
            None => Merge::unwritten(cx, &assumed(cx))?,
        };
        let base = read.map(|read| &*read.path);
        let mut actions = Vec::new();
        let is_known = base.is_some();
        if let Some(patch) = merge.patch.map() {
            collect(patch, merge.base(), is_known, &mut Vec::new(), &mut actions);
        }
        if actions.is_empty() {
            // One that changes nothing is asked for too (OpenAPI Overlay 1.0.0, section 4.4.1).
            actions.push(Action { target: json_path(&[]), update: Data::Map(Members::new()) });
        }
        Ok(vec![File::whole(json(&Document {
            overlay: "1.0.0",
            origin: Origin { generator: concat!("throwback ", env!("CARGO_PKG_VERSION")), api: &cx.contract.name },
            info: Info { title: format!("The errors of {}", cx.contract.name), version: &cx.contract.version },
            extends: base.zip(wanted.path.as_deref()).and_then(|(base, overlay)| extends(overlay, base)),
            actions,
        }))])
    }

    fn notes(&self, cx: &Cx<'_>, _: &Path, _: &[File]) -> Vec<String> {
        notes(cx, self)
    }
}

#[derive(Serialize)]
struct Document<'a> {
    overlay: &'static str,
    #[serde(rename = "x-throwback")]
    origin: Origin<'a>,
    info: Info<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extends: Option<String>,
    actions: Vec<Action>,
}

#[derive(Serialize)]
struct Origin<'a> {
    generator: &'static str,
    api: &'a str,
}

#[derive(Serialize)]
struct Info<'a> {
    title: String,
    version: &'a str,
}

/// Members for an object that is there.
#[derive(Serialize)]
struct Action {
    target: String,
    update: Data,
}

/// Makes an action for each object that gets members. Nobody knows what is in a document that is not given: there, all of
/// an operation goes to the operation itself.
fn collect(patch: &Members, base: &Data, is_known: bool, names: &mut Vec<String>, actions: &mut Vec<Action>) {
    let mut own = Members::new();
    let mut below = Vec::new();
    for (name, value) in patch {
        let is_below = is_known || (names.len() < OPERATION && (name == "paths" || !names.is_empty()));
        match (value.map(), base.at(&[name])) {
            (Some(members), Some(object @ Data::Map(_))) if is_below => below.push((name, members, object)),
            _ => drop(own.insert(name.clone(), value.clone())),
        }
    }
    if !own.is_empty() {
        actions.push(Action { target: json_path(names), update: Data::Map(own) });
    }
    for (name, members, object) in below {
        names.push(name.clone());
        collect(members, object, is_known, names, actions);
        names.pop();
    }
}

/// How deep an operation stands: `paths`, its path, its method.
const OPERATION: usize = 3;

/// The least that a document has which the overlay is for: the operations, each with its success, and with an integration of
/// its own where something is imported.
fn assumed(cx: &Cx<'_>) -> Data {
    let text = |text: &str| Data::Text(text.to_owned());
    let empty = || Data::Map(Members::new());
    let mut document = Data::Map(Members::new());
    document.put(&["openapi"], text(if is_imported(cx) { "3.0.1" } else { "3.1.0" }));
    for resource in &cx.rest.resources {
        for (method, operation) in resource.methods.iter().filter_map(|method| Some((method, method.operation?))) {
            let verb = method.verb.to_lowercase();
            let at = ["paths", resource.path, &*verb];
            let below = |names: &[&'static str]| at.iter().copied().chain(names.iter().copied()).collect::<Vec<&str>>();
            let status = operation.status.get().to_string();
            let mut success = at.to_vec();
            success.extend(["responses", &*status]);
            document.put(&success, empty());
            if is_imported(cx) {
                let kind = method.integration.kind().to_lowercase();
                document.put(&below(&["x-amazon-apigateway-integration", "type"]), text(&kind));
                document.put(&below(&["x-amazon-apigateway-integration", "requestTemplates"]), empty());
                document.put(&below(&["x-amazon-apigateway-integration", "responses", "default"]), empty());
            }
        }
    }
    document
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn actions(patch: &str, base: &str, is_known: bool) -> Vec<String> {
        let (patch, base): (Data, Data) = (serde_json::from_str(patch).unwrap(), serde_json::from_str(base).unwrap());
        let mut actions = Vec::new();
        collect(patch.map().unwrap(), &base, is_known, &mut Vec::new(), &mut actions);
        actions.iter().map(|action| serde_json::to_string(action).unwrap()).collect()
    }

    #[test]
    fn an_object_that_is_there_gets_its_members() {
        let patch = r#"{"paths":{"/a":{"get":{"responses":{"404":{"content":{}}},"x":{"y":{"z":1}}}}},"components":{"schemas":{"A":{}}}}"#;
        let base =
            r#"{"paths":{"/a":{"get":{"responses":{"404":{"description":""}},"x":null}}},"components":{"schemas":{}}}"#;
        let known = [
            r#"{"target":"$.paths['/a'].get","update":{"x":{"y":{"z":1}}}}"#,
            r#"{"target":"$.paths['/a'].get.responses['404']","update":{"content":{}}}"#,
            r#"{"target":"$.components.schemas","update":{"A":{}}}"#,
        ];
        assert_eq!(actions(patch, base, true), known);
        let unknown = [
            r#"{"target":"$","update":{"components":{"schemas":{"A":{}}}}}"#,
            r#"{"target":"$.paths['/a'].get","update":{"responses":{"404":{"content":{}}},"x":{"y":{"z":1}}}}"#,
        ];
        assert_eq!(actions(patch, base, false), unknown);
    }
}
