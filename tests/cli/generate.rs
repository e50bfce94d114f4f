//! `throwback generate`: what it writes, and what it leaves alone.

use super::*;

#[test]
fn without_configuration_the_defaults_work_and_a_second_run_writes_nothing() {
    let package = Package::new();
    let first = package.run(&["generate"]);
    assert_eq!(first.status, 0, "{}", first.err);
    has(&first.out, "new generated/openapi.json");
    has(&first.out, "generated/integration-responses/get_tea/404.integration-response.json");
    has(&first.err, "teas: 1 operation, 2 errors;");
    let before = package.files();
    let second = package.run(&["generate"]);
    assert_eq!((second.status, second.out.as_str()), (0, ""));
    has(&second.err, "up to date");
    assert_eq!(package.files(), before);
    assert_eq!(package.run(&["generate", "--check"]).status, 0);
}

#[test]
fn the_command_line_takes_the_same_options_as_the_file() {
    let package = Package::new();
    let ran = package.run(&[
        "generate",
        "--openapi",
        "api.json",
        "--cors",
        "*",
        "--name",
        "tea shop",
        "--rust-client",
        "client",
    ]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let by_flags = package.read("api.json");
    package.write(
        "throwback.toml",
        "openapi = \"api2.json\"\ncors = \"*\"\nname = \"tea shop\"\nrust-client = \"client\"\n",
    );
    assert_eq!(package.run(&["generate"]).status, 0);
    assert_eq!(package.read("api2.json"), by_flags);
    has(&by_flags, "Access-Control-Allow-Origin");
    has(&package.read("client/Cargo.toml"), "name = \"tea-shop-client\"");
    has(&package.read("client/src/errors.rs"), "pub enum TeaShopError");
    assert!(!package.path("generated").exists(), "the defaults are for those who ask for nothing");
}

#[test]
fn a_check_shows_what_is_stale_and_changes_nothing() {
    let package = Package::new();
    package.run(&["generate"]);
    package.edit("src/main.rs", "There is no such tea.", "There is no tea of that name.");
    let before = package.files();
    let ran = package.run(&["generate", "--check"]);
    assert_eq!(ran.status, 1);
    has(&ran.out, "stale generated/openapi.json");
    has(&ran.out, "There is no tea of that name");
    has(&ran.err, "run `throwback generate`");
    assert_eq!(package.files(), before);
    assert_eq!(package.run(&["generate"]).status, 0);
    assert_eq!(package.run(&["generate", "--check"]).status, 0);
}

#[test]
fn an_edited_output_is_told_by_its_hash_and_only_replaced_on_request() {
    let package = Package::new();
    package.run(&["generate"]);
    package.edit("generated/openapi.json", "TeaNotFound", "TeaLost");
    let said = package.refused(&["generate"]);
    has(&said, "`generated/openapi.json` was edited since it was generated");
    has(&said, "throwback generate --force");
    assert_eq!(package.run(&["generate", "--force"]).status, 0);
    has(&package.read("generated/openapi.json"), "TeaNotFound");
}

#[test]
fn a_file_that_was_never_ours_is_left_alone() {
    let package = Package::new();
    package.write("generated/contract.json", "{\"mine\": true}");
    has(&package.refused(&["generate"]), "`generated/contract.json` is there and was not generated");
}

#[test]
fn what_is_generated_no_more_is_removed() {
    let package = Package::new();
    package.run(&["generate"]);
    let gone = "generated/integration-responses/get_tea/404.method-response.json";
    assert!(package.path(gone).exists());
    package.edit("src/main.rs", "status = 404", "status = 410");
    has(&package.run(&["generate", "--check"]).out, "left over generated/integration-responses/get_tea/404");
    let ran = package.run(&["generate"]);
    has(&ran.out, &format!("removed {gone}"));
    assert!(!package.path(gone).exists());
}

#[test]
fn what_a_run_was_not_asked_for_is_left_alone() {
    let package = Package::new();
    package.run(&["generate"]);
    let before = package.files();
    let ran = package.run(&["generate", "--openapi", "other.json"]);
    assert_eq!(ran.out.trim(), "new other.json");
    let after = package.files();
    assert!(before.iter().all(|file| file.0.ends_with("throwback.lock") || after.contains(file)));
    assert_eq!(package.run(&["generate", "--check"]).status, 0);
}

#[test]
fn a_wrong_key_is_named_with_the_nearest_right_one() {
    let package = Package::new();
    package.write("throwback.toml", "openapi = \"a.json\"\nrust-clients = \"client\"\n");
    let said = package.refused(&["generate"]);
    has(&said, "unknown key `rust-clients`");
    has(&said, "throwback.toml:2:1");
    has(&said, "did you mean `rust-client`?");
    package.write("throwback.toml", "entirely = \"else\"\n");
    has(&package.refused(&["generate"]), "the keys are `name`,");
    package.write("throwback.toml", "openapi = 7\n");
    has(&package.refused(&["generate"]), "throwback.toml:1:11");
    package.write("throwback.toml", "openapi = \n");
    has(&package.refused(&["generate"]), "this is no configuration");
}

#[test]
fn source_that_does_not_parse_is_shown_where_it_breaks() {
    let package = Package::new();
    package.edit("src/main.rs", "pub struct Tea {", "pub struct Tea (");
    let said = package.refused(&["generate"]);
    has(&said, "this is not Rust that parses");
    has(&said, "src/main.rs:9:");
    let package = Package::new();
    package.edit("src/main.rs", "use serde", "mod kettle;\nuse serde");
    let said = package.refused(&["generate"]);
    has(&said, "the module `kettle` has no file: expected `src/kettle.rs` or `src/kettle/mod.rs`");
    has(&said, "src/main.rs:2:5");
}

#[test]
fn all_mistakes_appear_at_once() {
    let package = Package::new();
    package.edit("src/main.rs", "status = 404", "status = 200, retry = soon");
    package.edit("src/main.rs", "status = 503", "statu = 503");
    package.edit("src/main.rs", "/teas/{tea_id}", "/teas/{tea}");
    let said = package.refused(&["generate"]);
    for part in [
        "`200` is not an error status",
        "unknown retry advice `soon`",
        "unknown attribute `statu`: did you mean `status`?",
        "the parameter `tea` is no field of the input `GetTea`",
        "nothing was written",
    ] {
        has(&said, part);
    }
}

#[test]
fn outputs_stay_inside_the_project_unless_asked() {
    let package = Package::new();
    let said = package.refused(&["generate", "--openapi", "../teas.json"]);
    has(&said, "the output `../teas.json` lies outside the project");
    has(&said, "allow-outside = true");
    has(&package.refused(&["generate", "--openapi", "src"]), "the output `src` is a folder");
    // Inside the workspace is inside the project.
    package.write("member/Cargo.toml", "[package]\nname = \"teas\"\nversion = \"1.0.0\"\n");
    package.write("member/src/main.rs", SOURCE);
    package.write("Cargo.toml", "[workspace]\nmembers = [\"member\"]\n");
    let ran = package.run(&["generate", "--project", "member", "--openapi", "../teas.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(package.path("teas.json").exists());
}

#[test]
fn a_disk_that_is_full_leaves_every_file_as_it_was() {
    let package = Package::new();
    package.run(&["generate"]);
    package.edit("src/main.rs", "There is no such tea.", "There is no tea of that name.");
    let before = package.files();
    // Files may not grow past a kilobyte: writing the document fails halfway, as on a full disk.
    let ran = ran(Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" generate", env!("CARGO_BIN_EXE_program")])
        .current_dir(package.0.path())
        .env_remove("OUT_DIR")
        .env_remove("CARGO_MANIFEST_DIR"));
    assert_eq!(ran.status, 1, "{}", ran.out);
    has(&ran.err, "can't write");
    has(&ran.err, "every file is as it was");
    assert_eq!(package.files(), before);
}

#[test]
fn a_folder_that_can_not_be_written_leaves_every_file_as_it_was() {
    let package = Package::new();
    package.run(&["generate"]);
    package.edit("src/main.rs", "There is no such tea.", "There is no tea of that name.");
    // A file where a folder should be: nobody can write below it, whoever runs this.
    package.write("blocked", "");
    let said = package.refused(&["generate", "--rust-client", "blocked/client"]);
    has(&said, "can't write");
}

#[test]
fn without_a_package_the_smallest_configuration_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let ran = ran(program().arg("generate").current_dir(folder.path()));
    assert_eq!(ran.status, 1);
    has(&ran.err, "there is no package here");
    has(&ran.err, "openapi = \"generated/openapi.json\"");
}

