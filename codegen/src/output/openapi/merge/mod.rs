//! A document of the user's as the base: what belongs to errors is put into its text, and all else stays as it is.
//!
//! The base is read with the place of each value, its operations are joined with the contract's, and what it lacks becomes a
//! patch: the members that it has more afterwards. The patch is put into the text, or written as an overlay; the text is read
//! back before it is written.

mod base;
mod conflict;
mod data;
mod flow;
mod insert;
mod join;
mod plan;
#[cfg(test)]
mod tests;
mod yaml;

use super::super::{Cx, Output, Read, Wanted, plain};
use crate::diagnostic::{Diagnostic, Failed, SourceFile};
use crate::rest::Dialect;
use base::Base;
use plan::Plan;
use std::sync::Arc;

pub(in crate::output) use data::{Data, Members};

/// The setting that names the base, of each output that has one.
pub(in crate::output) const KEY: &str = "base";

/// The base of an output, if it has one.
///
/// # Errors
/// Where one is named that nobody has read: options that come from no project have no folder.
pub(in crate::output) fn base_of(wanted: &Wanted) -> Result<Option<&Read>, Failed> {
    match (wanted.settings.get(KEY), wanted.read.get(KEY)) {
        (Some(path), None) => Err(Diagnostic::new(format!("nobody has read the base `{path}`")).into()),
        (_, read) => Ok(read),
    }
}

/// What is right about an output's base, and may surprise.
pub(in crate::output) fn notes(cx: &Cx<'_>, output: &dyn Output) -> Vec<String> {
    let read = cx.options.outputs.file_read(output.key(), KEY);
    // What is wrong with it is said where it is written.
    read.and_then(|read| Merge::new(cx, read).ok()).map(|merge| merge.notes).unwrap_or_default()
}

/// The member by which a document in JSON is known for ours.
const ORIGIN: &str = "x-throwback";

/// A base, and what it lacks.
pub(in crate::output) struct Merge {
    base: Base,
    /// The members that it gets.
    pub(in crate::output) patch: Data,
    /// What is right and may surprise.
    pub(in crate::output) notes: Vec<String>,
}

impl Merge {
    /// Compares the contract with a document.
    ///
    /// # Errors
    /// Every contradiction, with its places.
    pub(in crate::output) fn new(cx: &Cx<'_>, read: &Read) -> Result<Self, Failed> {
        Self::with(cx, Base::read(read)?)
    }

    /// The same with a document that nobody has written.
    pub(in crate::output) fn unwritten(cx: &Cx<'_>, document: &Data) -> Result<Self, Failed> {
        let text = serde_json::to_string(document).unwrap_or_default();
        let path = std::path::PathBuf::from("openapi-overlay");
        Self::with(cx, Base::parse(Arc::new(SourceFile { real: path.clone(), path, text }))?)
    }

    fn with(cx: &Cx<'_>, base: Base) -> Result<Self, Failed> {
        let form = Form::of(cx, &base)?;
        let text = match form {
            Form::Gateway => super::document(cx, &cx.rest),
            Form::Plain(dialect) => plain::document(cx, dialect),
        };
        let ours = read_back(&text)?;
        let plan = Plan::new(cx, &base, &ours, form == Form::Gateway);
        let Plan { patch, errors, mut notes, .. } = plan;
        errors.finish(())?;
        if form == Form::Plain(Dialect::Plain31) && (cx.contract.front.is_rest() || cx.contract.front.is_http_api()) {
            let path = base.file.path.display();
            notes.push(format!(
                "`{path}` is of OpenAPI 3.1, which API Gateway does not import: what is added describes the errors, and configures nothing"
            ));
        }
        Ok(Self { base, patch, notes })
    }

    /// The whole of the base.
    pub(in crate::output) fn base(&self) -> &Data {
        &self.base.data
    }

