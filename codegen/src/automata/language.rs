//! The language of a pattern: regular parts, joined by "and", "or" and "not".

/// Which messages a pattern takes, in terms of [`Parts`].
#[derive(Debug)]
pub enum Language {
    /// Those of a regular part, by its number.
    Part(usize),
    /// Those that the other does not take.
    Not(Box<Self>),
    /// Those that all take.
    All(Vec<Self>),
    /// Those that one of them takes.
    Any(Vec<Self>),
}

impl Language {
    /// Whether a message is among them, from the parts that take it.
    pub fn takes(&self, taken: &[bool]) -> bool {
        match self {
            Self::Part(number) => taken.get(*number).copied().unwrap_or_default(),
            Self::Not(other) => !other.takes(taken),
            Self::All(all) => all.iter().all(|one| one.takes(taken)),
            Self::Any(any) => any.iter().any(|one| one.takes(taken)),
        }
    }
}

/// Regular expressions without lookahead, each once.
#[derive(Debug, Default)]
pub struct Parts {
    texts: Vec<String>,
}

impl Parts {
    /// What the whole text must match, each.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The language of a regular expression without lookahead.
    pub fn part(&mut self, text: String) -> Language {
        let number = self.texts.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.texts.push(text);
            self.texts.len() - 1
        });
        Language::Part(number)
    }
}