#[test]
fn every_package_below_is_found_by_its_configuration() {
    let package = Package::new();
    for name in ["green", "black"] {
        package.write(&format!("{name}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n"));
        package.write(&format!("{name}/throwback.toml"), "openapi = \"api.json\"\n");
        package.write(&format!("{name}/src/main.rs"), SOURCE);
    }
    fs::remove_file(package.path("Cargo.toml")).unwrap();
    has(&package.refused(&["generate"]), "no throwback.toml below in a repository or a workspace");
    package.write("Cargo.toml", "[workspace]\nmembers = [\"green\", \"black\"]\n");
    // Another repository is another's.
    package.write("vendored/.git", "gitdir: ../.git/modules/vendored\n");
    package.write("vendored/throwback.toml", "openapi = \"api.json\"\n");
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(package.path("green/api.json").exists() && package.path("black/api.json").exists());
    has(&ran.out, "green/api.json");
    let inside = super::ran(program().args(["generate", "--check"]).current_dir(package.path("green/src")));
    has(&inside.err, "green: 1 operation, 2 errors");
    assert!(!inside.err.contains("black"), "{}", inside.err);
    has(&package.run(&["serve", "x"]).err, "name one with `--project DIR`");
}

#[test]
fn one_package_of_several_fails_alone_and_says_so() {
    let package = Package::new();
    for name in ["black", "green", "white"] {
        package.write(&format!("{name}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n"));
        package.write(&format!("{name}/throwback.toml"), "openapi = \"api.json\"\n");
        package.write(&format!("{name}/src/main.rs"), SOURCE);
    }
    package.write("Cargo.toml", "[workspace]\nmembers = [\"green\", \"black\", \"white\"]\n");
    package.edit("green/src/main.rs", "status = 404", "status = 200");
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 1);
    has(&ran.err, "in `green`:");
    has(&ran.err, "1 mistake; nothing was written");
    has(&ran.err, "black: 1 operation,");
    has(&ran.err, "white: 1 operation,");
    assert!(package.path("black/api.json").exists() && package.path("white/api.json").exists());
    assert!(!package.path("green/api.json").exists() && !package.path("green/throwback.lock").exists());
    assert_eq!(package.run(&["generate", "--check"]).status, 1);
}

