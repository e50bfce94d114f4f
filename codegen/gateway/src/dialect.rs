//! Java's dialect of regular expressions, written in that of the engine that is used here.

/// How deep groups may nest.
const NESTING: usize = 50;

/// Java's line terminators, for use in a class.
const TERMINATORS: &str = r"\n\r\x{85}\x{2028}\x{2029}";

/// Writes a Java pattern in this crate's dialect: `.` stops at five line terminators, `$` stands before a last one,
/// `\d`, `\w` and `\s` are ASCII, `\Q…\E` quotes, and any other character may be escaped.
pub(super) fn translate(source: &str) -> Result<String, String> {
    let mut out = String::with_capacity(source.len() + 16);
    let mut chars = source.chars().peekable();
    // Whether `.` takes line terminators, per open group.
    let mut all = vec![false];
    let mut classes = 0_usize;
    while let Some(c) = chars.next() {
        match c {
            '\\' => escape(&mut out, &mut chars, classes > 0)?,
            '[' => {
                classes += 1;
                if classes > NESTING {
                    return Err(format!("classes nested deeper than {NESTING} levels"));
                }
                out.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                // A bracket that comes first is an ordinary character.
                if chars.next_if_eq(&']').is_some() {
                    out.push_str(r"\]");
                }
            }
            ']' if classes > 0 => {
                classes -= 1;
                out.push(']');
            }
            '-' | '~' if classes > 0 && chars.peek() == Some(&c) => {
                // Doubled they are set operators here and characters in Java.
                out.push('\\');
                out.push(c);
            }
            _ if classes > 0 => out.push(c),
            '(' => {
                let inherited = all.last().copied().unwrap_or(false);
                all.push(inherited);
                if all.len() > NESTING {
                    return Err(format!("groups nested deeper than {NESTING} levels"));
                }
                out.push('(');
                flags(&mut out, &mut chars, &mut all);
            }
            // Java takes a brace for a repetition wherever it stands.
            '{' if !chars.peek().is_some_and(char::is_ascii_digit)
                && ![r"\p", r"\P", r"\x"].iter().any(|escape| out.ends_with(escape)) =>
            {
                return Err("a `{` that begins no repetition: written as a character it is `\\{`".to_owned());
            }
            ')' => {
                if all.len() > 1 {
                    all.pop();
                }
                out.push(')');
            }
            '.' if !all.last().copied().unwrap_or(false) => {
                out.push_str("[^");
                out.push_str(TERMINATORS);
                out.push(']');
            }
            '.' => out.push_str(r"[\s\S]"),
            '$' => last_line_end(&mut out),
            _ => out.push(c),
        }
    }
    Ok(out)
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads `?i)` or `?s:` behind a `(`, and notes what they say of `.`.
fn flags(out: &mut String, chars: &mut Chars<'_>, all: &mut Vec<bool>) {
    let mut ahead = chars.clone();
    if ahead.next() != Some('?') {
        return;
    }
    let (mut on, mut dot) = (true, None);
    let mut text = String::from("?");
    for c in ahead.by_ref() {
        text.push(c);
        match c {
            '-' => on = false,
            's' => dot = Some(on),
            'i' | 'm' | 'x' | 'u' => {}
            ':' | ')' => {
                let level = all.len().saturating_sub(if c == ')' { 2 } else { 1 });
                if c == ')' {
                    all.pop();
                }
                if let (Some(dot), Some(state)) = (dot, all.get_mut(level)) {
                    *state = dot;
                }
                out.push_str(&text);
                *chars = ahead;
                return;
            }
            _ => return,
        }
    }
}

fn escape(out: &mut String, chars: &mut Chars<'_>, class: bool) -> Result<(), String> {
    let Some(c) = chars.next() else { return Err("ends in a backslash".to_owned()) };
    let ascii = match c {
        'd' => Some("0-9"),
        'w' => Some("a-zA-Z0-9_"),
        's' => Some(r" \t\n\x0B\f\r"),
        'h' => Some(r" \t\x{A0}\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}"),
        _ => None,
    };
    let denied = match c {
        'D' => Some("0-9"),
        'W' => Some("a-zA-Z0-9_"),
        'S' => Some(r" \t\n\x0B\f\r"),
        _ => None,
    };
    match (ascii, denied) {
        (Some(set), _) if class => out.push_str(set),
        (Some(set), _) => out.extend(["[", set, "]"]),
        (_, Some(set)) => out.extend(["[^", set, "]"]),
        _ if c == 'Q' => {
            let rest: String = chars.clone().collect();
            let quoted = rest.split_once("\\E").map_or(rest.as_str(), |(quoted, _)| quoted);
            quoted.chars().for_each(|c| literal(out, c));
            let taken = quoted.chars().count() + if quoted.len() < rest.len() { 2 } else { 0 };
            chars.by_ref().take(taken).for_each(drop);
        }
        _ if c == 'Z' => last_line_end(out),
        _ if c == 'u' => {
            let hex: String = (0..4).filter_map(|_| chars.next_if(char::is_ascii_hexdigit)).collect();
            if hex.len() < 4 {
                return Err(r"`\u` needs four hexadecimal digits".to_owned());
            }
            out.extend([r"\x{", &hex, "}"]);
        }
        _ if c.is_ascii_alphanumeric() => {
            if !"tnrfaexpPbBAzGkR123456789".contains(c) {
                return Err(format!("illegal escape `\\{c}`"));
            }
            out.push('\\');
            out.push(c);
        }
        _ => literal(out, c),
    }
    Ok(())
}

/// The end, or the place before a line terminator at the end.
fn last_line_end(out: &mut String) {
    out.extend([r"(?=(?:\r\n|[", TERMINATORS, r"])?\z)"]);
}

fn literal(out: &mut String, c: char) {
    if c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii() {
        out.push(c);
    } else {
        out.push_str(&c.escape_unicode().to_string().replacen("\\u", "\\x", 1));
    }
}
