//! What functions of before throw: messages without a tag, and the errors that they are.

use super::{FlagForm, Said};
use crate::contract::Contract;
use serde::Deserialize;
use std::ffi::OsString;
use throwback_syntax::Reserved;

/// A message that a function of before throws, and the error that it is. The first of a list that fits counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Legacy {
    /// How the message begins; `*` stands for any text.
    pub message: String,
    /// The error's code.
    pub code: String,
}

/// More of them, and a pattern can take quadratic time and worse.
const MOST_STARS: usize = 2;

impl Legacy {
    /// A message's beginning and a code.
    pub fn new(message: impl Into<String>, code: impl Into<String>) -> Self {
        Self { message: message.into(), code: code.into() }
    }

    /// The beginning as a regular expression that means the same in Java, JavaScript, Python and Rust.
    pub(crate) fn regex(&self) -> String {
        let mut regex = String::new();
        for c in self.message.chars() {
            match c {
                '*' => regex.push_str(r"[\s\S]*"),
                '\\' | '.' | '[' | ']' | '(' | ')' | '{' | '}' | '+' | '?' | '^' | '$' | '|' => regex.extend(['\\', c]),
                c => regex.push(c),
            }
        }
        regex
    }

    /// Whether it begins with any text, which is none with a bracket: that is a tag's.
    pub(crate) fn begins_anyhow(&self) -> bool {
        self.message.starts_with('*')
    }

    /// What is wrong with it, whatever the contract.
    pub(super) fn mistakes(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut wrong = |why: &str| found.push(format!("the `message` {:?} of `legacy` {why}", self.message));
        if !self.message.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            wrong("has characters that are not ASCII, or do not show: put `*` in their place");
        }
        if !self.message.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            wrong("has no letter and no digit, and would take any message");
        }
        if self.message.matches('*').count() > MOST_STARS {
            wrong("has more than two `*`");
        }
        if self.message.strip_prefix('[').is_some_and(|rest| !rest.split('*').next().unwrap_or_default().contains(']'))
        {
            wrong("begins with `[` and does not say which tag of before that is: write it with its `]`");
        }
        if self.message.ends_with('*') {
            wrong("ends in `*`: anything may follow without it");
        }
        found
    }

    /// What does not fit the contract.
    pub(crate) fn strangers(list: &[Self], contract: &Contract) -> Vec<String> {
        let mut found = Vec::new();
        for Self { message, code } in list {
            let codes = || contract.errors.iter().map(|error| &*error.code);
            if !codes().any(|known| known == code) {
                let near = codes().min_by_key(|known| strsim::damerau_levenshtein(known, code));
                let meant = near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"));
                found.push(format!("`legacy` names the error {code:?}, and there is none{meant}"));
            }
            let mut tags = codes().chain(Reserved::ALL.iter().map(|reserved| reserved.code));
            if let Some(tag) = tags.find(|known| message.starts_with(&format!("[{known}]"))) {
                found.push(format!(
                    "`legacy` has {message:?}: that is the tag of `{tag}`, whose response takes it already"
                ));
            }
        }
        for set in &contract.sets {
            let mut before: Vec<&Self> = Vec::new();
            for legacy in list.iter().filter(|legacy| set.errors.iter().any(|known| **known == *legacy.code)) {
                if let Some(first) = before.iter().find(|first| legacy.message.starts_with(&first.message)) {
                    let text = format!(
                        "`legacy` never comes to {:?} for `{}`: {:?} stands before it and takes the same messages; the first \
                         that fits counts",
                        legacy.message, legacy.code, first.message
                    );
                    if !found.contains(&text) {
                        found.push(text);
                    }
                }
                before.push(legacy);
            }
        }
        found
    }
}

/// No command line says what functions threw.
impl Said for Vec<Legacy> {
    const FORM: FlagForm = FlagForm::Text;

    fn say(&mut self, said: OsString) -> Result<(), OsString> {
        Err(said)
    }
}
