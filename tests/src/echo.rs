//! An API whose errors show whatever its caller sends: what somebody would want who tries to break out of one.
//!
//! Everything that has to stay inside is marked with a word that nobody else uses, `quagga`.

#![allow(clippy::unused_async, reason = "a handler is async, whether or not it waits for anything")]

use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use throwback::{Payload, operation};

/// What stands behind an error.
#[derive(Debug, thiserror::Error)]
#[error("quagga cause: {0}")]
pub struct Cause(pub String);

/// Every way for a text to leave.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/echo/")]
pub enum EchoError {
    /// In the text, in members, as a member's name, and in a header.
    #[error("{text}")]
    #[api_error(status = 422)]
    Echoed {
        /// The text.
        text: String,
        /// The text again, as a header too.
        #[api_error(header = "X-Echo")]
        echo: String,
        /// The text anywhere in a tree.
        tree: Value,
        /// The text as a name.
        names: BTreeMap<String, String>,
        /// Never leaves: quagga.
        source: Cause,
        /// Never leaves either: quagga.
        #[api_error(skip)]
        quagga_skipped: String,
    },

    /// Under the status that the catch-all has.
    #[error("{text}")]
    #[api_error(status = 500, expose)]
    Exposed {
        /// The text.
        #[api_error(header = "X-Exposed")]
        text: String,
    },

    /// Under the status that Lambda's timeout has.
    #[error("{text}")]
    #[api_error(status = 504, expose)]
    Late {
        /// The text.
        text: String,
    },

    /// Nowhere.
    #[error("quagga display: {quagga_field}")]
    #[api_error(status = 503)]
    Hidden {
        /// Never leaves: quagga.
        quagga_field: String,
        /// Never leaves either: quagga.
        quagga_tree: Value,
        /// Nor this: quagga.
        #[source]
        cause: Cause,
    },

    /// Nowhere, not even by its name. Never leaves: quagga.
    #[error("quagga internal: {0}")]
    #[api_error(internal)]
    QuaggaInternal(String, #[source] Cause),
}

/// Which error to throw.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Which {
    /// None: the input comes back.
    None,
    /// The one that shows all.
    Echoed,
    /// The one that shows a fault.
    Exposed,
    /// The one that looks like a timeout.
    Late,
    /// The one that shows nothing.
    Hidden,
    /// The one that is no part of the contract.
    Internal,
    /// A panic.
    Panic,
}

/// A text on every way into a function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Echo {
    /// In the path.
    pub word: String,
    /// In the query.
    pub mark: Option<String>,
    /// In the query, as a number.
    pub count: Option<u64>,
    /// In the body.
    pub text: String,
    /// In the body too.
    pub which: Which,
}

/// Throws what it is given.
///
/// # Panics
/// Where it is asked to.
#[operation(POST, "/echo/{word}{?mark,count}")]
pub async fn say(event: LambdaEvent<Payload<Echo>>) -> Result<Echo, EchoError> {
    let Payload(input) = event.payload;
    let text = input.text.clone();
    Err(match input.which {
        Which::None => return Ok(input),
        Which::Echoed => EchoError::Echoed {
            echo: text.clone(),
            tree: serde_json::json!({ &text: [&text, { "a": &text }] }),
            names: BTreeMap::from([(text.clone(), text.clone())]),
            source: Cause(text.clone()),
            quagga_skipped: text.clone(),
            text,
        },
        Which::Exposed => EchoError::Exposed { text },
        Which::Late => EchoError::Late { text },
        Which::Hidden => {
            EchoError::Hidden { quagga_tree: Value::from(text.clone()), cause: Cause(text.clone()), quagga_field: text }
        }
        Which::Internal => EchoError::QuaggaInternal(text.clone(), Cause(text)),
        Which::Panic => panic!("quagga panic: {text}"),
    })
}

/// What no text may lead to.
#[operation(DELETE, "/everything")]
pub async fn delete_everything(_: LambdaEvent<Payload<()>>) -> Result<String, EchoError> {
    Ok("everything is deleted".to_owned())
}
