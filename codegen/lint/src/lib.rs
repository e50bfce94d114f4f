//! What is wrong with the error mapping of an API of API Gateway, as its configuration has it, with a message that proves it.
//!
//! The line is straight: a file is read into a tree and that into the model of an API, rules look at the model alone, what
//! somebody allows, knows or has set to another level is taken out, and reports say what is left.

mod against;
mod allow;
mod baseline;
mod comment;
mod evaluate;
mod file;
mod finding;
mod fingerprint;
mod fix;
mod levels;
mod lines;
mod model;
mod near;
mod pattern;
mod read;
mod report;
mod rules;
mod sketch;
mod tree;

pub use allow::Allowed;
pub use baseline::Baseline;
pub use file::{File, Mistake};
pub use finding::{Finding, Level, Repeated, Rule, Witness};
pub use fix::mended;
pub use levels::Levels;
pub use near::no_rule;
pub use report::Format;
pub use rules::RULES;
pub use sketch::{Set, Sketch, Variant, sketch};

use allow::Allows;
use evaluate::Evaluators;
use fingerprint::Fingerprints;
use lines::Lines;
use pattern::Patterns;
use std::collections::{HashMap, HashSet};
use throwback_codegen::contract::Contract;

/// What was found in some files.
#[derive(Debug)]
pub struct Report {
    /// The files, in the order in which they were given.
    pub files: Vec<File>,
    /// What is wrong, in the order of files and places.
    pub findings: Vec<Finding>,
    /// What somebody allows, with the reason.
    pub allowed: Vec<Allowed>,
    /// What the baseline holds already.
    pub known: Vec<Finding>,
    /// How many findings of the baseline are found no more.
    pub mended: usize,
    /// The files that can't be read, by their numbers.
    pub mistakes: Vec<(usize, Mistake)>,
    /// How many methods were looked at.
    pub methods: usize,
    /// The lines of each file.
    lines: Vec<Lines>,
}

/// What somebody asks for.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Levels of one's own.
    pub levels: Levels,
    /// What is known already.
    pub baseline: Option<Baseline>,
    /// What a function declares, with which the files are compared.
    pub contract: Option<Contract>,
}

/// Looks at files, each by itself.
pub fn lint(files: Vec<File>) -> Report {
    lint_with(files, &Settings::default())
}

/// Looks at files, each by itself, as somebody asks for it.
pub fn lint_with(files: Vec<File>, settings: &Settings) -> Report {
    let run = Run {
        patterns: Patterns::default(),
        evaluators: Evaluators::default(),
        contract: settings.contract.as_ref(),
        is_only: files.len() == 1,
    };
    let lines = files.iter().map(|file| Lines::of(&file.text)).collect();
    let mut report = Report {
        files,
        findings: Vec::new(),
        allowed: Vec::new(),
        known: Vec::new(),
        mended: 0,
        mistakes: Vec::new(),
        methods: 0,
        lines,
    };
    for number in 0..report.files.len() {
        run.file(number, &mut report);
    }
    report.leave_out_known(settings.baseline.as_ref());
    report.findings.retain_mut(|finding| match settings.levels.of(finding) {
        Some(level) => {
            finding.level = level;
            true
        }
        None => false,
    });
    report.findings = grouped(std::mem::take(&mut report.findings), &report.files);
    report
}

/// What the files of a run have in common.
struct Run<'a> {
    patterns: Patterns,
    evaluators: Evaluators,
    contract: Option<&'a Contract>,
    /// Whether there is one file, so that what is not in it is nowhere.
    is_only: bool,
}

impl Run<'_> {
    fn file(&self, number: usize, report: &mut Report) {
        let path = report.path(number);
        let (file, lines) = (&report.files[number], &report.lines[number]);
        let apis = match read::read(number, file) {
            Ok(apis) => apis,
            Err(mistake) => return report.mistakes.push((number, mistake)),
        };
        let comments = comment::allows(&file.path, &file.text, lines);
        let mut allows = Vec::new();
        let by_comment = Allows::of(&comments);
        let (mut findings, mut allowed) = (Vec::new(), Vec::new());
        let (mut used, mut fingerprints) = (HashSet::new(), Fingerprints::default());
        let is_only = self.is_only && apis.len() == 1;
        for api in apis {
            report.methods += api.methods.len();
            let mut found = rules::check(&api, &self.patterns, &self.evaluators);
            if let Some(contract) = self.contract {
                found.extend(against::check(&api, is_only, contract, &self.patterns, &self.evaluators));
            }
            found.sort_by_key(|finding| finding.at.start);
            fingerprints.give(&mut found, &path, &file.text);
            let by_document = Allows::of(&api.allows);
            for finding in found {
                let allow = by_comment.find(&finding, lines).or_else(|| by_document.find(&finding, lines));
                match allow.and_then(|allow| allow.reason.clone().map(|reason| (allow.at.start, reason))) {
                    Some((at, reason)) => {
                        used.insert((at, finding.rule.id));
                        allowed.push(Allowed { finding, reason });
                    }
                    None => findings.push(finding),
                }
            }
            allows.extend(api.allows);
        }
        drop(by_comment);
        allows.extend(comments);
        let mut wrong = rules::check_allows(number, &allows, &used, &self.patterns, &self.evaluators);
        fingerprints.give(&mut wrong, &path, &file.text);
        findings.extend(wrong);
        findings.sort_by_key(|finding| finding.at.start);
        allowed.sort_by_key(|allowed| allowed.finding.at.start);
        report.findings.extend(findings);
        report.allowed.extend(allowed);
    }
}

impl Report {
    /// Takes out what a baseline holds, and counts what of it is found no more in the files that were read.
    fn leave_out_known(&mut self, baseline: Option<&Baseline>) {
        let Some(baseline) = baseline else { return };
        let unread: HashSet<_> = self.mistakes.iter().map(|(number, _)| *number).collect();
        let files = (0..self.files.len()).filter(|number| !unread.contains(number)).map(|number| self.path(number));
        let files: HashSet<_> = files.collect();
        let all = self.findings.iter().chain(self.allowed.iter().map(|allowed| &allowed.finding));
        self.mended = baseline.mended(&files, &all.map(|finding| finding.fingerprint.clone()).collect());
        let known = baseline.fingerprints();
        let is_new = |finding: &Finding| !known.contains(&*finding.fingerprint);
        let (findings, known) = std::mem::take(&mut self.findings).into_iter().partition(is_new);
        (self.findings, self.known) = (findings, known);
    }

    /// Takes all that was found for known, as it is once it stands in a baseline.
    pub fn accept(&mut self) {
        self.known.append(&mut self.findings);
        self.mended = 0;
    }
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
            let Finding { method, at, fingerprint, .. } = finding;
            kept[index].repeated.push(Repeated { method, at, fingerprint });
        } else {
            first.insert(key, kept.len());
            kept.push(finding);
        }
    }
    kept
}
