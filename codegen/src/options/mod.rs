//! Options, each declared once: for `throwback.toml`, for the builder in build.rs, and for the command line.

mod authorization;
mod function;
mod legacy;
mod operations;
mod outputs;
mod script;
#[cfg(test)]
mod tests;

use crate::check;
use crate::contract::Front;
use crate::diagnostic::{Diagnostic, Diagnostics, Failed, SourceFile};
use crate::output::{OUTPUTS, Output};
use crate::text::visible;
use heck::ToKebabCase;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::de::DeTable;

pub(crate) use authorization::AuthorizerKind;
pub use authorization::{Authorization, Authorizer, Rule, Who};
pub(crate) use function::Address;
pub use function::Function;
pub use legacy::Legacy;
pub use operations::NamedOperation;
pub use outputs::Outputs;
pub(crate) use script::Purpose;

/// The name of the configuration file.
pub const FILE: &str = "throwback.toml";

/// The table that `throwback lint` reads of the same file, by itself: nothing that is generated depends on it.
const LINT: &str = "lint";

macro_rules! options {
    ($($(#[doc = $doc:literal])+ $name:ident: $ty:ty, $key:literal, $flag:literal, $value:literal;)+) => {
        /// What is generated, and where to.
        #[derive(Debug, Clone, Default, PartialEq, Deserialize)]
        #[serde(default, rename_all = "kebab-case")]
        #[non_exhaustive]
        pub struct Options {
            $($(#[doc = $doc])+ pub $name: $ty,)+
            /// What is written, and where to.
            #[serde(skip)]
            pub outputs: Outputs,
        }

        /// The keys that belong to no output.
        const KEYS: &[&str] = &[$($key,)+];

        impl Options {
            fn general() -> impl Iterator<Item = Flag> {
                [$(Flag {
                    name: $flag,
                    value: $value,
                    help: concat!($($doc),+).trim_ascii(),
                    form: <$ty as Said>::FORM,
                },)+]
                .into_iter()
                .filter(|flag| !flag.name.is_empty())
            }

            fn say_general(&mut self, flag: &str, said: OsString) -> Result<(), OsString> {
                $(if flag == $flag {
                    return self.$name.say(said);
                })+
                Err(said)
            }
        }
    };
}

options! {
    /// The API's name [default: the package's]
    name: Option<String>, "name", "name", "NAME";
    /// The API's version [default: the package's]
    version: Option<String>, "version", "api-version", "VERSION";
    /// One line about the API
    title: Option<String>, "title", "title", "TEXT";
    /// Root files of the source [default: src/lib.rs and src/main.rs]
    sources: Vec<PathBuf>, "sources", "sources", "FILE";
    /// Folders of other crates whose types are described from their source
    crates: Vec<PathBuf>, "crates", "crates", "DIR";
    /// Types that can't be seen, and what each is on the wire, as in `"money::Cents" = "integer"`
    types: BTreeMap<String, String>, "types", "", "";
    /// The function's ARN, which the integrations call
    function: Option<Function>, "function", "function", "ARN";
    /// What stands before the function: rest, rest-proxy, http-api, http-api-1.0, function-url, alb, alb-multi-value, axum or invoke
    front: Option<String>, "front", "front", "FRONT";
    /// Who may call: `none`, `iam`, or an authorizer's name
    authorization: Authorization, "authorization", "authorization", "WHO";
    /// Operations whose handlers can't be marked, as in `"GET /orders/{id}" = "GetOrderError"`
    operations: BTreeMap<String, NamedOperation>, "operations", "", "";
    /// Messages that functions of before throw, as in `{ message = "* not found", code = "OrderNotFound" }`
    legacy: Vec<Legacy>, "legacy", "", "";
    /// The browser origin that may call the API, or `*`
    cors: Option<String>, "cors", "cors", "ORIGIN";
    /// Allow outputs outside the project
    allow_outside: bool, "allow-outside", "allow-outside", "";
}

/// An option as a command line takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flag {
    /// Its name, behind `--`.
    pub name: &'static str,
    /// What its value is called; empty for a switch.
    pub value: &'static str,
    /// What it means, in one line.
    pub help: &'static str,
    /// How often it may be given, and with what.
    pub form: FlagForm,
}

/// What a flag takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlagForm {
    /// One text.
    Text,
    /// One path.
    Path,
    /// A path, each time that it is given.
    Paths,
    /// Nothing.
    Switch,
}

/// How a field takes what a command line says.
trait Said {
    const FORM: FlagForm;

    /// Takes it; what is no text comes back.
    fn say(&mut self, said: OsString) -> Result<(), OsString>;
}

impl Said for Option<String> {
    const FORM: FlagForm = FlagForm::Text;

    fn say(&mut self, said: OsString) -> Result<(), OsString> {
        *self = Some(said.into_string()?);
        Ok(())
    }
}

impl Said for Option<Function> {
    const FORM: FlagForm = FlagForm::Text;

    fn say(&mut self, said: OsString) -> Result<(), OsString> {
        *self = Some(said.into_string()?.into());
        Ok(())
    }
}

/// Of all that can be said of it, a command line says who may call by default.
impl Said for Authorization {
    const FORM: FlagForm = FlagForm::Text;

    fn say(&mut self, said: OsString) -> Result<(), OsString> {
        self.default = Some(said.into_string()?.as_str().into());
        Ok(())
    }
}

impl Said for Vec<PathBuf> {
    const FORM: FlagForm = FlagForm::Paths;

    fn say(&mut self, said: OsString) -> Result<(), OsString> {
        self.push(said.into());
        Ok(())
    }
}

impl Said for bool {
    const FORM: FlagForm = FlagForm::Switch;

    fn say(&mut self, _: OsString) -> Result<(), OsString> {
        *self = true;
        Ok(())
    }
}

/// No command line says what types and operations are.
impl<T> Said for BTreeMap<String, T> {
    const FORM: FlagForm = FlagForm::Text;

    fn say(&mut self, said: OsString) -> Result<(), OsString> {
        Err(said)
    }
}

impl Options {
    /// Every option that a command line can take: those of all outputs first, then those of each.
    pub fn flags() -> impl Iterator<Item = Flag> {
        Self::general().chain(Outputs::flags())
    }

    /// Takes a flag as the command line has it.
    ///
    /// # Errors
    /// The value, where there is no such flag or it takes a text and that is none.
    pub fn say(&mut self, flag: &str, said: OsString) -> Result<(), OsString> {
        match self.outputs.say_flag(flag, said) {
            Ok(()) => Ok(()),
            Err(said) => self.say_general(flag, said),
        }
    }
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

    pub(crate) fn parse(path: &Path, text: &str) -> Result<Self, Failed> {
        let file = Arc::new(SourceFile { real: path.to_path_buf(), path: shown(path), text: text.to_owned() });
        let refused = |error: toml::de::Error| {
            let message = error.message().lines().next().unwrap_or_default();
            Diagnostic::new(format!("this is no configuration: {message}")).at(&file, error.span().unwrap_or(0..0), "")
        };
        let table = DeTable::parse(text).map_err(refused)?.into_inner();
        let mut options: Self = toml::from_str(text).map_err(refused)?;
        let mut found: Vec<(Range<usize>, Diagnostic)> = Vec::new();
        for (key, value) in &table {
            let name = key.get_ref().as_ref();
            if name != LINT && !KEYS.contains(&name) {
                let mut mistake = |range, message| found.push((range, Diagnostic::new(message)));
                if !options.outputs.read(name, value, &mut mistake) {
                    found.push((key.span(), unknown(name)));
                }
            }
        }
        for (key, message) in options.mistakes() {
            let range = table.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| value.span());
            found.push((range.unwrap_or_default(), Diagnostic::new(message)));
        }
        found.sort_by_key(|(range, _)| range.start);
        let mut errors = Diagnostics::default();
        for (range, diagnostic) in found {
            errors.push(diagnostic.at(&file, range, ""));
        }
        errors.finish(options)
    }

    /// Says what is wrong with the texts that reach an output, each by its key.
    fn mistakes(&self) -> Vec<(&'static str, String)> {
        let mut mistakes = Vec::new();
        let mut keep = |key, text: &Option<String>, check: fn(&str) -> Result<(), String>| {
            if let Some(Err(message)) = text.as_deref().map(check) {
                mistakes.push((key, message));
            }
        };
        keep("name", &self.name, |name| {
            let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_ ".contains(c));
            check::api_name(&if is_plain { name.to_kebab_case() } else { name.to_owned() })
        });
        keep("version", &self.version, check::version);
        keep("title", &self.title, |title| {
            let fits = visible(title) == title && !title.contains(['\n', '\t']);
            fits.then_some(()).ok_or_else(|| "`title` is one line, without characters that do not show".to_owned())
        });
        keep("front", &self.front, |front| {
            let words: Vec<_> = Front::ALL.iter().map(|(word, _)| format!("`{word}`")).collect();
            let known = Front::of(front).map(drop);
            known.ok_or_else(|| format!("`front` is {front:?}: it is one of {}", words.join(", ")))
        });
        keep("cors", &self.cors, |origin| {
            is_origin(origin).then_some(()).ok_or_else(|| {
                format!(
                    "`cors` is {origin:?}, which is no browser origin: write `*`, or scheme, host and port as in \
                     `https://shop.example.com`"
                )
            })
        });
        if let Some(Err(why)) = self.function.as_ref().map(Function::check) {
            mistakes.push(("function", format!("there is a {why}")));
        }
        let named = self.operations.iter().flat_map(|(route, named)| named.mistakes(route));
        mistakes.extend(named.map(|message| ("operations", message)));
        let legacy = self.legacy.iter().flat_map(Legacy::mistakes);
        mistakes.extend(legacy.map(|message| ("legacy", message)));
        mistakes.extend(self.authorization.mistakes().into_iter().map(|message| ("authorization", message)));
        mistakes.extend(self.outputs.mistakes().into_iter().map(|message| ("", message)));
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
        self.front = other.front.or(self.front);
        self.cors = other.cors.or(self.cors);
        self.authorization = self.authorization.overlaid(other.authorization);
        self.outputs.overlay(other.outputs);
        self.types.extend(other.types);
        self.operations.extend(other.operations);
        if !other.sources.is_empty() {
            self.sources = other.sources;
        }
        if !other.crates.is_empty() {
            self.crates = other.crates;
        }
        if !other.legacy.is_empty() {
            self.legacy = other.legacy;
        }
        self.allow_outside |= other.allow_outside;
        self
    }

    /// The same with an output, by its key, at a path.
    ///
    /// ```
    /// # use throwback_codegen::Options;
    /// let options = Options::default().output("openapi", "openapi.json");
    /// assert!(options.has_output());
    /// ```
    #[must_use]
    pub fn output(mut self, key: &str, path: impl Into<PathBuf>) -> Self {
        self.outputs.ask(key, path.into());
        self
    }

    /// What stands before the function.
    pub fn front(&self) -> Front {
        self.front.as_deref().and_then(Front::of).unwrap_or_default()
    }

    /// Whether any output is asked for.
    pub fn has_output(&self) -> bool {
        self.outputs.wanted().any(|(_, wanted)| wanted.path.is_some())
    }

    /// Asks for what is written by default, where nothing is asked for.
    #[must_use]
    pub(crate) fn or_default(mut self, path: impl Fn(&dyn Output) -> Option<PathBuf>) -> Self {
        if !self.has_output() {
            for output in OUTPUTS {
                if let Some(path) = path(*output) {
                    self.outputs.ask(output.key(), path);
                }
            }
        }
        self
    }
}

/// A key that nobody knows, and what may have been meant.
fn unknown(key: &str) -> Diagnostic {
    let outputs = OUTPUTS.iter().map(|output| output.key());
    let settings = OUTPUTS.iter().flat_map(|output| output.settings()).map(|setting| setting.flat);
    let all: Vec<_> = KEYS.iter().copied().chain([LINT]).chain(outputs).chain(settings).collect();
    let near = all.iter().map(|known| (strsim::damerau_levenshtein(known, key), *known)).min();
    let named: Vec<_> = all.iter().map(|known| format!("`{known}`")).collect();
    Diagnostic::new(format!("unknown key `{key}`")).help(match near {
        Some((distance, known)) if distance <= 3 => format!("did you mean `{known}`?"),
        _ => format!("the keys are {}", named.join(", ")),
    })
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
