//! What generated code names: no part of the public interface, free to change with any version.

pub use crate::distinct::{count, distinct_codes, distinct_routes};
#[cfg(feature = "axum")]
pub use axum;
pub use serde;
pub use serde_json;

use crate::Members;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::fmt::Display;
use std::time::Duration;

/// A field that says `retry_after`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no delay",
    note = "a field that says `retry_after` is a `std::time::Duration`, or whole seconds as `u16`, `u32` or `u64`, or an `Option` of one"
)]
pub trait Delay {
    /// Whole seconds, rounded up: to ask again too early helps nobody.
    fn seconds(&self) -> Option<u64>;
}

/// The longest delay that is written, 68 years: what the 32 bits of common readers of `Retry-After` hold.
const LONGEST: u64 = 0x7fff_ffff;

impl Delay for Duration {
    fn seconds(&self) -> Option<u64> {
        self.as_secs().saturating_add(u64::from(self.subsec_nanos() > 0)).seconds()
    }
}

impl Delay for u64 {
    fn seconds(&self) -> Option<u64> {
        Some((*self).min(LONGEST))
    }
}

impl Delay for u32 {
    fn seconds(&self) -> Option<u64> {
        u64::from(*self).seconds()
    }
}

impl Delay for u16 {
    fn seconds(&self) -> Option<u64> {
        Some((*self).into())
    }
}

impl<T: Delay> Delay for Option<T> {
    fn seconds(&self) -> Option<u64> {
        self.as_ref().and_then(Delay::seconds)
    }
}

/// A field that says what it is with `as`. It is written as serde has it; one that serde does not know is written as its
/// `Display` says. (Method calls take the first of both that there is: that of the outer reference.)
pub struct Described<'a, T: ?Sized>(pub &'a T);

/// What serde knows.
pub trait BySerde {
    /// Writes the member.
    fn write(&self, out: &mut Members<'_>, name: &'static str, is_text: bool);
}

impl<T: Serialize + ?Sized> BySerde for &Described<'_, T> {
    fn write(&self, out: &mut Members<'_>, name: &'static str, _: bool) {
        out.member(name, self.0);
    }
}

/// What has a text.
pub trait ByDisplay {
    /// Writes the member.
    fn write(&self, out: &mut Members<'_>, name: &'static str, is_text: bool);
}

impl<T: Display + ?Sized> ByDisplay for Described<'_, T> {
    fn write(&self, out: &mut Members<'_>, name: &'static str, is_text: bool) {
        out.member(name, &Shown { value: self.0, is_text });
    }
}

/// A value by its text: that text, or the number or truth value that it says.
struct Shown<'a, T: ?Sized> {
    value: &'a T,
    is_text: bool,
}

impl<T: Display + ?Sized> Serialize for Shown<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_text {
            return serializer.collect_str(self.value);
        }
        match serde_json::from_str(&self.value.to_string()) {
            Ok(said @ (Value::Number(_) | Value::Bool(_))) => said.serialize(serializer),
            _ => Err(serde::ser::Error::custom("its text is no number")),
        }
    }
}

/// Fails to compile where a handler's output can't be written.
pub const fn is_output<T: Serialize>() {}

/// Fails to compile where an argument called `Request` is another than ours.
pub const fn is_request<T: IsRequest>() {}

/// The request that a handler may take.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the request that a handler may take",
    note = "that is `throwback::Request`: headers, caller, source address and stage, whatever stands before the function"
)]
pub trait IsRequest {}

#[cfg(feature = "lambda")]
impl IsRequest for crate::Request {}

/// What a handler returns: a `Result`, whatever it is called.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `Result`",
    note = "a handler returns a `Result`, or an alias of one; axum's may return `Json<…>`, `StatusCode`, both in a tuple, or `()` as well"
)]
pub trait Returned {
    /// The `Ok` side.
    type Output;
    /// The `Err` side.
    type Error;
}

impl<T, E> Returned for Result<T, E> {
    type Output = T;
    type Error = E;
}

/// Writes `From<Enum> for Diagnostic` where the crate has the feature for it.
#[cfg(feature = "lambda")]
#[doc(hidden)]
#[macro_export]
macro_rules! __diagnostic {
    ([$($generics:tt)*] $ty:ty, [$($bounds:tt)*]) => {
        #[automatically_derived]
        impl $($generics)* ::core::convert::From<$ty> for $crate::lambda_runtime::Diagnostic $($bounds)* {
            fn from(error: $ty) -> Self {
                $crate::lambda::diagnostic(&error, ::core::option::Option::None)
            }
        }
    };
}

/// Without feature `lambda` nothing is written.
#[cfg(not(feature = "lambda"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __diagnostic {
    ($($ignored:tt)*) => {};
}

/// Writes `IntoResponse` for an enum where the crate has the feature for it.
#[cfg(feature = "axum")]
#[doc(hidden)]
#[macro_export]
macro_rules! __response {
    ([$($generics:tt)*] $ty:ty, [$($bounds:tt)*]) => {
        #[automatically_derived]
        impl $($generics)* $crate::__private::axum::response::IntoResponse for $ty $($bounds)* {
            fn into_response(self) -> $crate::__private::axum::response::Response {
                $crate::axum::response(&self)
            }
        }
    };
}

/// Without feature `axum` nothing is written.
#[cfg(not(feature = "axum"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __response {
    ($($ignored:tt)*) => {};
}
