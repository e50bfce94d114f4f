//! What functions of before throw: messages without a tag, each an error of the set as the configuration says it.
//!
//! The first entry that fits counts, Lambda's own texts for a timeout come before all of them, and a tag before those. So the
//! patterns stay disjoint: an entry leaves out what earlier ones of other responses take.

use crate::contract::ErrorDef;
use crate::options::Legacy;

/// One message of before.
pub(super) struct Entry<'a> {
    /// The error that it is.
    pub(super) error: &'a ErrorDef,
    /// How it begins, as the configuration says it.
    message: &'a str,
    /// A regular expression of that.
    pub(super) begins: String,
}

/// The entries of a set, in their order.
pub(super) fn entries<'a>(list: &'a [Legacy], declared: &[&'a ErrorDef]) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for legacy in list {
        let Some(error) = declared.iter().copied().find(|error| *error.code == *legacy.code) else { continue };
        // Any text is none with a bracket: that is a tag's.
        let begins = if legacy.begins_anyhow() { format!(r"(?!\[){}", legacy.regex()) } else { legacy.regex() };
        entries.push(Entry { error, message: &legacy.message, begins });
    }
    entries
}

/// Regular expressions of what the responses of some statuses take: each entry without `timeout`, which no text with a
/// bracket is, and without what an entry before it takes for one of `others`.
pub(super) fn taken(
    entries: &[Entry<'_>],
    of: impl Fn(u16) -> bool,
    others: impl Fn(u16) -> bool,
    timeout: Option<&str>,
) -> Vec<String> {
    let status = |entry: &Entry<'_>| entry.error.status.get();
    let taken = entries.iter().enumerate().filter(|(_, entry)| of(status(entry)));
    taken
        .map(|(number, entry)| {
            let timeout = timeout.filter(|_| !entry.message.starts_with('['));
            let before = entries[..number].iter().filter(|before| others(status(before)) && before.meets(entry));
            let without: Vec<_> = timeout.into_iter().chain(before.map(|before| before.begins.as_str())).collect();
            if without.is_empty() { entry.begins.clone() } else { format!("(?!{}){}", without.join("|"), entry.begins) }
        })
        .collect()
}

impl Entry<'_> {
    /// Whether a message can begin as both say.
    fn meets(&self, other: &Self) -> bool {
        let head = |entry: &Self| entry.message.split('*').next().unwrap_or_default();
        match (head(self), head(other)) {
            ("", head) | (head, "") => !head.starts_with('['),
            (a, b) => a.starts_with(b) || b.starts_with(a),
        }
    }
}
