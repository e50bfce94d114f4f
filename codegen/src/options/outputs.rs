//! Which outputs are asked for, where each goes, and what is said of it: in `throwback.toml`, by flag, or by the builder.

use super::{Flag, FlagForm};
use crate::output::{self, OUTPUTS, Output, Read, Setting, Wanted};
use crate::project::normal;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeString, DeValue};

/// The outputs that are asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outputs(BTreeMap<String, Wanted>);

impl Outputs {
    /// What a command line says of outputs.
    pub(super) fn flags() -> impl Iterator<Item = Flag> {
        OUTPUTS.iter().flat_map(|output| {
            let settings = output.settings().iter().map(|setting| Flag {
                name: setting.flat,
                value: setting.value,
                help: setting.help,
                form: FlagForm::Text,
            });
            let path =
                Flag { name: output.key(), value: output.form().value(), help: output.help(), form: FlagForm::Path };
            std::iter::once(path).chain(settings)
        })
    }

    /// Takes a flag as the command line has it; gives back what is said of something else, or no text where one is asked.
    pub(super) fn say_flag(&mut self, flag: &str, said: OsString) -> Result<(), OsString> {
        if let Some((output, setting)) = by_flat(flag) {
            self.say(output.key(), setting.key, said.into_string()?);
        } else if output::by_key(flag).is_some() {
            self.ask(flag, said.into());
        } else {
            return Err(said);
        }
        Ok(())
    }

    /// Where an output goes; nothing if it is not written.
    pub fn path(&self, key: &str) -> Option<&Path> {
        self.0.get(key)?.path.as_deref()
    }

    /// Whether a setting is said, by its key beside the outputs'.
    pub(super) fn says(&self, flat: &str) -> bool {
        by_flat(flat).is_some_and(|(output, setting)| {
            self.0.get(output.key()).is_some_and(|wanted| wanted.settings.contains_key(setting.key))
        })
    }

    /// Asks for nothing any more; what is said of the outputs beside stays.
    pub(crate) fn forget_paths(&mut self) {
        self.0.values_mut().for_each(|wanted| wanted.path = None);
    }

    /// Reads the files that settings name; a text for each that can't be.
    pub(crate) fn read_files(&mut self, folder: &Path) -> Vec<String> {
        let mut mistakes = Vec::new();
        self.each(|output, wanted| {
            let named = output.reads().iter().filter_map(|key| Some((*key, wanted.settings.get(*key)?)));
            for (key, path) in named {
                let real = normal(&folder.join(path));
                match std::fs::read_to_string(&real) {
                    Ok(text) => drop(wanted.read.insert(key.to_owned(), Read { path: path.into(), real, text })),
                    Err(error) => {
                        mistakes.push(format!("can't read `{path}`, the `{key}` of `{}`: {error}", output.key()));
                    }
                }
            }
        });
        mistakes
    }

    /// What a file holds that a setting of an output names.
    pub(crate) fn file_read(&self, key: &str, setting: &str) -> Option<&Read> {
        self.0.get(key)?.read.get(setting)
    }

    /// The files that settings name, from the package's folder.
    pub(crate) fn files_read(&self) -> impl Iterator<Item = &Path> {
        self.0.values().flat_map(|wanted| wanted.read.values()).map(|read| &*read.path)
    }

    /// Asks for an output.
    pub(crate) fn ask(&mut self, key: &str, path: PathBuf) {
        self.0.entry(key.to_owned()).or_default().path = Some(path);
    }

    /// Says something of an output; whether it was said before.
    pub(crate) fn say(&mut self, key: &str, setting: &str, value: String) -> bool {
        self.0.entry(key.to_owned()).or_default().settings.insert(setting.to_owned(), value).is_some()
    }

