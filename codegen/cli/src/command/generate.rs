//! `throwback generate`: write what changed, or show it.

use super::{Generate, Stop, style};
use similar::{ChangeTag, TextDiff};
use std::path::Path;
use throwback_codegen::text::line;
use throwback_codegen::{Builder, Generated};
use throwback_codegen::{Change, LOCK};

/// The most lines of a difference that are shown of one file.
const MAX_LINES: usize = 40;

pub(super) fn run(builders: &[Builder], arguments: &Generate) -> Result<(), Stop> {
    let (mut stale, mut failed) = (false, false);
    for builder in builders {
        let builder = builder.clone().force(arguments.force);
        let outcome = if arguments.check { builder.check() } else { builder.generate() };
        let generated = match outcome {
            Ok(generated) => generated,
            Err(failed) if builders.len() == 1 => return Err(failed.into()),
            // The others are not to blame, and what it says of files is true of this package alone.
            Err(mistakes) => {
                anstream::eprintln!("in `{}`:\n{}\n", builder.folder().display(), mistakes.render(true));
                failed = true;
                continue;
            }
        };
        let is_shown = |change: &&Change| arguments.check || change.path != Path::new(LOCK);
        let changes: Vec<_> = generated.plan.changes.iter().filter(is_shown).collect();
        for change in &changes {
            show(change, arguments.check);
        }
        stale |= arguments.check && !generated.plan.changes.is_empty();
        summary(&generated, changes.len(), arguments.check);
    }
    if stale || failed { Err(Stop::Told) } else { Ok(()) }
}

fn show(change: &Change, check: bool) {
    let (style, verb) = match (&change.old, &change.new, check) {
        (None, _, true) => (style::BAD, "missing"),
        (_, None, true) => (style::BAD, "left over"),
        (_, _, true) => (style::BAD, "stale"),
        (None, _, false) => (style::GOOD, "new"),
        (_, None, false) => (style::WARN, "removed"),
        (_, _, false) => (style::GOOD, "changed"),
    };
    anstream::println!("{style}{verb:>9}{style:#} {}", line(&change.path.to_string_lossy()));
    if let (true, Some(old), Some(new)) = (check, &change.old, &change.new) {
        difference(old, new);
    }
}

fn difference(old: &str, new: &str) {
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

fn summary(generated: &Generated, changed: usize, check: bool) {
    let contract = &generated.contract;
    let unchanged = generated.plan.unchanged;
    let outcome = match (changed, check) {
        (0, _) => format!("{unchanged} files are up to date"),
        (_, true) => format!("{changed} files are stale, {unchanged} up to date; run `throwback generate`"),
        (_, false) => format!("{changed} files written, {unchanged} unchanged"),
    };
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let mut parts = vec![counted(contract.operations.len(), "operation"), counted(contract.errors.len(), "error")];
    let alone = contract.sets_alone().count();
    if alone > 0 {
        parts.insert(1, format!("{} that no operation returns", counted(alone, "error enum")));
    }
    anstream::eprintln!("{name}{}{name:#}: {}; {outcome}", contract.name, parts.join(", "), name = style::NAME,);
}
