//! Who may call, in OpenAPI's own words. What it has no words for is left out: parts of the request that an authorizer
//! looks at and that no caller sends.

use crate::options::AuthorizerKind;
use crate::rest::{self, Access, By, Dialect, Gatekeeper};
use indexmap::IndexMap;
use serde::Serialize;

/// The names under which IAM and API keys are known; no authorizer can have them.
const SIGV4: &str = "sigv4";
const API_KEY: &str = "api_key";

/// What a caller shows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Scheme<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    place: Option<&'static str>,
    /// How `Authorization` holds it, where it is `http`.
    #[serde(rename = "scheme", skip_serializing_if = "Option::is_none")]
    way: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bearer_format: Option<&'static str>,
}

/// All of an operation's schemes at once, each with the scopes of which a token needs one.
pub(super) type Requirement<'a> = IndexMap<String, &'a [String]>;

fn key<'a>(place: &'static str, name: &'a str) -> Scheme<'a> {
    Scheme { kind: "apiKey", description: None, name: Some(name), place: Some(place), way: None, bearer_format: None }
}

/// The schemes of an authorizer, by their names.
fn of<'a>(gatekeeper: &'a Gatekeeper<'_>) -> Vec<(String, Scheme<'a>)> {
    let header = gatekeeper.def.header();
    let name = gatekeeper.name.to_owned();
    match gatekeeper.kind {
        AuthorizerKind::UserPools | AuthorizerKind::Jwt if header.eq_ignore_ascii_case("Authorization") => {
            let bearer = Scheme {
                kind: "http",
                name: None,
                place: None,
                way: Some("bearer"),
                bearer_format: Some("JWT"),
                ..key("header", header)
            };
            vec![(name, bearer)]
        }
        AuthorizerKind::UserPools | AuthorizerKind::Jwt | AuthorizerKind::Token => vec![(name, key("header", header))],
        AuthorizerKind::Request => {
            let sources = gatekeeper.def.identity.iter().filter_map(|source| match source.split_once('.')? {
                ("header", name) => Some(key("header", name)),
                ("query", name) => Some(key("query", name)),
                _ => None,
            });
            let sources: Vec<_> = sources.collect();
            let is_alone = sources.len() == 1;
            let named = |scheme: Scheme<'a>| {
                let of = scheme.name.unwrap_or_default();
                (if is_alone { name.clone() } else { format!("{name}.{of}") }, scheme)
            };
            sources.into_iter().map(named).collect()
        }
    }
}

/// What the operations ask for.
pub(super) fn schemes<'a>(api: &'a rest::Api<'_>) -> IndexMap<String, Scheme<'a>> {
    let asks = |what: fn(&Access<'_>) -> bool| api.operations().any(|(_, method)| what(&method.access));
    let mut schemes = IndexMap::new();
    if asks(|access| access.by == By::Iam) {
        let signed = Scheme { description: Some("AWS Signature Version 4"), ..key("header", "Authorization") };
        schemes.insert(SIGV4.to_owned(), signed);
    }
    if asks(|access| access.api_key) {
        schemes.insert(API_KEY.to_owned(), key("header", "x-api-key"));
    }
    schemes.extend(api.gatekeepers.iter().flat_map(of));
    schemes
}

/// What one operation asks for; nothing where anybody may call.
pub(super) fn requirement<'a>(
    api: &'a rest::Api<'_>,
    access: &Access<'a>,
    dialect: Dialect,
) -> Option<Requirement<'a>> {
    // OpenAPI 3.0 knows scopes of OAuth alone.
    let scopes = if dialect == Dialect::Plain31 { access.scopes } else { &[] };
    let mut asked: Requirement<'a> = match access.by {
        By::Unsaid | By::Anybody => IndexMap::new(),
        By::Iam => [(SIGV4.to_owned(), &[][..])].into(),
        By::Authorizer(name, _) => {
            let gatekeeper = api.gatekeepers.iter().filter(|gatekeeper| gatekeeper.name == name);
            gatekeeper.flat_map(of).map(|(name, _)| (name, scopes)).collect()
        }
    };
    if access.api_key {
        asked.insert(API_KEY.to_owned(), &[]);
    }
    (!asked.is_empty()).then_some(asked)
}
