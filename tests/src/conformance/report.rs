//! What a run prints: how far it is, how many cases of which kind held, or the one that does not.

use super::Options;
use super::cases::Kind;
use super::contracts::{Origin, World};
use super::run::Failure;
use std::io::{IsTerminal, Write as _};
use std::time::Instant;

/// The most characters of a text that are shown.
const SHOWN: usize = 2_000;

/// The counts of a run.
pub(super) struct Report {
    seed: u64,
    cases: u64,
    versions: Vec<String>,
    counts: [u64; Kind::ALL.len()],
    /// Batches of the repository's contracts.
    repository: u64,
    /// Random contracts.
    random: u64,
    start: Instant,
    terminal: bool,
}

impl Report {
    pub(super) fn new(options: &Options, versions: Vec<String>) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self {
            seed: options.seed,
            cases: options.cases,
            versions,
            counts: [0; Kind::ALL.len()],
            repository: 0,
            random: 0,
            start: Instant::now(),
            terminal,
        }
    }

    /// Counts a contract, and shows how far the run is where somebody watches.
    pub(super) fn contract(&mut self, world: &World) {
        match world.origin {
            Origin::Repository(_) => self.repository += 1,
            Origin::Random(_) => self.random += 1,
        }
        if self.terminal {
            eprint!("\r{} of {} cases", self.held_in_all(), self.cases);
            // Where nothing can be shown, nothing is lost.
            let _ = std::io::stderr().flush();
        }
    }

    /// Counts a case.
    pub(super) fn held(&mut self, kind: Kind) {
        if let Some(at) = Kind::ALL.iter().position(|known| *known == kind) {
            self.counts[at] += 1;
        }
    }

    fn held_in_all(&self) -> u64 {
        self.counts.iter().sum()
    }

    fn versions(&self) {
        self.clear();
        println!("against {}", self.versions.join(", "));
    }

    fn clear(&self) {
        if self.terminal {
            eprint!("\r\x1b[K");
        }
    }

    /// Prints the counts.
    pub(super) fn end(&self) {
        self.versions();
        for (kind, count) in Kind::ALL.iter().zip(self.counts) {
            println!("{count:>9}  {kind}");
        }
        println!(
            "{:>9}  cases held, of {} random contracts and {} draws from the repository's, in {:.0} s (seed {})",
            self.held_in_all(),
            self.random,
            self.repository,
            self.start.elapsed().as_secs_f64(),
            self.seed
        );
    }

    /// Prints the case that does not hold.
    pub(super) fn failure(&self, failure: &Failure) {
        self.versions();
        let Failure { batch, world, case, mismatch } = failure;
        println!("a case does not hold (seed {}, batch {batch}), after {} that did", self.seed, self.held_in_all());
        match &world.origin {
            Origin::Repository(name) => println!("contract: {name}"),
            Origin::Random(api) => println!("contract:\n{api}"),
        }
        println!("operation: {}", case.operation);
        println!("kind: {}", case.kind);
        match case.payload() {
            Some((payload, failed)) => {
                println!("{}: {}", if failed { "payload of the failed function" } else { "payload" }, shown(&payload));
            }
            None => println!("request: {}", shown(&format!("{:?}", case.what))),
        }
        println!("not as it should be: {}", mismatch.what);
        println!("  expected: {}", shown(&mismatch.expected));
        println!("  found:    {}", shown(&mismatch.found));
    }
}

/// A text on one line, its middle left out where it is long.
fn shown(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect();
    let count = text.chars().count();
    if count <= SHOWN {
        return text;
    }
    let start: String = text.chars().take(SHOWN / 2).collect();
    let end: String = text.chars().skip(count - SHOWN / 2).collect();
    format!("{start} … {} characters … {end}", count - SHOWN)
}
