//! JSON as the gateway's templates see it: members in their order, integers exact, strings as json-smart reads them.

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
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
        struct Any;

        impl<'de> Visitor<'de> for Any {
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
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Json::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
                let mut map = IndexMap::new();
                while let Some((name, value)) = members.next_entry()? {
                    map.insert(name, value);
                }
                Ok(Json::Map(map))
            }
        }

        deserializer.deserialize_any(Any)
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
