//! Two people who each add an error, and git between them.

use super::*;

/// What git has to be told, as `docs/configuration.md` has it.
const ATTRIBUTES: &str = "throwback.lock merge=union\n";

fn run_git(package: &Package, arguments: &[&str]) -> (bool, String) {
    let identity = ["-c", "user.name=ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"];
    let ran = Command::new("git").args(identity).args(arguments).current_dir(package.path(".")).output().unwrap();
    (ran.status.success(), String::from_utf8_lossy(&ran.stdout).into_owned())
}

fn variant(name: &str) -> String {
    format!("    /// {name}.\n    #[error(\"{name}\")]\n    #[api_error(status = 409)]\n    {name},\n")
}

#[test]
fn two_errors_of_two_people_are_settled_by_the_next_run() {
    let package = Package::new();
    package.write(
        "throwback.toml",
        "authorization = \"none\"\ncontract = \"generated/contract.json\"\nopenapi = \"generated/openapi.json\"\n\
         integration-responses = \"generated/responses\"\nvectors = \"generated/vectors.json\"\nrust-client = \"client\"\n",
    );
    package.write(".gitattributes", ATTRIBUTES);
    let git = |arguments: &[&str]| assert!(run_git(&package, arguments).0, "git {arguments:?}");
    let commit = |what: &str| {
        assert_eq!(package.run(&["generate"]).status, 0);
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", what]);
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    commit("start");
    git(&["switch", "--quiet", "--create", "cold"]);
    package.edit(
        "src/main.rs",
        "pub enum GetTeaError {\n",
        &format!("pub enum GetTeaError {{\n{}", variant("TooCold")),
    );
    commit("cold");
    git(&["switch", "--quiet", "main"]);
    package.edit("src/main.rs", "    KettleCold,\n", &format!("    KettleCold,\n{}", variant("Spilt")));
    commit("spilt");

    run_git(&package, &["merge", "--quiet", "--no-edit", "cold"]);
    let (_, conflicts) = run_git(&package, &["diff", "--name-only", "--diff-filter=U"]);
    // What both have changed, and the hash of the contract; nothing in the source, and nothing in the lock.
    assert!(!conflicts.contains("throwback.lock") && !conflicts.contains("src/main.rs"), "{conflicts}");
    assert_eq!(package.run(&["generate", "--check"]).status, 1, "both sides are there");
    let ran = package.run(&["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(package.run(&["generate", "--check"]).status, 0);
    let errors = package.read("client/src/errors.rs");
    assert!(errors.contains("struct TooCold") && errors.contains("struct Spilt"));
    let document: Value = serde_json::from_str(&package.read("generated/openapi.json")).unwrap();
    let responses = &document["paths"]["/teas/{tea_id}"]["get"]["x-amazon-apigateway-integration"]["responses"];
    assert!(responses.get(r"^\[(?:TooCold|Spilt)\] [\s\S]*").is_some(), "{responses:#}");
}

#[test]
fn a_lock_of_both_sides_is_no_word_to_replace_what_a_person_wrote() {
    let package = Package::new();
    package.run(&["generate"]);
    let lock = package.read("throwback.lock");
    let contract = lock.lines().find(|line| line.contains("\"contract\": ")).unwrap().to_owned();
    package.write("generated/openapi.json", "{\"mine\": true}\n");
    package.edit("throwback.lock", &contract, &format!("{contract}\n      \"contract\": \"0123456789abcdef\","));
    has(&package.refused(&["generate"]), "generated/openapi.json");
    assert_eq!(package.read("generated/openapi.json"), "{\"mine\": true}\n");
    package.edit("throwback.lock", &contract, "      contract");
    has(&package.refused(&["generate"]), "`throwback.lock` is no lock");
}
