//! Findings: what a rule says of a place, with a witness where there can be one.

use crate::model::Place;
use serde::Serialize;
use std::fmt;

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// It goes wrong for some.
    Warning,
    /// It goes wrong.
    Error,
}

impl Level {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, in kebab case; never given to another.
    pub id: &'static str,
    /// What is wrong, in a sentence without a full stop.
    pub title: &'static str,
    /// Why it goes wrong, and how that is known.
    pub why: &'static str,
    /// How it is mended.
    pub mend: &'static str,
    /// How bad it is by default.
    pub level: Level,
    /// The page of AWS's documentation, or the part of ours, that it comes from.
    pub reference: &'static str,
}

/// What a rule says of a place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub level: Level,
    /// The number of its file.
    pub file: usize,
    /// Where it stands, in bytes.
    pub at: Place,
    /// Other places that belong to it, each with what is there.
    pub also: Vec<(Place, String)>,
    /// The method that it is about, as people know it.
    pub method: String,
    /// What is wrong here.
    pub message: String,
    /// What proves it.
    pub witness: Option<Witness>,
    /// How it is mended here, where the rule's own words say too little.
    pub mend: Option<String>,
    /// The methods that have it at the very same text, beside the first.
    pub repeated: Vec<Repeated>,
    /// What stays of it when lines above it come and go: rule, file, method and text.
    pub fingerprint: String,
}

/// The same finding of another method.
#[derive(Debug, Clone)]
pub struct Repeated {
    /// The method.
    pub method: String,
    /// Where it stands, in bytes.
    pub at: Place,
    /// Its own fingerprint.
    pub fingerprint: String,
}

/// What proves a finding: a message that the function throws, or something else that happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// What happens.
    pub given: String,
    /// What the client sees today.
    pub today: String,
    /// What it sees after the mend.
    pub mended: String,
}
