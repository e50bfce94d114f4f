//! What a document itself allows: `x-throwback-allow` in OpenAPI, `Metadata` in CloudFormation.

use crate::allow::{Allow, Reach};
use crate::model::Place;
use crate::tree::{Member, Node, Value};
use std::collections::HashSet;

/// The member of OpenAPI.
pub(super) const MEMBER: &str = "x-throwback-allow";

/// Adds what an object of OpenAPI allows below it.
pub(super) fn openapi(node: &Node, reach: &Reach, owner: &str, allows: &mut Vec<Allow>) {
    if let Some(said) = node.member(MEMBER) {
        all(said, reach, owner, allows);
    }
}

/// Adds what a resource of CloudFormation allows in it.
pub(super) fn cloudformation(resource: &Node, reach: &Reach, owner: &str, allows: &mut Vec<Allow>) {
    let throwback = resource.get("Metadata").and_then(|metadata| metadata.get("Throwback"));
    if let Some(said) = throwback.and_then(|throwback| throwback.member("Allow")) {
        all(said, reach, owner, allows);
    }
}

fn all(said: &Member, reach: &Reach, owner: &str, allows: &mut Vec<Allow>) {
    let mut allow = |rule: &str, at: &Place, reason: Option<&str>| {
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        let (rule, owner) = (rule.to_owned(), owner.to_owned());
        allows.push(Allow { rule, at: at.clone(), reason, reach: reach.clone(), owner, is_whole: true });
    };
    match &said.value.value {
        Value::Map(members) => members.iter().for_each(|member| allow(&member.key, &member.at, member.value.text())),
        // A list of rules, or the one: there is no place for a reason.
        Value::List(items) => {
            items
                .iter()
                .filter_map(|item| Some((item, item.text()?)))
                .for_each(|(item, rule)| allow(rule, &item.at, None));
        }
        Value::Scalar(rule) => allow(rule, &said.value.at, None),
    }
}

/// How many places are kept: more than a document of people's has.
const PLACES: usize = 1_000;

/// The places of all that a member holds, also of what an alias or a reference brings from elsewhere.
pub(super) fn places(key: &Place, value: &Node) -> Vec<Place> {
    let mut places = vec![key.clone(), value.at.clone()];
    let mut seen = HashSet::new();
    let mut left = vec![(value, value.at.clone())];
    while let Some((node, around)) = left.pop().filter(|_| places.len() < PLACES) {
        if !seen.insert(std::ptr::from_ref(node)) {
            continue;
        }
        let is_within = around.start <= node.at.start && node.at.end <= around.end;
        if !is_within {
            places.push(node.at.clone());
        }
        let around = if is_within { around } else { node.at.clone() };
        let mut add = |key: Option<&Place>, node| {
            // A merge brings a name from elsewhere as well.
            if let Some(key) = key.filter(|key| key.start < around.start || around.end < key.end) {
                places.push(key.clone());
            }
            left.push((node, around.clone()));
        };
        match &node.value {
            Value::Scalar(_) => {}
            Value::List(items) => items.iter().for_each(|item| add(None, &**item)),
            Value::Map(members) => members.iter().for_each(|member| add(Some(&member.at), &*member.value)),
        }
    }
    places
}
