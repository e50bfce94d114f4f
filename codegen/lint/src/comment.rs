//! Comments of a file, and what they say to us: `throwback: allow(RULE) the reason`.

use crate::allow::{Allow, Reach};
use crate::lines::Lines;
use crate::near::nearest;
use crate::tree::without_pairs;
use granit_parser::{Event, Options, Parser};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// How a comment that is for us begins.
const OURS: &str = "throwback:";

/// What it may say.
const ALLOW: &str = "allow";

/// What is told in the place of a method.
pub(crate) const OWNER: &str = "a comment";

/// What the comments of a file allow.
pub(crate) fn allows(path: &Path, text: &str, lines: &Lines) -> Vec<Allow> {
    if !text.contains(OURS) {
        return Vec::new();
    }
    let is_hcl =
        path.extension().is_some_and(|extension| extension == "tf" || extension == "hcl" || extension == "tofu");
    let comments = if is_hcl { hcl(text) } else { yaml(text) };
    let mut allows = Vec::new();
    // For each line that is a comment and nothing else the line that it stands above.
    let mut above: BTreeMap<usize, usize> = BTreeMap::new();
    for comment in comments.iter().rev() {
        let line = lines.line(comment.start);
        let before = text.get(lines.range(line, text).start..comment.start).unwrap_or_default();
        let target = if before.trim().is_empty() {
            let target = above.get(&(line + 1)).copied().unwrap_or(line + 1);
            above.insert(line, target);
            target
        } else {
            line
        };
        let said = text.get(comment.clone()).unwrap_or_default();
        let inner = said.trim_start_matches(['#', '/']);
        directive(inner, comment.start + said.len() - inner.len(), target, &mut allows);
    }
    allows.reverse();
    allows
}

/// Reads what a comment says, `at` some byte, for a line.
fn directive(text: &str, at: usize, line: usize, allows: &mut Vec<Allow>) {
    let place = |part: &str| {
        let start = at + (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        start..start + part.len()
    };
    let mut allow = |rule: &str, part: &str, reason: Option<&str>, is_whole: bool| {
        allows.push(Allow {
            rule: rule.to_owned(),
            at: place(part),
            reason: reason.map(str::to_owned),
            reach: Reach::Line(line),
            owner: OWNER.to_owned(),
            is_whole,
        });
    };
    let Some(rest) = text.trim_start().strip_prefix(OURS).map(str::trim) else { return };
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if word != ALLOW && nearest(word, [ALLOW].into_iter()).is_none() {
        return;
    }
    let list = rest.strip_prefix(ALLOW).and_then(|rest| rest.trim_start().strip_prefix('('));
    let Some((rules, reason)) =
        list.and_then(|list| list.split_once(')')).filter(|(rules, _)| !rules.trim().is_empty())
    else {
        allow(rest, rest, None, false);
        return;
    };
    let reason = reason.trim_start_matches(|c: char| c.is_whitespace() || ":-–—".contains(c)).trim();
    for rule in rules.split(',').map(str::trim).rev() {
        allow(rule, if rule.is_empty() { rules } else { rule }, Some(reason).filter(|reason| !reason.is_empty()), true);
    }
}

/// The comments of YAML, as its parser knows them: a `#` in a text is none.
fn yaml(text: &str) -> Vec<Range<usize>> {
    let mut options = Options::default();
    options.max_buffered_comment_events = usize::MAX;
    options.set_emit_comments(true);
    let text = without_pairs(text);
    let events = Parser::new_from_str_with_options(&text, options);
    // Where it is no YAML that is told elsewhere.
    let events = events.map_while(Result::ok);
    let comments = events.filter(|(event, _)| matches!(event, Event::Comment(..)));
    let mut comments: Vec<_> = comments
        .filter_map(|(_, span)| {
            let start = span.start.byte_offset()?;
            let end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
            Some(start..end)
        })
        .collect();
    comments.sort_by_key(|comment| comment.start);
    comments
}

/// The comments of HCL that end with their line. A `#` in a quoted text or in a heredoc is none.
fn hcl(text: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let mut at = 0;
    // How many braces are open in each `${`; within it, quotes begin texts again.
    let mut open: Vec<usize> = Vec::new();
    let mut is_quoted = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let c = rest.chars().next().unwrap_or_default();
        let end = rest.find('\n').unwrap_or(rest.len());
        if is_quoted {
            let is_escaped = c == '\\' || rest.starts_with("$${") || rest.starts_with("%%{");
            if is_escaped {
                let length = if c == '\\' { 1 + rest[1..].chars().next().map_or(0, char::len_utf8) } else { 3 };
                at += length;
                continue;
            }
            if rest.starts_with("${") || rest.starts_with("%{") {
                open.push(0);
                is_quoted = false;
                at += 2;
                continue;
            }
            // A text ends with its line, whatever it holds: so what is wrong in one line stays in it.
            is_quoted = !matches!(c, '"' | '\n');
        } else if c == '#' || rest.starts_with("//") {
            comments.push(at..at + end);
            at += end;
            continue;
        } else if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
            continue;
        } else if let Some(behind) = rest.strip_prefix("<<") {
            at += 2 + heredoc(behind).unwrap_or_default();
            continue;
        } else if c == '"' {
            is_quoted = true;
        } else if let Some(depth) = open.last_mut() {
            match c {
                '{' => *depth += 1,
                '}' if *depth > 0 => *depth -= 1,
                '}' => {
                    open.pop();
                    is_quoted = true;
                }
                _ => {}
            }
        }
        at += c.len_utf8();
    }
    comments
}

