//! For programs.

use super::{Report, mend};
use crate::finding::{Level, Witness};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    /// The version of this form.
    lint: u32,
    methods: usize,
    findings: Vec<Entry<'a>>,
    mistakes: Vec<Unread<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    rule: &'a str,
    level: Level,
    #[serde(flatten)]
    place: Place,
    method: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'a Witness>,
    mend: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    repeated: Vec<Related<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    line: usize,
    column: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Unread<'a> {
    #[serde(flatten)]
    place: Place,
    message: &'a str,
}

pub(super) fn write(report: &Report) -> String {
    let place = |file: usize, at: usize| {
        let (line, column) = report.files[file].place(at);
        Place { file: report.path(file), line, column }
    };
    let related = |file: usize, at: usize, text| {
        let (line, column) = report.files[file].place(at);
        Related { line, column, text }
    };
    let findings = report.identified().map(|(finding, fingerprint)| Entry {
        rule: finding.rule.id,
        level: finding.level,
        place: place(finding.file, finding.at.start),
        method: &finding.method,
        message: &finding.message,
        witness: finding.witness.as_ref(),
        mend: mend(finding),
        also: finding.also.iter().map(|(at, text)| related(finding.file, at.start, text.as_str())).collect(),
        repeated: finding
            .repeated
            .iter()
            .map(|(method, at)| related(finding.file, at.start, method.as_str()))
            .collect(),
        fingerprint,
    });
    let document = Document {
        lint: 1,
        methods: report.methods,
        findings: findings.collect(),
        mistakes: report
            .mistakes
            .iter()
            .map(|(file, mistake)| Unread { place: place(*file, mistake.at.start), message: &mistake.message })
            .collect(),
    };
    // Trees of texts, numbers and lists always serialize.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
