//! Outputs: where none may lie, whoever asks for it.

use super::super::LOCK;
use super::{Package, SOURCE, has, said};
use crate::Generated;
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

#[test]
fn outputs_that_are_in_each_others_way_are_refused_before_anything_is_written() {
    for (openapi, contract, why) in [
        ("a.json", "a.json", "are one file"),
        ("a.json", "./a.json", "are one file"),
        ("a.json", "b/../a.json", "are one file"),
        ("a.json", "b//..//a.json", "are one file"),
        ("a.json", "../teas/a.json", "are one file"),
        ("a.json", "A.JSON", "are one file"),
        ("\u{e9}.json", "E\u{301}.json", "are one file"),
        ("a", "a/b.json", "the output `a` would be a folder of `a/b.json`"),
        ("x/A", "x/a/b/c.json", "the output `x/A` would be a folder of `x/a/b/c.json`"),
        ("client/src/lib.rs", "c.json", "are one file"),
        ("client", "c.json", "the output `client` is a folder"),
        ("new", "new/c.json", "would be a folder of"),
        ("generated/d/models", "c.json", "the output `generated/d/models` would be a folder of"),
    ] {
        let package = Package::new();
        let before = package.files();
        let builder = package.builder().openapi(openapi).contract(contract).rust_client("client");
        let text = said(builder.integration_responses("generated/d").force(true).generate());
        has(&text, why);
        has(&text, "nothing was written");
        assert_eq!(package.files(), before);
        assert!(!package.path(LOCK).exists());
    }
}

#[test]
fn what_cargo_and_this_run_read_is_no_output() {
    let package = Package::new();
    package.write("src/main.rs", &format!("mod notes;\nmod later;\n{SOURCE}"));
    package.write("src/notes.rs", "");
    package.write("src/later.rs", "");
    package.write("other/Cargo.toml", "[package]\nname = \"other\"\n");
    package.write("other/src/lib.rs", "");
    let before = package.files();
    for path in [
        "Cargo.toml",
        "./Cargo.toml",
        "CARGO.toml",
        "Cargo.lock",
        "throwback.toml",
        "throwback.lock",
        "Throwback.lock",
        "throwback.lock/x.json",
        "build.rs",
        "other/build.rs",
        "src/main.rs",
        "SRC/Main.rs",
        "src/notes.rs",
        "src/later.rs",
        "src/lib.rs",
        "other/src/lib.rs",
        "other/Cargo.toml",
        ".git/hooks/post-checkout",
        ".GIT/hooks/post-checkout",
        ".git/config",
        ".cargo/config.toml",
        ".Cargo/config",
        "x/.cargo/config.toml",
        "rust-toolchain.toml",
        "clippy.toml",
        "nul",
        "x/CON.json",
        "x\\y.json",
        "..\\y.json",
        "x/..\\..\\y.json",
        "c:\\x.json",
        "x/a.",
        "a\nb.json",
        "a\0b.json",
        "src/main.rs/x.json",
        "",
        ".",
        "..",
        "../x.json",
        "../../x.json",
        "/x.json",
        "x/../../y.json",
        "src",
        "src/",
        "client/Cargo.toml/x",
    ] {
        for builder in
            [package.builder().openapi(path), package.builder().vectors("z.json").contract(path).rust_client("client")]
        {
            let text = said(builder.force(true).crates_of_tests().generate());
            has(&text, "nothing was written");
            assert_eq!(package.files(), before, "{path}");
            assert!(!package.path(LOCK).exists());
        }
    }
    for folder in [".", "..", "src/..", ".cargo", ".git", "x/.GIT", "throwback.lock", "other", "../neighbour", "nul"] {
        let text = said(package.builder().rust_client(folder).force(true).crates_of_tests().generate());
        has(&text, "nothing was written");
        assert_eq!(package.files(), before, "{folder}");
    }
    for folder in ["..", ".cargo", ".git/x", "x/.GIT", "throwback.lock", "../neighbour", "nul", "src/main.rs"] {
        said(package.builder().integration_responses(folder).force(true).generate());
        assert_eq!(package.files(), before, "{folder}");
    }
    // Beside them is room.
    package.builder().rust_client("src/client.rs").openapi("generated/api.json").generate().unwrap();
}

impl crate::builder::Builder {
    fn crates_of_tests(self) -> Self {
        self.krate("other")
    }
}