    /// The document with what it gets.
    ///
    /// # Errors
    /// Where something can't be put in without a change of what stands there.
    pub(in crate::output) fn text(&self, cx: &Cx<'_>) -> Result<String, Failed> {
        let (base, mut patch) = (&self.base, self.patch.clone());
        let is_json = serde_json::from_str::<Data>(base.file.text.trim_start_matches(BOM)).is_ok();
        if is_json && base.data.at(&[ORIGIN]).is_none() {
            patch.put(&[ORIGIN, "generator"], Data::Text(concat!("throwback ", env!("CARGO_PKG_VERSION")).to_owned()));
            patch.put(&[ORIGIN, "api"], Data::Text(cx.contract.name.clone()));
        }
        let text = insert::insert(base, &patch)?;
        let text = if is_json { text } else { signed(cx, text) };
        let mut expected = base.data.clone();
        expected.add(patch);
        let read = Base::parse(Arc::new(SourceFile { text, ..unnamed(base) }));
        match read {
            Ok(read) if read.data == expected => Ok(read.file.text.clone()),
            _ => {
                let text = "what is added does not read back as it should in this document";
                let help = "write the objects that it is added to as others do, one member a line; the mistake is throwback's: please report it";
                Err(Diagnostic::new(text).at(&base.file, 0..0, "").help(help).into())
            }
        }
    }
}

const BOM: char = '\u{feff}';

/// A document in YAML says in its first line who wrote it.
fn signed(cx: &Cx<'_>, text: String) -> String {
    let (bom, rest) = text.strip_prefix(BOM).map_or(("", &*text), |rest| ("\u{feff}", rest));
    let first = rest.lines().next().unwrap_or_default();
    let of = format!(" for {}; do not edit.", cx.contract.name);
    if first.starts_with("# Generated by throwback ") && first.ends_with(&of) {
        return text;
    }
    let end = if rest.find('\n').is_some_and(|at| rest[..at].ends_with('\r')) { "\r\n" } else { "\n" };
    format!("{bom}# {}{end}{rest}", cx.origin())
}

fn unnamed(base: &Base) -> SourceFile {
    SourceFile { real: base.file.real.clone(), path: base.file.path.clone(), text: String::new() }
}

fn read_back(text: &str) -> Result<Data, Failed> {
    serde_json::from_str(text).map_err(|error| Diagnostic::new(format!("our own document is no JSON: {error}")).into())
}

/// In which form something is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// API Gateway's, as the document of ours alone has it.
    Gateway,
    /// That of any reader.
    Plain(Dialect),
}

impl Form {
    /// API Gateway's, where the base is its: of 3.0, with one of its extensions, behind a front of its.
    fn of(cx: &Cx<'_>, base: &Base) -> Result<Self, Failed> {
        let front = cx.contract.front;
        let text = |name: &str| {
            base.data.at(&[name]).map(|value| value.text().map_or_else(|| value.shown(), ToOwned::to_owned))
        };
        let refused = |message: String, name: &str, help: &str| Err(base.mistake(message, &[name]).help(help).into());
        if let Some(version) = text("swagger") {
            let help = "convert it to OpenAPI 3.0 first, as editor.swagger.io and `swagger2openapi` do";
            return refused(
                format!("this document is of OpenAPI {version}, and a base is of 3.0 or 3.1"),
                "swagger",
                help,
            );
        }
        match text("openapi") {
            Some(version) if is_of(&version, "3.1") => Ok(Self::Plain(Dialect::Plain31)),
            Some(version) if is_of(&version, "3.0") => {
                let is_behind = front.is_rest() || front.is_http_api();
                let is_gateway = is_behind && base.names("x-amazon-apigateway-");
                Ok(if is_gateway { Self::Gateway } else { Self::Plain(Dialect::Plain30) })
            }
            Some(version) => refused(
                format!("this document is of OpenAPI {version:?}, and a base is of 3.0 or 3.1"),
                "openapi",
                "convert it first",
            ),
            None => {
                let help = "a base begins with `openapi: 3.0.3` or the like; a template keeps such a document in a file of its own, and includes it";
                refused("this is no OpenAPI document: it has no `openapi`".to_owned(), "openapi", help)
            }
        }
    }
}

fn is_of(version: &str, minor: &str) -> bool {
    version.strip_prefix(minor).is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
}
