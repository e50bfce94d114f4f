//! For a comment on a change: a table.

use super::{Report, mend};
use std::fmt::Write as _;

pub(super) fn write(report: &Report) -> String {
    if report.findings.is_empty() && report.mistakes.is_empty() {
        return "`throwback lint`: nothing is wrong that a configuration shows.\n".to_owned();
    }
    let mut out = String::from("| | Where | What | Proof | Mend |\n|---|---|---|---|---|\n");
    for finding in &report.findings {
        let line = report.place(finding.file, finding.at.start).0;
        let proof = finding
            .witness
            .as_ref()
            .map(|witness| format!("{}; today: {}", witness.given, witness.today))
            .unwrap_or_default();
        let more =
            if finding.repeated.is_empty() { String::new() } else { format!(" (and {} more)", finding.repeated.len()) };
        // A text takes all that is written to it.
        let _ = writeln!(
            out,
            "| {} `{}` | {}:{line} | {}{more} | {} | {} |",
            finding.level,
            finding.rule.id,
            cell(&report.path(finding.file)),
            cell(&finding.message),
            cell(&proof),
            cell(mend(finding))
        );
    }
    for (file, mistake) in &report.mistakes {
        let line = report.place(*file, mistake.at.start).0;
        let _ = writeln!(out, "| error | {}:{line} | {} | | |", cell(&report.path(*file)), cell(&mistake.message));
    }
    out
}

/// A text as a cell shows it, whatever it holds.
fn cell(text: &str) -> String {
    let text = text
        .replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
        .replace('`', "\\`")
        .replace(['\n', '\r'], " ");
    text.replace('*', "\\*").replace('_', "\\_").replace('[', "\\[").replace('@', "&#64;")
}
