//! Who may call: for the whole API, and for operations that differ.

use super::function::Function;
use crate::contract::Front;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Who may call an API, as `authorization` in the configuration file says it: a word for all operations, or a table.
///
/// What is unset stays open to whoever finds the address once the document is imported, so that nothing is taken for
/// granted: a run says it, until `authorization = "none"` does.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Authorization {
    /// Who may call the operations that say nothing of their own; nothing where nobody has said it.
    pub default: Option<Who>,
    /// Whether they want an API key.
    pub api_key: bool,
    /// The operations that differ, by their names.
    pub operations: BTreeMap<String, Rule>,
    /// The authorizers, by their names.
    pub authorizers: BTreeMap<String, Authorizer>,
    /// The file that holds the resource policy, from the package's folder.
    pub policy: Option<PathBuf>,
    /// What it holds.
    pub(crate) document: Option<serde_json::Value>,
}

/// Who may call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Who {
    /// Anybody: `"none"`.
    Anybody,
    /// Whoever signs with AWS's credentials: `"iam"`.
    Iam,
    /// Whom an authorizer lets in, by its name.
    Authorizer(String),
}

impl From<&str> for Who {
    fn from(text: &str) -> Self {
        match text {
            "none" => Self::Anybody,
            "iam" => Self::Iam,
            name => Self::Authorizer(name.to_owned()),
        }
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::from(text.as_str()))
    }
}

/// What an operation says of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Rule {
    /// Who may call it.
    pub by: Option<Who>,
    /// The scopes of which a token needs one; for Cognito user pools.
    pub scopes: Vec<String>,
    /// Whether it wants an API key.
    pub api_key: Option<bool>,
}

/// An authorizer: a Cognito user pool where `user-pools` is given, else a Lambda function.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Authorizer {
    /// The ARNs of Cognito user pools.
    pub user_pools: Vec<String>,
    /// Who issues the tokens, for a JWT authorizer of an HTTP API: the address under which its keys are found, a Cognito user
    /// pool's `https://cognito-idp.REGION.amazonaws.com/POOL` among them.
    pub issuer: Option<String>,
    /// For whom the tokens of a JWT authorizer are: the ids of clients, of which a token names one.
    pub audience: Vec<String>,
    /// The Lambda function that decides.
    pub function: Option<Function>,
    /// The header with the token [default: `Authorization`].
    pub header: Option<String>,
    /// What of the request the function gets, as in `header.X-Tenant` or `query.token`; without it, it gets the token.
    pub identity: Vec<String>,
    /// A regular expression that the token has to match before the function is asked.
    pub pattern: Option<String>,
    /// How long an answer is kept, in seconds, up to 3600 [default: API Gateway's 300].
    pub ttl: Option<u32>,
    /// The ARN of the role with which API Gateway calls the function.
    pub role: Option<String>,
}

/// What kind of authorizer API Gateway takes it for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum AuthorizerKind {
    #[serde(rename = "COGNITO_USER_POOLS")]
    UserPools,
    #[serde(rename = "TOKEN")]
    Token,
    #[serde(rename = "REQUEST")]
    Request,
    #[serde(rename = "JWT")]
    Jwt,
}

impl AuthorizerKind {
    /// The `type` of an authorizer of a REST API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::UserPools => "COGNITO_USER_POOLS",
            Self::Token => "TOKEN",
            Self::Request => "REQUEST",
            Self::Jwt => "JWT",
        }
    }
}

impl Authorizer {
    pub(crate) fn kind(&self) -> AuthorizerKind {
        if self.issuer.is_some() {
            return AuthorizerKind::Jwt;
        }
        match (self.user_pools.is_empty(), self.identity.is_empty()) {
            (false, _) => AuthorizerKind::UserPools,
            (true, true) => AuthorizerKind::Token,
            (true, false) => AuthorizerKind::Request,
        }
    }

    /// The header with the token.
    pub(crate) fn header(&self) -> &str {
        self.header.as_deref().unwrap_or("Authorization")
    }

