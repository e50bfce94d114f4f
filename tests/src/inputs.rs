//! What the generated client writes for every type of `words`, real serde has to read.

#![allow(missing_docs)]

#[path = "words.rs"]
pub mod words;

use serde::Deserialize;
use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};
use words::{
    Beside, ByHand, ByList, ByNumber, ByPart, ByText, Choice, Clear, ClearNamed, Empty, Flat, ListOfNone, ListOfOne,
    Open, Plain, Row, Sides, Tagged, Tree, Unit, Variants, Within, Words,
};

/// Everything that is read.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Taken {
    pub words: Words,
    pub sides: Sides,
    pub tagged: Tagged,
    pub list_of_one: ListOfOne,
    pub list_of_none: ListOfNone,
    pub clear: Clear,
    pub clear_named: ClearNamed,
    pub unit: Unit,
    pub empty: Empty,
    pub flat: Flat,
    pub tree: Tree,
    pub variants: Vec<Variants>,
    pub within: Vec<Within>,
    pub beside: Vec<Beside>,
    pub plain: Vec<Plain>,
    pub row: Row,
    pub by_text: ByText,
    pub by_part: ByPart,
    pub by_number: Vec<ByNumber>,
    pub by_list: ByList,
    pub choices: Vec<Choice>,
    pub open: Vec<Open>,
    pub by_hand: ByHand,
}

/// Takes them.
#[operation(POST, "/words")]
pub async fn take(_event: LambdaEvent<Payload<Taken>>) -> Result<(), std::convert::Infallible> {
    std::future::ready(Ok(())).await
}
