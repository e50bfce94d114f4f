//! For code scanning: SARIF 2.1.0 (OASIS). All rules are listed, also those that found nothing: else what is mended can't be
//! closed.

use super::{Report, mend, rules};
use crate::allow::Allowed;
use crate::finding::{Finding, Level};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::ops::Range;

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
    let numbers: HashMap<_, _> = all.iter().enumerate().map(|(number, rule)| (rule.id, number)).collect();
    let mut results: Vec<_> = report.findings.iter().map(|finding| result(report, finding, &numbers)).collect();
    results.extend(report.allowed.iter().map(|Allowed { finding, reason }| {
        let mut result = result(report, finding, &numbers);
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
        result
    }));
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "throwback", "semanticVersion": env!("CARGO_PKG_VERSION"), "informationUri": "https://docs.rs/throwback", "rules": listed } },
            "columnKind": "unicodeCodePoints", "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn result(report: &Report, finding: &Finding, numbers: &HashMap<&str, usize>) -> Value {
    let location = |at: &Range<usize>, message: Option<&str>| {
        let place = |at| report.place(finding.file, at);
        let ((line, column), (end_line, end_column)) = (place(at.start), place(at.end));
        let mut location = json!({ "physicalLocation": {
            "artifactLocation": { "uri": uri(&report.path(finding.file)) },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        }});
        if let Some(text) = message {
            location["message"] = json!({ "text": text });
        }
        location
    };
    let witness = finding
        .witness
        .as_ref()
        .map(|witness| format!(" {}; today: {}; mended: {}.", witness.given, witness.today, witness.mended));
    let text = format!("{}.{} To mend it: {}.", finding.message, witness.unwrap_or_default(), mend(finding));
    let also = finding.also.iter().map(|(at, text)| (at, text));
    let also = also.chain(finding.repeated.iter().map(|other| (&other.at, &other.method)));
    let related: Vec<Value> = also.map(|(at, text)| location(at, Some(text.as_str()))).collect();
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    json!({
        "ruleId": finding.rule.id, "ruleIndex": numbers.get(finding.rule.id), "level": level,
        "message": { "text": text }, "locations": [location(&finding.at, None)], "relatedLocations": related,
        "partialFingerprints": { "throwback/v1": finding.fingerprint },
    })
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
