//! What people see: a table of every case, one case in full, and the verdict.

use crate::caught::Case;
use anstyle::{AnsiColor, Style};
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, ContentArrangement, Table};
use throwback::Retry;
use throwback_cli::serve::{Exchange, Front};

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();
const WARN: Style = AnsiColor::Yellow.on_default();
const NAME: Style = AnsiColor::Cyan.on_default();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// The case that is shown in full.
const SHOWN: &str = "OutOfStock";

/// One row for each case.
pub(crate) fn table(cases: &[Case]) {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["", "operation", "thrown", "status", "caught as", "retry"].map(|title| painted(BOLD, title)));
    for case in cases {
        let (style, mark) = match (case.differences().is_empty(), case.by_nature) {
            (true, false) => (GOOD, "✓"),
            (true, true) => (DIM, "~"),
            (false, _) => (BAD, "✗"),
        };
        let status = match case.caught.status {
            Some(..400) => GOOD,
            Some(400..500) => WARN,
            _ => BAD,
        };
        let retry = match (case.caught.retry, case.caught.retry_after) {
            (Retry::Never, _) => "no".to_owned(),
            (Retry::Backoff, Some(seconds)) => format!("yes, after {seconds} s"),
            (Retry::Backoff, None) => "yes, after a while".to_owned(),
            (Retry::Idempotent, _) => "if it does no harm".to_owned(),
        };
        table.add_row([
            painted(style, mark),
            painted(NAME, case.operation),
            Cell::new(case.thrown),
            painted(status, &case.caught.status.map_or_else(|| "—".to_owned(), |status| status.to_string())),
            Cell::new(&case.caught.arm),
            painted(DIM, &retry),
        ]);
    }
    anstream::println!("\n{table}\n");
}

fn painted(style: Style, text: &str) -> Cell {
    Cell::new(format!("{style}{text}{style:#}"))
}

/// One case on its whole way.
pub(crate) fn in_full(cases: &[Case], exchanges: &[Exchange]) {
    let tag = format!("[{SHOWN}] ");
    let message = |exchange: &&Exchange| {
        exchange.response.trace.error_message.as_ref().is_some_and(|message| message.starts_with(&tag))
    };
    let (Some(case), Some(exchange)) = (cases.iter().find(|case| case.thrown == SHOWN), exchanges.iter().find(message))
    else {
        return;
    };
    let step = |number: u8, title: &str| anstream::println!("{BOLD}{number}  {title}{BOLD:#}");
    let text = |text: &str| {
        for line in text.lines() {
            anstream::println!("   {line}");
        }
        anstream::println!();
    };
    step(1, "the function throws");
    text("Err(PlaceOrderError::OutOfStock { lines: vec![StockLine { … }], suggestion: Some(\"teapot\".into()) })");
    step(2, "Lambda reports the errorMessage");
    text(exchange.response.trace.error_message.as_deref().unwrap_or_default());
    step(3, "API Gateway selects by the pattern");
    let pattern = exchange.response.trace.matched.first().and_then(|selected| selected.pattern.as_deref());
    text(pattern.unwrap_or("none"));
    step(4, "the caller receives");
    let response = &exchange.response;
    let headers: String = response
        .headers
        .iter()
        .filter(|(name, _)| !name.to_ascii_lowercase().starts_with("access-control-"))
        .map(|(name, value)| format!("{DIM}{}:{DIM:#} {value}\n", name.to_ascii_lowercase()))
        .collect();
    text(&format!("HTTP/1.1 {}\n{headers}\n{}", response.status, String::from_utf8_lossy(&response.body)));
    step(5, "the generated client catches");
    text(&case.debug);
}

/// Every difference, and whether there is none.
pub(crate) fn verdict(cases: &[Case]) -> bool {
    let mut equal = 0;
    for case in cases {
        let differences = case.differences();
        equal += usize::from(differences.is_empty());
        for difference in differences {
            anstream::println!("{BAD}✗{BAD:#} {} threw {}: {difference}", case.operation, case.thrown);
        }
    }
    let style = if equal == cases.len() { GOOD } else { BAD };
    anstream::println!("{style}{equal} of {} caught as they were thrown, field by field{style:#}", cases.len());
    equal == cases.len()
}

/// What all fronts came to.
pub(crate) fn together(fronts: &[Front], good: bool) {
    let words: Vec<_> = fronts.iter().map(|front| front.word()).collect();
    let words = words.join(", ");
    if good {
        anstream::println!("\n{GOOD}all fronts gave equal values{GOOD:#} {DIM}({words}){DIM:#}");
        anstream::println!("{DIM}~  differs by nature: it never reached the function, or the function was gone{DIM:#}");
    } else {
        anstream::println!("\n{BAD}not all fronts gave equal values{BAD:#} {DIM}({words}){DIM:#}");
    }
}
