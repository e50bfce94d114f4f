//! How large a pattern becomes: the engine writes out what `{…}` repeats, and repetitions of repetitions multiply.

/// How many characters and classes a pattern may come to; Java counts instead, and takes more.
const SIZE: usize = 20_000;

/// What the message says of a pattern that comes to more.
const TOO_LARGE: &str = "its repetitions come to more than 20000 characters";

/// Refuses a translated pattern that comes to too much.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    // For each open group its size so far, and that of its last piece, which a quantifier would repeat.
    let mut groups = vec![(0_usize, 0_usize)];
    let mut classes = 0_usize;
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        let piece = match c {
            '\\' => {
                rest.next();
                usize::from(classes == 0)
            }
            '[' => {
                classes += 1;
                usize::from(classes == 1)
            }
            ']' => {
                classes = classes.saturating_sub(1);
                0
            }
            _ if classes > 0 => 0,
            '(' => {
                groups.push((0, 0));
                continue;
            }
            ')' if groups.len() > 1 => groups.pop().map_or(1, |(size, _)| size.saturating_add(1)),
            '{' => {
                if let (Some(times), Some((size, last))) = (times(rest.as_str()), groups.last_mut()) {
                    let more = last.saturating_mul(times.saturating_sub(1));
                    (*size, *last) = (size.saturating_add(more), last.saturating_add(more));
                }
                0
            }
            '*' | '+' | '?' | '}' => 0,
            _ => 1,
        };
        if let Some((size, last)) = groups.last_mut()
            && piece > 0
        {
            (*size, *last) = (size.saturating_add(piece), piece);
        }
        if groups.iter().fold(0, |sum: usize, (size, _)| sum.saturating_add(*size)) > SIZE {
            return Err(TOO_LARGE.to_owned());
        }
    }
    Ok(())
}

/// The most times that `{…}` repeats, whose inside `rest` begins with; nothing if it is no quantifier.
fn times(rest: &str) -> Option<usize> {
    let (inside, _) = rest.split_once('}')?;
    let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // More digits than a number holds are many times.
        digits.then(|| text.parse().unwrap_or(usize::MAX))
    };
    let least = number(least.trim())?;
    Some(number(most.trim()).unwrap_or(least).max(least).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_multiply() {
        for small in [
            "",
            "[ -~]{0,510}",
            "(0|[1-9][0-9]{0,308})([.][0-9]{1,400})?",
            "a{9990}b{9990}",
            r"\\{[{}]{9}",
            "a{99999999999",
        ] {
            assert_eq!(check(small), Ok(()), "{small}");
        }
        for large in [
            "a{20001}",
            "(?:a{1000}){1000}",
            "((ab){150}){150}",
            r"(?:(?=a)|[bc]{3,200}){200,}",
            "a{999999999999999999999}",
        ] {
            assert!(check(large).is_err(), "{large}");
        }
    }
}
