//! Values of a document, their members in the order in which they are written.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// The members of an object.
pub(in crate::output) type Members = IndexMap<String, Data>;

/// A value. Two are equal whatever the order of members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(in crate::output) enum Data {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Self>),
    Map(Members),
}

/// What stands in a schema for people alone.
const ANNOTATIONS: [&str; 5] = ["description", "title", "example", "examples", "externalDocs"];

impl Data {
    /// The members of an object; those of nothing, where it is none.
    pub(in crate::output) fn members(&self) -> impl Iterator<Item = (&String, &Self)> {
        self.map().into_iter().flatten()
    }

    pub(in crate::output) fn map(&self) -> Option<&Members> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    pub(in crate::output) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value under some names, one below the other.
    pub(in crate::output) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, name| value.map()?.get(*name))
    }

    /// Adds a value under some names, and what is missing above it.
    pub(in crate::output) fn put(&mut self, path: &[&str], value: Self) {
        let Some((first, rest)) = path.split_first() else { return self.add(value) };
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Members::new());
        }
        if let Self::Map(map) = self {
            map.entry((*first).to_owned()).or_insert(Self::Null).put(rest, value);
        }
    }

    /// Adds the members that another has more, at every depth.
    pub(in crate::output) fn add(&mut self, other: Self) {
        match (self, other) {
            (Self::Map(map), Self::Map(more)) => {
                for (name, value) in more {
                    map.entry(name).or_insert(Self::Null).add(value);
                }
            }
            (this @ Self::Null, other) => *this = other,
            _ => {}
        }
    }

    /// Every schema that it names.
    pub(super) fn references(&self, found: &mut impl FnMut(&str)) {
        match self {
            Self::Map(map) => map.iter().for_each(|(name, value)| match value {
                Self::Text(text) if name == "$ref" => text.strip_prefix(SCHEMAS).into_iter().for_each(&mut *found),
                value => value.references(found),
            }),
            Self::List(list) => list.iter().for_each(|value| value.references(found)),
            _ => {}
        }
    }

    /// Whether both mean the same as schemas: texts for people may differ, and so may the order of a list of names.
    pub(super) fn is_schema_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Map(a), Self::Map(b)) => {
                let said = |name: &str, map: &Members| {
                    // What is named so among `properties` is a member of the value, and a schema itself.
                    map.get(name).filter(|value| !ANNOTATIONS.contains(&name) || matches!(value, Self::Map(_))).cloned()
                };
                let names = a.keys().chain(b.keys()).filter(|name| !name.starts_with("x-"));
                names.into_iter().all(|name| match (said(name, a), said(name, b)) {
                    (Some(a), Some(b)) => a.is_schema_like(&b),
                    (a, b) => a.is_none() && b.is_none(),
                })
            }
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().all(|one| b.iter().any(|other| one.is_schema_like(other)))
            }
            (a, b) => a == b,
        }
    }

    /// Whether both are the same word: a status is a number to some, and a text to others.
    pub(super) fn is_word_like(&self, other: &Self) -> bool {
        let word = |value: &Self| match value {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            _ => None,
        };
        self == other || word(self).is_some_and(|this| word(other) == Some(this))
    }

    /// A value as a sentence shows it.
    pub(super) fn shown(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        if text.chars().count() <= LONG { text } else { text.chars().take(LONG).chain("…".chars()).collect() }
    }
}

/// Where schemas stand, as references name them.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// The longest value that a sentence shows, in characters.
const LONG: usize = 100;
