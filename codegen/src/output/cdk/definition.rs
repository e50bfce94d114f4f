//! The API as a definition, for projects in which nothing else describes it: the OpenAPI document, and the function's
//! address as CloudFormation will know it.

use super::literal::Literal;
use crate::options::{Address, Function};
use crate::output::cloudformation::Node;
use crate::output::{Cx, openapi};
use crate::text::typescript::{docs, string};
use askama::Template;

/// Stands for the function until its address is put in.
const FUNCTION: &str = "${ThrowbackFunction.Arn}";

#[derive(Template)]
#[template(path = "cdk/definition.ts.askama", escape = "none")]
struct Definition {
    origin: String,
    docs: Vec<String>,
    is_rest: bool,
    /// The function's address where the options say it, as an expression, and whether CloudFormation completes it.
    configured: Option<String>,
    is_sub: bool,
    document: String,
}

/// The file.
pub(super) fn text(cx: &Cx<'_>) -> Result<String, String> {
    let function = Function::Sub(FUNCTION.to_owned());
    let api = cx.api_of(&function);
    let document = openapi::document(cx, &api);
    Node::unclaimed("cdk", &document)?;
    let mut document = Literal::read(&document)?;
    document.replace(&Literal::of(&function.address())?, "uri");
    let configured = cx.options.function.as_ref().map(Function::address);
    let file = Definition {
        origin: cx.origin(),
        docs: docs(&about(cx, api.is_rest)),
        is_rest: api.is_rest,
        is_sub: matches!(configured, Some(Address::Sub(_))),
        configured: configured.map(|address| match address {
            Address::Text(text) => string(&text),
            Address::Sub(text) => format!("Fn.sub({})", string(&text)),
        }),
        document: document.print(2, 9),
    };
    file.render().map_err(|error| error.to_string())
}

/// What the definition is, and how it is used.
fn about(cx: &Cx<'_>, is_rest: bool) -> String {
    let contract = cx.contract;
    let about = if contract.docs.is_empty() { String::new() } else { format!("\n\n{}", contract.docs) };
    let (what, example) = if is_rest {
        (
            "the definition of a `SpecRestApi`",
            "const api = new apigateway.SpecRestApi(this, \"Api\", {\n  apiDefinition: apiDefinition({ function: handler }),\n\
             \x20 mode: apigateway.RestApiMode.OVERWRITE,\n  failOnWarnings: true,\n});",
        )
    } else {
        (
            "the body of a `CfnApi`",
            "const body = apiBody({ function: handler });\nconst api = new apigatewayv2.CfnApi(this, \"Api\", { body });",
        )
    };
    format!("The API `{}` as {what}.\n\n```ts\n{example}\ngrantInvoke(api, handler);\n```{about}", contract.name)
}
