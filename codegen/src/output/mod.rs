//! Outputs: from the contract and its models to the text of files. Each is a folder here and a line in [`OUTPUTS`]; keys,
//! flags, defaults and the README's table come from there.

mod cdk;
mod cloudformation;
mod contract;
mod documents;
mod go;
mod java;
mod layout;
mod mock;
mod openapi;
mod overlay;
mod plain;
mod python;
mod rust;
mod sam;
mod sample;
mod serverless;
mod steps;
mod terraform;
mod typescript;
mod vectors;

use crate::check;
use crate::contract::{Contract, Front, Index, short_hash};
use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
use crate::options::{Function, Legacy, Options};
use crate::project::Project;
use crate::rest;
use crate::source::Declared;
use crate::threads;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(crate) use mock::document as mock;
pub(crate) use openapi::document as openapi;
pub(crate) use rust::pattern as rust_pattern;

/// Every kind of file that can be generated.
pub(crate) const OUTPUTS: &[&dyn Output] = &[
    &contract::Contract,
    &openapi::OpenApi,
    &overlay::Overlay,
    &plain::OpenApiPlain,
    &mock::Mock,
    &documents::Documents,
    &cloudformation::CloudFormation,
    &sam::Sam,
    &terraform::Terraform,
    &serverless::Serverless,
    &cdk::Cdk,
    &steps::StepFunctions,
    &rust::RustClient,
    &typescript::TypeScriptClient,
    &go::GoClient,
    &python::PythonClient,
    &java::JavaClient,
    &vectors::Vectors,
];

/// A kind of file that can be generated.
pub(crate) trait Output: Sync {
    /// Its key in the configuration file, and its flag.
    fn key(&self) -> &'static str;

    /// What it is, in one line, as `--help` shows it.
    fn help(&self) -> &'static str;

    /// Whether it is one file or many.
    fn form(&self) -> Form;

    /// What can be said of it beside its path.
    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    /// Those of its settings that name files, which are read before anything is made.
    fn reads(&self) -> &'static [&'static str] {
        &[]
    }

    /// Where it goes in `OUT_DIR` if build.rs asks for nothing; nothing if it is then not written.
    fn in_build_script(&self) -> Option<&'static str> {
        None
    }

    /// Where it goes if nothing is asked for elsewhere, by what stands before the function; nothing if it is then not written.
    fn in_program(&self, _front: Front) -> Option<&'static str> {
        None
    }

    /// Whether it is a crate there, whose manifest cargo reads.
    fn is_crate(&self, _path: &Path) -> bool {
        false
    }

    /// Whether it decides who may call once it is imported.
    fn opens(&self) -> bool {
        false
    }

    /// Adds what the package says by itself.
    fn complete(&self, _wanted: &mut Wanted, _project: &Project) {}

    /// Its files, below its path.
    ///
    /// # Errors
    /// What of the contract or of the settings it can't write.
    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String>;

    /// The same, and each mistake where it stands in a file that was read.
    ///
    /// # Errors
    /// As [`Output::files`].
    fn made(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, Failed> {
        self.files(cx, wanted).map_err(|message| Diagnostic::new(message).into())
    }

    /// What its consumer will not take of the files at its path, or not without being asked for more.
    fn notes(&self, _cx: &Cx<'_>, _path: &Path, _files: &[File]) -> Vec<String> {
        Vec::new()
    }
}

/// Whether an output is one file or many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    File,
    Folder,
    /// A folder, or one file where the path has this extension.
    FolderOr(&'static str),
}

impl Form {
    /// Whether the output at this path is a folder.
    pub(crate) fn is_folder(self, path: &Path) -> bool {
        match self {
            Self::File => false,
            Self::Folder => true,
            Self::FolderOr(extension) => path.extension().is_none_or(|found| found != extension),
        }
    }

    /// What stands for the path in `--help`.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::File => "FILE",
            Self::Folder | Self::FolderOr(_) => "DIR",
        }
    }
}

/// Something that can be said of an output beside its path.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Its key in the output's own table.
    pub(crate) key: &'static str,
    /// Its key beside the output's, and its flag.
    pub(crate) flat: &'static str,
    /// What stands for its value in `--help`.
    pub(crate) value: &'static str,
    /// What it is, in one line.
    pub(crate) help: &'static str,
}

/// What is asked of one output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Where it goes; nothing if it is not written.
    pub(crate) path: Option<PathBuf>,
    /// What is said beside, by [`Setting::key`].
    pub(crate) settings: BTreeMap<String, String>,
    /// What the files hold that settings name, by [`Setting::key`].
    pub(crate) read: BTreeMap<String, Read>,
}

/// A file that a setting names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    /// Its path, as the setting has it.
    pub(crate) path: PathBuf,
    /// Where it lies.
    pub(crate) real: PathBuf,
    /// What it holds.
    pub(crate) text: String,
}

/// The output of a key.
pub(crate) fn by_key(key: &str) -> Option<&'static dyn Output> {
    OUTPUTS.iter().copied().find(|output| output.key() == key)
}

