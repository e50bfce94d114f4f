//! Names in TypeScript: of members, types and functions.

use super::layout::{Doc, braces, flat, list, text};
use crate::client::{Client, Language};
use crate::contract::Type;
use heck::{ToLowerCamelCase, ToUpperCamelCase};

/// How TypeScript writes names.
pub(super) struct TypeScript;

impl Language for TypeScript {
    fn type_name(&self, name: &str) -> String {
        // `HTTPError` stays as it is.
        let camel =
            name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric());
        let name = if camel { name.to_owned() } else { name.to_upper_camel_case() };
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("T{name}") }
    }

    fn error_name(&self, code: &str) -> String {
        let name = self.type_name(code);
        if name.ends_with("Error") { name } else { name + "Error" }
    }

    fn member(&self, name: &str) -> String {
        let camel = name.to_lower_camel_case();
        if camel.is_empty() || camel.starts_with(|c: char| c.is_ascii_digit()) { format!("_{camel}") } else { camel }
    }

    fn longer(&self, member: &str, more: &str) -> String {
        format!("{member}{}", more.to_upper_camel_case())
    }

    fn own_types(&self) -> &'static [&'static str] {
        OWN
    }

    fn own_methods(&self) -> &'static [&'static str] {
        &["constructor", "then", "toString", "toJson", "valueOf", "hasOwnProperty", "isPrototypeOf"]
    }
}

/// What every module has, and what the package gives its callers beside the API's own.
const OWN: &[&str] = &[
    "About",
    "Answer",
    "Array",
    "ArrayBuffer",
    "Call",
    "CallOptions",
    "ClientOptions",
    "Decimal",
    "DeclaredError",
    "DecodeOptions",
    "Duration",
    "Error",
    "Exclude",
    "FailureJson",
    "FetchInit",
    "FetchLike",
    "FetchResponse",
    "Function",
    "FunctionOptions",
    "GatewayError",
    "GatewayKind",
    "HeaderList",
    "Invoke",
    "Invoked",
    "JsonValue",
    "Map",
    "Object",
    "OutgoingRequest",
    "PlatformError",
    "PlatformKind",
    "Promise",
    "RawResponse",
    "Result",
    "Retries",
    "Retry",
    "Sets",
    "Signal",
    "String",
    "Symbol",
    "Timestamp",
    "TransportError",
    "TransportKind",
    "Uint8Array",
    "UndeclaredError",
    "UnmodelledError",
    "Untyped",
    "Who",
];

/// Words that no variable can be called.
pub(super) const KEYWORDS: &[&str] = &[
    "any",
    "arguments",
    "as",
    "async",
    "await",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "constructor",
    "continue",
    "debugger",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "get",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "module",
    "namespace",
    "never",
    "new",
    "null",
    "number",
    "of",
    "options",
    "package",
    "private",
    "protected",
    "public",
    "readonly",
    "require",
    "return",
    "set",
    "static",
    "string",
    "super",
    "switch",
    "symbol",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "unknown",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "e",
    "rt",
    "t",
];

/// What an error has already.
pub(super) const OF_ERRORS: &[&str] = &[
    "attempts",
    "cause",
    "code",
    "constructor",
    "detail",
    "fromJson",
    "hasOwnProperty",
    "instance",
    "isPrototypeOf",
    "isRetryable",
    "members",
    "message",
    "name",
    "propertyIsEnumerable",
    "prototype",
    "requestId",
    "response",
    "retry",
    "retryAfter",
    "shown",
    "stack",
    "status",
    "title",
    "toJson",
    "toLocaleString",
    "toString",
    "type",
    "valueOf",
    "who",
];

/// A type of the wire as TypeScript writes it, on one line; `prefix` stands before the API's own types.
pub(super) fn ty(client: &Client<'_>, ty: &Type, prefix: &str) -> String {
    flat(&doc(client, ty, prefix))
}

/// A type that is broken where it does not fit.
pub(super) fn doc(client: &Client<'_>, ty: &Type, prefix: &str) -> Doc {
    let of = |inner: &Type| doc(client, inner, prefix);
    let together = |docs: Vec<Doc>| Doc::Group(docs, false);
    text(match ty {
        Type::Bool => "boolean",
        Type::Int { bits: 33.., .. } => "bigint",
        Type::Int { .. } | Type::Float { .. } => "number",
        Type::String { format } => match format.as_deref() {
            Some("date-time") => "rt.Timestamp",
            Some("decimal") => "rt.Decimal",
            _ => "string",
        },
        Type::Char => "string",
        Type::Option(inner) => return together(vec![of(without_options(inner)), text(" | undefined")]),
        Type::List(inner) | Type::Set(inner) => {
            let several = matches!(**inner, Type::Option(_) | Type::List(_) | Type::Set(_) | Type::Tuple(_));
            let (open, close) = if several { ("readonly (", ")[]") } else { ("readonly ", "[]") };
            return together(vec![text(open), of(inner), text(close)]);
        }
        Type::Map { value, .. } => return braces("readonly [key: string]: ", of(value)),
        Type::Tuple(elements) => {
            return together(vec![text("readonly "), list(elements.iter().map(of).collect(), false)]);
        }
        Type::Duration => "rt.Duration",
        Type::Any => "rt.JsonValue",
        Type::Unit => "null",
        Type::Named(name) => return text(format!("{prefix}{}", client.type_name(name))),
    })
}

/// What may be left out may be so once.
pub(super) fn without_options(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) => without_options(inner),
        ty => ty,
    }
}
