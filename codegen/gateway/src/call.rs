//! A request, as API Gateway takes it apart.

use super::json::Json;
use super::vtl::Overrides;
use indexmap::IndexMap;
use percent_encoding::percent_decode_str;

/// The values of a route's `{…}` segments, percent-decoded.
pub type PathParameters = IndexMap<String, String>;

/// One request to the API.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path as it was sent, without the query string.
    pub path: String,
    /// What [`Gateway::find`](super::Gateway::find) returned.
    pub path_parameters: PathParameters,
    /// The query as it was sent, without its `?`.
    pub query_string: String,
    /// The query parameters; of one that is given twice, the last value.
    pub query: IndexMap<String, String>,
    /// The headers; of one that is given twice, the last value. Names are looked up without regard to case.
    pub headers: IndexMap<String, String>,
    /// The body, as text.
    pub body: String,
    /// `$context.requestId`.
    pub request_id: String,
    /// `$context.stage`.
    pub stage: String,
    /// `$context.identity.sourceIp`.
    pub source_ip: String,
    /// `$context.requestTimeEpoch`: milliseconds since 1970.
    pub epoch_millis: u64,
    /// Who calls, where an operation asks.
    pub caller: Option<Caller>,
    /// The API keys that are known.
    pub api_keys: Vec<String>,
    /// `$stageVariables`.
    pub stage_variables: IndexMap<String, String>,
    /// What the request template has set in `$context.responseOverride`; [`Route::event`](super::Route::event) fills
    /// it in, and it holds for the response as well.
    pub overrides: Overrides,
}

/// Who calls, by the names that `$context` has for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caller {
    /// `$context.identity`, beside the address and the user agent: `userArn`, `accountId`, `caller` …
    identity: IndexMap<String, Json>,
    /// `$context.authorizer`: `principalId`, `claims` …
    authorizer: Option<Json>,
}

impl Caller {
    /// Reads a caller: `{"identity": {"userArn": "…"}, "authorizer": {"claims": {"sub": "…"}}}`, either part of it.
    ///
    /// # Errors
    /// What it is instead.
    pub fn read(json: &str) -> Result<Self, String> {
        let whole = Json::read(json).map_err(|error| format!("not JSON: {error}"))?;
        let Json::Map(whole) = whole else { return Err(format!("{}, but an object is needed", whole.kind())) };
        let mut caller = Self::default();
        for (name, value) in whole {
            match (&*name, value) {
                ("identity", Json::Map(identity)) => caller.identity = identity,
                ("authorizer", value @ Json::Map(_)) => caller.authorizer = Some(value),
                ("identity" | "authorizer", other) => {
                    return Err(format!("`{name}` is {}, but an object is needed", other.kind()));
                }
                _ => return Err(format!("`{name}` is none of `identity` and `authorizer`")),
            }
        }
        Ok(caller)
    }

    pub(crate) fn identity(&self) -> impl Iterator<Item = (&String, &Json)> {
        self.identity.iter()
    }

    pub(crate) fn authorizer(&self) -> Option<&Json> {
        self.authorizer.as_ref()
    }
}

impl Call {
    /// A request without headers and body, from its method and its target: path and query string.
    pub fn new(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            path_parameters: PathParameters::new(),
            query_string: query.to_owned(),
            query: pairs(query).collect(),
            headers: IndexMap::new(),
            body: String::new(),
            request_id: "00000000-0000-4000-8000-000000000000".to_owned(),
            stage: "local".to_owned(),
            source_ip: "127.0.0.1".to_owned(),
            epoch_millis: 0,
            caller: None,
            api_keys: Vec::new(),
            stage_variables: IndexMap::new(),
            overrides: Overrides::default(),
        }
    }

    /// Every parameter of the query, in its order.
    pub fn queries(&self) -> impl Iterator<Item = (String, String)> {
        pairs(&self.query_string)
    }

    /// A header's value, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_query_value_wins() {
        let call = Call::new("GET", "/a%20b?x=1&y=a+b%C3%A9&x=2&z");
        assert_eq!(call.path, "/a%20b");
        let query: Vec<_> = call.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(query, [("x", "2"), ("y", "a bé"), ("z", "")]);
    }
}
