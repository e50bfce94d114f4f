//! Which package may depend on which: the arrows of the design, and no others.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// From a package to what it may name, with the kind of the dependency.
const ARROWS: [(&str, &str, Kind); 15] = [
    ("throwback-macros", "throwback-syntax", Kind::Normal),
    ("throwback-codegen", "throwback-syntax", Kind::Normal),
    ("throwback-cli", "throwback", Kind::Normal),
    ("throwback-cli", "throwback-codegen", Kind::Normal),
    ("throwback-cli", "throwback-gateway", Kind::Normal),
    ("throwback-cli", "throwback-lint", Kind::Normal),
    ("throwback-lint", "throwback-codegen", Kind::Normal),
    ("throwback-lint", "throwback-gateway", Kind::Normal),
    ("throwback", "throwback-macros", Kind::Normal),
    ("orders-axum", "orders", Kind::Normal),
    ("orders-axum", "throwback", Kind::Normal),
    ("orders-axum", "throwback-codegen", Kind::Build),
    ("orders-client", "throwback", Kind::Normal),
    ("orders", "throwback", Kind::Normal),
    ("orders", "throwback-codegen", Kind::Build),
];

/// Packages that nothing depends on, and that may name any other.
const ENDS: [&str; 2] = ["orders-demo", "throwback-tests"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Normal,
    Build,
}

/// The workspace as cargo understands it.
struct Workspace(Vec<Value>);

impl Workspace {
    fn read() -> Self {
        let mut metadata: Value =
            serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--no-deps"])).unwrap();
        let Value::Array(packages) = metadata["packages"].take() else { panic!("no packages") };
        Self(packages)
    }

    fn package(&self, name: &str) -> &Value {
        self.0.iter().find(|package| package["name"] == name).unwrap_or_else(|| panic!("no package `{name}`"))
    }

    fn names(&self) -> BTreeSet<&str> {
        self.0.iter().map(|package| package["name"].as_str().unwrap()).collect()
    }

    /// Normal and build dependencies of a package, with their kinds.
    fn dependencies<'a>(&'a self, package: &str) -> impl Iterator<Item = (Kind, &'a Value)> + use<'a> {
        let all = self.package(package)["dependencies"].as_array().unwrap();
        all.iter().filter_map(|dependency| match dependency["kind"].as_str() {
            None => Some((Kind::Normal, dependency)),
            Some("build") => Some((Kind::Build, dependency)),
            Some(_) => None,
        })
    }

    /// The dependency of one package on another.
    fn arrow(&self, from: &str, to: &str) -> &Value {
        let mut all = self.dependencies(from).map(|(_, dependency)| dependency);
        all.find(|dependency| dependency["name"] == to).unwrap_or_else(|| panic!("no arrow from `{from}` to `{to}`"))
    }
}

