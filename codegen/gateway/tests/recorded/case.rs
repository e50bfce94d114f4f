//! A case, as its file has it.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;
use throwback_gateway::Call;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    /// What the cases of this file are about.
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    pub(crate) documents: IndexMap<String, Value>,
    /// Headers that several requests have.
    #[serde(default)]
    pub(crate) headers: IndexMap<String, IndexMap<String, String>>,
    pub(crate) cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// The test that recorded it and the key of the recording; or what that test asserts.
    pub(crate) recording: String,
    /// A document, or the name of one of this file, or a text that is none.
    #[serde(default)]
    pub(crate) document: Value,
    /// What stands before the function, where it is no REST API.
    #[serde(default)]
    pub(crate) front: Option<String>,
    /// What of the warnings on the document is recorded; empty where there is none.
    #[serde(default)]
    pub(crate) taken: Option<Vec<String>>,
    /// What of the refusal is recorded.
    #[serde(default)]
    pub(crate) refused: Option<String>,
    #[serde(default)]
    pub(crate) request: Option<Asked>,
    /// What the function or the mock integration gets, after its templates.
    #[serde(default)]
    pub(crate) event: Option<Value>,
    /// What another backend gets.
    #[serde(default)]
    pub(crate) sent: Option<Sent>,
    #[serde(default)]
    pub(crate) reply: Option<Reply>,
    #[serde(default)]
    pub(crate) answer: Option<Answered>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) target: String,
    /// These, or the name of some of this file.
    #[serde(default)]
    pub(crate) headers: Headers,
    #[serde(default)]
    pub(crate) body: String,
    #[serde(default)]
    pub(crate) stage: Option<String>,
    #[serde(default, rename = "stageVariables")]
    pub(crate) stage_variables: IndexMap<String, String>,
    #[serde(default, rename = "apiKeys")]
    pub(crate) api_keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Headers {
    Named(String),
    Own(IndexMap<String, String>),
}

impl Default for Headers {
    fn default() -> Self {
        Self::Own(IndexMap::new())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sent {
    #[serde(default)]
    pub(crate) method: Option<String>,
    #[serde(default)]
    pub(crate) uri: Option<String>,
    /// All of them.
    #[serde(default)]
    pub(crate) headers: Option<IndexMap<String, String>>,
    #[serde(default)]
    pub(crate) body: Option<String>,
    /// The body as JSON.
    #[serde(default)]
    pub(crate) json: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reply {
    /// What a function returned.
    #[serde(default)]
    pub(crate) payload: Value,
    /// Whether it failed.
    #[serde(default)]
    pub(crate) failed: bool,
    /// What another backend answered.
    #[serde(default)]
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) headers: Vec<(String, String)>,
    #[serde(default)]
    pub(crate) body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answered {
    #[serde(default)]
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) headers: IndexMap<String, String>,
    /// Names of headers that were not there.
    #[serde(default)]
    pub(crate) without: Vec<String>,
    #[serde(default)]
    pub(crate) body: Option<String>,
    /// The body as JSON.
    #[serde(default)]
    pub(crate) json: Option<Value>,
    /// The body in base64.
    #[serde(default)]
    pub(crate) base64: Option<String>,
}

impl Asked {
    pub(crate) fn call(&self, group: &Group) -> Call {
        let mut call = Call::new(&self.method, &self.target);
        call.headers = match &self.headers {
            Headers::Named(name) => group.headers[name].clone(),
            Headers::Own(headers) => headers.clone(),
        };
        call.body.clone_from(&self.body);
        call.stage_variables.clone_from(&self.stage_variables);
        call.api_keys.clone_from(&self.api_keys);
        "0f4c8f3a-6f6b-4a77-9d4b-0d3a3c1f7b21".clone_into(&mut call.request_id);
        call.epoch_millis = 1_722_640_000_000;
        if let Some(stage) = &self.stage {
            call.stage.clone_from(stage);
        }
        call
    }
}
