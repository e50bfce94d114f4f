//! What generated code names, and nothing else: whatever a client was generated from finds it here, in this version of the
//! runtime and in every one that is compatible. Should generated code ever need another form of these, that is `v2`, and
//! both stand side by side.

/// The transports over HTTP libraries, by this crate's features.
pub mod libraries {
    #[cfg(feature = "reqwest")]
    pub use crate::client::Reqwest;
}

#[cfg(feature = "reqwest")]
pub use super::Reqwest;
#[doc(hidden)]
pub use super::thrown::set;
#[cfg(not(feature = "reqwest"))]
pub use super::transport::WithoutReqwest;
#[doc(hidden)]
pub use super::union::{Union, read_union};
#[cfg(feature = "vectors")]
pub use super::vectors;
pub use super::{
    AnyThrown, Api, Declared, DecodeError, Endpoint, ErrorSet, Failure, Function, Invoke, Members, Problem, Retries,
    Retry, Thrown, Transport, TransportError, Trust, Untyped, decode, decode_invocation, http, is_success, serde,
    serde_json, testing,
};
pub use crate::{
    __connect_v1 as connect, __declared_v1 as declared, __error_sets_v1 as error_sets, __failure_v1 as failure,
    __unions_v1 as unions,
};

/// Gives a client its `connect`.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "reqwest")]
macro_rules! __connect_v1 {
    ($client:ident) => {
        impl $client<$crate::client::v1::Reqwest> {
            /// A client of the API at `base`, over reqwest: it connects within 5 s, waits 35 s at most, reads 10 MB at most, and
            /// follows no redirect. Give [`new`](Self::new) a `Reqwest` of your own for other limits.
            ///
            /// # Errors
            /// TLS or the system's resolver can't be set up.
            pub fn connect(
                base: impl ::core::convert::Into<::std::string::String>,
            ) -> ::core::result::Result<Self, $crate::client::v1::TransportError> {
                ::core::result::Result::Ok(Self::new($crate::client::v1::Reqwest::new()?, base))
            }
        }
    };
}

/// Gives a client a `connect` whose call says which feature it needs.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "reqwest"))]
macro_rules! __connect_v1 {
    ($client:ident) => {
        impl $client<::core::convert::Infallible> {
            /// A client over reqwest, under the feature `reqwest`.
            ///
            /// # Errors
            /// It can't be called without the feature.
            #[doc(hidden)]
            pub fn connect<B: $crate::client::v1::WithoutReqwest>(
                base: B,
            ) -> ::core::result::Result<Self, $crate::client::v1::TransportError> {
                base.never()
            }
        }
    };
}

/// Declares the failure of a whole API: `OrdersFailure(OrdersError)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __failure_v1 {
    ($failure:ident($whole:ident)) => {
        /// A failed call of any operation: what `?` makes of each operation's failure. It answers all that a
        /// [`Failure`]($crate::client::Failure) does, and `match *failure` tells whose it is.
        #[derive(Debug)]
        pub struct $failure(pub $crate::client::v1::Failure<$whole>);

        impl $failure {
            /// The failure itself, to be moved out of.
            pub fn into_inner(self) -> $crate::client::v1::Failure<$whole> {
                self.0
            }
        }

        impl ::core::ops::Deref for $failure {
            type Target = $crate::client::v1::Failure<$whole>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl<E: ::core::convert::Into<$whole>> ::core::convert::From<$crate::client::v1::Failure<E>> for $failure {
            fn from(failure: $crate::client::v1::Failure<E>) -> Self {
                Self(failure.map_api(E::into))
            }
        }

        impl ::core::convert::From<$crate::client::v1::TransportError> for $failure {
            fn from(error: $crate::client::v1::TransportError) -> Self {
                Self($crate::client::v1::Failure::Transport(error))
            }
        }

        impl ::core::fmt::Display for $failure {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::core::error::Error for $failure {
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                ::core::error::Error::source(&self.0)
            }
        }
    };
}

