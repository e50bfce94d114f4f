//! Answers with less to prove them than they should come with, and what a client may then believe.

use super::dirty::retry_after;
use super::problem::{Problem, text};
use super::{Case, Caught, GATEWAY_ID, by_status};
use serde_json::json;

impl Problem {
    /// The same problem, proved by one thing alone or by nothing.
    pub(super) fn proved(&self, operation: &str) -> Vec<Case> {
        let whole = text(&self.members);
        let case = |how, headers, caught: &Caught| self.case(operation, how, headers, whole.clone(), caught.clone());
        let caught = &self.caught;
        let named = format!("{}:http://a.b/", self.code);
        let mut cases = vec![
            case(
                "with its media type alone, in other letters and with a parameter",
                self.only("content-type", "Application/Problem+JSON ; charset=\"utf-8\""),
                caught,
            ),
            case("named by `x-amzn-errortype` and its body alone", self.only("x-amzn-errortype", &named), caught),
        ];
        let members = self.members.iter().cloned().map(|(name, value)| match name.as_str() {
            "code" => (name, json!("AnotherThanTheHeader")),
            _ => (name, value),
        });
        let renamed = text(&members.collect::<Vec<_>>());
        let how = "with another code in its body";
        cases.push(self.case(operation, how, self.headers.clone(), renamed, caught.clone()));
        // What nothing proves has no say: its code is for people, and what it says of a repeat does not count.
        let foreign = Caught {
            who: "unmodelled",
            kind: None,
            retry: by_status(caught.status).to_owned(),
            retry_after: Some(retry_after(&self.headers)),
            request_id: Some(GATEWAY_ID),
            detail: None,
            fields: None,
            ..caught.clone()
        };
        for (how, name, value) in [
            ("in a stranger's JSON", "content-type", "application/json"),
            ("with nearly its media type alone", "content-type", "application/problem+jsonx"),
            ("with its media type beside another", "content-type", "application/problem+json, text/html"),
            ("with a code header that holds none", "x-error-code", "500 Server Error"),
        ] {
            cases.push(case(how, self.only(name, value), &foreign));
        }
        cases
    }

    /// Its headers, with this one for all that prove it.
    fn only(&self, name: &str, value: &str) -> Vec<(String, String)> {
        let mut headers = self.headers.clone();
        headers.retain(|(name, _)| name != "x-error-code" && name != "content-type");
        headers.push((name.to_owned(), value.to_owned()));
        headers
    }
}
