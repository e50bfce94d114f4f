//! What Velocity or a new Java has and API Gateway may not.

/// The methods that came to Java after its version 8; which one API Gateway runs on is not known.
const NEWER: [&str; 5] = ["isBlank", "repeat", "strip", "stripLeading", "stripTrailing"];

/// What to say of a method that may be missing there.
pub(super) fn newer(name: &str) -> Option<String> {
    NEWER
        .contains(&name)
        .then(|| format!("`{name}` came with Java 11: whether API Gateway's Java has it is not documented"))
}
