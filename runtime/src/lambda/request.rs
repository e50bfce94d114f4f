//! [`Request`]: what came beside an operation's input.

use lambda_runtime::Context;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// What came beside an operation's input: headers, who calls, from where. An argument of a handler that asks for it; on a
/// custom integration the generated request template then writes it into the event.
///
/// ```
/// use throwback::{InternalError, Payload, Request};
///
/// async fn whoami(_: Payload<()>, request: Request) -> Result<String, InternalError> {
///     Ok(request.caller().claim("sub").unwrap_or("nobody").to_owned())
/// }
/// ```
///
/// A direct invocation has none of it, unless the event says so. For a test it is made by hand:
///
/// ```
/// # use throwback::Request;
/// let request = Request::default().with_header("X-Tenant", "teas").with_claim("sub", "ann");
/// assert_eq!(request.header("x-tenant"), Some("teas"));
/// ```
///
/// `Debug` shows which headers and claims there are, and not what they say.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Request {
    headers: Texts,
    id: String,
    stage: String,
    caller: Caller,
    #[serde(skip)]
    trace_id: Option<String>,
}

/// Who calls, as far as whoever stands before the function knows it.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Caller {
    identity: Texts,
    claims: Texts,
    authorizer: Texts,
}

/// Names and their texts. What is no text is kept as JSON.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Texts(BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::<String, Value>::deserialize(deserializer).map(Self::of_all)
    }
}

impl FromIterator<(String, String)> for Texts {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Texts {
    /// Those of JSON's values; nothing of a `null`.
    pub(super) fn of_all(values: impl IntoIterator<Item = (String, Value)>) -> Self {
        let text = |value| match value {
            Value::Null => None,
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        };
        values.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect()
    }

    /// Those of an object.
    pub(super) fn of(value: Value) -> Self {
        if let Value::Object(members) = value { Self::of_all(members) } else { Self::default() }
    }

    /// The same without one.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// One, whatever the case of its name.
    pub(super) fn of_header(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// What is there; API Gateway writes an empty text for what it does not know.
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

impl Request {
    /// A request as a front has it.
    pub(super) fn new(headers: Texts, id: String, stage: String, caller: Caller) -> Self {
        Self { headers, id, stage, caller, trace_id: None }
    }

    /// What an event says of it, and the invocation's own trace.
    pub(super) fn of(written: Option<&str>, context: &Context) -> Self {
        let read: Option<Self> = written.and_then(|text| serde_json::from_str(text).ok());
        read.unwrap_or_default().traced(context)
    }

    /// The same with the invocation's own trace.
    pub(super) fn traced(mut self, context: &Context) -> Self {
        self.trace_id.clone_from(&context.xray_trace_id);
        self
    }

    /// A header's value, whatever the case of its name (RFC 9110 section 5.1).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.of_header(name)
    }

    /// Every header; of one that came twice, the last value.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter()
    }

    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The address that the request came from.
    pub fn source_ip(&self) -> Option<&str> {
        self.caller.identity("sourceIp")
    }

    /// The caller's user agent.
    pub fn user_agent(&self) -> Option<&str> {
        self.caller.identity("userAgent")
    }

    /// The stage of the API.
    pub fn stage(&self) -> Option<&str> {
        Some(self.stage.as_str()).filter(|stage| !stage.is_empty())
    }

    /// API Gateway's own id of the request, which its access log has.
    pub fn id(&self) -> Option<&str> {
        Some(self.id.as_str()).filter(|id| !id.is_empty())
    }

    /// The invocation's X-Ray trace.
    pub fn trace_id(&self) -> Option<&str> {
        self.trace_id.as_deref()
    }

    /// The same with a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.0.insert(name.into(), value.into());
        self
    }

    /// The same with a claim of its caller's.
    #[must_use]
    pub fn with_claim(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.caller.claims.0.insert(name.into(), value.into());
        self
    }

    /// The same with something of its caller's identity, by the name that [`Caller::identity`] has for it.
    #[must_use]
    pub fn with_identity(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.caller.identity.0.insert(name.into(), value.into());
        self
    }

    /// The same with something that an authorizer has said.
    #[must_use]
    pub fn with_authorizer(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.caller.authorizer.0.insert(name.into(), value.into());
        self
    }
}

impl Caller {
    pub(super) fn new(identity: Texts, claims: Texts, authorizer: Texts) -> Self {
        Self { identity, claims, authorizer }
    }

    /// A claim of the caller's token, of a Cognito user pool or of a JWT authorizer.
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name)
    }

    /// Every claim.
    pub fn claims(&self) -> impl Iterator<Item = (&str, &str)> {
        self.claims.iter()
    }

    /// What a Lambda authorizer has said, by its name there; `principalId` is whom it let in.
    pub fn authorizer(&self, name: &str) -> Option<&str> {
        self.authorizer.get(name)
    }

    /// The ARN of the IAM user or role that signed.
    pub fn user_arn(&self) -> Option<&str> {
        self.identity("userArn")
    }

    /// The AWS account that signed.
    pub fn account_id(&self) -> Option<&str> {
        self.identity("accountId")
    }

    /// The id of the API key that came, not the key.
    pub fn api_key_id(&self) -> Option<&str> {
        self.identity("apiKeyId")
    }

    /// Something of the identity by API Gateway's name for it: `cognitoIdentityId`, `user`, `principalOrgId` … (API Gateway
    /// developer guide, "Variables for data models, authorizers, mapping templates", `$context.identity`).
    pub fn identity(&self, name: &str) -> Option<&str> {
        self.identity.get(name)
    }
}

/// Which headers there are, not what they say.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers().map(|(name, _)| name).collect();
        f.debug_struct("Request")
            .field("id", &self.id)
            .field("stage", &self.stage)
            .field("headers", &names)
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}

/// Who it is, by what is no secret; of claims and of what an authorizer said, the names.
impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |texts: &Texts| texts.0.keys().cloned().collect::<Vec<_>>();
        f.debug_struct("Caller")
            .field("user_arn", &self.user_arn())
            .field("account_id", &self.account_id())
            .field("claims", &names(&self.claims))
            .field("authorizer", &names(&self.authorizer))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_nothing_and_what_is_no_text_is_json() {
        let text = r#"{"headers":{"X-A":"1","x-list":[1,null]},"id":"r","stage":"","new":{},
            "caller":{"identity":{"userArn":"","sourceIp":"::1","accountId":null},"claims":{"sub":"ann","admin":true}}}"#;
        let request = Request::of(Some(text), &Context::default());
        assert_eq!((request.header("x-a"), request.header("X-List")), (Some("1"), Some("[1,null]")));
        assert_eq!((request.id(), request.stage(), request.source_ip()), (Some("r"), None, Some("::1")));
        let caller = request.caller();
        assert_eq!((caller.user_arn(), caller.account_id()), (None, None));
        assert_eq!((caller.claim("sub"), caller.claim("admin"), caller.claim("x")), (Some("ann"), Some("true"), None));
        for odd in [None, Some("[]"), Some(r#"{"headers":7}"#)] {
            assert_eq!(Request::of(odd, &Context::default()), Request::default(), "{odd:?}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let request = Request::default()
            .with_header("Authorization", "s3cret")
            .with_claim("email", "s3cret")
            .with_identity("apiKey", "s3cret")
            .with_authorizer("token", "s3cret");
        let shown = format!("{request:?} {request:#?}");
        assert!(shown.contains("Authorization") && shown.contains("email") && !shown.contains("s3cret"), "{shown}");
    }
}
