//! Data as a TypeScript literal, laid out as prettier does it: each member on a line of its own.

use crate::text::typescript::{key, string};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::Serialize;
use std::fmt;

/// How many characters a line has at most.
pub(super) const WIDTH: usize = 80;

/// How wide a key is behind which prettier breaks no line.
const SHORT: usize = 5;

/// A value of JSON, its members in their order.
#[derive(Debug, PartialEq)]
pub(super) enum Literal {
    /// What stands as it is: a number, `true`, an expression.
    Code(String),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Literal {
    /// # Errors
    /// The value is nested too deep to be read back.
    pub(super) fn of(value: &impl Serialize) -> Result<Self, String> {
        serde_json::to_string(value).map_err(|error| error.to_string()).and_then(|text| Self::read(&text))
    }

    /// # Errors
    /// It is no JSON, or nested too deep.
    pub(super) fn read(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|error| format!("`cdk` can't write this API: {error}"))
    }

    /// Puts an expression in place of a value, wherever it stands.
    pub(super) fn replace(&mut self, value: &Self, code: &str) {
        if self == value {
            *self = Self::Code(code.to_owned());
            return;
        }
        match self {
            Self::Code(_) | Self::Text(_) => {}
            Self::List(items) => items.iter_mut().for_each(|item| item.replace(value, code)),
            Self::Object(members) => members.iter_mut().for_each(|(_, member)| member.replace(value, code)),
        }
    }

    /// The literal at an indentation, where `column` characters of its first line are taken.
    pub(super) fn print(&self, indent: usize, column: usize) -> String {
        let (blanks, end) = (" ".repeat(indent + 2), " ".repeat(indent));
        match self {
            Self::Code(code) => code.clone(),
            Self::Text(text) => string(text),
            Self::List(items) => {
                if let Some(line) = self.line().filter(|line| column + width(line) < WIDTH) {
                    return line;
                }
                let items = items.iter().map(|item| format!("{blanks}{},\n", item.print(indent + 2, indent + 2)));
                format!("[\n{}{end}]", items.collect::<String>())
            }
            Self::Object(members) if members.is_empty() => "{}".to_owned(),
            Self::Object(members) => {
                let members =
                    members.iter().map(|(name, value)| format!("{blanks}{},\n", member(name, value, indent + 2)));
                format!("{{\n{}{end}}}", members.collect::<String>())
            }
        }
    }

    /// A list on one line, unless it holds members.
    fn line(&self) -> Option<String> {
        match self {
            Self::Code(code) => Some(code.clone()),
            Self::Text(text) => Some(string(text)),
            Self::List(items) => {
                Some(format!("[{}]", items.iter().map(Self::line).collect::<Option<Vec<_>>>()?.join(", ")))
            }
            Self::Object(members) => members.is_empty().then(|| "{}".to_owned()),
        }
    }
}

/// A member at an indentation: its value on the next line where prettier wants it there.
fn member(name: &str, value: &Literal, indent: usize) -> String {
    let key = key(name);
    let column = indent + width(&key) + 2;
    let printed = value.print(indent, column);
    let first = printed.lines().next().unwrap_or_default();
    // A line that ends here has a comma.
    let end = column + width(first) + usize::from(first.len() == printed.len());
    if end <= WIDTH || width(&key) < SHORT || matches!(value, Literal::Code(_)) {
        return format!("{key}: {printed}");
    }
    format!("{key}:\n{}{}", " ".repeat(indent + 2), value.print(indent + 2, indent + 2))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

impl<'de> Deserialize<'de> for Literal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Literal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Literal, E> {
        Ok(Literal::Code("null".to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Literal, E> {
        Ok(Literal::Code(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Literal, E> {
        Ok(Literal::Code(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Literal, E> {
        Ok(Literal::Code(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Literal, E> {
        Ok(Literal::Code(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Literal, E> {
        Ok(Literal::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Literal, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element()? {
            all.push(item);
        }
        Ok(Literal::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Literal, A::Error> {
        let mut all = Vec::new();
        while let Some(member) = members.next_entry()? {
            all.push(member);
        }
        Ok(Literal::Object(all))
    }
}
