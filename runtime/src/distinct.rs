//! Checks over tables that rustc makes while it compiles: a code names one error, a route one operation.

use crate::{Entry, ErrorInfo, OperationInfo};

/// How many errors the tables hold; the `N` of [`distinct_codes`].
#[doc(hidden)]
pub const fn count(tables: &[&[Entry]]) -> usize {
    let (mut sum, mut i) = (0, 0);
    while i < tables.len() {
        let mut k = 0;
        while k < tables[i].len() {
            sum += match tables[i][k] {
                Entry::Error(_) => 1,
                Entry::Flatten(inner) => count(&[inner]),
            };
            k += 1;
        }
        i += 1;
    }
    sum
}

/// Stops the compiler where two errors of the tables have one code and are not the same for whoever receives them. One enum
/// may well stand in several tables, and two enums may declare one error.
///
/// It sorts by a hash of the code first: rustc refuses constants that take long.
#[doc(hidden)]
#[track_caller]
pub const fn distinct_codes<const N: usize>(tables: &[&[Entry]]) {
    let mut sorted: [(u64, Option<&ErrorInfo>); N] = [(0, None); N];
    fill(tables, &mut sorted, 0);
    sort(&mut sorted);
    let mut i = 1;
    while i < N {
        if let (a, Some(first)) = sorted[i - 1]
            && let (b, Some(second)) = sorted[i]
            && a == b
            && same(first.code, second.code)
            && !same(first.origin, second.origin)
            && !equal(first, second)
        {
            stop(&[
                "two enums declare the code `",
                second.code,
                "` as different errors: declare it in one enum that both `flatten`, or give one of them another with `code = \"…\"`\nnote: ",
                first.origin,
                " and ",
                second.origin,
            ]);
        }
        i += 1;
    }
}

/// Stops the compiler where two operations share a route or a name.
#[doc(hidden)]
#[track_caller]
pub const fn distinct_routes(operations: &[OperationInfo]) {
    let mut i = 0;
    while i < operations.len() {
        let mut k = i + 1;
        while k < operations.len() {
            let (first, second) = (&operations[i], &operations[k]);
            // Those without a route are invoked directly.
            if !first.shape.is_empty() && same(first.shape, second.shape) {
                let path = second.path;
                stop(&[
                    "two operations answer `",
                    second.method,
                    " ",
                    path,
                    "`: give one of them another method or path",
                ]);
            }
            if same(first.name, second.name) {
                stop(&[
                    "two operations are named `",
                    second.name,
                    "`: rename one of the handlers, or give it a `name`",
                ]);
            }
            k += 1;
        }
        i += 1;
    }
}

const fn fill(tables: &[&[Entry]], sorted: &mut [(u64, Option<&ErrorInfo>)], mut at: usize) -> usize {
    let mut i = 0;
    while i < tables.len() {
        let mut k = 0;
        while k < tables[i].len() {
            match tables[i][k] {
                Entry::Error(info) => {
                    sorted[at] = (hash(info.code), Some(info));
                    at += 1;
                }
                Entry::Flatten(inner) => at = fill(&[inner], sorted, at),
            }
            k += 1;
        }
        i += 1;
    }
    at
}

/// FNV-1a.
const fn hash(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (mut hash, mut i) = (0xcbf2_9ce4_8422_2325_u64, 0);
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    hash
}

/// Heapsort: the standard library's sorts are not for constants.
const fn sort(items: &mut [(u64, Option<&ErrorInfo>)]) {
    let mut start = items.len() / 2;
    let mut end = items.len();
    while end > 1 {
        if start > 0 {
            start -= 1;
        } else {
            end -= 1;
            items.swap(0, end);
        }
        let mut root = start;
        while 2 * root + 1 < end {
            let mut child = 2 * root + 1;
            if child + 1 < end && items[child].0 < items[child + 1].0 {
                child += 1;
            }
            if items[root].0 >= items[child].0 {
                break;
            }
            items.swap(root, child);
            root = child;
        }
    }
}

/// Whether two errors are one for whoever receives them.
const fn equal(a: &ErrorInfo, b: &ErrorInfo) -> bool {
    let help = match (a.type_uri, b.type_uri) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    };
    if !help || a.members.len() != b.members.len() {
        return false;
    }
    let mut i = 0;
    while i < a.members.len() {
        let (a, b) = (&a.members[i], &b.members[i]);
        let header = match (a.header, b.header) {
            (Some(a), Some(b)) => same(a, b),
            (None, None) => true,
            _ => false,
        };
        if !header || !same(a.name, b.name) {
            return false;
        }
        i += 1;
    }
    a.status == b.status
        && same(a.title, b.title)
        && a.exposed == b.exposed
        && a.retry as u8 == b.retry as u8
        && a.deprecated == b.deprecated
        && a.retry_after == b.retry_after
        && a.message == b.message
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Panics, which stops the compiler, with the parts joined: a constant's panic takes no `format!`. The compiler shows the
/// place that asked for the check, and nothing of this file.
#[track_caller]
const fn stop(parts: &[&str]) {
    let mut text = [0; 1024];
    let (mut len, mut i) = (0, 0);
    while i < parts.len() {
        let part = parts[i].as_bytes();
        let mut k = 0;
        while k < part.len() && len < text.len() {
            text[len] = part[k];
            len += 1;
            k += 1;
        }
        i += 1;
    }
    match std::str::from_utf8(text.split_at(len).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("two errors or operations of the API are not distinct"),
    }
}
