//! Binary media types: which bodies are bytes to API Gateway.

/// The document's `x-amazon-apigateway-binary-media-types`.
#[derive(Debug, Default)]
pub(crate) struct Binary(pub(crate) Vec<String>);

impl Binary {
    /// Whether the media type of a header is a binary one. Recorded: of several the first counts, a known type may have any
    /// subtype, and `*/test` takes nothing. That `*/*` takes everything is documented.
    pub(crate) fn has(&self, header: Option<&str>) -> bool {
        if self.0.iter().any(|known| known.trim() == "*/*") {
            return true;
        }
        let first = header.and_then(|header| header.split([',', ';']).next()).unwrap_or_default().trim();
        let Some((kind, subtype)) = first.split_once('/') else { return false };
        self.0.iter().filter_map(|known| known.split(';').next()?.trim().split_once('/')).any(|(known, of)| {
            known != "*" && known.eq_ignore_ascii_case(kind) && (of == "*" || of.eq_ignore_ascii_case(subtype))
        })
    }
}
