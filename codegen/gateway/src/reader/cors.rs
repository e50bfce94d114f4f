//! Reads `x-amazon-apigateway-cors`.

use super::super::cors::Cors;
use super::super::json::Json;
use super::{At, Reader};

pub(super) fn read<'a>(cx: &mut Reader<'a>, root: &At<'a>) -> Option<Cors> {
    let at = root.get("x-amazon-apigateway-cors")?;
    let mut cors = Cors::default();
    for (name, at) in cx.members(&at) {
        match name {
            "allowOrigins" => cors.origins = texts(cx, &at),
            "allowMethods" => cors.methods = texts(cx, &at),
            "allowHeaders" => cors.headers = texts(cx, &at),
            "exposeHeaders" => cors.exposed = texts(cx, &at),
            "allowCredentials" => match at.value {
                Json::Bool(allowed) => cors.credentials = *allowed,
                other => cx.error(&at, format!("{}, but `true` or `false` is needed", other.kind())),
            },
            "maxAge" => match at.value {
                Json::Int(seconds) => cors.max_age = Some(*seconds),
                other => cx.error(&at, format!("{}, but a number of seconds is needed", other.kind())),
            },
            _ => cx.warn(&at, format!("CORS of an HTTP API has no `{name}`")),
        }
    }
    Some(cors)
}

/// The strings of a list, all of which are headers' values.
fn texts<'a>(cx: &mut Reader<'a>, at: &At<'a>) -> Vec<String> {
    let Json::List(list) = at.value else {
        cx.error(at, format!("{}, but a list is needed", at.value.kind()));
        return Vec::new();
    };
    let texts = list.iter().map(Json::as_str).collect::<Option<Vec<_>>>().unwrap_or_default();
    if texts.len() != list.len() || texts.iter().any(|text| !text.bytes().all(|byte| byte.is_ascii_graphic())) {
        cx.error(at, "a list of strings without spaces and control characters is needed");
    }
    texts.into_iter().map(str::to_owned).collect()
}
