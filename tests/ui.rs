//! Wrong input: each file under `ui` is one mistake, once as a crate that rustc refuses, once as a source that the scan
//! refuses, in the same words and at the same place. `TRYBUILD=overwrite` rewrites both goldens.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use throwback_codegen::{Builder, Failed};

/// Who refuses a sample, by the comment that it starts with.
#[derive(PartialEq, Eq)]
enum Refused {
    /// Both, in the same words.
    Both,
    /// Both, rustc in words of its own.
    OwnWords,
    /// The scan alone.
    Scan,
    /// rustc alone.
    Rustc,
}

struct Sample {
    name: String,
    text: String,
    refused: Refused,
}

impl Sample {
    fn all() -> Vec<Self> {
        let mut samples: Vec<_> = names("rs").into_iter().map(Self::read).collect();
        samples.sort_by(|a, b| a.name.cmp(&b.name));
        samples
    }

    fn read(name: String) -> Self {
        let text = std::fs::read_to_string(at(&name, "rs")).unwrap();
        let first = text.lines().next().unwrap_or_default();
        let refused = match first.strip_prefix("// ").and_then(|line| line.split_once(": ")) {
            None => Refused::Both,
            Some(("own words", _)) => Refused::OwnWords,
            Some(("scan only", _)) => Refused::Scan,
            Some(("derive only", _)) => Refused::Rustc,
            Some((other, _)) => panic!("ui/{name}.rs: `{other}` says not who refuses it"),
        };
        Self { name, text, refused }
    }

