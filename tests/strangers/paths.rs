//! What a name means: globs, preludes, `Self`, defaults of parameters.

use crate::{field, scanned, shape};
use std::fmt::Write;
use std::time::Instant;
use throwback_codegen::contract::{Shape, Type};

fn is_date(ty: &Type) -> bool {
    matches!(ty, Type::String { format: Some(format) } if format == "date-time")
}

#[test]
fn globs_of_other_crates_end() {
    let begun = Instant::now();
    let uses =
        "use std::collections::*; use std::sync::*; use std::fmt::*; use tokio::sync::*; use super::*; use self::*;";
    let said = field("HashMap<String, u8>", uses).unwrap_err();
    assert!(said.contains("the type `HashMap` is not in the source"), "{said}");
    // A type of the source is found beside them.
    let (ty, _) =
        field("Held", &format!("{uses}\n#[derive(Debug, serde::Serialize)] pub struct Held {{ a: u8 }}")).unwrap();
    assert_eq!(ty, Type::Named("Held".to_owned()));
    assert!(begun.elapsed().as_secs() < 20, "it takes no time that anybody would notice");
}

#[test]
fn modules_that_bring_each_other_end() {
    let mut source = String::new();
    for n in 0..40 {
        let others: String = (0..40).filter(|other| *other != n).fold(String::new(), |mut text, other| {
            let _ = write!(text, "pub use super::m{other}::*; ");
            text
        });
        let _ = writeln!(source, "pub mod m{n} {{ use std::sync::*; use std::io::*; {others} }}");
    }
    let held = "pub mod deep { #[derive(Debug, serde::Serialize)] pub struct Held { pub a: u8 } }";
    let source = format!(
        "{source} {held} pub mod m40 {{ pub use super::deep::*; pub use super::m0::*; }}\nuse m40::*; use m1::*;"
    );
    let (ty, _) = field("Held", &source).unwrap();
    assert_eq!(ty, Type::Named("Held".to_owned()));
    assert!(field("Missing", &source).unwrap_err().contains("the type `Missing` is not in the source"));
}

#[test]
fn a_prelude_of_ones_own_brings_types_of_other_crates() {
    let prelude = "mod prelude { pub use chrono::{DateTime, Utc}; pub use uuid::Uuid as Id; }";
    let (ty, _) = field("DateTime<Utc>", &format!("{prelude}\nuse prelude::*;")).unwrap();
    assert!(is_date(&ty), "{ty:?}");
    let (ty, _) = field("Id", &format!("{prelude}\nuse crate::prelude::*;")).unwrap();
    assert!(matches!(&ty, Type::String { format: Some(format) } if format == "uuid"), "{ty:?}");
    // A glob of a glob, and a module that is itself brought by one.
    let nested = "mod a { pub mod b { pub use chrono::*; pub use chrono::DateTime; pub use chrono::Utc; } }\nuse a::*; use b::*;";
    let (ty, _) = field("DateTime<Utc>", nested).unwrap();
    assert!(is_date(&ty), "{ty:?}");
}

#[test]
fn self_is_the_type_itself() {
    let (_, contract) = field(
        "Category",
        "#[derive(Debug, serde::Serialize)] pub struct Category { name: String, children: Vec<Self>, parent: Option<Box<Self>> }",
    )
    .unwrap();
    let Shape::Struct(fields) = shape(&contract, "Category") else { panic!("{contract:?}") };
    let itself = Type::Named("Category".to_owned());
    let expected = [Type::STRING, Type::List(Box::new(itself.clone())), Type::Option(Box::new(itself))];
    assert_eq!(fields.iter().map(|field| field.ty.clone()).collect::<Vec<_>>(), expected);
}

#[test]
fn a_parameter_that_is_not_given_is_its_default() {
    let items = "
        #[derive(Debug, serde::Serialize)] pub struct Article { id: u32 }
        #[derive(Debug, serde::Serialize)] pub struct Body<T = Article, M = Vec<T>> { data: T, more: M }
        pub type Page<T = Article> = Vec<Body<T>>;";
    let (_, contract) = field("Page", items).unwrap();
    let Shape::Struct(fields) = &contract.types.iter().find(|def| def.name.starts_with("Body")).unwrap().shape else {
        panic!("{contract:?}")
    };
    let article = Type::Named("Article".to_owned());
    assert_eq!((&fields[0].ty, &fields[1].ty), (&article, &Type::List(Box::new(article.clone()))));
}

#[test]
fn a_handler_that_is_no_free_function_is_refused() {
    let handler = "#[throwback::operation(GET, \"/x\")]
        async fn read(_: LambdaEvent<Payload<()>>) -> Result<(), std::convert::Infallible> { Ok(()) }";
    for around in [
        "impl Shop { HANDLER }",
        "trait Shop { HANDLER }",
        "fn main() { HANDLER }",
        "fn main() { mod shop { HANDLER } }",
        "impl Shop { fn new() { HANDLER } }",
    ] {
        let source =
            format!("{}\n{}", around.replace("HANDLER", handler), handler.replace("/x", "/y").replace("read", "other"));
        let said = scanned(&source).unwrap_err();
        assert_eq!(said.matches("a handler is a free function of a module").count(), 1, "{around}\n{said}");
    }
    assert_eq!(scanned(&format!("mod shop {{ {handler} }}")).unwrap().operations.len(), 1);
}
