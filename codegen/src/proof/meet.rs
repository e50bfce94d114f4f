//! Patterns of somebody else's: whether a message selects one of them and one of ours as well.

use super::{language, read};
use crate::automata::{Alphabet, Parts, Product};

/// The longest pattern that is tried, in bytes, and how many classes of messages are.
const LONG: usize = 1_000;
const CLASSES: usize = 10_000;

/// What a pattern has in common with ours.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meeting {
    /// No message.
    Never,
    /// A message, and the status of the response of ours that it selects.
    Message(String, u16),
    /// It is of a kind that can't be followed: ours take every message together, so it has some.
    Unknown,
}

/// Compares a pattern, which has to match a message whole, with ours. A message of a declared error goes before one that
/// the catch-all alone takes: it says more.
pub(crate) fn meeting(theirs: &str, ours: &[(u16, &str)]) -> Meeting {
    let mut parts = Parts::default();
    let own: Result<Vec<_>, _> = ours
        .iter()
        .map(|(status, pattern)| Ok((*status, language::pattern(&mut parts, &read::read(pattern)?)?)))
        .collect::<Result<_, String>>();
    let Ok(own) = own else { return Meeting::Unknown };
    let other = parts.part(unanchored(theirs).to_owned());
    let product =
        if theirs.len() <= LONG { Product::compile(parts.texts(), Alphabet::Bytes) } else { return Meeting::Unknown };
    let Some(product) = product.ok().filter(|product| !product.looks()) else { return Meeting::Unknown };
    let (mut found, mut left) = (Meeting::Never, CLASSES);
    product.walk(|visit| {
        left -= 1;
        if other.takes(visit.taken)
            && let Some((status, _)) = own.iter().find(|(_, language)| language.takes(visit.taken))
        {
            let is_better = match &found {
                Meeting::Message(_, 500) => *status != 500,
                Meeting::Message(..) => false,
                Meeting::Never | Meeting::Unknown => true,
            };
            if is_better {
                found = Meeting::Message(visit.message(), *status);
            }
        }
        left == 0 || matches!(&found, Meeting::Message(_, status) if *status != 500)
    });
    if found == Meeting::Never && left == 0 { Meeting::Unknown } else { found }
}

/// A pattern without the anchors at its ends, which say nothing where the whole has to match.
fn unanchored(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let escapes = |text: &str| text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    pattern.strip_suffix('$').filter(|rest| !escapes(rest)).unwrap_or(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: [(u16, &str); 3] = [
        (404, r"^\[(?:OrderNotFound)\] [\s\S]*"),
        (504, r"^(?!\[)[\s\S]*Task timed out after \d+\.\d+ seconds[\s\S]*"),
        (500, r"^(?!\[(?:OrderNotFound)\] )(?!(?!\[)[\s\S]*Task timed out after \d+\.\d+ seconds)[\s\S]+"),
    ];

    #[test]
    fn a_message_of_a_declared_error_is_shown_where_there_is_one() {
        let of = |message: &str, status| Meeting::Message(message.to_owned(), status);
        assert_eq!(meeting(".*NotFound.*", &OURS), of("[OrderNotFound] ", 404));
        assert_eq!(meeting(r"^\[OrderNotFound\].*$", &OURS), of("[OrderNotFound] ", 404));
        assert_eq!(meeting("4[0-9]{2}", &OURS), of("400", 500));
        assert_eq!(meeting("", &OURS), Meeting::Never);
        assert_eq!(meeting("^$", &OURS), Meeting::Never);
        assert_eq!(meeting("a^b|(?:$c|)", &OURS), Meeting::Never);
    }

    #[test]
    fn what_cannot_be_followed_is_said_to_be_so() {
        for pattern in ["(?=a).*", "a\\b.*", "(", "(a|b)*a(a|b){40}\u{0}(", &"a".repeat(2_000), "(x{900}){900}"] {
            assert_eq!(meeting(pattern, &OURS), Meeting::Unknown, "{pattern:.40}");
        }
    }
}
