//! The backends that are not Lambda functions: what each is asked, and what the client gets for its answer.

use super::call::Call;
use super::context::{self, API_ID};
use super::document::Gateway;
use super::headers::Headers;
use super::integration::Kind;
use super::mapping::{self, Mapped};
use super::received;
use super::response::{Response, Trace};
use super::route::Route;
use super::uri;
use indexmap::IndexMap;

/// What stands behind a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// A Lambda function: [`Route::event`] is what it gets, [`Route::respond`] takes what it answers.
    Lambda,
    /// Nothing: [`Route::mock`] answers for what [`Route::event`] renders.
    Mock,
    /// An HTTP server: [`Route::ask`] is what it gets, [`Route::relay`] takes what it answers.
    Http,
    /// Another service of AWS's, asked and relayed like an HTTP server; its address is the integration's ARN. Which headers API
    /// Gateway adds to such a request, and how it signs it, is not known here.
    Service,
}

/// A request to a backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendRequest {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The whole address with its query string; for another service of AWS's the integration's ARN.
    pub uri: String,
    /// The headers, but for those that whoever sends the request makes: `Content-Length`, and `Host` where it is not mapped.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// What a backend answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackendResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers, in their order; a name may come twice.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Recorded on API Gateway: these do not reach an HTTP server even where a mapping asks for them.
const DROPPED: [&str; 5] = ["connection", "expect", "proxy-authenticate", "te", "via"];

/// Recorded on API Gateway: a proxy integration does not pass these on by itself.
const NOT_PASSED: [&str; 3] = ["content-encoding", "host", "via"];

/// The methods whose request has no `Content-Type` of its own: recorded of GET.
const WITHOUT_BODY: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

impl Route {
    /// What stands behind this method.
    pub fn backend(&self) -> Backend {
        match self.integration.kind {
            Kind::Lambda | Kind::Proxy => Backend::Lambda,
            Kind::Mock => Backend::Mock,
            Kind::Http | Kind::HttpProxy => Backend::Http,
            Kind::Service => Backend::Service,
        }
    }

    /// What a [`Backend::Http`] or a [`Backend::Service`] is asked. Like [`Route::event`] it keeps in `call.overrides`
    /// what the request template sets.
    ///
    /// # Errors
    /// The response that API Gateway gives by itself: 415 for a media type that may not pass, 500 for a template, a
    /// mapping or an address that does not work out, and for a route that has another backend.
    pub fn ask(&self, gateway: &Gateway, call: &mut Call) -> Result<BackendRequest, Box<Response>> {
        if !matches!(self.backend(), Backend::Http | Backend::Service) {
            let why = "this method has no HTTP server behind it, nor another service of AWS's";
            return Err(Box::new(self.fail(gateway, call, why.to_owned())));
        }
        call.overrides.warnings.extend(gateway.doubts(self, &call.path));
        let is_proxy = self.integration.kind.is_proxy();
        let body = if is_proxy { call.body.clone() } else { self.body(gateway, call)? };
        let mapped = self.mapped(gateway, call)?;
        let mut warnings = Vec::new();
        let uri = self
            .address(call, &mapped, is_proxy, &mut warnings)
            .map_err(|why| Box::new(self.fail(gateway, call, why)))?;
        let mut headers = Headers::default();
        if is_proxy {
            let passed = received::headers(call).filter(|(name, _)| !is_among(&NOT_PASSED, name));
            passed.for_each(|(name, value)| headers.set(name, value.as_str()));
        }
        for (name, value) in mapped.headers.iter().filter(|(name, _)| !is_among(&DROPPED, name)) {
            // A value that a caller made up is no header of its own.
            if value.contains(|c: char| c.is_control() && c != '\t') {
                warnings
                    .push(format!("the value of header `{name}` holds a control character; the header is not sent"));
            } else {
                headers.set(name, value.as_str());
            }
        }
        call.overrides.warnings.extend(warnings);
        self.add(&mut headers, call);
        let method = match self.integration.method.as_deref() {
            None | Some("ANY") => call.method.clone(),
            Some(method) => method.to_owned(),
        };
        Ok(BackendRequest { method, uri, headers: headers.into_vec(), body })
    }