/// Declares errors, a line for each: `OrderNotFound("OrderNotFound", 404, Never) { order_id: "orderId" }` is the struct
/// `OrderNotFound` with its code, its status, its retry advice, and the names of its fields on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __declared_v1 {
    ($($error:ident($code:literal, $status:literal, $retry:ident) { $($field:ident: $member:literal),* $(,)? })*) => {$(
        impl $crate::client::v1::Declared for $error {
            const CODE: &'static ::core::primitive::str = $code;
            const STATUS: ::core::primitive::u16 = $status;
            const RETRY: $crate::client::v1::Retry = $crate::client::v1::Retry::$retry;

            fn read(
                _members: &mut $crate::client::v1::Members<'_>,
            ) -> ::core::result::Result<Self, $crate::client::v1::DecodeError> {
                ::core::result::Result::Ok(Self { $($field: _members.take($member)?,)* })
            }

            fn members(&self) -> $crate::client::v1::Untyped {
                let mut _members = ::core::default::Default::default();
                $($crate::client::v1::set(&mut _members, $member, &self.$field);)*
                _members
            }
        }
    )*};
}

/// Declares sets of errors, first that of the whole API, into which the others convert:
/// `GetOrderError { OrderNotFound, OrderArchived }` is the enum `GetOrderError`, each variant with the name of its error.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_sets_v1 {
    ($whole:ident { $($any:ident),* $(,)? } $($set:ident { $($error:ident),* $(,)? })*) => {
        $crate::client::v1::error_sets!(@set $whole { $($any)* });
        $(
            $crate::client::v1::error_sets!(@set $set { $($error)* });

            impl ::core::convert::From<$set> for $whole {
                fn from(error: $set) -> Self {
                    match error { $($set::$error(error) => Self::$error(error),)* }
                }
            }
        )*
    };
    (@set $set:ident { $($error:ident)* }) => {
        impl $crate::client::v1::ErrorSet for $set {
            const CODES: &'static [&'static ::core::primitive::str] =
                &[$(<$error as $crate::client::v1::Declared>::CODE),*];

            fn read(
                code: &::core::primitive::str,
                _problem: &[::core::primitive::u8],
            ) -> ::core::option::Option<::core::result::Result<Self, $crate::client::v1::DecodeError>> {
                match code {
                    $(<$error as $crate::client::v1::Declared>::CODE => {
                        ::core::option::Option::Some($crate::client::v1::Thrown::read(_problem).map(Self::$error))
                    })*
                    _ => ::core::option::Option::None,
                }
            }

            fn thrown(&self) -> &dyn $crate::client::v1::AnyThrown {
                match *self { $(Self::$error(ref error) => error,)* }
            }

            fn thrown_mut(&mut self) -> &mut dyn $crate::client::v1::AnyThrown {
                match *self { $(Self::$error(ref mut error) => error,)* }
            }
        }

        impl ::core::fmt::Display for $set {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt($crate::client::v1::ErrorSet::problem(self), f)
            }
        }

        impl ::core::error::Error for $set {}

        $(
            impl ::core::convert::From<$crate::client::v1::Thrown<$error>> for $set {
                fn from(error: $crate::client::v1::Thrown<$error>) -> Self {
                    Self::$error(error)
                }
            }
        )*
    };
}

/// Lets enums that derive serde's traits with `remote = "Self"` keep a variant that they do not know, in the one named last:
/// `Payment { "card", "iban" } else Unknown`, with `by "kind"` where a member names the variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __unions_v1 {
    ($($union:ident $(by $tag:literal)? { $($known:literal),* $(,)? } else $unknown:ident;)*) => {$(
        impl $crate::client::v1::Union for $union {
            const TAG: ::core::option::Option<&'static str> = [$(::core::option::Option::Some($tag),)? ::core::option::Option::None][0];
            const KNOWN: &'static [&'static str] = &[$($known),*];

            fn known<'de, D: $crate::client::v1::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $union::deserialize(deserializer)
            }

            fn unknown(value: $crate::client::v1::serde_json::Value) -> Self {
                $union::$unknown(value)
            }
        }

        impl<'de> $crate::client::v1::serde::Deserialize<'de> for $union {
            fn deserialize<D: $crate::client::v1::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::client::v1::read_union(deserializer)
            }
        }

        impl $crate::client::v1::serde::Serialize for $union {
            fn serialize<S: $crate::client::v1::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    Self::$unknown(value) => $crate::client::v1::serde::Serialize::serialize(value, serializer),
                    known => $union::serialize(known, serializer),
                }
            }
        }
    )*};
}
