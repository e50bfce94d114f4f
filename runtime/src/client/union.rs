//! Enums of the API that may get more variants one day: what is known is read as serde reads it, anything else is kept.

use serde::Deserializer;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, IntoDeserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use std::marker::PhantomData;
use std::vec;

/// An enum whose variants hold values, and which has one more for what it does not know.
pub trait Union: Sized {
    /// The member that names the variant; none where the variant's name is the only member.
    const TAG: Option<&'static str>;
    /// The variants that it knows.
    const KNOWN: &'static [&'static str];

    /// Reads a variant that it knows.
    ///
    /// # Errors
    /// The variant's content does not fit.
    fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Keeps one that it does not know.
    fn unknown(value: Value) -> Self;
}

/// Reads a union: a variant that it knows has to fit.
///
/// # Errors
/// It is no union, or what is known of it does not fit.
pub fn read_union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_any(Reader(PhantomData))
}

struct Reader<U>(PhantomData<U>);

impl<U: Union> Reader<U> {
    fn knows(name: &str) -> bool {
        U::KNOWN.contains(&name)
    }
}

impl<'de, U: Union> Visitor<'de> for Reader<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match U::TAG {
            Some(tag) => write!(f, "an object with a member `{tag}`"),
            None => f.write_str("the name of a variant, or an object with that one member"),
        }
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<U, E> {
        if U::TAG.is_some() {
            Err(E::invalid_type(serde::de::Unexpected::Str(name), &self))
        } else if Self::knows(name) {
            U::known(name.into_deserializer())
        } else {
            Ok(U::unknown(name.into()))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<U, A::Error> {
        // What stands before the tag, in the order in which it came.
        let mut ahead = Vec::new();
        let known = loop {
            let Some(name) = map.next_key::<String>()? else {
                return Err(U::TAG.map_or_else(|| A::Error::invalid_length(0, &self), A::Error::missing_field));
            };
            match U::TAG {
                None => {
                    let known = Self::knows(&name);
                    ahead.push((name, None));
                    break known;
                }
                Some(tag) if tag == name => {
                    let variant: String = map.next_value()?;
                    let known = Self::knows(&variant);
                    ahead.push((name, Some(variant.into())));
                    break known;
                }
                Some(_) => ahead.push((name, Some(map.next_value()?))),
            }
        };
        let mut members = Members { ahead: ahead.into_iter(), value: None, rest: &mut map };
        if known {
            let union = U::known(MapAccessDeserializer::new(&mut members))?;
            if U::TAG.is_none() && members.next_key::<IgnoredAny>()?.is_some() {
                return Err(A::Error::invalid_length(2, &self));
            }
            return Ok(union);
        }
        let mut all = Map::new();
        while let Some((name, value)) = members.next_entry()? {
            all.insert(name, value);
        }
        if U::TAG.is_none() && all.len() > 1 {
            return Err(A::Error::invalid_length(all.len(), &self));
        }
        Ok(U::unknown(Value::Object(all)))
    }
}

/// The members that were read ahead, and then the others.
struct Members<'a, A> {
    ahead: vec::IntoIter<(String, Option<Value>)>,
    /// The value of the member whose name was given last; none where the others have it.
    value: Option<Value>,
    rest: &'a mut A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some((name, value)) = self.ahead.next() else { return self.rest.next_key_seed(seed) };
        self.value = value;
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        let Some(value) = self.value.take() else { return self.rest.next_value_seed(seed) };
        seed.deserialize(value).map_err(A::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use crate::client::v1;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    #[serde(remote = "Self")]
    enum Outside {
        #[serde(rename = "none")]
        None,
        #[serde(rename = "wide")]
        Wide(u128),
        #[serde(rename = "by_number")]
        ByNumber { of: BTreeMap<u8, String> },
        #[serde(skip)]
        Unknown(Value),
    }

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    #[serde(tag = "kind", remote = "Self")]
    enum Inside {
        #[serde(rename = "none")]
        None,
        #[serde(rename = "long")]
        Long { id: u64, within: Vec<Inside> },
        #[serde(skip)]
        Unknown(Value),
    }

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    #[serde(tag = "t", content = "c", remote = "Self")]
    enum Beside {
        #[serde(rename = "none")]
        None,
        #[serde(rename = "wide")]
        Wide(u128),
        #[serde(skip)]
        Unknown(Value),
    }

    v1::unions! {
        Outside { "none", "wide", "by_number" } else Unknown;
        Inside by "kind" { "none", "long" } else Unknown;
        Beside by "t" { "none", "wide" } else Unknown;
    }

    /// Reads it, and sees that what is written again is the same.
    fn read<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
        let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
        assert_eq!(serde_json::to_value(&value).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        Ok(value)
    }

    #[test]
    fn what_is_known_is_read_with_every_digit() {
        let wide = u128::MAX;
        assert_eq!(read(r#""none""#), Ok(Outside::None));
        assert_eq!(serde_json::from_str::<Outside>(&format!(r#"{{"wide":{wide}}}"#)).unwrap(), Outside::Wide(wide));
        let of = BTreeMap::from([(7, "x".to_owned())]);
        assert_eq!(read(r#"{"by_number":{"of":{"7":"x"}}}"#), Ok(Outside::ByNumber { of }));
        assert_eq!(read(r#"{"kind":"none"}"#), Ok(Inside::None));
        let long = Inside::Long { id: u64::MAX, within: vec![Inside::None] };
        assert_eq!(read(&format!(r#"{{"id":{},"kind":"long","within":[{{"kind":"none"}}]}}"#, u64::MAX)), Ok(long));
        assert_eq!(read(r#"{"t":"none"}"#), Ok(Beside::None));
        let text = format!(r#"{{"t":"wide","c":{wide}}}"#);
        assert_eq!(serde_json::from_str::<Beside>(&text).unwrap(), Beside::Wide(wide));
    }

    #[test]
    fn what_is_newer_is_kept_whole() {
        assert_eq!(read(r#""new""#), Ok(Outside::Unknown(json!("new"))));
        assert_eq!(read(r#"{"new":[1]}"#), Ok(Outside::Unknown(json!({ "new": [1] }))));
        let new = json!({ "a": 1, "kind": "new", "b": { "kind": "none" } });
        assert_eq!(read(&new.to_string()), Ok(Inside::Unknown(new)));
        assert_eq!(read(r#"{"c":1,"t":"new"}"#), Ok(Beside::Unknown(json!({ "t": "new", "c": 1 }))));
        let within = read::<Inside>(r#"{"kind":"long","id":1,"within":[{"kind":"new"}]}"#);
        assert_eq!(within, Ok(Inside::Long { id: 1, within: vec![Inside::Unknown(json!({ "kind": "new" }))] }));
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let outside = |text: &str| read::<Outside>(text).unwrap_err();
        assert!(outside(r#"{"by_number":{"of":7}}"#).starts_with("invalid type: integer `7`, expected a map"));
        assert!(outside(r#"{"wide":1,"none":null}"#).starts_with("invalid length 2, expected the name of a variant"));
        assert!(outside(r#"{"new":1,"newer":2}"#).starts_with("invalid length 2"));
        assert!(outside("{}").starts_with("invalid length 0"));
        assert!(outside("7").starts_with("invalid type: integer `7`, expected the name of a variant"));
        let inside = |text: &str| read::<Inside>(text).unwrap_err();
        assert!(inside(r#"{"kind":"long","id":1}"#).starts_with("missing field `within`"));
        assert!(inside(r#"{"id":1}"#).starts_with("missing field `kind`"));
        assert!(inside(r#"{"kind":7}"#).starts_with("invalid type: integer `7`, expected a string"));
        assert!(
            inside(r#""none""#).starts_with("invalid type: string \"none\", expected an object with a member `kind`")
        );
    }
}
