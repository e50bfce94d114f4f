//! The language of a pattern: regular parts, joined by "and", "or" and "not". A negative lookahead at the start is the
//! "not" of everything that begins with what it forbids.

use super::read::Node;

/// Which messages a pattern takes, in terms of [`Parts`].
#[derive(Debug)]
pub(super) enum Language {
    /// Those of a regular part, by its number.
    Part(usize),
    /// Those that the other does not take.
    Not(Box<Self>),
    /// Those that all take.
    All(Vec<Self>),
    /// Those that one of them takes.
    Any(Vec<Self>),
}

impl Language {
    /// Whether a message is among them, from the parts that take it.
    pub(super) fn takes(&self, taken: &[bool]) -> bool {
        match self {
            Self::Part(number) => taken.get(*number).copied().unwrap_or_default(),
            Self::Not(other) => !other.takes(taken),
            Self::All(all) => all.iter().all(|one| one.takes(taken)),
            Self::Any(any) => any.iter().any(|one| one.takes(taken)),
        }
    }
}

/// Regular expressions without lookahead, each once.
#[derive(Debug, Default)]
pub(super) struct Parts {
    texts: Vec<String>,
}

impl Parts {
    /// What the whole message must match.
    pub(super) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The language of a regular expression without lookahead.
    pub(super) fn part(&mut self, text: String) -> Language {
        let number = self.texts.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.texts.push(text);
            self.texts.len() - 1
        });
        Language::Part(number)
    }

    /// The language of a pattern, as a full match.
    pub(super) fn pattern(&mut self, sequence: &[Node]) -> Result<Language, String> {
        self.sequence(sequence.to_vec(), false)
    }

    /// `open` says that anything may follow: a lookahead asks for no end.
    fn sequence(&mut self, mut nodes: Vec<Node>, open: bool) -> Result<Language, String> {
        if !nodes.iter().any(looks_ahead) {
            let mut text = String::new();
            write_all(&nodes, &mut text);
            if open {
                text.push_str(ANYTHING);
            }
            return Ok(self.part(text));
        }
        let rest = nodes.split_off(1);
        match nodes.pop() {
            Some(Node::Not(alternatives)) => {
                let forbidden = self.alternatives(alternatives, &[], true)?;
                Ok(Language::All(vec![Language::Not(Box::new(forbidden)), self.sequence(rest, open)?]))
            }
            // What follows the group follows each of its branches, so that a branch's lookahead stands at the start.
            Some(Node::Group(alternatives)) => self.alternatives(alternatives, &rest, open),
            _ => Err("a lookahead that does not stand at the start".to_owned()),
        }
    }

    fn alternatives(&mut self, each: Vec<Vec<Node>>, rest: &[Node], open: bool) -> Result<Language, String> {
        let languages = each.into_iter().map(|mut nodes| {
            nodes.extend_from_slice(rest);
            self.sequence(nodes, open)
        });
        Ok(Language::Any(languages.collect::<Result<_, _>>()?))
    }
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
