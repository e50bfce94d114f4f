//! Events of fronts, read by others: what `lambda_http` and the types of `aws_lambda_events` make of those that `serve`
//! makes, and what a function of ours makes of those that the two crates keep as samples.

mod ours;
mod theirs;

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (made, wrong_made) = ours::checked();
    let (samples, wrong_samples) = theirs::checked().await;
    let wrong: Vec<_> = wrong_made.into_iter().chain(wrong_samples).collect();
    wrong.iter().for_each(|why| eprintln!("{why}"));
    println!("{made} events of ours read by others, {samples} of theirs read by us: {} wrong", wrong.len());
    // A sample less than there were is a sample that nobody looks at.
    if wrong.is_empty() && made > 0 && samples >= 25 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
