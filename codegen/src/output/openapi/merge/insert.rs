//! Insertions: members that a document has more, put into its text, which stays as it is around them.

use super::base::{Base, Entry, Id, Kind, MERGE};
use super::data::{Data, Members};
use super::flow::Flow;
use super::yaml::Style;
use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
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
    flow: Flow,
    /// Whether the whole document is in braces.
    is_flow: bool,
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
        let is_flow = matches!(base.nodes[base.root].kind, Kind::Map { flow: true, .. });
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
            flow: Flow {
                unit: unit.map_or_else(|| " ".repeat(step), ToOwned::to_owned),
                is_spaced: !is_flow || text.trim_end().contains('\n'),
            },
            is_flow,
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
            (true, Some(last)) => {
                self.flow(node.range.clone(), entries, self.end(last.value, last.at.end).0, &new, depth);
            }
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
            let text = format!(" {{{}}}", self.flow.line(members));
            return self.edits.push(Edit { at: self.end(entry.value, entry.at.end).0, depth, is_lines: false, text });
        }
        let at = self.below(entry, column + 1);
        self.lines(at, depth, self.style.members(members, column + self.style.step));
    }

    /// Where a value ends, whose name ends here; and whether blank lines before that say nothing.
    fn end(&self, id: Id, name: usize) -> (usize, bool) {
        let node = &self.base.nodes[id];
        match &node.kind {
            Kind::Map { flow: false, entries, .. } if let Some(last) = entries.last() => {
                self.end(last.value, last.at.end)
            }
            Kind::List { flow: false, items } if let Some(last) = items.last() => self.end(*last, node.range.end),
            Kind::Scalar { data, is_block: true } => {
                let text = data.text().unwrap_or_default();
                let keeps = text.ends_with("\n\n") || text.trim_end_matches('\n').is_empty();
                (node.range.end, !keeps)
            }
            // Nothing stands there, and the parser is at the name's end still.
            Kind::Scalar { .. } if node.range.is_empty() => {
                let rest = self.text.get(name..).unwrap_or_default();
                let colon = rest.trim_start().strip_prefix(':').map(|behind| self.text.len() - behind.len());
                (colon.unwrap_or(name).max(node.range.end), false)
            }
            _ => (node.range.end, false),
        }
    }

    /// The start of the line below a member, and below the comments that stand as deep as it.
    fn below(&self, entry: &Entry, column: usize) -> usize {
        let (end, is_clipped) = self.end(entry.value, entry.at.end);
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

    /// Adds members to an object in braces, behind its last one, which ends here.
    fn flow(&mut self, braces: Range<usize>, entries: &[Entry], end: usize, new: &Members, depth: usize) {
        let text = self.text;
        let line = &text[line_start(text, braces.start)..];
        let above = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let blanks = match entries.first() {
            Some(first) if text[braces.start..first.at.start].contains('\n') => {
                blanks_before(text, first.at.start).map(ToOwned::to_owned)
            }
            Some(_) => None,
            None => (self.is_flow && self.flow.is_spaced).then(|| format!("{above}{}", self.flow.unit)),
        };
        let rest = text[end..braces.end].trim_start();
        let (at, comma) = match (entries.is_empty(), rest.starts_with(',')) {
            (true, _) => (end, ""),
            (false, true) => (braces.end - rest.len() + 1, ""),
            (false, false) => (end, ","),
        };
        let text = if let Some(blanks) = blanks {
            let close = if entries.is_empty() { format!("\n{above}") } else { String::new() };
            format!("{comma}{}{close}", self.flow.lines(new, &blanks))
        } else {
            let blank = if comma.is_empty() || !self.flow.is_spaced { "" } else { " " };
            format!("{comma}{blank}{}", self.flow.line(new))
        };
        self.edits.push(Edit { at, depth, is_lines: false, text });
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
