//! Names in Java: of types, members, constants and packages, on a disk that may not tell letters by their case.

use super::taken::OWN;
use crate::client::{Client, Language};
use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use std::collections::HashSet;
use std::fmt::Write;

/// How Java writes names.
pub(super) struct Java;

impl Language for Java {
    fn type_name(&self, name: &str) -> String {
        // `HTTPError` stays as it is.
        let camel = name.starts_with(|c: char| c.is_uppercase() && is_letter(c)) && name.chars().all(is_letter);
        let name = if camel { name.to_owned() } else { letters(&name.to_upper_camel_case()) };
        if name.starts_with(|c: char| c.is_uppercase()) { name } else { format!("T{name}") }
    }

    fn error_name(&self, code: &str) -> String {
        let name = self.type_name(code);
        if name.ends_with("Exception") { name } else { name + "Exception" }
    }

    fn member(&self, name: &str) -> String {
        let mut out = String::new();
        for word in name.to_snake_case().split('_').filter(|word| !word.is_empty()) {
            let word = letters(word);
            let mut chars = word.chars();
            match chars.next() {
                Some(first) if !out.is_empty() => out.extend(first.to_uppercase().chain(chars)),
                Some(first) => out.extend(first.to_lowercase().chain(chars)),
                None => {}
            }
        }
        // A name that begins as a type does would stand before one.
        if !out.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()) {
            out.insert_str(0, "of");
        }
        if WORDS.contains(&&*out) || OF_ALL.contains(&&*out) { out + "_" } else { out }
    }

    fn longer(&self, member: &str, more: &str) -> String {
        format!("{}{}", member.trim_end_matches('_'), more.to_upper_camel_case())
    }

    fn own_types(&self) -> &'static [&'static str] {
        OWN
    }

    fn own_methods(&self) -> &'static [&'static str] {
        &["of"]
    }
}

/// The names of an API's own classes beside those of the model.
pub(super) struct Bases {
    /// Any failure.
    pub(super) failure: String,
    /// Any declared error.
    pub(super) declared: String,
}

/// Names that no two files of a package share, whatever their letters' case.
#[derive(Debug, Default)]
pub(super) struct Files(HashSet<String>);

impl Files {
    pub(super) fn new() -> Self {
        Self(OWN.iter().map(|name| name.to_lowercase()).collect())
    }

    /// Takes a name; one that is taken gets a number.
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut names = std::iter::once(name.to_owned()).chain((2..usize::MAX).map(|number| format!("{name}{number}")));
        let name = names.find(|name| !self.0.contains(&name.to_lowercase())).unwrap_or_default();
        self.0.insert(name.to_lowercase());
        name
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }

    /// Takes the names of a client.
    pub(super) fn of(client: &mut Client<'_>, api: &str) -> (Self, Bases) {
        let mut files = Self::new();
        let named = client.types.iter_mut().map(|item| &mut item.name);
        let errors = client.errors.iter_mut().map(|item| &mut item.name);
        let sets = client.sets.iter_mut().map(|set| &mut set.name);
        let others = [&mut client.whole.name, &mut client.name, &mut client.function];
        for name in named.chain(errors).chain(sets).chain(others) {
            *name = files.take(name);
        }
        let mut ours = |mut name: String| {
            while files.has(&name) {
                name.insert_str(0, "Any");
            }
            files.take(&name)
        };
        let bases = Bases { failure: ours(format!("{api}Exception")), declared: ours(format!("{api}ApiException")) };
        (files, bases)
    }
}

/// Names the methods of a client so that no two of the three that each operation has are one.
pub(super) fn name_methods(client: &mut Client<'_>) {
    let mut taken = HashSet::new();
    let calls = client.calls.iter_mut().map(|call| &mut call.name);
    for name in client.methods.iter_mut().map(|method| &mut method.name).chain(calls) {
        let plain = name.clone();
        let mut names = std::iter::once(plain.clone()).chain((1..usize::MAX).map(|number| match number {
            1 => Java.longer(&plain, "call"),
            number => Java.longer(&plain, &format!("call{number}")),
        }));
        let free = |name: &String| {
            let stem = name.trim_end_matches('_');
            [name.clone(), tried(stem), format!("{stem}Async")].iter().all(|name| !taken.contains(name))
        };
        *name = names.find(free).unwrap_or(plain);
        let stem = name.trim_end_matches('_');
        taken.extend([name.clone(), tried(stem), format!("{stem}Async")]);
    }
}

