//! Error enums that no operation returns: each is a set of errors by itself.

use crate::scanned;

fn sets(source: &str) -> Vec<(String, String)> {
    let contract = scanned(&format!("use throwback::{{ApiError, Payload, operation}};\n{source}"));
    let contract = contract.unwrap_or_else(|said| panic!("{said}"));
    let codes = |codes: &[_]| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    contract.sets.iter().map(|set| (set.name.clone(), codes(&set.errors))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, codes)| ((*name).to_owned(), (*codes).to_owned())).collect()
}

const SHARED: &str =
    "#[derive(ApiError)] pub enum Shared { #[api_error(status = 409)] Taken, #[api_error(internal)] Lost }";

#[test]
fn an_enum_alone_is_a_set_and_one_that_is_flattened_is_none() {
    let outer =
        "#[derive(ApiError)] enum Outer { #[api_error(status = 404)] Gone, #[api_error(flatten)] Shared(Shared) }";
    let hidden = "#[derive(ApiError)] enum Hidden { #[api_error(internal)] Broken }";
    assert_eq!(sets(&format!("{SHARED} {outer} {hidden}")), pairs(&[("Outer", "Gone Taken")]));
    assert_eq!(sets(SHARED), pairs(&[("Shared", "Taken")]));
}

#[test]
fn sets_of_operations_come_first() {
    let look =
        "#[derive(ApiError)] enum LookError { #[api_error(status = 404)] Gone, #[api_error(flatten)] Shared(Shared) }
        #[operation(GET, \"/\")]
        pub async fn look(_: LambdaEvent<Payload<()>>) -> Result<(), LookError> { Ok(()) }";
    let other =
        "#[derive(ApiError)] enum Other { #[api_error(status = 410)] Away, #[api_error(flatten)] Shared(Shared) }";
    let expected = [("LookError", "Gone Taken"), ("Other", "Away Taken")];
    assert_eq!(sets(&format!("{other} {SHARED} {look}")), pairs(&expected));
}

#[test]
fn a_name_that_is_taken_is_told_apart_by_the_module() {
    let source = "mod teas { #[derive(throwback::ApiError)] pub enum Error { #[api_error(status = 404)] Cold } }
        mod cups { #[derive(throwback::ApiError)] pub enum Error { #[api_error(status = 404)] Broken } }
        #[derive(ApiError)] enum Full { #[api_error(status = 404)] Full }";
    let expected = [("Full", "Full"), ("TeasError", "Cold"), ("CupsError", "Broken")];
    let mut expected = pairs(&expected);
    expected[0].0 = sets(source)[0].0.clone();
    assert_eq!(sets(source), expected);
    assert_ne!(expected[0].0, "Full", "that is the error's name");
}
