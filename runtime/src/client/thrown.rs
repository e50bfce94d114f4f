//! Declared errors: one, a set of them, and one that was caught.

use super::{Members, Problem, Retry, Untyped};
use crate::shown::Start;
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::to_raw_value;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::ops::Deref;

/// One declared error: a generated struct with its fields, and what the contract says of it.
pub trait Declared: Sized + fmt::Debug {
    /// Its code.
    const CODE: &'static str;
    /// Its declared HTTP status.
    const STATUS: u16;
    /// Its declared retry advice.
    const RETRY: Retry;

    /// Reads its fields.
    ///
    /// # Errors
    /// What does not fit.
    fn read(members: &mut Members<'_>) -> Result<Self, DecodeError>;

    /// Its fields as JSON, by their names on the wire.
    fn members(&self) -> Untyped;
}

/// The errors of a set, or of the whole API, as a generated enum.
pub trait ErrorSet: Sized + Error {
    /// Every code, in the order of declaration.
    const CODES: &'static [&'static str];

    /// Reads the error that `code` names; `None` if it is none of this set's.
    fn read(code: &str, problem: &[u8]) -> Option<Result<Self, DecodeError>>;

    /// The error, whichever it is.
    fn thrown(&self) -> &dyn AnyThrown;

    #[doc(hidden)]
    fn thrown_mut(&mut self) -> &mut dyn AnyThrown;

    /// What the error brings beside its fields.
    fn problem(&self) -> &Problem {
        self.thrown().problem()
    }

    /// Whether it is this error, as in `error.is::<OrderNotFound>()`.
    fn is<T: Declared>(&self) -> bool {
        self.problem().code() == T::CODE
    }
}

/// A declared error that was caught. Its fields are those of `T`.
///
/// ```
/// # use throwback::client::{Declared, Thrown};
/// fn log<T: Declared>(error: &Thrown<T>) {
///     println!("{error}, request {:?}", error.problem().request_id());
/// }
/// ```
#[derive(Clone, PartialEq)]
pub struct Thrown<T>(Box<Whole<T>>);

#[derive(Clone, PartialEq)]
struct Whole<T> {
    error: T,
    problem: Problem,
}

impl<T: Declared> Thrown<T> {
    /// Reads it from its problem.
    ///
    /// # Errors
    /// Its fields do not fit, or the function left them out.
    pub fn read(problem: &[u8]) -> Result<Self, DecodeError> {
        let known = Problem {
            code: Cow::Borrowed(T::CODE),
            status: T::STATUS,
            default_retry: Some(T::RETRY),
            ..Problem::default()
        };
        let (error, mut problem) = read(problem, known, T::read);
        problem.bound_status(T::STATUS);
        let reason = match error {
            _ if problem.truncated => "the function left the error's fields out".to_owned(),
            Err(error) => error.reason,
            Ok(error) => return Ok(Self(Box::new(Whole { error, problem }))),
        };
        Err(DecodeError { reason, problem: Some(Box::new(problem)) })
    }
}

impl<T: Declared> Thrown<T> {
    /// An error as it would have come, for tests: with these fields, by their names on the wire, and whatever else its
    /// problem says, such as a `detail`. Code and status are the declared ones.
    ///
    /// # Panics
    /// Where the error has no such fields.
    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "it is written as `json!(…)`")]
    pub fn of(problem: Value) -> Self {
        #[expect(clippy::panic, reason = "a test that builds what there is not has to hear of it")]
        match Self::read(problem.to_string().as_bytes()) {
            Ok(thrown) => thrown,
            Err(error) => panic!("`{}` is not as the API declares it: {error}", T::CODE),
        }
    }
}

impl<T> Thrown<T> {
    /// What went wrong this time, in the function's words.
    pub fn detail(&self) -> &str {
        self.0.problem.detail()
    }

    /// Title, detail, request id and retry advice.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// The fields as JSON, by their names on the wire.
    pub fn members(&self) -> Untyped
    where
        T: Declared,
    {
        self.0.error.members()
    }

    /// The fields alone, to be moved out of.
    pub fn into_inner(self) -> T {
        self.0.error
    }
}

impl<T> Deref for Thrown<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.error
    }
}

impl<T: fmt::Debug> fmt::Debug for Thrown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thrown").field("error", &self.0.error).field("problem", &self.0.problem).finish()
    }
}

/// Its fields, by their names on the wire.
impl<T: Declared> Serialize for Thrown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.members().serialize(serializer)
    }
}

/// `OrderNotFound (404): order 42 does not exist`
impl<T> fmt::Display for Thrown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem.fmt(f)
    }
}

impl<T: fmt::Debug> Error for Thrown<T> {}

/// A [`Thrown`] of any error.
pub trait AnyThrown {
    /// What it brings beside its fields.
    fn problem(&self) -> &Problem;

    /// Its fields as JSON, by their names on the wire.
    fn members(&self) -> Untyped;

    #[doc(hidden)]
    fn problem_mut(&mut self) -> &mut Problem;
}

impl<T: Declared> AnyThrown for Thrown<T> {
    fn problem(&self) -> &Problem {
        &self.0.problem
    }

    fn members(&self) -> Untyped {
        self.0.error.members()
    }

    fn problem_mut(&mut self) -> &mut Problem {
        &mut self.0.problem
    }
}

/// Why a response of a declared error could not be read.
#[derive(Debug)]
pub struct DecodeError {
    pub(super) reason: String,
    /// As much of a declared error's problem as could be read.
    pub(super) problem: Option<Box<Problem>>,
}

impl DecodeError {
    pub(super) fn new(reason: String) -> Self {
        Self { reason, problem: None }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Start(&self.reason))
    }
}

impl Error for DecodeError {}

/// Reads a problem of which something is known, and by `fields` what is the error's own; even where that does not fit, as
/// much of the problem is kept as can be read.
pub(super) fn read<T>(
    body: &[u8],
    known: Problem,
    fields: impl FnOnce(&mut Members<'_>) -> Result<T, DecodeError>,
) -> (Result<T, DecodeError>, Problem) {
    // Without a body, as in the answer to a HEAD, the code alone says what there is to say of an error that has no fields.
    let is_empty = body.is_empty();
    let body = if is_empty { b"{}" } else { body };
    // One look at the whole body (RFC 8259 section 8.1) spares serde_json one at each of its strings.
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(error) => return (Err(DecodeError::new(error.to_string())), known),
    };
    let mut members = Members::new(text, known);
    let error = fields(&mut members);
    let end = members.finish();
    let error = error.and_then(|error| end.map(|()| error));
    let error = error.map_err(|error| if is_empty { DecodeError::new("there is no body".to_owned()) } else { error });
    (error, members.problem)
}

/// What [`declared`](super::v1::declared) writes for one field in [`Declared::members`].
#[doc(hidden)]
pub fn set(members: &mut Untyped, name: &str, value: &impl Serialize) {
    members.0.push((name.to_owned(), to_raw_value(value).unwrap_or_default()));
}
