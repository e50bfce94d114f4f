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

    /// The line and the column of a byte of a file, both from 1, the column in characters.
    pub(crate) fn place(&self, file: usize, at: usize) -> (usize, usize) {
        self.lines[file].place(at, &self.files[file].text)
    }

    /// A file's path with the slashes that URIs have.
    pub(crate) fn path(&self, file: usize) -> String {
        let path = self.files[file].path.to_string_lossy().replace('\\', "/");
        path.strip_prefix("./").map(str::to_owned).unwrap_or(path)
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
