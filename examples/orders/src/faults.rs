//! Failures that no customer can provoke in earnest, by words that a demonstration sends as an id, a cursor or a note.

use crate::errors::{CommonError, StoreError};
use std::time::Duration;

/// Fails as the word says.
///
/// # Errors
/// Those that every operation can return.
///
/// # Panics
/// When asked to.
pub async fn provoke(word: &str) -> Result<(), CommonError> {
    match word {
        "signed-out" => Err(CommonError::NotSignedIn),
        "hurry" => Err(CommonError::TooManyRequests { used: 61, wait: Duration::from_millis(2_500) }),
        "closed" => {
            let wait = Some(Duration::from_secs(3_600));
            Err(CommonError::Maintenance { until: "six o'clock".to_owned(), wait })
        }
        "store-down" => Err(CommonError::StoreUnavailable {
            address: "10.0.3.7:5432".to_owned(),
            source: StoreError(std::io::Error::other("connection refused")),
        }),
        "impossible" => Err(CommonError::Impossible(7)),
        "panic" => panic!("a shelf fell over"),
        "sleep" => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        "exit" => std::process::exit(3),
        "kill" => {
            // As the kernel does where memory runs out.
            let killed = std::process::Command::new("kill").args(["-KILL", &std::process::id().to_string()]).status();
            panic!("the process survived: {killed:?}")
        }
        "abort" => std::process::abort(),
        _ => Ok(()),
    }
}
