//! Reads a selection pattern of the portable kind: `^`, `(?:)`, `|`, `(?!)`, `[\s\S]`, `\d`, `*`, `+` and literals mean
//! the same in Java, JavaScript and Python. Anything else is refused: what can't be read can't be proved.

/// One piece of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// One character, ASCII.
    Char(u8),
    /// `\d`
    Digit,
    /// `[\s\S]`
    Any,
    /// `(?:a|b)`
    Group(Vec<Vec<Self>>),
    /// `(?!a|b)`
    Not(Vec<Vec<Self>>),
    /// `a*`, and `a+` where at least one is asked for.
    Repeat(Box<Self>, bool),
}

/// Reads a pattern that begins with `^` and ends in `[\s\S]*` or `[\s\S]+`. Such a one takes the same messages whether
/// the whole must match, a prefix, or any part: a match starts at the start, and can go on to the end.
pub(super) fn read(pattern: &str) -> Result<Vec<Node>, String> {
    let rest = pattern.strip_prefix('^').ok_or("it does not begin with `^`, so a search may start anywhere")?;
    let mut reader = Reader { bytes: rest.as_bytes(), at: 0 };
    let mut alternatives = reader.alternatives()?;
    if reader.at < reader.bytes.len() {
        return Err(reader.refuse("a `)` too many"));
    }
    let sequence = match alternatives.len() {
        1 => alternatives.remove(0),
        _ => return Err("a `|` stands in no group, so `^` holds for the first branch alone".to_owned()),
    };
    match sequence.last() {
        Some(Node::Repeat(node, _)) if **node == Node::Any => Ok(sequence),
        _ => Err(r"it does not end in `[\s\S]*` or `[\s\S]+`, so a full match takes less than a search".to_owned()),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn alternatives(&mut self) -> Result<Vec<Vec<Node>>, String> {
        let mut alternatives = vec![Vec::new()];
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b')' => break,
                b'|' => {
                    self.at += 1;
                    alternatives.push(Vec::new());
                }
                _ => {
                    let node = self.repeated()?;
                    if let Some(sequence) = alternatives.last_mut() {
                        sequence.push(node);
                    }
                }
            }
        }
        Ok(alternatives)
    }

    fn repeated(&mut self) -> Result<Node, String> {
        let node = self.node()?;
        let at_least_one = match self.bytes.get(self.at) {
            Some(b'*') => false,
            Some(b'+') => true,
            _ => return Ok(node),
        };
        self.at += 1;
        if matches!(node, Node::Not(_)) || matches!(self.bytes.get(self.at), Some(b'*' | b'+' | b'?' | b'{')) {
            return Err(self.refuse("a quantifier that not every dialect reads alike"));
        }
        Ok(Node::Repeat(Box::new(node), at_least_one))
    }

    fn node(&mut self) -> Result<Node, String> {
        for (open, negative) in [("(?:", false), ("(?!", true)] {
            if self.take(open) {
                let inner = self.alternatives()?;
                return match self.take(")") {
                    true if negative => Ok(Node::Not(inner)),
                    true => Ok(Node::Group(inner)),
                    false => Err(self.refuse("a group that is not closed")),
                };
            }
        }
        if self.take(r"[\s\S]") {
            return Ok(Node::Any);
        }
        if self.take(r"\d") {
            return Ok(Node::Digit);
        }
        if self.take(r"\") {
            let escaped = self.bytes.get(self.at).copied().filter(u8::is_ascii_punctuation);
            self.at += 1;
            return escaped.map(Node::Char).ok_or_else(|| self.refuse("an escape that not every dialect reads alike"));
        }
        match self.bytes.get(self.at) {
            Some(b'[' | b']' | b'(' | b'{' | b'}' | b'.' | b'?' | b'^' | b'$' | b'*' | b'+') | None => {
                Err(self.refuse("a character that has to be escaped, or is more than the portable dialect holds"))
            }
            Some(byte) if !matches!(byte, b' '..=b'~') => Err(self.refuse("a character that is not visible ASCII")),
            Some(byte) => {
                self.at += 1;
                Ok(Node::Char(*byte))
            }
        }
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(text.as_bytes()));
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// Columns count from 1, behind the `^`.
    fn refuse(&self, why: &str) -> String {
        format!("{why}, at column {}", self.at.min(self.bytes.len()) + 2)
    }
}
