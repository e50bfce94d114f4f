//! Who may call a method.

use crate::options::{Address, Authorization, Authorizer, AuthorizerKind, Function, Who};

/// Who may call one method.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Access<'a> {
    pub(crate) by: By<'a>,
    /// The scopes of which a token needs one.
    pub(crate) scopes: &'a [String],
    /// Whether it wants an API key.
    pub(crate) api_key: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By<'a> {
    /// Nobody has said it.
    Unsaid,
    Anybody,
    Iam,
    /// By its name.
    Authorizer(&'a str, AuthorizerKind),
}

/// An authorizer, with the address of its function.
#[derive(Debug)]
pub(crate) struct Gatekeeper<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: AuthorizerKind,
    pub(crate) def: &'a Authorizer,
    pub(crate) address: Option<Address>,
}

impl Access<'_> {
    /// A browser asks without credentials.
    pub(super) const PREFLIGHT: Self = Self { by: By::Anybody, scopes: &[], api_key: false };

    /// The statuses under which a caller is refused before the function is asked. An authorizer answers 401 to whom it does not
    /// know and 403 to whom it does not let through; a signature that is missing or wrong is 403 at once, and so is a key,
    /// which may also be used up.
    pub(crate) fn refusals(&self) -> impl Iterator<Item = u16> {
        let by: &[u16] = match self.by {
            By::Unsaid | By::Anybody => &[],
            By::Iam => &[403],
            By::Authorizer(..) => &[401, 403],
        };
        let key: &[u16] = if self.api_key { &[403, 429] } else { &[] };
        by.iter().chain(key).copied()
    }
}

/// Who may call an operation.
pub(super) fn of<'a>(authorization: Option<&'a Authorization>, operation: &str) -> Access<'a> {
    let Some(authorization) = authorization else { return Access { by: By::Unsaid, scopes: &[], api_key: false } };
    let (by, scopes, api_key) = authorization.of(operation);
    let by = match by {
        None => By::Unsaid,
        Some(Who::Anybody) => By::Anybody,
        Some(Who::Iam) => By::Iam,
        // The options are checked first.
        Some(Who::Authorizer(name)) => {
            By::Authorizer(name, authorization.authorizers.get(name).map_or(AuthorizerKind::Token, Authorizer::kind))
        }
    };
    Access { by, scopes, api_key }
}

/// The authorizers, by their names.
pub(super) fn gatekeepers(authorization: Option<&Authorization>) -> Vec<Gatekeeper<'_>> {
    let all = authorization.into_iter().flat_map(|authorization| &authorization.authorizers);
    all.map(|(name, def)| Gatekeeper {
        name,
        kind: def.kind(),
        def,
        address: def.function.as_ref().map(Function::address),
    })
    .collect()
}

/// The headers in which authorizers look for callers.
pub(super) fn headers(authorization: Option<&Authorization>) -> Vec<String> {
    let all = authorization.into_iter().flat_map(|authorization| authorization.authorizers.values());
    let sources = all.map(Authorizer::identity_source).collect::<Vec<_>>();
    let sources = sources.iter().flat_map(|sources| sources.split(", "));
    sources.filter_map(|source| source.strip_prefix("method.request.header.")).map(ToOwned::to_owned).collect()
}
