//! Why a server cannot start.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use throwback_gateway::DocumentError;

/// Why a server cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServeError {
    /// The OpenAPI document cannot be read.
    Unreadable {
        /// The document.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The OpenAPI document is wrong.
    Document {
        /// The document.
        path: PathBuf,
        /// Everything that is wrong with it.
        source: DocumentError,
    },
    /// The port cannot be listened on.
    Port {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The front is a server of its own.
    Server,
    /// There is no command to run.
    NoCommand,
    /// The function cannot be started.
    Function {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, source } => write!(f, "cannot read `{}`: {source}", path.display()),
            Self::Document { path, source } => write!(f, "`{}` cannot be served:\n{source}", path.display()),
            Self::Port { port, source } => write!(f, "cannot listen on 127.0.0.1:{port}: {source}"),
            Self::Server => f.write_str(
                "front `axum` is a server of its own: run it; a router in a function is served by `--front http-api` and others",
            ),
            Self::NoCommand => f.write_str("no function to run: name its binary"),
            Self::Function { program, source } => write!(f, "cannot start the function `{program}`: {source}"),
        }
    }
}

impl Error for ServeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } | Self::Port { source, .. } | Self::Function { source, .. } => Some(source),
            Self::Document { source, .. } => Some(source),
            Self::Server | Self::NoCommand => None,
        }
    }
}
