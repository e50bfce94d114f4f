//! The program as people run it: what it writes, says and returns, and what it leaves alone.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const SOURCE: &str = r#"
use serde::{Deserialize, Serialize};
use throwback::{ApiError, Payload, lambda_runtime::LambdaEvent, operation};

#[derive(Deserialize)]
pub struct GetTea { pub tea_id: String }

#[derive(Serialize)]
pub struct Tea { pub name: String }

#[derive(Debug, thiserror::Error, ApiError)]
pub enum GetTeaError {
    /// There is no such tea.
    #[error("no tea {tea_id}")]
    #[api_error(status = 404)]
    TeaNotFound { tea_id: String },
    /// The kettle is cold.
    #[error("cold")]
    #[api_error(status = 503)]
    KettleCold,
}

/// Reads a tea.
#[operation(GET, "/teas/{tea_id}")]
pub async fn get_tea(event: LambdaEvent<Payload<GetTea>>) -> Result<Tea, GetTeaError> {
    Err(GetTeaError::TeaNotFound { tea_id: event.payload.0.tea_id })
}
"#;

/// A package in a folder of its own.
struct Package(tempfile::TempDir);

impl Package {
    fn new() -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        this.write("Cargo.toml", "[package]\nname = \"teas\"\nversion = \"1.2.3\"\n");
        this.write("src/main.rs", SOURCE);
        this
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds no `{from}`");
        self.write(path, &text.replace(from, to));
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        ran(program().args(arguments).current_dir(self.0.path()))
    }

    /// Every file and its text.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.path().is_dir() {
                    walk(&entry.path(), files);
                } else {
                    files.push((entry.path(), fs::read(entry.path()).unwrap()));
                }
            }
        }
        let mut files = Vec::new();
        walk(self.0.path(), &mut files);
        files.sort();
        files
    }

    /// Runs what must fail with status 1 and leave every file as it was.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.files();
        let ran = self.run(arguments);
        assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
        assert_eq!(self.files(), before, "a refused run wrote something");
        ran.err
    }
}

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_program"));
    // Only cargo's own build scripts have one.
    command.env_remove("OUT_DIR").env_remove("CARGO_MANIFEST_DIR");
    command
}