/// The name of the method that gives a result.
pub(super) fn tried(stem: &str) -> String {
    let mut letters = stem.chars();
    letters.next().map_or(String::new(), |first| format!("try{}{}", first.to_uppercase(), letters.as_str()))
}

/// Takes a name among others.
pub(super) fn take(taken: &mut HashSet<String>, name: &str, tail: &str) -> String {
    let mut name = name.to_owned();
    while taken.contains(&name) {
        name.push_str(tail);
    }
    taken.insert(name.clone());
    name
}

/// The name of a constant.
pub(super) fn constant(name: &str) -> String {
    let name = letters(&name.to_shouty_snake_case());
    if name.starts_with(|c: char| c.is_alphabetic()) { name } else { format!("V{name}") }
}

/// What an error has beside its own members.
pub(super) const OF_ERRORS: &[&str] = &[
    "asException",
    "attempts",
    "code",
    "detail",
    "errorCode",
    "fillInStackTrace",
    "getCause",
    "getLocalizedMessage",
    "getMessage",
    "getStackTrace",
    "getSuppressed",
    "in",
    "info",
    "initCause",
    "isRetryable",
    "kindName",
    "members",
    "of",
    "printStackTrace",
    "requestId",
    "response",
    "retry",
    "retryAfter",
    "status",
    "title",
    "type",
    "who",
    "writeReplace",
];

/// What every object has, and every type of an API.
const OF_ALL: &[&str] = &[
    "build",
    "builder",
    "clone",
    "equals",
    "finalize",
    "fromJson",
    "getClass",
    "hashCode",
    "notify",
    "notifyAll",
    "out",
    "toJson",
    "toString",
    "wait",
];

/// Words that Java keeps for itself.
const WORDS: &[&str] = &[
    "abstract",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "record",
    "return",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "true",
    "try",
    "var",
    "void",
    "volatile",
    "while",
    "yield",
];

/// Whether Java gives a word a meaning of its own.
pub(super) fn is_word(name: &str) -> bool {
    WORDS.contains(&name)
}

/// A name in the letters that a Java 17 takes for an identifier.
fn letters(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if is_letter(c) || (c == '_' && !out.is_empty()) {
            out.push(c);
        } else {
            // Writing to a String never fails.
            let _ = write!(out, "U{:X}", u32::from(c));
        }
    }
    out
}

/// A letter or digit that every Java since 17 knows as one.
fn is_letter(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        // What is no letter to Java, or is younger than its Unicode 13.
        '\u{345}'
        | '\u{1c89}'..='\u{1c8a}'
        | '\u{2160}'..='\u{2188}'
        | '\u{24b6}'..='\u{24e9}'
        | '\u{2c2f}'
        | '\u{2c5f}'
        | '\u{a7c0}'..='\u{a7f6}' => false,
        '\u{5d0}'..='\u{5ea}'
        | '\u{620}'..='\u{64a}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fef}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        c => c < '\u{10000}' && c.is_alphabetic() && (c.is_uppercase() || c.is_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    #[test]
    fn no_two_methods_and_no_two_files_are_one() {
        let operation = |name: &str| {
            format!(
                r#"{{"name":"{name}","method":"GET","path":"/{name}","input":{{"ty":"unit"}},"output":"unit","status":200}}"#
            )
        };
        let names = ["get", "try_get", "get_async", "of", "class"];
        let ty = |name: &str| format!(r#"{{"name":"{name}","shape":"unit"}}"#);
        let types = ["Ab", "AB", "String", "Wire", "Con"];
        let text = format!(
            r#"{{"contract":2,"name":"apis","version":"1.0.0","operations":[{}],"sets":[],"errors":[],"types":[{}]}}"#,
            names.map(operation).join(","),
            types.map(ty).join(",")
        );
        let contract = Contract::read(&text).unwrap();
        let index = contract.index();
        let mut client = Client::new(&contract, &index, &Java);
        let (_, bases) = Files::of(&mut client, "Apis");
        name_methods(&mut client);
        let methods: Vec<_> = client.methods.iter().map(|method| &*method.name).collect();
        assert_eq!(methods, ["get", "tryGetCall", "getAsyncCall", "ofCall", "class_"]);
        let types: Vec<_> = client.types.iter().map(|item| &*item.name).collect();
        assert_eq!(types, ["Ab", "AB2", "StringType", "WireType", "ConType"]);
        assert_eq!((&*bases.failure, &*bases.declared), ("ApisException", "ApisApiException"));
    }
}
