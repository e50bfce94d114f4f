//! The problem: what every error brings beside its own fields, read in one pass with them.

use crate::Retry;
use crate::shown::Start;
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// The members that every error has (RFC 9457), and what its response said beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    pub(super) code: Cow<'static, str>,
    pub(super) status: u16,
    pub(super) title: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) type_uri: Option<String>,
    pub(super) instance: Option<String>,
    pub(super) retryable: Option<String>,
    pub(super) retry_after: Option<u64>,
    pub(super) truncated: bool,
    pub(super) request_id: Option<String>,
    /// What a repeat means where the problem does not say it.
    pub(super) default_retry: Option<Retry>,
    /// Whether the request that failed is safe to repeat by its method (RFC 9110 section 9.2.2).
    pub(super) idempotent: bool,
}

impl Problem {
    /// The stable name of the error.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The summary, the same each time the error occurs; empty if there is none.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or_default()
    }

    /// What went wrong this time, in the function's words; its title where the function keeps them to itself.
    pub fn detail(&self) -> &str {
        self.detail.as_deref().unwrap_or_else(|| self.title())
    }

    /// The address of the error's documentation.
    pub fn type_uri(&self) -> Option<&str> {
        self.type_uri.as_deref()
    }

    /// The request id under which the function logged the error.
    pub fn instance(&self) -> Option<&str> {
        self.instance.as_deref()
    }

    /// The id to quote when asking for help: the function's, else the gateway's.
    pub fn request_id(&self) -> Option<&str> {
        self.instance().or(self.request_id.as_deref())
    }

    /// What a repeat of the request means.
    pub fn retry(&self) -> Retry {
        let said = self.retryable.as_deref().and_then(Retry::from_word);
        said.or(self.default_retry).unwrap_or_else(|| Retry::of_status(self.status))
    }

    /// The delay after which the request may be repeated.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after.map(Duration::from_secs)
    }

    /// Whether the function left the error's fields out because they were too large or could not be written.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// Puts a known status in place of one that no error can have; an invocation has none of HTTP's that would count.
    pub(super) fn bound_status(&mut self, known: u16) {
        if !(400..=599).contains(&self.status) {
            self.status = known;
        }
    }

    pub(super) fn is_retryable(&self) -> bool {
        match self.retry() {
            Retry::Never => false,
            Retry::Backoff => true,
            Retry::Idempotent => self.idempotent,
        }
    }

    /// Takes the value of `key` if it is one of the problem's members.
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            // Whoever reads a problem knows its code, and from where.
            "code" => drop(map.next_value::<Text>()?),
            "title" => self.title = map.next_value()?,
            "status" => self.status = map.next_value()?,
            "detail" => self.detail = map.next_value()?,
            "type" => self.type_uri = map.next_value()?,
            "instance" => self.instance = map.next_value()?,
            "retryable" => self.retryable = map.next_value()?,
            "retryAfter" => self.retry_after = map.next_value()?,
            "truncated" => self.truncated = map.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// `OrderNotFound (404): order 42 does not exist`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", Start(&self.code), self.status)?;
        if self.detail().is_empty() { Ok(()) } else { write!(f, ": {}", Start(self.detail())) }
    }
}

/// One declared error, as a generated struct.
pub trait Declared: Serialize + for<'de> Deserialize<'de> {
    /// Its code.
    const CODE: &'static str;
    /// Its declared HTTP status.
    const STATUS: u16;
    /// Its declared retry advice.
    const RETRY: Retry;

    /// What it brings beside its fields.
    fn problem(&self) -> &Problem;

    #[doc(hidden)]
    fn problem_mut(&mut self) -> &mut Problem;
}

/// The errors of one operation, or of the whole API, as a generated enum.
pub trait ErrorSet: Sized + std::error::Error {
    /// Every code, in the order of declaration.
    const CODES: &'static [&'static str];

    /// Reads the error that `code` names; `None` if it is none of this set's.
    fn read(code: &str, problem: &[u8]) -> Option<Result<Self, DecodeError>>;

    /// What the error brings beside its fields.
    fn problem(&self) -> &Problem;

    #[doc(hidden)]
    fn problem_mut(&mut self) -> &mut Problem;
}

