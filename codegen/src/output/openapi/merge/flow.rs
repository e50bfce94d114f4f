//! Members in JSON, which is YAML's flow style, as the document around them is written.

use super::data::{Data, Members};
use crate::text::yaml::shown;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;

/// How a document is written where it is in braces.
#[derive(Debug)]
pub(super) struct Flow {
    /// The blanks of one level.
    pub(super) unit: String,
    /// Whether a blank stands behind a comma and a colon on one line.
    pub(super) is_spaced: bool,
}

impl Flow {
    /// Members on one line.
    pub(super) fn line(&self, members: &Members) -> String {
        let (comma, colon) = if self.is_spaced { (", ", ": ") } else { (",", ":") };
        let members =
            members.iter().map(|(name, value)| format!("{}{colon}{}", text(name), compact(value, comma, colon)));
        members.collect::<Vec<_>>().join(comma)
    }

    /// Members on lines of their own, each of which begins with these blanks.
    pub(super) fn lines(&self, members: &Members, blanks: &str) -> String {
        let line = format!("\n{blanks}");
        let members = members.iter().map(|(name, value)| {
            let mut out = Vec::new();
            let formatter = PrettyFormatter::with_indent(self.unit.as_bytes());
            // Trees of texts, numbers and lists always serialize.
            let _ = value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, formatter));
            let value = shown(&String::from_utf8_lossy(&out)).replace('\n', &line);
            format!("{line}{}: {value}", text(name))
        });
        members.collect::<Vec<_>>().join(",")
    }
}

fn text(name: &str) -> String {
    shown(&serde_json::to_string(name).unwrap_or_default())
}

fn compact(value: &Data, comma: &str, colon: &str) -> String {
    match value {
        Data::Map(map) => {
            let members =
                map.iter().map(|(name, value)| format!("{}{colon}{}", text(name), compact(value, comma, colon)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(comma))
        }
        Data::List(list) => {
            format!("[{}]", list.iter().map(|value| compact(value, comma, colon)).collect::<Vec<_>>().join(comma))
        }
        other => shown(&serde_json::to_string(other).unwrap_or_default()),
    }
}
