//! Callers whom a test names: what an authorizer or IAM would have found out of their credentials.

use throwback_gateway::{Call, Caller};

/// Callers, and the API keys that are known; without `Debug`, for tokens and keys are no text for a log.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Callers {
    /// Whoever brings this token in `Authorization`, with or without `Bearer`; every request where it is empty.
    pub named: Vec<(String, Caller)>,
    /// The API keys that are known.
    pub api_keys: Vec<String>,
}

impl Callers {
    /// Adds one as the command line has it: JSON or the file that holds it, behind `TOKEN=` where only some requests are his.
    ///
    /// # Errors
    /// What it is instead.
    pub fn name(&mut self, text: &str) -> Result<(), String> {
        let token = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
        };
        let (token, json) = match text.split_once('=') {
            Some((name, json)) if token(name) => (name, json),
            _ => ("", text),
        };
        let read = || std::fs::read_to_string(json).map_err(|error| format!("can't read `{json}`: {error}"));
        let json = if json.trim_start().starts_with('{') { json.to_owned() } else { read()? };
        self.named.push((token.to_owned(), Caller::read(&json)?));
        Ok(())
    }

    /// Says in a request who calls.
    pub(super) fn identify(&self, call: &mut Call) {
        let sent = call.header("authorization").unwrap_or_default();
        let sent = sent.strip_prefix("Bearer ").unwrap_or(sent);
        let named = || self.named.iter().find(|(token, _)| !token.is_empty() && token == sent);
        let caller = named().or_else(|| self.named.iter().find(|(token, _)| token.is_empty()));
        call.caller = caller.map(|(_, caller)| caller.clone());
        call.api_keys.clone_from(&self.api_keys);
    }
}