#[test]
fn runs_at_once_lose_nothing_of_the_lock() {
    let names = ["a", "b", "c"];
    let arguments = |name: &'static str| {
        let api = format!("generated/{name}/openapi.json");
        ["generate", "--name", name, "--openapi"].map(ToOwned::to_owned).into_iter().chain([api])
    };
    for round in 0..12 {
        let package = Package::new();
        let runs = names.map(|name| {
            let mut command = program();
            command.args(arguments(name)).current_dir(package.0.path()).stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        });
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        let lock: Value = serde_json::from_str(&package.read("throwback.lock")).unwrap();
        for name in names {
            assert_eq!(lock["apis"][name]["files"].as_object().map_or(0, serde_json::Map::len), 1, "{round}: {lock}");
            let check: Vec<_> = arguments(name).chain(["--check".to_owned()]).collect();
            let ran = package.run(&check.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(ran.status, 0, "{}", ran.err);
        }
        let mut left: Vec<_> =
            fs::read_dir(package.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["Cargo.toml", "generated", "src", "throwback.lock"], "nothing lies beside them");
    }
}

#[test]
fn two_runs_for_one_file_do_not_take_turns_in_replacing_it() {
    let package = Package::new();
    let runs = ["a", "b", "c"].map(|name| {
        let mut command = program();
        command.args(["generate", "--openapi", "api.json", "--name", name]).current_dir(package.0.path());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    });
    let done = runs.map(|mut run| run.wait().unwrap().success());
    assert_eq!(done.iter().filter(|done| **done).count(), 1, "the others find a file that was not generated for them");
    let lock: Value = serde_json::from_str(&package.read("throwback.lock")).unwrap();
    let api: Value = serde_json::from_str(&package.read("api.json")).unwrap();
    assert_eq!(lock["apis"].as_object().unwrap().keys().collect::<Vec<_>>(), [api["info"]["title"].as_str().unwrap()]);
}

