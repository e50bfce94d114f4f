//! The same orders as a server of axum's, started again whenever it dies.

use std::error::Error;
use std::io;
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The server, and who starts it again.
pub(crate) struct Axum {
    url: String,
    /// How often it was started.
    started: watch::Receiver<u32>,
    supervisor: JoinHandle<()>,
}

impl Axum {
    /// Starts the server's next version on a free port.
    pub(crate) async fn start(binary: &Path) -> Result<Self, Box<dyn Error>> {
        let Started { mut child, mut stdin, url } = started(binary, "0").await?;
        let port = url.rsplit(':').next().unwrap_or_default().to_owned();
        let binary = binary.to_owned();
        let (count, started_so_far) = watch::channel(1);
        let supervisor = tokio::spawn(async move {
            // Nobody waits for a server that can't be started again: whoever does hears of it.
            while child.wait().await.is_ok()
                && let Ok(again) = started(&binary, &port).await
            {
                (child, stdin) = (again.child, again.stdin);
                count.send_modify(|count| *count += 1);
            }
            drop(stdin);
        });
        Ok(Self { url, started: started_so_far, supervisor })
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// How often it was started.
    pub(crate) fn starts(&self) -> u32 {
        *self.started.borrow()
    }

    /// Waits until it was started more often than that.
    pub(crate) async fn restarted(&self, before: u32) -> Result<(), Box<dyn Error>> {
        self.started.clone().wait_for(|count| *count > before).await?;
        Ok(())
    }

    /// Stops it.
    pub(crate) async fn stop(self) {
        self.supervisor.abort();
        // The child dies with who waits for it.
        let _ = self.supervisor.await;
    }
}

struct Started {
    child: Child,
    /// It ends when nobody holds this any more.
    stdin: Option<ChildStdin>,
    url: String,
}

/// Starts it, and waits until it says where it is.
async fn started(binary: &Path, port: &str) -> io::Result<Started> {
    let mut child = Command::new(binary)
        .arg(port)
        .env("ORDERS_NEXT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let stdout = child.stdout.take().ok_or_else(|| io::Error::other("the server has no output"))?;
    let url = BufReader::new(stdout).lines().next_line().await?;
    let url = url.ok_or_else(|| io::Error::other("the server ended at once"))?;
    Ok(Started { stdin: child.stdin.take(), child, url })
}
