//! `throwback serve`: an API on a loopback port, its gateway evaluated from the OpenAPI document and a real function
//! binary run behind it as Lambda would run it.

mod callers;
mod environment;
mod error;
mod exchange;
mod failure;
mod front;
mod id;
mod instance;
mod invocation;
mod output;
mod pool;
mod process;
mod runtime;
mod spelling;

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use throwback_gateway::{Gateway, Route};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use callers::Callers;
pub use error::ServeError;
pub use exchange::Exchange;
pub use output::Output;
pub use throwback_codegen::contract::Front;

use front::{Before, Limits};

/// What to serve, and how.
pub struct Options {
    /// The OpenAPI document with API Gateway's extensions, in JSON or YAML.
    pub openapi: PathBuf,
    /// What stands before the function.
    pub front: Front,
    /// The function's binary and its arguments.
    pub command: Vec<OsString>,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The function's timeout; past it the process is killed, as Lambda does.
    pub timeout: Duration,
    /// How many processes run at once at most; requests beyond that wait.
    pub instances: usize,
    /// Environment variables of the function, besides Lambda's and our own.
    pub environment: Vec<(String, String)>,
    /// Who calls, where operations ask, and which API keys are known.
    pub callers: Callers,
    /// `$stageVariables`.
    pub stage_variables: Vec<(String, String)>,
    /// Where the function's standard output and error go.
    pub output: Output,
    /// Called with each request once it is answered.
    pub observer: Arc<dyn Fn(&Exchange) + Send + Sync>,
}

/// A running server. Dropping it stops it as well, without waiting.
pub struct Serving {
    address: SocketAddr,
    warnings: Vec<String>,
    shutdown: watch::Sender<bool>,
    front: JoinHandle<()>,
    pool: Arc<pool::Pool>,
}

/// Reads the document, starts the function once and listens on 127.0.0.1.
///
/// # Errors
/// The document cannot be read or is wrong, the function cannot be started, the port is taken, or the front is a server of its
/// own.
pub async fn start(options: Options) -> Result<Serving, ServeError> {
    start_within(Limits::default(), options).await
}

/// The same of a document whose methods all answer by themselves, as a mock's do. No function is run, and the options say
/// nothing of one that counts.
///
/// # Errors
/// The document is wrong, or the port is taken.
pub async fn start_alone(document: &str, options: Options) -> Result<Serving, ServeError> {
    let gateway =
        Gateway::read(document).map_err(|source| ServeError::Document { path: options.openapi.clone(), source })?;
    let launch = instance::Launch::new(&["none".into()], Vec::new(), options.timeout, Output::Discard)?;
    listen(Limits::default(), options, Before::Custom, gateway, launch, false).await
}

async fn start_within(limits: Limits, mut options: Options) -> Result<Serving, ServeError> {
    let before = before(options.front).ok_or(ServeError::Server)?;
    let has_document = match before {
        Before::Custom => true,
        Before::Whole(front) => front.has_routes(),
        Before::Lambda => false,
    };
    let gateway = if has_document {
        let openapi = &options.openapi;
        let text = std::fs::read_to_string(openapi)
            .map_err(|source| ServeError::Unreadable { path: openapi.clone(), source })?;
        Gateway::read(&text).map_err(|source| ServeError::Document { path: openapi.clone(), source })?
    } else {
        Gateway::default()
    };
    let environment = std::mem::take(&mut options.environment);
    let output = std::mem::replace(&mut options.output, Output::Discard);
    let launch = instance::Launch::new(&options.command, environment, options.timeout, output)?;
    listen(limits, options, before, gateway, launch, true).await
}

/// Takes the port, and starts the function where there is one.
async fn listen(
    limits: Limits,
    options: Options,
    before: Before,
    gateway: Gateway,
    launch: instance::Launch,
    has_function: bool,
) -> Result<Serving, ServeError> {
    let mut warnings: Vec<_> = gateway.warnings().iter().map(ToString::to_string).collect();
    let asks = gateway.routes().iter().any(Route::is_guarded);
    if asks && options.callers.named.is_empty() && options.callers.api_keys.is_empty() {
        warnings.push(
            "operations ask who calls, and nobody is named: name one with `--caller`, or a key with `--api-key`"
                .to_owned(),
        );
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
        .await
        .map_err(|source| ServeError::Port { port: options.port, source })?;
    let address = listener.local_addr().map_err(|source| ServeError::Port { port: options.port, source })?;
    let (shutdown, stopping) = watch::channel(false);
    let pool = Arc::new(pool::Pool::new(launch, options.instances, stopping.clone()));
    if has_function {
        pool.warm_up().await?;
    }
    let stage = options.stage_variables;
    let front = front::Front::new(gateway, before, Arc::clone(&pool), options.callers, stage, options.observer, limits);
    let front = tokio::spawn(front::listen(Arc::new(front), listener, stopping));
    Ok(Serving { address, warnings, shutdown, front, pool })
}

impl Serving {
    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What API Gateway would take without a word in this document although it will go wrong.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Stops listening, and ends the function's processes before it returns.
    pub async fn stop(self) {
        // Nobody listening any more is as good as having been told.
        let _ = self.shutdown.send(true);
        let _ = self.front.await;
        self.pool.close().await;
    }
}

/// What is put before the function for a front; nothing for what is a server of its own.
fn before(front: Front) -> Option<Before> {
    match front {
        Front::Rest => Some(Before::Custom),
        Front::Invoke => Some(Before::Lambda),
        front => {
            let mut all = throwback_gateway::Front::ALL.iter();
            all.find(|(word, _)| *word == front.word()).map(|(_, front)| Before::Whole(*front))
        }
    }
}

/// Waits until the server is to stop, or is gone.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone, which means the same.
    let _ = stopping.wait_for(|stop| *stop).await;
}

#[cfg(test)]
mod tests;
