//! Reads YAML as JSON: anchors, merge keys, and the short tags of CloudFormation as the functions that they stand for.

use super::super::document::{Place, Problem};
use super::super::json::Json;
use granit_parser::{Event, Marker, Options, Parser, ScalarStyle, Tag};
use indexmap::IndexMap;
use std::collections::HashMap;

/// How deep a document may nest, so that recursion over it is bounded.
const DEPTH: usize = 128;

/// How many values a document may have once its aliases are written out.
const VALUES: usize = 1_000_000;

/// How many doubts are kept.
pub(super) const DOUBTS: usize = 100;

/// What is no YAML, and where.
pub(super) type Unread = (String, Option<Place>);

/// A list or an object that has begun.
struct Open {
    anchor: usize,
    function: Option<String>,
    kind: Kind,
}

enum Kind {
    List(Vec<Json>),
    Map { map: IndexMap<String, Json>, merged: Vec<Json>, key: Option<(String, Place)> },
}

struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, (Json, usize)>,
    values: usize,
    whole: Option<Json>,
    /// What is read and may not be what was meant.
    doubts: Vec<Problem>,
}

/// How YAML is read. Without comments: where another crate of a build asks the parser for them, a long run of them is a mistake.
pub(super) fn options() -> Options {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options
}

/// Reads a document; beside it, what may not be what was meant.
pub(super) fn read(text: &str) -> Result<(Json, Vec<Problem>), Unread> {
    let mut builder = Builder { open: Vec::new(), anchors: HashMap::new(), values: 0, whole: None, doubts: Vec::new() };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options()) {
        let (event, span) = event.map_err(|error| (format!("not YAML: {}", error.info()), Some(at(error.marker()))))?;
        let here = at(&span.start);
        let done = match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 { Err("a second YAML document: one file holds one API".to_owned()) } else { Ok(()) }
            }
            Event::Scalar(text, style, anchor, tag) => builder.scalar(&text, style, anchor, tag.as_deref(), here),
            Event::SequenceStart(_, anchor, tag) => builder.begin(anchor, tag.as_deref(), Kind::List(Vec::new())),
            Event::MappingStart(_, anchor, tag) => {
                let kind = Kind::Map { map: IndexMap::new(), merged: Vec::new(), key: None };
                builder.begin(anchor, tag.as_deref(), kind)
            }
            Event::SequenceEnd | Event::MappingEnd => builder.end(),
            Event::Alias(anchor) => builder.alias(anchor, here),
            _ => Ok(()),
        };
        done.map_err(|message| (message, Some(here)))?;
    }
    Ok((builder.whole.unwrap_or(Json::Null), builder.doubts))
}

pub(super) fn at(marker: &Marker) -> Place {
    Place { line: marker.line(), column: marker.col() + 1 }
}

impl Builder {
    fn begin(&mut self, anchor: usize, tag: Option<&Tag>, kind: Kind) -> Result<(), String> {
        if self.open.len() == DEPTH {
            return Err(format!("nested deeper than {DEPTH} levels"));
        }
        self.open.push(Open { anchor, function: function(tag), kind });
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        let Some(Open { anchor, function, kind }) = self.open.pop() else { return Ok(()) };
        let value = match kind {
            Kind::List(list) => Json::List(list),
            Kind::Map { mut map, merged, .. } => {
                for value in merged {
                    merge(&mut map, value)?;
                }
                Json::Map(map)
            }
        };
        self.put(anchor, function, value)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        here: Place,
    ) -> Result<(), String> {
        // The name of a member is its text, whatever it would be as a value: `200:`, `on:`.
        if let Some(Open { kind: Kind::Map { key: key @ None, .. }, .. }) = self.open.last_mut() {
            *key = Some((text.to_owned(), here));
            return Ok(());
        }
        let text_tag = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix() == "str");
        let value = match style {
            ScalarStyle::Plain if !text_tag && function(tag).is_none() => plain(text),
            _ => Json::Text(text.to_owned()),
        };
        self.put(anchor, function(tag), value)
    }

    fn alias(&mut self, anchor: usize, here: Place) -> Result<(), String> {
        let Some((value, size)) = self.anchors.get(&anchor).cloned() else {
            return Err("an alias of something that is not whole yet".to_owned());
        };
        self.values = self.values.saturating_add(size);
        if let (Some(Open { kind: Kind::Map { key: key @ None, .. }, .. }), Json::Text(text)) =
            (self.open.last_mut(), &value)
        {
            *key = Some((text.clone(), here));
            return Ok(());
        }
        self.put(0, None, value)
    }

    fn put(&mut self, anchor: usize, function: Option<String>, value: Json) -> Result<(), String> {
        self.values += 1;
        if self.values > VALUES {
            return Err(format!("more than {VALUES} values, with those that aliases repeat"));
        }
        let value = match function {
            Some(function) => Json::Map(IndexMap::from([(function, value)])),
            None => value,
        };
        if anchor > 0 {
            let (size, depth) = measure(&value);
            if depth + self.open.len() > DEPTH {
                return Err(format!("nested deeper than {DEPTH} levels"));
            }
            self.anchors.insert(anchor, (value.clone(), size));
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.whole = Some(value),
            Some(Kind::List(list)) => list.push(value),
            Some(Kind::Map { map, merged, key }) => match key.take() {
                None => return Err("the name of a member has to be a text".to_owned()),
                Some((key, _)) if key == "<<" && matches!(value, Json::Map(_) | Json::List(_)) => merged.push(value),
                Some((key, here)) => {
                    let message = format!("`{key}` stands here twice: the last one counts");
                    if map.insert(key, value).is_some() && self.doubts.len() < DOUBTS {
                        self.doubts.push(Problem { pointer: String::new(), place: Some(here), message });
                    }
                }
            },
        }
        Ok(())
    }
}

