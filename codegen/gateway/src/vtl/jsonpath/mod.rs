//! The paths that `$input.path`, `$input.json` and mapping expressions take, as json-path 2.0.0 reads them.

mod compile;
mod filter;
mod meet;
mod select;

pub(super) use compile::Path;
pub(super) use select::select;

use compile::Token;

/// A step of a path to one place.
#[derive(Debug, PartialEq)]
pub(crate) enum Part {
    Name(String),
    Index(i64),
}

/// Reads a path that leads to one place, as a mapping expression has one.
pub(crate) fn parse(path: &str) -> Result<Vec<Part>, String> {
    let compiled = Path::compile(path)?;
    let mut parts = Vec::new();
    for token in compiled.tokens {
        match token {
            Token::Root => {}
            Token::Properties(mut names) if names.len() == 1 => parts.push(Part::Name(names.remove(0))),
            Token::Index(index) => parts.push(Part::Index(index.into())),
            _ => return Err(format!("JSONPath `{path}` leads to more than one place: a name or an index is needed")),
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_to_one_place() {
        let name = |name: &str| Part::Name(name.to_owned());
        assert_eq!(parse("$"), Ok(vec![]));
        assert_eq!(parse("$.a.b-c[0]['d.e']"), Ok(vec![name("a"), name("b-c"), Part::Index(0), name("d.e")]));
        assert_eq!(parse("a.b"), Ok(vec![name("a"), name("b")]));
        for wrong in ["", " ", "$..a", "$.a[?(@.b)]", "$.*", "$['a'", "$[", "$[x]", "$.a.", "$[\"a\"]", "$a", "$.a b"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
