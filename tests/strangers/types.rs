//! Types of other crates, and of the standard library, that nobody writes a derive for.

use crate::{described, field, scanned, shape};
use throwback_codegen::contract::{Shape, Type};

#[test]
fn a_type_made_of_others_has_a_name_that_no_other_has() {
    let items = "use std::ops::Range; use std::time::SystemTime as Clock;
        #[derive(Debug, serde::Serialize)] pub struct SystemTime { own: u8 }
        #[derive(Debug, serde::Serialize)] pub struct Held {
            first: SystemTime, second: Clock, third: Clock, a: Range<u8>, b: Range<u8>, c: Range<i8>, d: Result<u8, String>,
        }";
    let (_, contract) = field("Held", items).unwrap();
    let Shape::Struct(fields) = shape(&contract, "Held") else { panic!() };
    let names = fields.iter().map(|field| match &field.ty {
        Type::Named(name) => name.as_str(),
        other => panic!("{other:?}"),
    });
    let names: Vec<_> = names.collect();
    let expected =
        ["SystemTime", "StdSystemTime", "StdSystemTime", "RangeOfU8", "RangeOfU8", "RangeOfI8", "U8OrString"];
    assert_eq!(names, expected);
    assert_eq!(contract.types.len(), 6);
}

#[test]
fn what_depends_on_a_feature_is_refused_with_what_to_say() {
    let said = field("time::OffsetDateTime", "").unwrap_err();
    assert!(said.contains("`serde-human-readable`") && said.contains("time::serde::rfc3339"), "{said}");
    let (ty, _) = described("time::OffsetDateTime", "", "\"time::OffsetDateTime\" = \"string\"").unwrap();
    assert_eq!(ty, Type::STRING);
    let items = "use time::serde::rfc3339 as format;
        #[derive(Debug, serde::Serialize)] pub struct Held { #[serde(with = \"format\")] at: time::OffsetDateTime }";
    let (_, contract) = field("Held", items).unwrap();
    let Shape::Struct(fields) = shape(&contract, "Held") else { panic!() };
    assert!(matches!(&fields[0].ty, Type::String { format: Some(format) } if format == "date-time"), "{fields:?}");
    // A module of one's own may be called so, too.
    let items = "mod time { pub mod serde { pub mod rfc3339 {} } }
        #[derive(Debug, serde::Serialize)] pub struct Held { #[serde(with = \"time::serde::rfc3339\")] at: u8 }";
    assert!(field("Held", items).unwrap_err().contains("`Held.at` says `#[serde(with …)]`"));
}

#[test]
fn an_error_that_holds_itself_is_described_by_its_name() {
    let errors = |derive: &str| {
        scanned(&format!(
            "use throwback::{{ApiError, Payload, operation}};\nuse throwback::lambda_runtime::LambdaEvent;
             #[derive(Debug, thiserror::Error, ApiError{derive})] enum ShopError {{
                 #[error(\"closed\")] #[api_error(status = 409)] Closed {{ first: Option<Box<Self>>, rest: Vec<ShopError> }},
             }}
             #[operation(GET, \"/\")]
             pub async fn look(_: LambdaEvent<Payload<()>>) -> Result<(), ShopError> {{ Ok(()) }}"
        ))
    };
    let contract = errors(", serde::Serialize").unwrap();
    let itself = Type::Named("ShopError".to_owned());
    let types: Vec<_> = contract.errors[0].fields.iter().map(|field| field.ty.clone()).collect();
    assert_eq!(types, [Type::Option(Box::new(itself.clone())), Type::List(Box::new(itself))]);
    let said = errors("").unwrap_err();
    assert_eq!(said.matches("`ShopError` derives neither").count(), 1, "{said}");
}

#[test]
fn a_type_that_cannot_be_seen_is_said_once() {
    let said = field("(Foreign, Vec<Foreign>, other::Foreign)", "").unwrap_err();
    assert_eq!(said.matches("the type `Foreign` is not in the source").count(), 1, "{said}");
    assert!(said.contains("2 mistakes"), "{said}");
}
