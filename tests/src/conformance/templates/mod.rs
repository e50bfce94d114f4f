//! Templates: any two of them, of a request and of its response, through Velocity and json-path and through our evaluator.

mod case;
mod draw;
mod expression;
mod given;
mod judge;
mod path;
mod payload;
mod shrink;
mod text;

use super::Options;
use super::jvm::Jvm;
use case::Case;
use fastrand::Rng;
use judge::{Answer, Difference, Verdict};
use std::io::{self, IsTerminal, Write as _};
use std::time::Instant;

/// So many cases are sent before the answers to the ones before them are read.
const BATCH: u64 = 500;

/// So many cases are tried at most to make a failing one smaller.
const SHRINKING: usize = 4_000;

/// How many cases there were of which kind.
#[derive(Default)]
struct Counts {
    rendered: u64,
    failed: u64,
    refused: u64,
}

/// Whether both evaluators agree on every case.
pub(super) fn run(jvm: &mut Jvm, options: &Options) -> io::Result<bool> {
    if let Some(folder) = &options.given {
        return given::run(jvm, folder);
    }
    let start = Instant::now();
    let mut counts = Counts::default();
    let mut waiting: Option<(u64, Vec<Case>)> = None;
    let (mut left, mut number) = (options.cases, 0);
    while left > 0 || waiting.is_some() {
        let batch = (left > 0).then(|| {
            let size = left.min(BATCH);
            left -= size;
            number += 1;
            (number, draw(options.seed, number, size))
        });
        if let Some((_, cases)) = &batch {
            cases.iter().try_for_each(|case| jvm.send(case.frame()))?;
        }
        if let Some((number, cases)) = waiting.take()
            && let Some((case, difference)) = judge(jvm, &cases, &mut counts)?
        {
            if let Some((_, cases)) = &batch {
                cases.iter().try_for_each(|_| jvm.receive().map(drop))?;
            }
            println!("two evaluators differ on a template (seed {}, batch {number})", options.seed);
            let (case, difference) = shrunk(jvm, case, difference)?;
            println!("{case}{difference}");
            return Ok(false);
        }
        waiting = batch;
        if io::stderr().is_terminal() {
            eprint!("\r{} of {} templates", options.cases - left, options.cases);
            // Where nothing can be shown, nothing is lost.
            let _ = io::stderr().flush();
        }
    }
    println!(
        "{} pairs of templates: {} render alike, {} fail on both sides, {} hold what is refused here, in {:.0} s (seed {})",
        options.cases,
        counts.rendered,
        counts.failed,
        counts.refused,
        start.elapsed().as_secs_f64(),
        options.seed
    );
    Ok(true)
}

fn draw(seed: u64, number: u64, size: u64) -> Vec<Case> {
    let mut rng = Rng::with_seed(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..size).map(|_| draw::case(&mut rng)).collect()
}

/// Compares the answers to a batch; gives the first case on which they differ.
fn judge(jvm: &mut Jvm, cases: &[Case], counts: &mut Counts) -> io::Result<Option<(Case, Difference)>> {
    let mut failure = None;
    for case in cases {
        let real = Answer::read(&jvm.receive()?)?;
        if failure.is_some() {
            continue;
        }
        match judge::compare(&real, &Answer::own(case)) {
            Verdict::Rendered => counts.rendered += 1,
            Verdict::Failed => counts.failed += 1,
            Verdict::Refused => counts.refused += 1,
            Verdict::Different(difference) => failure = Some((case.clone(), difference)),
        }
    }
    Ok(failure)
}

/// The same difference with as little as possible around it.
fn shrunk(jvm: &mut Jvm, mut case: Case, mut difference: Difference) -> io::Result<(Case, Difference)> {
    let mut left = SHRINKING;
    loop {
        let mut found = false;
        for smaller in shrink::smaller(&case) {
            if left == 0 {
                return Ok((case, difference));
            }
            left -= 1;
            jvm.send(smaller.frame())?;
            let real = Answer::read(&jvm.receive()?)?;
            if let Verdict::Different(smallest) = judge::compare(&real, &Answer::own(&smaller)) {
                (case, difference, found) = (smaller, smallest, true);
                break;
            }
        }
        if !found {
            return Ok((case, difference));
        }
    }
}
