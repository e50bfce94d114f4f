//! Answers that one reader of JSON takes and another one does not, and what all clients make of them: as `serde_json` reads them.

use super::super::sample::{Samples, may_miss};
use super::problem::{Problem, member, own, text};
use super::{Case, Caught};
use crate::contract::{ErrorDef, Type};
use serde_json::{Value, json};

/// Members that nobody declares, and that a reader may stumble over.
const UNKNOWN: [(&str, &str); 4] =
    [("__proto__", r#"{"polluted":true}"#), ("constructor", "1"), ("", "null"), ("toString", "[]")];

/// A header's name and value.
type Header = (&'static str, &'static str);

/// How deep a member may nest that nobody reads.
const DEEP: usize = 10_000;

impl Problem {
    /// Answers of a declared error that are read in one way alone.
    pub(super) fn strict(&self, operation: &str, error: &ErrorDef, samples: &Samples<'_>) -> Vec<Case> {
        let lost = || Caught { who: "unmodelled", fields: None, ..self.caught.clone() };
        let whole = text(&self.members);
        let with = |more: &str| format!("{},{more}}}", &whole[..whole.len() - 1]);
        let case = |how: &str, body: String, caught| self.case(operation, how, self.headers.clone(), body, caught);
        let mut cases = Vec::new();
        for (name, value) in UNKNOWN.iter().filter(|(name, _)| error.fields.iter().all(|field| field.name != *name)) {
            let body = with(&format!("{}:{value}", Value::from(*name)));
            cases.push(case(&format!("with a member `{name}`"), body, self.caught.clone()));
        }
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        for (how, more) in [
            ("with digits without end in a member that nobody knows", "7".repeat(5_000)),
            ("with a member that nobody knows, 101 deep", nested(101)),
            ("with half of a pair in a member that nobody knows", r#""\ud800""#.to_owned()),
        ] {
            cases.push(case(how, with(&format!("\"toCome\":{more}")), self.caught.clone()));
        }
        for (how, body) in [
            ("with text behind it", format!("{whole} x")),
            ("with an object behind it", format!("{whole}{{}}")),
            ("with no number in a member that nobody knows", with("\"toCome\":NaN")),
            ("with a comma too many", with("")),
        ] {
            cases.push(case(how, body, self.lost(true)));
        }
        let own = |fits: &dyn Fn(&Type) -> bool| own(error, fits);
        if let Some(field) = own(&|_| true) {
            let (_, value) = self.members.iter().find(|(name, _)| *name == field.name).cloned().unwrap_or_default();
            let again = text(&[(field.name.clone(), value)]);
            let body = with(&again[1..again.len() - 1]);
            cases.push(case("with a member twice", body, lost()));
        }
        let other_letters = |name: &str| {
            let upper = name.to_uppercase();
            (upper != name && error.fields.iter().all(|field| field.name != upper)).then_some(upper)
        };
        let strict = own(&|ty| samples.is_strict(ty)).filter(|field| !may_miss(field));
        if let Some((field, upper)) = strict.and_then(|field| Some((field, other_letters(&field.name)?))) {
            let members = self.members.iter().cloned();
            let members =
                members.map(|(name, value)| if name == field.name { (upper.clone(), value) } else { (name, value) });
            cases.push(case("with a member in other letters", text(&members.collect::<Vec<_>>()), lost()));
        }
        let replaced = |name: &str, value: &str| self.replaced(name, value);
        if let Some(field) = own(&|ty| matches!(ty, Type::Int { .. })) {
            let over = match field.ty {
                Type::Int { bits, signed } if bits <= 64 => {
                    let less = u32::from(signed);
                    (1_u128 << (u32::from(bits) - less)).to_string()
                }
                _ => "1".repeat(60),
            };
            for (how, value) in [
                ("with a fraction for an integer", "7.0"),
                ("with an exponent for an integer", "7e0"),
                ("with a text for an integer", "\"7\""),
                ("with `true` for an integer", "true"),
                ("with an integer that is too large", &over),
                ("with an integer without end", &"7".repeat(5_000)),
            ] {
                cases.push(case(how, replaced(&field.name, value), lost()));
            }
            cases.push(case("with no number for an integer", replaced(&field.name, "NaN"), self.lost(true)));
            if matches!(field.ty, Type::Int { signed: false, .. }) {
                cases.push(case("with less than nothing", replaced(&field.name, "-1"), lost()));
            }
        }
        if let Some(field) = own(&|ty| *ty == Type::STRING) {
            cases.push(case("with half of a pair for a text", replaced(&field.name, r#""\ud83e""#), lost()));
            let mut bytes = replaced(&field.name, "\"?\"").into_bytes();
            let at = bytes.iter().rposition(|byte| *byte == b'?').unwrap_or_default();
            bytes[at] = 0xFF;
            let how = "with bytes that are no UTF-8";
            cases.push(self.case(operation, how, self.headers.clone(), bytes, self.lost(true)));
        }
        cases
    }

    /// An error that nobody declares: its members are kept as they came.
    pub(super) fn untyped(&self, operation: &str) -> Vec<Case> {
        let whole = text(&self.members);
        let with = |more: &str| format!("{},{more}}}", &whole[..whole.len() - 1]);
        let case = |how: &str, body: String, caught| self.case(operation, how, self.headers.clone(), body, caught);
        let unread = || Caught { fields: None, ..self.caught.clone() };
        let nested = |depth: usize| format!("\"deep\":{}{}", "[".repeat(depth), "]".repeat(depth));
        let digits = "\"digits\":340282366920938463463374607431768211457";
        let mut all = text(&[member("queue", u64::MAX)]);
        all.insert_str(all.len() - 1, &format!(",{digits}"));
        let kept = Caught { fields: serde_json::from_str(&all).ok(), ..self.caught.clone() };
        let twice = Caught { who: "unmodelled", ..unread() };
        vec![
            case("with every digit", with(digits), kept),
            case("with digits without end", with(&format!("\"digits\":{}", "7".repeat(5_000))), unread()),
            case("that is deep", with(&nested(DEEP)), unread()),
            case("with half of a pair", with(r#""half":"\ud800""#), unread()),
            case("with a member twice", with("\"queue\":1"), twice),
            case("with a member `__proto__`", with(r#""__proto__":{"queue":1}"#), unread()),
        ]
    }

    /// What `Retry-After` says (RFC 9110 section 10.2.3), and what it may not say.
    pub(super) fn delayed(&self, operation: &str) -> Vec<Case> {
        let mut bare: Vec<_> = self.members.clone();
        bare.retain(|(name, _)| name != "retryAfter");
        let date = ("date", "Wed, 21 Oct 2015 07:27:30 GMT");
        let said: [(&str, &[Header], Value); 9] = [
            ("seconds", &[("retry-after", "7")], json!(7)),
            ("a fraction of a second", &[("retry-after", "2.5")], json!(3)),
            ("nothing to wait for", &[("retry-after", "0")], json!(0)),
            ("less than nothing", &[("retry-after", "-1")], Value::Null),
            ("a billion seconds", &[("retry-after", "1000000000")], json!(1_000_000_000)),
            ("a date", &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"), date], json!(30)),
            ("a date that is over", &[("retry-after", "Wed, 21 Oct 2015 07:27:00 GMT"), date], json!(0)),
            ("a date, and no clock", &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")], Value::Null),
            ("a word", &[("retry-after", "soon")], Value::Null),
        ];
        let mut cases: Vec<_> = said
            .into_iter()
            .map(|(how, headers, seconds)| {
                let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
                let headers = self.headers.iter().cloned().chain(headers).collect();
                let caught = Caught { retry_after: Some(seconds), ..self.caught.clone() };
                self.case(operation, &format!("delayed by {how}"), headers, text(&bare), caught)
            })
            .collect();
        // What is no delay in the body is ignored, as RFC 9457 section 3.1 asks of members of a wrong type.
        for value in [json!(2.5), json!(-1), json!("3")] {
            let members: Vec<_> = bare.iter().cloned().chain([member("retryAfter", value.clone())]).collect();
            let headers = self.headers.iter().cloned().chain([("retry-after".to_owned(), "9".to_owned())]).collect();
            let caught = Caught { retry_after: Some(json!(9)), ..self.caught.clone() };
            cases.push(self.case(
                operation,
                &format!("delayed by {value} in its body"),
                headers,
                text(&members),
                caught,
            ));
        }
        cases
    }
}
