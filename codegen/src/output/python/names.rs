//! Names in Python: of classes, constants, functions, arguments and attributes.

use crate::client::{Client, Language, members};
use crate::contract::Field;
use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use std::collections::HashSet;
use std::fmt::Write as _;

/// How Python writes names.
pub(super) struct Python;

impl Language for Python {
    fn type_name(&self, name: &str) -> String {
        // `HTTPError` stays as it is.
        let camel = name.starts_with(char::is_uppercase) && name.chars().all(is_letter);
        let name = if camel { name.to_owned() } else { letters(&name.to_upper_camel_case()) };
        if name.starts_with(|c: char| c.is_ascii_uppercase()) && name != "None" && name != "True" && name != "False" {
            name
        } else {
            format!("T{name}")
        }
    }

    fn error_name(&self, code: &str) -> String {
        let name = self.type_name(code);
        let name = if name.ends_with("Error") { name } else { format!("{name}Error") };
        // Nobody wants another `TimeoutError`.
        if OWN.contains(&&*name) { format!("Api{name}") } else { name }
    }

    fn member(&self, name: &str) -> String {
        let name = letters(&name.to_snake_case());
        let name = if name.starts_with(|c: char| c.is_alphabetic()) { name } else { format!("x{name}") };
        if WORDS.contains(&&*name) { name + "_" } else { name }
    }

    fn longer(&self, member: &str, more: &str) -> String {
        format!("{}_{more}", member.trim_end_matches('_'))
    }

    fn own_types(&self) -> &'static [&'static str] {
        OWN
    }

    fn own_methods(&self) -> &'static [&'static str] {
        &["aclose", "close", "safe", "self"]
    }
}

/// A character that stands in names, and is the same under every normal form: Python takes names by NFKC.
fn is_letter(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{d7}' | '\u{f7}' | '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{17f}' => false,
        '\u{c0}'..='\u{17e}'
        | '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3ce}'
        | '\u{400}'..='\u{45f}'
        | '\u{5d0}'..='\u{5ea}'
        | '\u{621}'..='\u{63a}'
        | '\u{641}'..='\u{64a}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        _ => false,
    }
}

/// A name without what can't stand in one.
fn letters(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if is_letter(c) || c == '_' {
            out.push(c);
        } else {
            // Writing to a String never fails.
            let _ = write!(out, "u{:x}", u32::from(c));
        }
    }
    out
}

/// The name of a constant, from that of a type or a method.
pub(super) fn constant(name: &str) -> String {
    let name = if name.contains('_') { name.to_ascii_uppercase() } else { name.to_shouty_snake_case() };
    letters(&name)
}

/// Names that a module declares beside those of the client model, none of them twice.
pub(super) struct Taken(HashSet<String>);

impl Taken {
    pub(super) fn new() -> Self {
        Self(HashSet::new())
    }

    /// The names of an API's types, errors and sets, and of what every package has.
    pub(super) fn of(client: &Client<'_>) -> Self {
        let types = client.types.iter().map(|item| &item.name).chain(client.errors.iter().map(|error| &error.name));
        let sets = client.sets.iter().map(|set| &set.name);
        let own = OWN.iter().map(|name| (*name).to_owned());
        Self(types.chain(sets).chain([&client.whole.name, &client.failure]).cloned().chain(own).collect())
    }

    pub(super) fn take(&mut self, name: &str) -> String {
        let names = std::iter::once(name.to_owned()).chain((2..usize::MAX).map(|number| format!("{name}{number}")));
        // There are more numbers than names.
        let name = names.into_iter().find(|name| !self.0.contains(name)).unwrap_or_default();
        self.0.insert(name.clone());
        name
    }
}

/// The names of the attributes that fields become; what is taken gets a `_`.
pub(super) fn attributes(fields: &[Field], taken: &[&str]) -> Vec<String> {
    let mut names = members(&Python, fields);
    let mut seen: HashSet<String> = names.iter().cloned().collect();
    for name in &mut names {
        if taken.contains(&&**name) {
            let mut longer = format!("{name}_");
            while seen.contains(&longer) {
                longer.push('_');
            }
            seen.insert(longer.clone());
            *name = longer;
        }
    }
    names
}

/// Sorts the names of an import as isort does: constants, then classes, then what is written small; each whatever its case.
pub(super) fn sort_names(names: &mut Vec<String>) {
    names.sort_by_cached_key(|name| (kind(name), natural(&name.to_lowercase()), natural(name)));
    names.dedup();
}

