//! One request as it went, and the line that says so.

use std::fmt;
use std::time::Duration;
use throwback_codegen::text::line;
use throwback_gateway::Response;

/// One request as it went.
///
/// Its `Display` is a line such as `GET /orders/42 → get_order → [OrderNotFound] → 404 ^\[(?:OrderNotFound)\] [\s\S]* · 3 ms`,
/// with a further line for each warning.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Exchange {
    /// The HTTP method.
    pub method: String,
    /// The path as it was sent.
    pub path: String,
    /// The operation; `None` where the document has none for this method and path.
    pub operation_id: Option<String>,
    /// The event that the function got; `None` where it did not come to that.
    pub event: Option<String>,
    /// What the function answered, or Lambda in its place; `None` where it did not come to that.
    pub payload: Option<Vec<u8>>,
    /// Whether that was an error.
    pub function_error: bool,
    /// What the client got, and how that was chosen.
    pub response: Response,
    /// From the request's last byte to the response's first.
    pub duration: Duration,
}

/// As much of a message or of a pattern as a line shows, in characters.
const SHOWN: usize = 60;

impl Exchange {
    /// The line with ANSI colours: the status by its class, warnings so that they stand out.
    pub fn colored(&self) -> impl fmt::Display + '_ {
        Line { exchange: self, color: true }
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Line { exchange: self, color: false }.fmt(f)
    }
}

struct Line<'a> {
    exchange: &'a Exchange,
    color: bool,
}

impl Line<'_> {
    fn paint(&self, code: &'static str) -> (&'static str, &'static str) {
        if self.color { (code, "\x1b[0m") } else { ("", "") }
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Exchange { method, path, operation_id, function_error, response, duration, .. } = self.exchange;
        let trace = &response.trace;
        let (dim, plain) = self.paint("\x1b[2m");
        write!(f, "{method} {}", printable(path, 200))?;
        if let Some(operation) = operation_id {
            write!(f, " {dim}→{plain} {}", printable(operation, SHOWN))?;
        }
        if let Some(message) = &trace.error_message {
            let shown = if *function_error { tag(message) } else { "ok".to_owned() };
            write!(f, " {dim}→{plain} {shown}")?;
        }
        let (color, plain) = self.paint(match response.status {
            200..=299 => "\x1b[32m",
            300..=399 => "\x1b[36m",
            400..=499 => "\x1b[33m",
            _ => "\x1b[31m",
        });
        write!(f, " {dim}→{plain} {color}{}{plain}", response.status)?;
        match (&trace.gateway, trace.matched.first()) {
            (Some(kind), _) => write!(f, " {}", kind.name())?,
            (None, Some(selected)) => {
                let pattern = selected.pattern.as_deref().map_or("default".to_owned(), |text| printable(text, SHOWN));
                write!(f, " {dim}{pattern}{plain}")?;
                if selected.status != response.status {
                    write!(f, " {dim}(overrides {}){plain}", selected.status)?;
                }
            }
            (None, None) => {}
        }
        write!(f, " {dim}· {} ms{plain}", duration.as_millis())?;
        let (color, plain) = self.paint("\x1b[1;33m");
        for warning in &trace.warnings {
            write!(f, "\n  {color}warning:{plain} {}", printable(warning, 1000))?;
        }
        Ok(())
    }
}

/// A message's tag, or its beginning where it has none; of Lambda's own messages, what follows the request id.
fn tag(message: &str) -> String {
    let lambda = message.strip_prefix("RequestId: ").and_then(|rest| rest.split_once(" Error: "));
    let message = lambda.map_or(message, |(_, reason)| reason);
    let tag = message.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(tag, _)| tag);
    match tag.filter(|tag| {
        !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    }) {
        Some(tag) => format!("[{tag}]"),
        None => format!("\"{}\"", printable(message, SHOWN)),
    }
}

/// A text on one line, cut where it is long.
fn printable(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((at, _)) => format!("{}…", line(&text[..at])),
        None => line(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throwback_gateway::{ResponseType, Selected, Trace};

    fn exchange(message: &str, status: u16, trace: Trace) -> Exchange {
        Exchange {
            method: "GET".to_owned(),
            path: "/orders/42".to_owned(),
            operation_id: Some("get_order".to_owned()),
            event: None,
            payload: None,
            function_error: !message.is_empty(),
            response: Response { status, headers: Vec::new(), body: Vec::new(), trace },
            duration: Duration::from_micros(3400),
        }
    }

    #[test]
    fn the_line_shows_the_path_taken() {
        let pattern = r"^\[(?:OrderNotFound)\] [\s\S]*";
        let selected = Selected { pattern: Some(pattern.to_owned()), status: 404 };
        let message = "[OrderNotFound] {}".to_owned();
        let trace = Trace { error_message: Some(message.clone()), matched: vec![selected], ..Trace::default() };
        assert_eq!(
            exchange(&message, 404, trace.clone()).to_string(),
            format!("GET /orders/42 → get_order → [OrderNotFound] → 404 {pattern} · 3 ms")
        );
        assert_eq!(
            exchange(&message, 409, trace.clone()).to_string(),
            format!("GET /orders/42 → get_order → [OrderNotFound] → 409 {pattern} (overrides 404) · 3 ms")
        );
        assert!(exchange(&message, 404, trace).colored().to_string().contains("\x1b[33m404\x1b[0m"));
    }

    #[test]
    fn what_a_document_names_is_shown_safely() {
        let mut odd = exchange("", 200, Trace::default());
        odd.operation_id = Some("get\u{202e}\u{1b}[2J\nGET /forged → 200".to_owned());
        odd.path = "/a\u{2066}b".to_owned();
        let shown = "GET /a\\u{2066}b → get\\u{202e}\\u{1b}[2J\\nGET /forged → 200 → 200 · 3 ms";
        assert_eq!(odd.to_string(), shown);
    }

    #[test]
    fn what_is_no_tag_is_shown_safely() {
        let message = "Task\n\x1b[31m timed out";
        let trace = Trace {
            error_message: Some(message.to_owned()),
            gateway: Some(ResponseType::ApiConfigurationError),
            warnings: vec!["odd".to_owned()],
            ..Trace::default()
        };
        assert_eq!(
            exchange(message, 500, trace).to_string(),
            "GET /orders/42 → get_order → \"Task\\n\\u{1b}[31m timed out\" → 500 API_CONFIGURATION_ERROR · 3 ms\n  warning: odd"
        );
    }
}
