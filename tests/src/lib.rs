//! APIs that we did not invent, and two that fail, as enums of ours; and the clients generated from them.

#![allow(clippy::duplicate_mod, reason = "two APIs use the types of `words`, each as its own")]

pub mod asked;
pub mod attributes;
pub mod behind;
pub mod conformance;
pub mod contracts;
pub mod dynamodb;
pub mod echo;
pub mod failing;
pub mod hostile;
pub mod inputs;
pub mod kubernetes;
pub mod names;
pub mod plain;
pub mod skew;
pub mod stock;
pub mod zoo;

/// The generated client of [`asked`].
pub mod asked_client {
    include!(concat!(env!("OUT_DIR"), "/asked.client.rs"));
}

/// The generated client of [`attributes`].
pub mod attributes_client {
    include!(concat!(env!("OUT_DIR"), "/attributes.client.rs"));
}

/// The generated client of [`inputs`].
pub mod inputs_client {
    include!(concat!(env!("OUT_DIR"), "/inputs.client.rs"));
}

/// The generated client of [`dynamodb`].
pub mod dynamodb_client {
    include!(concat!(env!("OUT_DIR"), "/dynamodb.client.rs"));
}

/// The generated client of [`failing`].
pub mod failing_client {
    include!(concat!(env!("OUT_DIR"), "/failing.client.rs"));
}

/// The generated client of [`echo`].
pub mod echo_client {
    include!(concat!(env!("OUT_DIR"), "/echo.client.rs"));
}

/// The generated client of [`kubernetes`].
pub mod kubernetes_client {
    include!(concat!(env!("OUT_DIR"), "/kubernetes.client.rs"));
}

/// The generated clients of APIs whose names are drawn from those that are taken: that they compile is the test.
pub mod drawn {
    include!(concat!(env!("OUT_DIR"), "/drawn.rs"));
}

/// The generated client of an API whose names are all taken: that it compiles is the test.
pub mod taken_client {
    include!(concat!(env!("OUT_DIR"), "/taken.client.rs"));
}

/// The generated client of [`stock`].
pub mod stock_client {
    include!(concat!(env!("OUT_DIR"), "/stock.client.rs"));
}

/// The generated client of [`zoo`].
pub mod zoo_client {
    include!(concat!(env!("OUT_DIR"), "/zoo.client.rs"));
}

/// The code blocks of the README of a generated client, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../examples/orders-client/README.md")]
pub struct ClientReadme;

/// The README's code blocks, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// A failure and all that it comes from, as reports of errors show them.
pub fn told(failure: &dyn std::error::Error) -> String {
    // An error whose source is itself would go on for ever.
    let chain = std::iter::successors(Some(failure), |error| error.source()).take(32);
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
