//! For GitLab: a code quality report (GitLab documentation, "Code Quality report format").

use super::{Report, mend};
use crate::finding::Level;
use serde_json::json;

pub(super) fn write(report: &Report) -> String {
    let entries: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let severity = match finding.level {
                Level::Error => "critical",
                Level::Warning => "major",
                Level::Note => "info",
            };
            json!({
                "description": format!("{}: {}", finding.message, mend(finding)), "check_name": finding.rule.id, "fingerprint": finding.fingerprint,
                "severity": severity,
                "location": { "path": report.path(finding.file), "lines": { "begin": report.place(finding.file, finding.at.start).0 } },
            })
        })
        .collect();
    serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
}
