//! The table that the derive compiles is the contract that the scan reads, for every example.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::Path;
use throwback::{ApiError, Entry, ErrorInfo, Operation, OperationInfo};
use throwback_codegen::Builder;
use throwback_codegen::contract::{Contract, ErrorDef};

/// What both sides say of one error.
#[derive(Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Known {
    code: String,
    status: u16,
    title: String,
    exposed: bool,
    retry: String,
    type_uri: Option<String>,
    deprecated: bool,
    retry_after: bool,
    message: bool,
    /// Names on the wire, each with its header.
    members: Vec<(String, Option<String>)>,
}

impl From<&ErrorInfo> for Known {
    fn from(info: &ErrorInfo) -> Self {
        let members = info.members.iter().map(|member| (member.name.to_owned(), member.header.map(ToOwned::to_owned)));
        Self {
            code: info.code.to_owned(),
            status: info.status,
            title: info.title.to_owned(),
            exposed: info.exposed,
            retry: info.retry.word().to_owned(),
            type_uri: info.type_uri.map(ToOwned::to_owned),
            deprecated: info.deprecated,
            retry_after: info.retry_after,
            message: info.message,
            members: members.collect(),
        }
    }
}

impl From<&ErrorDef> for Known {
    fn from(def: &ErrorDef) -> Self {
        Self {
            code: def.code.to_string(),
            status: def.status.get(),
            title: def.title.clone(),
            exposed: def.exposed,
            retry: def.retry.word().to_owned(),
            type_uri: def.type_uri.clone(),
            deprecated: def.deprecated,
            retry_after: def.retry_after,
            message: def.message,
            members: def
                .fields
                .iter()
                .map(|field| (field.name.clone(), field.header.as_ref().map(ToString::to_string)))
                .collect(),
        }
    }
}

/// The errors of a table; one that two flattened enums bring counts once.
fn of_table(table: &'static [Entry]) -> Vec<Known> {
    let mut found: Vec<Known> = Vec::new();
    for known in Entry::all(table).map(Known::from) {
        if found.iter().all(|other| other.code != known.code) {
            found.push(known);
        }
    }
    found
}

fn of_operation(contract: &Contract, name: &str) -> Vec<Known> {
    let operation = contract.operations.iter().find(|operation| operation.name == name).unwrap();
    let found: Vec<_> = contract.index().errors_of(operation).map(Known::from).collect();
    assert_eq!(found.len(), contract.codes_of(operation).len(), "a code of `{name}` is not defined");
    found
}

/// The path of an operation in Rust's names: the contract has those of the wire.
fn in_rust(path: &str, wire: &[(&str, &str)]) -> String {
    wire.iter().fold(path.to_owned(), |path, (wire, rust)| path.replace(&format!("{{{wire}}}"), &format!("{{{rust}}}")))
}

/// Compares an API's operations with its contract: name, method and path, and every error that each can return.
fn agree(contract: &Contract, infos: &[OperationInfo], wire: &[(&str, &str)]) {
    let scanned: Vec<_> = contract.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(infos.iter().map(|info| info.name).collect::<Vec<_>>(), scanned);
    for (info, operation) in infos.iter().zip(&contract.operations) {
        assert_eq!((info.method, info.path), (operation.method.as_str(), in_rust(&operation.path, wire).as_str()));
        assert_eq!(of_table(info.errors), of_operation(contract, info.name), "{}", info.name);
    }
    let mut declared: Vec<_> = contract.errors.iter().map(Known::from).collect();
    for known in infos.iter().flat_map(|info| of_table(info.errors)) {
        declared.retain(|other| other.code != known.code);
    }
    assert_eq!(declared, [], "errors that no operation returns");
}

fn read(json: &str) -> Contract {
    serde_json::from_str(json).unwrap()
}

fn orders() -> Contract {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/orders");
    Builder::project(folder).describe().unwrap().0
}

#[test]
fn orders_agrees() {
    use orders::handlers::{get_order, health, place_order, search_orders};
    let infos = [get_order::INFO, search_orders::INFO, place_order::INFO, health::INFO];
    agree(&orders(), &infos, &[]);
}

#[test]
fn an_enum_agrees_with_the_operation_that_returns_it() {
    use orders::errors::{CommonError, GetOrderError, PlaceOrderError, SearchOrdersError};
    let contract = orders();
    assert_eq!(of_table(CommonError::ERRORS), of_operation(&contract, "health"));
    assert_eq!(of_table(GetOrderError::ERRORS), of_operation(&contract, "get_order"));
    assert_eq!(of_table(SearchOrdersError::ERRORS), of_operation(&contract, "search_orders"));
    assert_eq!(of_table(PlaceOrderError::ERRORS), of_operation(&contract, "place_order"));
}

