//! A TypeScript module for projects of the AWS CDK: what a REST API of theirs takes of the errors, and the whole API as
//! the definition of a `SpecRestApi`. Each file stands alone, so that it runs in every kind of project.

mod definition;
mod errors;
mod literal;
#[cfg(test)]
mod tests;

use super::{Cx, File, Form, Output, Setting, Wanted};
use heck::ToUpperCamelCase as _;

/// The output `cdk`.
pub(super) struct Cdk;

const CLASS: Setting = Setting {
    key: "class",
    flat: "cdk-class",
    value: "NAME",
    help: "What the CDK construct's class is called [default: the API's name and `Errors`]",
};

/// What the module itself calls so.
const TAKEN: [&str; 15] = [
    "Construct",
    "GatewayResponse",
    "GatewayResponseType",
    "IntegrationName",
    "Map",
    "Method",
    "MethodName",
    "Model",
    "ModelName",
    "Object",
    "Readonly",
    "Record",
    "Request",
    "RequestName",
    "String",
];

impl Output for Cdk {
    fn key(&self) -> &'static str {
        "cdk"
    }

    fn help(&self) -> &'static str {
        "Write the TypeScript module for the AWS CDK to this folder"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn settings(&self) -> &'static [Setting] {
        &[CLASS]
    }

    fn opens(&self) -> bool {
        true
    }

    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String> {
        let front = cx.contract.front;
        let class = class(&cx.contract.name, wanted.settings.get(CLASS.key).map(String::as_str))?;
        if !front.is_rest() && !front.is_http_api() {
            return Err(format!(
                "`cdk` configures API Gateway (fronts `rest`, `rest-proxy`, `http-api`, `http-api-1.0`); behind \
                 `front = \"{}\"` the function writes its errors itself, and a CDK project needs nothing for them",
                front.word()
            ));
        }
        let mut files = Vec::new();
        if front.is_rest() {
            files.push(file("errors.ts", &errors::text(cx, &class)?));
        }
        if cx.rest.operations().next().is_some() {
            files.push(file("definition.ts", &definition::text(cx)?));
        }
        Ok(files)
    }
}

fn file(path: &str, text: &str) -> File {
    File { path: path.into(), text: text.trim_end().to_owned() + "\n" }
}

/// The name of the construct's class.
fn class(api: &str, given: Option<&str>) -> Result<String, String> {
    let Some(name) = given else { return Ok(format!("{}Errors", api.to_upper_camel_case())) };
    let fits = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(|b| b.is_ascii_alphanumeric());
    if !fits {
        return Err(format!(
            "`class` of `cdk` is {name:?}, which is no name of a class: a capital letter, then letters and digits, as in \
             `OrdersErrors`"
        ));
    }
    if TAKEN.contains(&name) {
        return Err(format!("`class` of `cdk` is `{name}`, which the module needs itself: take another name"));
    }
    Ok(name.to_owned())
}