    /// Where API Gateway finds who calls: mapping expressions, separated by commas.
    pub(crate) fn identity_source(&self) -> String {
        if self.kind() != AuthorizerKind::Request {
            return format!("method.request.header.{}", self.header());
        }
        let sources = self.identity.iter().map(|source| match source.split_once('.') {
            Some(("header", name)) => format!("method.request.header.{name}"),
            Some(("query", name)) => format!("method.request.querystring.{name}"),
            Some(("stage", name)) => format!("stageVariables.{name}"),
            _ => source.clone(),
        });
        sources.collect::<Vec<_>>().join(", ")
    }

    /// The same in an HTTP API's words.
    pub(crate) fn http_identity_source(&self) -> String {
        if self.identity.is_empty() {
            return format!("$request.header.{}", self.header());
        }
        let sources = self.identity.iter().map(|source| match source.split_once('.') {
            Some(("header", name)) => format!("$request.header.{name}"),
            Some(("query", name)) => format!("$request.querystring.{name}"),
            Some(("stage", name)) => format!("$stageVariables.{name}"),
            Some(("context", name)) => format!("$context.{name}"),
            _ => source.clone(),
        });
        sources.collect::<Vec<_>>().join(",")
    }

    fn jwt_mistakes(&self, name: &str, found: &mut Vec<String>) {
        let mut wrong = |what: &str| found.push(format!("the authorizer `{name}` {what}"));
        if self
            .issuer
            .as_ref()
            .is_some_and(|issuer| !issuer.starts_with("https://") || issuer.contains(char::is_whitespace))
        {
            wrong("has an `issuer` that is no `https://` address");
        }
        if self.audience.is_empty() {
            wrong("has an `issuer` and no `audience`: for whom a token is, is what it is checked for");
        }
        let of_others = !self.user_pools.is_empty() || self.function.is_some() || !self.identity.is_empty();
        if of_others || self.pattern.is_some() || self.role.is_some() || self.ttl.is_some() {
            wrong("has an `issuer`: beside it stand `audience` and `header` alone");
        }
    }

    fn mistakes(&self, name: &str, found: &mut Vec<String>) {
        if self.issuer.is_some() {
            return self.jwt_mistakes(name, found);
        }
        let mut wrong = |what: String| found.push(format!("the authorizer `{name}` {what}"));
        if !self.audience.is_empty() {
            wrong("has an `audience` and no `issuer`".to_owned());
        }
        match (self.user_pools.is_empty(), &self.function) {
            (true, None) => wrong("has neither `user-pools` nor a `function` nor an `issuer`".to_owned()),
            (false, Some(_)) => wrong("has `user-pools` and a `function`: keep one".to_owned()),
            (false, None) if !self.identity.is_empty() || self.pattern.is_some() || self.role.is_some() => {
                wrong("has user pools: `identity`, `pattern` and `role` belong to a function".to_owned());
            }
            _ => {}
        }
        for pool in self.user_pools.iter().filter(|pool| !is_arn(pool, "cognito-idp")) {
            wrong(format!(
                "has {pool:?}, which is no user pool's ARN: `arn:aws:cognito-idp:REGION:ACCOUNT:userpool/ID`"
            ));
        }
        if let Some(Err(why)) = self.function.as_ref().map(Function::check) {
            wrong(format!("has a {why}"));
        }
        if let Some(role) = self.role.as_ref().filter(|role| !is_arn(role, "iam")) {
            wrong(format!("has the role {role:?}, which is no ARN: `arn:aws:iam::ACCOUNT:role/NAME`"));
        }
        if let Some(header) = self.header.as_ref().filter(|header| !is_name(header)) {
            wrong(format!("has the header {header:?}, which is no header's name"));
        }
        if self.header.is_some() && !self.identity.is_empty() {
            wrong("has `header` and `identity`: name the header in `identity`".to_owned());
        }
        for source in &self.identity {
            let known = ["header.", "query.", "stage.", "context."];
            if !known.iter().any(|place| source.strip_prefix(place).is_some_and(is_name)) {
                wrong(format!(
                    "has the identity {source:?}: `header.NAME`, `query.NAME`, `stage.NAME` and `context.NAME` are some"
                ));
            }
        }
        if self.pattern.is_some() && !self.identity.is_empty() {
            wrong("has a `pattern`, which only a token is matched against, and an `identity`".to_owned());
        }
        if self.pattern.as_ref().is_some_and(|pattern| pattern.contains(|c: char| c.is_control())) {
            wrong("has a `pattern` with characters that do not show".to_owned());
        }
        if let Some(ttl) = self.ttl.filter(|ttl| *ttl > 3600) {
            wrong(format!("has a `ttl` of {ttl} seconds: API Gateway keeps an answer for 3600 at most"));
        }
    }
}

