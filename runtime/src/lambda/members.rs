//! Names that the members of an object have, in JSON that nobody has read yet.

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// Whether any member of a JSON object has a name that is wanted, however it is written.
pub(super) fn any(text: &str, wanted: impl FnMut(&str) -> bool) -> serde_json::Result<bool> {
    serde_json::Deserializer::from_str(text).deserialize_map(Members(wanted))
}

struct Members<F>(F);

impl<'de, F: FnMut(&str) -> bool> Visitor<'de> for Members<F> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some((name, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
            found |= (self.0)(&name);
        }
        Ok(found)
    }
}
