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

/// Cases that wait for something that is not evaluated yet; the test fails once one of them holds.
const AWAITED: &[&str] = &[
    "test_integration_mock_with_response_override_in_request_template[True]/response",
    "test_integration_mock_with_request_overrides_in_response_template/invoke-path1",
    "test_integration_mock_with_request_overrides_in_response_template/invoke-path2",
    "test_integration_mock_with_request_overrides_in_response_template/invoke-path-else",
    "test_integration_mock_with_vtl_map_assignation/response",
];

#[test]
fn the_evaluator_agrees_with_every_recording() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty());
    let (mut report, mut held, mut awaited) = (String::new(), 0, AWAITED.iter().copied().collect::<BTreeSet<_>>());
    let mut seen = BTreeSet::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let group: Group = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in &group.cases {
            assert!(seen.insert(case.recording.clone()), "{} is there twice", case.recording);
            let differences = case.differences(&group);
            let is_awaited = awaited.remove(case.recording.as_str());
            if differences.is_empty() && is_awaited {
                writeln!(report, "{}: holds now, and is no longer awaited", case.recording).unwrap();
            } else if differences.is_empty() {
                held += 1;
            } else if !is_awaited {
                writeln!(report, "{}", case.recording).unwrap();
                for difference in differences {
                    writeln!(report, "    {difference}").unwrap();
                }
            }
        }
    }
    assert!(awaited.is_empty(), "no such cases: {awaited:?}");
    assert!(report.is_empty(), "{held} of {} cases hold; these do not:\n{report}", seen.len());
}
