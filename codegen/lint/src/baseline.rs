//! A baseline: what was known at some time, so that a run tells what is new.

use crate::Report;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The version of the form.
const VERSION: u32 = 1;

/// What was known when it was written.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Baseline {
    /// Whose file it is, and in which form.
    #[serde(rename = "throwback-lint-baseline")]
    version: u32,
    findings: Vec<Known>,
}

/// A finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
struct Known {
    file: String,
    rule: String,
    method: String,
    fingerprint: String,
}

impl Baseline {
    /// Reads one.
    ///
    /// # Errors
    /// That it is none, or of another version.
    pub fn read(text: &str) -> Result<Self, String> {
        let anew = "write it anew by `--write-baseline`";
        let baseline: Self = serde_json::from_str(text)
            .map_err(|error| format!("this is no baseline of `throwback lint`: {error}; {anew}"))?;
        if baseline.version != VERSION {
            return Err(format!(
                "this baseline has the form {}, and {VERSION} is the one that is read; {anew}",
                baseline.version
            ));
        }
        Ok(baseline)
    }

    /// All that a report has found, what was known before with it.
    pub fn of(report: &Report) -> Self {
        let all = report.findings.iter().chain(&report.known);
        let mut findings: Vec<_> = all
            .flat_map(|finding| {
                let known = |method: &str, fingerprint: &str| Known {
                    file: report.path(finding.file),
                    rule: finding.rule.id.to_owned(),
                    method: method.to_owned(),
                    fingerprint: fingerprint.to_owned(),
                };
                std::iter::once(known(&finding.method, &finding.fingerprint))
                    .chain(finding.repeated.iter().map(move |other| known(&other.method, &other.fingerprint)))
                    .collect::<Vec<_>>()
            })
            .collect();
        findings.sort();
        Self { version: VERSION, findings }
    }

    /// As it is written.
    pub fn render(&self) -> String {
        // Texts and numbers always serialize.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The fingerprints that it holds.
    pub(crate) fn fingerprints(&self) -> HashSet<&str> {
        self.findings.iter().map(|known| &*known.fingerprint).collect()
    }

    /// How many of the findings in some files are found no more.
    pub(crate) fn mended(&self, files: &HashSet<String>, found: &HashSet<String>) -> usize {
        let gone = self.findings.iter().filter(|known| files.contains(&known.file));
        gone.filter(|known| !found.contains(&known.fingerprint)).count()
    }
}
