//! Parts for templates of others, each the content of one object there: CloudFormation puts it in by `AWS::Include`, which takes
//! members of one object and nothing else (CloudFormation template reference, "`AWS::Include` transform").

use super::super::{Cx, File, json};
use super::functions::Functions;
use super::parts::{Kind, Resource, Resources};
use super::resources::{Api, deployed, integration_responses, method_responses};
use crate::rest::Response;

/// Every fragment.
///
/// # Errors
/// What CloudFormation would take for a word of its own.
pub(super) fn all(cx: &Cx<'_>, id: &str) -> Result<Vec<File>, String> {
    let functions = Functions::of_host(cx);
    let rest = functions.api(cx);
    let api = Api { cx, rest: &rest, id };
    let mut resources = api.all(&functions);
    check(&resources, cx)?;
    // Who deploys needs one name to wait for, whatever there is.
    let depends_on = deployed(&resources);
    resources.insert(format!("{id}Complete"), Resource { depends_on, ..Kind::Handle.into() });
    let file = |path: &str, resources: &Resources<'_>| File { path: path.into(), text: json(resources) };
    let (models, gateway_responses) = (api.models(), api.gateway_responses());
    let mut files = vec![
        file("resources.json", &resources),
        file("models.json", &models),
        file("gateway-responses.json", &gateway_responses),
    ];
    // An object takes one include: who wants both includes this.
    let both = models.into_iter().chain(gateway_responses).collect();
    files.push(file("models-and-gateway-responses.json", &both));
    if api.has_patterns() {
        for (operation, method) in rest.operations() {
            files.extend(of_method(&format!("methods/{}", operation.name), &method.responses));
        }
        for set in &rest.sets {
            files.extend(of_method(&format!("sets/{}", set.def.name), &set.responses));
        }
    }
    Ok(files)
}

fn of_method(folder: &str, responses: &[Response<'_>]) -> [File; 2] {
    let file = |name: &str, text| File { path: format!("{folder}/{name}.json").into(), text };
    [
        file("integration-responses", json(&integration_responses(responses))),
        file("method-responses", json(&method_responses(responses))),
    ]
}

/// Refuses what CloudFormation would put a secret in for; in a schema it is written otherwise.
fn check(resources: &Resources<'_>, cx: &Cx<'_>) -> Result<(), String> {
    let of_resources = resources.iter().map(|(id, resource)| (id.as_str(), json(resource)));
    let all = of_resources.chain([("the API's description", cx.contract.docs.clone())]);
    let found: Vec<_> = all.filter(|(_, text)| text.contains(DYNAMIC)).map(|(id, _)| format!("`{id}`")).collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(format!(
        "a text of the API holds `{DYNAMIC}`, for which CloudFormation puts in a parameter or a secret, in {}: write it otherwise, \
         `{{ {{resolve:` for instance",
        found.join(", ")
    ))
}

/// How a reference begins that CloudFormation resolves in any text (CloudFormation user guide, "Dynamic references").
pub(in crate::output) const DYNAMIC: &str = "{{resolve:";
