//! Each rule has a file that fails, its mend, and what is said of it. `SNAPSHOTS=overwrite cargo test -p throwback-lint` takes the
//! new texts.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use throwback_codegen::contract::Contract;
use throwback_lint::{File, Format, RULES, Report, Settings, lint, lint_with};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn of(name: &str) -> Report {
    let text = fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let files = vec![File { path: name.into(), text }];
    // Those about a function stand beside the contract of one.
    let is_beside = ["code-", "operation-"].iter().any(|start| name.starts_with(start));
    if is_beside {
        lint_with(files, &Settings { contract: Some(contract()), ..Settings::default() })
    } else {
        lint(files)
    }
}

/// One operation with two errors.
fn contract() -> Contract {
    Contract::read(&fs::read_to_string(folder().join("../contract.json")).unwrap()).unwrap()
}

fn ids(report: &Report) -> BTreeSet<&str> {
    report.findings.iter().map(|finding| finding.rule.id).collect()
}

#[test]
fn each_rule_finds_its_fault_and_nothing_in_its_mend() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().flat_map(|rules| rules.iter()) {
        let (fails, mended) = (of(&format!("{}.yaml", rule.id)), of(&format!("{}.mended.yaml", rule.id)));
        if !fails.mistakes.is_empty() || !mended.mistakes.is_empty() {
            wrong.push(format!("{}: a file can't be read: {:?} {:?}", rule.id, fails.mistakes, mended.mistakes));
        }
        if !ids(&fails).contains(rule.id) {
            wrong.push(format!("{} is not found; found are {:?}", rule.id, ids(&fails)));
        }
        if !ids(&mended).is_empty() {
            wrong.push(format!("{}: the mend has {:?}", rule.id, ids(&mended)));
        }
        let snapshot = folder().join(format!("{}.txt", rule.id));
        let said = fails.render(Format::Human, false);
        if std::env::var_os("SNAPSHOTS").is_some_and(|how| how == "overwrite") {
            fs::write(&snapshot, &said).unwrap();
        } else if fs::read_to_string(&snapshot).unwrap_or_default().replace("\r\n", "\n") != said {
            wrong.push(format!("{}: what is said is another:\n{said}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_of_a_rule_that_is_none() {
    let rules: BTreeSet<_> = RULES.iter().flat_map(|rules| rules.iter()).map(|rule| rule.id.to_owned()).collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let id = name.split('.').next().unwrap();
        assert!(rules.contains(id), "{name}");
    }
}
