//! Findings that somebody allows, each with a reason: what is allowed where, and what of that is found.

use crate::finding::Finding;
use crate::lines::Lines;
use crate::model::Place;
use crate::near::rule;
use std::collections::HashMap;

/// That a rule is allowed somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allow {
    /// The rule, as it is written.
    pub(crate) rule: String,
    /// Where it is written.
    pub(crate) at: Place,
    pub(crate) reason: Option<String>,
    pub(crate) reach: Reach,
    /// What it belongs to, as people know it.
    pub(crate) owner: String,
    /// Whether it is written as such a thing has to be.
    pub(crate) is_whole: bool,
}

/// Which findings are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Those on a line, from 0.
    Line(usize),
    /// Those of an API.
    Api,
    /// Those of a method.
    Method(String),
    /// Those at some places of a method.
    Part(String, Vec<Place>),
}

/// A finding that is allowed.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// What was found.
    pub finding: Finding,
    /// Why it may stay.
    pub reason: String,
}

/// Where a search for an allow begins.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    Line(usize),
    Api,
    Method(&'a str),
}

/// Allows, by what they are of.
pub(crate) struct Allows<'a>(HashMap<(&'a str, Key<'a>), Vec<&'a Allow>>);

impl<'a> Allows<'a> {
    /// Those that are written as they have to be; the others allow nothing.
    pub(crate) fn of(allows: &'a [Allow]) -> Self {
        let mut by_key: HashMap<_, Vec<_>> = HashMap::new();
        let is_good = |allow: &&Allow| allow.is_whole && allow.reason.is_some() && rule(&allow.rule).is_some();
        for allow in allows.iter().filter(is_good) {
            let key = match &allow.reach {
                Reach::Line(line) => Key::Line(*line),
                Reach::Api => Key::Api,
                Reach::Method(method) | Reach::Part(method, _) => Key::Method(method),
            };
            by_key.entry((&*allow.rule, key)).or_default().push(allow);
        }
        Self(by_key)
    }

    /// What allows a finding, the nearest first.
    pub(crate) fn find(&self, finding: &'a Finding, lines: &Lines) -> Option<&'a Allow> {
        let keys = [Key::Line(lines.line(finding.at.start)), Key::Method(&finding.method), Key::Api];
        let found = keys.into_iter().filter_map(|key| self.0.get(&(finding.rule.id, key))).flatten();
        let within = |place: &Place| place.start <= finding.at.start && finding.at.end <= place.end;
        found.copied().find(|allow| match &allow.reach {
            Reach::Part(_, places) => places.iter().any(within),
            _ => true,
        })
    }
}