/// Adds what `<<` brings; what stands beside it goes before it.
fn merge(map: &mut IndexMap<String, Json>, value: Json) -> Result<(), String> {
    match value {
        Json::Map(others) => {
            for (name, value) in others {
                map.entry(name).or_insert(value);
            }
            Ok(())
        }
        Json::List(list) => list.into_iter().try_for_each(|value| match value {
            Json::Map(_) => merge(map, value),
            other => Err(format!("`<<` takes objects, not {}", other.kind())),
        }),
        other => Err(format!("`<<` takes an object, not {}", other.kind())),
    }
}

/// How many values a value is, and how deep.
fn measure(value: &Json) -> (usize, usize) {
    let all = |values: &mut dyn Iterator<Item = &Json>| {
        values.map(measure).fold((1, 1), |(size, depth), (more, below)| (size + more, depth.max(below + 1)))
    };
    match value {
        Json::List(list) => all(&mut list.iter()),
        Json::Map(map) => all(&mut map.values()),
        _ => (1, 0),
    }
}

/// The function of CloudFormation that a short tag stands for: `!Sub` is `Fn::Sub`.
fn function(tag: Option<&Tag>) -> Option<String> {
    let tag = tag.filter(|tag| tag.handle() == "!" && !tag.suffix().is_empty())?;
    Some(match tag.suffix() {
        name @ ("Ref" | "Condition") => name.to_owned(),
        other => format!("Fn::{other}"),
    })
}

/// A scalar without quotes, by YAML's core schema (YAML 1.2.2, 10.3).
fn plain(text: &str) -> Json {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let number = digits.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'.');
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Json::Null,
        "true" | "True" | "TRUE" => Json::Bool(true),
        "false" | "False" | "FALSE" => Json::Bool(false),
        // An account's id may begin with zeros, and is no number.
        _ if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Json::Text(text.to_owned())
        }
        _ if number => match text.parse() {
            Ok(number) => Json::Int(number),
            Err(_) => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Json::Float(number),
                _ => Json::Text(text.to_owned()),
            },
        },
        _ => Json::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn same(yaml: &str, json: &str) {
        assert_eq!(read(yaml).unwrap(), (Json::read(json).unwrap(), Vec::new()), "{yaml}");
    }

    #[test]
    fn yaml_is_read_as_json() {
        same(
            "a: &x\n  200: yes\n  on: 1\nb: *x\nc:\n  <<: *x\n  on: ~\nd: [1.5, 007, '1', .x, -3, 1e3]\n",
            r#"{"a":{"200":"yes","on":1},"b":{"200":"yes","on":1},"c":{"on":null,"200":"yes"},"d":[1.5,"007","1",".x",-3,1000.0]}"#,
        );
        same("a: |\n  #set($x = 1)\n  {}\nb: >-\n  x\n  y\n", r##"{"a":"#set($x = 1)\n{}\n","b":"x y"}"##);
        same(
            "a: !Sub '${A}/b'\nb: !GetAtt A.Arn\nc: !Ref A\nd: !Join ['', [a, !Ref B]]",
            r#"{"a":{"Fn::Sub":"${A}/b"},"b":{"Fn::GetAtt":"A.Arn"},"c":{"Ref":"A"},"d":{"Fn::Join":["",["a",{"Ref":"B"}]]}}"#,
        );
    }

    #[test]
    fn what_is_no_yaml_has_a_place() {
        for (yaml, line, column, part) in [
            ("a: 1\nb: [1\nc: 2\n", 3, 2, "not YAML"),
            ("a: 1\n---\nb: 1\n", 2, 1, "a second YAML document"),
            ("a: *x\n", 1, 4, "not YAML"),
            ("? [a]\n: 1\n", 1, 5, "the name of a member has to be a text"),
        ] {
            let (message, place) = read(yaml).unwrap_err();
            assert!(message.contains(part), "{yaml}: {message}");
            assert_eq!(place, Some(Place { line, column }), "{yaml}: {message}");
        }
    }

    #[test]
    fn the_last_of_two_members_counts() {
        let (value, doubts) = read("a:\n  b: 1\n  b: 2\n").unwrap();
        assert_eq!(value, Json::read(r#"{"a":{"b":2}}"#).unwrap());
        assert_eq!(doubts[0].to_string(), "3:3: `b` stands here twice: the last one counts");
    }

    #[test]
    fn what_people_write_is_read() {
        same("a: [\n1,\n2\n]\nb: 1", r#"{"a":[1,2],"b":1}"#);
        same("a:\n    b: \"x \\\n  y\"\n", r#"{"a":{"b":"x y"}}"#);
        same("a:\n  b: [\n    1\n  ]\n", r#"{"a":{"b":[1]}}"#);
    }

    #[test]
    fn hostile_yaml_ends() {
        let line = |n: u32| format!("a{n}: &a{n} [{}]", vec![format!("*a{}", n - 1); 9].join(","));
        let bomb = ["a0: &a0 [x]".to_owned()].into_iter().chain((1..60).map(line)).collect::<Vec<_>>().join("\n");
        assert!(read(&bomb).is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&"- ".repeat(100_000)).is_err());
        assert!(read("a: &a [*a]").is_err());
        for junk in
            ["", "\u{0}", "\t", "%", "!<", "&", "*", "- -", "? ? ?", "\u{feff}{", "\"\\ud83d\"", "%YAML 9.9\n---\n"]
        {
            let _ = read(junk);
        }
    }
}