/// Whether a text is an ARN of a service, of any partition, region and account, with something behind.
fn is_arn(text: &str, service: &str) -> bool {
    let mut parts = text.splitn(6, ':');
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":-_./+=@,".contains(&byte));
    plain
        && parts.next() == Some("arn")
        && parts.next().is_some_and(|partition| partition.starts_with("aws"))
        && parts.next() == Some(service)
        && parts.nth(2).is_some_and(|resource| !resource.is_empty())
}

/// Whether a text can name a header, a parameter or a variable.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

impl Authorization {
    /// What is wrong with it, whatever the operations.
    pub(super) fn mistakes(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, authorizer) in &self.authorizers {
            if matches!(name.as_str(), "none" | "iam" | "sigv4" | "api_key") || !is_name(name) {
                found.push(format!(
                    "an authorizer can't be named {name:?}: letters, digits, `-`, `_` and `.` are, and none of `none`, `iam`, \
                     `sigv4`, `api_key`"
                ));
            }
            authorizer.mistakes(name, &mut found);
        }
        let rules = self
            .operations
            .iter()
            .filter_map(|(name, rule)| Some((format!("the operation `{name}`"), rule.by.as_ref()?)));
        let default = self.default.as_ref().map(|who| ("`authorization`".to_owned(), who));
        for (of, who) in default.into_iter().chain(rules) {
            if let Who::Authorizer(name) = who
                && !self.authorizers.contains_key(name)
            {
                let known: Vec<_> = ["none", "iam"]
                    .into_iter()
                    .chain(self.authorizers.keys().map(String::as_str))
                    .map(|name| format!("`{name}`"))
                    .collect();
                found.push(format!(
                    "{of} names {name:?}, and there is no such authorizer: {} are there; others stand in a table \
                     `[authorization.authorizers.NAME]`",
                    known.join(", ")
                ));
            }
        }
        for (name, rule) in self.operations.iter().filter(|(_, rule)| !rule.scopes.is_empty()) {
            let by = match rule.by.as_ref().or(self.default.as_ref()) {
                Some(Who::Authorizer(by)) => self.authorizers.get(by),
                _ => None,
            };
            if by.is_none_or(|by| !matches!(by.kind(), AuthorizerKind::UserPools | AuthorizerKind::Jwt)) {
                found.push(format!(
                    "the operation `{name}` has `scopes`, which only Cognito user pools and JWT authorizers know"
                ));
            }
            if rule.scopes.iter().any(|scope| scope.is_empty() || !scope.bytes().all(|byte| byte.is_ascii_graphic())) {
                found.push(format!("a scope of the operation `{name}` is no word"));
            }
        }
        found
    }

    /// What a front does not have.
    pub(crate) fn misfits(&self, front: Front) -> Vec<String> {
        let mut found = Vec::new();
        let word = front.word();
        for (name, authorizer) in &self.authorizers {
            let kind = authorizer.kind();
            let why = match (front, kind) {
                _ if front.is_rest() && kind != AuthorizerKind::Jwt => continue,
                _ if front.is_rest() => "is a JWT authorizer, which HTTP APIs have: a REST API takes `user-pools`",
                _ if !front.is_http_api() => "is an authorizer, and nothing stands before the function that has one",
                (_, AuthorizerKind::UserPools) => {
                    "has `user-pools`: an HTTP API takes a pool by its `issuer`, and the ids of its clients as `audience`"
                }
                _ if authorizer.pattern.is_some() => "has a `pattern`, which an HTTP API does not know",
                _ => continue,
            };
            found.push(format!("the authorizer `{name}` {why} (front `{word}`)"));
        }
        if front.is_rest() {
            return found;
        }
        let rules = || self.operations.values();
        if self.api_key || rules().any(|rule| rule.api_key == Some(true)) {
            found.push(format!("`authorization` asks for API keys, which the front `{word}` does not know"));
        }
        if self.policy.is_some() {
            found.push(format!("`authorization` has a resource policy, which the front `{word}` does not take"));
        }
        let is_iam = |who: Option<&Who>| who == Some(&Who::Iam);
        if front.is_http_api() && (is_iam(self.default.as_ref()) || rules().any(|rule| is_iam(rule.by.as_ref()))) {
            found.push(format!(
                "`authorization` says `iam`, and no document for an import tells an HTTP API so (front `{word}`): set it on the \
                 routes where they are deployed, and say `none` here"
            ));
        }
        found
    }

    /// What is said of operations that there are none of.
    pub(crate) fn strangers(&self, operations: &[&str]) -> Vec<String> {
        let unknown = self.operations.keys().filter(|name| !operations.contains(&name.as_str()));
        let near = |name: &str| operations.iter().min_by_key(|known| strsim::damerau_levenshtein(known, name));
        unknown
            .map(|name| {
                let meant = near(name).map_or_else(String::new, |near| format!(": did you mean `{near}`?"));
                format!("`authorization` names the operation {name:?}, and there is none{meant}")
            })
            .collect()
    }

    /// What holds for an operation: who, with which scopes, and whether with a key.
    pub(crate) fn of(&self, operation: &str) -> (Option<&Who>, &[String], bool) {
        let rule = self.operations.get(operation);
        let by = rule.and_then(|rule| rule.by.as_ref()).or(self.default.as_ref());
        let api_key = rule.and_then(|rule| rule.api_key).unwrap_or(self.api_key);
        (by, rule.map_or(&[], |rule| &rule.scopes), api_key)
    }

    /// Reads the resource policy.
    pub(crate) fn read_policy(&mut self, folder: &Path) -> Result<(), String> {
        let Some(path) = &self.policy else { return Ok(()) };
        let shown = path.display();
        let text = std::fs::read_to_string(folder.join(path))
            .map_err(|error| format!("can't read the policy `{shown}`: {error}"))?;
        let policy: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| format!("the policy `{shown}` is no JSON: {error}"))?;
        if policy.get("Statement").is_none() {
            return Err(format!("the policy `{shown}` has no `Statement`: it is a resource policy as IAM has it"));
        }
        self.document = Some(policy);
        Ok(())
    }

    /// This, and what another says more.
    pub(super) fn overlaid(mut self, other: Self) -> Self {
        self.default = other.default.or(self.default);
        self.api_key |= other.api_key;
        self.operations.extend(other.operations);
        self.authorizers.extend(other.authorizers);
        self.policy = other.policy.or(self.policy);
        self
    }
}

