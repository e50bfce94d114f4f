//! The proof that an operation's patterns select what they should, for every message there can be. It is made before
//! anything is written, from the text of the patterns and from the contract, and knows nothing of how they were made.
//!
//! A message is a text of any length, so trying is not enough. The patterns are regular languages, with a negative
//! lookahead as the difference of two; their product has a few thousand places, each of which stands for all messages
//! that lead to it. At each the one response that the contract asks for is compared with those that the patterns select.

mod language;
mod meet;
mod read;

#[cfg(test)]
mod tests;

use crate::automata::{Alphabet, Language, Parts, Product};
use crate::contract::{ErrorDef, Index};
use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
use crate::options::Legacy;
use crate::rest::{Api, Response};
use crate::threads;
pub(crate) use meet::{Meeting, meeting};
use std::collections::BTreeMap;
use std::fmt;

/// What was proved of one operation, or of one set of errors that none names.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Proof {
    /// The operation, or the set.
    pub operation: String,
    /// How many responses have a pattern.
    pub responses: usize,
    /// How many codes a tag can name.
    pub codes: usize,
    /// How many classes of messages there are that some pattern tells apart.
    pub classes: usize,
}

/// Why an operation's patterns are wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refuted {
    /// A pattern is of no kind that can be proved.
    Unreadable {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
    /// A shortest message that selects something else than it should.
    Counterexample {
        /// The message.
        message: String,
        /// The statuses of the responses whose patterns take it.
        selected: Vec<u16>,
        /// The status of the response that should take it; nothing for the default.
        expected: Option<u16>,
    },
}

impl fmt::Display for Refuted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { pattern, why } => write!(f, "the pattern `{pattern}` can't be proved: {why}"),
            Self::Counterexample { message, selected, expected } => {
                let selected: Vec<_> = selected.iter().map(u16::to_string).collect();
                let selected = if selected.is_empty() { "no response".to_owned() } else { selected.join(" and ") };
                let expected = expected.map_or_else(|| "the default alone".to_owned(), |status| status.to_string());
                write!(f, "the message {message:?} selects {selected}; it has to select {expected}")
            }
        }
    }
}

/// Proves the patterns of every operation, and of every set that none names.
///
/// # Errors
/// One diagnostic for each whose patterns are wrong.
pub(crate) fn prove_all(index: &Index<'_>, api: &Api<'_>, legacy: &[Legacy]) -> Result<Vec<Proof>, Failed> {
    if !api.has_patterns {
        return Ok(Vec::new());
    }
    let operations = api.operations().map(|(operation, method)| {
        (operation.name.as_str(), index.errors_of(operation).collect::<Vec<_>>(), &method.responses)
    });
    let sets = api.sets.iter();
    let sets = sets.map(|set| (set.def.name.as_str(), index.errors_by(&set.def.errors).collect(), &set.responses));
    let mappings: Vec<_> = operations.chain(sets).collect();
    let prove_one = |(name, errors, responses): &(&str, Vec<&ErrorDef>, &Vec<Response<'_>>)| {
        let patterns: Vec<_> =
            responses.iter().filter_map(|response| Some((response.status, response.pattern.as_deref()?))).collect();
        prove(name, errors, legacy, &patterns).map_err(|refuted| {
            Diagnostic::new(format!("the patterns of `{name}` are wrong: {refuted}"))
                .help("nothing was written; the mistake is throwback's, not the source's: please report it")
        })
    };
    // They have nothing to do with each other, and large APIs have hundreds.
    let results = threads::each(&mappings, prove_one)?;
    let mut errors = Diagnostics::default();
    let mut proofs = Vec::new();
    for result in results {
        match result {
            Ok(proof) => proofs.push(proof),
            Err(diagnostic) => errors.push(diagnostic),
        }
    }
    errors.finish(proofs)
}

