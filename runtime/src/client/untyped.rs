//! The members of an error as JSON, with every digit.

use serde::de::DeserializeOwned;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt;

/// The members of an error, in their order, each as a JSON text: of one that this client does not know, with every digit that it came
/// with.
///
/// ```
/// # use throwback::client::{Failure, decode, http, v1};
/// # #[derive(Debug)] enum NoErrors {}
/// # v1::error_sets! { NoErrors {} }
/// # let mut headers = http::HeaderMap::new();
/// # headers.insert("x-error-code", http::HeaderValue::from_static("OrderOnHold"));
/// let body = br#"{"code":"OrderOnHold","status":423,"queue":340282366920938463463374607431768211455}"#;
/// let failure: Failure<NoErrors> = decode(http::StatusCode::LOCKED, &headers, body);
/// let Failure::Undeclared(error) = failure else { panic!() };
/// assert_eq!(error.members().read::<u128>("queue"), Some(u128::MAX));
/// assert_eq!(error.members().get("queue").unwrap().get(), "340282366920938463463374607431768211455");
/// ```
#[derive(Clone, Default)]
pub struct Untyped(pub(super) Vec<(String, Box<RawValue>)>);

impl Untyped {
    /// The JSON text of a member.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// A member as a type; `None` where there is none, or it does not fit.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// All of them, by their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), &**value))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a text out; nothing where the member is none.
    pub(super) fn take_text(&mut self, name: &str) -> Option<String> {
        let text = self.read(name)?;
        self.0.retain(|(known, _)| known != name);
        Some(text)
    }
}

/// By their texts: `1.0` is not `1`.
impl PartialEq for Untyped {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.iter().all(|(name, value)| other.get(name).map(RawValue::get) == Some(value.get()))
    }
}

impl fmt::Debug for Untyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(name, value)| (name, value.get()))).finish()
    }
}

/// An object. A member that a `Value` can't hold, such as an integer of 128 bits, needs a serializer of `serde_json`.
impl Serialize for Untyped {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, raw) in self.iter() {
            let value = serde_json::from_str::<Value>(raw.get()).ok();
            match value.filter(|value| serde_json::to_string(value).is_ok_and(|text| text == raw.get())) {
                Some(value) => map.serialize_entry(name, &value)?,
                None => map.serialize_entry(name, raw)?,
            }
        }
        map.end()
    }
}
