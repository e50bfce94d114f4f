//! Names: what is called what in the outputs, and who gives way.

use super::*;

#[test]
fn a_set_of_errors_has_its_enums_name_or_that_of_an_operation() {
    let package = Package::new();
    package.write(
        "src/main.rs",
        r#"
mod pour {
    #[derive(Debug, thiserror::Error, ApiError)]
    pub enum Error { #[error("full")] #[api_error(status = 409)] Full }
}
mod stir {
    #[derive(Debug, thiserror::Error, ApiError)]
    pub enum Error { #[error("no spoon")] #[api_error(status = 404)] NoSpoon }
}
#[derive(Debug, thiserror::Error, ApiError)]
pub enum TeasError { #[error("cold")] #[api_error(status = 503)] Cold, #[error(transparent)] #[api_error(flatten)] Pour(pour::Error) }
#[derive(serde::Serialize)]
pub struct Tea { pub name: String }
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase")]
pub enum Tea2 { #[error("old")] #[api_error(status = 410, code = "Tea2")] Old }
#[operation(POST, "/pour")]
pub async fn pour(_: LambdaEvent<Payload<()>>) -> Result<Tea, pour::Error> { unreachable!() }
#[operation(POST, "/stir")]
pub async fn stir(_: LambdaEvent<Payload<()>>) -> Result<(), stir::Error> { unreachable!() }
#[operation(GET, "/a")]
pub async fn list(_: LambdaEvent<Payload<()>>) -> Result<(), TeasError> { unreachable!() }
#[operation(GET, "/b")]
pub async fn count(_: LambdaEvent<Payload<()>>) -> Result<(), TeasError> { unreachable!() }
#[operation(GET, "/c")]
pub async fn old(_: LambdaEvent<Payload<()>>) -> Result<(), Tea2> { unreachable!() }
#[operation(GET, "/d")]
pub async fn fine(_: LambdaEvent<Payload<()>>) -> Result<(), std::convert::Infallible> { unreachable!() }
"#,
    );
    let ran = package.run(&["generate", "--contract", "contract.json", "--rust-client", "client"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let contract: Value = serde_json::from_str(&package.read("contract.json")).unwrap();
    let sets: Vec<_> = contract["sets"].as_array().unwrap().iter().map(|set| set["name"].as_str().unwrap()).collect();
    // Two enums are `Error`; one has the name of a code.
    assert_eq!(sets, ["PourError", "StirError", "TeasError", "OldError"]);
    let of = |name: &str| {
        contract["operations"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["set"].clone()
    };
    assert_eq!((of("list"), of("count"), of("fine")), ("TeasError".into(), "TeasError".into(), Value::Null));
    let errors = package.read("client/src/errors.rs");
    let enums: Vec<_> = errors.lines().filter_map(|line| line.strip_prefix("pub enum ")).collect();
    // The API is `teas`: what is made of all its errors gives way to the author's `TeasError`.
    let expected = ["AnyTeasError {", "PourError {", "StirError {", "TeasError {", "OldError {", "FineError {}"];
    assert_eq!(enums, expected);
    has(&errors, "/// Every error that `list` and `count` declare.");
    let explained =
        package.run(&["explain", "[Cold] {\"code\":\"Cold\",\"title\":\"t\",\"status\":503}", "--operation", "count"]);
    has(&explained.out, "TeasError::Cold");
}

/// Types, operations and paths may be named as what is made of others.
#[test]
fn names_of_our_own_give_way_to_those_of_an_author() {
    let package = Package::new();
    let renamed =
        SOURCE.replace("pub struct Tea ", "pub struct GetTea503 ").replace("Result<Tea,", "Result<GetTea503,");
    let others = r#"
#[derive(Debug, thiserror::Error, ApiError)]
pub enum StirError {
    #[error("no spoon")]
    #[api_error(status = 503)]
    NoSpoon,
    #[error("no cup")]
    #[api_error(status = 503)]
    NoCup,
}
#[operation(POST, "/stir/tea")]
pub async fn options_stir_tea(_: LambdaEvent<Payload<()>>) -> Result<(), StirError> { Ok(()) }
#[operation(POST, "/stir_tea")]
pub async fn get_tea_503(_: LambdaEvent<Payload<()>>) -> Result<(), StirError> { Ok(()) }
#[derive(Serialize)]
pub struct OptionsStirTea503 { pub spoons: u8 }
#[operation(GET, "/spoons")]
pub async fn spoons(_: LambdaEvent<Payload<()>>) -> Result<OptionsStirTea503, StirError> { unreachable!() }
"#;
    package.write("src/main.rs", &(renamed + others));
    package.write("throwback.toml", "cors = \"*\"\n");
    assert_eq!(package.run(&["generate"]).status, 0);
    let document: Value = serde_json::from_str(&package.read("generated/openapi.json")).unwrap();
    let methods = document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let mut names: Vec<_> = methods.map(|method| method["operationId"].as_str().unwrap()).collect();
    names.sort_unstable();
    let preflights = ["options_spoons", "options_stir_tea", "options_stir_tea_", "options_stir_tea__"];
    assert_eq!(
        names,
        [&["get_tea", "get_tea_503"], &preflights[..1], &preflights[1..], &["options_teas__tea_id", "spoons"]].concat()
    );
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["OptionsStirTea503"]["properties"]["spoons"]["type"], "integer");
    assert_eq!(schemas["OptionsStirTea503Errors"]["oneOf"].as_array().unwrap().len(), 2);
    let refers = &document["paths"]["/stir/tea"]["post"]["responses"]["503"]["content"]["application/problem+json"];
    assert_eq!(refers["schema"]["$ref"], "#/components/schemas/OptionsStirTea503Errors");
}