/// Sorts the names of `__all__`, where the case counts.
pub(super) fn sort_all(names: &mut Vec<String>) {
    names.sort_by_cached_key(|name| (kind(name), natural(name)));
    names.dedup();
}

fn kind(name: &str) -> u8 {
    let upper = name.chars().count() > 1 && name.to_uppercase() == name;
    match name.chars().next() {
        Some(_) if upper => 0,
        Some(c) if c.is_uppercase() => 1,
        _ => 2,
    }
}

/// A name in the order of people, in which 2 comes before 10.
fn natural(name: &str) -> Vec<(u64, String)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if digits > 0 {
            let (number, behind) = rest.split_at(digits);
            parts.push((number.parse().unwrap_or(u64::MAX), String::new()));
            rest = behind;
        } else {
            let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            parts.push((u64::MAX, word.to_owned()));
            rest = behind;
        }
    }
    parts
}

/// What an argument of a method can't be called.
pub(super) const OF_METHODS: &[&str] = &["headers", "options", "retries", "self", "timeout"];

/// What an error has beside its own members.
pub(super) const OF_ERRORS: &[&str] = &[
    "about",
    "add_note",
    "args",
    "as_dict",
    "attempted",
    "attempts",
    "code",
    "detail",
    "idempotent",
    "instance",
    "is_retryable",
    "members",
    "of",
    "particulars",
    "property",
    "request_id",
    "response",
    "retry",
    "retry_after",
    "retry_after_seconds",
    "self",
    "status",
    "super",
    "title",
    "type_uri",
    "who",
    "with_traceback",
];

/// What no attribute, argument or method can be called: keywords, and the types that annotations in a class name.
const WORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "bool", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "float", "for", "from", "global", "if", "import", "in", "int", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "self", "str", "try", "tuple", "while", "with", "yield",
];

/// What every package declares, and what Python itself does under such names.
const OWN: &[&str] = &[
    "About",
    "ApiError",
    "ArithmeticError",
    "AssertionError",
    "AsyncFakeHttp",
    "AsyncFakeInvoke",
    "AsyncHttpClient",
    "AsyncInvoke",
    "AttributeError",
    "BaseException",
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "CallOptions",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeclaredError",
    "DeprecationWarning",
    "EOFError",
    "Ellipsis",
    "EncodingWarning",
    "EnvironmentError",
    "Err",
    "Exception",
    "ExceptionGroup",
    "FAMILY",
    "FakeHttp",
    "FakeInvoke",
    "False",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "GatewayError",
    "GatewayKind",
    "GeneratorExit",
    "HttpClient",
    "HttpResponse",
    "IOError",
    "ImportError",
    "ImportWarning",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "Invoke",
    "Invoked",
    "IsADirectoryError",
    "JSON",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "None",
    "NotADirectoryError",
    "NotImplemented",
    "NotImplementedError",
    "ONCE",
    "OSError",
    "Ok",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "PlatformError",
    "PlatformKind",
    "ProcessLookupError",
    "PythonFinalizationError",
    "RawResponse",
    "RecursionError",
    "ReferenceError",
    "Reply",
    "Request",
    "ResourceWarning",
    "Retries",
    "Retry",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "SystemExit",
    "TabError",
    "TimeoutError",
    "TransportError",
    "TransportKind",
    "True",
    "Trust",
    "TypeError",
    "UnboundLocalError",
    "UndeclaredError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UnmodelledError",
    "UserWarning",
    "ValueError",
    "Warning",
    "Who",
    "ZeroDivisionError",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_language_and_safe() {
        for (name, member) in [
            ("orderId", "order_id"),
            ("class", "class_"),
            ("__proto__", "proto"),
            ("", "x"),
            ("7", "x7"),
            ("größe", "größe"),
            ("ﬁ", "ufb01"),
            ("a b", "a_b"),
        ] {
            assert_eq!(Python.member(name), member, "{name}");
        }
        assert_eq!(Python.error_name("Timeout"), "ApiTimeoutError");
        assert_eq!(Python.error_name("order_not_found"), "OrderNotFoundError");
        assert_eq!(Python.type_name("7up"), "T7up");
        assert_eq!(constant("GetOrderError"), "GET_ORDER_ERROR");
    }
}
