//! For programs.

use super::{Report, mend};
use crate::allow::Allowed;
use crate::finding::{Level, Witness};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    /// The version of this form.
    lint: u32,
    methods: usize,
    findings: Vec<Entry<'a>>,
    /// What somebody allows.
    allowed: Vec<Permitted<'a>>,
    /// How many findings the baseline holds already.
    known: usize,
    /// How many of the baseline are found no more.
    mended: usize,
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
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Permitted<'a> {
    rule: &'a str,
    level: Level,
    #[serde(flatten)]
    place: Place,
    method: &'a str,
    message: &'a str,
    reason: &'a str,
    fingerprint: &'a str,
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
        let (line, column) = report.place(file, at);
        Place { file: report.path(file), line, column }
    };
    let related = |file: usize, at: usize, text| {
        let (line, column) = report.place(file, at);
        Related { line, column, text }
    };
    let findings = report.findings.iter().map(|finding| Entry {
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
            .map(|other| related(finding.file, other.at.start, other.method.as_str()))
            .collect(),
        fingerprint: &finding.fingerprint,
    });
    let allowed = report.allowed.iter().map(|Allowed { finding, reason }| Permitted {
        rule: finding.rule.id,
        level: finding.level,
        place: place(finding.file, finding.at.start),
        method: &finding.method,
        message: &finding.message,
        reason,
        fingerprint: &finding.fingerprint,
    });
    let document = Document {
        lint: 1,
        methods: report.methods,
        findings: findings.collect(),
        allowed: allowed.collect(),
        known: report.known.iter().map(|finding| 1 + finding.repeated.len()).sum(),
        mended: report.mended,
        mistakes: report
            .mistakes
            .iter()
            .map(|(file, mistake)| Unread { place: place(*file, mistake.at.start), message: &mistake.message })
            .collect(),
    };
    // Trees of texts, numbers and lists always serialize.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
