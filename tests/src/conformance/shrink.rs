//! Makes a failing case smaller as long as it still fails.

use super::cases::{Case, Escapes, Message, Request, Success, Thrown, What};
use serde_json::{Map, Value};

/// Every case that is this one with something left out, boldest first.
pub(super) fn smaller(case: &Case) -> Vec<Case> {
    let with = |what: What| Case { what, ..case.clone() };
    match &case.what {
        What::Thrown(thrown) => self::thrown(thrown).into_iter().map(|thrown| with(What::Thrown(thrown))).collect(),
        What::Message(message) => {
            let plain = Message { escapes: Escapes::None, ..message.clone() };
            let bare = Message { error_type: None, ..message.clone() };
            let shorter = texts(&message.text).into_iter().map(|text| Message { text, ..message.clone() });
            let all = std::iter::once(bare).filter(|_| message.error_type.is_some());
            let all = all.chain(std::iter::once(plain).filter(|_| message.escapes != Escapes::None)).chain(shorter);
            all.map(|message| with(What::Message(message))).collect()
        }
        What::Success(success) => {
            let value = serde_json::from_str(&success.payload).unwrap_or_default();
            let payloads = values(&value).into_iter().map(|value| value.to_string());
            payloads.map(|payload| with(What::Success(Success { payload }))).collect()
        }
        What::Request(request) => self::request(request).into_iter().map(|it| with(What::Request(it))).collect(),
    }
}

fn thrown(thrown: &Thrown) -> Vec<Thrown> {
    let mut all = Vec::new();
    if thrown.instance.is_some() {
        all.push(Thrown { instance: None, ..thrown.clone() });
    }
    if thrown.delay.is_some() {
        all.push(Thrown { delay: None, ..thrown.clone() });
    }
    if thrown.escapes != Escapes::None {
        all.push(Thrown { escapes: Escapes::None, ..thrown.clone() });
    }
    for (at, (_, value)) in thrown.members.iter().enumerate() {
        for value in values(value) {
            let mut smaller = thrown.clone();
            smaller.members.get_mut(at).into_iter().for_each(|member| member.1.clone_from(&value));
            all.push(smaller);
        }
    }
    all.extend(texts(&thrown.detail).into_iter().map(|detail| Thrown { detail, ..thrown.clone() }));
    let instances = thrown.instance.as_deref().map(texts).unwrap_or_default();
    all.extend(instances.into_iter().map(|instance| Thrown { instance: Some(instance), ..thrown.clone() }));
    all
}

fn request(request: &Request) -> Vec<Request> {
    let mut all: Vec<_> = texts(&request.body).into_iter().map(|body| Request { body, ..request.clone() }).collect();
    for (at, (_, value)) in request.query.iter().enumerate() {
        let mut without = request.clone();
        without.query.remove(at);
        all.push(without);
        for text in texts(value) {
            let mut smaller = request.clone();
            smaller.query.get_mut(at).into_iter().for_each(|pair| pair.1.clone_from(&text));
            all.push(smaller);
        }
    }
    for at in 0..request.headers.len() {
        let mut without = request.clone();
        without.headers.remove(at);
        all.push(without);
    }
    for at in 0..request.claims.len() {
        let mut without = request.clone();
        without.claims.remove(at);
        all.push(without);
    }
    for (at, (_, value)) in request.path.iter().enumerate() {
        for text in texts(value).into_iter().filter(|text| !text.is_empty()) {
            let mut smaller = request.clone();
            smaller.path.get_mut(at).into_iter().for_each(|pair| pair.1.clone_from(&text));
            all.push(smaller);
        }
    }
    all
}

/// Values with less in them than this one.
fn values(value: &Value) -> Vec<Value> {
    let mut all = vec![Value::Null];
    match value {
        Value::Null => all.clear(),
        Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => all.extend(texts(text).into_iter().map(Value::String)),
        Value::Array(items) => {
            for at in 0..items.len() {
                all.push(items[at].clone());
                let rest = items.iter().enumerate().filter(|(other, _)| *other != at);
                all.push(rest.map(|(_, item)| item.clone()).collect());
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                all.push(value.clone());
                let rest = members.iter().filter(|(other, _)| *other != name);
                let rest: Map<_, _> = rest.map(|(name, value)| (name.clone(), value.clone())).collect();
                all.push(rest.clone().into());
                for name in texts(name) {
                    let mut renamed = rest.clone();
                    renamed.insert(name, value.clone());
                    all.push(renamed.into());
                }
            }
        }
    }
    all
}

/// Texts with less in them than this one: pieces taken out, from all of it down to single characters.
fn texts(text: &str) -> Vec<String> {
    let ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let count = ends.len() - 1;
    let mut all = Vec::new();
    let mut size = count;
    while size > 0 && all.len() < 200 {
        for start in (0..count).step_by(size) {
            let (from, to) = (ends[start], ends[(start + size).min(count)]);
            all.push([&text[..from], &text[to..]].concat());
            if all.len() >= 400 {
                break;
            }
        }
        size /= 2;
    }
    all
}
