//! An API whose handlers take what they take in every form: a state, the request, headers, lists, a result under another
//! name, and one that nobody reaches by HTTP.

#![allow(clippy::unused_async, reason = "a handler is async, whether or not it waits for anything")]

use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use throwback::{Payload, Request, operation};

/// What can go wrong.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", message)]
pub enum AskedError {
    /// The caller may not.
    #[error("{caller} may not")]
    #[api_error(status = 403)]
    NotAllowed {
        /// Who.
        caller: String,
    },
}

/// A result of this API's.
pub type Result<T, E = AskedError> = std::result::Result<T, E>;

/// One of lists.
type Many<T> = Result<Vec<T>>;

/// The function's state.
#[derive(Debug, Default)]
pub struct House {
    /// What stands at the door.
    pub sign: String,
}

/// A color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Color {
    /// As tea with milk.
    White,
    /// As tea.
    Black,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Find {
    /// Words.
    pub words: Vec<String>,
    /// Numbers.
    pub numbers: Option<Vec<u64>>,
    /// Colors.
    #[serde(default)]
    pub colors: BTreeSet<Color>,
    /// In a header, if at all.
    pub if_match: Option<String>,
    /// In a header, as a number.
    pub depth: u8,
}

/// Gives what it was asked for.
#[operation(GET, "/found", headers(if_match = "If-Match", depth = "X-Depth"))]
pub async fn find(house: &House, Payload(input): Payload<Find>) -> Result<Found> {
    Ok(Found { sign: house.sign.clone(), input })
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// What stands at the door.
    pub sign: String,
    /// What was looked for.
    pub input: Find,
}

/// Which room to enter, and with what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enter {
    /// The room.
    pub room: String,
    /// A name for this very call.
    pub key: Option<String>,
    /// A word.
    pub word: String,
}

/// Lets in whom a header and the caller's claims let in, and gives the words.
#[operation(POST, "/rooms/{room}", status = 201, headers(key = "Idempotency-Key"))]
pub async fn enter(_: &House, request: Request, event: LambdaEvent<Payload<Enter>>) -> Many<String> {
    let Payload(Enter { room, key, word }) = event.payload;
    match request.caller().claim("sub") {
        Some("ann") => Ok(vec![room, key.unwrap_or_default(), word]),
        other => Err(AskedError::NotAllowed { caller: other.unwrap_or("nobody").to_owned() }),
    }
}

/// What came beside the input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Every header.
    pub headers: BTreeMap<String, String>,
    /// Who.
    pub user: Option<String>,
    /// What the authorizer said.
    pub role: Option<String>,
    /// Which key.
    pub key_id: Option<String>,
    /// From where.
    pub address: Option<String>,
    /// Where to.
    pub stage: Option<String>,
}

/// Tells what came beside.
#[operation(GET, "/seen", name = "seeAll")]
pub async fn see(request: Request) -> Result<Seen> {
    let headers = request.headers().map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let text = |text: Option<&str>| text.map(ToOwned::to_owned);
    let caller = request.caller();
    Ok(Seen {
        headers,
        user: text(caller.user_arn()),
        role: text(caller.authorizer("role")),
        key_id: text(caller.api_key_id()),
        address: text(request.source_ip()),
        stage: text(request.stage()),
    })
}

/// Cleans up, for Step Functions.
#[operation]
pub async fn clean(_: Payload<()>) -> Result<u32> {
    Err(AskedError::NotAllowed { caller: "the broom".to_owned() })
}