#[test]
fn a_lock_that_names_a_source_file_removes_nothing() {
    let package = Package::new();
    package.run(&["generate", "--rust-client", "client"]);
    let hash = |text: &str| {
        // What is generated holds it already; the name is what is forged.
        let lock: Value = serde_json::from_str(&package.read("throwback.lock")).unwrap();
        lock["apis"]["teas"]["files"][text].as_str().unwrap().to_owned()
    };
    package.write("src/tool.rs", &package.read("client/src/lib.rs"));
    let forged = format!("\"client/../src/tool.rs\": \"{}\",\n \"client/src/lib.rs\"", hash("client/src/lib.rs"));
    package.edit("throwback.lock", "\"client/src/lib.rs\"", &forged);
    for arguments in [&["generate", "--rust-client", "client"][..], &["generate", "--rust-client", "client", "--force"]]
    {
        has(
            &package.refused(arguments),
            "`throwback.lock` names `client/../src/tool.rs`, which is no path that throwback writes",
        );
    }
}

#[test]
fn a_lock_in_the_middle_of_a_merge_is_settled() {
    let package = Package::new();
    package.run(&["generate"]);
    package.edit("throwback.lock", "  \"apis\"", "<<<<<<< ours\n=======\n>>>>>>> theirs\n  \"apis\"");
    has(&package.run(&["generate", "--check"]).out, "stale throwback.lock");
    assert_eq!(package.run(&["generate"]).status, 0);
    assert!(!package.read("throwback.lock").contains("<<<<<<<"));
    package.edit("throwback.lock", "  \"apis\"", "<<<<<<< ours\n[]\n=======\n>>>>>>> theirs\n  \"apis\"");
    let said = package.refused(&["generate"]);
    has(&said, "`throwback.lock` holds both sides of a merge, and one of them is no lock");
    has(&said, "restore it, or delete it");
    fs::remove_file(package.path("throwback.lock")).unwrap();
    let missing = package.run(&["generate", "--check"]);
    assert_eq!(missing.status, 1);
    has(&missing.out, "missing throwback.lock");
    assert_eq!(package.run(&["generate"]).status, 0);
    assert_eq!(package.run(&["generate", "--check"]).status, 0);
}

#[test]
fn a_client_that_its_workspace_does_not_know_is_told() {
    let package = Package::new();
    package.write("orders/Cargo.toml", "[package]\nname = \"orders\"\nversion = \"1.0.0\"\n");
    package.write("orders/src/main.rs", SOURCE);
    package.write("orders/throwback.toml", "rust-client = \"../clients/orders\"\n");
    let note = "add \"clients/orders\" to `members` in `../Cargo.toml`, or to `exclude`";
    for (workspace, told) in [
        ("members = [\"orders\"]", true),
        ("members = [\"orders\", \"client*/orders\"]", false),
        ("members = [\"orders\"]\nexclude = [\"clients/orders\"]", false),
    ] {
        package.write("Cargo.toml", &format!("[workspace]\n{workspace}\n"));
        let ran = package.run(&["generate", "--project", "orders"]);
        assert_eq!((ran.status, ran.err.contains(note)), (0, told), "{workspace}: {}", ran.err);
    }
}

/// They are right, and their refusals are none of ours.
#[test]
fn extractors_of_axums_own_are_told() {
    let package = Package::new();
    let handler = |name: &str, arguments: &str| {
        format!(
            "#[operation(POST, \"/{name}/{{id}}\")]
             async fn {name}({arguments}) -> Result<axum::Json<Tea>, GetTeaError> {{ todo!() }}\n"
        )
    };
    package.write("throwback.toml", "front = \"axum\"\nsources = [\"src/lib.rs\"]\n");
    let told = |handlers: &[String]| {
        let (items, _) = SOURCE.split_once("/// Reads a tea.").unwrap();
        package.write("src/lib.rs", &format!("{items}{}", handlers.concat()));
        let ran = package.run(&["generate", "--check"]);
        ran.err.lines().find(|line| line.contains("axum's own")).map(str::to_owned)
    };
    let own = handler("own", "_: axum::extract::Path<u8>, _: Option<axum::Json<GetTea>>");
    let ours = handler("ours", "_: throwback::axum::Path<u8>, _: throwback::axum::Json<GetTea>");
    let theirs = handler("theirs", "_: axum::extract::Path<u8>, _: WithRejection<axum::Json<GetTea>, GetTeaError>");
    let note = "note: `own` takes axum's own `Json`, `Path`, so that what does not fit is answered in plain text, which \
                clients can only keep: with `throwback::axum::{Json, Path}` it is `InvalidPayload`";
    assert_eq!(told(std::slice::from_ref(&own)).as_deref(), Some(note));
    assert_eq!(told(&[ours]), None);
    let two = told(&[own, theirs]).unwrap();
    assert!(two.starts_with("note: `own` and `theirs` take axum's own `Json`, `Path`, so"), "{two}");
}
