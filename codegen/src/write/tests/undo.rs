//! Failures on the way: every file is as it was, or it is said which is not.

use super::super::replace::{replace, undone};
use super::super::{Change, LOCK, Plan};
use super::{Package, SOURCE, has};
use crate::diagnostic::Diagnostic;
use std::fs;
use std::io::Write;

impl Package {
    fn change(&self, path: &str, new: Option<&str>) -> Change {
        let folder = fs::canonicalize(self.folder()).unwrap();
        let real = folder.join(path);
        let before = fs::read(&real).ok();
        let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap();
        Change { path: path.into(), old: before.as_ref().map(text), new: new.map(ToOwned::to_owned), real, before }
    }

    fn folders(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.folder())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_file_that_can_not_be_replaced_undoes_what_was_done_before() {
    let package = Package::new();
    package.write("changed.txt", "as it was");
    package.write("removed.txt", "as it was");
    let time = fs::metadata(package.path("changed.txt")).unwrap().modified().unwrap();
    let (files, folders) = (package.files(), package.folders());
    let changes = [
        package.change("changed.txt", Some("new")),
        package.change("removed.txt", None),
        package.change("new.txt", Some("new")),
        package.change("deep/er/new.txt", Some("new")),
        // The second makes the first a folder before the first is put into its place.
        package.change("folder", Some("new")),
        package.change("folder/x", Some("new")),
        package.change("never.txt", Some("new")),
    ];
    let said = replace(&changes).unwrap_err().render(false);
    has(&said, "can't replace `folder`");
    has(&said, "every file is as it was");
    has(&said, "nothing was written");
    assert_eq!(package.files(), files);
    assert_eq!(package.folders(), folders, "folders that were made are gone");
    assert_eq!(fs::metadata(package.path("changed.txt")).unwrap().modified().unwrap(), time);
    package.is_whole();
}

#[test]
fn a_text_that_can_not_be_written_leaves_nothing_behind() {
    let package = Package::new();
    let (files, folders) = (package.files(), package.folders());
    let long = format!("{}/x", "x".repeat(300));
    let changes = [
        package.change("a/b/c/new.txt", Some("new")),
        package.change("notes.txt", Some("new")),
        package.change(&long, Some("")),
    ];
    let said = replace(&changes).unwrap_err().render(false);
    has(&said, "can't write `xxx");
    has(&said, "nothing was written");
    assert_eq!(package.files(), files);
    assert_eq!(package.folders(), folders);
}

#[test]
fn what_can_not_be_put_back_is_named_with_where_its_text_lies() {
    let package = Package::new();
    let lost = package.change("lost", Some("new"));
    let stuck = package.change("stuck.txt", Some("new"));
    let back = package.change("back.txt", Some("new"));
    let old = |text: &str| {
        let mut old = tempfile::NamedTempFile::new_in(package.folder()).unwrap();
        old.write_all(text.as_bytes()).unwrap();
        old.into_temp_path()
    };
    // Nothing can be put where a folder is, nor a file be removed that is none.
    package.write("lost/x", "");
    package.write("stuck.txt/x", "");
    package.write("back.txt", "new");
    let copy = old("the only copy");
    let kept = fs::canonicalize(&copy).unwrap();
    let done = vec![(&back, Some(old("as it was"))), (&lost, Some(copy)), (&stuck, None)];
    let said = undone(done, Diagnostic::new("can't replace `other`")).render(false);
    has(&said, "can't replace `other`");
    has(&said, "the old text of `lost` can't be put back");
    has(&said, &format!("{}", kept.file_name().unwrap().display()));
    has(&said, "the new file `stuck.txt` can't be removed again");
    has(&said, "3 mistakes; not all is as it was");
    assert!(!said.contains("nothing was written"));
    assert_eq!(fs::read_to_string(kept).unwrap(), "the only copy");
    assert_eq!(package.read("back.txt"), "as it was");
}

#[test]
fn what_changes_between_the_plan_and_the_writing_is_not_overwritten() {
    let planned = |package: &Package| -> Plan {
        package.full().generate().unwrap();
        package.write("src/main.rs", &SOURCE.replace("no such tea", "no lukewarm tea"));
        package.full().check().unwrap().plan
    };
    let refused = |package: &Package, plan: &Plan, why: &str| {
        let (files, lock) = (package.files(), package.read(LOCK));
        has(&plan.write().unwrap_err().render(false), why);
        assert_eq!((package.files(), package.read(LOCK)), (files, lock));
    };
    let package = Package::new();
    let plan = planned(&package);
    package.write("generated/vectors.json", "a person was faster");
    refused(&package, &plan, "it was changed meanwhile");

    let package = Package::new();
    let plan = planned(&package);
    fs::remove_file(package.path("generated/vectors.json")).unwrap();
    fs::create_dir(package.path("generated/vectors.json")).unwrap();
    refused(&package, &plan, "it was changed meanwhile");

    #[cfg(unix)]
    {
        let package = Package::new();
        let plan = planned(&package);
        fs::rename(package.path("client"), package.path("../neighbour/client")).unwrap();
        std::os::unix::fs::symlink(package.path("../neighbour/client"), package.path("client")).unwrap();
        refused(&package, &plan, "its folder was replaced meanwhile");
    }
}
