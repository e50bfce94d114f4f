//! Messages that functions of before throw.

use super::*;

#[test]
fn messages_of_before_have_the_responses_of_their_errors() {
    let package = Package::new();
    package.edit(
        "src/main.rs",
        "#[derive(Debug, thiserror::Error, ApiError)]",
        "#[derive(Debug, thiserror::Error, ApiError)]\n#[api_error(message)]",
    );
    package.write(
        "throwback.toml",
        "authorization = \"none\"\nlegacy = [\n  { message = \"no tea *!\", code = \"TeaNotFound\" },\n  { message = \"[503]\", code = \"KettleCold\" },\n  \
         { message = \"*can't\", code = \"KettleCold\" },\n]\n",
    );
    let explained = |message: &str| package.run(&["explain", message]).out;
    for (message, status, body) in [
        (
            "no tea 7!",
            "404",
            r#""code":"TeaNotFound","title":"There is no such tea","status":404,"detail":"no tea 7!","message":"no tea 7!""#,
        ),
        // What failed inside stays inside.
        (
            "[503] db:5432 refused",
            "503",
            r#""code":"KettleCold","title":"Service Unavailable","status":503,"message":"Service Unavailable""#,
        ),
        ("we can't", "503", r#""code":"KettleCold""#),
        ("no tea 7", "500", r#""code":"InternalError""#),
        ("[TeaNotFound] {\"code\":\"TeaNotFound\",\"status\":404,\"detail\":\"we can't\"}", "404", "we can't"),
        ("no tea ! Task timed out after 3.00 seconds", "504", r#""code":"FunctionTimeout""#),
    ] {
        let said = explained(message);
        has(&said, status);
        has(&said.replace(['\n', ' '], ""), &body.replace(' ', ""));
    }
    has(&explained("we can't"), "it has no tag, and the configuration says under `legacy` that it is `KettleCold`");
    assert_eq!(package.run(&["explain", "--prove"]).status, 0);
}

#[test]
fn what_no_message_can_be_is_refused() {
    let package = Package::new();
    for (entries, said) in [
        (
            "{ message = \"no tea\", code = \"TeaGone\" }",
            "`legacy` names the error \"TeaGone\", and there is none: did you mean",
        ),
        ("{ message = \"[TeaNotFound] x\", code = \"KettleCold\" }", "that is the tag of `TeaNotFound`"),
        ("{ message = \"[InvalidPayload]\", code = \"KettleCold\" }", "that is the tag of `InvalidPayload`"),
        ("{ message = \"[Tea*\", code = \"KettleCold\" }", "does not say which tag of before that is"),
        ("{ message = \"[Tea*]\", code = \"KettleCold\" }", "does not say which tag of before that is"),
        ("{ message = \"* \", code = \"KettleCold\" }", "would take any message"),
        ("{ message = \"\", code = \"KettleCold\" }", "would take any message"),
        ("{ message = \"a*b*c*d\", code = \"KettleCold\" }", "more than two `*`"),
        ("{ message = \"a*\", code = \"KettleCold\" }", "anything may follow without it"),
        ("{ message = \"kein Tee für\", code = \"KettleCold\" }", "not ASCII"),
        (
            "{ message = \"no\", code = \"KettleCold\" }, { message = \"no tea\", code = \"TeaNotFound\" }",
            "never comes to \"no tea\" for `TeaNotFound`: \"no\" stands before it",
        ),
        ("{ mesage = \"a\", code = \"KettleCold\" }", "unknown field `mesage`"),
        ("{ message = \"a\" }", "missing field `code`"),
    ] {
        package.write("throwback.toml", &format!("authorization = \"none\"\nlegacy = [{entries}]\n"));
        has(&package.refused(&["generate"]), said);
    }
}
