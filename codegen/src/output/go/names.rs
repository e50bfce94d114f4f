//! Names in Go: of members, types and functions.

use crate::client::Language;
use heck::ToSnakeCase;
use std::fmt::Write;

/// How Go writes names.
pub(super) struct Go;

impl Language for Go {
    fn type_name(&self, name: &str) -> String {
        // `HTTPError` stays as it is.
        let camel = name.starts_with(char::is_uppercase) && name.chars().all(is_letter);
        let written = |word: &str| INITIALS.contains(&word) && !name.contains(&word.to_uppercase());
        let camel = camel && !name.to_snake_case().split('_').any(written);
        if camel { name.to_owned() } else { pascal(name) }
    }

    fn error_name(&self, code: &str) -> String {
        let name = self.type_name(code);
        if name.ends_with("Error") { name } else { format!("{name}Error") }
    }

    fn member(&self, name: &str) -> String {
        let name = pascal(name);
        if matches!(&*name, "MarshalJSON" | "UnmarshalJSON") { format!("{name}Field") } else { name }
    }

    fn longer(&self, member: &str, more: &str) -> String {
        format!("{member}{}", pascal(more).trim_start_matches('X'))
    }

    fn own_types(&self) -> &'static [&'static str] {
        OWN
    }

    fn own_methods(&self) -> &'static [&'static str] {
        // Those whose form `go vet` knows.
        &[
            "As",
            "Format",
            "GobDecode",
            "GobEncode",
            "Is",
            "LogValue",
            "MarshalJSON",
            "MarshalXML",
            "Peek",
            "ReadByte",
            "ReadFrom",
            "ReadRune",
            "Scan",
            "Seek",
            "String",
            "Error",
            "UnmarshalJSON",
            "UnmarshalXML",
            "UnreadByte",
            "UnreadRune",
            "Unwrap",
            "WriteByte",
            "WriteTo",
        ]
    }
}

/// What an error has beside its own fields.
pub(super) const OF_ERRORS: &[&str] = &[
    "As",
    "Attempts",
    "Code",
    "Detail",
    "Error",
    "Is",
    "IsRetryable",
    "LogValue",
    "MarshalJSON",
    "RequestID",
    "Response",
    "Retry",
    "RetryAfter",
    "Status",
    "Title",
    "Unwrap",
    "Who",
];

/// What every package declares, whatever its API.
const OWN: &[&str] = &[
    "Decimal",
    "Decode",
    "DecodeCause",
    "DecodeInvocation",
    "Error",
    "GatewayAPIConfigurationError",
    "GatewayAccessDenied",
    "GatewayAuthorizerConfigurationError",
    "GatewayAuthorizerFailure",
    "GatewayBadRequest",
    "GatewayBadRequestBody",
    "GatewayBadRequestParameters",
    "GatewayError",
    "GatewayExpiredToken",
    "GatewayForbidden",
    "GatewayIncompleteSignature",
    "GatewayIntegrationFailure",
    "GatewayIntegrationTimeout",
    "GatewayInternalServerError",
    "GatewayInvalidAPIKey",
    "GatewayInvalidSignature",
    "GatewayKind",
    "GatewayMissingAuthenticationToken",
    "GatewayOther",
    "GatewayQuotaExceeded",
    "GatewayRequestTooLarge",
    "GatewayResourceNotFound",
    "GatewayThrottled",
    "GatewayUnauthorized",
    "GatewayUnrecognizedClient",
    "GatewayUnsupportedMediaType",
    "GatewayWafFiltered",
    "Invoke",
    "IsSuccess",
    "New",
    "NewFunction",
    "Option",
    "PlatformError",
    "PlatformExited",
    "PlatformInit",
    "PlatformInternal",
    "PlatformInvalidPayload",
    "PlatformKind",
    "PlatformOutOfMemory",
    "PlatformResponseTooLarge",
    "PlatformTimeout",
    "RawResponse",
    "Retries",
    "Retry",
    "RetryBackoff",
    "RetryIdempotent",
    "RetryNever",
    "TransportError",
    "Trust",
    "TrustBodies",
    "TrustMarks",
    "Tuple0",
    "Tuple1",
    "Tuple2",
    "Tuple3",
    "Tuple4",
    "Tuple5",
    "Tuple6",
    "Tuple7",
    "Tuple8",
    "Tuple9",
    "Tuple10",
    "Tuple11",
    "Tuple12",
    "Tuple13",
    "Tuple14",
    "Tuple15",
    "Tuple16",
    "UndeclaredError",
    "UnmodelledError",
    "Who",
    "WhoAPI",
    "WhoGateway",
    "WhoPlatform",
    "WhoTransport",
    "WhoUndeclared",
    "WhoUnmodelled",
    "WithHTTPClient",
    "WithHeader",
    "WithRetries",
    "WithSigner",
    "WithTimeout",
    "WithTrust",
];

