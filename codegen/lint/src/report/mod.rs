//! Reports: what was found, for people and for each kind of reader.

mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

use crate::finding::{Finding, Level};
use crate::rules::RULES;
use crate::{Report, Rule};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Who reads a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// People, at a terminal.
    Human,
    /// Programs: the report as it is.
    Json,
    /// Code scanning: SARIF 2.1.0.
    Sarif,
    /// Actions of GitHub: annotations of the lines.
    Github,
    /// GitLab: a code quality report.
    Gitlab,
    /// Whatever reads results of tests.
    Junit,
    /// A comment on a change.
    Markdown,
}

impl Format {
    /// Every format, each under its name.
    pub const ALL: [(&'static str, Self); 7] = [
        ("human", Self::Human),
        ("json", Self::Json),
        ("sarif", Self::Sarif),
        ("github", Self::Github),
        ("gitlab", Self::Gitlab),
        ("junit", Self::Junit),
        ("markdown", Self::Markdown),
    ];
}

impl Report {
    /// Writes the report, in colour if that is asked for and the format has any.
    pub fn render(&self, format: Format, color: bool) -> String {
        match format {
            Format::Human => human::write(self, color),
            Format::Json => json::write(self),
            Format::Sarif => sarif::write(self),
            Format::Github => github::write(self),
            Format::Gitlab => gitlab::write(self),
            Format::Junit => junit::write(self),
            Format::Markdown => markdown::write(self),
        }
    }

    /// How many findings are of a level; each that is repeated counts as often.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).map(|finding| 1 + finding.repeated.len()).sum()
    }

    /// The worst level of all.
    pub fn worst(&self) -> Option<Level> {
        self.findings.iter().map(|finding| finding.level).max()
    }

    /// The text at the place of a finding.
    fn text(&self, finding: &Finding) -> &str {
        self.files[finding.file].text.get(finding.at.clone()).unwrap_or_default()
    }

    /// What stays of a finding when lines above it come and go: rule, file, method and text; `number` tells those apart that have
    /// all of that in common.
    fn fingerprint(&self, finding: &Finding, number: usize) -> String {
        let mut hash = Sha256::new();
        let path = self.path(finding.file);
        let text: String = self.text(finding).split_whitespace().collect();
        for part in [finding.rule.id, &path, &finding.method, &text, &number.to_string()] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.finalize().iter().take(16).fold(String::new(), |mut out, byte| {
            // A text takes all that is written to it.
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// Each finding with its fingerprint.
    fn identified(&self) -> impl Iterator<Item = (&Finding, String)> {
        let mut seen = std::collections::HashMap::new();
        self.findings.iter().map(move |finding| {
            let first = self.fingerprint(finding, 0);
            let number = seen.entry(first.clone()).or_insert(0_usize);
            *number += 1;
            (finding, if *number == 1 { first } else { self.fingerprint(finding, *number - 1) })
        })
    }

    /// A file's path with the slashes that URIs have.
    fn path(&self, file: usize) -> String {
        self.files[file].path.to_string_lossy().replace('\\', "/")
    }
}

/// What to do about a finding.
fn mend(finding: &Finding) -> &str {
    finding.mend.as_deref().unwrap_or(finding.rule.mend)
}

/// Every rule, in the order of pages.
fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|rules| rules.iter().copied())
}
