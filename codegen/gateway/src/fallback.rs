//! Gateway responses: what API Gateway answers for itself, by default and as customised.

use super::call::Call;
use super::context;
use super::headers::Headers;
use super::json::{self, Escapes, Json};
use super::kind::ResponseType;
use super::media::essence;
use super::parameters::{Answer, Source};
use super::response::{Response, Trace};
use indexmap::IndexMap;

/// A customised gateway response.
#[derive(Debug, Default)]
pub(crate) struct Custom {
    pub(crate) status: Option<u16>,
    pub(crate) headers: IndexMap<String, Source>,
    pub(crate) templates: IndexMap<String, String>,
}

/// The customised gateway responses of an API.
#[derive(Debug, Default)]
pub(crate) struct Fallbacks {
    pub(crate) types: IndexMap<ResponseType, Custom>,
    pub(crate) default_4xx: Option<Custom>,
    pub(crate) default_5xx: Option<Custom>,
}

const STOCK: &str = r#"{"message":$context.error.messageString}"#;

/// Recorded on API Gateway: the errors of its own have a blank that the template above has not.
const STOCK_5XX: &str = r#"{"message": $context.error.messageString}"#;

impl Fallbacks {
    /// The customisation that holds for a type. One of its own leaves nothing of the default for its class.
    fn custom(&self, kind: ResponseType) -> Option<&Custom> {
        if kind == ResponseType::RequestTooLarge {
            return None;
        }
        let class = if kind.default_status() < 500 { &self.default_4xx } else { &self.default_5xx };
        self.types.get(&kind).or(class.as_ref())
    }

    pub(crate) fn respond(
        &self,
        kind: ResponseType,
        message: &str,
        call: &Call,
        resource: Option<&str>,
        trace: Trace,
    ) -> Response {
        let custom = self.custom(kind);
        let mut context = context::context(call, resource);
        add_error(&mut context, kind, message);
        let mut trace = Trace { gateway: Some(kind), ..trace };
        let mut headers = Headers::default();
        context::identify(&mut headers, call);
        headers.set("x-amzn-errortype", kind.error_type());
        let (media, template) = choose(kind, custom, call.header("accept"));
        headers.set("content-type", media);
        let answer = Answer { body: None, function_error: false, headers: &[] };
        for (name, source) in custom.into_iter().flat_map(|custom| &custom.headers) {
            let Some(value) = source.value(call, &context, &answer) else { continue };
            trace.warnings.extend(headers.map(name, &value));
        }
        Response {
            status: custom.and_then(|custom| custom.status).unwrap_or(kind.default_status()),
            headers: headers.into_vec(),
            body: substitute(template, call, &context).into_bytes(),
            trace,
        }
    }
}

fn choose<'a>(kind: ResponseType, custom: Option<&'a Custom>, accept: Option<&str>) -> (&'a str, &'a str) {
    let stock = ("application/json", STOCK);
    let Some(custom) = custom else {
        return if kind.default_status() < 500 { stock } else { ("application/json", STOCK_5XX) };
    };
    let wanted = essence(accept.and_then(|accept| accept.split(',').next()).unwrap_or_default());
    let exact = |wanted: &str| custom.templates.iter().find(|(media, _)| essence(media).eq_ignore_ascii_case(wanted));
    let found = exact(wanted).or_else(|| exact("application/json")).or_else(|| custom.templates.first());
    found.map_or(stock, |(media, template)| (media.as_str(), template.as_str()))
}

/// `$context.error.messageString` has its quotes already, `$context.error.message` has none.
fn add_error(context: &mut Json, kind: ResponseType, message: &str) {
    let mut quoted = String::new();
    json::write_string(&mut quoted, message, Escapes::Plain);
    let error = [("message", message), ("messageString", &quoted), ("responseType", kind.name())];
    let error = error.map(|(name, value)| (name.to_owned(), Json::Text(value.to_owned())));
    if let Json::Map(context) = context {
        context.insert("error".to_owned(), Json::Map(error.into_iter().collect()));
    }
}

/// Puts variables in: these templates are not VTL, and know nothing but `$context.…` and `$stageVariables.…`.
fn substitute(template: &str, call: &Call, context: &Json) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let end = rest.find(|c| !name(c)).unwrap_or(rest.len());
        let variable = rest[..end].trim_end_matches(['.', '-']);
        if let Some(path) = variable.strip_prefix("context.") {
            out.push_str(&context::look_up(context, path).unwrap_or_default());
        } else if let Some(name) = variable.strip_prefix("stageVariables.") {
            out.push_str(call.stage_variables.get(name).map_or("", String::as_str));
        } else {
            out.push('$');
            continue;
        }
        rest = &rest[variable.len()..];
    }
    out.push_str(rest);
    out
}
