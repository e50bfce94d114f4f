//! One option, three ways: the configuration file, the command line, and the builder all say the same.

#![allow(clippy::unwrap_used)]

use super::{KEYS, Options};
use crate::builder::Builder;
use crate::output::OUTPUTS;
use std::path::Path;

fn by_file(text: &str) -> Options {
    Options::parse(Path::new("throwback.toml"), text).unwrap_or_else(|failed| panic!("{text}: {failed}"))
}

fn by_flags(flags: &[(&str, &str)]) -> Options {
    let mut options = Options::default();
    for (flag, said) in flags {
        assert!(Options::flags().any(|known| known.name == *flag), "{flag}");
        options.say(flag, said.into()).unwrap();
    }
    options
}

fn by_builder(call: impl Fn(Builder) -> Builder) -> Options {
    call(Builder::project(".")).given().clone()
}

#[test]
fn outputs_and_their_settings_are_the_same_by_file_flag_and_builder() {
    for output in OUTPUTS {
        let key = output.key();
        let expected = by_builder(|builder| builder.output(key, "some/path"));
        assert!(expected.has_output());
        assert_eq!(by_file(&format!("{key} = \"some/path\"")), expected, "{key}");
        assert_eq!(by_file(&format!("{key} = {{ path = \"some/path\" }}")), expected, "{key}");
        assert_eq!(by_flags(&[(key, "some/path")]), expected, "{key}");
        assert_eq!(Options::default().output(key, "some/path"), expected, "{key}");
        for setting in output.settings() {
            let (name, flat) = (setting.key, setting.flat);
            let expected = by_builder(|builder| builder.setting(key, name, "said"));
            assert!(!expected.has_output());
            assert_eq!(by_file(&format!("{key} = {{ {name} = \"said\" }}")), expected, "{flat}");
            assert_eq!(by_file(&format!("{flat} = \"said\"")), expected, "{flat}");
            assert_eq!(by_flags(&[(flat, "said")]), expected, "{flat}");
        }
    }
}

#[test]
fn named_methods_are_those_of_the_outputs() {
    type Method = fn(Builder) -> Builder;
    let methods: [(&str, Method); 11] = [
        ("contract", |builder| builder.contract("p")),
        ("openapi", |builder| builder.openapi("p")),
        ("openapi-plain", |builder| builder.openapi_plain("p")),
        ("integration-responses", |builder| builder.integration_responses("p")),
        ("terraform", |builder| builder.terraform("p")),
        ("rust-client", |builder| builder.rust_client("p")),
        ("typescript-client", |builder| builder.typescript_client("p")),
        ("go-client", |builder| builder.go_client("p")),
        ("python-client", |builder| builder.python_client("p")),
        ("java-client", |builder| builder.java_client("p")),
        ("vectors", |builder| builder.vectors("p")),
    ];
    for (key, method) in methods {
        assert_eq!(by_builder(method), by_builder(|builder| builder.output(key, "p")), "{key}");
    }
    let runtime = by_builder(|builder| builder.rust_runtime("r"));
    assert_eq!(runtime, by_builder(|builder| builder.setting("rust-client", "runtime", "r")));
    let module = by_builder(|builder| builder.go_module("m"));
    assert_eq!(module, by_builder(|builder| builder.setting("go-client", "module", "m")));
    let package = by_builder(|builder| builder.python_package("p"));
    assert_eq!(package, by_builder(|builder| builder.setting("python-client", "package", "p")));
    let package = by_builder(|builder| builder.java_package("p"));
    assert_eq!(package, by_builder(|builder| builder.setting("java-client", "package", "p")));
    let artifact = by_builder(|builder| builder.java_artifact("g:a"));
    assert_eq!(artifact, by_builder(|builder| builder.setting("java-client", "artifact", "g:a")));
}

