//! Colours, each with its meaning; anstream drops them where nobody looks.

use anstyle::{AnsiColor, Style};
use clap::builder::Styles;
use std::time::Instant;

pub(super) const GOOD: Style = AnsiColor::Green.on_default();
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(super) const WARN: Style = AnsiColor::Yellow.on_default();
pub(super) const NAME: Style = AnsiColor::Cyan.on_default();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const BOLD: Style = Style::new().bold();

pub(super) const HELP: Styles = Styles::styled().header(BOLD).usage(BOLD).literal(NAME).placeholder(DIM);

/// The colour of an HTTP status.
pub(super) fn status(status: u16) -> Style {
    match status {
        ..400 => GOOD,
        400..500 => WARN,
        _ => BAD,
    }
}

/// How many there are of what.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How long something took, for people.
pub(super) fn took(started: Instant) -> String {
    format!("{:.2} s", started.elapsed().as_secs_f64())
}
