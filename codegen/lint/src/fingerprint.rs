//! Fingerprints: what stays of a finding when lines above it come and go.

use crate::finding::Finding;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;

/// The fingerprints of a file.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    /// How often rule, file, method and text are the same.
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// Gives findings theirs: rule, file, method and text, and a number that tells those apart that have all of that in common.
    pub(crate) fn give(&mut self, findings: &mut [Finding], path: &str, text: &str) {
        for finding in findings {
            let first = fingerprint(finding, path, text, 0);
            let number = self.seen.entry(first.clone()).or_insert(0);
            finding.fingerprint = if *number == 0 { first } else { fingerprint(finding, path, text, *number) };
            *number += 1;
        }
    }
}

fn fingerprint(finding: &Finding, path: &str, text: &str, number: usize) -> String {
    let mut hash = Sha256::new();
    for part in [finding.rule.id, path, &finding.method] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    for word in text.get(finding.at.clone()).unwrap_or_default().split_whitespace() {
        hash.update(word.as_bytes());
    }
    hash.update([0]);
    hash.update(number.to_string().as_bytes());
    hash.update([0]);
    hash.finalize().iter().take(16).fold(String::new(), |mut out, byte| {
        // A text takes all that is written to it.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