#[test]
fn a_build_script_writes_to_its_folder_and_leaves_the_package_alone() {
    let package = Package::new();
    fs::create_dir_all(package.path("target/out")).unwrap();
    let out = package.path("target/out");
    let builder = || package.builder().in_build_script(&out);
    builder().generate().unwrap();
    for name in ["client.rs", "contract.json", "openapi.json"] {
        assert!(out.join(name).is_file(), "{name}");
    }
    // What lies there is nobody's work.
    fs::write(out.join("openapi.json"), "{}").unwrap();
    builder().generate().unwrap();
    assert_ne!(package.read("target/out/openapi.json"), "{}");
    assert!(!package.path(LOCK).exists());
    package.write(LOCK, "no lock at all");
    builder().generate().unwrap();
    assert_eq!(package.read(LOCK), "no lock at all", "it is not asked");
    let before = package.files();
    for path in ["../../src/main.rs", "../../../../x.json", "../../notes.txt", ".git/x", "", "CLIENT.rs"] {
        let builder = builder().openapi(out.join(path)).rust_client(out.join("client.rs"));
        has(&said(builder.generate()), "nothing was written");
        assert_eq!(package.files(), before, "{path}");
    }
}

/// cargo judges other packages before a build script of this one runs.
#[test]
fn a_build_script_leaves_other_packages_to_the_program() {
    let package = Package::new();
    fs::create_dir_all(package.path("target/out")).unwrap();
    fs::create_dir_all(package.path("nested")).unwrap();
    package.write("nested/Cargo.toml", "[package]\nname = \"nested\"\n");
    let script = || package.builder().in_build_script(&package.path("target/out"));
    for (key, path) in [
        ("rust-client", "../client-beside"),
        ("rust-client", "generated/client"),
        ("rust-client", "nested/src/client.rs"),
        ("openapi", "../infra/openapi.json"),
        ("vectors", "nested/vectors.json"),
    ] {
        let said = said(script().output(key, path).allow_outside().generate());
        has(&said, &format!("build.rs would write `{path}`, which does not belong to its package"));
        has(&said, &format!("write `{key} = \"{path}\"` in throwback.toml, and run `throwback generate`"));
        has(&said, "throwback_codegen::Client::of(\"../orders\").run()");
        assert!(!package.path(path).exists(), "{path}");
    }
    package.write("throwback.toml", "openapi = \"generated/openapi.json\"\nrust-client = \"generated/client\"\n");
    let stale = |generated: Generated| -> Vec<_> {
        generated.stale.iter().map(|path| path.strip_prefix(package.folder()).unwrap().to_owned()).collect()
    };
    let run = script().generate().unwrap();
    assert!(package.path("generated/openapi.json").is_file() && !package.path("generated/client").exists());
    assert!(stale(run).contains(&PathBuf::from("generated/client/src/errors.rs")), "it is not there");
    package.builder().generate().unwrap();
    assert!(stale(script().generate().unwrap()).is_empty());
    assert!(package.builder().check().unwrap().plan.changes.is_empty(), "the lock holds what both have written");
    let renamed = package.read("src/main.rs").replace("TeaNotFound", "NoSuchTea");
    package.write("src/main.rs", &renamed);
    let stale = stale(script().generate().unwrap());
    assert!(stale.contains(&PathBuf::from("generated/client/src/errors.rs")), "{stale:?}");
    assert!(package.read("generated/openapi.json").contains("NoSuchTea"));
    assert!(package.read("generated/client/src/errors.rs").contains("TeaNotFound"), "it is left alone");
    package.builder().generate().unwrap();
    assert!(package.read("generated/client/src/errors.rs").contains("NoSuchTea"));
}