fn cargo(arguments: &[&str]) -> String {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let mut command = Command::new(env!("CARGO"));
    let output = command.args(arguments).args(["--offline", "--manifest-path", manifest]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a package brings with these features, each as `name` and its own features.
fn tree(package: &str, features: &[&str]) -> Vec<(String, BTreeSet<String>)> {
    let mut arguments = vec!["tree", "--package", package, "--edges", "normal", "--prefix", "none"];
    arguments.extend(["--no-dedupe", "--format", "{p}|{f}"]);
    arguments.extend_from_slice(features);
    let text = cargo(&arguments);
    let brought = text.lines().skip(1).map(|line| {
        let (package, features) = line.split_once('|').unwrap();
        let name = package.split(' ').next().unwrap().to_owned();
        (name, features.split(',').map(ToOwned::to_owned).collect())
    });
    brought.collect()
}

fn names(tree: &[(String, BTreeSet<String>)]) -> BTreeSet<&str> {
    tree.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn packages_depend_on_each_other_as_designed_and_not_otherwise() {
    let workspace = Workspace::read();
    let members = workspace.names();
    let mut found = BTreeSet::new();
    for from in members.iter().filter(|name| !ENDS.contains(name)) {
        for (kind, dependency) in workspace.dependencies(from) {
            let to = dependency["name"].as_str().unwrap();
            if members.contains(to) {
                found.insert((*from, to, kind));
            }
        }
    }
    assert_eq!(found, BTreeSet::from(ARROWS));
}

#[test]
fn the_derive_is_a_feature_and_its_version_is_the_runtimes_own() {
    let workspace = Workspace::read();
    let arrow = workspace.arrow("throwback", "throwback-macros");
    assert_eq!(arrow["optional"], true);
    for (from, to) in [
        ("throwback", "throwback-macros"),
        ("throwback-macros", "throwback-syntax"),
        ("throwback-codegen", "throwback-syntax"),
    ] {
        let version = workspace.package(to)["version"].as_str().unwrap();
        assert_eq!(workspace.arrow(from, to)["req"], format!("={version}"), "{from} → {to}");
    }
}

#[test]
fn a_generated_client_asks_for_the_feature_client_alone() {
    let workspace = Workspace::read();
    let arrow = workspace.arrow("orders-client", "throwback");
    assert_eq!((&arrow["uses_default_features"], &arrow["features"]), (&false.into(), &vec!["client"].into()));
    assert_eq!(workspace.dependencies("orders-client").count(), 1);
}

#[test]
fn the_runtime_without_features_brings_serde_and_serde_json_and_nothing_else() {
    let workspace = Workspace::read();
    let always = workspace.dependencies("throwback").filter(|(_, dependency)| dependency["optional"] == false);
    let always: BTreeSet<_> = always.map(|(_, dependency)| dependency["name"].as_str().unwrap()).collect();
    assert_eq!(always, BTreeSet::from(["serde", "serde_json"]));

    let brought = tree("throwback", &["--no-default-features"]);
    let mut allowed = BTreeSet::from(["serde", "serde_json"]);
    // What those two bring themselves.
    allowed.extend(["serde_core", "itoa", "ryu", "zmij", "memchr"]);
    let others: Vec<_> = names(&brought).difference(&allowed).copied().collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(names(&brought).is_superset(&BTreeSet::from(["serde", "serde_json"])));
}

#[test]
fn the_macros_are_quick_to_compile() {
    for package in ["throwback-syntax", "throwback-macros"] {
        let brought = tree(package, &[]);
        let syn = brought.iter().filter(|(name, _)| name == "syn").collect::<Vec<_>>();
        assert!(!syn.is_empty());
        for (_, features) in syn {
            assert!(!features.contains("full") && !features.contains("visit"), "{package}: {features:?}");
        }
        let allowed = BTreeSet::from(["syn", "quote", "proc-macro2", "unicode-ident", "throwback-syntax"]);
        let others: Vec<_> = names(&brought).difference(&allowed).copied().collect();
        assert!(others.is_empty(), "{package}: {others:?}");
    }
}

#[test]
fn build_scripts_wait_for_no_server_and_no_command_line() {
    let brought = tree("throwback-codegen", &[]);
    for unwanted in ["tokio", "hyper", "hyper-util", "clap", "fancy-regex", "anstream", "throwback", "reqwest"] {
        assert!(!names(&brought).contains(unwanted), "{unwanted}");
    }
    let workspace = Workspace::read();
    assert_eq!(workspace.package("throwback-codegen")["features"], serde_json::json!({}));
    // The evaluator reads documents and asks nobody.
    for unwanted in ["tokio", "hyper", "clap", "throwback-codegen", "throwback"] {
        assert!(!names(&tree("throwback-gateway", &[])).contains(unwanted), "{unwanted}");
    }
    let arrow = workspace.arrow("orders", "throwback-codegen");
    assert_eq!(arrow["features"], Value::Array(Vec::new()), "an example generates with what is there by default");
}

#[test]
fn every_package_says_its_licence_and_the_rust_that_it_needs() {
    let workspace = Workspace::read();
    for package in &workspace.0 {
        let name = package["name"].as_str().unwrap();
        assert!(package["rust_version"].is_string(), "`{name}` has no `rust-version`");
        // A generated client has the licence of whoever generates it: not ours to say.
        if name != "orders-client" {
            assert_eq!(package["license"], "MIT OR Apache-2.0", "{name}");
        }
    }
}
