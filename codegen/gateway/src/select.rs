//! Which integration response a message selects.

use super::integration::IntegrationResponse;
use super::response::Selected;

/// What selection came to.
pub(crate) struct Selection<'a> {
    /// The response that is taken, if any is.
    pub(crate) taken: Option<&'a IntegrationResponse>,
    /// All that matched, the one that is taken first; or the default response.
    pub(crate) matched: Vec<Selected>,
    pub(crate) warnings: Vec<String>,
}

/// Compares `message` with every pattern. A success is the empty string.
pub(crate) fn select<'a>(responses: &'a [IntegrationResponse], message: &str) -> Selection<'a> {
    let mut warnings = Vec::new();
    let mut found = Vec::new();
    for response in responses {
        match response.pattern.as_ref().map(|pattern| pattern.matches(message)) {
            Some(Ok(true)) => found.push(response),
            Some(Err(error)) => {
                warnings.push(format!("{error}: taken as no match; what API Gateway does then is not known"));
            }
            Some(Ok(false)) | None => {}
        }
    }
    if found.is_empty() {
        found.extend(responses.iter().find(|response| response.pattern.is_none()));
    }
    let matched: Vec<_> = found
        .iter()
        .map(|response| Selected {
            pattern: response.pattern.as_ref().map(|pattern| pattern.source().to_owned()),
            status: response.status,
        })
        .collect();
    if let [first, _, ..] = matched.as_slice() {
        let statuses: Vec<_> = matched.iter().map(|selected| selected.status.to_string()).collect();
        warnings.push(format!(
            "the patterns of {} all match: which one API Gateway takes is not documented; taken here: {}",
            statuses.join(", "),
            first.status
        ));
    }
    if message.is_empty()
        && let Some(Selected { pattern: Some(pattern), status }) = matched.first()
    {
        warnings
            .push(format!("pattern `{pattern}` matches the empty string, so that every success becomes a {status}"));
    }
    Selection { taken: found.first().copied(), matched, warnings }
}
