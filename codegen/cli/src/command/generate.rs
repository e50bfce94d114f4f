//! `throwback generate`: write what changed, or show it.

use super::style::{self, counted};
use super::{Generate, Stop, projects};
use similar::{ChangeTag, TextDiff};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Instant;
use throwback_codegen::text::line;
use throwback_codegen::{Builder, Generated};
use throwback_codegen::{Change, LOCK};

/// The most lines of a difference that are shown of one file.
const MAX_LINES: usize = 40;

pub(super) fn run(builders: &[Builder], arguments: &Generate) -> Result<(), Stop> {
    let mut stale = false;
    let all = projects::each(builders, |builder| {
        let (started, builder) = (Instant::now(), builder.clone().force(arguments.force));
        let generated = if arguments.check { builder.check()? } else { builder.generate()? };
        let is_shown = |change: &&Change| arguments.check || change.path != Path::new(LOCK);
        let changes: Vec<_> = generated.plan.changes.iter().filter(is_shown).collect();
        // Paths start from the package's folder, of which there may be several.
        let folder = if builders.len() == 1 { PathBuf::new() } else { projects::shown(&builder).as_ref().into() };
        for change in &changes {
            show(&folder, change, arguments.check);
        }
        stale |= arguments.check && !generated.plan.changes.is_empty();
        summary(&generated, changes.len(), arguments.check, started);
        for note in &generated.notes {
            anstream::eprintln!("{warn}note{warn:#}: {note}", warn = style::WARN);
        }
        Ok(())
    });
    match all {
        Ok(_) if stale => Err(Stop::Told),
        outcome => outcome.map(drop),
    }
}

fn show(folder: &Path, change: &Change, check: bool) {
    let (style, verb) = match (&change.old, &change.new, check) {
        (None, _, true) => (style::BAD, "missing"),
        (_, None, true) => (style::BAD, "left over"),
        (_, _, true) => (style::BAD, "stale"),
        (None, _, false) => (style::GOOD, "new"),
        (_, None, false) => (style::WARN, "removed"),
        (_, _, false) => (style::GOOD, "changed"),
    };
    anstream::println!("{style}{verb:>9}{style:#} {}", line(&folder.join(&change.path).to_string_lossy()));
    if let (true, Some(old), Some(new)) = (check, &change.old, &change.new) {
        difference(old, new);
    }
}

/// Shows what two texts do not have in common.
pub(super) fn difference(old: &str, new: &str) {
    let diff = TextDiff::from_lines(old, new);
    let mut shown = 0;
    for group in diff.grouped_ops(2) {
        for op in group {
            for changed in diff.iter_changes(&op) {
                let (style, sign) = match changed.tag() {
                    ChangeTag::Delete => (style::BAD, '-'),
                    ChangeTag::Insert => (style::GOOD, '+'),
                    ChangeTag::Equal => (style::DIM, ' '),
                };
                if shown < MAX_LINES {
                    let text: String = changed.value().trim_end().chars().take(160).collect();
                    anstream::println!("          {style}{sign} {}{style:#}", line(&text));
                }
                shown += 1;
            }
        }
    }
    if let Some(more) = shown.checked_sub(MAX_LINES).filter(|more| *more > 0) {
        anstream::println!("          {dim}… {more} lines more{dim:#}", dim = style::DIM);
    }
}

fn summary(generated: &Generated, changed: usize, check: bool, started: Instant) {
    let contract = &generated.contract;
    let unchanged = generated.plan.unchanged;
    let files = |count: usize| counted(count, "file");
    let outcome = match (changed, check) {
        (0, _) => format!("{} up to date", files(unchanged)),
        (_, true) => format!("{} stale, {unchanged} up to date; run `throwback generate`", files(changed)),
        (_, false) => format!("{} written, {unchanged} unchanged", files(changed)),
    };
    let mut parts = Vec::new();
    if contract.invocations.is_empty() || !contract.operations.is_empty() {
        parts.push(counted(contract.operations.len(), "operation"));
    }
    if !contract.invocations.is_empty() {
        parts.push(counted(contract.invocations.len(), "invocation"));
    }
    let invoked = |name: &String| contract.invocations.iter().any(|invocation| invocation.set.as_ref() == Some(name));
    let alone = contract.sets_alone().filter(|set| !invoked(&set.name)).count();
    if alone > 0 {
        parts.push(format!("{} that no operation returns", counted(alone, "error enum")));
    }
    parts.push(counted(contract.errors.len(), "error"));
    let took = if std::io::stderr().is_terminal() { format!("; {}", style::took(started)) } else { String::new() };
    anstream::eprintln!("{name}{}{name:#}: {}; {outcome}{took}", contract.name, parts.join(", "), name = style::NAME);
}
