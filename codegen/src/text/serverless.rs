//! Serverless Framework: texts in a file that `${file(…)}` brings in, whose variables are evaluated.

/// A text in which the framework finds no variable: `\${` is a `${`, and so many backslashes before it are half of them.
///
/// A dollar before hides the backslashes from it (`$${`, `$\${`): it looks for a brace there, and goes on behind the next
/// character. Such dollars come from a variable whose fallback they are, and one such backslash stands as it is.
pub fn literal(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(brace) = rest.find("${") {
        let before = &rest[..brace];
        let without_dollars = before.trim_end_matches('$');
        let head = without_dollars.trim_end_matches('\\');
        let (slashes, dollars) = (without_dollars.len() - head.len(), before.len() - without_dollars.len());
        // What ends in a brace is as good as the start of a text.
        let hidden = usize::from(slashes > 0 && head.ends_with('$'));
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
            (r"$\\${a}", r"$\\\\${a}"),
        ] {
            assert_eq!(literal(text), written, "{text}");
        }
    }
}
