//! What real serde writes of every type of `words`, the generated client has to read.

#![allow(missing_docs)]

#[path = "words.rs"]
pub mod words;

use serde::Serialize;
use throwback::lambda_runtime::LambdaEvent;
use throwback::{ApiError, Payload, operation};
use words::{
    Beside, BesideNothing, Borrowed, BorrowedMember, BorrowedVariant, ByHand, ByList, ByNumber, ByPart, ByText, Choice,
    Clear, ClearNamed, Empty, Flat, ListOfNone, ListOfOne, Open, Plain, Row, Sides, Tagged, Tree, Unit, Variants,
    Within, Words, doubled,
};

/// Codes as an API of before may have them, and statuses that no registry has.
#[derive(Debug, thiserror::Error, ApiError, Serialize)]
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
    #[doc = "Odd\r\u{202e}text\u{2066}\0 */ \u{1b}[31m.\n\n```text\nin a fence\n~~~"]
    #[error("text")]
    #[api_error(status = 416)]
    Text {
        #[doc = "A\r\u{202d}field's\0 */"]
        of: String,
    },
    /** A block comment
     * of two lines.
     */
    #[error("block")]
    #[api_error(status = 417)]
    Block,
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
    #[error("others")]
    #[api_error(status = 410)]
    Others {
        row: Row,
        borrowed: Borrowed<'static>,
        member: BorrowedMember<'static>,
        variants: Vec<BorrowedVariant<'static>>,
        by_text: ByText,
        by_part: ByPart,
        by_number: Vec<ByNumber>,
        by_list: ByList,
        choices: Vec<Choice>,
        open: Vec<Open>,
        by_hand: ByHand,
        #[serde(with = "doubled")]
        #[api_error(as = "integer")]
        doubled: u8,
    },
    #[error("doubled")]
    #[api_error(status = 411)]
    #[serde(with = "doubled")]
    Doubled(#[api_error(rename = "twice", as = "u16")] u8),
    #[error("enums")]
    #[api_error(status = 409)]
    Enums {
        variants: Vec<Variants>,
        within: Vec<Within>,
        beside: Vec<Beside>,
        beside_nothing: BesideNothing,
        plain: Vec<Plain>,
    },
}

/// Says the words.
#[operation(GET, "/words")]
pub async fn say(_event: LambdaEvent<Payload<()>>) -> Result<(), WordsError> {
    std::future::ready(Ok(())).await
}
