//! The base: a document of the user's, read as values, each with its place in the text.

use super::data::{Data, Members};
use crate::diagnostic::{Diagnostic, Diagnostics, Failed, SourceFile};
use crate::output::Read;
use crate::text::yaml::Quote;
use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StructureStyle, Tag};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// How deep a document may nest, so that recursion over it is bounded.
const DEPTH: usize = 100;

/// How many values a document may have once its aliases are written out.
const VALUES: usize = 1_000_000;

/// A value's number in [`Base`].
pub(super) type Id = usize;

/// A document of the user's.
pub(in crate::output) struct Base {
    pub(super) file: Arc<SourceFile>,
    pub(super) nodes: Vec<Node>,
    pub(super) root: Id,
    /// What aliases stand for, by the numbers of anchors.
    pub(super) anchors: HashMap<usize, Id>,
    /// Where an alias of an anchor stands.
    pub(super) aliases: HashMap<usize, Range<usize>>,
    /// The whole, aliases written out.
    pub(in crate::output) data: Data,
    pub(super) quote: Quote,
}

/// A value and where it stands.
pub(super) struct Node {
    pub(super) range: Range<usize>,
    pub(super) anchor: usize,
    tag: Option<String>,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    Scalar {
        data: Data,
        /// Whether it is a block of lines.
        is_block: bool,
    },
    List {
        flow: bool,
        items: Vec<Id>,
    },
    Map {
        flow: bool,
        entries: Vec<Entry>,
        column: usize,
    },
    Alias(usize),
}

/// A member.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: Range<usize>,
    pub(super) value: Id,
}

impl Base {
    /// Reads a document.
    pub(super) fn read(read: &Read) -> Result<Self, Failed> {
        let file = SourceFile { real: read.real.clone(), path: read.path.clone(), text: read.text.clone() };
        Self::parse(Arc::new(file))
    }

    pub(super) fn parse(file: Arc<SourceFile>) -> Result<Self, Failed> {
        let mut reader = Reader::new(&file);
        reader.run()?;
        let Reader { nodes, anchors, aliases, doubles, errors, root, .. } = reader;
        errors.finish(())?;
        let Some(root) = root else {
            return Err(Diagnostic::new("there is nothing in this file").at(&file, 0..0, "").into());
        };
        let quote = if doubles > 0 { Quote::Double } else { Quote::Single };
        let mut base = Self { file, nodes, root, anchors, aliases, data: Data::Null, quote };
        let mut left = VALUES;
        base.data = base.written_out(root, &mut left).ok_or_else(|| {
            let text = format!("this document has more than {VALUES} values, with those that aliases repeat");
            Diagnostic::new(text).at(&base.file, 0..0, "")
        })?;
        Ok(base)
    }

    /// A value with what aliases and merge keys bring; nothing where that is more than may be.
    fn written_out(&self, id: Id, left: &mut usize) -> Option<Data> {
        *left = left.checked_sub(1)?;
        let node = &self.nodes[id];
        let data = match &node.kind {
            Kind::Scalar { data, .. } => data.clone(),
            Kind::Alias(anchor) => return self.written_out(*self.anchors.get(anchor)?, left),
            Kind::List { items, .. } => {
                Data::List(items.iter().map(|item| self.written_out(*item, left)).collect::<Option<_>>()?)
            }
            Kind::Map { entries, .. } => {
                let mut map = Members::new();
                for entry in entries.iter().filter(|entry| entry.key != MERGE) {
                    map.insert(entry.key.clone(), self.written_out(entry.value, left)?);
                }
                for entry in entries.iter().filter(|entry| entry.key == MERGE) {
                    let more = match self.written_out(entry.value, left)? {
                        Data::List(list) => list,
                        one => vec![one],
                    };
                    for (name, value) in more.iter().flat_map(Data::members) {
                        map.entry(name.clone()).or_insert_with(|| value.clone());
                    }
                }
                Data::Map(map)
            }
        };
        Some(match &node.tag {
            Some(tag) => Data::Map(Members::from([(tag.clone(), data)])),
            None => data,
        })
    }

