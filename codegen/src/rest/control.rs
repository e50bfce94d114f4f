//! The REST API in the words of API Gateway's control plane, which the AWS command line, CloudFormation and Terraform share
//! (API Gateway API reference, `PutMethod`, `PutIntegration`, `PutMethodResponse`). OpenAPI has words of its own.

use super::{Access, Api, Backend, Body, By, Integration, Model, Parameter, Response};
use crate::check::Place;
use crate::options::{Address, AuthorizerKind};

/// The media type of a problem, under which its model stands.
const PROBLEM: &str = "application/problem+json";

impl Parameter<'_> {
    /// The parameter in a mapping expression: `method.request.path.order_id`.
    pub(crate) fn location(&self) -> String {
        let place = match self.place {
            Place::Path => "path",
            Place::Query => "querystring",
            Place::Header => "header",
        };
        format!("method.request.{place}.{}", self.name)
    }
}

impl<'a> Access<'a> {
    /// The method's `authorizationType`; nothing where nobody has said who may call.
    pub(crate) fn kind(&self) -> Option<&'static str> {
        match self.by {
            By::Unsaid => None,
            By::Anybody => Some("NONE"),
            By::Iam => Some("AWS_IAM"),
            By::Authorizer(_, AuthorizerKind::UserPools) => Some("COGNITO_USER_POOLS"),
            By::Authorizer(..) => Some("CUSTOM"),
        }
    }

    /// The name of the authorizer that decides.
    pub(crate) fn authorizer(&self) -> Option<&'a str> {
        match self.by {
            By::Authorizer(name, _) => Some(name),
            By::Unsaid | By::Anybody | By::Iam => None,
        }
    }
}

impl Integration {
    /// The integration's `type`.
    pub(crate) fn kind(&self) -> &'static str {
        match self.backend {
            Backend::Function { .. } => "AWS",
            Backend::Proxy { .. } => "AWS_PROXY",
            Backend::Mock | Backend::Direct => "MOCK",
        }
    }

    /// The address of the function behind it.
    pub(crate) fn uri(&self) -> Option<&Address> {
        match &self.backend {
            Backend::Function { uri } | Backend::Proxy { uri, .. } => Some(uri),
            Backend::Mock | Backend::Direct => None,
        }
    }
}

impl Response<'_> {
    /// The method response's model, behind its media type.
    pub(crate) fn model(&self) -> Option<(&'static str, &str)> {
        match &self.body {
            Body::None => None,
            // API Gateway brings this model itself: any JSON.
            Body::Output(_) => Some(("application/json", "Empty")),
            Body::Problem { model, .. } => Some((PROBLEM, model)),
        }
    }

    /// The headers of the method response, none of them required: some errors of a status carry what others don't.
    pub(crate) fn declared_headers(&self) -> impl Iterator<Item = (String, bool)> {
        self.headers().map(|name| (format!("method.response.header.{name}"), false))
    }
}

impl<'a> Api<'a> {
    /// The models that method responses name, each with its schema whole, for one that names another has to know the
    /// API's id.
    pub(crate) fn problem_models(&self) -> impl Iterator<Item = (&Model<'a>, String)> {
        let find = |name: &str| self.models.iter().find(|model| model.is_problem && model.name == name);
        self.models.iter().filter(|model| model.is_problem).map(move |model| {
            let schema = model.schema.alone(&|name| find(name).map(|model| &model.schema));
            (model, serde_json::to_string(&schema).unwrap_or_default())
        })
    }
}

impl Model<'_> {
    /// The media type of what it describes.
    pub(crate) fn media_type(&self) -> &'static str {
        if self.is_problem { PROBLEM } else { "application/json" }
    }
}
