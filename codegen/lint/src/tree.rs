//! The tree of a file: values as JSON and YAML have them, each with its place. CloudFormation's short tags are written out.

use crate::file::Mistake;
use granit_parser::{Event, Options, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// How deep values may nest, so that recursion over them is bounded.
const DEPTH: usize = 200;

/// How many values a file may have once its aliases are written out.
const VALUES: usize = 4_000_000;

/// The name under which an object takes the members of others.
const MERGE: &str = "<<";

/// A value.
#[derive(Debug)]
pub(crate) struct Node {
    /// Where it stands, in bytes.
    pub(crate) at: Range<usize>,
    pub(crate) value: Value,
    /// How many values it is, aliases written out.
    size: usize,
}

#[derive(Debug)]
pub(crate) enum Value {
    /// A text, a number, `true`, or nothing at all.
    Scalar(String),
    List(Vec<Rc<Node>>),
    Map(Vec<Member>),
}

/// A member of an object.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) at: Range<usize>,
    pub(crate) value: Rc<Node>,
}

impl Node {
    pub(crate) fn scalar(text: impl Into<String>, at: Range<usize>) -> Self {
        Self { at, value: Value::Scalar(text.into()), size: 1 }
    }

    /// A text, or what is written as one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The members of an object; none of anything else.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Map(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Rc<Self>] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// A member; the last of two of one name.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.key == name)
    }

    /// The value of a member.
    pub(crate) fn get(&self, name: &str) -> Option<&Rc<Self>> {
        self.member(name).map(|member| &member.value)
    }

    /// The value under some names, one below the other.
    pub(crate) fn at_path(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.get(name).map(Rc::as_ref))
    }

    /// Every text in it, names of members too, each with its place, in the order in which they stand.
    pub(crate) fn scalars<'a>(&'a self, out: &mut Vec<(Range<usize>, &'a str)>) {
        match &self.value {
            Value::Scalar(text) => out.push((self.at.clone(), text)),
            Value::List(items) => items.iter().for_each(|item| item.scalars(out)),
            Value::Map(members) => {
                for member in members {
                    out.push((member.at.clone(), &member.key));
                    member.value.scalars(out);
                }
            }
        }
    }

    /// The text under some names.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at_path(path)?.text()
    }
}

/// Reads a file of JSON or YAML.
///
/// # Errors
/// Where it is neither, or more than is read.
pub(crate) fn read(text: &str) -> Result<Rc<Node>, Mistake> {
    let mut reader = Reader { open: Vec::new(), anchors: HashMap::new(), root: None, count: 0 };
    let mut options = Options::default();
    // Who reads comments does it by itself: here, many of them would be a mistake.
    options.set_emit_comments(false);
    for event in Parser::new_from_str_with_options(&without_pairs(text), options) {
        let (event, span) = event.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or_default();
            Mistake { message: format!("this is neither JSON nor YAML: {}", error.info()), at: at..at }
        })?;
        reader.take(event, bytes(&span))?;
    }
    reader.root.ok_or_else(|| Mistake { message: "there is nothing in this file".to_owned(), at: 0..0 })
}

/// A list or an object that is being read.
struct Open {
    start: usize,
    tag: Option<String>,
    anchor: usize,
    value: Value,
    /// The name of the next member.
    key: Option<(String, Range<usize>)>,
}

struct Reader {
    open: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    root: Option<Rc<Node>>,
    count: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, at: Range<usize>) -> Result<(), Mistake> {
        let refused = |message: &str| Err(Mistake { message: message.to_owned(), at: at.clone() });
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                return refused("a second YAML document begins here: give each a file");
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_key =
                    self.open.last().is_some_and(|open| open.key.is_none() && matches!(open.value, Value::Map(_)));
                if let (true, Some(open)) = (is_key, self.open.last_mut()) {
                    open.key = Some((text.into_owned(), at));
                    return Ok(());
                }
                // `~` and `null` without quotes are nothing (YAML 1.2.2, 10.3.2).
                let text = if style == ScalarStyle::Plain && matches!(&*text, "~" | "null" | "Null" | "NULL") {
                    Cow::Borrowed("")
                } else {
                    text
                };
                let node = Node::scalar(text, at);
                self.put(anchor, tag.as_deref().and_then(function), node)?;
            }
            Event::SequenceStart(_, anchor, tag) => self.begin(Value::List(Vec::new()), anchor, tag.as_deref(), &at)?,
            Event::MappingStart(_, anchor, tag) => self.begin(Value::Map(Vec::new()), anchor, tag.as_deref(), &at)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { start, tag, anchor, value, .. }) = self.open.pop() {
                    let value = merged(value);
                    let size = match &value {
                        Value::Scalar(_) => 1,
                        Value::List(items) => items.iter().fold(1, |sum: usize, item| sum.saturating_add(item.size)),
                        Value::Map(members) => {
                            members.iter().fold(1, |sum: usize, member| sum.saturating_add(member.value.size))
                        }
                    };
                    if size > VALUES {
                        return refused(&format!("more than {VALUES} values, with those that aliases repeat"));
                    }
                    self.put(anchor, tag, Node { at: start..at.end, value, size })?;
                }
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor).cloned() {
                Some(node) => self.add(node, &at)?,
                None => return refused("an alias of something that is not whole yet"),
            },
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, value: Value, anchor: usize, tag: Option<&Tag>, at: &Range<usize>) -> Result<(), Mistake> {
        if self.open.len() == DEPTH {
            return Err(Mistake { message: format!("nested deeper than {DEPTH} levels"), at: at.clone() });
        }
        self.open.push(Open { start: at.start, tag: tag.and_then(function), anchor, value, key: None });
        Ok(())
    }

    /// Adds a value that is whole.
    fn put(&mut self, anchor: usize, tag: Option<String>, node: Node) -> Result<(), Mistake> {
        let (at, size) = (node.at.clone(), node.size);
        let node = match tag {
            None => Rc::new(node),
            Some(key) => {
                let member = Member { key, at: at.clone(), value: Rc::new(node) };
                Rc::new(Node { at: at.clone(), value: Value::Map(vec![member]), size: size.saturating_add(1) })
            }
        };
        if anchor > 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        self.add(node, &at)
    }

    fn add(&mut self, node: Rc<Node>, at: &Range<usize>) -> Result<(), Mistake> {
        self.count += 1;
        if self.count > VALUES {
            return Err(Mistake { message: format!("more than {VALUES} values"), at: at.clone() });
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { value: Value::List(items), .. }) => items.push(node),
            Some(Open { value: Value::Map(members), key, .. }) => match key.take() {
                Some((key, at)) => members.push(Member { key, at, value: node }),
                None => {
                    return Err(Mistake {
                        message: "the name of a member has to be a text".to_owned(),
                        at: at.clone(),
                    });
                }
            },
            Some(_) => {}
        }
        Ok(())
    }
}

