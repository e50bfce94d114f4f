//! `CloudFormation`: a whole template, and its parts for templates of others, which take them in by `AWS::Include`.

mod fragments;
mod functions;
mod ids;
mod limits;
mod node;
mod parts;
mod resources;
mod template;
#[cfg(test)]
mod tests;

use super::{Cx, File, Form, Output, Setting, Wanted};
use resources::Api;
use std::path::Path;
use template::Template;

pub(super) use fragments::DYNAMIC;
pub(super) use functions::{Functions, Parameter, Parameters};
pub(super) use limits::{notes, within};
pub(super) use node::Node;
pub(super) use parts::{Put, Resource as Declared};
pub(super) use template::{Said, authorization};

/// The output `cloudformation`.
pub(super) struct CloudFormation;

/// The logical id of the API.
const API: Setting = Setting {
    key: "api",
    flat: "cloudformation-api",
    value: "ID",
    help: "The logical id of the RestApi in CloudFormation's templates [default: Api]",
};

impl Output for CloudFormation {
    fn key(&self) -> &'static str {
        "cloudformation"
    }

    fn help(&self) -> &'static str {
        "Write CloudFormation's template, and its parts for a template of your own, to this folder"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn settings(&self) -> &'static [Setting] {
        &[API]
    }

    fn opens(&self) -> bool {
        true
    }

    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String> {
        let front = cx.contract.front;
        if !front.is_rest() {
            let other = if front.is_http_api() { "`sam` and `openapi` write" } else { "nothing of API Gateway's is" };
            return Err(format!(
                "`cloudformation` is of REST APIs (fronts `rest` and `rest-proxy`): {other} for the front `{}`",
                front.word()
            ));
        }
        let api = wanted.settings.get(API.key).map_or("Api", String::as_str);
        if !ids::is_id(api) {
            return Err(format!(
                "`{}` is {api:?}, which is no logical id: it has letters and digits, 255 at most",
                API.flat
            ));
        }
        let functions = Functions::of_template(cx);
        let rest = functions.api(cx);
        let template = Template::new(&Api { cx, rest: &rest, id: api }, &functions)?;
        let mut files = vec![File { path: "template.json".into(), text: limits::within(&template) }];
        files.extend(fragments::all(cx, api)?);
        Ok(files)
    }

    fn notes(&self, cx: &Cx<'_>, path: &Path, files: &[File]) -> Vec<String> {
        let path = path.join("template.json");
        let template = files.iter().find(|file| file.path == path);
        let Some(File { text, .. }) = template else { return Vec::new() };
        limits::notes(cx, self.key(), text)
    }
}
