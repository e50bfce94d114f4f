//! What is called: the function behind a front, or the server on axum.

use crate::axum::Axum;
use crate::function::{self, Function};
use std::error::Error;
use throwback_cli::serve::{Exchange, Front};

/// What is called.
pub(crate) struct Server {
    /// What stands before the function.
    pub(crate) front: Front,
    running: Running,
}

enum Running {
    Function(Function),
    Axum(Axum),
}

impl Server {
    /// Builds and starts what a front stands before.
    pub(crate) async fn start(front: Front) -> Result<Self, Box<dyn Error>> {
        let running = if front == Front::Axum {
            let binary = function::build("orders-axum")?;
            anstream::eprintln!("starting it …");
            Running::Axum(Axum::start(&binary).await?)
        } else {
            let binary = function::build("orders")?;
            anstream::eprintln!("starting it behind {} …", front.word());
            Running::Function(Function::start(&binary, front).await?)
        };
        Ok(Self { front, running })
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        match &self.running {
            Running::Function(function) => function.url(),
            Running::Axum(axum) => axum.url().to_owned(),
        }
    }

    /// Waits for what kills the process, and until there is another.
    pub(crate) async fn killed<T>(&self, call: impl Future<Output = T>) -> Result<T, Box<dyn Error>> {
        let Running::Axum(axum) = &self.running else { return Ok(call.await) };
        let before = axum.starts();
        let result = call.await;
        axum.restarted(before).await?;
        Ok(result)
    }

    /// Stops it; gives every request as it went, where that was seen.
    pub(crate) async fn stop(self) -> Vec<Exchange> {
        match self.running {
            Running::Function(function) => function.stop().await,
            Running::Axum(axum) => {
                axum.stop().await;
                Vec::new()
            }
        }
    }
}