    /// What is asked of each output, in the order of the list.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = (&'static dyn Output, &Wanted)> {
        OUTPUTS.iter().filter_map(|output| Some((*output, self.0.get(output.key())?)))
    }

    /// The same, to be changed.
    pub(crate) fn each(&mut self, mut change: impl FnMut(&'static dyn Output, &mut Wanted)) {
        for output in OUTPUTS {
            if let Some(wanted) = self.0.get_mut(output.key()) {
                change(*output, wanted);
            }
        }
    }

    pub(super) fn overlay(&mut self, other: Self) {
        for (key, wanted) in other.0 {
            let known = self.0.entry(key).or_default();
            known.path = wanted.path.or(known.path.take());
            known.settings.extend(wanted.settings);
        }
    }

    /// Reads a key of the configuration file that is an output's: its path, its table, or one of its settings. Says
    /// whether it is one.
    pub(super) fn read(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        mistake: &mut dyn FnMut(Range<usize>, String),
    ) -> bool {
        let text = value.get_ref().as_str();
        if let Some((output, setting)) = by_flat(key) {
            match text {
                Some(text) => self.say_once(output, setting, text, value.span(), mistake),
                None => mistake(value.span(), format!("`{key}` is a text")),
            }
            return true;
        }
        let Some(output) = output::by_key(key) else { return false };
        match (text, value.get_ref().as_table()) {
            (Some(path), _) => self.ask(key, path.into()),
            (None, Some(table)) => table.iter().for_each(|entry| self.read_entry(output, entry, mistake)),
            (None, None) => mistake(value.span(), format!("`{key}` is a path, or a table with a `path`")),
        }
        true
    }

    fn read_entry(
        &mut self,
        output: &dyn Output,
        (name, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>),
        mistake: &mut dyn FnMut(Range<usize>, String),
    ) {
        let (key, known) = (output.key(), name.get_ref().as_ref());
        let setting = output.settings().iter().find(|setting| setting.key == known);
        match (value.get_ref().as_str(), setting) {
            (Some(path), _) if known == "path" => self.ask(key, path.into()),
            (Some(text), Some(setting)) => self.say_once(output, setting, text, value.span(), mistake),
            (None, Some(_)) => mistake(value.span(), format!("`{known}` of `{key}` is a text")),
            (None, None) if known == "path" => mistake(value.span(), format!("`path` of `{key}` is a text")),
            (_, None) => {
                let all = ["path"].into_iter().chain(output.settings().iter().map(|setting| setting.key));
                let all: Vec<_> = all.map(|key| format!("`{key}`")).collect();
                mistake(name.span(), format!("`{key}` has no `{known}`: it has {}", all.join(", ")));
            }
        }
    }

    /// A setting has two names in the file, of which one is enough.
    fn say_once(
        &mut self,
        output: &dyn Output,
        setting: &Setting,
        text: &str,
        place: Range<usize>,
        mistake: &mut dyn FnMut(Range<usize>, String),
    ) {
        if self.say(output.key(), setting.key, text.to_owned()) {
            let (key, flat) = (output.key(), setting.flat);
            mistake(place, format!("`{flat}` is `{}` of `{key}`, and both are given: keep one", setting.key));
        }
    }

    /// Says which outputs and settings there are none of: the builder takes any text.
    pub(super) fn mistakes(&self) -> Vec<String> {
        let all = |names: &mut dyn Iterator<Item = &'static str>| {
            names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let mut mistakes = Vec::new();
        for (key, wanted) in &self.0 {
            let Some(output) = output::by_key(key) else {
                let outputs = all(&mut OUTPUTS.iter().map(|output| output.key()));
                mistakes.push(format!("there is no output {key:?}: there are {outputs}"));
                continue;
            };
            let settings = || output.settings().iter().map(|setting| setting.key);
            for said in wanted.settings.keys().filter(|said| settings().all(|known| known != said.as_str())) {
                let known = all(&mut ["path"].into_iter().chain(settings()));
                mistakes.push(format!("`{key}` has no setting {said:?}: it has {known}"));
            }
        }
        mistakes
    }
}

/// The output and the setting that a key beside the outputs' stands for.
fn by_flat(key: &str) -> Option<(&'static dyn Output, &'static Setting)> {
    OUTPUTS.iter().find_map(|output| Some((*output, output.settings().iter().find(|setting| setting.flat == key)?)))
}