/// The members that `<<` brings, behind an object's own.
fn merged(value: Value) -> Value {
    let Value::Map(members) = value else { return value };
    let (merges, mut own): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| member.key == MERGE);
    for merge in merges {
        let from = match &merge.value.value {
            Value::List(items) => items.clone(),
            _ => vec![Rc::clone(&merge.value)],
        };
        for member in from.iter().flat_map(|node| node.members()) {
            if own.iter().all(|known| known.key != member.key) {
                own.push(member.clone());
            }
        }
    }
    Value::Map(own)
}

/// The function of CloudFormation that a tag is short for (CloudFormation user guide, "Intrinsic function reference"); other tags
/// of somebody's own stand for themselves, and are unknown.
fn function(tag: &Tag) -> Option<String> {
    if tag.is_yaml_core_schema() {
        return None;
    }
    Some(match tag.suffix() {
        name @ ("Ref" | "Condition") => name.to_owned(),
        name => format!("Fn::{name}"),
    })
}

fn bytes(span: &Span) -> Range<usize> {
    let start = span.start.byte_offset().unwrap_or_default();
    start..span.end.byte_offset().unwrap_or(start).max(start)
}

/// The text without the escapes of surrogates, which JSON has and YAML has not; everything else stays in its place.
pub(crate) fn without_pairs(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("\\u")).map(|at| from + at) {
        let digits = text.get(at + 2..at + 6).unwrap_or_default();
        if digits.starts_with(['d', 'D'])
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            && !digits.starts_with("d7")
        {
            text.to_mut().replace_range(at..at + 6, "\\u0020");
        }
        from = at + 2;
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn short_tags_are_written_out() {
        let text = "a: !Sub 'x${Y}'\nb: !GetAtt F.Arn\nc: !Ref Q\nd: !Join ['', [a, !Ref B]]\n";
        let root = read(text).unwrap();
        assert_eq!(root.text_at(&["a", "Fn::Sub"]), Some("x${Y}"));
        assert_eq!(root.text_at(&["b", "Fn::GetAtt"]), Some("F.Arn"));
        assert_eq!(root.text_at(&["c", "Ref"]), Some("Q"));
        let joined = root.at_path(&["d", "Fn::Join"]).unwrap();
        assert_eq!(joined.items()[1].items()[1].text_at(&["Ref"]), Some("B"));
        assert_eq!(&text[root.member("b").unwrap().at.clone()], "b");
    }

    #[test]
    fn merges_and_aliases_are_resolved() {
        let root = read("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: *x\nn: ~\n").unwrap();
        assert_eq!(root.text_at(&["y", "a"]), Some("1"));
        assert_eq!(root.text_at(&["y", "b"]), Some("3"));
        assert_eq!(root.text_at(&["z", "b"]), Some("2"));
        assert_eq!(root.text_at(&["n"]), Some(""));
    }

    #[test]
    fn json_is_read_with_its_places() {
        let text = "{\n\t\"a\": \"\\ud83d\\ude00 \\/\",\n\t\"b\": [404, true]}";
        let root = read(text).unwrap();
        assert_eq!(root.text_at(&["a"]).unwrap().trim_start(), "/");
        let b = root.get("b").unwrap();
        assert_eq!(b.items()[0].text(), Some("404"));
        assert_eq!(&text[b.items()[0].at.clone()], "404");
    }

    #[test]
    fn hostile_files_end() {
        let line = |n: u32| format!("a{n}: &a{n} [{}]", vec![format!("*a{}", n - 1); 9].join(","));
        let bomb = ["a0: &a0 [x]".to_owned()].into_iter().chain((1..60).map(line)).collect::<Vec<_>>().join("\n");
        assert!(read(&bomb).is_err());
        for text in [
            "[".repeat(100_000),
            "- ".repeat(100_000),
            "a: &a [*a]".to_owned(),
            String::new(),
            "a: 1\n---\nb: 2\n".to_owned(),
        ] {
            assert!(read(&text).is_err());
        }
    }
}
