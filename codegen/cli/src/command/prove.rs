//! `throwback explain --prove`: what is proved of each operation's patterns, for people.

use super::{Stop, projects, style};
use serde::Serialize;
use throwback_codegen::Builder;
use throwback_codegen::Proof;
use throwback_codegen::contract::Front;
use throwback_codegen::text::line;

/// What holds of every operation that is listed, for every message there can be.
const PROPERTIES: [&str; 6] = [
    "no message selects two responses",
    "none but the default takes the empty message, which is what a success is compared as",
    "together with the default, the patterns take every message",
    "the tag of each declared error selects its own status, and no other message does but those below",
    "Lambda's words for a timeout select 504, and whatever is not known 500",
    "full match, prefix match and search agree, in Java, JavaScript and Python alike",
];

#[derive(Serialize)]
struct Report<'a> {
    api: &'a str,
    operations: &'a [Proof],
}

pub(super) fn run(builders: &[Builder], only: Option<&str>, json: bool) -> Result<(), Stop> {
    let proved = projects::each(builders, |builder| {
        let (contract, mut proofs) = builder.prove()?;
        if contract.front != Front::Rest {
            let (name, front) = (line(&contract.name).into_owned(), contract.front.word());
            anstream::eprintln!("{name}: nothing has to be proved, for behind {front} no message selects a response");
        }
        proofs.retain(|proof| only.is_none_or(|only| only == proof.operation));
        Ok((contract.name, contract.front, proofs))
    })?;
    let has_patterns = proved.iter().any(|(_, front, _)| *front == Front::Rest);
    let proved = proved.into_iter().filter(|(.., proofs)| !proofs.is_empty());
    let proved: Vec<_> = proved.map(|(name, _, proofs)| (name, proofs)).collect();
    if proved.is_empty() && has_patterns {
        return Err(Stop::Said(format!(
            "there is no operation `{}`, nor a set of errors of that name",
            only.unwrap_or_default()
        )));
    }
    if json {
        let reports: Vec<_> = proved.iter().map(|(api, operations)| Report { api, operations }).collect();
        anstream::print!("{}", super::json(&reports));
        return Ok(());
    }
    let (good, name, dim, bold) = (style::GOOD, style::NAME, style::DIM, style::BOLD);
    for (api, proofs) in &proved {
        let width = proofs.iter().map(|proof| proof.operation.chars().count()).max().unwrap_or_default().max(9);
        anstream::println!("{bold}{api}{bold:#}");
        anstream::println!("  {dim}{:width$}  responses  codes  classes of messages{dim:#}", "operation");
        for Proof { operation, responses, codes, classes, .. } in proofs {
            anstream::println!("  {name}{operation:width$}{name:#}  {responses:9}  {codes:5}  {classes:19}");
        }
        anstream::println!();
    }
    anstream::println!("{good}Proved{good:#} of each, for every message there can be:");
    for property in PROPERTIES {
        anstream::println!("  {good}✓{good:#} {property}");
    }
    Ok(())
}
