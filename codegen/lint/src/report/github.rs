//! For actions of GitHub: a command for each finding, which annotates its line (GitHub documentation, "Workflow commands").

use super::{Report, mend};
use crate::finding::Level;
use std::fmt::Write as _;

pub(super) fn write(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let level = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let witness = finding
            .witness
            .as_ref()
            .map(|witness| format!("\n{}\ntoday: {}", witness.given, witness.today))
            .unwrap_or_default();
        let text = format!("{}{witness}\n{}", finding.message, mend(finding));
        for at in std::iter::once(&finding.at).chain(finding.repeated.iter().map(|other| &other.at)) {
            let (line, column) = report.place(finding.file, at.start);
            // A text takes all that is written to it.
            let _ = writeln!(
                out,
                "::{level} file={},line={line},col={column},title={}::{}",
                property(&report.path(finding.file)),
                property(finding.rule.id),
                data(&text)
            );
        }
    }
    for (file, mistake) in &report.mistakes {
        let (line, column) = report.place(*file, mistake.at.start);
        let _ = writeln!(
            out,
            "::error file={},line={line},col={column}::{}",
            property(&report.path(*file)),
            data(&mistake.message)
        );
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
