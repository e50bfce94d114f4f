//! Members in YAML's block style, as the document around them is written.

use super::data::{Data, Members};
use crate::text::yaml::{Quote, literal, scalar};

/// How a document is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// How many columns a value stands behind its name.
    pub(super) step: usize,
    /// How many columns the items of a list do.
    pub(super) dash: usize,
    pub(super) quote: Quote,
}

impl Style {
    /// The lines of some members, each of which begins at a column.
    pub(super) fn members(self, members: &Members, column: usize) -> String {
        let mut out = String::new();
        for (name, value) in members {
            out.push_str(&" ".repeat(column));
            out.push_str(&scalar(name, self.quote));
            out.push(':');
            self.value(&mut out, value, column);
        }
        out
    }

    /// What stands behind the name or the dash that begins at a column.
    fn value(self, out: &mut String, value: &Data, column: usize) {
        match value {
            Data::Map(map) if !map.is_empty() => {
                out.push('\n');
                out.push_str(&self.members(map, column + self.step));
            }
            Data::List(list) if !list.is_empty() => {
                out.push('\n');
                self.items(out, list, column + self.dash);
            }
            Data::Text(text) if let Some((header, lines)) = literal(text) => {
                out.push(' ');
                out.push_str(header);
                out.push('\n');
                for line in lines {
                    if !line.is_empty() {
                        out.push_str(&" ".repeat(column + self.step));
                        out.push_str(line);
                    }
                    out.push('\n');
                }
            }
            Data::Text(text) => {
                out.push(' ');
                out.push_str(&scalar(text, self.quote));
                out.push('\n');
            }
            other => {
                out.push(' ');
                // What is neither text, list nor object, or is empty, is written as in JSON.
                out.push_str(&serde_json::to_string(other).unwrap_or_default());
                out.push('\n');
            }
        }
    }

    fn items(self, out: &mut String, list: &[Data], column: usize) {
        for item in list {
            out.push_str(&" ".repeat(column));
            out.push('-');
            match item {
                // The first member stands behind the dash.
                Data::Map(map) if !map.is_empty() => {
                    let lines = self.members(map, column + 2);
                    out.push(' ');
                    out.push_str(lines.trim_start_matches(' '));
                }
                item => self.value(out, item, column),
            }
        }
    }
}