/// Who generates without build.rs has to know what it says.
#[test]
fn what_only_the_build_script_says_is_said() {
    let package = Package::new();
    package.write(
        "build.rs",
        "fn main() {\n    throwback_codegen::Builder::new()\n        .cors(\"*\")\n        .openapi(\"generated/api.json\")\n        \
         .contract(std::path::Path::new(&std::env::var(\"OUT_DIR\").unwrap()).join(\"c.json\"))\n        .run();\n}\n",
    );
    let refused = said(package.builder().check());
    has(&refused, "only build.rs says `cors`, and nobody else hears it");
    has(&refused, "build.rs:3:10");
    has(&refused, "write `cors = \"*\"` in throwback.toml, which build.rs reads too");
    has(&refused, "write `openapi = \"generated/api.json\"` in throwback.toml");
    assert!(!refused.contains("`contract`"), "what goes to OUT_DIR is nobody else's: {refused}");
    let described = package.builder().describe().expect_err("cors is part of the document").render(false);
    assert!(described.contains("`cors`") && !described.contains("`openapi`"), "{described}");
    package.builder().cors("*").describe().unwrap();
    package.builder().cors("*").openapi("generated/api.json").generate().unwrap();
    package.write("throwback.toml", "cors = \"*\"\nopenapi = \"generated/api.json\"\n");
    assert!(package.builder().check().unwrap().plan.changes.is_empty());
    fs::create_dir_all(package.path("target/out")).unwrap();
    package.builder().in_build_script(&package.path("target/out")).generate().unwrap();
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    #[test]
    fn a_link_does_not_lead_out_of_the_project_unasked() {
        let package = Package::new();
        symlink(package.path("../neighbour"), package.path("out")).unwrap();
        symlink("../neighbour", package.path("near")).unwrap();
        symlink(package.path("out"), package.path("twice")).unwrap();
        symlink("/", package.path("root")).unwrap();
        symlink("nowhere", package.path("dangling")).unwrap();
        symlink("circle", package.path("circle")).unwrap();
        symlink(".git/hooks", package.path("hooks")).unwrap();
        symlink("src", package.path("code")).unwrap();
        let before = package.files();
        for (path, why) in [
            ("out/x.json", "leaves the project through a symbolic link"),
            ("near/deep/x.json", "leaves the project through a symbolic link"),
            ("twice/x.json", "leaves the project through a symbolic link"),
            ("root/tmp/x.json", "leaves the project through a symbolic link"),
            ("out", "is a symbolic link"),
            ("dangling", "is a symbolic link"),
            ("dangling/x.json", "leads nowhere"),
            ("circle/x.json", "can't write"),
            ("hooks/post-checkout", "belongs to another tool: `.git`"),
            ("code/main.rs", "is a file that this run reads"),
        ] {
            for force in [false, true] {
                has(&said(package.builder().openapi(path).force(force).generate()), why);
                assert!(package.builder().openapi(path).check().is_err());
            }
            assert!(package.builder().rust_client(path).force(true).generate().is_err());
            assert_eq!(package.files(), before, "{path}");
        }
        has(&said(package.builder().openapi("code/a.json").contract("src/A.json").generate()), "are one file");
        // Asked for, it does.
        package.builder().openapi("out/x.json").allow_outside().generate().unwrap();
        assert!(package.path("../neighbour/x.json").exists());
        has(&said(package.builder().openapi("hooks/x").allow_outside().generate()), "belongs to another tool");
    }

    #[test]
    fn a_link_that_stays_inside_is_followed_and_stays_a_link() {
        let package = Package::new();
        fs::create_dir(package.path("real")).unwrap();
        symlink("real", package.path("link")).unwrap();
        package.builder().openapi("link/api.json").generate().unwrap();
        assert!(package.path("real/api.json").exists());
        assert!(package.path("link").is_symlink());
        package.write("src/main.rs", &SOURCE.replace("no such tea", "no lukewarm tea"));
        package.builder().openapi("link/api.json").generate().unwrap();
        has(&package.read("real/api.json"), "lukewarm");
    }

    #[test]
    fn a_project_behind_a_link_is_a_project() {
        let package = Package::new();
        symlink(package.folder(), package.path("../linked")).unwrap();
        let builder = || crate::builder::Builder::project(package.path("../linked")).rust_client("client");
        builder().generate().unwrap();
        assert_eq!(builder().check().unwrap().plan.changes.len(), 0);
        let below = package.path("src").join("..");
        assert_eq!(
            crate::builder::Builder::project(below).rust_client("client").check().unwrap().plan.changes.len(),
            0
        );
    }

    #[test]
    fn the_lock_is_a_file_and_nothing_else() {
        let package = Package::new();
        package.write("../neighbour/lock", "{}");
        symlink(package.path("../neighbour/lock"), package.path(LOCK)).unwrap();
        has(&said(package.full().generate()), "`throwback.lock` is no regular file");
        assert!(package.path(LOCK).is_symlink());
        fs::remove_file(package.path(LOCK)).unwrap();
        fs::create_dir(package.path(LOCK)).unwrap();
        has(&said(package.full().generate()), "`throwback.lock` is no regular file");
        package.is_whole();
    }

    #[test]
    fn pipes_and_sockets_are_no_outputs() {
        let package = Package::new();
        let made = std::process::Command::new("mkfifo").arg(package.path("pipe")).status().unwrap();
        assert!(made.success());
        let _socket = std::os::unix::net::UnixListener::bind(package.path("socket")).unwrap();
        for path in ["pipe", "socket"] {
            for force in [false, true] {
                has(&said(package.builder().openapi(path).force(force).generate()), "is no regular file");
                assert!(package.builder().openapi(path).force(force).check().is_err());
            }
        }
        has(&said(package.builder().openapi("/dev/null").allow_outside().force(true).check()), "is no regular file");
        fs::rename(package.path("pipe"), package.path(LOCK)).unwrap();
        has(&said(package.full().generate()), "`throwback.lock` is no regular file");
    }

    #[test]
    fn a_file_that_is_replaced_keeps_its_mode() {
        let package = Package::new();
        let mode = |path: &str| fs::metadata(package.path(path)).unwrap().permissions().mode() & 0o7777;
        package.full().generate().unwrap();
        assert_eq!(mode("generated/openapi.json"), mode("src/main.rs"), "a new file is as any program makes it");
        for (path, bits) in [("generated/openapi.json", 0o600), ("generated/vectors.json", 0o755), (LOCK, 0o640)] {
            fs::set_permissions(package.path(path), fs::Permissions::from_mode(bits)).unwrap();
        }
        fs::set_permissions(package.path("client/src/lib.rs"), fs::Permissions::from_mode(0o444)).unwrap();
        package.write("src/main.rs", &SOURCE.replace("no such tea", "no lukewarm tea"));
        package.full().generate().unwrap();
        has(&package.read("generated/openapi.json"), "lukewarm");
        assert_eq!(mode("generated/openapi.json"), 0o600);
        assert_eq!(mode("generated/vectors.json"), 0o755);
        assert_eq!(mode("client/src/lib.rs"), 0o444);
        let whose = |path: &str| fs::metadata(package.path(path)).map(|found| (found.uid(), found.gid())).unwrap();
        assert_eq!(whose("generated/openapi.json"), whose("src/main.rs"));
        // Only root can give a file away; it does not take it either.
        if std::os::unix::fs::chown(package.path("generated/openapi.json"), Some(4711), Some(4712)).is_ok() {
            package.write("src/main.rs", SOURCE);
            package.full().generate().unwrap();
            assert_eq!(whose("generated/openapi.json"), (4711, 4712));
        }
        assert_eq!(mode(LOCK), 0o640);
    }
}

