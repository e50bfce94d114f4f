//! The run: draws cases, asks both evaluators, and stops at the first case that does not hold.
//!
//! The other process works on one batch while this one draws the next and evaluates the last.

use super::Options;
use super::answer::Answer;
use super::cases::Case;
use super::check::{Mismatch, check};
use super::contracts::{Origin, World};
use super::draw;
use super::jvm::{Frame, Jvm};
use super::report::Report;
use super::shrink;
use super::templates;
use super::text;
use fastrand::Rng;
use std::io;
use std::rc::Rc;
use tempfile::TempDir;

/// So many cases are drawn from one contract before the next.
const BATCH: u64 = 200;

/// One batch in so many is of the repository's contracts.
const OWN: u64 = 8;

/// So many cases are tried at most to make a failing one smaller.
const SHRINKING: usize = 3_000;

/// The number of a random contract's document, which takes the place of the one before it; the repository's come next.
const RANDOM: u32 = 0;

/// Cases of one contract.
struct Batch {
    /// Its number in the run.
    number: u64,
    world: Rc<World>,
    /// Whether the document went ahead of the cases.
    fresh: bool,
    cases: Vec<Case>,
}

/// A case that does not hold.
pub(super) struct Failure {
    pub(super) batch: u64,
    pub(super) world: Rc<World>,
    pub(super) case: Case,
    pub(super) mismatch: Mismatch,
}

/// Whether every case holds.
pub(super) fn run(options: &Options) -> io::Result<bool> {
    let mut lab = Lab { jvm: Jvm::start(&options.jvm)?, folder: tempfile::tempdir()? };
    let mut report = Report::new(options, lab.jvm.versions.clone());
    text::run(&mut lab.jvm, options.seed)?;
    println!("{} texts in templates: Velocity prints each as it is", text::TEXTS);
    if !templates::run(&mut lab.jvm, options)? {
        return Ok(false);
    }
    if options.templates {
        return Ok(true);
    }
    let mut repository = Vec::new();
    for (document, world) in (RANDOM + 1..).zip(World::repository()?) {
        lab.introduce(&world, document)?;
        lab.introduced()?;
        repository.push((Rc::new(world), document));
    }
    let mut waiting: Option<Batch> = None;
    let mut left = options.cases;
    let mut number = 0;
    while left > 0 || waiting.is_some() {
        let batch = if left > 0 {
            let size = left.min(BATCH);
            left -= size;
            number += 1;
            Some(lab.send(options.seed, number, size, &repository)?)
        } else {
            None
        };
        if let Some(sent) = waiting.take() {
            report.contract(&sent.world);
            if let Some(failure) = lab.judge(sent, &mut report)? {
                if let Some(other) = batch {
                    lab.skip(&other)?;
                }
                report.failure(&lab.shrunk(failure)?);
                return Ok(false);
            }
        }
        waiting = batch;
    }
    report.end();
    Ok(true)
}

/// Both evaluators.
struct Lab {
    jvm: Jvm,
    /// Where the source of random contracts lies.
    folder: TempDir,
}

impl Lab {
    /// Sends a document ahead; the answer is still to come.
    fn introduce(&self, world: &World, document: u32) -> io::Result<()> {
        self.jvm.send(Frame::new(b'D', document).text(&world.openapi))
    }

    /// Takes the answer to a document.
    fn introduced(&mut self) -> io::Result<()> {
        let frame = self.jvm.receive()?;
        let refused = super::jvm::Fields(&frame).text()?;
        if refused.is_empty() { Ok(()) } else { Err(io::Error::other(format!("the document is refused: {refused}"))) }
    }

    /// Draws a batch and sends it.
    fn send(&mut self, seed: u64, number: u64, size: u64, repository: &[(Rc<World>, u32)]) -> io::Result<Batch> {
        let mut rng = Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let own = if number % OWN == 1 { rng.choice(repository) } else { None };
        let (world, document) = if let Some((world, document)) = own {
            (Rc::clone(world), *document)
        } else {
            let world = World::random(&mut rng, self.folder.path())?;
            self.introduce(&world, RANDOM)?;
            (Rc::new(world), RANDOM)
        };
        let cases = (0..size).map(|_| draw::case(&mut rng, &world)).collect::<io::Result<Vec<_>>>()?;
        for (at, case) in cases.iter().enumerate() {
            self.jvm.send(case.frame(document, &request_id(number, at)))?;
        }
        Ok(Batch { number, world, fresh: document == RANDOM, cases })
    }

    /// Compares the answers to a batch; gives the first case that does not hold.
    fn judge(&mut self, batch: Batch, report: &mut Report) -> io::Result<Option<Failure>> {
        if batch.fresh {
            self.introduced()?;
        }
        let mut failure = None;
        for (at, case) in batch.cases.iter().enumerate() {
            let frame = self.jvm.receive()?;
            if failure.is_none() {
                let request_id = request_id(batch.number, at);
                match judged(&batch.world, case, &request_id, &frame)? {
                    Ok(()) => report.held(case.kind),
                    Err(mismatch) => failure = Some((case.clone(), mismatch)),
                }
            }
        }
        Ok(failure.map(|(case, mismatch)| Failure { batch: batch.number, world: batch.world, case, mismatch }))
    }

    /// Takes the answers to a batch that nobody wants to know any more.
    fn skip(&mut self, batch: &Batch) -> io::Result<()> {
        let answers = batch.cases.len() + usize::from(batch.fresh);
        (0..answers).try_for_each(|_| self.jvm.receive().map(drop))
    }

    /// Asks about one case by itself.
    fn ask(&mut self, world: &World, case: &Case) -> io::Result<Option<Mismatch>> {
        let request_id = request_id(0, 0);
        self.introduce(world, RANDOM)?;
        self.jvm.send(case.frame(RANDOM, &request_id))?;
        self.introduced()?;
        let frame = self.jvm.receive()?;
        Ok(judged(world, case, &request_id, &frame)?.err())
    }

    /// The same failure with as little as possible around it.
    fn shrunk(&mut self, mut failure: Failure) -> io::Result<Failure> {
        let mut left = SHRINKING;
        loop {
            let before = left;
            let mut found = false;
            for case in shrink::smaller(&failure.case) {
                left = left.saturating_sub(1);
                if left == 0 {
                    return Ok(failure);
                }
                if let Some(mismatch) = self.ask(&failure.world, &case)? {
                    (failure.case, failure.mismatch, found) = (case, mismatch, true);
                    break;
                }
            }
            let smaller = match &failure.world.origin {
                Origin::Random(api) if !found => api.smaller(&failure.case.operation),
                _ => Vec::new(),
            };
            for api in smaller {
                left = left.saturating_sub(1);
                // What is left out may be needed by the rest: then there is no such contract.
                let Ok(world) = World::of(api, self.folder.path()) else { continue };
                if world.operation(&failure.case.operation).is_ok()
                    && let Some(mismatch) = self.ask(&world, &failure.case)?
                {
                    (failure.world, failure.mismatch, found) = (Rc::new(world), mismatch, true);
                    break;
                }
            }
            if !found || left == 0 || left == before {
                return Ok(failure);
            }
        }
    }
}

fn judged(world: &World, case: &Case, request_id: &str, frame: &[u8]) -> io::Result<Result<(), Mismatch>> {
    let (real, own) = (Answer::read(case, frame)?, Answer::own(world, case, request_id)?);
    check(world, case, request_id, &real, &own)
}

/// A request id that tells each case from the others.
fn request_id(batch: u64, at: usize) -> String {
    format!("00000000-0000-4000-{at:04x}-{batch:012x}")
}
