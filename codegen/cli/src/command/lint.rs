//! `throwback lint`: what is wrong with the error mapping of an API that is there already.

use super::{Lint, generate, style};
use std::io::{ErrorKind, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use throwback_codegen::contract::Contract;
use throwback_codegen::text::visible;
use throwback_codegen::{Builder, FILE, Text};
use throwback_lint::{Baseline, File, Format, Level, Levels, RULES, Report, Rule, Settings};

/// The longest baseline that is read, in bytes.
const LONGEST: u64 = 64 * 1024 * 1024;

pub(super) fn run(arguments: &Lint, project: Option<&Path>) -> ExitCode {
    if let Some(id) = &arguments.explain {
        return explain(id);
    }
    match report(arguments, project) {
        Ok(report) => {
            let mut formats = Format::ALL.into_iter();
            let format =
                formats.find(|(name, _)| *name == arguments.format).map_or(Format::Human, |(_, format)| format);
            anstream::print!("{}", report.render(format, std::io::stdout().is_terminal()));
            exit(&report, &arguments.fail_on)
        }
        Err(why) => {
            anstream::eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

/// What is found; or what is wrong with the command line and the files that it names.
fn report(arguments: &Lint, project: Option<&Path>) -> Result<Report, String> {
    let settings = Settings {
        levels: levels(&arguments.level, project)?,
        baseline: arguments.baseline.as_deref().map(baseline).transpose()?,
        contract: arguments.against.as_deref().map(contract).transpose().map_err(|why| unusable(&why))?,
    };
    let mut files = read(&arguments.files).map_err(|why| unusable(&why))?;
    if arguments.fix {
        files = fix(files).map_err(|why| unusable(&why))?;
    }
    let mut report = throwback_lint::lint_with(files, &settings);
    if let Some(path) = &arguments.write_baseline {
        // What can't be read would be new once it can.
        if report.mistakes.is_empty() {
            std::fs::write(path, Baseline::of(&report).render())
                .map_err(|error| unusable(&format!("can't write `{}`: {error}", path.display())))?;
            report.accept();
        } else {
            let why = format!("`{}` is not written: a file can't be read", path.display());
            anstream::eprintln!("{}", unusable(&why));
        }
    }
    Ok(report)
}

/// The levels of `throwback.toml`, if there is one, and those of the command line.
fn levels(given: &[String], project: Option<&Path>) -> Result<Levels, String> {
    let path = project.unwrap_or(Path::new(".")).join(FILE);
    let mut levels = match std::fs::read_to_string(&path) {
        Ok(text) => of_project(&path, text)?,
        Err(error) if error.kind() == ErrorKind::NotFound && project.is_none_or(Path::is_dir) => Levels::default(),
        Err(error) => return Err(unusable(&format!("can't read `{}`: {error}", path.display()))),
    };
    for given in given {
        let (rule, level) = given.split_once('=').ok_or_else(|| {
            unusable(&format!("`--level {given}` is no rule and level, as in `--level pattern-not-anchored=off`"))
        })?;
        levels.say(rule.trim(), level.trim()).map_err(|why| unusable(&why))?;
    }
    Ok(levels)
}

fn of_project(path: &Path, text: String) -> Result<Levels, String> {
    Levels::read(&text).map_err(|mistakes| {
        let path = path.strip_prefix(".").unwrap_or(path);
        let file = File { path: path.to_path_buf(), text };
        let shown = Text::new(path, file.text.as_str());
        let mistakes = mistakes
            .into_iter()
            .map(|mistake| shown.mistake(mistake.message, Some(file.place(mistake.at.start))).render(true));
        mistakes.collect::<Vec<_>>().join("\n\n")
    })
}

fn baseline(path: &Path) -> Result<Baseline, String> {
    let why = |why: String| unusable(&format!("can't read the baseline `{}`: {why}", path.display()));
    let length = std::fs::metadata(path).map_err(|error| why(error.to_string()))?.len();
    if length > LONGEST {
        return Err(why(format!("it is {length} bytes, and no more than {LONGEST} are read")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| why(error.to_string()))?;
    Baseline::read(&text).map_err(why)
}

/// Shows what can be mended and writes it; the files as they are then.
fn fix(mut files: Vec<File>) -> Result<Vec<File>, String> {
    for (number, text) in throwback_lint::mended(&files) {
        let Some(file) = files.get_mut(number) else { continue };
        let (name, path) = (style::GOOD, &file.path);
        anstream::eprintln!("{name}{:>9}{name:#} {}", "mended", throwback_codegen::text::line(&path.to_string_lossy()));
        generate::difference(&file.text, &text);
        if path != Path::new("-") {
            std::fs::write(path, &text).map_err(|error| format!("can't write `{}`: {error}", path.display()))?;
        }
        file.text = text;
    }
    Ok(files)
}

/// The contract of a package, or the one that a file holds.
fn contract(path: &Path) -> Result<Contract, String> {
    if path.is_file() {
        let text =
            std::fs::read_to_string(path).map_err(|error| format!("can't read `{}`: {error}", path.display()))?;
        return Contract::read(&text).map_err(|why| format!("`{}` is no contract: {why}", path.display()));
    }
    Builder::project(path).describe().map(|(contract, _)| contract).map_err(|failed| failed.render(true))
}

fn exit(report: &Report, fail_on: &str) -> ExitCode {
    if !report.mistakes.is_empty() {
        return ExitCode::from(2);
    }
    let least = match fail_on {
        "note" => Some(Level::Note),
        "warning" => Some(Level::Warning),
        "never" => None,
        _ => Some(Level::Error),
    };
    let fails = least.is_some_and(|least| report.worst().is_some_and(|worst| worst >= least));
    if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn read(paths: &[PathBuf]) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    let mut wrong = Vec::new();
    for path in paths {
        match text(path) {
            Ok(text) => files.push(File { path: path.clone(), text }),
            Err(error) => wrong.push(format!("can't read `{}`: {error}", path.display())),
        }
    }
    if wrong.is_empty() { Ok(files) } else { Err(wrong.join("\n")) }
}

/// A file's text, or that of standard input for `-`.
fn text(path: &Path) -> std::io::Result<String> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        std::fs::read_to_string(path)?
    };
    Ok(text.strip_prefix('\u{feff}').map(ToOwned::to_owned).unwrap_or(text))
}

/// That what the command line asks for is not there.
fn unusable(why: &str) -> String {
    let bad = style::BAD;
    format!("{bad}error{bad:#}: {}", visible(why))
}

fn explain(id: &str) -> ExitCode {
    let rules = || RULES.iter().flat_map(|rules| rules.iter());
    if id == "all" {
        for rule in rules() {
            anstream::println!("{}", line(rule));
        }
        return ExitCode::SUCCESS;
    }
    let Some(rule) = rules().find(|rule| rule.id == id) else {
        anstream::eprintln!("{}", unusable(&throwback_lint::no_rule(id)));
        return ExitCode::from(2);
    };
    let (bold, dim) = (style::BOLD, style::DIM);
    anstream::println!(
        "{}\n\n{bold}why{bold:#}   {}\n{bold}mend{bold:#}  {}\n{dim}{}{dim:#}",
        line(rule),
        rule.why,
        rule.mend,
        rule.reference
    );
    ExitCode::SUCCESS
}

fn line(rule: &Rule) -> String {
    let style = match rule.level {
        Level::Error => style::BAD,
        Level::Warning => style::WARN,
        Level::Note => style::DIM,
    };
    let name = style::NAME;
    format!("{style}{:<7}{style:#} {name}{:<28}{name:#} {}", rule.level.word(), rule.id, rule.title)
}
