//! Files in the middle of a merge: git writes both sides of what it can't decide between lines of its own.

/// The two sides of a file, if it holds any; what stood before both (`diff3`) is left out.
pub(super) fn sides(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    #[derive(Clone, Copy)]
    enum At {
        Both,
        Ours,
        Before,
        Theirs,
    }
    let (mut ours, mut theirs, mut at, mut found) = (Vec::new(), Vec::new(), At::Both, false);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        at = match at {
            _ if line.starts_with(b"<<<<<<< ") => At::Ours,
            At::Ours if line.starts_with(b"||||||| ") => At::Before,
            At::Ours | At::Before if line.trim_ascii_end() == b"=======" => At::Theirs,
            At::Theirs if line.starts_with(b">>>>>>> ") => {
                found = true;
                At::Both
            }
            at => {
                match at {
                    At::Both => {
                        ours.extend_from_slice(line);
                        theirs.extend_from_slice(line);
                    }
                    At::Ours => ours.extend_from_slice(line),
                    At::Theirs => theirs.extend_from_slice(line),
                    At::Before => {}
                }
                at
            }
        };
    }
    (found && matches!(at, At::Both)).then_some((ours, theirs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_told_apart() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| base\nx\n=======\nc\nd\n>>>>>>> other\ne\n<<<<<<< HEAD\n=======\nf\n>>>>>>> other\n";
        let both = sides(text.as_bytes());
        assert_eq!(both, Some((b"a\nb\ne\n".to_vec(), b"a\nc\nd\ne\nf\n".to_vec())));
        for none in ["", "a\n=======\nb\n", "<<<<<<< HEAD\na\n", "<<<<<<< HEAD\na\n=======\n", ">>>>>>> x\n"] {
            assert_eq!(sides(none.as_bytes()), None, "{none}");
        }
    }
}
