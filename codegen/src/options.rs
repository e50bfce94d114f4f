//! Options, each declared once: for `throwback.toml`, for the builder in build.rs, and for the command line.

use crate::check;
use crate::diagnostic::{Diagnostic, Diagnostics, Failed, SourceFile};
use crate::text::visible;
use heck::ToKebabCase;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::de::DeTable;

/// The name of the configuration file.
pub const FILE: &str = "throwback.toml";

macro_rules! options {
    ($($(#[doc = $doc:literal])+ $(#[$attr:meta])* $name:ident: $ty:ty, $key:literal;)+) => {
        /// What is generated, and where to.
        #[derive(Debug, Clone, Default, Deserialize)]
        #[cfg_attr(feature = "cli", derive(clap::Args))]
        #[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
        pub struct Options {
            $($(#[doc = $doc])+ $(#[cfg_attr(feature = "cli", $attr)])* pub $name: $ty,)+
        }

        impl Options {
            /// Every key of the configuration file, with what it means.
            pub const KEYS: &'static [(&'static str, &'static str)] = &[$(($key, concat!($($doc),+)),)+];
        }
    };
}

options! {
    /// The API's name [default: the package's]
    #[arg(long, value_name = "NAME", global = true)]
    name: Option<String>, "name";
    /// The API's version [default: the package's]
    #[arg(id = "api-version", long = "api-version", value_name = "VERSION", global = true)]
    version: Option<String>, "version";
    /// One line about the API
    #[arg(long, value_name = "TEXT", global = true)]
    title: Option<String>, "title";
    /// Root files of the source [default: src/lib.rs and src/main.rs]
    #[arg(long, value_name = "FILE", global = true)]
    sources: Vec<PathBuf>, "sources";
    /// Folders of other crates whose types are described from their source
    #[arg(long, value_name = "DIR", global = true)]
    crates: Vec<PathBuf>, "crates";
    /// Types that can't be seen, and what each is on the wire, as in `"money::Cents" = "integer"`
    #[arg(skip)]
    types: BTreeMap<String, String>, "types";
    /// The function's ARN, which the integrations call
    #[arg(long, value_name = "ARN", global = true)]
    function: Option<String>, "function";
    /// The browser origin that may call the API, or `*`
    #[arg(long, value_name = "ORIGIN", global = true)]
    cors: Option<String>, "cors";
    /// Write the contract to this JSON file
    #[arg(long, value_name = "FILE", global = true)]
    contract: Option<PathBuf>, "contract";
    /// Write the OpenAPI document, with API Gateway's extensions, to this JSON file
    #[arg(long, value_name = "FILE", global = true)]
    openapi: Option<PathBuf>, "openapi";
    /// Write the AWS command line's JSON documents to this folder
    #[arg(long, value_name = "DIR", global = true)]
    integration_responses: Option<PathBuf>, "integration-responses";
    /// Write the Rust client to this folder as a crate, or to this `.rs` file as a module
    #[arg(long, value_name = "DIR", global = true)]
    rust_client: Option<PathBuf>, "rust-client";
    /// Write the test vectors to this JSON file, and tests that run them into the Rust client's crate
    #[arg(long, value_name = "FILE", global = true)]
    vectors: Option<PathBuf>, "vectors";
    /// What the Rust client's Cargo.toml says of `throwback` [default: what this package's does]
    #[arg(long, value_name = "TOML", global = true)]
    rust_runtime: Option<String>, "rust-runtime";
    /// Allow outputs outside the project
    #[arg(long, global = true)]
    allow_outside: bool, "allow-outside";
}

impl Options {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// One diagnostic for a file that can't be read or is no TOML, or for the first key that is unknown, with the
    /// nearest right one.
    pub fn read(path: &Path) -> Result<Self, Failed> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Diagnostic::new(format!("can't read `{}`: {error}", path.display())))?;
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, Failed> {
        let options = Self::deserialize(path, text)?;
        let mistakes = options.mistakes();
        if mistakes.is_empty() {
            return Ok(options);
        }
        let table = DeTable::parse(text).ok();
        let place = |key: &str| {
            let (_, value) = table.as_ref()?.get_ref().iter().find(|(known, _)| known.get_ref() == key)?;
            Some(value.span())
        };
        let file = Arc::new(SourceFile { real: path.to_path_buf(), path: shown(path), text: text.to_owned() });
        let mut errors = Diagnostics::default();
        for (key, message) in mistakes {
            errors.push(Diagnostic::new(message).at(&file, place(key).unwrap_or_default(), ""));
        }
        errors.finish(options)
    }

    fn deserialize(path: &Path, text: &str) -> Result<Self, Failed> {
        toml::from_str(text).map_err(|error| {
            let range = error.span().unwrap_or(0..0);
            let key = text.get(range.clone()).unwrap_or_default().trim_matches('"').to_owned();
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            let file = Arc::new(SourceFile { real: path.to_path_buf(), path: shown(path), text: text.to_owned() });
            if message.starts_with("unknown field") {
                let diagnostic = Diagnostic::new(format!("unknown key `{key}`")).at(&file, range, "");
                let near = Self::KEYS.iter().map(|(known, _)| (strsim::damerau_levenshtein(known, &key), *known)).min();
                let all: Vec<_> = Self::KEYS.iter().map(|(known, _)| format!("`{known}`")).collect();
                return diagnostic
                    .help(match near {
                        Some((distance, known)) if distance <= 3 => format!("did you mean `{known}`?"),
                        _ => format!("the keys are {}", all.join(", ")),
                    })
                    .into();
            }
            Diagnostic::new(format!("this is no configuration: {message}")).at(&file, range, "").into()
        })
    }

    /// Says what is wrong with the texts that reach an output, each by its key.
    fn mistakes(&self) -> Vec<(&'static str, String)> {
        let mut mistakes = Vec::new();
        let mut keep = |key, text: &Option<String>, check: fn(&str) -> Result<(), String>| {
            if let Some(Err(message)) = text.as_deref().map(check) {
                mistakes.push((key, message));
            }
        };
        keep("name", &self.name, |name| check::api_name(&ToKebabCase::to_kebab_case(name)));
        keep("version", &self.version, check::version);
        keep("title", &self.title, |title| {
            let fits = visible(title) == title && !title.contains(['\n', '\t']);
            fits.then_some(()).ok_or_else(|| "`title` is one line, without characters that do not show".to_owned())
        });
        keep("function", &self.function, |function| {
            // A reference of CloudFormation's or to a stage variable may stand in it.
            let fits = !function.is_empty()
                && function.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":-_./${}*@+=#,".contains(&byte));
            fits.then_some(()).ok_or_else(|| {
                format!(
                    "`function` is {function:?}, which is no function's ARN: write one as in \
                     `arn:aws:lambda:eu-west-1:123456789012:function:orders`"
                )
            })
        });
        keep("cors", &self.cors, |origin| {
            is_origin(origin).then_some(()).ok_or_else(|| {
                format!(
                    "`cors` is {origin:?}, which is no browser origin: write `*`, or scheme, host and port as in \
                     `https://shop.example.com`"
                )
            })
        });
        mistakes
    }

    /// Refuses texts that can't stand in an output.
    pub(crate) fn check(&self) -> Result<(), Failed> {
        let mut errors = Diagnostics::default();
        self.mistakes().into_iter().for_each(|(_, message)| errors.push(Diagnostic::new(message)));
        errors.finish(())
    }

    /// These options, and those of `other` where it says more.
    #[must_use]
    pub fn overlaid(mut self, other: Self) -> Self {
        self.name = other.name.or(self.name);
        self.version = other.version.or(self.version);
        self.title = other.title.or(self.title);
        self.function = other.function.or(self.function);
        self.cors = other.cors.or(self.cors);
        self.contract = other.contract.or(self.contract);
        self.openapi = other.openapi.or(self.openapi);
        self.integration_responses = other.integration_responses.or(self.integration_responses);
        self.rust_client = other.rust_client.or(self.rust_client);
        self.vectors = other.vectors.or(self.vectors);
        self.rust_runtime = other.rust_runtime.or(self.rust_runtime);
        self.types.extend(other.types);
        if !other.sources.is_empty() {
            self.sources = other.sources;
        }
        if !other.crates.is_empty() {
            self.crates = other.crates;
        }
        self.allow_outside |= other.allow_outside;
        self
    }

    /// Whether any output is asked for.
    pub fn has_output(&self) -> bool {
        self.contract.is_some()
            || self.openapi.is_some()
            || self.integration_responses.is_some()
            || self.rust_client.is_some()
            || self.vectors.is_some()
    }
}

/// The file as people name it, who name the sources from the package's folder too.
fn shown(path: &Path) -> PathBuf {
    path.file_name().map_or_else(|| path.to_path_buf(), PathBuf::from)
}

/// Whether a text is `*` or an origin as browsers send it: scheme, host and port (RFC 6454 section 6.2).
fn is_origin(text: &str) -> bool {
    let Some((scheme, host)) = text.split_once("://") else { return text == "*" };
    scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte))
}
