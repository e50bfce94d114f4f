//! For whatever reads results of tests: a suite for each file, a case for each rule.

use super::{Report, mend, rules};
use crate::finding::Finding;
use std::collections::HashMap;
use std::fmt::Write as _;

pub(super) fn write(report: &Report) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"throwback lint\">\n");
    let mut by_rule: HashMap<(usize, &str), Vec<&Finding>> = HashMap::new();
    for finding in &report.findings {
        by_rule.entry((finding.file, finding.rule.id)).or_default().push(finding);
    }
    for number in 0..report.files.len() {
        let of = |id| by_rule.get(&(number, id)).map_or(&[][..], Vec::as_slice);
        let failures = rules().filter(|rule| !of(rule.id).is_empty()).count();
        let unread: Vec<_> = report.mistakes.iter().filter(|(at, _)| *at == number).collect();
        // A text takes all that is written to it.
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"{}\">",
            escaped(&report.path(number)),
            rules().count(),
            unread.len()
        );
        for (_, mistake) in unread {
            let _ = writeln!(
                out,
                "    <testcase name=\"read\"><error message=\"{}\"/></testcase>",
                escaped(&mistake.message)
            );
        }
        for rule in rules() {
            let found = of(rule.id);
            let name = escaped(rule.id);
            if found.is_empty() {
                let _ = writeln!(out, "    <testcase name=\"{name}\"/>");
                continue;
            }
            let lines: Vec<_> = found
                .iter()
                .map(|finding| {
                    format!(
                        "{}:{}: {}; {}",
                        report.path(number),
                        report.place(number, finding.at.start).0,
                        finding.message,
                        mend(finding)
                    )
                })
                .collect();
            let _ = writeln!(
                out,
                "    <testcase name=\"{name}\"><failure message=\"{}\">{}</failure></testcase>",
                escaped(rule.title),
                escaped(&lines.join("\n"))
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out + "</testsuites>\n"
}

/// A text as an attribute or a text of XML holds it; what XML 1.0 has no place for is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