fn ran(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

fn has(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in:\n{text}");
}

#[test]
fn without_configuration_the_defaults_work_and_a_second_run_writes_nothing() {
    let package = Package::new();
    let first = package.run(&["generate"]);
    assert_eq!(first.status, 0, "{}", first.err);
    has(&first.out, "new generated/openapi.json");
    has(&first.out, "generated/integration-responses/get_tea/404.integration-response.json");
    has(&first.err, "teas: 1 operations, 2 errors;");
    let before = package.files();
    let second = package.run(&["generate"]);
    assert_eq!((second.status, second.out.as_str()), (0, ""));
    has(&second.err, "are up to date");
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
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(package.path("green/api.json").exists() && package.path("black/api.json").exists());
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
    fs::remove_file(package.path("Cargo.toml")).unwrap();
    package.edit("green/src/main.rs", "status = 404", "status = 200");
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 1);
    has(&ran.err, "in `./green`:");
    has(&ran.err, "1 mistake; nothing was written");
    has(&ran.err, "black: 1 operations");
    has(&ran.err, "white: 1 operations");
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
fn a_lock_in_the_middle_of_a_merge_is_no_lock() {
    let package = Package::new();
    package.run(&["generate"]);
    package.edit("throwback.lock", "  \"apis\"", "<<<<<<< ours\n=======\n>>>>>>> theirs\n  \"apis\"");
    let said = package.refused(&["generate"]);
    has(&said, "`throwback.lock` holds both sides of a merge");
    has(&said, "restore it, or delete it");
    fs::remove_file(package.path("throwback.lock")).unwrap();
    let missing = package.run(&["generate", "--check"]);
    assert_eq!(missing.status, 1);
    has(&missing.out, "missing throwback.lock");
    assert_eq!(package.run(&["generate"]).status, 0);
    assert_eq!(package.run(&["generate", "--check"]).status, 0);
}

fn explain(arguments: &[&str]) -> String {
    let package = Package::new();
    let ran = package.run(&[&["explain"], arguments].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out
}

#[test]
fn explain_names_the_response_the_body_and_the_typed_error() {
    let said = explain(&[r#"[TeaNotFound] {"code":"TeaNotFound","status":404,"detail":"x","tea_id":"7"}"#]);
    for part in [
        r"selects   404  ^\[(?:TeaNotFound)\] [\s\S]*",
        "its tag `[TeaNotFound] ` stands in this pattern and in no other",
        "HTTP 404",
        "x-error-code: TeaNotFound",
        r#"{"code":"TeaNotFound","status":404,"detail":"x","tea_id":"7"}"#,
        "Failure::Api(GetTeaError::TeaNotFound(error))",
    ] {
        has(&said, part);
    }
    let said = explain(&[r#"[TeaNotFound] {"code":"TeaNotFound","status":404}"#]);
    has(&said, "the member `tea_id` is missing: the client keeps this response as Failure::Unmodelled");
    let said = explain(&[r#"[TeaNotFound] {"code":"TeaNotFound","status":404,"tea_id":7}"#]);
    has(&said, "the member `tea_id` has another form than declared");
}

#[test]
fn explain_knows_what_the_platform_says() {
    for timeout in [
        "2024-04-01T10:00:00.000Z 8f2e Task timed out after 1.00 seconds",
        "RequestId: 8f2e Error: Task timed out after 3.00 seconds",
    ] {
        let said = explain(&[timeout]);
        has(&said, "selects   504");
        has(&said, "PlatformKind::Timeout");
        assert!(!said.contains("\"detail\""), "nothing of the text reaches the body");
    }
    let said = explain(&["Lambda panicked: the secret"]);
    has(&said, "PlatformKind::Internal");
    assert_eq!(said.matches("the secret").count(), 1, "shown as the message, and nowhere else");
    let said = explain(&[""]);
    has(&said, "the default response");
    has(&said, "an error arrives as a success");
    let said = explain(&[r#"[Newer] {"code":"Newer","status":423,"retryable":"backoff"}"#]);
    has(&said, "HTTP 423");
    has(&said, "Failure::Undeclared(error)  (retry: backoff)");
    has(&explain(&[r#"[Newer] {"code":"Newer","status":200}"#]), "PlatformKind::Internal");
}

#[test]
fn explain_shows_what_is_proved() {
    let said = explain(&["--prove"]);
    has(&said, "responses  codes  classes of messages");
    has(&said, "no message selects two responses");
    let package = Package::new();
    has(&package.refused(&["explain", "--prove", "--operation", "pour"]), "there is no operation `pour`");
    let ran = package.run(&["explain", "--prove", "[TeaNotFound] {}"]);
    assert_eq!(ran.status, 2);
    has(&ran.err, "cannot be used with");
}

#[test]
fn explain_speaks_json_and_reads_whole_payloads_from_standard_input() {
    let package = Package::new();
    let mut child = program()
        .args(["explain", "--json"])
        .current_dir(package.0.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let payload = br#"{"errorType":"KettleCold","errorMessage":"[KettleCold] {\"code\":\"KettleCold\",\"title\":\"Service Unavailable\",\"status\":503}"}"#;
    child.stdin.take().unwrap().write_all(payload).unwrap();
    let output = child.wait_with_output().unwrap();
    let reports: Value = serde_json::from_slice(&output.stdout).unwrap();
    let report = &reports[0];
    assert_eq!(report["operation"], "get_tea");
    assert_eq!(report["selected"]["status"], 503);
    assert_eq!(report["client"]["who"], "api");
    assert_eq!(report["client"]["retry"], "idempotent");
    assert_eq!(report["response"]["body"], r#"{"code":"KettleCold","title":"Service Unavailable","status":503}"#);
    has(&package.refused(&["explain", "x", "--operation", "pour"]), "there is no operation `pour`");
}

#[test]
fn a_set_of_errors_has_its_enums_name_or_that_of_an_operation() {
    let package = Package::new();
    package.write(
        "src/main.rs",
        r#"
mod pour {
    #[derive(Debug, thiserror::Error, ApiError)]
    pub enum Error { #[error("full")] #[api_error(status = 409)] Full }
}
mod stir {
    #[derive(Debug, thiserror::Error, ApiError)]
    pub enum Error { #[error("no spoon")] #[api_error(status = 404)] NoSpoon }
}
#[derive(Debug, thiserror::Error, ApiError)]
pub enum TeasError { #[error("cold")] #[api_error(status = 503)] Cold, #[error(transparent)] #[api_error(flatten)] Pour(pour::Error) }
#[derive(serde::Serialize)]
pub struct Tea { pub name: String }
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase")]
pub enum Tea2 { #[error("old")] #[api_error(status = 410, code = "Tea2")] Old }
#[operation(POST, "/pour")]
pub async fn pour(_: LambdaEvent<Payload<()>>) -> Result<Tea, pour::Error> { todo!() }
#[operation(POST, "/stir")]
pub async fn stir(_: LambdaEvent<Payload<()>>) -> Result<(), stir::Error> { todo!() }
#[operation(GET, "/a")]
pub async fn list(_: LambdaEvent<Payload<()>>) -> Result<(), TeasError> { todo!() }
#[operation(GET, "/b")]
pub async fn count(_: LambdaEvent<Payload<()>>) -> Result<(), TeasError> { todo!() }
#[operation(GET, "/c")]
pub async fn old(_: LambdaEvent<Payload<()>>) -> Result<(), Tea2> { todo!() }
#[operation(GET, "/d")]
pub async fn fine(_: LambdaEvent<Payload<()>>) -> Result<(), std::convert::Infallible> { todo!() }
"#,
    );
    let ran = package.run(&["generate", "--contract", "contract.json", "--rust-client", "client"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let contract: Value = serde_json::from_str(&package.read("contract.json")).unwrap();
    let sets: Vec<_> = contract["sets"].as_array().unwrap().iter().map(|set| set["name"].as_str().unwrap()).collect();
    // Two enums are `Error`; one has the name of a code.
    assert_eq!(sets, ["PourError", "StirError", "TeasError", "OldError"]);
    let of = |name: &str| {
        contract["operations"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["set"].clone()
    };
    assert_eq!((of("list"), of("count"), of("fine")), ("TeasError".into(), "TeasError".into(), Value::Null));
    let errors = package.read("client/src/errors.rs");
    let enums: Vec<_> = errors.lines().filter_map(|line| line.strip_prefix("pub enum ")).collect();
    // The API is `teas`: what is made of all its errors gives way to the author's `TeasError`.
    let expected = ["PourError {", "StirError {", "TeasError {", "OldError {", "FineError {}", "AnyTeasError {"];
    assert_eq!(enums, expected);
    has(&errors, "/// Every error that `list` and `count` declare.");
    let explained =
        package.run(&["explain", "[Cold] {\"code\":\"Cold\",\"title\":\"t\",\"status\":503}", "--operation", "count"]);
    has(&explained.out, "TeasError::Cold");
}

/// Types, operations and paths may be named as what is made of others.
#[test]
fn names_of_our_own_give_way_to_those_of_an_author() {
    let package = Package::new();
    let renamed =
        SOURCE.replace("pub struct Tea ", "pub struct GetTea503 ").replace("Result<Tea,", "Result<GetTea503,");
    let others = r#"
#[derive(Debug, thiserror::Error, ApiError)]
pub enum StirError {
    #[error("no spoon")]
    #[api_error(status = 503)]
    NoSpoon,
    #[error("no cup")]
    #[api_error(status = 503)]
    NoCup,
}
#[operation(POST, "/stir/tea")]
pub async fn options_stir_tea(_: LambdaEvent<Payload<()>>) -> Result<(), StirError> { Ok(()) }
#[operation(POST, "/stir_tea")]
pub async fn get_tea_503(_: LambdaEvent<Payload<()>>) -> Result<(), StirError> { Ok(()) }
#[derive(Serialize)]
pub struct OptionsStirTea503 { pub spoons: u8 }
#[operation(GET, "/spoons")]
pub async fn spoons(_: LambdaEvent<Payload<()>>) -> Result<OptionsStirTea503, StirError> { todo!() }
"#;
    package.write("src/main.rs", &(renamed + others));
    package.write("throwback.toml", "cors = \"*\"\n");
    assert_eq!(package.run(&["generate"]).status, 0);
    let document: Value = serde_json::from_str(&package.read("generated/openapi.json")).unwrap();
    let methods = document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let mut names: Vec<_> = methods.map(|method| method["operationId"].as_str().unwrap()).collect();
    names.sort_unstable();
    let preflights = ["options_spoons", "options_stir_tea", "options_stir_tea_", "options_stir_tea__"];
    assert_eq!(
        names,
        [&["get_tea", "get_tea_503"], &preflights[..1], &preflights[1..], &["options_teas__tea_id", "spoons"]].concat()
    );
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["OptionsStirTea503"]["properties"]["spoons"]["type"], "integer");
    assert_eq!(schemas["OptionsStirTea503Errors"]["oneOf"].as_array().unwrap().len(), 2);
    let refers = &document["paths"]["/stir/tea"]["post"]["responses"]["503"]["content"]["application/problem+json"];
    assert_eq!(refers["schema"]["$ref"], "#/components/schemas/OptionsStirTea503Errors");
}

/// The function is a shell that starts a process of its own; whatever ends the server leaves neither behind.
#[cfg(unix)]
#[test]
fn serve_ends_on_signals_with_all_that_it_has_started() {
    let package = Package::new();
    package.run(&["generate", "--openapi", "generated/openapi.json"]);
    let ended = |process: &str| {
        let found = Command::new("ps").args(["-o", "stat=", "-p", process]).output().unwrap();
        matches!(found.stdout.trim_ascii().first(), None | Some(b'Z'))
    };
    for signal in ["TERM", "HUP", "INT"] {
        let shell = "sleep 600 & echo processes $$ $! >&2; wait";
        let arguments = ["serve", "--port", "0", "--openapi", "generated/openapi.json", "sh", "-c", shell];
        let mut serving = program()
            .args(arguments)
            .current_dir(package.0.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(serving.stderr.take().unwrap()).lines().map(Result::unwrap);
        let (mut listens, mut processes) = (false, Vec::new());
        for line in lines {
            listens |= line.contains("http://127.0.0.1:");
            if let Some((_, found)) = line.split_once("processes ") {
                processes = found.split(' ').map(ToOwned::to_owned).collect();
            }
            if listens && !processes.is_empty() {
                break;
            }
        }
        assert_eq!(processes.len(), 2);
        assert!(!processes.iter().any(|process| ended(process)));
        Command::new("kill").args([&format!("-{signal}"), &serving.id().to_string()]).status().unwrap();
        assert_eq!(serving.wait().unwrap().code(), Some(0), "{signal}");
        for process in &processes {
            for _ in 0..100 {
                if !ended(process) {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
            }
            assert!(ended(process), "{process} of {processes:?} still runs after {signal}");
        }
    }
}

#[test]
fn serve_says_what_it_misses() {
    let package = Package::new();
    has(&package.refused(&["serve", "target/nothing"]), "generated/openapi.json");
    package.run(&["generate"]);
    has(&package.refused(&["serve", "--port", "0", "target/nothing"]), "target/nothing");
    has(&package.refused(&["serve", "--timeout", "0", "x"]), "Lambda allows up to 900 seconds");
    has(&package.refused(&["serve", "--env", "X", "x"]), "write `--env NAME=VALUE`");
    assert_eq!(package.run(&["serve"]).status, 2);
}

#[test]
fn help_and_readme_name_every_option() {
    let help = Package::new().run(&["generate", "--help"]).out;
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap();
    for flag in throwback_codegen::Options::flags() {
        let value = if flag.value.is_empty() { String::new() } else { format!(" <{}>", flag.value) };
        has(&help, &format!("--{}{value}", flag.name));
        let key = flag.name.strip_prefix("api-").unwrap_or(flag.name);
        has(&readme, &format!("`{key}`"));
    }
}

#[test]
fn help_shows_examples_and_exit_statuses() {
    let package = Package::new();
    let help = package.run(&["--help"]);
    has(&help.out, "Examples:");
    has(&help.out, "Exit status:");
    for command in ["generate", "explain", "serve"] {
        has(&package.run(&[command, "--help"]).out, "Examples:");
    }
    let wrong = package.run(&["generat"]);
    assert_eq!(wrong.status, 2);
    has(&wrong.err, "generate");
}
