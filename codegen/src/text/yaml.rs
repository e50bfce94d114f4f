//! Texts as YAML writes them: scalars that each reader takes for texts, whatever its version of YAML.

use super::visible;
use std::fmt::Write as _;

/// The quotes that a document prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quote {
    /// `'200'`
    #[default]
    Single,
    /// `"200"`
    Double,
}

/// A text on one line, without quotes where nobody can take it for anything else, else in those that it does not hold.
pub fn scalar(text: &str, quote: Quote) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let is_single = match (text.contains(['"', '\\']), text.contains('\'')) {
        (true, _) => true,
        (false, true) => false,
        (false, false) => quote == Quote::Single,
    };
    if is_single && !text.contains('\n') && visible(text) == text {
        return format!("'{}'", text.replace('\'', "''"));
    }
    // A text always serializes.
    shown(&serde_json::to_string(text).unwrap_or_default())
}

/// The lines of a literal block and what stands before them, where one holds the text as it is.
pub fn literal(text: &str) -> Option<(&'static str, std::str::Lines<'_>)> {
    let (body, header) = text.strip_suffix('\n').map_or((text, "|-"), |body| (body, "|"));
    let fits = body.contains('\n')
        && !body.starts_with(char::is_whitespace)
        && !body.ends_with(char::is_whitespace)
        && body.lines().all(|line| line.is_empty() || !line.trim().is_empty())
        && visible(text) == text;
    fits.then(|| (header, body.lines()))
}

/// JSON, which is YAML too once the characters that act instead of being seen are written out: they stand in its texts
/// alone.
pub fn shown(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match u16::try_from(u32::from(c)) {
            Ok(unit) if visible::acts(c) => drop(write!(out, "\\u{unit:04x}")),
            _ => out.push(c),
        }
    }
    out
}

/// Words that some reader takes for something else (YAML 1.1, "Language-Independent Types").
const WORDS: [&str; 11] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];

fn is_plain(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || " _-.,/()+*$;'`=@<>?!%".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$')
        && text.chars().all(inner)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use granit_parser::{Event, Parser};
    use proptest::prelude::*;

    fn read(yaml: &str) -> String {
        let texts = Parser::new_from_str(yaml).filter_map(|event| match event.unwrap().0 {
            Event::Scalar(text, ..) => Some(text.into_owned()),
            _ => None,
        });
        texts.last().unwrap()
    }

    #[test]
    fn what_is_no_text_elsewhere_has_quotes() {
        for text in [
            "", "1", "1e3", "0x1", "no", "Off", "null", "~", "<<", "1:30", "a: b", "a #b", "- a", "a ", "*a", "=",
            ".inf", "a:",
        ] {
            for quote in [Quote::Single, Quote::Double] {
                assert!(scalar(text, quote).starts_with(['\'', '"']), "{text:?}");
            }
        }
        assert_eq!(scalar("application/problem+json", Quote::Double), "application/problem+json");
    }

    proptest! {
        #[test]
        fn every_text_reads_back(text in any::<String>(), double in any::<bool>()) {
            let quote = if double { Quote::Double } else { Quote::Single };
            prop_assert_eq!(read(&format!("a:\n  b: {}\n", scalar(&text, quote))), text.clone());
            prop_assert_eq!(read(&format!("a: {{\"b\": {} }}\n", shown(&serde_json::to_string(&text).unwrap()))), text);
        }

        #[test]
        fn a_literal_block_reads_back(text in "[a-z#:' \"{}\\-\n]{0,40}") {
            if let Some((header, lines)) = literal(&text) {
                let lines: String = lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect();
                prop_assert_eq!(read(&format!("a: {header}\n{lines}")), text);
            }
        }
    }
}
