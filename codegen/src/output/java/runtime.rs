//! What a package carries beside its API: the files under `templates/java/runtime` that it needs.

use super::code::{call, line};
use super::names::Bases;
use crate::output::layout::text;

/// When a package has a file.
#[derive(Clone, Copy, PartialEq)]
enum When {
    Always,
    /// It has operations over HTTP.
    Called,
    /// It has operations that are invoked.
    Invoked,
    Either,
}

macro_rules! files {
    ($($when:ident $name:literal),* $(,)?) => {
        &[$((When::$when, $name, include_str!(concat!("../../../templates/java/runtime/", $name, ".java")))),*]
    };
}

const FILES: &[(When, &str, &str)] = files![
    Always "GatewayException",
    Invoked "Invoked",
    Invoked "Invoker",
    Always "Json",
    Always "OrdersApiException",
    Always "OrdersException",
    Always "PlatformException",
    Always "RawResponse",
    Called "Request",
    Either "Result",
    Either "Retries",
    Always "Retry",
    Always "TransportException",
    Called "Transport",
    Always "Trust",
    Always "UndeclaredException",
    Always "Unit",
    Always "UnmodelledException",
    Always "Who",
    Always "Wire",
    Always "WireBody",
    Called "WireCall",
    Always "WireCause",
    Always "WireDeclared",
    Always "WireDecoder",
    Called "WireEndpoint",
    Invoked "WireFunction",
    Always "WireGateway",
    Called "WireHttp",
    Always "WireInfo",
    Always "WireInvocation",
    Always "WireMisfit",
    Always "WireObject",
    Always "WireOrigin",
    Always "WirePut",
    Always "WireReader",
    Called "WireRequest",
    Either "WireRetries",
    Called "WireSettings",
    Always "WireShow",
    Always "WireTravel",
    Always "WireValue",
    Either "WireWait",
    Always "WireWriter",
];

/// The classes whose names are the API's own, as the files of the runtime call them.
const FAILURE: &str = "OrdersException";
const DECLARED: &str = "OrdersApiException";

/// The only header whose lines depend on how long these names are.
const DECODE: &str =
    "  public static OrdersException decode(int status, Map<String, List<String>> headers, byte[] body) {\n";

fn decode(failure: &str) -> String {
    let parameters = ["int status", "Map<String, List<String>> headers", "byte[] body"].map(text);
    line(vec![call(format!("public static {failure} decode"), parameters.into(), " {")], 2)
}

/// The files of a package, each with the name of its class.
pub(super) fn files(bases: &Bases, called: bool, invoked: bool) -> Vec<(String, String)> {
    let has = |when: When| match when {
        When::Always => true,
        When::Called => called,
        When::Invoked => invoked,
        When::Either => called || invoked,
    };
    let named = |text: &str| {
        let text = text.replace(DECODE, &decode(&bases.failure));
        text.replace(FAILURE, &bases.failure).replace(DECLARED, &bases.declared)
    };
    FILES.iter().filter(|(when, ..)| has(*when)).map(|(_, name, text)| (named(name), named(text))).collect()
}
