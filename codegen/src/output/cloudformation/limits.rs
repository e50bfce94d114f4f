//! CloudFormation's own limits (CloudFormation user guide, "Understand CloudFormation quotas").

use super::super::{Cx, json};
use crate::options::Function;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The longest template that is given with the call, in bytes.
const INLINE: usize = 51_200;

/// The longest that lies in a bucket.
const TEMPLATE: usize = 1_048_576;

const RESOURCES: usize = 500;

/// The template for people, or without blanks and line ends where those alone would make it too long.
pub(in crate::output) fn within(template: &impl Serialize) -> String {
    let text = json(template);
    if text.len() <= TEMPLATE {
        return text;
    }
    // It has serialized before.
    serde_json::to_string(template).map_or(text, |compact| compact + "\n")
}

/// Whether a template has to lie in a bucket, where whoever deploys it names one.
pub(super) fn in_bucket(template: &str) -> Option<String> {
    let bytes = template.len();
    (bytes > INLINE && bytes <= TEMPLATE).then(|| {
        format!(
            "the template of `cloudformation` is {bytes} bytes, and CloudFormation takes {INLINE} with a call: deploy it by way of a \
             bucket, `--s3-bucket NAME`"
        )
    })
}

/// What CloudFormation will not take of a template, or not without being asked for more, and what it leaves to do.
pub(in crate::output) fn notes(cx: &Cx<'_>, output: &str, template: &str) -> Vec<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Read {
        resources: BTreeMap<String, Box<RawValue>>,
    }
    let mut notes = Vec::new();
    let bytes = template.len();
    if bytes > TEMPLATE {
        notes.push(format!(
            "the template of `{output}` is {bytes} bytes, and CloudFormation takes {TEMPLATE} at most: make two APIs of it"
        ));
    }
    let count = serde_json::from_str::<Read>(template).map_or(0, |read| read.resources.len());
    if count > RESOURCES {
        notes.push(format!(
            "the template of `{output}` has {count} resources, and CloudFormation takes {RESOURCES}: `sam` and `openapi` need one for \
             the whole API"
        ));
    }
    let authorizers = cx.rest.gatekeepers.iter().filter_map(|gatekeeper| gatekeeper.def.function.as_ref());
    if cx.options.function.iter().chain(authorizers).any(Function::is_of_stage) {
        notes.push(format!(
            "`{output}` gives API Gateway leave to call no function that a stage variable names: add an `AWS::Lambda::Permission` \
             where those are"
        ));
    }
    notes
}
