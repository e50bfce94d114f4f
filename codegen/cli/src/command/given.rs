//! The options of a configuration as flags: whatever can be said there can be said here.

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use std::ffi::OsString;
use throwback_codegen::{FlagForm, Options};

/// What the command line says of the configuration.
#[derive(Debug, Clone, Default)]
pub(super) struct Given(pub(super) Options);

impl Args for Given {
    fn augment_args(command: Command) -> Command {
        Options::flags().fold(command, |command, flag| {
            let arg = Arg::new(flag.name).long(flag.name).help(flag.help).global(true);
            command.arg(match flag.form {
                FlagForm::Switch => arg.action(ArgAction::SetTrue),
                FlagForm::Paths => arg.value_name(flag.value).action(ArgAction::Append).value_parser(path()),
                FlagForm::Path => arg.value_name(flag.value).value_parser(path()),
                _ => arg.value_name(flag.value).value_parser(clap::value_parser!(String)),
            })
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// A path that is not empty, as it is.
fn path() -> impl TypedValueParser<Value = OsString> {
    PathBufValueParser::new().map(std::path::PathBuf::into_os_string)
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut given = Self::default();
        given.update_from_arg_matches(matches)?;
        Ok(given)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for flag in Options::flags() {
            let said: Vec<OsString> = match flag.form {
                FlagForm::Switch => matches.get_flag(flag.name).then(OsString::new).into_iter().collect(),
                FlagForm::Path | FlagForm::Paths => {
                    matches.get_many::<OsString>(flag.name).into_iter().flatten().cloned().collect()
                }
                _ => matches.get_many::<String>(flag.name).into_iter().flatten().map(OsString::from).collect(),
            };
            for said in said {
                // The list of flags is the options' own, and texts were asked for where they want texts.
                let _ = self.0.say(flag.name, said);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_says_what_it_says() {
        let parse = |arguments: &[&str]| {
            let command = Given::augment_args(Command::new("throwback").no_binary_name(true));
            Given::from_arg_matches(&command.try_get_matches_from(arguments).expect("flags")).expect("options").0
        };
        for flag in Options::flags() {
            let mut expected = Options::default();
            expected.say(flag.name, "said".into()).expect("a flag");
            assert_ne!(expected, Options::default(), "{}", flag.name);
            let name = format!("--{}", flag.name);
            let arguments = if flag.form == FlagForm::Switch { vec![&*name] } else { vec![&*name, "said"] };
            assert_eq!(parse(&arguments), expected, "{name}");
        }
        assert_eq!(parse(&["--crates", "a", "--crates", "b"]).crates.len(), 2);
    }
}
