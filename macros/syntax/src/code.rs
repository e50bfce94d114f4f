//! Codes: the stable names of errors on the wire.

use std::fmt;

/// A code: `[A-Za-z][A-Za-z0-9_-]{0,63}`, none of [`RESERVED_CODES`].
///
/// The alphabet is what makes every pattern safe: no code can hold a bracket, a quote or an operator.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct Code(String);

/// An error of the platform's own, which nobody can declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserved {
    /// Its code.
    pub code: &'static str,
    /// Its HTTP status.
    pub status: u16,
    /// The title of its problem.
    pub title: &'static str,
    /// What it is, for whoever reads a schema.
    pub docs: &'static str,
}

impl Reserved {
    /// The function failed in a way that is not part of the contract.
    pub const INTERNAL: Self =
        Self { code: "InternalError", status: 500, title: "Internal Server Error", docs: "The function failed." };
    /// The function did not answer in time.
    pub const TIMEOUT: Self = Self {
        code: "FunctionTimeout",
        status: 504,
        title: "The function ran out of time",
        docs: "The function ran out of time.",
    };
    /// The input does not fit the operation.
    pub const INVALID: Self = Self {
        code: "InvalidPayload",
        status: 400,
        title: "The input does not fit the operation",
        docs: "The input does not fit the operation.",
    };
    /// All of them.
    pub const ALL: [Self; 3] = [Self::INTERNAL, Self::TIMEOUT, Self::INVALID];
}

/// The codes of [`Reserved::ALL`].
pub const RESERVED_CODES: [&str; 3] = [Reserved::INTERNAL.code, Reserved::TIMEOUT.code, Reserved::INVALID.code];

impl Code {
    /// Takes a code, or says what is wrong with it.
    pub fn new(text: &str) -> Result<Self, String> {
        let mut bytes = text.bytes();
        let fits = bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
            && text.len() <= 64;
        if !fits {
            return Err(format!(
                "`{text}` can't be a code: a code is a letter and up to 63 letters, digits, `_` and `-` of ASCII; \
                 give one with `code = \"…\"`"
            ));
        }
        if RESERVED_CODES.contains(&text) {
            return Err(format!(
                "`{text}` is a code of the platform's own failures: rename the variant or give another with `code = \"…\"`"
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for Code {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::new(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
