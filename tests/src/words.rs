//! serde's words, each at every place where it may stand and can be seen.

#![allow(missing_docs)]

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use throwback::Described;

/// Words of a struct.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Other", rename_all = "SCREAMING-KEBAB-CASE", deny_unknown_fields, default)]
#[serde(bound = "", crate = "serde", expecting = "words")]
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
    #[serde(bound(serialize = "u8: Serialize"))]
    pub bound: u8,
}

/// Names of two sides.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase", deserialize = "kebab-case"))]
pub struct Sides {
    pub order_id: u8,
    #[serde(rename(serialize = "out", deserialize = "in"))]
    pub renamed: u8,
    #[serde(rename(deserialize = "one"))]
    pub of_one_side: u8,
}

/// A struct that names itself.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "a-name")]
pub struct Tagged {
    pub id: u8,
}

/// A list of one.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ListOfOne(pub u32, #[serde(skip)] pub u8);

/// A list of none.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ListOfNone(#[serde(skip)] pub u8, #[serde(skip)] pub u8);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clear(pub u64, pub PhantomData<u8>);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClearNamed {
    pub id: String,
    #[serde(skip)]
    pub beside: u8,
    pub of: PhantomData<u8>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Empty {}

/// Words of variants.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
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

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Within {
    UnitLike,
    Holds(Words),
    Fields { some_field: Option<u8> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
pub enum Beside {
    UnitLike,
    Holds(u8),
    One(u8, #[serde(skip)] u8),
    Several(u8, String),
    Fields { some_field: u8 },
}

/// Written so, and read so by nobody: serde asks for the content that it left out.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "content")]
pub enum BesideNothing {
    OnlySkipped(#[serde(skip)] u8),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Plain {
    Fields { some_field: u8 },
    Several(u8, u8),
    Text(String),
    UnitLike,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub a: u8,
}

/// Members among members.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Flat {
    pub own: u8,
    #[serde(flatten)]
    pub part: Part,
    #[serde(flatten)]
    pub maybe: Option<Maybe>,
    #[serde(flatten)]
    pub rest: BTreeMap<String, u8>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Maybe {
    pub b: u8,
}

/// A type that holds itself, and a parameter with a default.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree<T = Part> {
    pub of: T,
    pub branches: Vec<Self>,
}

/// A list whose elements are not all on both sides, and may be left out at its end.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Row", deny_unknown_fields, bound = "", crate = "serde", expecting = "a row")]
pub struct Row(
    pub u8,
    #[serde(skip_serializing)] pub u8,
    #[serde(skip_deserializing)] pub u8,
    #[serde(default, bound = "")] pub u8,
);

/// Texts that are borrowed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Borrowed<'a>(#[serde(borrow)] pub Cow<'a, str>);

#[derive(Debug, Serialize, Deserialize)]
pub struct BorrowedMember<'a> {
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum BorrowedVariant<'a> {
    #[serde(borrow)]
    Text(Cow<'a, str>),
    Element(#[serde(borrow)] Cow<'a, str>, u8),
    Member {
        #[serde(borrow)]
        text: Cow<'a, str>,
    },
}

/// Written as a text, and read from one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ByText {
    pub text: String,
}

impl From<String> for ByText {
    fn from(text: String) -> Self {
        Self { text }
    }
}

impl From<ByText> for String {
    fn from(by: ByText) -> Self {
        by.text
    }
}

/// Written as another struct, and read from it if that fits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Part", into = "Part")]
pub struct ByPart(pub u8);

impl From<ByPart> for Part {
    fn from(by: ByPart) -> Self {
        Self { a: by.0 }
    }
}

impl TryFrom<Part> for ByPart {
    type Error = std::num::TryFromIntError;

    fn try_from(part: Part) -> Result<Self, Self::Error> {
        u8::try_from(u32::from(part.a)).map(Self)
    }
}

/// A choice that is written as a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum ByNumber {
    Zero,
    More,
}

impl From<ByNumber> for u8 {
    fn from(by: ByNumber) -> Self {
        match by {
            ByNumber::Zero => 0,
            ByNumber::More => 1,
        }
    }
}

impl TryFrom<u8> for ByNumber {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            0 => Ok(Self::Zero),
            1 => Ok(Self::More),
            _ => Err("there are two"),
        }
    }
}

/// A choice that is read from a list of texts, and written as itself.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<String>")]
pub enum ByList {
    Of(u8),
}

impl From<Vec<String>> for ByList {
    fn from(list: Vec<String>) -> Self {
        Self::Of(u8::try_from(list.len()).unwrap_or(u8::MAX))
    }
}

/// Words of fields of variants.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Choice", deny_unknown_fields, bound = "", crate = "serde", expecting = "a choice")]
pub enum Choice {
    Members {
        #[serde(alias = "elsewhere", default, bound = "")]
        aliased: u8,
        #[serde(skip)]
        skipped: u8,
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u8>,
        #[serde(skip_deserializing)]
        written_alone: u8,
        #[serde(skip_serializing)]
        read_alone: u8,
    },
    Elements(u8, #[serde(skip_serializing)] u8, #[serde(skip_deserializing)] u8, #[serde(default, bound = "")] u8),
    #[serde(skip)]
    Hidden,
    #[serde(skip_serializing, bound = "")]
    ReadAlone(u8),
}

/// Members among those of a variant.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Open {
    Flat {
        own: u8,
        #[serde(flatten)]
        part: Part,
    },
    #[serde(other)]
    Unknown,
}

/// Written twice as large as it is.
pub mod doubled {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(u16::from(*value) * 2)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        let value = u16::deserialize(deserializer)?;
        u8::try_from(value / 2).map_err(serde::de::Error::custom)
    }
}

/// What other functions write and read, each as it is said.
#[derive(Debug, PartialEq, Serialize, Deserialize, Described)]
pub struct ByHand {
    #[serde(with = "doubled")]
    #[api_error(as = "u16")]
    pub both: u8,
    #[serde(serialize_with = "doubled::serialize")]
    #[api_error(as = "u16")]
    pub written: u8,
    #[serde(deserialize_with = "doubled::deserialize")]
    #[api_error(as = "u16")]
    pub read: u8,
}
