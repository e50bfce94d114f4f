//! The function: built, and started behind the gateway.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use throwback_cli::serve::{self, Callers, Exchange, Options, Output, Serving};
use throwback_gateway::Front;

/// The folder of the function's package.
const ORDERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../orders");

/// Builds the function as it now stands, and says where its binary is.
pub(crate) fn build() -> Result<PathBuf, Box<dyn Error>> {
    anstream::eprintln!("building the function …");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args(["build", "--quiet", "--bin", "orders", "--message-format", "json-render-diagnostics"])
        .arg("--manifest-path")
        .arg(Path::new(ORDERS).join("Cargo.toml"))
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err("the function does not build".into());
    }
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let executable = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(PathBuf::from)
    });
    executable.ok_or_else(|| "cargo names no binary of the function".into())
}

/// The function behind the gateway, and every request as it went.
pub(crate) struct Server {
    serving: Serving,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Server {
    /// Starts the function's next version behind this version's gateway or a front, with a timeout of a second.
    pub(crate) async fn start(function: &Path, front: Option<Front>) -> Result<Self, Box<dyn Error>> {
        anstream::eprintln!("starting it behind {} …", front.map_or("rest", Front::word));
        let exchanges = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&exchanges);
        let mut callers = Callers::default();
        callers.name(r#"ann={"authorizer":{"claims":{"sub":"ann"}}}"#)?;
        let serving = serve::start(Options {
            front,
            openapi: Path::new(ORDERS).join("generated/openapi.json"),
            command: vec![function.into()],
            port: 0,
            timeout: Duration::from_secs(1),
            instances: 4,
            environment: vec![("ORDERS_NEXT".to_owned(), "1".to_owned())],
            callers,
            output: Output::Discard,
            observer: Arc::new(move |exchange| {
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(exchange.clone());
            }),
        })
        .await?;
        Ok(Self { serving, exchanges })
    }

    /// Where the API is.
    pub(crate) fn url(&self) -> String {
        self.serving.url()
    }

    /// Stops all of it; gives every request as it went.
    pub(crate) async fn stop(self) -> Vec<Exchange> {
        self.serving.stop().await;
        std::mem::take(&mut *self.exchanges.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
