//! The lines of a text: where each begins, so that a place is found without a look at all that stands before it.

use std::ops::Range;

/// After how many bytes the characters are counted anew: a document may be one line.
const STEP: usize = 1024;

/// Where the lines of a text begin.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    /// How many characters begin before each step.
    characters: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        let mut characters = vec![0];
        for step in text.as_bytes().chunks(STEP) {
            characters.push(characters.last().copied().unwrap_or_default() + begun(step));
        }
        Self { starts, characters }
    }

    /// The number of the line that a byte stands in, from 0.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The bytes of a line, with its end; none where there is no such line.
    pub(crate) fn range(&self, line: usize, text: &str) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(text.len());
        start..self.starts.get(line + 1).copied().unwrap_or(text.len())
    }

    /// The line and the column of a byte, both from 1, the column in characters.
    pub(crate) fn place(&self, at: usize, text: &str) -> (usize, usize) {
        let line = self.line(at);
        let start = self.range(line, text).start;
        (line + 1, self.before(at, text).saturating_sub(self.before(start, text)) + 1)
    }

    /// How many characters begin before a byte.
    fn before(&self, at: usize, text: &str) -> usize {
        let at = at.min(text.len());
        let step = at / STEP;
        let rest = text.as_bytes().get(step * STEP..at).unwrap_or_default();
        self.characters.get(step).copied().unwrap_or_default() + begun(rest)
    }
}

/// How many characters begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::File;

    #[test]
    fn places_are_those_that_counting_finds() {
        let text = format!("a\né{}\n\r\nz{}", "é€x".repeat(900), "\u{1f600}".repeat(700));
        let file = File { path: "x".into(), text: text.clone() };
        let lines = Lines::of(&text);
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            assert_eq!(lines.place(at, &text), file.place(at), "{at}");
        }
        assert_eq!(lines.place(usize::MAX, "x").0, 4);
        assert_eq!(&text[lines.range(0, &text)], "a\n");
        assert_eq!(lines.range(9, &text), text.len()..text.len());
    }
}