    /// What an alias stands for.
    pub(super) fn resolved(&self, mut id: Id) -> Id {
        for _ in 0..DEPTH {
            match &self.nodes[id].kind {
                Kind::Alias(anchor) => id = self.anchors.get(anchor).copied().unwrap_or(self.root),
                _ => break,
            }
        }
        id
    }

    /// A member that stands in an object itself, or one that `<<` brings.
    pub(super) fn entry(&self, id: Id, name: &str) -> Option<&Entry> {
        self.entry_within(id, name, DEPTH)
    }

    fn entry_within(&self, id: Id, name: &str, depth: usize) -> Option<&Entry> {
        let depth = depth.checked_sub(1)?;
        match &self.nodes[self.resolved(id)].kind {
            Kind::Map { entries, .. } => entries.iter().find(|entry| entry.key == name).or_else(|| {
                let merged = entries.iter().filter(|entry| entry.key == MERGE);
                merged.into_iter().find_map(|entry| self.entry_within(entry.value, name, depth))
            }),
            Kind::List { items, .. } => items.iter().find_map(|item| self.entry_within(*item, name, depth)),
            _ => None,
        }
    }

    /// Where the last of some names stands that is there, one below the other.
    pub(super) fn place(&self, path: &[&str]) -> Range<usize> {
        let (mut id, mut place) = (self.root, 0..0);
        for name in path {
            let Some(entry) = self.entry(id, name) else { break };
            (id, place) = (entry.value, entry.at.clone());
        }
        place
    }

    /// A mistake at the last of some names.
    pub(super) fn mistake(&self, message: impl Into<String>, path: &[&str]) -> Diagnostic {
        Diagnostic::new(message).at(&self.file, self.place(path), "")
    }

    /// Whether some name begins so, anywhere.
    pub(super) fn names(&self, start: &str) -> bool {
        self.nodes.iter().any(|node| match &node.kind {
            Kind::Map { entries, .. } => entries.iter().any(|entry| entry.key.starts_with(start)),
            _ => false,
        })
    }
}

/// The name under which an object takes the members of others.
pub(super) const MERGE: &str = "<<";

struct Open {
    id: Id,
    /// The name of the next member.
    key: Option<(String, Range<usize>)>,
    known: HashMap<String, Range<usize>>,
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    nodes: Vec<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, Id>,
    aliases: HashMap<usize, Range<usize>>,
    closed: HashSet<Id>,
    /// How many more scalars have double quotes than single ones.
    doubles: i64,
    root: Option<Id>,
    errors: Diagnostics,
}

impl<'a> Reader<'a> {
    fn new(file: &'a Arc<SourceFile>) -> Self {
        Self {
            file,
            nodes: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            aliases: HashMap::new(),
            closed: HashSet::new(),
            doubles: 0,
            root: None,
            errors: Diagnostics::default(),
        }
    }

    fn refused(&self, message: impl Into<String>, range: Range<usize>) -> Failed {
        Diagnostic::new(message).at(self.file, range, "").into()
    }

