// scan only: rustc takes a type that has no value
use serde::Serialize;
use throwback::ApiError;

#[derive(Debug, Serialize)]
struct First(Box<Second>);

#[derive(Debug, Serialize)]
struct Second(Box<First>);

#[derive(Debug, Serialize)]
struct Inside {
    within: Box<Inside>,
}

#[derive(Debug, Serialize)]
struct Nothing(Option<Box<Nothing>>);

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Same {
    Text(String),
    Again(Box<Same>),
}

#[derive(Debug, Serialize)]
struct Flat {
    #[serde(flatten)]
    more: Option<Box<Flat>>,
}

// These come to an end.
#[derive(Debug, Serialize)]
struct Tree(Vec<Tree>);

#[derive(Debug, Serialize)]
struct Pair(u8, Option<Box<Pair>>);

#[derive(Debug, Serialize)]
enum Either {
    More(Box<Either>),
    Less,
}

#[derive(Debug, thiserror::Error, ApiError)]
enum EndlessError {
    /// Endless.
    #[error("endless")]
    #[api_error(status = 404)]
    Endless {
        first: First,
        inside: Inside,
        nothing: Nothing,
        same: Same,
        flat: Flat,
        tree: Tree,
        pair: Pair,
        either: Either,
    },
}

fn main() {}
