//! Packages as cargo takes them: inherited versions, roots in other places, libraries under other names.

use std::fs;
use std::path::Path;
use throwback_codegen::Builder;
use throwback_codegen::contract::Contract;

const OPERATION: &str = "
    #[derive(Debug, thiserror::Error, ApiError)]
    pub enum ShopError {
        #[error(\"closed\")]
        #[api_error(status = 503)]
        Closed,
    }
    #[operation(GET, \"/\")]
    pub async fn look(_: LambdaEvent<Payload<()>>) -> Result<Held, ShopError> { todo!() }";

const HELD: &str = "#[derive(serde::Serialize)] pub struct Held { pub id: u8 }";

/// What is made of these files, from one of their folders.
fn scanned(package: &str, files: &[(&str, &str)]) -> Result<Contract, String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
        fs::write(path, text).unwrap();
    }
    let builder = Builder::project(folder.path().join(package)).openapi("openapi.json");
    builder.check().map(|generated| generated.contract).map_err(|failed| failed.render(false))
}

#[test]
fn a_version_may_be_the_workspaces() {
    let package = "[package]\nname = \"shop\"\nversion.workspace = true\n";
    let source = format!("{HELD}{OPERATION}");
    let of = |root: &str| {
        scanned("shop", &[("Cargo.toml", root), ("shop/Cargo.toml", package), ("shop/src/lib.rs", &source)])
    };
    let contract = of("[workspace]\nmembers = [\"shop\"]\n[workspace.package]\nversion = \"2.3.4\"\n").unwrap();
    assert_eq!(contract.version, "2.3.4");
    let said = of("[workspace]\nmembers = [\"shop\"]\n").unwrap_err();
    assert!(said.contains("takes its version from a workspace that gives none"), "{said}");
}

#[test]
fn roots_lie_where_the_manifest_says() {
    let manifest = "[package]\nname = \"my-shop\"\nversion = \"1.0.0\"\n[lib]\nname = \"wares\"\npath = \"code/wares.rs\"\n\
                    [[bin]]\nname = \"a\"\npath = \"code/function.rs\"\n[[bin]]\nname = \"b\"\n";
    let program = format!("use wares::Held;{OPERATION}");
    let files = [("Cargo.toml", manifest), ("code/wares.rs", HELD), ("code/function.rs", program.as_str())];
    let contract = scanned("", &files).unwrap();
    assert_eq!((contract.operations.len(), contract.types.len()), (1, 1));
    // The same from another package.
    let files = [
        ("wares/Cargo.toml", manifest),
        ("wares/code/wares.rs", HELD),
        ("shop/Cargo.toml", "[package]\nname = \"shop\"\n"),
        ("shop/src/main.rs", program.as_str()),
        ("shop/throwback.toml", "crates = [\"../wares\"]\n"),
    ];
    let contract = scanned("shop", &files).unwrap();
    assert_eq!((contract.types.len(), contract.version.as_str()), (1, "0.0.0"));
}

#[test]
fn programs_are_found_where_cargo_finds_them() {
    let function = |name: &str, code: &str| {
        format!(
            "use shop::Held;
             #[derive(Debug, thiserror::Error, ApiError)] enum Own {{
                 #[error(\"closed\")] #[api_error(status = 503)] {code},
             }}
             #[operation(GET, \"/{name}\")]
             async fn {name}(_: LambdaEvent<Payload<()>>) -> Result<Held, Own> {{ todo!() }}"
        )
    };
    let (one, two, three) = (function("one", "First"), function("two", "Second"), function("three", "Third"));
    let of = |more: &str| {
        let manifest = format!("[package]\nname = \"shop\"\nversion = \"1.0.0\"\n{more}");
        let files = [
            ("Cargo.toml", manifest.as_str()),
            ("src/lib.rs", HELD),
            ("src/bin/one.rs", one.as_str()),
            ("src/bin/two/main.rs", two.as_str()),
            ("src/bin/two/three.rs", three.as_str()),
            ("src/bin/notes.txt", "none"),
        ];
        let contract = scanned("", &files)?;
        Ok::<_, String>(contract.operations.iter().map(|operation| operation.name.clone()).collect::<Vec<_>>())
    };
    assert_eq!(of("").unwrap(), ["one", "two"]);
    assert_eq!(of("autobins = false\n[[bin]]\nname = \"two\"\n").unwrap(), ["two"]);
    assert_eq!(of("[[bin]]\nname = \"other\"\npath = \"src/bin/two/three.rs\"\n").unwrap(), ["three", "one", "two"]);
    let said = of("autobins = false\n").unwrap_err();
    assert!(said.contains("and no operation"), "{said}");
}
