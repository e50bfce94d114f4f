//! Header values: constants in API Gateway's parameter mappings.

/// The expression of a constant, `'value'`, as `responseParameters` take it; nothing for a text that can't be written.
///
/// A header's value is visible ASCII with blanks inside (RFC 9110 section 5.5). How API Gateway would read a quote or a
/// backslash between the quotes is not documented, so there is no way to write one.
pub fn constant(value: &str) -> Option<String> {
    is_constant(value).then(|| format!("'{value}'"))
}

/// Whether a text can be the constant value of a header.
pub fn is_constant(value: &str) -> bool {
    !value.starts_with(' ')
        && !value.ends_with(' ')
        && value.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'\'' | b'\\'))
}
