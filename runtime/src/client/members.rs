//! The members of a problem, read in one pass: those that every error has are kept, each of its own is asked for by name.

use super::{DecodeError, Problem, Untyped};
use serde::de::value::Error as Invalid;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;

/// The members of a problem, as a generated error reads its own.
///
/// A function writes them in the order in which the error declares its fields: asked for in that order, each is read where
/// it stands. What comes before its turn waits as text.
#[derive(Debug)]
pub struct Members<'a> {
    /// The whole object.
    text: &'a str,
    /// What of it has not been read.
    rest: &'a str,
    /// Whether a member has been read, so that the next stands behind a comma.
    begun: bool,
    /// Whether the object has ended, or is none.
    ended: bool,
    /// What every error brings.
    pub(super) problem: Problem,
    /// Members that nobody has asked for.
    waiting: Vec<(Cow<'a, str>, &'a RawValue)>,
    /// Members that somebody has.
    taken: Vec<&'static str>,
}

impl<'a> Members<'a> {
    /// Begins an object; what it says of the problem's members goes over `problem`.
    pub(super) fn new(text: &'a str, problem: Problem) -> Self {
        let (waiting, taken) = (Vec::new(), Vec::new());
        Self { text, rest: text, begun: false, ended: false, problem, waiting, taken }
    }

