//! Throws every error of the orders function, through a real process and real HTTP, and catches each with its type.
//!
//! It builds the function, starts it behind `throwback serve`'s gateway and calls it through the generated client. It
//! ends with status 0 only if each caught value equals what was thrown, field by field.
//!
//! `--front NAME` puts another front before the same function, and `--front all` each in its turn.

mod cases;
mod caught;
mod client;
mod function;
mod report;

use std::process::ExitCode;
use throwback_gateway::Front;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<bool, Box<dyn std::error::Error>> {
    let (fronts, in_full) = fronts()?;
    let function = function::build()?;
    let mut good = true;
    for front in &fronts {
        let server = function::Server::start(&function, *front).await?;
        let cases = cases::run(&server.url(), *front).await;
        let exchanges = server.stop().await;
        let cases = cases?;
        report::table(&cases);
        if in_full && front.is_none() {
            report::in_full(&cases, &exchanges);
        }
        good &= report::verdict(&cases);
    }
    if fronts.len() > 1 {
        report::together(&fronts, good);
    }
    Ok(good)
}

/// The fronts that the command line names, and whether one case is shown in full.
fn fronts() -> Result<(Vec<Option<Front>>, bool), String> {
    let all = std::iter::once(("rest", None)).chain(Front::ALL.map(|(word, front)| (word, Some(front))));
    let all: Vec<_> = all.collect();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Ok((vec![None], true)),
        ["--front", "all"] => Ok((all.into_iter().map(|(_, front)| front).collect(), false)),
        ["--front", word] if all.iter().any(|(known, _)| known == word) => {
            Ok((all.into_iter().filter(|(known, _)| known == word).map(|(_, front)| front).collect(), true))
        }
        _ => {
            let words: Vec<_> = all.iter().map(|(word, _)| *word).collect();
            Err(format!("it takes `--front FRONT`, which is one of {}, all", words.join(", ")))
        }
    }
}
