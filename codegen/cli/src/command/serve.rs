//! `throwback serve`: the API on a loopback port until it is interrupted.

use super::{Serve, Stop, document, style};
use crate::serve::{self, Callers, Exchange, Front, Output};
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use throwback_codegen::Builder;
use throwback_codegen::text::line;

/// The longest timeout that Lambda allows a function, in seconds.
const MAX_TIMEOUT: f64 = 900.0;

/// Serves the document that a package's configuration names.
pub(super) fn of_package(builders: &[Builder], arguments: &Serve) -> Result<(), Stop> {
    match builders {
        [builder] if arguments.mock => serve(Document::Mock(builder.mock()?), Front::Rest, arguments),
        [builder] => run(&builder.openapi_path()?, builder.before()?, arguments),
        _ => Err(Stop::Said("there are several packages here: name one with `--project DIR`".to_owned())),
    }
}

/// What is served.
enum Document<'a> {
    /// A document, by its path, in front of a function.
    At(&'a Path),
    /// One that needs none.
    Mock(String),
}

/// Serves a document.
pub(super) fn run(openapi: &Path, front: Front, arguments: &Serve) -> Result<(), Stop> {
    if arguments.mock {
        let text = "`--mock` serves a package's API, and `--openapi` names a document: leave one of them out";
        return Err(Stop::Said(text.to_owned()));
    }
    serve(Document::At(openapi), front, arguments)
}

fn serve(document: Document<'_>, front: Front, arguments: &Serve) -> Result<(), Stop> {
    if !(arguments.timeout > 0.0 && arguments.timeout <= MAX_TIMEOUT) {
        return Err(Stop::Said(format!(
            "`--timeout {}` is none: Lambda allows up to {MAX_TIMEOUT} seconds",
            arguments.timeout
        )));
    }
    let environment = pairs("env", "variable", &arguments.env)?;
    let stage_variables = pairs("stage-variable", "stage variable", &arguments.stage_variable)?;
    let mut callers = Callers { api_keys: arguments.api_key.clone(), ..Callers::default() };
    for caller in &arguments.caller {
        callers.name(caller).map_err(|why| Stop::Said(format!("`--caller` is none: {why}")))?;
    }
    let options = serve::Options {
        callers,
        front,
        openapi: match document {
            Document::At(openapi) => openapi.to_path_buf(),
            Document::Mock(_) => "mock.json".into(),
        },
        command: arguments.command.clone(),
        port: arguments.port,
        timeout: Duration::from_secs_f64(arguments.timeout),
        instances: arguments.instances.max(1),
        environment,
        stage_variables,
        output: Output::Stderr,
        observer: Arc::new(log),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Stop::Said(format!("can't start: {error}")))?;
    runtime.block_on(async {
        let serving = match document {
            Document::At(_) => serve::start(options).await,
            Document::Mock(text) => serve::start_alone(&text, options).await,
        };
        let serving = serving.map_err(|error| document::refused(&error))?;
        let (name, dim, warn) = (style::NAME, style::DIM, style::WARN);
        for warning in serving.warnings() {
            anstream::eprintln!("{warn}warning{warn:#}: {}", line(warning));
        }
        anstream::eprintln!("{name}{}{name:#} {dim}until Ctrl-C{dim:#}", serving.url());
        told_to_stop().await;
        serving.stop().await;
        Ok(())
    })
}

/// What a flag says as `NAME=VALUE`.
fn pairs(flag: &str, what: &str, given: &[String]) -> Result<Vec<(String, String)>, Stop> {
    let pair = |pair: &String| match pair.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(Stop::Said(format!("`--{flag} {pair}` is no {what}: write `--{flag} NAME=VALUE`"))),
    };
    given.iter().map(pair).collect()
}

/// Waits for Ctrl-C, and on Unix for SIGTERM and SIGHUP as well: whichever comes, no function is left behind. Where none
/// can be waited for, the server runs until it is killed.
async fn told_to_stop() {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let of = |kind| async move {
            match signal(kind) {
                Ok(mut signal) => drop(signal.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            () = ctrl_c => {}
            () = of(SignalKind::terminate()) => {}
            () = of(SignalKind::hangup()) => {}
        }
    }
    #[cfg(not(unix))]
    ctrl_c.await;
}

/// One line for each request.
fn log(exchange: &Exchange) {
    if std::io::stderr().is_terminal() {
        anstream::eprintln!("{}", exchange.colored());
    } else {
        anstream::eprintln!("{exchange}");
    }
}