/// As the configuration file has it.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[derive(Default)]
struct Table {
    default: Option<Who>,
    api_key: bool,
    operations: BTreeMap<String, WordOr<Rule>>,
    authorizers: BTreeMap<String, Authorizer>,
    policy: Option<PathBuf>,
}

impl<'de> Deserialize<'de> for Authorization {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = match WordOr::<Table>::deserialize(deserializer)? {
            WordOr::Word(word) => Table { default: Some(word.as_str().into()), ..Table::default() },
            WordOr::Table(table) => table,
        };
        let operations = table.operations.into_iter().map(|(name, rule)| match rule {
            WordOr::Word(word) => (name, Rule { by: Some(word.as_str().into()), ..Rule::default() }),
            WordOr::Table(rule) => (name, rule),
        });
        Ok(Self {
            default: table.default,
            api_key: table.api_key,
            operations: operations.collect(),
            authorizers: table.authorizers,
            policy: table.policy,
            document: None,
        })
    }
}

/// A word, or a table that says more; serde's own `untagged` would not say which key of it is wrong.
pub(super) enum WordOr<T> {
    Word(String),
    Table(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for WordOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = WordOr<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a table")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(WordOr::Word(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(WordOr::Table)
            }
        }
        deserializer.deserialize_any(Either(std::marker::PhantomData))
    }
}
