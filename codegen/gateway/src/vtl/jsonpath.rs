//! The paths that `$input.path`, `$input.json` and mapping expressions take: `$`, `.name`, `['name']`, `[0]`.

use super::value::{Heap, Value};

/// A step of a path.
#[derive(Debug, PartialEq)]
pub(crate) enum Part {
    Name(String),
    Index(i64),
}

/// Reads a path; the message says what of `JSONPath` is not known here.
pub(crate) fn parse(path: &str) -> Result<Vec<Part>, String> {
    let mut rest = path.trim();
    rest = rest.strip_prefix('$').unwrap_or(rest);
    if path.trim().is_empty() {
        return Err("an empty JSONPath".to_owned());
    }
    // `name` alone means `$.name`.
    let mut parts = Vec::new();
    if !rest.is_empty() && !rest.starts_with(['.', '[']) {
        rest = name(rest, path, &mut parts)?;
    }
    while !rest.is_empty() {
        rest = if let Some(after) = rest.strip_prefix('.') {
            name(after, path, &mut parts)?
        } else if let Some(after) = rest.strip_prefix('[') {
            bracket(after, path, &mut parts)?
        } else {
            return Err(unknown(path));
        };
    }
    Ok(parts)
}

fn unknown(path: &str) -> String {
    format!("JSONPath `{path}` is not understood here: allowed are `$`, `.name`, `['name']` and `[0]`")
}

fn name<'a>(text: &'a str, path: &str, parts: &mut Vec<Part>) -> Result<&'a str, String> {
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name.is_empty() || name.contains(['*', '(', ')', ' ', '?', '@']) {
        return Err(unknown(path));
    }
    parts.push(Part::Name(name.to_owned()));
    Ok(rest)
}

fn bracket<'a>(text: &'a str, path: &str, parts: &mut Vec<Part>) -> Result<&'a str, String> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let (part, rest) = if let Some(quote) = quote {
        let (name, rest) = text[1..].split_once(quote).ok_or_else(|| unknown(path))?;
        (Part::Name(name.to_owned()), rest)
    } else {
        let (index, _) = text.split_once(']').ok_or_else(|| unknown(path))?;
        let number = index.trim().parse().map_err(|_| unknown(path))?;
        (Part::Index(number), &text[index.len()..])
    };
    parts.push(part);
    rest.trim_start().strip_prefix(']').ok_or_else(|| unknown(path))
}

/// What stands at a path, if anything does.
pub(super) fn select(heap: &Heap, root: &Value, parts: &[Part]) -> Option<Value> {
    let mut at = root.clone();
    for part in parts {
        at = match (part, &at) {
            (Part::Name(name), Value::Map(place)) => heap.entries(*place)?.get(name.as_str())?.clone(),
            (Part::Index(index), Value::List(place)) => {
                let items = heap.items(*place);
                let from_end = || items.len().checked_sub(usize::try_from(index.unsigned_abs()).ok()?);
                items.get(usize::try_from(*index).ok().or_else(from_end)?)?.clone()
            }
            _ => return None,
        };
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let name = |name: &str| Part::Name(name.to_owned());
        assert_eq!(parse("$"), Ok(vec![]));
        assert_eq!(parse("$.a.b-c[0]['d.e']"), Ok(vec![name("a"), name("b-c"), Part::Index(0), name("d.e")]));
        assert_eq!(parse("a.b"), Ok(vec![name("a"), name("b")]));
        for wrong in ["", "$..a", "$.a[?(@.b)]", "$.*", "$['a'", "$[", "$[x]", "$.a.", "$['é'x]"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