    fn address(
        &self,
        call: &Call,
        mapped: &Mapped,
        is_proxy: bool,
        warnings: &mut Vec<String>,
    ) -> Result<String, String> {
        let Some(address) = &self.integration.uri else {
            return Err("the integration's `uri` is not known before the document is deployed".to_owned());
        };
        let mut address = uri::render(address, &mapped.path, &call.stage_variables, warnings)?;
        // Recorded: what the caller sent stands before what is mapped.
        let mut query: IndexMap<String, Vec<String>> = IndexMap::new();
        for (name, value) in call.queries().filter(|_| is_proxy) {
            query.entry(name).or_default().push(value);
        }
        for (name, values) in &mapped.query {
            query.entry(name.clone()).or_default().extend(values.iter().cloned());
        }
        let pairs = query.iter().flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), value.as_str())));
        uri::append(&mut address, pairs);
        Ok(address)
    }

    /// The headers that API Gateway adds to a request.
    fn add(&self, headers: &mut Headers, call: &Call) {
        headers.set_missing("Accept", "application/json");
        headers.set_missing("User-Agent", &format!("AmazonAPIGateway_{API_ID}"));
        if let Some(media) = call.header("content-type").filter(|_| !is_among(&WITHOUT_BODY, &call.method)) {
            headers.set_missing("Content-Type", media);
        }
        let added = received::added(call);
        for (name, value) in &added {
            if *name == "X-Amzn-Trace-Id" || self.integration.kind.is_proxy() {
                headers.set(name, value.as_str());
            }
        }
        if self.backend() == Backend::Http {
            headers.set("X-Amzn-Apigateway-Api-Id", API_ID);
        }
    }

    /// What `requestParameters` come to.
    pub(crate) fn mapped(&self, gateway: &Gateway, call: &Call) -> Result<Mapped, Box<Response>> {
        let context = context::context(call, Some(&self.path));
        let kind = self.integration.kind;
        mapping::evaluate(kind, &self.integration.parameters, call, &context)
            .and_then(|mapped| mapped.overridden(kind, &call.overrides.request))
            .map_err(|why| Box::new(self.fail(gateway, call, why)))
    }

    /// What the client gets for a backend's answer.
    pub fn relay(&self, gateway: &Gateway, call: &Call, answer: &BackendResponse) -> Response {
        match self.backend() {
            Backend::Http if self.integration.kind.is_proxy() => pass_back(call, answer),
            Backend::Http | Backend::Service => self.map_back(gateway, call, answer),
            Backend::Lambda | Backend::Mock => {
                let why = "this method has no HTTP server behind it, nor another service of AWS's";
                self.fail(gateway, call, why.to_owned())
            }
        }
    }
}

/// The answer of an HTTP server whose integration is a proxy: as it is, but for the headers that API Gateway has itself.
fn pass_back(call: &Call, answer: &BackendResponse) -> Response {
    let mut trace = Trace { warnings: call.overrides.warnings.clone(), ..Trace::default() };
    let mut headers = Headers::default();
    let mut joined: IndexMap<String, (&str, String)> = IndexMap::new();
    for (name, value) in &answer.headers {
        joined
            .entry(name.to_ascii_lowercase())
            .and_modify(|(_, known)| *known = format!("{known}, {value}"))
            .or_insert((name, value.clone()));
    }
    for (lower, (name, value)) in &joined {
        let warning =
            if lower == "x-amzn-requestid" { Some(headers.rename(name, value)) } else { headers.map(name, value) };
        trace.warnings.extend(warning);
    }
    context::identify(&mut headers, call);
    let status = if (200..=599).contains(&answer.status) {
        answer.status
    } else {
        trace
            .warnings
            .push(format!("the backend answered with the status {}, which is none to pass on", answer.status));
        500
    };
    Response { status, headers: headers.into_vec(), body: answer.body.clone(), trace }
}

fn is_among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
