//! The language of one of our patterns. A negative lookahead at the start is the "not" of everything that begins with what it
//! forbids.

use super::read::Node;
use crate::automata::{Language, Parts};

/// The language of a pattern, as a full match.
pub(super) fn pattern(parts: &mut Parts, nodes: &[Node]) -> Result<Language, String> {
    sequence(parts, nodes.to_vec(), false)
}

/// `open` says that anything may follow: a lookahead asks for no end.
fn sequence(parts: &mut Parts, mut nodes: Vec<Node>, open: bool) -> Result<Language, String> {
    if !nodes.iter().any(looks_ahead) {
        let mut text = String::new();
        write_all(&nodes, &mut text);
        if open {
            text.push_str(ANYTHING);
        }
        return Ok(parts.part(text));
    }
    let rest = nodes.split_off(1);
    match nodes.pop() {
        Some(Node::Not(alternatives)) => {
            let forbidden = any_of(parts, alternatives, &[], true)?;
            Ok(Language::All(vec![Language::Not(Box::new(forbidden)), sequence(parts, rest, open)?]))
        }
        // What follows the group follows each of its branches, so that a branch's lookahead stands at the start.
        Some(Node::Group(alternatives)) => any_of(parts, alternatives, &rest, open),
        _ => Err("a lookahead that does not stand at the start".to_owned()),
    }
}

fn any_of(parts: &mut Parts, each: Vec<Vec<Node>>, rest: &[Node], open: bool) -> Result<Language, String> {
    let languages = each.into_iter().map(|mut nodes| {
        nodes.extend_from_slice(rest);
        sequence(parts, nodes, open)
    });
    Ok(Language::Any(languages.collect::<Result<_, _>>()?))
}

const ANYTHING: &str = r"[\s\S]*";

fn looks_ahead(node: &Node) -> bool {
    match node {
        Node::Not(_) => true,
        Node::Group(alternatives) => alternatives.iter().flatten().any(looks_ahead),
        Node::Repeat(node, _) => looks_ahead(node),
        Node::Char(_) | Node::Digit | Node::Any => false,
    }
}

fn write_all(nodes: &[Node], out: &mut String) {
    for node in nodes {
        write(node, out);
    }
}

fn write(node: &Node, out: &mut String) {
    match node {
        Node::Char(byte) => {
            out.push_str(if byte.is_ascii_punctuation() { "\\" } else { "" });
            out.push(char::from(*byte));
        }
        Node::Digit => out.push_str("[0-9]"),
        Node::Any => out.push_str(r"[\s\S]"),
        Node::Group(alternatives) | Node::Not(alternatives) => {
            out.push_str("(?:");
            for (number, nodes) in alternatives.iter().enumerate() {
                out.push_str(if number > 0 { "|" } else { "" });
                write_all(nodes, out);
            }
            out.push(')');
        }
        Node::Repeat(node, at_least_one) => {
            write(node, out);
            out.push(if *at_least_one { '+' } else { '*' });
        }
    }
}