/// Proves that each message selects exactly the response that the contract asks for:
///
/// - the empty one none but the default, for a success is compared as "";
/// - one that begins with the tag of a declared error, or of `InvalidPayload`, that of the error's status;
/// - one without a tag that holds Lambda's words for a timeout, 504;
/// - one that functions of before throw, that of the error that the first entry that fits names;
/// - any other, 500.
///
/// So no message selects two responses, none selects nothing, and no two codes are mixed up.
///
/// # Errors
/// A pattern that can't be read, or a shortest message that selects something else.
fn prove(name: &str, errors: &[&ErrorDef], legacy: &[Legacy], patterns: &[(u16, &str)]) -> Result<Proof, Refuted> {
    let mut parts = Parts::default();
    let selects = patterns
        .iter()
        .map(|(status, pattern)| {
            let read = read::read(pattern).and_then(|sequence| language::pattern(&mut parts, &sequence));
            let language = read.map_err(|why| Refuted::Unreadable { pattern: (*pattern).to_owned(), why })?;
            Ok((*status, language))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let (tags, codes) = tags(errors, &mut parts);
    let timeout = Language::All(vec![
        parts.part(r"[^\[][\s\S]*".to_owned()),
        parts.part(r"[\s\S]*Task timed out after [0-9]+[.][0-9]+ seconds[\s\S]*".to_owned()),
    ]);
    let before = before(errors, legacy, &mut parts);
    let message = parts.part(r"[\s\S]+".to_owned());
    let expected = |taken: &[bool]| match tags.iter().find(|(_, tag)| tag.takes(taken)) {
        Some((status, _)) => Some(*status),
        None if timeout.takes(taken) => Some(504),
        None => match before.iter().find(|(_, before)| before.takes(taken)) {
            Some((status, _)) => Some(*status),
            None => message.takes(taken).then_some(500),
        },
    };
    let unreadable = |why| Refuted::Unreadable { pattern: parts.texts().join(" "), why };
    let mut refuted = None;
    let classes = Product::compile(parts.texts(), Alphabet::Bytes).map_err(unreadable)?.walk(|visit| {
        let taking = selects.iter().filter(|(_, language)| language.takes(visit.taken)).map(|(status, _)| *status);
        let expected = expected(visit.taken);
        if taking.clone().eq(expected) {
            return false;
        }
        refuted = Some(Refuted::Counterexample { message: visit.message(), selected: taking.collect(), expected });
        true
    });
    match refuted {
        Some(refuted) => Err(refuted),
        None => Ok(Proof { operation: name.to_owned(), responses: patterns.len(), codes, classes }),
    }
}

/// The messages of before that are an error's of the set, each with the error's status.
fn before(errors: &[&ErrorDef], legacy: &[Legacy], parts: &mut Parts) -> Vec<(u16, Language)> {
    let status =
        |legacy: &Legacy| errors.iter().find(|error| *error.code == *legacy.code).map(|error| error.status.get());
    let known = legacy.iter().filter_map(|legacy| Some((status(legacy)?, legacy)));
    known
        .map(|(status, legacy)| {
            let begins = parts.part(format!(r"{}[\s\S]*", legacy.regex()));
            let untagged = parts.part(r"[^\[][\s\S]*".to_owned());
            let language = if legacy.begins_anyhow() { Language::All(vec![untagged, begins]) } else { begins };
            (status, language)
        })
        .collect()
}

/// For each status, the messages that begin with the tag of one of its codes; and how many codes there are.
fn tags(errors: &[&ErrorDef], parts: &mut Parts) -> (Vec<(u16, Language)>, usize) {
    let mut codes: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for error in errors {
        codes.entry(error.status.get()).or_default().push(&error.code);
    }
    codes.entry(400).or_default().push("InvalidPayload");
    let count = codes.values().map(Vec::len).sum();
    let tags = codes
        .into_iter()
        .map(|(status, codes)| (status, parts.part(format!(r"\[(?:{})\] [\s\S]*", codes.join("|")))))
        .collect();
    (tags, count)
}
