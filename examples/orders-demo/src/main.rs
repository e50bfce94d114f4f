//! Throws every error of the orders function, through a real process and real HTTP, and catches each with its type.
//!
//! It builds the function, starts it behind `throwback serve`'s gateway and calls it through the generated client. It
//! ends with status 0 only if each caught value equals what was thrown, field by field.
//!
//! `--front NAME` puts another front before the same function, or is the server on axum that throws the same errors;
//! `--front all` takes each in its turn.

mod axum;
mod caller;
mod cases;
mod caught;
mod client;
mod function;
mod report;
mod server;

use server::Server;
use std::process::ExitCode;
use throwback_cli::serve::Front;

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
    let mut good = true;
    for front in &fronts {
        let server = Server::start(*front).await?;
        let cases = cases::run(&server).await;
        let exchanges = server.stop().await;
        let cases = cases?;
        report::table(&cases);
        if in_full && *front == Front::Rest {
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
fn fronts() -> Result<(Vec<Front>, bool), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => return Ok((vec![Front::Rest], true)),
        ["--front", "all"] => return Ok((Front::ALL.map(|(_, front)| front).to_vec(), false)),
        ["--front", word] => {
            if let Some(front) = Front::of(word) {
                return Ok((vec![front], true));
            }
        }
        _ => {}
    }
    Err(format!("it takes `--front FRONT`, which is one of {}, all", Front::ALL.map(|(word, _)| word).join(", ")))
}
