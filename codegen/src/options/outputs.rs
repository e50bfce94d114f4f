//! Which outputs are asked for, where each goes, and what is said of it: in `throwback.toml`, by flag, or by the builder.

use crate::output::{self, OUTPUTS, Output, Setting, Wanted};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeString, DeValue};

/// The outputs that are asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outputs(BTreeMap<String, Wanted>);

impl Outputs {
    /// Every key that an output or a setting of one has in `throwback.toml` and on the command line, what its value is
    /// called there, and what it means.
    pub fn known() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        OUTPUTS.iter().flat_map(|output| {
            let settings = output.settings().iter().map(|setting| (setting.flat, setting.value, setting.help));
            std::iter::once((output.key(), output.form().value(), output.help())).chain(settings)
        })
    }

    /// Where an output goes; nothing if it is not written.
    pub fn path(&self, key: &str) -> Option<&Path> {
        self.0.get(key)?.path.as_deref()
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

    /// Says which outputs there are none of.
    pub(super) fn mistakes(&self) -> impl Iterator<Item = String> {
        self.0.keys().filter(|key| output::by_key(key).is_none()).map(|key| {
            let all: Vec<_> = OUTPUTS.iter().map(|output| format!("`{}`", output.key())).collect();
            format!("there is no output {key:?}: there are {}", all.join(", "))
        })
    }
}

/// The output and the setting that a key beside the outputs' stands for.
fn by_flat(key: &str) -> Option<(&'static dyn Output, &'static Setting)> {
    OUTPUTS.iter().find_map(|output| Some((*output, output.settings().iter().find(|setting| setting.flat == key)?)))
}

#[cfg(feature = "cli")]
mod flags {
    use super::{OUTPUTS, Outputs};
    use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};
    use std::path::PathBuf;

    impl Args for Outputs {
        fn augment_args(mut command: Command) -> Command {
            for output in OUTPUTS {
                let path = Arg::new(output.key()).long(output.key()).value_name(output.form().value());
                let path = path.value_parser(value_parser!(PathBuf)).help(output.help()).global(true);
                command = command.arg(path);
                for setting in output.settings() {
                    let value = Arg::new(setting.flat).long(setting.flat).value_name(setting.value);
                    command = command.arg(value.help(setting.help).global(true));
                }
            }
            command
        }

        fn augment_args_for_update(command: Command) -> Command {
            Self::augment_args(command)
        }
    }

    impl FromArgMatches for Outputs {
        fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
            let mut outputs = Self::default();
            outputs.update_from_arg_matches(matches)?;
            Ok(outputs)
        }

        fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
            for output in OUTPUTS {
                if let Some(path) = matches.get_one::<PathBuf>(output.key()) {
                    self.ask(output.key(), path.clone());
                }
                for setting in output.settings() {
                    if let Some(value) = matches.get_one::<String>(setting.flat) {
                        self.say(output.key(), setting.key, value.clone());
                    }
                }
            }
            Ok(())
        }
    }
}