/// How long a heredoc is whose mark begins here; nothing where this is none.
fn heredoc(text: &str) -> Option<usize> {
    let (first, body) = text.split_once('\n')?;
    let mark = first.trim_start_matches('-').trim_end();
    let is_mark = !mark.is_empty() && mark.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let mut length = first.len() + 1;
    for line in body.split_inclusive('\n').filter(|_| is_mark) {
        length += line.len();
        if line.trim() == mark {
            return Some(length);
        }
    }
    is_mark.then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> Vec<(String, Option<String>, usize)> {
        let all = allows(Path::new(path), text, &Lines::of(text)).into_iter();
        all.map(|allow| {
            let Reach::Line(line) = allow.reach else { panic!("a comment is for a line") };
            assert!(text.get(allow.at.clone()).is_some_and(|said| said == allow.rule || allow.rule.is_empty()));
            (allow.rule, allow.reason, line)
        })
        .collect()
    }

    fn said(rule: &str, reason: &str, line: usize) -> (String, Option<String>, usize) {
        (rule.to_owned(), Some(reason.to_owned()).filter(|reason| !reason.is_empty()), line)
    }

    #[test]
    fn a_comment_is_for_its_line_or_for_the_one_below() {
        let text = "# throwback: allow(a) x y\n# more\na: 1 # throwback: allow(b, c): because\nb: 2\n\n# throwback:allow(d)\n\nc: 3\n";
        assert_eq!(
            of("x.yaml", text),
            [said("a", "x y", 2), said("b", "because", 2), said("c", "because", 2), said("d", "", 6)]
        );
    }

    #[test]
    fn a_hash_in_a_text_of_yaml_is_no_comment() {
        let text = "a: \"x # throwback: allow(a) b\"\nb: 'y # throwback: allow(a) b'\nc: |\n  z # throwback: allow(a) b\n  # throwback: allow(a) b\nd: p#throwback: allow(a) b\n";
        assert_eq!(of("x.yaml", &text.replace("d: p#throwback: allow(a) b\n", "")), []);
        assert_eq!(of("x.json", "{\"a\": \"# throwback: allow(a) b\"}"), []);
        assert_eq!(of("x.yaml", "a: p#throwback:_allow(a)\n"), []);
    }

    #[test]
    fn other_words_are_for_somebody_else() {
        assert_eq!(
            of("x.yaml", "# throwback: see the guide\n# throwback allow(a) b\n# throwback: allowance\na: 1\n"),
            []
        );
        for wrong in ["allow patterns-overlap because", "alow(a) b", "allow() b", "allow(a b"] {
            assert_eq!(of("x.yaml", &format!("# throwback: {wrong}\na: 1\n")), [said(wrong, "", 1)]);
        }
    }

    #[test]
    fn hcl_has_two_kinds_of_them_and_heredocs() {
        let text = "a = 1 # throwback: allow(a) x\n// throwback: allow(b) y\nb = \"# throwback: allow(c) z \\\" # throwback: allow(c) z\"\n\
                    c = <<-EOT\n  # throwback: allow(c) z\n  EOT\nd = \"${f(\"// throwback: allow(c) z\", {})} // throwback: allow(c) z\"\n\
                    /* throwback: allow(c) z\n # throwback: allow(c) z */ e = 1 // throwback: allow(d) w\n";
        assert_eq!(of("x.tf", text), [said("a", "x", 0), said("b", "y", 2), said("d", "w", 8)]);
        for hostile in ["<<", "<<EOT", "\"\\", "\"${", "<<A\n", "/*", "\"$${é"] {
            assert_eq!(of("x.tf", &format!("throwback:{hostile}")), []);
        }
    }

    #[test]
    fn a_long_run_of_comments_is_looked_at_once() {
        let text = "# throwback: allow(a) b\n".repeat(100_000) + "a: 1\n";
        let all = of("x.yaml", &text);
        assert!(all.len() == 100_000 && all.iter().all(|(.., line)| *line == 100_000));
    }
}
