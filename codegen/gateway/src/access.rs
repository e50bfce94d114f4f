//! Who may call a route: what the document asks for, and what a request brings.

use super::call::Call;
use super::document::Gateway;
use super::kind::ResponseType;
use super::response::{Response, Trace};
use super::route::Route;

/// What a route asks of its callers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) by: By,
    /// Whether a key has to come in `x-api-key`.
    pub(crate) api_key: bool,
}

/// Who decides on callers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum By {
    #[default]
    Nobody,
    /// A signature of AWS's.
    Iam,
    /// An authorizer.
    Authorizer,
}

impl Route {
    /// Whether a request may come through, by the caller whom it names and the key that it brings: the authorizer first, then
    /// the key. Nothing is verified here: whoever is named in [`Call::caller`] is let in.
    ///
    /// # Errors
    /// What API Gateway answers for itself.
    pub fn admit(&self, gateway: &Gateway, call: &Call) -> Result<(), Box<Response>> {
        let refuse = |kind, why: Option<&str>| {
            let trace = Trace { warnings: why.map(ToOwned::to_owned).into_iter().collect(), ..Trace::default() };
            Err(Box::new(gateway.answer(kind, call, Some(self), trace)))
        };
        let unknown = call.caller.is_none();
        match self.access.by {
            By::Iam if unknown => return refuse(ResponseType::MissingAuthenticationToken, Some(UNKNOWN)),
            By::Authorizer if unknown => return refuse(ResponseType::Unauthorized, Some(UNKNOWN)),
            _ => {}
        }
        let is_key = |key: &str| call.api_keys.iter().any(|known| known == key);
        if self.access.api_key && !call.header("x-api-key").is_some_and(is_key) {
            return refuse(ResponseType::InvalidApiKey, None);
        }
        Ok(())
    }

    /// Whether a caller has to be known, or to bring a key.
    pub fn is_guarded(&self) -> bool {
        self.access != Access::default()
    }
}

const UNKNOWN: &str = "the operation asks who calls, and nobody is named: credentials are not verified here";
