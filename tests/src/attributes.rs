//! serde's words, each at every place where it may stand and can be seen: what real serde writes of these types is what the
//! generated client has to read.

#![allow(missing_docs)]

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::marker::PhantomData;
use throwback::lambda_runtime::LambdaEvent;
use throwback::{ApiError, Payload, operation};

/// Words of a struct.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Other", rename_all = "SCREAMING-KEBAB-CASE", deny_unknown_fields, default)]
pub struct Words {
    pub order_id: u8,
    #[serde(rename = "as it is")]
    pub renamed: u8,
    #[serde(skip)]
    pub skipped: u8,
    #[serde(alias = "elsewhere", default)]
    pub aliased: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<u8>,
    #[serde(skip_deserializing)]
    pub written_alone: u8,
    #[serde(skip_serializing)]
    pub read_alone: u8,
}

/// Names of two sides.
#[derive(Debug, Serialize)]
#[serde(rename_all(serialize = "camelCase", deserialize = "kebab-case"))]
pub struct Sides {
    pub order_id: u8,
    #[serde(rename(serialize = "out", deserialize = "in"))]
    pub renamed: u8,
    #[serde(rename(deserialize = "in"))]
    pub of_one_side: u8,
}

/// A struct that names itself.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "a-name")]
pub struct Tagged {
    pub id: u8,
}

/// A list of one.
#[derive(Debug, Serialize)]
pub struct ListOfOne(pub u32, #[serde(skip)] pub u8);

/// A list of none.
#[derive(Debug, Serialize)]
pub struct ListOfNone(#[serde(skip)] pub u8, #[serde(skip)] pub u8);

#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Clear(pub u64, pub PhantomData<u8>);

#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct ClearNamed {
    pub id: String,
    #[serde(skip)]
    pub beside: u8,
    pub of: PhantomData<u8>,
}

#[derive(Debug, Serialize)]
pub struct Unit;

#[derive(Debug, Serialize)]
pub struct Empty {}

/// Words of variants.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Variants {
    #[serde(alias = "another")]
    UnitLike,
    #[serde(rename = "by hand")]
    Renamed(u8),
    #[serde(rename_all = "UPPERCASE")]
    OwnCase {
        some_field: u8,
    },
    FieldCase {
        some_field: u8,
        #[serde(rename = "x")]
        renamed: u8,
    },
    OneOfTwo(u8, #[serde(skip)] u8),
    OnlySkipped(#[serde(skip)] u8),
    Several(u8, bool),
    #[serde(skip_deserializing)]
    WrittenAlone,
    Nothing {},
    EmptyList(),
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Within {
    UnitLike,
    Holds(Words),
    Fields { some_field: Option<u8> },
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", content = "content")]
pub enum Beside {
    UnitLike,
    Holds(u8),
    One(u8, #[serde(skip)] u8),
    Several(u8, String),
    Fields { some_field: u8 },
    OnlySkipped(#[serde(skip)] u8),
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Plain {
    Fields { some_field: u8 },
    Several(u8, u8),
    Text(String),
    UnitLike,
}

#[derive(Debug, Serialize)]
pub struct Part {
    pub a: u8,
}

/// Members among members.
#[derive(Debug, Serialize)]
pub struct Flat {
    pub own: u8,
    #[serde(flatten)]
    pub part: Part,
    #[serde(flatten)]
    pub maybe: Option<Maybe>,
    #[serde(flatten)]
    pub rest: BTreeMap<String, u8>,
}

#[derive(Debug, Serialize)]
pub struct Maybe {
    pub b: u8,
}

/// A type that holds itself, and a parameter with a default.
#[derive(Debug, Serialize)]
pub struct Tree<T = Part> {
    pub of: T,
    pub branches: Vec<Self>,
}

/// Codes as an API of before may have them, and statuses that no registry has.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(code_case = "snake_case")]
pub enum WordsError {
    #[error("no tea")]
    #[api_error(status = 418)]
    NoTeaHere,
    #[error("no tea")]
    #[api_error(status = 530, code = "IR-00_a")]
    Frozen,
    #[error("no tea")]
    #[api_error(status = 599, code = "IR00a", expose)]
    Odd { why: String },
    #[error("structs")]
    #[api_error(status = 400)]
    Structs {
        words: Words,
        sides: Sides,
        tagged: Tagged,
        list_of_one: ListOfOne,
        list_of_none: ListOfNone,
        clear: Clear,
        clear_named: ClearNamed,
        unit: Unit,
        empty: Empty,
        flat: Flat,
        tree: Tree,
    },
    #[error("enums")]
    #[api_error(status = 409)]
    Enums { variants: Vec<Variants>, within: Vec<Within>, beside: Vec<Beside>, plain: Vec<Plain> },
}

/// Says the words.
#[operation(GET, "/words")]
pub async fn say(_event: LambdaEvent<Payload<()>>) -> Result<(), WordsError> {
    std::future::ready(Ok(())).await
}
