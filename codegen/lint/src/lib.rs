//! What is wrong with the error mapping of an API of API Gateway, as its configuration has it, with a message that proves it.
//!
//! The line is straight: a file is read into a tree and that into the model of an API , rules
//! look at the model alone, and reports say what they found.

mod against;
mod evaluate;
mod file;
mod finding;
mod fix;
mod model;
mod pattern;
mod read;
mod report;
mod rules;
mod sketch;
mod tree;

pub use file::{File, Mistake};
pub use finding::{Finding, Level, Rule, Witness};
pub use fix::mended;
pub use report::Format;
pub use rules::RULES;
pub use sketch::{Set, Sketch, Variant, sketch};

use evaluate::Evaluators;
use pattern::Patterns;
use std::collections::HashMap;
use throwback_codegen::contract::Contract;

/// What was found in some files.
#[derive(Debug)]
pub struct Report {
    /// The files, in the order in which they were given.
    pub files: Vec<File>,
    /// What is wrong, in the order of files and places.
    pub findings: Vec<Finding>,
    /// The files that can't be read, by their numbers.
    pub mistakes: Vec<(usize, Mistake)>,
    /// How many methods were looked at.
    pub methods: usize,
}

/// Looks at files, each by itself.
pub fn lint(files: Vec<File>) -> Report {
    run(files, None)
}

/// The same, and at what becomes of each error that a contract declares.
pub fn lint_against(files: Vec<File>, contract: &Contract) -> Report {
    run(files, Some(contract))
}

fn run(files: Vec<File>, contract: Option<&Contract>) -> Report {
    let (patterns, evaluators) = (Patterns::default(), Evaluators::default());
    let mut report = Report { files: Vec::new(), findings: Vec::new(), mistakes: Vec::new(), methods: 0 };
    let mut apis = Vec::new();
    for (number, file) in files.iter().enumerate() {
        match read::read(number, file) {
            Ok(read) => apis.extend(read),
            Err(mistake) => report.mistakes.push((number, mistake)),
        }
    }
    for api in &apis {
        report.methods += api.methods.len();
        report.findings.extend(rules::check(api, &patterns, &evaluators));
    }
    if let Some(contract) = contract {
        report.findings.extend(against::check(&apis, contract, &patterns, &evaluators));
    }
    report.files = files;
    report.findings.sort_by_key(|finding| (finding.file, finding.at.start));
    report.findings = grouped(std::mem::take(&mut report.findings), &report.files);
    report
}

/// Findings of one rule at the very same text become one: an API says a mapping many times.
fn grouped(findings: Vec<Finding>, files: &[File]) -> Vec<Finding> {
    let mut first: HashMap<(usize, &str, String, Option<String>), usize> = HashMap::new();
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let text = files[finding.file].text.get(finding.at.clone()).unwrap_or_default();
        let today = finding.witness.as_ref().map(|witness| format!("{} {}", witness.given, witness.today));
        // What is said may name the method, and its text is what counts.
        let said = finding.message.replace(&finding.method, "");
        let key = (finding.file, finding.rule.id, format!("{text} {said}"), today);
        if let Some(&index) = first.get(&key) {
            kept[index].repeated.push((finding.method, finding.at));
        } else {
            first.insert(key, kept.len());
            kept.push(finding);
        }
    }
    kept
}
