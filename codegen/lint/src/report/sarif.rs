//! For code scanning: SARIF 2.1.0 (OASIS). All rules are listed, also those that found nothing: else what is mended can't be
//! closed.

use super::{Report, mend, rules};
use crate::finding::Level;
use serde_json::{Value, json};

pub(super) fn write(report: &Report) -> String {
    let all: Vec<_> = rules().collect();
    let listed: Vec<_> = all
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id, "shortDescription": { "text": rule.title }, "fullDescription": { "text": rule.why },
                "helpUri": rule.reference, "help": { "text": rule.mend },
                "defaultConfiguration": { "level": rule.level.word() },
            })
        })
        .collect();
    let results: Vec<_> = report
        .identified()
        .map(|(finding, fingerprint)| {
            let location = |at: usize, end: usize, message: Option<&str>| {
                let file = &report.files[finding.file];
                let ((line, column), (end_line, end_column)) = (file.place(at), file.place(end));
                let mut location = json!({ "physicalLocation": {
                    "artifactLocation": { "uri": uri(&report.path(finding.file)) },
                    "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
                }});
                if let Some(text) = message {
                    location["message"] = json!({ "text": text });
                }
                location
            };
            let witness = finding.witness.as_ref().map(|witness| format!(" {}; today: {}; mended: {}.", witness.given, witness.today, witness.mended));
            let text = format!("{}.{} To mend it: {}.", finding.message, witness.unwrap_or_default(), mend(finding));
            let also = finding.also.iter().map(|(at, text)| (at, text)).chain(finding.repeated.iter().map(|(method, at)| (at, method)));
            let related: Vec<Value> = also.map(|(at, text)| location(at.start, at.end, Some(text.as_str()))).collect();
            json!({
                "ruleId": finding.rule.id, "ruleIndex": all.iter().position(|rule| rule.id == finding.rule.id),
                "level": match finding.level { Level::Error => "error", Level::Warning => "warning", Level::Note => "note" },
                "message": { "text": text }, "locations": [location(finding.at.start, finding.at.end, None)], "relatedLocations": related,
                "partialFingerprints": { "throwback/v1": fingerprint },
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "throwback", "semanticVersion": env!("CARGO_PKG_VERSION"), "informationUri": "https://docs.rs/throwback", "rules": listed } },
            "columnKind": "unicodeCodePoints", "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            // A text takes all that is written to it.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
