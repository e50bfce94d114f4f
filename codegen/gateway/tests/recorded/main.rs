//! What AWS was recorded answering, case by case: each JSON file beside this one holds the cases of one group, and
//! `README.md` says where they come from and which recordings are not among them.

#![allow(clippy::unwrap_used)]

mod case;
mod compare;
mod run;

use case::Group;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

#[test]
fn the_evaluator_agrees_with_every_recording() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty());
    let (mut report, mut held) = (String::new(), 0);
    let mut seen = BTreeSet::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let group: Group = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in &group.cases {
            assert!(seen.insert(case.recording.clone()), "{} is there twice", case.recording);
            let differences = case.differences(&group);
            if differences.is_empty() {
                held += 1;
                continue;
            }
            writeln!(report, "{}", case.recording).unwrap();
            for difference in differences {
                writeln!(report, "    {difference}").unwrap();
            }
        }
    }
    assert!(report.is_empty(), "{held} of {} cases hold; these do not:\n{report}", seen.len());
}
