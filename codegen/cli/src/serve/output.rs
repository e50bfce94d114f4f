//! What a function writes to its standard output and error.

use std::io::Write;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

/// Where a function's standard output and error go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// To our standard error, each line behind the number of its process.
    #[default]
    Stderr,
    /// Nowhere.
    Discard,
}

/// The longest piece of a line that is shown at once, in bytes.
const LINE: u64 = 64 * 1024;

/// Copies lines until the pipe ends; a line that never ends is cut into pieces.
pub(super) async fn forward(pipe: impl AsyncRead + Unpin, prefix: String) {
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut reader).take(LINE).read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&line);
        // One call, so that lines of several processes do not mix; nobody to read it is no reason to stop.
        let _ = std::io::stderr().write_all(format!("{prefix}{}\n", text.trim_end_matches(['\r', '\n'])).as_bytes());
    }
}
