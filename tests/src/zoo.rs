//! An error with a field of every kind of type there is on the wire.

#![allow(missing_docs)]

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;
use throwback::lambda_runtime::LambdaEvent;
use throwback::{ApiError, Payload, operation};

/// A recursive type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cage {
    pub number: u8,
    pub within: Option<Box<Cage>>,
    pub beside: Vec<Cage>,
}

/// Serde's own form of an enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum External {
    Struct { a: i8 },
    Newtype(Cage),
    Tuple(u16, char),
    Unit,
}

/// A tag among the members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Internal {
    WithFields { a: i16, b: Option<f32> },
    Unit,
}

/// A tag beside the content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
pub enum Adjacent {
    Tuple(bool, String),
    Unit,
}

/// No tag at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Untagged {
    Number(i32),
    Text(String),
}

/// Another name for a type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wrapped(pub u64);

/// A tuple with a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair(pub i64, pub f64);

/// Nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Nothing;

/// Members that stand among those of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inner {
    #[serde(rename = "in-ner")]
    pub inner: u32,
}

/// A struct with a flattened one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outer {
    #[serde(flatten)]
    pub inner: Inner,
    #[serde(default)]
    pub more: String,
}

#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase")]
pub enum ZooError {
    /// Every kind of number and text.
    #[error("scalars")]
    #[api_error(status = 409)]
    Scalars {
        truth: bool,
        small: i8,
        byte: u8,
        signed: i64,
        unsigned: u64,
        wide: u128,
        single: f32,
        double: f64,
        letter: char,
        text: String,
        #[api_error(header = "X-Zoo")]
        header: String,
        nothing: (),
        wrapped: Wrapped,
    },

    /// Every kind of container.
    #[error("containers")]
    #[api_error(status = 503, expose, retry = backoff)]
    Containers {
        maybe: Option<String>,
        list: Vec<i32>,
        array: [u8; 1],
        set: BTreeSet<String>,
        map: HashMap<String, Option<u16>>,
        numbered: BTreeMap<u32, Vec<Pair>>,
        tuple: (String, i64, Option<bool>),
        delay: Duration,
        any: serde_json::Value,
        #[api_error(retry_after)]
        wait: Duration,
    },

    /// Every kind of struct and enum.
    #[error("shapes")]
    #[api_error(status = 422)]
    Shapes {
        cage: Cage,
        external: External,
        unit: Nothing,
        internal: Internal,
        adjacent: Adjacent,
        untagged: Untagged,
        pair: Pair,
        outer: Outer,
    },

    /// Nothing of it is shown.
    #[error("hidden {secret}")]
    #[api_error(status = 500)]
    Hidden { secret: String },
}

/// Visits the zoo.
#[operation(GET, "/zoo")]
pub async fn visit(_event: LambdaEvent<Payload<()>>) -> Result<(), ZooError> {
    std::future::ready(Ok(())).await
}