    /// The value of a member; one that is left out is `None` where its type is an `Option`.
    ///
    /// # Errors
    /// It is missing, stands there twice or has another type, or what comes before it is no JSON.
    pub fn take<T: Deserialize<'a>>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        if let Some(at) = self.waiting.iter().position(|(known, _)| known == name) {
            let (_, value) = self.waiting.remove(at);
            if self.waiting.iter().any(|(known, _)| known == name) {
                return Err(twice(name));
            }
            self.taken.push(name);
            return serde_json::from_str(value.get()).map_err(|error| unfit(name, &error));
        }
        while let Some(found) = self.next()? {
            if found == name {
                self.taken.push(name);
                return self.value().or_else(|error| {
                    self.skip()?;
                    Err(unfit(name, &error))
                });
            }
            let value = self.value().map_err(|_| self.no_object())?;
            self.waiting.push((found, value));
        }
        T::deserialize(Missing(name)).map_err(|error| DecodeError::new(error.to_string()))
    }

    /// Reads what is left, so that nothing wrong goes unseen, and the problem's members are whole.
    pub(super) fn finish(&mut self) -> Result<(), DecodeError> {
        while self.next()?.is_some() {
            self.skip()?;
        }
        Ok(())
    }

    /// Every member that is not the problem's, as an error has them that nobody declares: as with one that somebody does, none may
    /// stand there twice.
    pub(super) fn all(&mut self) -> Result<Untyped, DecodeError> {
        let (mut members, mut names) = (Vec::new(), HashSet::new());
        let mut wrong = None;
        while let Some(name) = self.next()? {
            let value: Box<RawValue> = self.value().map_err(|_| self.no_object())?;
            if !names.insert(name.clone()) {
                wrong = Some(twice(&name));
            }
            members.push((name.into_owned(), value));
        }
        wrong.map_or(Ok(Untyped(members)), Err)
    }

    /// The name of the next member that is not the problem's.
    fn next(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        loop {
            if !self.follows()? {
                return Ok(None);
            }
            let name = self.name()?;
            if !self.sign(b':') {
                return Err(self.no_object());
            }
            if !self.keep(&name)? {
                if self.taken.iter().all(|known| **known != name) {
                    return Ok(Some(name));
                }
                self.skip()?;
                return Err(twice(&name));
            }
        }
    }

    /// Whether another member follows: the first one behind the brace, any other behind a comma.
    fn follows(&mut self) -> Result<bool, DecodeError> {
        if self.ended {
            return Ok(false);
        }
        let first = !std::mem::replace(&mut self.begun, true);
        if first && !self.sign(b'{') {
            return Err(self.no_object());
        }
        match self.peek() {
            Some(b'}') => {
                self.rest = &self.rest[1..];
                self.ended = true;
                if self.peek().is_none() { Ok(false) } else { Err(self.no_object()) }
            }
            Some(b',') if !first => {
                self.rest = &self.rest[1..];
                Ok(true)
            }
            Some(b'"') if first => Ok(true),
            _ => Err(self.no_object()),
        }
    }

    /// Keeps the value of `name` if that is one of the problem's members. One that has a wrong type is ignored
    /// (RFC 9457 section 3.1).
    fn keep(&mut self, name: &str) -> Result<bool, DecodeError> {
        match name {
            // Whoever reads a problem knows its code, and from where.
            "code" => self.skip()?,
            "title" => self.problem.title = self.if_fits()?.flatten(),
            "status" => self.problem.status = self.if_fits()?.unwrap_or(self.problem.status),
            "detail" => self.problem.detail = self.if_fits()?.flatten(),
            "type" => self.problem.type_uri = self.if_fits()?.flatten(),
            "instance" => self.problem.instance = self.if_fits()?.flatten(),
            "retryable" => self.problem.retryable = self.if_fits()?.flatten(),
            "retryAfter" => self.problem.retry_after = self.if_fits()?.flatten(),
            "truncated" => self.problem.truncated = self.if_fits()?.unwrap_or_default(),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn if_fits<T: Deserialize<'a>>(&mut self) -> Result<Option<T>, DecodeError> {
        match self.value() {
            Ok(value) => Ok(Some(value)),
            Err(_) => self.skip().map(|()| None),
        }
    }

    /// Reads a value; one that does not fit is left where it is.
    fn value<T: Deserialize<'a>>(&mut self) -> serde_json::Result<T> {
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter();
        let value = values.next().unwrap_or_else(|| Err(serde_json::Error::custom("a value is missing")))?;
        self.rest = &self.rest[values.byte_offset()..];
        Ok(value)
    }

    /// Goes over a value, whatever it is.
    fn skip(&mut self) -> Result<(), DecodeError> {
        self.value::<IgnoredAny>().map(drop).map_err(|_| self.no_object())
    }

    /// The name of a member: borrowed from the text unless it holds an escape.
    fn name(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if self.peek() == Some(b'"') {
            let text = &self.rest[1..];
            let end = text.bytes().position(|byte| matches!(byte, b'"' | b'\\' | ..=b'\x1f'));
            if let Some(end) = end.filter(|end| text.as_bytes()[*end] == b'"') {
                self.rest = &text[end + 1..];
                return Ok(Cow::Borrowed(&text[..end]));
            }
        }
        self.value().map(Cow::Owned).map_err(|_| self.no_object())
    }

    /// The next byte that is no white space (RFC 8259 section 2).
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.rest.as_bytes().first() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.rest = &self.rest[1..],
                other => return other.copied(),
            }
        }
    }

    /// Goes over a sign if it is the next.
    #[inline]
    fn sign(&mut self, sign: u8) -> bool {
        let found = self.peek() == Some(sign);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    /// What `serde_json` has against the whole; nothing of it is read any more.
    fn no_object(&mut self) -> DecodeError {
        self.ended = true;
        let error = serde_json::from_str::<IgnoredAny>(self.text).err();
        DecodeError::new(error.map_or_else(|| "it is no JSON object".to_owned(), |error| error.to_string()))
    }
}

fn twice(name: &str) -> DecodeError {
    DecodeError::new(format!("duplicate field `{name}`"))
}

/// Why a value does not fit. Its place is the member's: `serde_json` counts from where the value begins.
fn unfit(name: &str, error: &serde_json::Error) -> DecodeError {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    DecodeError::new(format!("`{name}`: {}", text.strip_suffix(&place).unwrap_or(&text)))
}

/// The value of a member that is left out: `None` for an `Option`, and for everything else a mistake, as serde's derive
/// has it.
struct Missing(&'static str);

impl<'de> Deserializer<'de> for Missing {
    type Error = Invalid;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Invalid> {
        Err(Invalid::missing_field(self.0))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