/// Words that Go writes in capitals.
const INITIALS: &[&str] = &[
    "acl", "amqp", "api", "ascii", "cpu", "css", "db", "dns", "eof", "gid", "guid", "html", "http", "https", "id",
    "ip", "json", "qps", "ram", "rpc", "rtp", "sip", "sla", "smtp", "sql", "ssh", "tcp", "tls", "ts", "ttl", "udp",
    "ui", "uid", "uuid", "uri", "url", "utf8", "vm", "xml", "xmpp", "xsrf", "xss",
];

/// A character of a name.
fn is_letter(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{345}' | '\u{2160}'..='\u{2188}' | '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}' => false,
        '\u{5d0}'..='\u{5ea}'
        | '\u{620}'..='\u{64a}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        c => c.is_alphabetic() && (c.is_uppercase() || c.is_lowercase()),
    }
}

/// A name that is seen outside of its package.
fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in name.to_snake_case().split('_') {
        if INITIALS.contains(&word) {
            out.push_str(&word.to_ascii_uppercase());
            continue;
        }
        for (at, c) in word.chars().enumerate() {
            match c {
                c if !is_letter(c) => {
                    // Writing to a String never fails.
                    let _ = write!(out, "U{:X}", u32::from(c));
                }
                c if at == 0 => out.extend(c.to_uppercase()),
                c => out.push(c),
            }
        }
    }
    if out.starts_with(|c: char| c.is_uppercase() && is_letter(c)) { out } else { format!("X{out}") }
}

/// The name of an argument: no keyword, nothing of Go's own, and nothing that a method names.
pub(super) fn argument(name: &str) -> String {
    let name = pascal(name);
    let mut lower = String::new();
    let letters: Vec<_> = name.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        // `URLPath` becomes `urlPath`.
        let next = letters.get(at + 1).is_none_or(|next| !next.is_lowercase());
        if at == 0 || (lower.chars().all(char::is_lowercase) && c.is_uppercase() && next) {
            lower.extend(c.to_lowercase());
        } else {
            lower.extend(letters.iter().skip(at));
            break;
        }
    }
    let inside = ["read", "append", "as", "put", "set", "about"].iter().any(|word| lower.starts_with(word));
    if inside || WORDS.contains(&&*lower) { format!("{lower}Value") } else { lower }
}

const WORDS: &[&str] = &[
    "any",
    "bool",
    "break",
    "byte",
    "c",
    "call",
    "cap",
    "case",
    "chan",
    "clear",
    "client",
    "close",
    "comparable",
    "complex",
    "complex128",
    "complex64",
    "const",
    "context",
    "continue",
    "copy",
    "ctx",
    "default",
    "defer",
    "delete",
    "else",
    "endpoint",
    "err",
    "error",
    "fallthrough",
    "false",
    "float32",
    "float64",
    "for",
    "func",
    "function",
    "go",
    "goto",
    "if",
    "imag",
    "import",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "interface",
    "invoked",
    "iota",
    "json",
    "len",
    "make",
    "map",
    "max",
    "min",
    "new",
    "big",
    "fmt",
    "f",
    "nil",
    "package",
    "panic",
    "print",
    "println",
    "range",
    "real",
    "recover",
    "return",
    "rune",
    "select",
    "slog",
    "string",
    "struct",
    "switch",
    "time",
    "true",
    "type",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
    "value",
    "var",
];

/// Whether Go gives a word a meaning of its own.
pub(super) fn is_word(name: &str) -> bool {
    WORDS.contains(&name)
}