#[test]
fn the_contract_that_is_checked_in_is_the_source_s() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/orders/generated/contract.json");
    assert_eq!(read(&std::fs::read_to_string(path).unwrap()), orders());
}

#[test]
fn dynamodb_agrees() {
    use throwback_tests::dynamodb::{DynamoDbError, delete_table, get_item, samples, throw, transact_write_items};
    let contract = read(include_str!(concat!(env!("OUT_DIR"), "/dynamodb.contract.json")));
    let infos = [throw::INFO, get_item::INFO, transact_write_items::INFO, delete_table::INFO];
    agree(&contract, &infos, &[]);
    assert_eq!(of_table(DynamoDbError::ERRORS), contract.errors.iter().map(Known::from).collect::<Vec<_>>());
    every_error_has_a_sample(&contract, &samples());
}

#[test]
fn kubernetes_agrees() {
    use throwback_tests::kubernetes::{KubernetesError, create_pod, get_pod, samples, throw};
    let contract = read(include_str!(concat!(env!("OUT_DIR"), "/kubernetes.contract.json")));
    agree(&contract, &[throw::INFO, get_pod::INFO, create_pod::INFO], &[]);
    assert_eq!(of_table(KubernetesError::ERRORS), contract.errors.iter().map(Known::from).collect::<Vec<_>>());
    every_error_has_a_sample(&contract, &samples());
}

/// Behind aliases, under names of their own, and with a `message`.
#[test]
fn asked_agrees() {
    use throwback_tests::asked::{AskedError, clean, enter, find, see};
    let contract = read(include_str!(concat!(env!("OUT_DIR"), "/asked.contract.json")));
    agree(&contract, &[find::INFO, enter::INFO, see::INFO], &[]);
    assert_eq!(of_table(AskedError::ERRORS), contract.errors.iter().map(Known::from).collect::<Vec<_>>());
    assert_eq!(of_table(clean::INFO.errors), of_table(AskedError::ERRORS));
    assert_eq!(
        (clean::INFO.name, clean::INFO.method, clean::INFO.path),
        (contract.invocations[0].name.as_str(), "", "")
    );
}

fn every_error_has_a_sample<E: ApiError>(contract: &Contract, samples: &[E]) {
    let thrown: Vec<_> = samples.iter().map(|sample| sample.info().code).collect();
    assert_eq!(thrown, contract.errors.iter().map(|error| error.code.as_str()).collect::<Vec<_>>());
}

#[test]
fn a_contract_is_the_same_once_it_was_written_and_read() {
    for json in [
        include_str!(concat!(env!("OUT_DIR"), "/dynamodb.contract.json")),
        include_str!(concat!(env!("OUT_DIR"), "/kubernetes.contract.json")),
        include_str!(concat!(env!("OUT_DIR"), "/asked.contract.json")),
    ] {
        assert_eq!(read(json).to_json(), json);
    }
}

/// Declarations that are hard to read the same way twice. The scan gets this very file.
mod hard {
    #![allow(dead_code, deprecated, unreachable_pub, reason = "nothing here is called")]
    #![allow(clippy::unused_async, clippy::doc_markdown, clippy::unreadable_literal)]

    use serde::{Deserialize, Serialize};
    use std::convert::Infallible;
    use std::time::Duration;
    use throwback::lambda_runtime::LambdaEvent;
    use throwback::{ApiError, Payload, operation};