    /// The sample as the source of a package.
    fn package(&self) -> Package {
        // A handler of axum's needs to be told where it is.
        let front =
            if self.name.starts_with("axum_") && self.name != "axum_behind_rest" { "front = \"axum\"\n" } else { "" };
        Package::new([("src/main.rs", self.text.as_str()), ("throwback.toml", front)])
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui")
}

fn at(name: &str, extension: &str) -> PathBuf {
    folder().join(format!("{name}.{extension}"))
}

/// The files of a kind under `ui`, by their names.
fn names(extension: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// Whether the goldens are written anew.
fn overwrites() -> bool {
    std::env::var_os("TRYBUILD").is_some_and(|value| value == "overwrite")
}

/// Takes samples into this very crate: rustc has nothing against them.
macro_rules! taken {
    ($($name:ident)+) => {
        const TAKEN: &[&str] = &[$(stringify!($name)),+];
        $(
            #[allow(dead_code, unused_imports, clippy::pedantic)]
            mod $name {
                include!(concat!("ui/", stringify!($name), ".rs"));
            }
        )+
    };
}

taken! {
    axum_behind_rest
    axum_types
    cfg_around_a_handler
    cfg_attr
    cfg_attr_on_a_handler
    cfg_attr_on_an_error_enum
    cfg_chooses_a_type
    cfg_in_a_type
    cfg_on_a_handler
    cfg_that_does_not_hold
    code_twice_apart
    enum_from_macro
    header_structure
    operation_head_output
    operation_input_no_struct
    operation_input_without_serde
    operation_output_error_message
    operation_parameter_alias
    operation_parameter_structure
    operation_query_structure
    operation_route_twice_apart
    operation_siblings
    type_as_unknown
    type_foreign
    type_generic
    type_map_key
    type_serde_with
    type_without_end
}

#[test]
fn rustc_takes_what_the_scan_alone_refuses() {
    let alone = Sample::all().into_iter().filter(|sample| sample.refused == Refused::Scan);
    assert_eq!(TAKEN, alone.map(|sample| sample.name).collect::<Vec<_>>());
}

#[test]
fn rustc_refuses_every_other_sample() {
    let cases = trybuild::TestCases::new();
    for sample in Sample::all().iter().filter(|sample| sample.refused != Refused::Scan) {
        cases.compile_fail(format!("ui/{}.rs", sample.name));
    }
}

#[test]
fn the_scan_refuses_every_sample() {
    let mut wrong = String::new();
    for sample in Sample::all() {
        let found = match sample.package().refusal() {
            Some(failed) => failed.render(false) + "\n",
            None => String::new(),
        };
        if found.is_empty() != (sample.refused == Refused::Rustc) {
            let _ = writeln!(wrong, "ui/{}.rs: the scan says\n{found}", sample.name);
        } else if overwrites() && !found.is_empty() {
            std::fs::write(at(&sample.name, "scan"), found).unwrap();
        } else if found != std::fs::read_to_string(at(&sample.name, "scan")).unwrap_or_default() {
            let _ = writeln!(wrong, "ui/{}.rs: the scan says what its golden does not\n{found}", sample.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// rustc's own errors have a number; those of the derive and of the attribute have none.
#[test]
fn both_say_the_same_at_the_same_place() {
    let mut wrong = String::new();
    // While the goldens are written anew, the next run compares them.
    for sample in Sample::all().iter().filter(|sample| sample.refused == Refused::Both && !overwrites()) {
        let rustc = std::fs::read_to_string(at(&sample.name, "stderr")).unwrap_or_default();
        let Some(failed) = sample.package().refusal() else { continue };
        let mut ours: Vec<_> = rustc.split("\n\n").filter_map(|block| block.strip_prefix("error: ")).collect();
        for diagnostic in failed.diagnostics() {
            let message = diagnostic.message();
            let place = diagnostic.place().map(|(_, line, column)| format!(":{line}:{column}\n")).unwrap_or_default();
            let said = ours.iter().position(|block| {
                let (first, rest) = block.split_once('\n').unwrap_or_default();
                first == message && rest.split_inclusive('\n').next().is_some_and(|line| line.ends_with(&place))
            });
            match said {
                Some(said) => drop(ours.remove(said)),
                // A check of constants, or a trait's own words: rustc shows them where they are asked for.
                None if rustc.lines().any(|line| line.starts_with("error[") && line.ends_with(message)) => {}
                None => {
                    let _ = writeln!(wrong, "ui/{}.rs{}: rustc does not say: {message}", sample.name, place.trim_end());
                }
            }
        }
        for block in ours {
            let _ = writeln!(wrong, "ui/{}.rs: the scan does not say: {block}", sample.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_golden_has_its_sample() {
    // While they are written anew, the next run counts them.
    for sample in Sample::all().iter().filter(|_| !overwrites()) {
        let by_rustc = at(&sample.name, "stderr").is_file();
        assert_eq!(by_rustc, sample.refused != Refused::Scan, "ui/{}.stderr", sample.name);
        let by_scan = at(&sample.name, "scan").is_file();
        assert_eq!(by_scan, sample.refused != Refused::Rustc, "ui/{}.scan", sample.name);
    }
    for extension in ["stderr", "scan"] {
        for name in names(extension) {
            assert!(at(&name, "rs").is_file(), "ui/{name}.{extension} belongs to no sample");
        }
    }
}

/// A package in a folder of its own.
struct Package(TempDir);

impl Package {
    /// A package of these files beside a plain manifest.
    fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let package = Self(tempfile::tempdir().unwrap());
        let manifest = ("Cargo.toml", "[package]\nname = \"ui\"\nversion = \"1.0.0\"\n");
        for (path, text) in [manifest].into_iter().chain(files) {
            let path = package.0.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        package
    }

    /// What stops the run, if anything does; then nothing may have been written.
    fn refusal(&self) -> Option<Failed> {
        let before = self.files();
        let failed = Builder::project(self.0.path()).generate().err()?;
        assert_eq!(self.files(), before, "a run that stopped has written something");
        Some(failed)
    }

    /// The messages that stop the run, each with its place.
    fn messages(&self) -> Vec<String> {
        let failed = self.refusal().expect("the run should stop");
        let message = |diagnostic: &throwback_codegen::Diagnostic| {
            let place = diagnostic.place().map_or_else(String::new, |(path, line, column)| {
                format!("{}:{line}:{column}: ", path.to_str().unwrap().replace('\\', "/"))
            });
            place + diagnostic.message()
        };
        failed.diagnostics().iter().map(message).collect()
    }

    /// Every file of the folder, with its text.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut open = vec![self.0.path().to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    files.insert(path.clone(), std::fs::read(path).unwrap());
                }
            }
        }
        files
    }
}

/// A handler without a mistake.
const HEALTH: &str = r#"
#[throwback::operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), throwback::InternalError> {
    Ok(())
}
"#;

/// A handler with one.
const BAD_PATH: &str = r#"
#[throwback::operation(GET, "health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), throwback::InternalError> {
    Ok(())
}
"#;

#[test]
fn a_module_needs_a_file() {
    let package = Package::new([("src/main.rs", "mod shop {\n    mod orders;\n}\n")]);
    let expected = "src/main.rs:2:9: the module `orders` has no file: \
                    expected `src/shop/orders.rs` or `src/shop/orders/mod.rs`";
    assert_eq!(package.messages(), [expected]);

    let package = Package::new([("src/main.rs", "#[path = \"none.rs\"]\nmod orders;\n")]);
    let expected = "src/main.rs:2:5: the module `orders` has no file: expected `src/none.rs`";
    assert_eq!(package.messages(), [expected]);
}

#[test]
fn a_file_has_to_parse() {
    let package = Package::new([("src/main.rs", "mod orders;\n"), ("src/orders.rs", "fn health( {}\n")]);
    let messages = package.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("src/orders.rs:1:"), "{messages:?}");
    assert!(messages[0].contains(": this is not Rust that parses: "), "{messages:?}");
}

#[test]
fn a_module_is_found_wherever_rustc_finds_it() {
    let roots = [
        ("mod orders;", "src/orders.rs"),
        ("mod orders;", "src/orders/mod.rs"),
        ("mod shop { mod orders; }", "src/shop/orders.rs"),
        ("#[path = \"elsewhere/them.rs\"] mod orders;", "src/elsewhere/them.rs"),
        ("#[path = \"../them.rs\"] mod orders;", "src/../them.rs"),
        ("mod shop { #[path = \"them.rs\"] mod orders; }", "src/shop/them.rs"),
        ("#[path = \"far\"] mod shop { mod orders; }", "src/far/orders.rs"),
        ("mod r#type;", "src/type.rs"),
    ];
    for (root, file) in roots {
        let package = Package::new([("src/main.rs", root), (file, BAD_PATH)]);
        let expected = format!("{file}:2:29: `health` is no path: it starts with `/`");
        assert_eq!(package.messages(), [expected], "{root}");

        let package = Package::new([("src/main.rs", root), (file, HEALTH)]);
        assert!(package.refusal().is_none(), "{root}");
    }
}

#[test]
fn a_module_of_a_module_is_found_wherever_rustc_finds_it() {
    let files = [
        ("mod a;", "src/a.rs", "mod b;", "src/a/b.rs"),
        ("mod a;", "src/a/mod.rs", "mod b;", "src/a/b/mod.rs"),
        // What a `path` names is a `mod.rs`: its modules lie beside it.
        ("#[path = \"x/y.rs\"] mod a;", "src/x/y.rs", "mod b;", "src/x/b.rs"),
        ("mod a;", "src/a.rs", "#[path = \"c.rs\"] mod b;", "src/c.rs"),
        ("mod a;", "src/a.rs", "mod b { #[path = \"d.rs\"] mod c; }", "src/a/b/d.rs"),
    ];
    for (root, first, inside, second) in files {
        let package = Package::new([("src/main.rs", root), (first, inside), (second, BAD_PATH)]);
        let expected = format!("{second}:2:29: `health` is no path: it starts with `/`");
        assert_eq!(package.messages(), [expected], "{first}");
    }
}

#[test]
fn what_only_tests_see_is_no_part_of_the_contract() {
    let tests = "#[cfg(test)]\nmod tests;\n".to_owned() + HEALTH;
    assert!(Package::new([("src/main.rs", tests.as_str())]).refusal().is_none());
}

/// rustc strips them, and nothing else could be meant by a name that is there once.
#[test]
fn a_cfg_that_leaves_no_choice_is_taken() {
    let rest = r#"
        #[cfg(any())]
        #[throwback::operation(GET, "no path")]
        async fn stripped(_: LambdaEvent<Payload<()>>) -> Result<(), None> { Ok(()) }
        #[cfg(test)]
        #[derive(ApiError)]
        enum NoError {}
        #[cfg(not(test))]
        use std::string::String as Text;
        #[cfg(test)]
        use std::vec::Vec as Text;
        #[cfg(feature = "names")]
        mod names { #[derive(serde::Serialize)] pub struct Name(#[cfg(test)] u8, pub super::Text); }
        #[cfg(feature = "names")]
        use names::*;
        #[throwback::operation(GET, "/name")]
        async fn name(_: LambdaEvent<Payload<()>>) -> Result<Name, std::convert::Infallible> { unimplemented!() }
    "#;
    let source = HEALTH.to_owned() + rest;
    let package = Package::new([("src/main.rs", source.as_str())]);
    assert!(package.refusal().is_none());
}

#[test]
fn an_api_has_errors_or_operations() {
    let package = Package::new([("src/main.rs", "fn main() {}\n")]);
    assert_eq!(package.messages(), ["no enum that derives `ApiError` was found, and no operation"]);
}

#[test]
fn a_package_has_source() {
    assert_eq!(Package::new([]).messages(), ["there is no `src/lib.rs`, no `src/main.rs` and nothing in `src/bin`"]);
}

#[test]
fn every_source_has_to_be_there() {
    let package =
        Package::new([("src/main.rs", HEALTH), ("throwback.toml", "sources = [\"src/main.rs\", \"none.rs\"]")]);
    let messages = package.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("can't read `none.rs`: "), "{messages:?}");

    let package = Package::new([("src/main.rs", HEALTH), ("throwback.toml", "crates = [\"none\"]")]);
    let messages = package.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("can't read `"), "{messages:?}");
}

#[test]
fn a_package_has_a_name() {
    let package = Package::new([("src/main.rs", HEALTH), ("Cargo.toml", "[workspace]\n")]);
    let messages = package.messages();
    assert!(messages[0].ends_with("is no package: it has no `[package]` with a `name`"), "{messages:?}");
}

#[test]
fn a_key_of_the_configuration_is_one_of_ours() {
    let refused = |toml: &str| {
        let package = Package::new([("src/main.rs", HEALTH), ("throwback.toml", toml)]);
        package.refusal().expect("the run should stop").render(false)
    };
    let near = refused("name = \"shop\"\nopenap = \"openapi.json\"\n");
    assert!(near.starts_with("error: unknown key `openap`\n"), "{near}");
    assert!(near.contains("--> throwback.toml:2:1\n"), "{near}");
    assert!(near.contains("help: did you mean `openapi`?"), "{near}");

    let far = refused("kubernetes = true\n");
    assert!(far.starts_with("error: unknown key `kubernetes`\n"), "{far}");
    assert!(far.contains("help: the keys are `name`, `version`, "), "{far}");

    let kind = refused("name = 5\n");
    assert!(
        kind.starts_with("error: this is no configuration: invalid type: integer `5`, expected a string\n"),
        "{kind}"
    );
    assert!(kind.contains("--> throwback.toml:1:8\n"), "{kind}");
}

#[test]
fn a_type_of_the_configuration_is_a_type() {
    let package = Package::new([("src/main.rs", HEALTH), ("throwback.toml", "[types]\n\"money::Cents\" = \"Vec<\"\n")]);
    let expected = "`types`: `money::Cents` is described as `Vec<`, which is no type: \
                    take `string`, `integer`, `number`, `boolean`, `any` or a Rust type";
    assert_eq!(package.messages(), [expected]);
}

#[test]
fn an_output_lies_inside_the_project() {
    for path in ["../contract.json", "generated/../../contract.json", ".", "/contract.json"] {
        let toml = format!("contract = \"{path}\"\nopenapi = \"openapi.json\"\n");
        let package = Package::new([("src/main.rs", HEALTH), ("throwback.toml", &toml)]);
        let expected = format!("the output `{path}` lies outside the project");
        assert_eq!(package.messages(), [expected]);
    }
    // A folder is said once, however many files it has.
    let package = Package::new([("src/main.rs", HEALTH), ("throwback.toml", "rust-client = \"../client\"\n")]);
    assert_eq!(package.messages(), ["the output `../client` lies outside the project"]);
}

#[test]
fn a_file_of_a_person_is_not_replaced() {
    let files = [("src/main.rs", HEALTH), ("throwback.toml", "contract = \"notes.json\""), ("notes.json", "{}")];
    assert_eq!(Package::new(files).messages(), ["`notes.json` is there and was not generated"]);
}
