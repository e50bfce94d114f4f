//! Serverless Framework: texts in a file that `${file(…)}` brings in, whose variables are evaluated.

/// Where the framework's reader stands between two characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Text,
    /// Behind a backslash.
    Escape,
    /// Behind a dollar that a backslash escapes, if a brace follows.
    EscapedDollar,
    /// Behind a dollar of which a brace would make a variable. What else follows, even a backslash, is text.
    Dollar,
}

impl At {
    /// Behind a character that begins no variable.
    fn behind(self, c: char) -> Self {
        match (self, c) {
            (Self::Escape, '$') => Self::EscapedDollar,
            (Self::Text | Self::EscapedDollar, '\\') => Self::Escape,
            (Self::Text | Self::EscapedDollar | Self::Dollar, '$') => Self::Dollar,
            _ => Self::Text,
        }
    }
}

/// A text in which the framework finds no variable: `\${` is a `${`, and so many backslashes before it are half of them.
///
/// A dollar before hides the first of the backslashes from it, which then stands as it is; and dollars right before (`$${`),
/// which nothing escapes, come from a variable whose fallback they are.
pub fn literal(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(brace) = rest.find("${") {
        let before = &rest[..brace];
        let without_dollars = before.trim_end_matches('$');
        let head = without_dollars.trim_end_matches('\\');
        let (slashes, dollars) = (without_dollars.len() - head.len(), before.len() - without_dollars.len());
        let at = head.chars().fold(At::Text, At::behind);
        let hidden = usize::from(slashes > 0 && at == At::Dollar);
        out.push_str(head);
        out.push_str(&"\\".repeat(hidden + 2 * (slashes - hidden)));
        if dollars > 0 {
            out.push_str("${opt:throwback, '");
            out.push_str(&"$".repeat(dollars));
            out.push_str("'}");
        }
        out.push_str("\\${");
        rest = &rest[brace + 2..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::literal;

    // What Serverless makes of each is asked of itself in `tests/conformance/deploy/serverless`.
    #[test]
    fn a_dollar_and_a_brace_are_no_variable() {
        for (text, written) in [
            ("", ""),
            ("a $ { } \\ $\\{ #{a}", "a $ { } \\ $\\{ #{a}"),
            ("${self:service}", r"\${self:service}"),
            ("${a}${b}", r"\${a}\${b}"),
            ("${${a}}", r"\${\${a}}"),
            (r"\${a}", r"\\\${a}"),
            (r"\\${a}", r"\\\\\${a}"),
            ("$${a}", r"${opt:throwback, '$'}\${a}"),
            (r"\$${a}", r"\\${opt:throwback, '$'}\${a}"),
            (r"$\${a}", r"$\\${a}"),
            (r"\$\${a}", r"\$\\\${a}"),
            (r"$\\${a}", r"$\\\\${a}"),
        ] {
            assert_eq!(literal(text), written, "{text}");
        }
    }
}