    /// Says "hello" \\ to *everyone*, in „any“ language 🦀. Twice.
    ///
    /// More of it.
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("inner")]
    #[api_error(rename_all = "SCREAMING-KEBAB-CASE", docs = "urn:hard:")]
    pub enum Inner {
        /// Says "hello" \\ to *everyone*, in „any“ language 🦀. Twice..
        ///
        /// More of it.
        #[api_error(status = 4_04)]
        r#Match {
            r#loop: String,
            #[api_error(rename = "x.y-z_0")]
            dotted: u8,
            #[api_error(header = "X-Both")]
            both_words: Option<i64>,
        },
        /** A block,
         * of two lines */
        #[api_error(status = 511, expose, retry = never, deprecated)]
        Block,
        #[doc = "\u{7f}Not plain\u{2028}"]
        #[doc = ""]
        #[doc(hidden)]
        #[api_error(status = 451)]
        #[api_error(help = "https://example.com/a?b=c&d=%22#e")]
        Split,
        #[deprecated = "gone"]
        #[api_error(code = "Z9", status = 500, title = "  \u{feff}\ttitle\n")]
        Hidden { secret: String },
        #[api_error(status = 502, retry = backoff)]
        A(#[source] std::io::Error),
        #[api_error(internal)]
        Never(u8, String),
    }

    /// Flattens through a name, a box and another enum.
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error(transparent)]
    pub enum Middle {
        #[api_error(flatten)]
        Inner(#[from] Box<Inner>),
        /// Between.
        #[error("between")]
        #[api_error(status = 429, retry = never)]
        Between(
            #[api_error(rename = "a")] u8,
            #[api_error(skip)] String,
            #[api_error(rename = "b")] (i8, [String; 2]),
            #[api_error(rename = "c", header = "x-lower.$_")] Option<i8>,
            #[api_error(retry_after)] Option<Duration>,
        ),
    }

    type Renamed = Middle;

    #[derive(Debug, thiserror::Error, ApiError)]
    #[api_error(rename_all = "PascalCase", docs = "https://example.com/")]
    pub enum Outer {
        #[error("first")]
        #[api_error(status = 409)]
        First {
            r#type: bool,
            api_url: String,
            #[api_error(as = "string")]
            opaque: std::net::IpAddr,
        },
        #[error(transparent)]
        #[api_error(flatten)]
        Middle(#[from] Renamed),
        #[error(transparent)]
        #[api_error(flatten)]
        Again(#[from] self::Inner),
        #[error("{0}")]
        #[api_error(status = 504, expose)]
        Last(#[api_error(retry_after)] u16),
    }

    /// A parameter that stands in no shown field.
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("generic")]
    pub enum Generic<T: std::fmt::Debug> {
        #[api_error(status = 410)]
        Held {
            #[api_error(skip)]
            value: T,
            shown: u64,
        },
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Input {
        pub order_id: String,
        #[serde(rename = "kind")]
        pub r#type: u8,
        pub page_size: Option<u16>,
    }

    #[derive(Debug, Serialize)]
    pub struct Output {
        pub done: bool,
    }

    #[operation(PUT, "/v1.0/orders/{order_id}/{type}{?page_size}", status = 202)]
    pub async fn r#move(_: LambdaEvent<Payload<Input>>) -> Result<Output, Outer> {
        Ok(Output { done: true })
    }

    #[operation(DELETE, "/v1.0/orders")]
    pub async fn generic(_: LambdaEvent<Payload<()>>) -> Result<Output, Generic<Vec<u8>>> {
        Ok(Output { done: true })
    }

    #[operation(HEAD, "/")]
    pub async fn never(_: LambdaEvent<Payload<()>>) -> Result<(), Infallible> {
        Ok(())
    }

    #[operation(GET, "/")]
    pub async fn boxed(_: LambdaEvent<Payload<()>>) -> std::result::Result<Output, Box<Middle>> {
        Ok(Output { done: true })
    }
}

#[test]
fn what_is_hard_to_read_agrees() {
    let builder = Builder::project(env!("CARGO_MANIFEST_DIR")).name("hard").source("agree.rs");
    let contract = builder.describe().unwrap_or_else(|failed| panic!("{}", failed.render(false))).0;
    let infos = [hard::r#move::INFO, hard::generic::INFO, hard::never::INFO, hard::boxed::INFO];
    agree(&contract, &infos, &[("orderId", "order_id"), ("kind", "type")]);
    // They can stand in one function: codes that come twice come from one declaration.
    let _: throwback::Operations = throwback::operations![hard::r#move, hard::generic, hard::never, hard::boxed];
    assert_eq!(contract.operations[0].path, "/v1.0/orders/{orderId}/{kind}");
    let codes: Vec<_> = contract.codes_of(&contract.operations[0]).iter().map(|code| &**code).collect();
    assert_eq!(codes, ["First", "Match", "Block", "Split", "Z9", "A", "Between", "Last"]);
}

/// The runtime depends on nothing of the generator's, so that each has its own table of the errors that nobody declares.
#[test]
fn the_reserved_errors_of_the_runtime_are_those_of_the_generator() {
    use throwback::{ErrorInfo, InternalError, InvalidPayload};
    use throwback_syntax::Reserved;
    let same = |info: &ErrorInfo, reserved: Reserved| {
        assert_eq!((info.code, info.status, info.title), (reserved.code, reserved.status, reserved.title));
    };
    same(InvalidPayload::new("", "").info(), Reserved::INVALID);
    same(InternalError.info(), Reserved::INTERNAL);
}