/// Paths as a hostile configuration would give them.
fn path() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => proptest::sample::select(&[
            "..", ".", "", "src", "main.rs", "notes.rs", "notes.txt", "a", "a.json", "A.json", ".git", ".GIT", "hooks", "config",
            ".cargo", "config.toml", "Cargo.toml", "build.rs", "lib.rs", "throwback.lock", "C:", "nul", "neighbour", "teas",
            "secret.txt", "é", "\u{200c}", "a\\b", "..\\",
        ][..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    (proptest::collection::vec(part, 1..5), proptest::bool::weighted(0.05))
        .prop_map(|(parts, rooted)| if rooted { "/".to_owned() } else { String::new() } + &parts.join("/"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_output_is_what_another_needs_or_lies_outside(openapi in path(), contract in path(), client in path()) {
        let package = Package::new();
        let (kept, before) = (package.read("Cargo.toml"), package.files());
        let outcome = package.builder().openapi(&openapi).contract(&contract).rust_client(&client).generate();
        package.is_whole();
        prop_assert_eq!(package.read("Cargo.toml"), kept);
        let new: Vec<_> = package.files().into_iter().filter(|file| !before.contains(file)).collect();
        prop_assert_eq!(new.is_empty(), outcome.is_err());
        for (path, _) in new {
            let below = path.strip_prefix(package.folder());
            prop_assert!(below.is_ok(), "{:?}", path);
            let first = below.unwrap().components().next().unwrap().as_os_str().to_string_lossy().to_lowercase();
            prop_assert!(!matches!(first.as_str(), ".git" | ".cargo"), "{:?}", path);
        }
    }
}
