//! What either evaluator answers, in one form.

use super::cases::{Case, What};
use super::contracts::World;
use super::jvm::Fields;
use serde_json::{Map, json};
use std::fmt::{self, Display};
use std::io;
use throwback_gateway::{Call, Caller, Response};

/// The answer to one case.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// To a payload.
    Response(Selected, Outcome),
    /// To a request.
    Event(Result<String, String>),
}

/// The patterns that took a message, under each way of matching.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Selected {
    pub(super) matches: Vec<String>,
    pub(super) looking_at: Vec<String>,
    pub(super) find: Vec<String>,
}

/// What the client gets.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// A response of the mapping.
    Made {
        status: u32,
        /// By name, in lower case.
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    /// The template could not be evaluated, or nothing was selected; with what is known of why.
    Failed(String),
}

impl Answer {
    /// Reads what the other evaluator said to a case.
    pub(super) fn read(case: &Case, frame: &[u8]) -> io::Result<Self> {
        let mut fields = Fields(frame);
        if let What::Request(_) = case.what {
            let done = fields.flag()?;
            let text = fields.text()?;
            return Ok(Self::Event(if done { Ok(text) } else { Err(text) }));
        }
        let selected = Selected { matches: fields.texts()?, looking_at: fields.texts()?, find: fields.texts()? };
        if !fields.flag()? {
            return Ok(Self::Response(selected, Outcome::Failed(fields.text()?)));
        }
        let status = fields.number()?;
        let count = fields.number()?;
        let headers = (0..count).map(|_| Ok((fields.text()?, fields.text()?))).collect::<io::Result<_>>()?;
        Ok(Self::Response(selected, Outcome::Made { status, headers, body: fields.bytes()? }))
    }

    /// What our own evaluator says to a case. It has one way of matching, so the others are left empty.
    pub(super) fn own(world: &World, case: &Case, request_id: &str) -> io::Result<Self> {
        let route = world.route(&case.operation)?;
        let mut call = Call::new(&route.method, "/");
        request_id.clone_into(&mut call.request_id);
        let Some((payload, failed)) = case.payload() else {
            if let What::Request(request) = &case.what {
                "request".clone_into(&mut call.request_id);
                call.path_parameters.extend(request.path.iter().cloned());
                call.query.extend(request.query.iter().cloned());
                call.headers.extend(request.headers.iter().cloned());
                if !request.claims.is_empty() {
                    let claims: Map<_, _> =
                        request.claims.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
                    let caller = json!({ "authorizer": { "claims": claims, "principalId": "p" } });
                    call.caller = Some(Caller::read(&caller.to_string()).map_err(io::Error::other)?);
                }
                call.body.clone_from(&request.body);
            }
            let event = route.event(&world.gateway, &mut call);
            return Ok(Self::Event(event.map_err(|response| why(&response))));
        };
        let response = route.respond(&world.gateway, &call, payload.as_bytes(), failed);
        let matches = response.trace.matched.iter().filter_map(|selected| selected.pattern.clone()).collect();
        let selected = Selected { matches, looking_at: Vec::new(), find: Vec::new() };
        if response.trace.gateway.is_some() {
            return Ok(Self::Response(selected, Outcome::Failed(why(&response))));
        }
        let mut headers: Vec<_> = response
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            // API Gateway's own, which come from no configuration.
            .filter(|(name, _)| !matches!(name.as_str(), "x-amzn-requestid" | "x-amz-apigw-id" | "x-amzn-trace-id"))
            .collect();
        headers.sort();
        let made = Outcome::Made { status: response.status.into(), headers, body: response.body };
        Ok(Self::Response(selected, made))
    }

    /// Whether two evaluators say the same; why one fails, each says in its own words.
    pub(super) fn agrees(&self, own: &Self) -> bool {
        match (self, own) {
            (Self::Event(Err(_)), Self::Event(Err(_))) => true,
            (Self::Response(one, Outcome::Failed(_)), Self::Response(other, Outcome::Failed(_))) => {
                one.matches == other.matches
            }
            (Self::Response(one, made), Self::Response(other, own)) => one.matches == other.matches && made.is(own),
            (one, other) => one == other,
        }
    }
}

impl Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(Ok(event)) => f.write_str(event),
            Self::Event(Err(why)) | Self::Response(_, Outcome::Failed(why)) => write!(f, "a failure: {why}"),
            Self::Response(selected, Outcome::Made { status, headers, body }) => {
                let body = String::from_utf8_lossy(body);
                write!(f, "status {status}, headers {headers:?}, body `{body}`, by {:?}", selected.matches)
            }
        }
    }
}

impl Outcome {
    fn is(&self, own: &Self) -> bool {
        match (self, own) {
            (
                Self::Made { status, headers, body },
                Self::Made { status: own_status, headers: own_headers, body: own_body },
            ) => {
                let pairs = headers.iter().zip(own_headers);
                status == own_status
                    && body == own_body
                    && headers.len() == own_headers.len()
                    && pairs.into_iter().all(|(one, other)| one.0 == other.0 && is_value(&one.1, &other.1))
            }
            (one, other) => one == other,
        }
    }
}

/// Whether two header values are one; Java before 19 writes some doubles with more digits than they need.
fn is_value(one: &str, other: &str) -> bool {
    let float = |text: &str| text.parse::<f64>().ok().filter(|_| text.contains('.')).map(f64::to_bits);
    one == other || float(one).is_some_and(|bits| float(other) == Some(bits))
}

fn why(response: &Response) -> String {
    response.trace.warnings.join("; ")
}
