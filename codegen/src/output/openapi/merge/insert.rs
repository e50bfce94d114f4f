//! Insertions: members that a document has more, put into its text, which stays as it is around them.

use super::base::{Base, Entry, Id, Kind, MERGE};
use super::data::{Data, Members};
use super::yaml::Style;
use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
use crate::text::yaml::shown;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use std::ops::Range;

/// Puts members into the text of a document.
///
/// # Errors
/// Where one would stand at two places, or at none.
pub(super) fn insert(base: &Base, patch: &Data) -> Result<String, Failed> {
    let mut inserter = Inserter::new(base);
    if let Some(members) = patch.map() {
        inserter.object(base.root, members, 0..0, 0);
    }
    let edits = inserter.edits;
    inserter.errors.finish(())?;
    Ok(applied(&base.file.text, edits))
}

/// A text that comes in at a place.
struct Edit {
    at: usize,
    /// How deep what it belongs to is: the deepest stands first.
    depth: usize,
    /// Whether it is whole lines.
    is_lines: bool,
    text: String,
}

struct Inserter<'a> {
    base: &'a Base,
    text: &'a str,
    style: Style,
    /// The blanks of one level of a document in flow style.
    unit: String,
    edits: Vec<Edit>,
    errors: Diagnostics,
}

impl<'a> Inserter<'a> {
    fn new(base: &'a Base) -> Self {
        let text = &*base.file.text;
        let blocks = || {
            base.nodes.iter().filter_map(|node| match &node.kind {
                Kind::Map { flow: false, entries, column } => Some((entries, *column)),
                _ => None,
            })
        };
        let values = || {
            blocks()
                .flat_map(|(entries, column)| entries.iter().map(move |entry| (&base.nodes[entry.value].kind, column)))
        };
        let step = values().find_map(|(kind, above)| match kind {
            Kind::Map { flow: false, column, .. } => column.checked_sub(above).filter(|step| *step > 0),
            _ => None,
        });
        let dash = values().find_map(|(kind, above)| match kind {
            Kind::List { flow: false, items } => {
                // The list itself begins behind the dash.
                let first = base.nodes[*items.first()?].range.start;
                let start = line_start(text, first);
                let blanks = text[start..first].len() - text[start..first].trim_start_matches(' ').len();
                text[start + blanks..].starts_with("- ").then_some(())?;
                blanks.checked_sub(above)
            }
            _ => None,
        });
        let step = step.unwrap_or(2);
        let unit = match &base.nodes[base.root].kind {
            Kind::Map { flow: true, entries, .. } => {
                entries.first().and_then(|entry| blanks_before(text, entry.at.start))
            }
            _ => None,
        };
        Self {
            base,
            text,
            style: Style { step, dash: dash.unwrap_or(step), quote: base.quote },
            unit: unit.map_or_else(|| " ".repeat(step), ToOwned::to_owned),
            edits: Vec::new(),
            errors: Diagnostics::default(),
        }
    }

