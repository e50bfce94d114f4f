//! `requestParameters`: what of a request goes into the headers, the query string and the path of the backend's request.

use super::call::Call;
use super::integration::Kind;
use super::json::Json;
use super::parameters::{Asked, Source};
use super::vtl::Parameters;
use indexmap::IndexMap;

/// One entry of `requestParameters`.
#[derive(Debug)]
pub(crate) struct Mapping {
    pub(crate) to: Target,
    pub(crate) name: String,
    pub(crate) from: Source,
}

/// Where a parameter of the backend's request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Header,
    Query,
    Path,
}

/// What the parameters came to, each in the document's order. What has no value is not there.
#[derive(Debug, Default)]
pub(crate) struct Mapped {
    pub(crate) headers: IndexMap<String, String>,
    pub(crate) query: IndexMap<String, Vec<String>>,
    pub(crate) path: IndexMap<String, String>,
}

/// Recorded on API Gateway: mapping one of these fails the request, whatever stands behind the method.
const REFUSED: [&str; 2] = ["content-length", "transfer-encoding"];

/// Recorded on API Gateway: the same, where a service of AWS's stands behind it.
const REFUSED_BY_AWS: [&str; 5] = ["authorization", "connection", "expect", "proxy-authenticate", "te"];

/// Whether API Gateway fails on a header that is mapped into a request.
pub(crate) fn is_refused(kind: Kind, header: &str) -> bool {
    let is = |name: &&str| name.eq_ignore_ascii_case(header);
    kind != Kind::Mock && (REFUSED.iter().any(is) || kind.is_aws() && REFUSED_BY_AWS.iter().any(is))
}

impl Mapped {
    /// With what the request template has set in `$context.requestOverride`, which goes before.
    ///
    /// # Errors
    /// The header on which API Gateway fails.
    pub(crate) fn overridden(mut self, kind: Kind, by: &Parameters) -> Result<Self, String> {
        for (name, value) in &by.headers {
            if is_refused(kind, name) {
                return Err(refusal(name));
            }
            self.headers.retain(|known, _| !known.eq_ignore_ascii_case(name));
            self.headers.insert(name.clone(), value.clone());
        }
        self.query.extend(by.query.iter().map(|(name, value)| (name.clone(), vec![value.clone()])));
        self.path.extend(by.path.iter().map(|(name, value)| (name.clone(), value.clone())));
        Ok(self)
    }
}

fn refusal(header: &str) -> String {
    format!("API Gateway refuses to map header `{header}` into this request")
}

/// Evaluates the parameters.
///
/// # Errors
/// The header on which API Gateway fails.
pub(crate) fn evaluate(kind: Kind, mappings: &[Mapping], call: &Call, context: &Json) -> Result<Mapped, String> {
    let mut mapped = Mapped::default();
    let asked = Asked::new(call);
    for Mapping { to, name, from } in mappings {
        let values = from.values(call, context, &asked);
        let Some(last) = values.last().filter(|last| !last.is_empty()) else { continue };
        match to {
            Target::Header if is_refused(kind, name) => {
                return Err(refusal(name));
            }
            Target::Header => drop(mapped.headers.insert(name.clone(), values.join(","))),
            Target::Path => drop(mapped.path.insert(name.clone(), last.clone())),
            Target::Query => drop(mapped.query.insert(name.clone(), values)),
        }
    }
    Ok(mapped)
}
