//! Values: what text stands at a place, as far as it is known before a deployment. CloudFormation's functions stand in OpenAPI
//! documents as well, which templates include.

use crate::model::{Place, Said, Text};
use crate::tree::{Node, Value};

/// The text that a value is.
pub(super) fn said(node: &Node) -> Said {
    Said { text: text(node), at: node.at.clone() }
}

/// The name of a member, as a text.
pub(super) fn name(key: &str, at: &Place) -> Said {
    Said { text: Text::Known(key.to_owned()), at: at.clone() }
}

fn text(node: &Node) -> Text {
    match &node.value {
        Value::Scalar(text) => Text::Known(text.clone()),
        Value::Map(members) if members.len() == 1 => function(node),
        _ => Text::Unknown,
    }
}

/// What stands at a place, where a condition may choose: the first of both.
pub(super) fn chosen(node: &Node) -> &Node {
    match node.get("Fn::If") {
        Some(choice) => choice.items().get(1).map_or(node, |first| chosen(first)),
        None => node,
    }
}

/// What a function of CloudFormation comes to, as far as its text says (CloudFormation user guide, "Intrinsic function reference").
fn function(node: &Node) -> Text {
    if let Some(sub) = node.get("Fn::Sub") {
        let said = sub.text().or_else(|| sub.items().first()?.text());
        return said.map_or(Text::Unknown, |text| {
            // `${!x}` is `${x}` itself.
            if text.replace("${!", "").contains("${") {
                Text::Partly(text.to_owned())
            } else {
                Text::Known(text.replace("${!", "${"))
            }
        });
    }
    if let Some([between, parts]) = node.get("Fn::Join").map(|join| join.items())
        && let Some(between) = between.text()
    {
        let mut known = true;
        let parts: Vec<_> = parts
            .items()
            .iter()
            .map(|part| match text(part) {
                Text::Known(text) => text,
                Text::Partly(text) => {
                    known = false;
                    text
                }
                Text::Unknown => {
                    known = false;
                    format!("${{{}}}", named(part).unwrap_or("…"))
                }
            })
            .collect();
        let text = parts.join(between);
        return if known { Text::Known(text) } else { Text::Partly(text) };
    }
    Text::Unknown
}

/// What a reference names.
fn named(node: &Node) -> Option<&str> {
    let reference = node.get("Ref").or_else(|| node.get("Fn::GetAtt"))?;
    reference.text().or_else(|| reference.items().first()?.text())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::tree;

    #[test]
    fn functions_are_known_as_far_as_their_text_says() {
        let text = |yaml: &str| said(tree::read(yaml).unwrap().get("a").unwrap()).text;
        assert_eq!(text("a: x"), Text::Known("x".to_owned()));
        assert_eq!(text("a: !Sub 'x ${!y}'"), Text::Known("x ${y}".to_owned()));
        assert_eq!(text("a: !Sub 'x ${Y}'"), Text::Partly("x ${Y}".to_owned()));
        assert_eq!(text("a: !Join ['', [a, !Ref B, c]]"), Text::Partly("a${B}c".to_owned()));
        assert_eq!(text("a: !Join ['-', [a, b]]"), Text::Known("a-b".to_owned()));
        for unknown in ["a: !Ref B", "a: !ImportValue x", "a: [1]", "a: !Join [x]"] {
            assert_eq!(text(unknown), Text::Unknown, "{unknown}");
        }
    }
}
