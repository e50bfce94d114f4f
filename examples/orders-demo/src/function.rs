//! The function: built, and started behind the gateway.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use throwback_cli::serve::{self, Callers, Exchange, Front, Options, Output, Serving};

/// The folder of the packages.
const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Builds a package's program of the package's name as it now stands, and says where it is.
pub(crate) fn build(package: &str) -> Result<PathBuf, Box<dyn Error>> {
    anstream::eprintln!("building {package} …");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args(["build", "--quiet", "--bin", package, "--message-format", "json-render-diagnostics"])
        .arg("--manifest-path")
        .arg(Path::new(EXAMPLES).join(package).join("Cargo.toml"))
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{package} does not build").into());
    }
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let executable = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(PathBuf::from)
    });
    executable.ok_or_else(|| format!("cargo names no program of {package}").into())
}

/// The function behind a front, and every request as it went.
pub(crate) struct Function {
    serving: Serving,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Function {
    /// Starts the function's next version behind this version's gateway or another front, with a timeout of a second.
    pub(crate) async fn start(function: &Path, front: Front) -> Result<Self, Box<dyn Error>> {
        let exchanges = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&exchanges);
        let mut callers = Callers::default();
        callers.name(r#"ann={"authorizer":{"claims":{"sub":"ann"}}}"#)?;
        let serving = serve::start(Options {
            front,
            openapi: Path::new(EXAMPLES).join("orders/generated/openapi.json"),
            command: vec![function.into()],
            port: 0,
            timeout: Duration::from_secs(1),
            instances: 4,
            environment: vec![("ORDERS_NEXT".to_owned(), "1".to_owned())],
            callers,
            stage_variables: Vec::new(),
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
