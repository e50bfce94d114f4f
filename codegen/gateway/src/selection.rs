//! Selection patterns by themselves, for whoever looks at a configuration without calling the API.

use super::pattern::{Anchored, Pattern};

/// A selection pattern: a regular expression of `java.util.regex` that has to match the whole of a message.
#[derive(Clone, Debug)]
pub struct SelectionPattern(Pattern);

/// One alternative of a pattern: what has to stand ahead, and what must not, and then a regular expression that looks
/// nowhere in most patterns. It is in the dialect of the crate `regex`, but for what that has not.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The lookaheads at its start, each with whether it is wanted; anything may follow behind what they ask for.
    pub ahead: Vec<(bool, Vec<Self>)>,
    /// What the rest has to match, or to begin with in a lookahead.
    pub rest: String,
}

impl SelectionPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Why it is none.
    pub fn compile(source: &str) -> Result<Self, String> {
        Pattern::compile(source).map(Self)
    }

    /// Whether it takes a message.
    ///
    /// # Errors
    /// Where that would take too long.
    pub fn takes(&self, message: &str) -> Result<bool, String> {
        self.0.matches(message)
    }

    /// Its alternatives.
    pub fn branches(&self) -> Vec<Branch> {
        branches(self.0.whole())
    }
}

fn branches(anchored: &Anchored) -> Vec<Branch> {
    let branch = |(guards, rest): (&[(bool, Anchored)], &str)| Branch {
        ahead: guards.iter().map(|(wanted, guard)| (*wanted, branches(guard))).collect(),
        rest: rest.to_owned(),
    };
    anchored.parts().map(branch).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn alternatives_and_what_stands_ahead_come_apart() {
        let branches = SelectionPattern::compile(r"^\[(?:A|B)\] [\s\S]*|^(?!\[|x$)\d+").unwrap().branches();
        assert_eq!(branches.len(), 2);
        assert!(branches[0].ahead.is_empty() && branches[0].rest.contains("A|B"), "{branches:?}");
        let (wanted, ahead) = &branches[1].ahead[0];
        assert!(!wanted && ahead.len() == 2 && ahead[0].rest == r"\x{5b}", "{branches:?}");
        assert_eq!(branches[1].rest, "[0-9]+");
    }
}
