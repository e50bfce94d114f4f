//! The names of a problem's members, and the rule for an author's own.

/// Members that every problem may have (RFC 9457 section 3.1, and our own); no field may be named so.
pub const PROBLEM_MEMBERS: [&str; 9] =
    ["code", "title", "status", "detail", "type", "instance", "retryable", "retryAfter", "truncated"];

/// Says what is wrong with a field's name on the wire.
pub fn member_name(name: &str) -> Result<(), String> {
    if PROBLEM_MEMBERS.contains(&name) {
        return Err(format!(
            "`{name}` is a member of every problem: give the field another name with `#[api_error(rename = \"…\")]`"
        ));
    }
    let mut bytes = name.bytes();
    let fits = bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    if fits {
        Ok(())
    } else {
        Err(format!(
            "`{name}` can't be a member's name: it is a letter or `_`, then letters, digits, `_`, `-` and `.` of ASCII; \
             give another with `#[api_error(rename = \"…\")]`"
        ))
    }
}
