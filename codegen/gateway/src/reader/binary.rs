//! Reads `x-amazon-apigateway-binary-media-types`.

use super::super::binary::Binary;
use super::super::json::Json;
use super::{At, Reader};

const NAME: &str = "x-amazon-apigateway-binary-media-types";

pub(super) fn read<'a>(cx: &mut Reader<'a>, root: &At<'a>) -> Binary {
    let Some(at) = root.get(NAME).filter(|found| *found.value != Json::Null) else { return Binary::default() };
    let Json::List(items) = at.value else {
        cx.error(&at, format!("{}, but a list is needed", at.value.kind()));
        return Binary::default();
    };
    let mut types = Vec::new();
    for item in items {
        match item {
            Json::Text(media) if media.contains('/') => types.push(media.clone()),
            other => cx.error(&at, format!("`{}` is no media type", other.as_str().unwrap_or(other.kind()))),
        }
    }
    Binary(types)
}

impl Reader<'_> {
    /// Whether any media type is binary.
    pub(super) fn has_binary(&self) -> bool {
        self.root.get(NAME).is_some_and(|types| !matches!(types, Json::List(items) if items.is_empty()))
    }
}
