//! Templates keyed by media type, and which of them a header chooses.

use super::vtl::Template;
use indexmap::IndexMap;

/// The templates of a request or of one response, in the document's order. An empty one means passthrough.
#[derive(Debug, Default)]
pub(crate) struct Templates(pub(crate) IndexMap<String, Option<Template>>);

/// What API Gateway assumes where a header names no media type.
const DEFAULT: &str = "application/json";

impl Templates {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn exact(&self, media: &str) -> Option<&Option<Template>> {
        self.0.iter().find(|(key, _)| essence(key).eq_ignore_ascii_case(media)).map(|(_, template)| template)
    }

    /// The template for a request of this `Content-Type`: only the media type itself counts.
    pub(crate) fn for_content_type(&self, header: Option<&str>) -> Option<&Option<Template>> {
        self.exact(essence(header.unwrap_or(DEFAULT)))
    }

    /// The template for a response to this `Accept`: its first media type decides, and where no template has it, the
    /// first template is used.
    pub(crate) fn for_accept(&self, header: Option<&str>) -> Option<&Template> {
        let chosen = self.exact(first(header)).or_else(|| self.0.values().next())?;
        chosen.as_ref()
    }

    /// Whether that is the first template for want of a better one, and one of JSON is there: documented is the first, and some
    /// have seen the other one taken.
    pub(crate) fn is_doubtful(&self, header: Option<&str>) -> bool {
        self.exact(first(header)).is_none()
            && self.exact(DEFAULT).is_some()
            && self.0.keys().next().is_some_and(|media| !essence(media).eq_ignore_ascii_case(DEFAULT))
    }
}

/// The first media type of an `Accept`.
fn first(header: Option<&str>) -> &str {
    essence(header.unwrap_or(DEFAULT).split(',').next().unwrap_or(DEFAULT))
}

/// A media type without its parameters.
pub(crate) fn essence(media: &str) -> &str {
    let essence = media.split(';').next().unwrap_or(media).trim();
    if essence.is_empty() { DEFAULT } else { essence }
}
