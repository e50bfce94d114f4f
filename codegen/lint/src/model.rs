//! The model of an API, as a configuration says it: what every reader makes, and all that rules see. What only a deployment
//! knows is unknown, and no rule takes an unknown for a fault.

use crate::allow::Allow;
use std::ops::Range;

/// Where something stands, in bytes of its file.
pub(crate) type Place = Range<usize>;

/// A text, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) text: Text,
    pub(crate) at: Place,
}

/// A text of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Text {
    Known(String),
    /// With holes, where a deployment puts something in.
    Partly(String),
    Unknown,
}

impl Said {
    /// The text, if all of it is known.
    pub(crate) fn known(&self) -> Option<&str> {
        match &self.text {
            Text::Known(text) => Some(text),
            _ => None,
        }
    }

    /// What is known of the text.
    pub(crate) fn partly(&self) -> Option<&str> {
        match &self.text {
            Text::Known(text) | Text::Partly(text) => Some(text),
            Text::Unknown => None,
        }
    }

    /// The number that it is.
    pub(crate) fn number(&self) -> Option<u16> {
        self.known()?.trim().parse().ok()
    }
}

/// An API, or what of one a file holds.
#[derive(Debug)]
pub(crate) struct Api {
    /// The number of its file.
    pub(crate) file: usize,
    pub(crate) methods: Vec<Method>,
    pub(crate) gateway_responses: Vec<GatewayResponse>,
    /// The version of OpenAPI, of a document.
    pub(crate) version: Option<Said>,
    /// The names of its models.
    pub(crate) models: Vec<Said>,
    /// Whether nothing of it can lie in another file, so that what is missing here is missing.
    pub(crate) is_whole: bool,
    /// What the document itself allows.
    pub(crate) allows: Vec<Allow>,
}

impl Api {
    /// What of an API a file may hold, the file of this number: nothing yet, and perhaps more elsewhere.
    pub(crate) fn part(file: usize) -> Self {
        Self {
            file,
            methods: Vec::new(),
            gateway_responses: Vec::new(),
            version: None,
            models: Vec::new(),
            is_whole: false,
            allows: Vec::new(),
        }
    }
}

/// A method of a path.
#[derive(Debug)]
pub(crate) struct Method {
    /// As people know it: `GET /orders/{id}`, or the path of a construct.
    pub(crate) name: String,
    /// The method and the path, as `GET /orders/{id}`, where they are known.
    pub(crate) route: Option<String>,
    /// Its `operationId`, or the name of its operation.
    pub(crate) id: Option<String>,
    pub(crate) at: Place,
    pub(crate) integration: Option<Integration>,
    /// The responses that it declares; nothing where they may stand elsewhere.
    pub(crate) responses: Option<Vec<MethodResponse>>,
}

/// What stands behind a method.
#[derive(Debug)]
pub(crate) struct Integration {
    pub(crate) at: Place,
    pub(crate) kind: Kind,
    /// Its address.
    pub(crate) uri: Option<Said>,
    /// How the backend is called.
    pub(crate) method: Option<Said>,
    pub(crate) requests: Vec<Template>,
    /// What is mapped into the backend's request: its name, and from what.
    pub(crate) request_parameters: Vec<(Said, Said)>,
    /// The responses; nothing where they may stand elsewhere.
    pub(crate) responses: Option<Vec<Response>>,
}

/// What a backend is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A function behind a custom integration: messages select responses.
    Lambda,
    /// A function that writes the response itself.
    Proxy,
    Mock,
    Http,
    HttpProxy,
    /// Another service of AWS's: statuses select responses.
    Service,
    Unknown,
}

/// An integration response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) at: Place,
    /// What selects it; nothing for the default.
    pub(crate) pattern: Option<Said>,
    pub(crate) status: Option<Said>,
    /// Header by name, and what it is.
    pub(crate) parameters: Vec<(Said, Said)>,
    pub(crate) templates: Vec<Template>,
    /// Members that the format does not have.
    pub(crate) unknown: Vec<Said>,
}

impl Response {
    /// What selects it, as people name it.
    pub(crate) fn shown(&self) -> String {
        let status =
            self.status.as_ref().and_then(Said::number).map_or_else(|| "a".to_owned(), |status| format!("`{status}`"));
        match self.pattern.as_ref() {
            None => format!("the default response {status}"),
            Some(pattern) => format!("{status} with the pattern `{}`", pattern.partly().unwrap_or("…")),
        }
    }
}

/// A mapping template.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) media: String,
    pub(crate) text: Said,
}

/// A response that a method declares.
#[derive(Debug)]
pub(crate) struct MethodResponse {
    pub(crate) at: Place,
    pub(crate) status: Said,
    /// The headers that it declares.
    pub(crate) headers: Vec<Said>,
}

/// What API Gateway answers itself.
#[derive(Debug)]
pub(crate) struct GatewayResponse {
    pub(crate) at: Place,
    pub(crate) kind: Said,
    pub(crate) status: Option<Said>,
    /// Header by name, and what it is.
    pub(crate) parameters: Vec<(Said, Said)>,
    pub(crate) templates: Vec<Template>,
}

impl GatewayResponse {
    /// As people know it.
    pub(crate) fn name(&self) -> String {
        format!("the gateway response {}", self.kind.known().unwrap_or("…"))
    }
}
