//! Answers that are broken on the way, or come from another age, and what is left of them.

use super::super::sample::Samples;
use super::problem::{Problem, member, text};
use super::{Case, Caught, GATEWAY_ID, PAGE, by_status};
use crate::contract::ErrorDef;
use serde_json::{Value, json};

impl Problem {
    /// Answers that are broken, or from another age, and what is left of them.
    pub(super) fn dirty(&self, operation: &str) -> Vec<Case> {
        let caught = &self.caught;
        let whole = text(&self.members);
        let reversed: Vec<_> = self.members.iter().rev().cloned().collect();
        let mut unknown = self.members.clone();
        unknown.insert(1, ("toCome".to_owned(), json!({ "code": "Other", "status": [1] })));
        let mistyped = self.members.iter().cloned().map(|(name, value)| match name.as_str() {
            // RFC 9457 section 3.1: such a member is ignored. The HTTP status is the one that counts.
            "title" => (name, json!(7)),
            "status" => (name, json!("404")),
            _ => (name, value),
        });
        let mistyped: Vec<_> = mistyped.collect();
        let detailed = self.members.iter().any(|(name, _)| name == "detail");
        let untitled = Caught { detail: caught.detail.clone().filter(|_| detailed), ..caught.clone() };
        let known = caught.who != "undeclared";
        let lists_all = || Caught {
            // Whoever knows no field of an error lists all its members.
            fields: caught.fields.clone().filter(|_| known),
            ..caught.clone()
        };
        let code = self.code.as_str();
        let renamed = |change: fn(&str) -> String| {
            self.headers.iter().map(|(name, value)| (change(name), value.clone())).collect::<Vec<_>>()
        };
        let with_code = |value: &str| {
            let change = |(name, old): &(String, String)| {
                (name.clone(), if name == "x-error-code" { value.to_owned() } else { old.clone() })
            };
            self.headers.iter().map(change).collect::<Vec<_>>()
        };
        let without = |gone: &str| self.headers.iter().filter(|(name, _)| name != gone).cloned().collect::<Vec<_>>();
        let doubled = || self.headers.iter().cloned().chain([("x-error-code".to_owned(), code.to_owned())]).collect();
        let mut cases = vec![
            ("with a member that nobody knows", self.headers.clone(), text(&unknown), lists_all()),
            ("with its members in another order", self.headers.clone(), text(&reversed), caught.clone()),
            ("with a title and a status of wrong types", self.headers.clone(), text(&mistyped), untitled),
            ("with its code header twice", doubled(), whole.clone(), caught.clone()),
            ("with its code header joined", with_code(&format!("{code}, {code}")), whole.clone(), caught.clone()),
            (
                "with a colon behind its code",
                with_code(&format!("{code}:https://a.b/c")),
                whole.clone(),
                caught.clone(),
            ),
            ("with a hash behind its code", with_code(&format!("{code}#x")), whole.clone(), caught.clone()),
            ("with its headers in other letters", renamed(str::to_uppercase), whole.clone(), caught.clone()),
            ("without its code header", without("x-error-code"), whole.clone(), caught.clone()),
            ("without a content type", without("content-type"), whole.clone(), caught.clone()),
            ("behind a byte-order mark", self.headers.clone(), format!("\u{feff}{whole}"), caught.clone()),
        ];
        let mut middle = whole.len() / 2;
        while !whole.is_char_boundary(middle) {
            middle += 1;
        }
        cases.extend([
            ("empty", self.headers.clone(), String::new(), self.without_body()),
            ("as a page", self.headers.clone(), PAGE.to_owned(), self.lost(false)),
            ("cut in the middle", self.headers.clone(), whole[..middle].to_owned(), self.lost(true)),
        ]);
        cases.into_iter().map(|(how, headers, body, caught)| self.case(operation, how, headers, body, caught)).collect()
    }

    /// What is left where the body can't be read; `cut`, where somebody may have read a part of it.
    pub(super) fn lost(&self, cut: bool) -> Caught {
        let caught = &self.caught;
        let known = caught.who != "undeclared";
        Caught {
            who: "unmodelled",
            kind: None,
            // An advice that only the body gives is lost with it; so is the function's id.
            retry: if known { caught.retry.clone() } else { by_status(caught.status).to_owned() },
            retry_after: Some(retry_after(&self.headers)),
            request_id: Some(GATEWAY_ID).filter(|_| !cut),
            detail: None,
            fields: None,
            ..caught.clone()
        }
    }

    /// What is left without a body, as in the answer to a `HEAD`: an error is whole that has to have no member.
    fn without_body(&self) -> Caught {
        let lost = self.lost(false);
        if self.needs_members {
            return lost;
        }
        Caught { who: self.caught.who, kind: self.caught.kind, ..lost }
    }

    /// Answers whose fields do not fit the contract: the code, the status and what else is left.
    pub(super) fn misfits(&self, operation: &str, error: &ErrorDef, samples: &Samples<'_>) -> Vec<Case> {
        let mut members = self.members.clone();
        members.push(member("truncated", true));
        let lost = Caught { who: "unmodelled", fields: None, ..self.caught.clone() };
        let mut cases =
            vec![self.case(operation, "with its fields left out", self.headers.clone(), text(&members), lost.clone())];
        let strict = error
            .fields
            .iter()
            .filter(|_| error.exposed)
            .find(|field| !field.optional && !field.flatten && samples.is_strict(&field.ty));
        if let Some(field) = strict {
            let changed = |value: Option<Value>| {
                let members = self.members.iter().filter_map(|(name, old)| {
                    let value = if *name == field.name { value.clone()? } else { old.clone() };
                    Some((name.clone(), value))
                });
                text(&members.collect::<Vec<_>>())
            };
            for (how, value) in [
                ("with a wrong type", Some(Value::Bool(true))),
                ("with null for a member", Some(Value::Null)),
                ("without a member", None),
            ] {
                cases.push(self.case(operation, how, self.headers.clone(), changed(value), lost.clone()));
            }
        }
        cases
    }
}

pub(super) fn retry_after(headers: &[(String, String)]) -> Value {
    let value = headers.iter().find(|(name, _)| name == "retry-after").and_then(|(_, value)| value.parse::<u64>().ok());
    value.into()
}
