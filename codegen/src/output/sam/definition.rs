//! The OpenAPI document as part of a template, where some words are CloudFormation's.

use crate::output::cloudformation::DYNAMIC;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// JSON whose members keep their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Self>),
    Object(IndexMap<String, Self>),
}

impl Node {
    /// Reads a document of ours.
    pub(super) fn read(document: &str) -> Self {
        serde_json::from_str(document).unwrap_or(Self::Null)
    }

    pub(super) fn get(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Object(members) => members.get_mut(key),
            _ => None,
        }
    }

    pub(super) fn set(&mut self, key: &str, value: Self) {
        if let Self::Object(members) = self {
            members.insert(key.to_owned(), value);
        }
    }

    pub(super) fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// What of the texts and names CloudFormation would take for words of its own, by its place.
    pub(super) fn claimed(&self, place: &str, found: &mut Vec<String>) {
        match self {
            Self::Text(text) if text.contains(DYNAMIC) => found.push(format!("{place}: the text {DYNAMIC:?}")),
            Self::Null => found.push(format!("{place}: `null`")),
            Self::List(nodes) => {
                nodes.iter().enumerate().for_each(|(n, node)| node.claimed(&format!("{place}/{n}"), found));
            }
            Self::Object(members) => {
                for (name, node) in members {
                    let place = format!("{place}/{name}");
                    if OURS.iter().any(|ours| place.ends_with(ours)) {
                        continue;
                    }
                    if name == "Ref" || name.starts_with("Fn::") || name.contains(DYNAMIC) {
                        found.push(format!("{place}: the name"));
                    }
                    node.claimed(&place, found);
                }
            }
            Self::Text(_) | Self::Bool(_) | Self::Number(_) => {}
        }
    }
}

/// Where CloudFormation is to put something in, or the author may have asked it to.
const OURS: [&str; 3] = [
    "/x-amazon-apigateway-integration/uri",
    "/x-amazon-apigateway-authorizer/authorizerUri",
    "/x-amazon-apigateway-policy",
];
