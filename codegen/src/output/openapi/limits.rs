//! API Gateway's own limits for what it imports (developer guide, "Amazon API Gateway quotas").

use super::super::{Cx, json};
use serde::Serialize;
use std::collections::BTreeSet;

/// The longest document that is imported, in bytes.
const IMPORT: usize = 6_000_000;

/// How many resources a REST API has, and how many routes an HTTP API, where nobody has raised the quota.
const RESOURCES: usize = 300;

/// The document for people, or without blanks and line ends where those alone would make it too long.
pub(super) fn within(document: &impl Serialize) -> String {
    let text = json(document);
    if text.len() <= IMPORT {
        return text;
    }
    // It has serialized before.
    serde_json::to_string(document).map_or(text, |compact| compact + "\n")
}

/// What API Gateway will not import, or not without being asked for more.
pub(super) fn notes(cx: &Cx<'_>, document: &str) -> Vec<String> {
    let front = cx.contract.front;
    let mut notes = Vec::new();
    if !front.is_rest() && !front.is_http_api() {
        return notes;
    }
    if document.len() > IMPORT {
        let bytes = document.len();
        notes.push(format!(
            "the OpenAPI document is {bytes} bytes, and API Gateway imports at most {IMPORT}: make two APIs of it"
        ));
    }
    let (count, what) = if front.is_rest() {
        let paths = cx.rest.resources.iter().map(|resource| resource.path);
        // Each part of a path is a resource too.
        let parts = paths.flat_map(|path| {
            path.match_indices('/').map(|(at, _)| at).chain([path.len()]).filter_map(|end| path.get(..end))
        });
        (parts.chain([""]).collect::<BTreeSet<_>>().len(), "resources")
    } else {
        (cx.rest.operations().count(), "routes")
    };
    if count > RESOURCES {
        notes.push(format!(
            "the API has {count} {what}, and API Gateway takes {RESOURCES}: its quota has to be raised before"
        ));
    }
    notes
}