    fn run(&mut self) -> Result<(), Failed> {
        let text = self.file.text.clone();
        let mut documents = 0;
        let mut options = Options::default();
        // Where another crate of a build asks the parser for comments, a long run of them is a mistake.
        options.set_emit_comments(false);
        for event in Parser::new_from_str_with_options(&text, options) {
            let (event, span) = event.map_err(|error| {
                let at = error.marker().byte_offset().unwrap_or_default();
                self.refused(format!("this is neither JSON nor YAML: {}", error.info()), at..at)
            })?;
            let range = bytes(&span);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(self.refused("a second document begins here: a file holds one API", range));
                    }
                }
                Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), range)?,
                Event::SequenceStart(style, anchor, tag) => {
                    let flow = style == StructureStyle::Flow;
                    self.begin(anchor, tag.as_deref(), range, Kind::List { flow, items: Vec::new() })?;
                }
                Event::MappingStart(style, anchor, tag) => {
                    let (flow, column) = (style == StructureStyle::Flow, span.start.col());
                    self.begin(anchor, tag.as_deref(), range, Kind::Map { flow, entries: Vec::new(), column })?;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    if let Some(Open { id, .. }) = self.open.pop() {
                        self.nodes[id].range.end = range.end;
                        self.closed.insert(id);
                    }
                }
                Event::Alias(anchor) => {
                    if self.anchors.get(&anchor).is_none_or(|id| !self.closed.contains(id)) {
                        return Err(self.refused("an alias of something that is not whole yet", range));
                    }
                    self.aliases.entry(anchor).or_insert_with(|| range.clone());
                    self.put(0, None, range, Kind::Alias(anchor))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn begin(&mut self, anchor: usize, tag: Option<&Tag>, range: Range<usize>, kind: Kind) -> Result<(), Failed> {
        if self.open.len() == DEPTH {
            return Err(self.refused(format!("this document is nested deeper than {DEPTH} levels"), range));
        }
        let id = self.put(anchor, tag, range, kind)?;
        self.closed.remove(&id);
        self.open.push(Open { id, key: None, known: HashMap::new() });
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        range: Range<usize>,
    ) -> Result<(), Failed> {
        self.doubles += match style {
            ScalarStyle::DoubleQuoted => 1,
            ScalarStyle::SingleQuoted => -1,
            _ => 0,
        };
        if let Some(open) = self.open.last_mut()
            && open.key.is_none()
            && matches!(self.nodes[open.id].kind, Kind::Map { .. })
        {
            if let Some(before) = open.known.get(text).filter(|_| text != MERGE) {
                let diagnostic = Diagnostic::new(format!("`{text}` stands here twice: keep one"));
                self.errors.push(diagnostic.at(self.file, range.clone(), "").at(self.file, before.clone(), "here too"));
            }
            open.known.insert(text.to_owned(), range.clone());
            open.key = Some((text.to_owned(), range));
            return Ok(());
        }
        let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix() == "str");
        let data = if style == ScalarStyle::Plain && !is_text { plain(text) } else { Data::Text(text.to_owned()) };
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        self.put(anchor, tag, range, Kind::Scalar { data, is_block }).map(drop)
    }

    fn put(&mut self, anchor: usize, tag: Option<&Tag>, range: Range<usize>, kind: Kind) -> Result<Id, Failed> {
        if self.nodes.len() >= VALUES {
            return Err(self.refused(format!("this document has more than {VALUES} values"), range));
        }
        let id = self.nodes.len();
        let tag = tag.filter(|tag| !tag.is_yaml_core_schema()).map(|tag| format!("!{}", tag.suffix()));
        let at = range.clone();
        self.nodes.push(Node { range, anchor, tag, kind });
        self.closed.insert(id);
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(id);
            return Ok(id);
        };
        let (parent, key) = (open.id, open.key.take());
        match &mut self.nodes[parent].kind {
            Kind::List { items, .. } => items.push(id),
            Kind::Map { entries, .. } => match key {
                Some((key, at)) => entries.push(Entry { key, at, value: id }),
                None => return Err(self.refused("the name of a member has to be a text", at)),
            },
            Kind::Scalar { .. } | Kind::Alias(_) => {}
        }
        Ok(id)
    }
}

fn bytes(span: &Span) -> Range<usize> {
    let start = span.start.byte_offset().unwrap_or_default();
    start..span.end.byte_offset().unwrap_or(start).max(start)
}

/// A scalar without quotes, by YAML's core schema (YAML 1.2.2, 10.3), as far as JSON has such values.
fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        _ => serde_json::from_str(text).map_or_else(|_| Data::Text(text.to_owned()), Data::Number),
    }
}