#[test]
fn every_other_key_is_the_same_by_file_flag_and_builder() {
    type Method = fn(Builder) -> Builder;
    type Flags = &'static [(&'static str, &'static str)];
    let options = |change: fn(&mut Options)| {
        let mut options = Options::default();
        change(&mut options);
        options
    };
    let ways: [(&str, &str, Flags, Method); 13] = [
        ("name", "\"a\"", &[("name", "a")], |builder| builder.name("a")),
        ("version", "\"1.2.3\"", &[("api-version", "1.2.3")], |builder| {
            builder.options(Options { version: Some("1.2.3".to_owned()), ..Options::default() })
        }),
        ("title", "\"a\"", &[("title", "a")], |builder| {
            builder.options(Options { title: Some("a".to_owned()), ..Options::default() })
        }),
        ("sources", "[\"a\", \"b\"]", &[("sources", "a"), ("sources", "b")], |builder| builder.source("a").source("b")),
        ("crates", "[\"a\"]", &[("crates", "a")], |builder| builder.krate("a")),
        ("types", "{ A = \"string\" }", &[], |builder| builder.ty("A", "string")),
        (
            "function",
            "\"arn:aws:lambda:e:1:function:f\"",
            &[("function", "arn:aws:lambda:e:1:function:f")],
            |builder| builder.function("arn:aws:lambda:e:1:function:f"),
        ),
        ("front", "\"alb\"", &[("front", "alb")], |builder| builder.front("alb")),
        ("authorization", "\"iam\"", &[("authorization", "iam")], |builder| builder.authorization("iam")),
        ("operations", "{ \"GET /a\" = \"E\" }", &[], |builder| {
            let named = super::NamedOperation { errors: Some("E".to_owned()), ..super::NamedOperation::default() };
            let operations = [("GET /a".to_owned(), named)].into();
            builder.options(Options { operations, ..Options::default() })
        }),
        ("legacy", "[{ message = \"not found\", code = \"Gone\" }]", &[], |builder| {
            let legacy = vec![super::Legacy::new("not found", "Gone")];
            builder.options(Options { legacy, ..Options::default() })
        }),
        ("cors", "\"*\"", &[("cors", "*")], |builder| builder.cors("*")),
        ("allow-outside", "true", &[("allow-outside", "")], Builder::allow_outside),
    ];
    assert_eq!(ways.map(|(key, ..)| key), KEYS);
    for (key, value, flags, method) in ways {
        let expected = by_builder(method);
        assert_ne!(expected, options(|_| {}), "{key}");
        assert_eq!(by_file(&format!("{key} = {value}")), expected, "{key}");
        // A type's name is no flag.
        assert!(flags.is_empty() || by_flags(flags) == expected, "{key}");
    }
}

#[test]
fn what_lint_reads_is_nothing_to_the_others() {
    assert_eq!(by_file("[lint]\nlevels = { pattern-not-anchored = \"off\" }"), Options::default());
    assert_eq!(by_file("lint = 1"), Options::default());
}

#[test]
fn what_says_more_goes_before_and_leaves_the_rest() {
    let file = by_file("openapi = \"a\"\nrust-client = { path = \"b\", runtime = \"1\" }");
    let both = file.overlaid(by_flags(&[("rust-client", "c"), ("contract", "d")]));
    let expected = by_file("openapi = \"a\"\nrust-client = { path = \"c\", runtime = \"1\" }\ncontract = \"d\"");
    assert_eq!(both, expected);
}

#[test]
fn mistakes_are_said_all_at_once_with_their_places() {
    let said = |text: &str| match Options::parse(Path::new("throwback.toml"), text) {
        Ok(_) => Vec::new(),
        Err(failed) => {
            failed.diagnostics().iter().map(|one| (one.place().unwrap().1, one.message().to_owned())).collect()
        }
    };
    assert!(said("name = \"my_shop\"").is_empty() && said("name = \"MyShop\"").is_empty());
    assert_eq!(said("name = \"a\\n[lib]\"").len(), 1);
    let text = "opneapi = \"x\"\ncontract = 7\nrust-client = { runtim = \"x\", runtime = \"1\" }\nrust-runtime = \"2\"\n\
                openapi = { path = 1 }\nvectors = { a.b = 1 }\ncors = \"x\"\n";
    let lines: Vec<_> = said(text).into_iter().map(|(line, message)| format!("{line}: {message}")).collect();
    let starts = [
        "1: unknown key `opneapi`",
        "2: `contract` is a path, or a table with a `path`",
        "3: `rust-client` has no `runtim`: it has `path`, `runtime`",
        "4: `rust-runtime` is `runtime` of `rust-client`, and both are given",
        "5: `path` of `openapi` is a text",
        "6: `vectors` has no `a`: it has `path`",
        "7: `cors` is \"x\", which is no browser origin",
    ];
    assert_eq!(lines.len(), starts.len(), "{lines:#?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
    let wrong = Builder::project(".").output("terrafrom", "x").given().check().unwrap_err();
    assert!(wrong.to_string().contains("there is no output \"terrafrom\": there are `contract`, `openapi`"), "{wrong}");
    let wrong = Builder::project(".").setting("rust-client", "runtme", "x").given().check().unwrap_err();
    assert!(wrong.to_string().contains("`rust-client` has no setting \"runtme\": it has `path`, `runtime`"), "{wrong}");
}