/// A file that is to be written.
#[derive(Debug)]
pub(crate) struct File {
    /// Where, below its output's own path; empty for an output that is this one file.
    pub(crate) path: PathBuf,
    /// What.
    pub(crate) text: String,
}

impl File {
    /// The only file of an output.
    fn whole(text: String) -> Self {
        Self { path: PathBuf::new(), text }
    }
}

/// What every output works from.
pub(crate) struct Cx<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) index: Index<'a>,
    pub(crate) rest: rest::Api<'a>,
    pub(crate) options: &'a Options,
    /// Where the source declares what it declares.
    pub(crate) declared: Declared,
    /// The contract's own text.
    json: String,
    pub(crate) hash: String,
}

impl<'a> Cx<'a> {
    /// Checks the names of both first: what an output works from holds none that it could not write.
    pub(crate) fn new(contract: &'a Contract, options: &'a Options) -> Result<Self, Failed> {
        check::contract(contract)?;
        options.check()?;
        let index = contract.index();
        let mut errors = Diagnostics::default();
        let invoked = contract.invocations.iter().filter(|_| contract.front == Front::Invoke);
        let invoked = invoked.map(|invocation| invocation.name.as_str());
        let operations = contract.operations.iter().map(|operation| operation.name.as_str());
        let operations: Vec<_> = operations.chain(invoked).collect();
        options.authorization.strangers(&operations).into_iter().for_each(|text| errors.push(Diagnostic::new(text)));
        options.authorization.misfits(contract.front).into_iter().for_each(|text| errors.push(Diagnostic::new(text)));
        if contract.front != Front::Rest {
            if !options.legacy.is_empty() {
                errors.push(Diagnostic::new(
                    "`legacy` is of custom integrations, where messages select responses (front `rest`)",
                ));
            }
            if options.outputs.path("integration-responses").is_some() {
                errors.push(Diagnostic::new("`integration-responses` is of custom integrations (front `rest`)"));
            }
        }
        let legacy = Legacy::strangers(&options.legacy, contract).into_iter();
        legacy.for_each(|text| errors.push(Diagnostic::new(text)));
        errors.finish(())?;
        let rest = rest::Api::new(contract, &index, settings(options, options.function.as_ref()));
        let json = contract.to_json();
        Ok(Self { contract, index, rest, options, declared: Declared::default(), hash: short_hash(&json), json })
    }

    /// The API, to be changed.
    fn api(&self) -> rest::Api<'_> {
        rest::Api::new(self.contract, &self.index, settings(self.options, self.options.function.as_ref()))
    }

    /// The API in front of another function: one that whoever deploys it names.
    fn api_of<'b>(&'b self, function: &'b Function) -> rest::Api<'b> {
        rest::Api::new(self.contract, &self.index, settings(self.options, Some(function)))
    }

    /// Who wrote a file, and for which API. From which contract stands in the lock and in one file of each output, so that
    /// a change of it touches what it changes and nothing else.
    pub(crate) fn origin(&self) -> String {
        format!("Generated by throwback {} for {}; do not edit.", env!("CARGO_PKG_VERSION"), self.contract.name)
    }

    /// Whether an output is written too.
    fn wants(&self, output: &dyn Output) -> bool {
        self.options.outputs.path(output.key()).is_some()
    }
}

/// What the options say of a deployment.
fn settings<'a>(options: &'a Options, function: Option<&'a Function>) -> rest::Settings<'a> {
    rest::Settings {
        function,
        cors: options.cors.as_deref(),
        authorization: Some(&options.authorization),
        operations: Some(&options.operations),
        legacy: &options.legacy,
    }
}

/// Every file of every output that the options ask for, with the path that the option gives.
///
/// # Errors
/// What each output can't write.
pub(crate) fn files(cx: &Cx<'_>) -> Result<Vec<File>, Failed> {
    let wanted = cx.options.outputs.wanted();
    let wanted: Vec<_> = wanted.filter_map(|(output, wanted)| Some((output, wanted, wanted.path.as_ref()?))).collect();
    let made = threads::each(&wanted, |(output, wanted, _)| output.made(cx, wanted))?;
    let (mut files, mut errors) = (Vec::new(), Diagnostics::default());
    for ((_, _, base), made) in wanted.iter().zip(made) {
        match made {
            Ok(made) => files.extend(made.into_iter().map(|File { path, text }| {
                let path = if path.as_os_str().is_empty() { (*base).clone() } else { base.join(path) };
                File { path, text }
            })),
            Err(failed) => errors.join(&failed),
        }
    }
    errors.finish(files)
}

/// What whoever deploys the files should know of them.
pub(crate) fn notes(cx: &Cx<'_>, files: &[File]) -> Vec<String> {
    let wanted = cx.options.outputs.wanted();
    let wanted = wanted.filter_map(|(output, wanted)| Some((output, wanted.path.as_deref()?)));
    let mut notes: Vec<String> = Vec::new();
    for note in wanted.flat_map(|(output, path)| output.notes(cx, path, files)) {
        // Two outputs may read one document.
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// JSON as people read it in a review, with a line end.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    // Trees of texts, numbers and lists always serialize.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
