//! The schemas of problems: of declared errors, of reserved ones, and of any.

use super::super::gateway::kinds;
use super::{Dialect, Schema};
use crate::contract::ErrorDef;
use throwback_syntax::Reserved;

impl Dialect {
    /// The schema of an error's problem.
    pub(crate) fn error(self, error: &ErrorDef) -> Schema {
        let mut schema = self.problem(&error.code, error.status.get(), error.exposed, error.retry_after);
        if error.message {
            let text = Schema::of("string").described("What went wrong, as `detail` has it.");
            schema = schema.with("message", text, true);
        }
        for field in &error.fields {
            schema = schema.with(&field.name, self.field(field), !field.optional);
        }
        if self == Self::Gateway {
            schema.title = (!error.title.is_empty()).then(|| error.title.clone());
            let docs = if error.deprecated { format!("Deprecated.\n\n{}", error.docs) } else { error.docs.clone() };
            return schema.described(docs.trim());
        }
        // A `title` names the type in some generators' code, in place of the component's own name.
        schema.deprecated = error.deprecated;
        schema.described(if error.docs.is_empty() { &error.title } else { &error.docs })
    }

    /// The schema of an error that nobody declares.
    pub(crate) fn reserved(self, reserved: Reserved) -> Schema {
        let has_place = reserved == Reserved::INVALID;
        let mut schema = self.problem(reserved.code, reserved.status, has_place, false);
        if has_place {
            for (name, docs) in [("path", "The place in the input."), ("reason", "What is wrong there.")] {
                schema = schema.with(name, Schema::of("string").described(docs), true);
            }
        }
        schema.described(reserved.docs)
    }

    /// The schema of what API Gateway answers by itself under a status, as a REST API is configured here.
    pub(crate) fn gateway(self, status: u16) -> Schema {
        let kinds = kinds().iter().filter(|kind| kind.status == status && kind.template().is_some());
        let codes = Schema { values: kinds.map(|kind| kind.code().into()).collect(), ..Schema::of("string") };
        let mut schema = self.problem("", status, false, false);
        schema.properties.insert("code".to_owned(), codes);
        schema.with("detail", Schema::of("string"), false).described(&refusal(status))
    }

    /// The schema of what an HTTP API or a function URL answers by itself, whose one member is a text.
    pub(crate) fn stock(status: u16, member: &str) -> Schema {
        Schema::of("object").with(member, Schema::of("string"), true).described(&refusal(status))
    }

    /// The schema of any problem, declared or not.
    pub(crate) fn any_problem(self) -> Schema {
        let mut schema = Schema::of("object").with("code", Schema::of("string"), false);
        schema = schema.with("title", Schema::of("string"), true).with("status", self.int(32, true), false);
        schema = schema.with("detail", Schema::of("string"), false);
        let schema = self.advice(schema, true);
        schema.described("An error that this document does not declare: of a newer version, or of what stands before.")
    }

    /// The members of every problem (RFC 9457 section 3.1, and the runtime's own).
    fn problem(self, code: &str, status: u16, detail: bool, retry_after: bool) -> Schema {
        let status = match self {
            Self::Gateway => self.status(),
            Self::Plain30 | Self::Plain31 => self.constant(self.status(), status),
        };
        let mut schema = Schema::of("object").with("code", self.word(code), true);
        schema = schema.with("title", Schema::of("string"), true).with("status", status, true);
        if detail {
            schema = schema.with("detail", Schema::of("string"), true);
        }
        self.advice(schema, retry_after)
    }

    fn status(self) -> Schema {
        match self {
            Self::Gateway => Schema::of("integer"),
            Self::Plain30 | Self::Plain31 => self.int(32, true),
        }
    }

    fn advice(self, mut schema: Schema, retry_after: bool) -> Schema {
        for name in ["type", "instance", "retryable"] {
            schema = schema.with(name, Schema::of("string"), false);
        }
        if retry_after {
            schema = schema.with("retryAfter", self.seconds(), false);
        }
        schema
    }

    /// A delay: no more than an `int32` holds.
    pub(crate) fn seconds(self) -> Schema {
        let seconds = Schema { minimum: Some(0), ..self.status() };
        seconds.described("Seconds to wait before the request is repeated.")
    }
}

fn refusal(status: u16) -> String {
    format!("What refused the request under {status} before the function was asked.")
}
