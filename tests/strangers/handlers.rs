//! Handlers of axum's: what a contract takes of them, and what it can't.

use crate::configured;
use throwback_codegen::contract::{Contract, Operation, Type};

const ITEMS: &str = "
    use axum::extract::{Extension, FromRequest, FromRequestParts, State};
    use axum::http::StatusCode;
    use axum_extra::extract::CookieJar;
    use throwback::axum::{Json, Path, Query};
    use throwback::{ApiError, operation};
    #[derive(Debug, thiserror::Error, ApiError)]
    pub enum AppError { #[error(\"gone\")] #[api_error(status = 410)] Gone }
    type Result<T = (), E = AppError> = std::result::Result<T, E>;
    type JsonResult<T> = Result<Json<T>>;
    #[derive(serde::Serialize, serde::Deserialize)] pub struct Tea { pub name: String }
    #[derive(serde::Deserialize)] pub struct Paging { pub page: Option<u32>, #[serde(default)] pub size: u32 }
    #[derive(serde::Deserialize)] pub struct Filter { pub name: String, pub size: u32 }
    #[derive(serde::Deserialize)] pub struct Listed { pub ids: Option<Vec<u32>> }";

fn scanned(handlers: &str) -> std::result::Result<Contract, String> {
    configured(&format!("{ITEMS}{handlers}"), "front = \"axum\"")
}

fn taken(handler: &str) -> Operation {
    scanned(handler).unwrap_or_else(|said| panic!("{said}")).operations.remove(0)
}

fn parameters(fields: &[throwback_codegen::contract::Field]) -> Vec<(&str, bool)> {
    fields.iter().map(|field| (field.name.as_str(), field.optional)).collect()
}

#[test]
fn two_queries_are_one() {
    let list = taken(
        "#[operation(GET, \"/teas\")]
         async fn list(_: Query<Paging>, Query(f): Query<Filter>) -> JsonResult<Vec<Tea>> { todo!() }",
    );
    assert_eq!(parameters(&list.input.query), [("page", true), ("size", false), ("name", false)]);
    assert!(!list.input.body);
}

#[test]
fn a_map_takes_every_parameter_of_the_path() {
    let get = taken(
        "#[operation(GET, \"/{kind}/{id}\")]
         async fn get(Path(all): Path<std::collections::HashMap<String, String>>) -> JsonResult<Tea> { todo!() }",
    );
    assert_eq!(parameters(&get.input.path), [("kind", false), ("id", false)]);
    assert!(get.input.path.iter().all(|field| field.ty == Type::STRING));
}

/// Neither a state's type nor what it is over.
#[test]
fn what_a_server_holds_says_nothing() {
    let put = taken(
        "#[operation(PUT, \"/teas\")]
         async fn put<R: Repo>(_: State<Kitchen<R>>, _: Extension<std::sync::Arc<TeaJson<u8>>>, jar: CookieJar)
         -> Result<(CookieJar, Json<Tea>)> where R: Clone { todo!() }",
    );
    assert_eq!((put.input.ty, put.input.body), (Type::Unit, false));
    assert_eq!(put.output, Type::Named("Tea".to_owned()));
    let leave = taken(
        "#[operation(POST, \"/leave\")] async fn leave(jar: CookieJar, _: Query<Paging>) -> Result<CookieJar> { todo!() }",
    );
    assert_eq!(leave.output, Type::Unit);
}

/// A body that an extractor of the author's own reads is not left out of the contract in silence.
#[test]
fn who_reads_the_body_is_seen() {
    let of = |implements: &str, argument: &str| {
        scanned(&format!(
            "pub struct Checked<T>(T);
             impl<T, S> {implements}<S> for Checked<T> {{ type Rejection = AppError; }}
             mod by {{ pub use super::Checked as CheckedJson; }}
             #[operation(POST, \"/teas\", axum)]
             async fn make({argument}: {argument}<Tea>) -> JsonResult<Tea> {{ todo!() }}"
        ))
    };
    let said = of("FromRequest", "Checked").unwrap_err();
    assert!(said.contains("`Checked` reads the body, and does not say as what"), "{said}");
    assert!(!of("FromRequestParts", "Checked").unwrap().operations[0].input.body);
    assert!(of("FromRequest", "by::CheckedJson").unwrap().operations[0].input.body);
    let derived = "#[derive(FromRequest)] #[from_request(via(Json))] pub struct NewTea { name: String }
                   #[operation(POST, \"/teas\", axum)] async fn make(tea: NewTea) -> JsonResult<Tea> { todo!() }";
    let said = scanned(derived).unwrap_err();
    assert!(said.contains("`NewTea` reads the body"), "{said}");
}

#[test]
fn a_list_is_read_as_clients_write_it() {
    for theirs in ["axum::extract::Query", "axum_extra::extract::Query"] {
        let handler =
            format!("#[operation(GET, \"/teas\")] async fn list(_: {theirs}<Listed>) -> JsonResult<Tea> {{ todo!() }}");
        let said = scanned(&handler).unwrap_err();
        assert!(said.contains("`ids` is a list, which axum's own `Query<…>` does not read"), "{said}");
        assert!(scanned(&handler.replace("Listed", "Paging")).is_ok());
        assert!(scanned(&handler.replace(theirs, "Query")).is_ok());
    }
}

#[test]
fn what_is_no_enum_has_no_codes() {
    for error in ["StatusCode", "(StatusCode, String)", "axum::response::ErrorResponse"] {
        let handler =
            format!("#[operation(GET, \"/teas\", axum)] async fn get() -> Result<Json<Tea>, {error}> {{ todo!() }}");
        let said = scanned(&handler).unwrap_err();
        assert!(said.contains("`ApiError` on the enum") || said.contains("an enum that derives `ApiError`"), "{said}");
    }
}

/// What a macro makes would be routed, and known to no contract.
#[test]
fn a_handler_stands_in_no_macro() {
    let handler = "#[throwback::operation(GET, \"/teas\")] async fn get() -> Json<Tea> { todo!() }";
    let within = [
        format!("macro_rules! get {{ ($name:ident) => {{ {handler} }} }} get!(get);"),
        format!("cfg_if::cfg_if! {{ if #[cfg(all())] {{ {handler} }} }}"),
    ];
    for source in within {
        let said = scanned(&source).unwrap_err();
        assert!(said.contains("the function or the macro that it stands in"), "{said}");
    }
    assert!(scanned(&format!("macro_rules! other {{ () => {{ #[inline] fn operation() {{}} }} }} {handler}")).is_ok());
}
