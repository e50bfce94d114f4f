//! Allows that allow nothing: without a reason, of a rule that is none, or of what is not found.

use super::Out;
use crate::allow::Allow;
use crate::finding::{Level, Rule};
use crate::near::{no_rule, rule};
use std::collections::HashSet;

const PAGE: &str = "https://docs.rs/throwback-lint";

static NO_REASON: Rule = Rule {
    id: "allow-without-reason",
    title: "an allow without a reason allows nothing",
    why: "Whoever reads the configuration next has to know why a fault may stay, and when it may not any more.",
    mend: "write the reason: `# throwback: allow(RULE) the reason`, or `RULE: the reason` in `x-throwback-allow` and in `Metadata.Throwback.Allow`",
    level: Level::Error,
    reference: PAGE,
};

static UNKNOWN: Rule = Rule {
    id: "allow-unknown",
    title: "an allow of a rule that there is not",
    why: "A rule that is misspelled allows nothing, and looks as if it did.",
    mend: "write the name as the report has it",
    level: Level::Error,
    reference: PAGE,
};

static IDLE: Rule = Rule {
    id: "allow-idle",
    title: "an allow of what is not found here",
    why: "What it allowed is mended, or stands on another line: it would hide the next fault of this kind.",
    mend: "leave it out, or put it on the line of the finding or right above it",
    level: Level::Note,
    reference: PAGE,
};

pub(super) static RULES: &[&Rule] = &[&NO_REASON, &UNKNOWN, &IDLE];

/// What is wrong with the allows of a file; `used` are those that allowed something.
pub(crate) fn check(allows: &[Allow], used: &HashSet<(usize, &'static str)>, out: &mut Out<'_>) {
    let mut seen = HashSet::new();
    // What an alias repeats is one.
    for allow in allows.iter().filter(|allow| seen.insert((allow.at.clone(), &allow.rule))) {
        if !allow.is_whole {
            let text = "this is no allow: it is written `throwback: allow(RULE) the reason`";
            out.say(&UNKNOWN, &allow.owner, &allow.at, text);
            continue;
        }
        let Some(rule) = rule(&allow.rule) else {
            out.say(&UNKNOWN, &allow.owner, &allow.at, no_rule(&allow.rule));
            continue;
        };
        if allow.reason.is_none() {
            let text = format!("`{}` is allowed without a reason, and so it is not", rule.id);
            out.say(&NO_REASON, &allow.owner, &allow.at, text);
        } else if !used.contains(&(allow.at.start, rule.id)) {
            out.say(&IDLE, &allow.owner, &allow.at, format!("`{}` is allowed, and not found here", rule.id));
        }
    }
}
