//! The proof holds for what is generated, and fails for every way of getting it wrong.

#![allow(clippy::unwrap_used)]

use super::{Proof, Refuted, prove};
use crate::contract::{
    Code, Contract, ErrorDef, Input, Method, Operation, Retry, SetDef, Status, Success, Type, VERSION,
};
use crate::options::Legacy;
use crate::rest::{Api, Settings};
use proptest::prelude::*;

/// An API with one operation that returns these errors.
fn contract<C: Into<String>>(errors: impl IntoIterator<Item = (C, u16)>) -> Contract {
    let errors: Vec<_> = errors
        .into_iter()
        .map(|(code, status)| ErrorDef {
            code: Code::new(&code.into()).unwrap(),
            status: Status::try_from(status).unwrap(),
            title: String::new(),
            docs: String::new(),
            exposed: true,
            retry: Retry::Never,
            type_uri: None,
            deprecated: false,
            message: false,
            retry_after: false,
            fields: Vec::new(),
        })
        .collect();
    Contract {
        front: crate::contract::Front::default(),
        contract: VERSION,
        name: "shop".to_owned(),
        version: "1".to_owned(),
        docs: String::new(),
        operations: vec![Operation {
            name: "buy".to_owned(),
            method: Method::Post,
            path: "/buy".to_owned(),
            docs: String::new(),
            input: Input {
                ty: Type::Any,
                path: Vec::new(),
                query: Vec::new(),
                headers: Vec::new(),
                body: true,
                payload: None,
            },
            output: Type::Any,
            status: Success::OK,
            set: Some("BuyError".to_owned()),
            request: false,
        }],
        invocations: Vec::new(),
        sets: vec![SetDef {
            name: "BuyError".to_owned(),
            errors: errors.iter().map(|error| error.code.clone()).collect(),
        }],
        errors,
        types: Vec::new(),
    }
}

/// The proof of what is generated, once each pattern has been changed.
fn changed(contract: &Contract, change: impl Fn(u16, String) -> Option<String>) -> Result<Proof, Refuted> {
    changed_with(contract, &[], change)
}

/// The same where functions of before throw messages of their own.
fn changed_with(
    contract: &Contract,
    legacy: &[Legacy],
    change: impl Fn(u16, String) -> Option<String>,
) -> Result<Proof, Refuted> {
    let index = contract.index();
    let api = Api::new(contract, &index, Settings { legacy, ..Settings::default() });
    let (_, method) = api.operations().next().unwrap();
    let patterns: Vec<_> = method
        .responses
        .iter()
        .filter_map(|response| Some((response.status, change(response.status, response.pattern.clone()?)?)))
        .collect();
    let patterns: Vec<_> = patterns.iter().map(|(status, pattern)| (*status, pattern.as_str())).collect();
    let operation = &contract.operations[0];
    prove(&operation.name, &index.errors_of(operation).collect::<Vec<_>>(), legacy, &patterns)
}

fn shop() -> Contract {
    contract([("Gone", 410), ("GoneAway", 404), ("Go", 404), ("Broken", 500), ("Slow", 504), ("Task", 409)])
}

#[test]
fn what_is_generated_is_proved() {
    let proof = changed(&shop(), |_, pattern| Some(pattern)).unwrap();
    assert_eq!((proof.responses, proof.codes), (6, 7));
    assert!(proof.classes > 100, "{proof:?}");
    changed(&contract::<&str>([]), |_, pattern| Some(pattern)).unwrap();
}

/// Messages of before, of every kind: at the start and anywhere, with a tag of their own, and some that meet.
fn legacy() -> Vec<Legacy> {
    let legacy = [
        ("no * left", "GoneAway"),
        ("*(s) gone", "Gone"),
        ("[404] *gone", "Broken"),
        ("*slow", "Slow"),
        ("broken", "Broken"),
        ("anything", "NotOfThisSet"),
        ("*left", "Go"),
    ];
    legacy.map(|(message, code)| Legacy::new(message, code)).into()
}

#[test]
fn messages_of_before_are_proved() {
    let proof = changed_with(&shop(), &legacy(), |_, pattern| Some(pattern)).unwrap();
    assert_eq!((proof.responses, proof.codes), (6, 7));
    // What an earlier entry takes, a later one leaves.
    let greedy = changed_with(&shop(), &legacy(), |status, pattern| {
        Some(if status == 410 { pattern.replace(r"|no [\s\S]* left)", ")") } else { pattern })
    });
    let refuted = Refuted::Counterexample {
        message: "no (s) gone left".to_owned(),
        selected: vec![404, 410],
        expected: Some(404),
    };
    assert_eq!(greedy, Err(refuted));
}

#[test]
fn every_character_of_every_pattern_counts() {
    survivors(&[]);
    survivors(&legacy()[..2]);
}

