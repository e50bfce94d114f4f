//! JSON as the gateway's templates see it: members in their order, integers exact, strings as json-smart reads them.

use indexmap::IndexMap;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    /// A number that neither of them holds, as Java prints it.
    Number(String),
    Text(String),
    List(Vec<Self>),
    Map(IndexMap<String, Self>),
}

impl Json {
    /// Reads a document as it stands; nesting beyond 128 levels is an error, so recursion over a value is bounded.
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The same, and whether some object has a member twice, of which the last one counts.
    pub(crate) fn read_noting(text: &str) -> Result<(Self, bool), serde_json::Error> {
        let doubled = Cell::new(false);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = Any(Some(&doubled)).deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok((value, doubled.get()))
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_map(&self) -> Option<&IndexMap<String, Self>> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.as_map()?.get(name)
    }

    /// What this is, in a message.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::Float(_) | Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "an array",
            Self::Map(_) => "an object",
        }
    }
}

/// Which characters a JSON text has escaped. All three are the same JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// As json-path's `toJson` writes: what JSON demands, and the control and formatting blocks.
    Plain,
    /// As json-smart's `toString` writes, which a printed list goes through: `/` as well.
    Web,
}

/// Writes a JSON string with its quotes.
pub(crate) fn write_string(out: &mut String, text: &str, escapes: Escapes) {
    use fmt::Write;
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '/' if escapes == Escapes::Web => out.push_str("\\/"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2000}'..='\u{20ff}' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// A floating-point number as Java's `Double.toString` prints it.
pub(crate) fn java_double(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) {
        return format!("{number:?}");
    }
    let scientific = format!("{number:e}");
    // Java gives two digits at least, and of those the nearest: 4.9E-324 and not 5.0E-324.
    let scientific = if scientific.contains('.') { scientific } else { format!("{number:.1e}") };
    scientific.replace('e', "E")
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Any(None).deserialize(deserializer)
    }
}

/// Reads any value, and notes whether an object has a member twice.
#[derive(Clone, Copy)]
struct Any<'a>(Option<&'a Cell<bool>>);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, v: bool) -> Result<Json, E> {
        Ok(Json::Bool(v))
    }

    fn visit_i64<E: Error>(self, v: i64) -> Result<Json, E> {
        Ok(Json::Int(v.into()))
    }

    fn visit_u64<E: Error>(self, v: u64) -> Result<Json, E> {
        Ok(Json::Int(v.into()))
    }

    fn visit_f64<E: Error>(self, v: f64) -> Result<Json, E> {
        Ok(Json::Float(v))
    }

    fn visit_str<E: Error>(self, v: &str) -> Result<Json, E> {
        Ok(Json::Text(v.to_owned()))
    }

    fn visit_string<E: Error>(self, v: String) -> Result<Json, E> {
        Ok(Json::Text(v))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut map = IndexMap::new();
        while let Some(name) = members.next_key()? {
            let before = map.insert(name, members.next_value_seed(self)?);
            if let (Some(_), Some(doubled)) = (before, self.0) {
                doubled.set(true);
            }
        }
        Ok(Json::Map(map))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn order_and_integers_are_kept() {
        let Json::Map(map) = Json::read(r#"{"z":18446744073709551615,"a":-1}"#).unwrap() else { panic!() };
        assert_eq!(map.keys().collect::<Vec<_>>(), ["z", "a"]);
        assert_eq!(map["z"], Json::Int(u64::MAX.into()));
    }

    #[test]
    fn doubles_print_as_in_java() {
        for (number, text) in [
            (1.5, "1.5"),
            (1e7, "1.0E7"),
            (1.25e-4, "1.25E-4"),
            (100_000.0, "100000.0"),
            (-0.0, "-0.0"),
            (1e300, "1.0E300"),
            (5e-324, "4.9E-324"),
        ] {
            assert_eq!(java_double(number), text);
        }
    }
}
