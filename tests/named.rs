//! Enums, types and statics named as what the derive and the attribute write. That it compiles is half of the test.

#![allow(non_upper_case_globals, non_camel_case_types, dead_code, missing_docs, clippy::unwrap_used)]

use throwback::error_message;

mod renamed {
    pub(crate) use ::throwback as somewhere_else;
}

/// Whatever is in scope where a derive stands.
mod crowded {
    pub(crate) static f0: u8 = 0;
    pub(crate) static inner: u8 = 0;
    pub(crate) static out: u8 = 0;
    pub(crate) static input: u8 = 0;
    pub(crate) const E0: u8 = 0;
    pub(crate) const TABLES: u8 = 0;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Option;
    pub(crate) struct Result;
    pub(crate) struct Self_;
}

macro_rules! enums {
    ($($module:ident $name:ident;)*) => {$(
        mod $module {
            #[allow(unused_imports)]
            use crate::crowded::*;

            #[derive(Debug, thiserror::Error, throwback::ApiError)]
            pub(crate) enum $name {
                /// It is gone.
                #[error("{id} is gone")]
                #[api_error(status = 410, retry = backoff)]
                Gone { id: u8, #[api_error(header = "X-Other")] other: u8 },
            }

            pub(crate) mod whole {
                #[allow(unused_imports)]
                use crate::crowded::*;

                #[derive(Debug, thiserror::Error, throwback::ApiError)]
                #[api_error(crate = "crate::renamed::somewhere_else")]
                pub(crate) enum Whole {
                    #[error(transparent)]
                    #[api_error(flatten)]
                    Part(#[from] super::$name),
                    /// It waits.
                    #[error("wait")]
                    #[api_error(status = 429)]
                    Wait { #[api_error(retry_after)] wait: std::time::Duration },
                }
            }
        }

        #[test]
        fn $module() {
            let error = $module::whole::Whole::Part($module::$name::Gone { id: 1, other: 2 });
            assert!(error_message(&error, None).starts_with("[Gone] {\"code\":\"Gone\""));
        }
    )*};
}

enums! {
    api_error ApiError;
    retry Retry;
    entry Entry;
    error_info ErrorInfo;
    member_info MemberInfo;
    members Members;
    internal_error InternalError;
    operation_info OperationInfo;
    option Option;
    string String;
    e0 E0;
}

/// An operation whose crate has another name, with parameters as statics are called.
mod operations {
    #[allow(unused_imports)]
    use crate::crowded::{f0, input, out};
    use crate::renamed::somewhere_else as other;
    use other::lambda_runtime::LambdaEvent;

    #[derive(serde::Deserialize)]
    pub(crate) struct Look {
        pub(crate) input: u8,
        pub(crate) r#type: u8,
    }

    #[other::operation(GET, "/{input}/{type}", status = 202, crate = "crate::renamed::somewhere_else")]
    pub(crate) async fn look(
        _event: LambdaEvent<other::Payload<Look>>,
    ) -> std::result::Result<(), std::convert::Infallible> {
        std::future::ready(Ok(())).await
    }
}

#[test]
fn an_operation_of_a_renamed_crate_is_one() {
    let info = <operations::look as throwback::Operation>::INFO;
    assert_eq!((info.name, info.path), ("look", "/{input}/{type}"));
}

/// Two enums that declare one error, in one function.
mod equal {
    #[derive(Debug, thiserror::Error, throwback::ApiError)]
    pub(crate) enum One {
        /// It is gone.
        #[error("gone")]
        #[api_error(status = 410)]
        Gone { id: u8 },
    }

    #[derive(Debug, thiserror::Error, throwback::ApiError)]
    pub(crate) enum Other {
        /// It is gone.
        #[error("gone, too")]
        #[api_error(status = 410)]
        Gone { id: u8 },
        #[error(transparent)]
        #[api_error(flatten)]
        One(#[from] One),
    }
}

#[test]
fn equal_declarations_are_one_error() {
    let message = |error: &equal::Other| error_message(error, None);
    let (own, flat) = (equal::Other::Gone { id: 1 }, equal::Other::One(equal::One::Gone { id: 1 }));
    assert_eq!(message(&own).replace(", too", ""), message(&flat));
}

/// Fields without a name of their own.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(tuple = "value", own_diagnostic)]
enum Lone {
    #[error("invalid {0}")]
    #[api_error(status = 400)]
    Invalid(String),
    #[error("both")]
    #[api_error(status = 409)]
    Both(#[api_error(rename = "left")] u8, #[api_error(skip)] u8),
}

/// What `own_diagnostic` leaves room for.
impl From<Lone> for throwback::lambda_runtime::Diagnostic {
    fn from(error: Lone) -> Self {
        Self { error_type: "Mine".to_owned(), error_message: error.to_string() }
    }
}

#[test]
fn a_lone_field_has_the_enums_name_for_it() {
    let message = error_message(&Lone::Invalid("x".to_owned()), None);
    assert!(message.ends_with(r#""value":"x"}"#), "{message}");
    let message = error_message(&Lone::Both(1, 2), None);
    assert!(message.ends_with(r#""left":1}"#), "{message}");
    assert_eq!(throwback::lambda_runtime::Diagnostic::from(Lone::Both(1, 2)).error_type, "Mine");
}

/// A type that serde does not know, as those of many crates.
#[derive(Debug, Clone, Copy)]
struct Cents(u32);

impl std::fmt::Display for Cents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum Told {
    #[error("paid {paid}")]
    #[api_error(status = 402)]
    Paid {
        #[api_error(as = "integer")]
        paid: Cents,
        #[api_error(as = "string")]
        text: Cents,
        #[api_error(as = "string", rename = "status_code")]
        status: http::StatusCode,
        #[api_error(as = "boolean")]
        odd: bool,
        #[api_error(as = "string")]
        known: String,
    },
    #[error("odd")]
    #[api_error(status = 409)]
    Odd {
        #[api_error(as = "integer", rename = "status_code")]
        status: http::StatusCode,
    },
}

use throwback::client::http;

#[test]
fn what_serde_does_not_know_is_written_as_its_text() {
    let paid = Told::Paid {
        paid: Cents(12),
        text: Cents(12),
        status: http::StatusCode::NOT_FOUND,
        odd: true,
        known: "k".to_owned(),
    };
    let message = error_message(&paid, None);
    let expected = r#""paid":12,"text":"12","status_code":"404 Not Found","odd":true,"known":"k"}"#;
    assert!(message.ends_with(expected), "{message}");
    // A text that is no number costs the fields and says so.
    let message = error_message(&Told::Odd { status: http::StatusCode::NOT_FOUND }, None);
    assert!(message.ends_with(r#""truncated":true}"#), "{message}");
}
