//! The functions that a template names: those of the options, and parameters in place of what a template does not know.

use super::ids;
use super::parts::{Kind, Permission, Put, Resource};
use crate::options::Function;
use crate::output::Cx;
use crate::rest;
use indexmap::IndexMap;
use serde::Serialize;

/// The parameter with the ARN of the function.
const FUNCTION_ARN: &str = "FunctionArn";

/// A parameter of a template.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::output) struct Parameter {
    #[serde(rename = "Type")]
    pub(in crate::output) kind: &'static str,
    pub(in crate::output) description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::output) default: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(in crate::output) allowed_values: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::output) allowed_pattern: Option<&'static str>,
}

/// Parameters by their names.
pub(in crate::output) type Parameters = IndexMap<String, Parameter>;

/// The function behind an API, and those of its authorizers.
pub(in crate::output) struct Functions {
    main: Function,
    /// By the authorizers' names, with whether API Gateway needs leave to call.
    gates: Vec<(String, Function, bool)>,
    parameters: Parameters,
}

impl Functions {
    /// Those of a template that is part of another, where the resources stand that `function` names.
    pub(in crate::output) fn of_host(cx: &Cx<'_>) -> Self {
        Self::new(cx, |_| true)
    }

    /// Those of a template that has nothing but what is written there.
    pub(in crate::output) fn of_template(cx: &Cx<'_>) -> Self {
        Self::new(cx, Function::stands_alone)
    }

    fn new(cx: &Cx<'_>, is_known: impl Fn(&Function) -> bool) -> Self {
        let mut parameters = Parameters::new();
        let mut parameter = |name: String, description: String| {
            let function = Function::Sub(format!("${{{name}}}"));
            let parameter = Parameter {
                kind: "String",
                description,
                default: None,
                allowed_values: &[],
                allowed_pattern: Some("arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_:$-]+"),
            };
            parameters.insert(name, parameter);
            function
        };
        let main = cx.options.function.clone().filter(&is_known);
        let main = main.unwrap_or_else(|| parameter(FUNCTION_ARN.to_owned(), "The ARN of the function".to_owned()));
        let gates = cx.rest.gatekeepers.iter().filter_map(|gatekeeper| {
            let function = gatekeeper.def.function.as_ref()?;
            let function = if is_known(function) {
                function.clone()
            } else {
                let text = format!("The ARN of the function of the authorizer {}", gatekeeper.name);
                parameter(ids::id(gatekeeper.name, FUNCTION_ARN), text)
            };
            Some((gatekeeper.name.to_owned(), function, gatekeeper.def.role.is_none()))
        });
        let gates = gates.collect();
        Self { main, gates, parameters }
    }

    /// The API in front of them.
    pub(in crate::output) fn api<'a>(&'a self, cx: &'a Cx<'_>) -> rest::Api<'a> {
        let mut api = cx.api_of(&self.main);
        for (name, function, _) in &self.gates {
            if let Some(gatekeeper) = api.gatekeepers.iter_mut().find(|known| known.name == name) {
                gatekeeper.address = Some(function.address());
            }
        }
        api
    }

    /// What whoever deploys has to say of them.
    pub(in crate::output) fn parameters(&self) -> Parameters {
        self.parameters.clone()
    }

    /// API Gateway's leave to call them. Which function a stage variable names, nobody knows here: leave for those is given
    /// where they are.
    pub(in crate::output) fn permissions(&self, api: &str) -> IndexMap<String, Resource<'static>> {
        let mut permissions = IndexMap::new();
        let mut permit = |id: String, function: &Function, what: &str| {
            if function.is_of_stage() {
                return;
            }
            let from =
                format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{api}}}/{what}");
            let permission = Permission {
                action: "lambda:InvokeFunction",
                function_name: named(function),
                principal: "apigateway.amazonaws.com",
                source_arn: Put::Sub(from),
            };
            permissions.insert(id, Resource::from(Kind::Permission(permission)));
        };
        permit(format!("{api}Permission"), &self.main, "*");
        for (name, function, _) in self.gates.iter().filter(|(.., asks)| *asks) {
            permit(ids::id(name, "AuthorizerPermission"), function, "authorizers/*");
        }
        permissions
    }
}

/// What names a function.
fn named(function: &Function) -> Put {
    match function {
        Function::Arn(arn) => Put::Text(arn.clone()),
        Function::Sub(text) => {
            let name = text.strip_prefix("${").and_then(|name| name.strip_suffix('}'));
            match name.filter(|name| ids::is_id(name)) {
                Some(name) => Put::Ref(name.to_owned()),
                None => Put::Sub(text.clone()),
            }
        }
    }
}
