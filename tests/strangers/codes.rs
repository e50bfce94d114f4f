//! Codes: equal declarations are one error, and others say what to do.

use crate::scanned;

/// Two enums, each with an error of the code `NotFound`, returned by an operation each.
fn two(first: &str, second: &str) -> Result<usize, String> {
    let one = |name: &str, error: &str| {
        format!(
            "#[derive(Debug, thiserror::Error, ApiError)] pub enum {name}Error {{ {error} }}
             #[operation(GET, \"/{name}\")]
             pub async fn {name}(_: LambdaEvent<Payload<()>>) -> Result<(), {name}Error> {{ Ok(()) }}"
        )
    };
    let contract = scanned(&format!("{}{}", one("a", first), one("b", second)))?;
    assert_eq!(contract.sets.len(), 2);
    Ok(contract.errors.len())
}

const FOUND: &str = "/// Not there.\n#[error(\"no\")] #[api_error(status = 404)] NotFound { id: u8 },";

#[test]
fn equal_declarations_are_one_error() {
    assert_eq!(two(FOUND, FOUND), Ok(1));
    let display = FOUND.replace("no\"", "none\"").replace("Not there.\n", "Not there.\n///\n/// Look elsewhere.\n");
    assert_eq!(two(FOUND, &display), Ok(1), "what nobody sees may differ");
    let hidden = FOUND.replace("{ id: u8 }", "{ id: u8, #[api_error(skip)] why: String }");
    assert_eq!(two(FOUND, &hidden), Ok(1));
}

#[test]
fn others_are_refused_with_both_places() {
    for (of, by) in [
        ("404", "410"),
        ("Not there.", "Gone."),
        ("id: u8", "id: u16"),
        ("id: u8", "id: Option<u8>"),
        ("id: u8", "key: u8"),
        ("id: u8", "id: u8, more: u8"),
        ("id: u8", "#[api_error(header = \"X-Id\")] id: u8"),
        ("404", "404, retry = backoff"),
        ("404", "404, help = \"https://a.b/c\""),
        ("404", "404, deprecated"),
        ("id: u8", "id: u8, #[api_error(retry_after)] wait: std::time::Duration"),
    ] {
        let said = two(FOUND, &FOUND.replace(of, by)).unwrap_err();
        assert!(said.contains("two enums declare the code `NotFound` as different errors"), "{by}: {said}");
        assert!(said.contains("first declared here") && said.contains("both `flatten`"), "{said}");
    }
}
