//! One source file: its package, what it imports, and what it declares.

use std::collections::BTreeSet;
use std::fmt::Write;

/// The classes that sources name, and where they are.
const IMPORTS: &[(&str, &str)] = &[
    ("ArrayDeque", "java.util.ArrayDeque"),
    ("ArrayList", "java.util.ArrayList"),
    ("BigDecimal", "java.math.BigDecimal"),
    ("BigInteger", "java.math.BigInteger"),
    ("CompletableFuture", "java.util.concurrent.CompletableFuture"),
    ("Comparator", "java.util.Comparator"),
    ("CompletionException", "java.util.concurrent.CompletionException"),
    ("Deque", "java.util.Deque"),
    ("Duration", "java.time.Duration"),
    ("Executor", "java.util.concurrent.Executor"),
    ("ForkJoinPool", "java.util.concurrent.ForkJoinPool"),
    ("HashMap", "java.util.HashMap"),
    ("HttpClient", "java.net.http.HttpClient"),
    ("LinkedHashMap", "java.util.LinkedHashMap"),
    ("List", "java.util.List"),
    ("Map", "java.util.Map"),
    ("Nullable", "org.jspecify.annotations.Nullable"),
    ("Objects", "java.util.Objects"),
    ("OffsetDateTime", "java.time.OffsetDateTime"),
    ("Optional", "java.util.Optional"),
    ("Set", "java.util.Set"),
    ("StandardCharsets", "java.nio.charset.StandardCharsets"),
    ("UnaryOperator", "java.util.function.UnaryOperator"),
];

/// A file with what it declares.
pub(super) fn source(origin: &str, package: &str, body: &str) -> String {
    source_of(origin, package, body, &[], &[])
}

/// A file of a package below, which names some of the classes of the package itself.
pub(super) fn source_beside(origin: &str, package: &str, below: &str, body: &str, own: &[&str]) -> String {
    let own: Vec<_> = own.iter().map(|name| (*name, format!("{package}.{name}"))).collect();
    source_of(origin, &format!("{package}.{below}"), body, &own, &[])
}

/// A file that names some more classes, and some functions of `JUnit`'s.
pub(super) fn source_of(origin: &str, package: &str, body: &str, own: &[(&str, String)], statics: &[&str]) -> String {
    let mut used = BTreeSet::new();
    let mut asserts: BTreeSet<&str> = BTreeSet::new();
    for line in body.lines() {
        let line = line.trim_start();
        if line.starts_with(['*', '/']) {
            continue;
        }
        for word in words(line) {
            used.extend(IMPORTS.iter().filter(|(name, _)| *name == word).map(|(_, path)| *path));
            used.extend(own.iter().filter(|(name, _)| *name == word).map(|(_, path)| &**path));
            asserts.extend(statics.iter().copied().filter(|name| *name == word));
        }
    }
    let mut out = format!("// {origin}\n\npackage {package};\n\n");
    // Writing to a String never fails.
    for name in &asserts {
        let _ = writeln!(out, "import static org.junit.jupiter.api.Assertions.{name};");
    }
    if !asserts.is_empty() {
        used.insert("org.junit.jupiter.api.Test");
        out.push('\n');
    }
    for path in &used {
        let _ = writeln!(out, "import {path};");
    }
    if !used.is_empty() {
        out.push('\n');
    }
    out.push_str(body.trim_end());
    out.push('\n');
    out
}

/// The identifiers of a line, without those in its texts.
fn words(line: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), line);
    while let Some(first) = rest.chars().next() {
        let length = if first == '"' {
            let mut escaped = false;
            let end = rest.get(1..).unwrap_or_default().find(|c: char| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            found.extend(rest.get(..end));
            end
        } else {
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    found
}
