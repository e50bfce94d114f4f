//! The OpenAPI document as part of a template, where some words are CloudFormation's.

use super::fragments::DYNAMIC;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// JSON whose members keep their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(in crate::output) enum Node {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Self>),
    Object(IndexMap<String, Self>),
}

impl Node {
    /// Reads a document of ours.
    pub(in crate::output) fn read(document: &str) -> Self {
        serde_json::from_str(document).unwrap_or(Self::Null)
    }

    pub(in crate::output) fn get(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Object(members) => members.get_mut(key),
            _ => None,
        }
    }

    pub(in crate::output) fn set(&mut self, key: &str, value: Self) {
        if let Self::Object(members) = self {
            members.insert(key.to_owned(), value);
        }
    }

    pub(in crate::output) fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub(in crate::output) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// Whether a document of ours can stand in a template.
    ///
    /// # Errors
    /// What CloudFormation would take for words of its own, for the output that asks.
    pub(in crate::output) fn unclaimed(output: &str, document: &str) -> Result<(), String> {
        let mut claimed = Vec::new();
        Self::read(document).claimed("", &mut claimed);
        if claimed.is_empty() {
            return Ok(());
        }
        Err(format!(
            "`{output}` can't write what CloudFormation would take for words of its own in a template: {}; name it otherwise, or \
             import the document of `openapi`, which is no template",
            claimed.join(", ")
        ))
    }

    /// What of the texts and names CloudFormation would take for words of its own, by its place.
    fn claimed(&self, place: &str, found: &mut Vec<String>) {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_of_cloudformation_are_refused_where_they_are_not_meant() {
        let document = r#"{"paths":{"/a":{"get":{"x-amazon-apigateway-integration":{"uri":{"Fn::Sub":"${F.Arn}"}}}}},
            "components":{"schemas":{"A":{"properties":{"Ref":{"type":"string"}}},"B":{"title":"{{resolve:ssm:x}}"},"C":{"default":null}}}}"#;
        let said = Node::unclaimed("cdk", document).unwrap_err();
        for place in [
            "/components/schemas/A/properties/Ref: the name",
            "/components/schemas/B/title: the text",
            "C/default: `null`",
        ] {
            assert!(said.contains(place), "{said}");
        }
        assert!(!said.contains("uri"), "{said}");
        assert_eq!(Node::unclaimed("cdk", r#"{"properties":{"reference":{"type":"string"}}}"#), Ok(()));
    }
}
