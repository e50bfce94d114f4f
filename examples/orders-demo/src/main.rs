//! Throws every error of the orders function, through a real process and real HTTP, and catches each with its type.
//!
//! It builds the function, starts it behind `throwback serve`'s gateway and calls it through the generated client. It
//! ends with status 0 only if each caught value equals what was thrown, field by field.

mod cases;
mod caught;
mod client;
mod function;
mod report;

use std::process::ExitCode;

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
    let function = function::build()?;
    let server = function::Server::start(function).await?;
    let cases = cases::run(&server.url()).await;
    let exchanges = server.stop().await;
    let cases = cases?;
    report::table(&cases);
    report::in_full(&cases, &exchanges);
    Ok(report::verdict(&cases))
}