fn survivors(legacy: &[Legacy]) {
    let contract = shop();
    let patterns = |status| {
        let index = contract.index();
        let api = Api::new(&contract, &index, Settings { legacy, ..Settings::default() });
        let (_, method) = api.operations().next().unwrap();
        method.responses.iter().find(|response| response.status == status).unwrap().pattern.clone().unwrap()
    };
    let mut survivors = Vec::new();
    for status in [400, 404, 409, 410, 500, 504] {
        let pattern = patterns(status);
        for at in 0..pattern.len() {
            for by in ["", "x", "*"] {
                let mutant = format!("{}{by}{}", &pattern[..at], &pattern[at + 1..]);
                if mutant == pattern {
                    continue;
                }
                let change = |of, pattern| Some(if of == status { mutant.clone() } else { pattern });
                if changed_with(&contract, legacy, change).is_ok() {
                    survivors.push(mutant);
                }
            }
        }
    }
    assert_eq!(survivors, Vec::<String>::new());
}

#[test]
fn a_counterexample_is_a_shortest_one() {
    let refuted = |message: &str, selected: &[u16], expected| {
        Err(Refuted::Counterexample { message: message.to_owned(), selected: selected.to_vec(), expected })
    };
    let swap = |from: &'static str, to: &'static str| move |_, pattern: String| Some(pattern.replace(from, to));
    assert_eq!(changed(&shop(), swap(r"[\s\S]+", r"[\s\S]*")), refuted("", &[500], None));
    assert_eq!(changed(&shop(), swap(r"|Gone|", "|")), refuted("[Gone] ", &[410, 500], Some(410)));
    assert_eq!(changed(&shop(), swap(r"^\[(?:Gone)", r"^\[(?:Gone|Go)")), refuted("[Go] ", &[404, 410], Some(404)));
    assert_eq!(changed(&shop(), swap(r"^\[(?:Task)\] ", r"^\[(?:Task)")), refuted("[Task", &[409, 500], Some(500)));
    let timeout = changed(&shop(), |status, pattern| (status != 504).then_some(pattern));
    assert_eq!(timeout, refuted("[Slow] ", &[], Some(504)));
    let timeout = changed(&contract([("Go", 404)]), |status, pattern| (status != 504).then_some(pattern));
    assert_eq!(timeout, refuted("Task timed out after 0.0 seconds", &[], Some(504)));
}

#[test]
fn what_cannot_be_proved_is_refused() {
    for (pattern, why) in [
        (r"\[A\] [\s\S]*", "does not begin with `^`"),
        (r"^\[A\] ", "does not end in"),
        (r"^\[A\] .*", "has to be escaped"),
        (r"^[A] [\s\S]*", "has to be escaped"),
        (r"^a|b[\s\S]*", "stands in no group"),
        (r"^(?:a[\s\S]*", "not closed"),
        (r"^a)[\s\S]*", "`)` too many"),
        (r"^\w[\s\S]*", "an escape"),
        (r"^é[\s\S]*", "not visible ASCII"),
        (r"^a*+[\s\S]*", "a quantifier"),
        (r"^a(?!b)[\s\S]*", "a lookahead that does not stand at the start"),
        ("^\\", "an escape"),
    ] {
        let contract = contract([("A", 404)]);
        let refuted = changed(&contract, |status, old| Some(if status == 404 { pattern.to_owned() } else { old }));
        let said = refuted.unwrap_err().to_string();
        assert!(said.contains(why) && said.contains(pattern), "{said}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(tokens in prop::collection::vec(0..TOKENS.len(), 0..40), junk in ".{0,20}") {
        let text: String = tokens.into_iter().map(|token| TOKENS[token]).collect();
        for pattern in [format!("^{text}"), format!(r"^{text}[\s\S]*"), format!("^{text}{junk}"), junk] {
            let contract = contract([("A", 404)]);
            // It is neither what it should be, nor too much for the walk.
            let found = changed(&contract, |status, old| Some(if status == 404 { pattern.clone() } else { old }));
            prop_assert!(found.is_err() || pattern.contains(r"\[A\] "), "{}", pattern);
        }
    }
}

const TOKENS: [&str; 16] =
    ["^", r"\[", r"\]", "A", " ", "(?:", ")", "|", "(?!", r"[\s\S]", r"\d", "*", "+", "[", r"\", "é"];

#[test]
fn a_thousand_codes_over_twenty_statuses() {
    let codes = (0..1_000_u16).map(|n| (format!("Order{n}NotFoundInThatWarehouse"), 402 + n % 20));
    let proof = changed(&contract(codes), |_, pattern| Some(pattern)).unwrap();
    assert_eq!(proof.codes, 1_001);
}