/// Why a response of a declared error could not be read.
#[derive(Debug)]
pub struct DecodeError {
    pub(super) reason: String,
    /// As much of a declared error's problem as could be read.
    pub(super) problem: Option<Box<Problem>>,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Start(&self.reason))
    }
}

impl std::error::Error for DecodeError {}

/// Reads one declared error from its problem: its fields and the problem's members in one pass.
pub fn read<T: Declared>(problem: &[u8]) -> Result<Box<T>, DecodeError> {
    let mut members = Problem { status: T::STATUS, default_retry: Some(T::RETRY), ..Problem::default() };
    let fields = fields::<T>(problem, &mut members);
    members.code = Cow::Borrowed(T::CODE);
    members.bound_status(T::STATUS);
    let reason = match fields {
        _ if members.truncated => "the function left the error's fields out".to_owned(),
        Err(error) => error.to_string(),
        Ok(mut error) => {
            *error.problem_mut() = members;
            return Ok(Box::new(error));
        }
    };
    Err(DecodeError { reason, problem: Some(Box::new(members)) })
}

/// Reads a problem whose fields nobody knows.
pub(super) fn members(problem: &[u8]) -> Result<(Problem, serde_json::Map<String, serde_json::Value>), DecodeError> {
    let mut members = Problem::default();
    match fields(problem, &mut members) {
        Ok(fields) => Ok((members, fields)),
        Err(error) => Err(DecodeError { reason: error.to_string(), problem: None }),
    }
}

/// Reads an object: the problem's members into `problem`, all others into a `T`. A member of the problem that has a
/// wrong type is ignored (RFC 9457 section 3.1).
fn fields<T: DeserializeOwned>(body: &[u8], problem: &mut Problem) -> Result<T, serde_json::Error> {
    // One look at the whole body (RFC 8259 section 8.1) spares serde_json one at each of its strings.
    let body = std::str::from_utf8(body).map_err(serde::de::Error::custom)?;
    let (status, default_retry) = (problem.status, problem.default_retry);
    strict(body, problem).or_else(|error| {
        let body = without_mistyped(body).ok_or(error)?;
        *problem = Problem { status, default_retry, ..Problem::default() };
        strict(&body, problem)
    })
}

/// A body without those members of the problem that have a wrong type; nothing if there are none.
fn without_mistyped(body: &str) -> Option<String> {
    fn is<'a, T: Deserialize<'a>>(value: &'a RawValue) -> bool {
        serde_json::from_str::<T>(value.get()).is_ok()
    }
    // As raw text: no number of the error's own fields loses a digit.
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(body).ok()?;
    let all = members.len();
    let fitting = members.into_iter().filter(|(name, value)| match name.as_str() {
        "code" => is::<String>(value),
        "title" | "detail" | "type" | "instance" | "retryable" => is::<Option<String>>(value),
        "status" => is::<u16>(value),
        "retryAfter" => is::<Option<u64>>(value),
        "truncated" => is::<bool>(value),
        _ => true,
    });
    let fitting: BTreeMap<_, _> = fitting.collect();
    if fitting.len() == all { None } else { serde_json::to_string(&fitting).ok() }
}

fn strict<T: DeserializeOwned>(body: &str, problem: &mut Problem) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let value = deserializer.deserialize_map(Fields { problem, fields: std::marker::PhantomData })?;
    deserializer.end()?;
    Ok(value)
}

struct Fields<'p, T> {
    problem: &'p mut Problem,
    fields: std::marker::PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a problem object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(Others { map, problem: self.problem }))
    }
}

/// A map without the problem's members: those are taken as they go by.
struct Others<'p, A> {
    map: A,
    problem: &'p mut Problem,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Others<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Text(key)) = self.map.next_key()? {
            if self.problem.take(&key, &mut self.map)? {
                continue;
            }
            let key = match &key {
                Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
                Cow::Owned(key) => seed.deserialize(StrDeserializer::new(key)),
            };
            return key.map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// A text, borrowed from the body unless it holds an escape.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}
