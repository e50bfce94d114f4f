//! Benchmarks in time, by criterion, and in instructions, by callgrind.
//!
//! `cargo bench … -- --instructions` runs each case under `valgrind --tool=callgrind`, once and then some times more, and
//! shows what one run costs: the same number on a noisy machine, to a thousandth. Setting up is not counted. A word behind
//! it picks the comparisons whose name holds it.

use criterion::Criterion;
use std::env;
use std::process::{Command, ExitCode, Stdio};

/// What runs again and again.
type Run = Box<dyn FnMut()>;

/// Cases side by side; the first is ours.
pub struct Comparison {
    name: String,
    samples: usize,
    /// How many more times callgrind runs a case; never, if that would take minutes.
    repeats: u64,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    set_up: Box<dyn FnOnce() -> Run>,
}

impl Comparison {
    /// A comparison without cases.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), samples: 100, repeats: 10, cases: Vec::new() }
    }

    /// For cases that take long: criterion takes ten samples, and callgrind one run.
    #[must_use]
    pub fn slow(self) -> Self {
        Self { samples: 10, repeats: 1, ..self }
    }

    /// For cases whose set-up never costs the same, such as one that fills a `HashMap`: callgrind runs them so often that the
    /// difference is lost.
    #[must_use]
    pub fn often(self) -> Self {
        Self { repeats: 1_000, ..self }
    }

    /// For cases that would take callgrind minutes: criterion alone measures them.
    #[must_use]
    pub fn uncounted(self) -> Self {
        Self { repeats: 0, ..self }
    }

    /// Adds a case: `set_up` makes what is measured.
    #[must_use]
    pub fn case<R: FnMut() + 'static>(mut self, name: impl Into<String>, set_up: impl FnOnce() -> R + 'static) -> Self {
        self.cases.push(Case { name: name.into(), set_up: Box::new(|| Box::new(set_up())) });
        self
    }
}

/// Measures, as the arguments say.
///
/// # Errors
/// With `--instructions`, that valgrind is not there or failed.
#[must_use]
pub fn main(comparisons: Vec<Comparison>) -> ExitCode {
    let arguments: Vec<_> = env::args().collect();
    let behind = |flag: &str| arguments.iter().position(|argument| argument == flag).map(|at| &arguments[at + 1..]);
    if let Some([comparison, case, times, ..]) = behind("--run") {
        run(comparisons, comparison, case, times.parse().unwrap_or_default());
        return ExitCode::SUCCESS;
    }
    if let Some(words) = behind("--instructions") {
        let word = words.iter().find(|word| !word.starts_with('-')).map_or("", String::as_str);
        let picked = comparisons.iter().filter(|one| one.repeats > 0 && one.name.contains(word));
        for comparison in picked {
            if let Err(error) = show(comparison) {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
        return ExitCode::SUCCESS;
    }
    let mut criterion = Criterion::default().configure_from_args();
    for Comparison { name, samples, cases, .. } in comparisons {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(samples);
        for Case { name, set_up } in cases {
            // It is called again and again, and for the cases that are picked alone.
            let (mut set_up, mut run) = (Some(set_up), None);
            group.bench_function(name, |b| {
                run = run.take().or_else(|| set_up.take().map(|set_up| set_up()));
                if let Some(run) = &mut run {
                    b.iter(run);
                }
            });
        }
        group.finish();
    }
    criterion.final_summary();
    ExitCode::SUCCESS
}

/// Runs one case some times, for callgrind to count.
fn run(comparisons: Vec<Comparison>, comparison: &str, case: &str, times: u64) {
    let cases = comparisons.into_iter().filter(|known| known.name == comparison).flat_map(|known| known.cases);
    for Case { set_up, .. } in cases.filter(|known| known.name == case) {
        let mut run = set_up();
        for _ in 0..times {
            run();
        }
    }
}

/// Counts each case of a comparison, and shows the first beside each of the others.
fn show(comparison: &Comparison) -> Result<(), String> {
    println!("{}", comparison.name);
    let mut first = None;
    for case in &comparison.cases {
        let count = |times: u64| instructions(&comparison.name, &case.name, times);
        let each = count(1 + comparison.repeats)?.saturating_sub(count(1)?) / comparison.repeats;
        let ours = *first.get_or_insert(each);
        // No count is as large as what a float can't hold.
        #[expect(clippy::cast_precision_loss)]
        let ratio = ours as f64 / each.max(1) as f64;
        println!("  {:40}{each:>16} instructions{ratio:>8.2}", case.name);
    }
    println!();
    Ok(())
}

/// What a whole process costs.
fn instructions(comparison: &str, case: &str, times: u64) -> Result<u64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    command.args(["--run", comparison, case, &times.to_string()]).stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("valgrind can't be run: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    count.ok_or_else(|| format!("valgrind counts nothing: {said}"))
}
