//! From a file to the model: one reader for each format, chosen by what the file holds.

mod allows;
mod cloudformation;
mod openapi;
mod resources;
mod serverless;
mod values;

use crate::file::{File, LONGEST, Mistake};
use crate::model::Api;
use crate::tree::{self, Node};
use std::rc::Rc;

/// What a file holds.
enum Format {
    /// An OpenAPI document of version 3, or of 2.0.
    OpenApi,
    /// A template of CloudFormation, or of SAM.
    CloudFormation,
    /// A configuration of Serverless Framework.
    Serverless,
    /// What `aws apigateway get-resources` writes.
    Resources,
}

/// Reads a file, the one of this number.
///
/// # Errors
/// What it is not.
pub(crate) fn read(number: usize, file: &File) -> Result<Vec<Api>, Mistake> {
    if file.text.len() > LONGEST {
        let message = format!("the file is {} bytes, and no more than {LONGEST} are read", file.text.len());
        return Err(Mistake { message, at: 0..0 });
    }
    let root = tree::read(&file.text)?;
    let format = format(&root).ok_or_else(|| Mistake {
        message: "this is no configuration of an API: an OpenAPI document has `openapi` or `swagger` at its top, a template of \
                  CloudFormation or SAM `Resources`, serverless.yml `service` and `functions`, and what `aws apigateway get-resources --embed methods` writes `items`"
            .to_owned(),
        at: 0..0,
    })?;
    Ok(match format {
        Format::OpenApi => vec![openapi::api(number, &root)],
        Format::CloudFormation => cloudformation::apis(number, &root),
        Format::Serverless => serverless::apis(number, &root),
        Format::Resources => vec![resources::api(number, &root)],
    })
}

fn format(root: &Rc<Node>) -> Option<Format> {
    if root.get("openapi").is_some() || root.get("swagger").is_some() {
        return Some(Format::OpenApi);
    }
    if serverless::is_one(root) {
        return Some(Format::Serverless);
    }
    if resources::is_one(root) {
        return Some(Format::Resources);
    }
    root.get("Resources").map(|_| Format::CloudFormation)
}