    /// Adds members to an object, which stands under a name.
    fn object(&mut self, id: Id, patch: &Members, name: Range<usize>, depth: usize) {
        let base = self.base;
        let node = &base.nodes[id];
        if let Kind::Alias(anchor) = node.kind {
            let of = base.anchors.get(&anchor).map_or(0..0, |id| base.nodes[*id].range.clone());
            return self.twice(
                "this is an alias, so that what is added would be added to what it stands for",
                node.range.clone(),
                first_line(self.text, of),
            );
        }
        if let Some(alias) = base.aliases.get(&node.anchor).filter(|_| node.anchor > 0) {
            return self.twice(
                "this has an anchor, so that what is added would be added where an alias names it as well",
                name,
                alias.clone(),
            );
        }
        let Kind::Map { entries, flow, column } = &node.kind else {
            let diagnostic = Diagnostic::new("an object is expected here, and there is none to add to");
            return self.errors.push(diagnostic.at(&base.file, name, "").help("write `{}`, or remove the name"));
        };
        let mut new = Members::new();
        for (key, value) in patch {
            let own = entries.iter().find(|entry| entry.key == *key);
            match (own, value) {
                (Some(entry), Data::Map(members)) => match &base.nodes[entry.value].kind {
                    Kind::Scalar { data: Data::Null, .. } => self.nothing(entry, members, *flow, *column, depth + 1),
                    _ => self.object(entry.value, members, entry.at.clone(), depth + 1),
                },
                (Some(_), _) => {}
                (None, value) => {
                    if let Some(merged) = base.entry(id, key) {
                        let merge =
                            entries.iter().find(|entry| entry.key == MERGE).map_or(0..0, |entry| entry.at.clone());
                        self.twice(
                            &format!("`<<` brings `{key}`, so that what is added would be added to what it names"),
                            merge,
                            merged.at.clone(),
                        );
                    } else {
                        new.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        if new.is_empty() {
            return;
        }
        match (flow, entries.last()) {
            (false, Some(last)) => {
                let at = self.below(last, *column);
                self.lines(at, depth, self.style.members(&new, *column));
            }
            (true, Some(last)) => self.flow(node.range.clone(), entries, self.end(last).0, &new, depth),
            _ => self.flow(node.range.clone(), entries, node.range.start + 1, &new, depth),
        }
    }

    fn twice(&mut self, message: &str, place: Range<usize>, other: Range<usize>) {
        let diagnostic =
            Diagnostic::new(message).at(&self.base.file, place, "").at(&self.base.file, other, "the other place");
        self.errors.push(diagnostic.help("write it out here"));
    }

    fn lines(&mut self, at: usize, depth: usize, text: String) {
        self.edits.push(Edit { at, depth, is_lines: true, text });
    }

    /// Adds members under a name behind which there is nothing.
    fn nothing(&mut self, entry: &Entry, members: &Members, flow: bool, column: usize, depth: usize) {
        if !self.base.nodes[entry.value].range.is_empty() {
            let diagnostic = Diagnostic::new("`null` stands here, where something has to be added");
            let place = self.base.nodes[entry.value].range.clone();
            return self.errors.push(diagnostic.at(&self.base.file, place, "").help("write `{}`, or nothing"));
        }
        if flow {
            let text = format!(" {{{}}}", self.compact(members));
            return self.edits.push(Edit { at: self.end(entry).0, depth, is_lines: false, text });
        }
        let at = self.below(entry, column + 1);
        self.lines(at, depth, self.style.members(members, column + self.style.step));
    }

    /// Where a member ends; and whether blank lines before that say nothing.
    fn end(&self, entry: &Entry) -> (usize, bool) {
        let node = &self.base.nodes[entry.value];
        match &node.kind {
            Kind::Map { flow: false, entries, .. } if let Some(last) = entries.last() => self.end(last),
            Kind::List { flow: false, items, .. } if let Some(last) = items.last() => {
                self.end(&Entry { key: String::new(), at: node.range.clone(), value: *last })
            }
            Kind::Scalar { data, is_block: true } => {
                let keeps =
                    data.text().is_none_or(|text| text.ends_with("\n\n") || text.trim_end_matches('\n').is_empty());
                (node.range.end, !keeps)
            }
            Kind::Scalar { .. } if node.range.is_empty() => {
                let rest = self.text.get(entry.at.end..).unwrap_or_default();
                let colon = rest.trim_start().strip_prefix(':').map(|behind| self.text.len() - behind.len());
                (colon.unwrap_or(entry.at.end).max(node.range.end), false)
            }
            _ => (node.range.end, false),
        }
    }

    /// The start of the line below a member, and below the comments that stand as deep as it.
    fn below(&self, entry: &Entry, column: usize) -> usize {
        let (end, is_clipped) = self.end(entry);
        let start = line_start(self.text, end);
        let is_start = self.text[start..end].trim().is_empty() && start > 0;
        let mut at = if is_start { start } else { next_line(self.text, end) };
        while is_clipped && at > 0 {
            let before = line_start(self.text, at - 1);
            if !self.text[before..at].trim().is_empty() {
                break;
            }
            at = before;
        }
        let mut seen = at;
        while seen < self.text.len() {
            let end = next_line(self.text, seen);
            let line = &self.text[seen..end];
            let content = line.trim_start_matches(' ');
            if content.starts_with('#') && line.len() - content.len() >= column {
                at = end;
            } else if !content.trim().is_empty() {
                break;
            }
            seen = end;
        }
        at
    }

    /// Adds members to an object in braces.
    fn flow(&mut self, braces: Range<usize>, entries: &[Entry], end: usize, new: &Members, depth: usize) {
        let inner = entries.first().and_then(|entry| {
            let is_below = self.text[braces.start..entry.at.start].contains('\n');
            is_below.then(|| blanks_before(self.text, entry.at.start)).flatten()
        });
        let of_line = self.text[line_start(self.text, braces.start)..]
            .split(|c| c != ' ' && c != '\t')
            .next()
            .unwrap_or_default();
        let is_flow = matches!(self.base.nodes[self.base.root].kind, Kind::Map { flow: true, .. });
        let is_many = self.text.trim_end().contains('\n');
        let deeper = format!("{of_line}{}", self.unit);
        let inner = match inner {
            None if entries.is_empty() && is_flow && is_many => Some(&*deeper),
            inner => inner,
        };
        let rest = self.text[end..braces.end].trim_start();
        let behind = self.text.len() - self.text[braces.end..].len() - rest.len();
        let (end, comma) = match (entries.is_empty(), rest.starts_with(',')) {
            (true, _) => (end, ""),
            (false, true) => (behind + 1, ""),
            (false, false) => (end, ","),
        };
        let text = match inner {
            Some(inner) => {
                let members: Vec<_> =
                    new.iter().map(|(name, value)| format!("\n{inner}{}", self.pretty(name, value, inner))).collect();
                let close = if entries.is_empty() { format!("\n{of_line}") } else { String::new() };
                format!("{comma}{}{close}", members.join(","))
            }
            None => {
                let blank = if comma.is_empty() || !self.is_spaced() { "" } else { " " };
                format!("{comma}{blank}{}", self.compact(new))
            }
        };
        self.edits.push(Edit { at: end, depth, is_lines: false, text });
    }

    /// Whether blanks stand in an object on one line.
    fn is_spaced(&self) -> bool {
        let is_flow = matches!(self.base.nodes[self.base.root].kind, Kind::Map { flow: true, .. });
        !is_flow || self.text.trim_end().contains('\n')
    }

    fn compact(&self, members: &Members) -> String {
        let (comma, colon) = if self.is_spaced() { (", ", ": ") } else { (",", ":") };
        let members =
            members.iter().map(|(name, value)| format!("{}{colon}{}", text(name), compact(value, comma, colon)));
        members.collect::<Vec<_>>().join(comma)
    }

    fn pretty(&self, name: &str, value: &Data, inner: &str) -> String {
        let mut out = Vec::new();
        let formatter = PrettyFormatter::with_indent(self.unit.as_bytes());
        let done = value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, formatter));
        let value = done.ok().and_then(|()| String::from_utf8(out).ok()).unwrap_or_default();
        format!("{}: {}", text(name), shown(&value).replace('\n', &format!("\n{inner}")))
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

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.end.min(range.start + text[range.start..].find(['\n', '\r']).unwrap_or(0))
}

/// The blanks of a line up to a place, if nothing else stands before it.
fn blanks_before(text: &str, at: usize) -> Option<&str> {
    let start = line_start(text, at);
    let blanks = &text[start..at];
    (start > 0 && blanks.bytes().all(|byte| matches!(byte, b' ' | b'\t'))).then_some(blanks)
}

/// Puts everything in; what is inserted has the line ends of the document.
fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.at, std::cmp::Reverse(edit.depth)));
    let is_dos = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    let mut out = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for edit in &edits {
        out.push_str(&text[done..edit.at]);
        done = edit.at;
        // A last line without an end gets one.
        let is_open = edit.is_lines && !out.is_empty() && !out.ends_with('\n');
        let inserted = format!("{}{}", if is_open { "\n" } else { "" }, edit.text);
        out.push_str(&if is_dos { inserted.replace('\n', "\r\n") } else { inserted });
    }
    out.push_str(&text[done..]);
    out
}
