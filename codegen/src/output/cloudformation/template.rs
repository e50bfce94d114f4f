//! A whole template: the API, its resources, a deployment, and a stage if one is asked for.

use super::functions::{Functions, Parameter, Parameters};
use super::ids::hash;
use super::parts::{Deployment, Kept, Kind, Put, Resource, Resources, RestApi, Stage};
use super::resources::{AUTHORIZATION_TYPE, Api, deployed};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// The parameter with the name of the stage.
const STAGE_NAME: &str = "StageName";

/// The condition that there is a stage.
const HAS_STAGE: &str = "HasStage";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Template<'a> {
    #[serde(rename = "AWSTemplateFormatVersion")]
    version: &'static str,
    description: String,
    metadata: Metadata<'a>,
    parameters: Parameters,
    conditions: serde_json::Value,
    resources: Resources<'a>,
    outputs: IndexMap<&'static str, Said>,
}

/// From which contract it is.
#[derive(Serialize)]
struct Metadata<'a> {
    throwback: BTreeMap<&'static str, &'a str>,
}

/// What a stack says.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::output) struct Said {
    pub(in crate::output) description: &'static str,
    pub(in crate::output) value: Put,
}

/// Who may call, where the options leave it to whoever deploys.
pub(in crate::output) fn authorization(allowed: &'static [&'static str]) -> (String, Parameter) {
    let parameter = Parameter {
        kind: "String",
        description: "Who may call the operations of which throwback.toml does not say it: NONE is anybody".to_owned(),
        default: None,
        allowed_values: allowed,
        allowed_pattern: None,
    };
    (AUTHORIZATION_TYPE.to_owned(), parameter)
}

impl<'a> Template<'a> {
    /// # Errors
    /// An id of the API that something else has.
    pub(super) fn new(api: &Api<'a>, functions: &Functions) -> Result<Self, String> {
        let mut all = api.all(functions);
        let mut parameters = functions.parameters();
        if api.is_unsaid() {
            let (name, parameter) = authorization(&["NONE", "AWS_IAM"]);
            parameters.insert(name, parameter);
        }
        let stage_name = Parameter {
            kind: "String",
            description: "The stage to make; none is made where it is empty".to_owned(),
            default: Some(""),
            allowed_values: &[],
            allowed_pattern: Some("[A-Za-z0-9_-]{0,128}"),
        };
        parameters.insert(STAGE_NAME.to_owned(), stage_name);
        let is_taken = |id: &str| all.contains_key(id) || parameters.contains_key(id);
        if is_taken(api.id) {
            return Err(format!(
                "`cloudformation-api` is `{}`, which is the id of something else in the template",
                api.id
            ));
        }
        let contract = api.cx.contract;
        let rest = RestApi { name: &contract.name, description: &contract.docs, policy: api.rest.policy };
        all.shift_insert(0, api.id.to_owned(), Resource::from(Kind::RestApi(rest)));
        let of_api = || Put::Ref(api.id.to_owned());
        // Only another id makes CloudFormation deploy what has changed.
        let text = serde_json::to_string(&all).unwrap_or_default();
        let deployment = format!("{}Deployment{}", api.id, hash(&text));
        let stage = Stage {
            rest_api_id: of_api(),
            deployment_id: Put::Ref(deployment.clone()),
            stage_name: Put::Ref(STAGE_NAME.to_owned()),
        };
        let depends_on = deployed(&all);
        let kind = Kind::Deployment(Deployment { rest_api_id: of_api() });
        // A stage that somebody else made may still show the one before.
        let resource = Resource { depends_on, kept: Some(Kept::RETAINED), ..kind.into() };
        all.insert(deployment.clone(), resource);
        let resource = Resource { condition: Some(HAS_STAGE), ..Kind::Stage(stage).into() };
        all.insert(format!("{}Stage", api.id), resource);
        let root = Put::Attribute([api.id.to_owned(), "RootResourceId".to_owned()]);
        let said = |description, value| Said { description, value };
        Ok(Self {
            version: "2010-09-09",
            description: api.cx.origin(),
            metadata: Metadata { throwback: [("contract", api.cx.hash.as_str())].into() },
            parameters,
            conditions: serde_json::json!({ HAS_STAGE: { "Fn::Not": [{ "Fn::Equals": [{ "Ref": STAGE_NAME }, ""] }] } }),
            resources: all,
            outputs: [
                ("RestApiId", said("The id of the API", of_api())),
                ("RootResourceId", said("The id of its root", root)),
                ("DeploymentId", said("The deployment that a stage shows", Put::Ref(deployment))),
            ]
            .into(),
        })
    }
}
