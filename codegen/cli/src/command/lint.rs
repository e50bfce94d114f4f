//! `throwback lint`: what is wrong with the error mapping of an API that is there already.

use super::{Lint, generate, style};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use throwback_codegen::Builder;
use throwback_codegen::contract::Contract;
use throwback_lint::{File, Format, Level, RULES, Report, Rule};

pub(super) fn run(arguments: &Lint) -> ExitCode {
    if let Some(id) = &arguments.explain {
        return explain(id);
    }
    let files = match read(&arguments.files) {
        Ok(files) => files,
        Err(why) => return unusable(&why),
    };
    let files = match if arguments.fix { fix(files) } else { Ok(files) } {
        Ok(files) => files,
        Err(why) => return unusable(&why),
    };
    let format =
        Format::ALL.into_iter().find(|(name, _)| *name == arguments.format).map_or(Format::Human, |(_, format)| format);
    let report = match arguments.against.as_deref().map(contract) {
        None => throwback_lint::lint(files),
        Some(Ok(contract)) => throwback_lint::lint_against(files, &contract),
        Some(Err(why)) => return unusable(&why),
    };
    let color = std::io::stdout().is_terminal();
    anstream::print!("{}", report.render(format, color));
    exit(&report, &arguments.fail_on)
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

/// What the command line asks for is not there.
fn unusable(why: &str) -> ExitCode {
    let bad = style::BAD;
    anstream::eprintln!("{bad}error{bad:#}: {}", throwback_codegen::text::visible(why));
    ExitCode::from(2)
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
        return unusable(&format!("there is no rule `{id}`; `throwback lint --explain all` lists them"));
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
