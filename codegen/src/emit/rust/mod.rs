//! The Rust client: a crate, or a module for `include!`.

mod layout;
mod names;
mod prepare;

use super::{Cx, File};
use askama::Template;
use layout::{formatted, laid_out};
use prepare::{ErrorEnum, ErrorStructs, Method, TypeItem};
use std::path::PathBuf;

#[derive(Template)]
#[template(path = "rust/types.rs.askama", escape = "none")]
struct Types {
    items: Vec<TypeItem>,
}

#[derive(Template)]
#[template(path = "rust/errors.rs.askama", escape = "none")]
struct Errors<'a> {
    structs: &'a ErrorStructs<'a>,
    enums: Vec<ErrorEnum<'a>>,
    whole: ErrorEnum<'a>,
    failure: String,
    imports: String,
}

#[derive(Template)]
#[template(path = "rust/client.rs.askama", escape = "none")]
struct Client<'a> {
    api: &'a str,
    docs: &'a str,
    methods: Vec<Method>,
    errors: Vec<String>,
    imports: Vec<String>,
    /// Whether it is a crate, which has the feature `reqwest`.
    package: bool,
}

#[derive(Template)]
#[template(path = "rust/lib.rs.askama", escape = "none")]
struct Lib<'a> {
    origin: String,
    api: &'a str,
    docs: &'a str,
    failure: String,
}

#[derive(Template)]
#[template(path = "rust/module.rs.askama", escape = "none")]
struct Module<'a> {
    types: &'a str,
    errors: &'a str,
    client: &'a str,
}

#[derive(Template)]
#[template(path = "rust/Cargo.toml.askama", escape = "none")]
struct Manifest<'a> {
    origin: String,
    package: &'a str,
    version: &'a str,
    api: &'a str,
    runtime: String,
    test_runtime: Option<String>,
}

#[derive(Template)]
#[template(path = "rust/vectors.rs.askama", escape = "none")]
struct Vectors<'a> {
    package: String,
    imports: String,
    whole: String,
    operations: Vec<(&'a str, String)>,
    codes: Vec<&'a str>,
    deprecated: bool,
}

#[derive(Template)]
#[template(path = "rust/README.md.askama", escape = "none")]
struct Readme<'a> {
    origin: String,
    api: &'a str,
    package: &'a str,
    docs: &'a str,
    methods: Vec<Method>,
    errors: Vec<ReadmeError<'a>>,
}

/// A row of the README's table of errors.
struct ReadmeError<'a> {
    code: &'a str,
    status: u16,
    retry: &'a str,
    title: String,
}

/// The three parts of every client, formatted.
struct Parts {
    types: String,
    errors: String,
    client: String,
}

fn parts(cx: &Cx<'_>, package: bool) -> Result<Parts, String> {
    let structs = prepare::error_structs(cx);
    // What is laid out is not parsed: a name that is none is found here.
    if let Some(code) = structs.keys().find(|code| syn::parse_str::<syn::Ident>(code).is_err()) {
        return Err(format!(
            "the code `{code}` is a word of Rust, so the Rust client can't name it: give the error another with `code = \"…\"`"
        ));
    }
    let whole = prepare::whole(cx, &structs);
    let errors = Errors {
        imports: layout::imports(&prepare::types_of_errors(cx)),
        structs: &structs,
        enums: prepare::error_enums(cx, &structs, &whole.name),
        failure: prepare::failure_name(cx),
        whole,
    };
    let client = Client {
        api: &cx.contract.name,
        docs: &cx.contract.docs,
        methods: prepare::methods(cx),
        errors: prepare::names_of_enums(cx),
        imports: prepare::types_of_operations(cx),
        package,
    };
    Ok(Parts {
        types: formatted(&Types { items: prepare::types(cx) })?,
        errors: laid_out(&errors)?,
        client: formatted(&client)?,
    })
}

/// The client as a crate, with tests that run the test vectors if there are any.
pub(super) fn package(cx: &Cx<'_>, vectors: Option<&str>) -> Result<Vec<File>, String> {
    let parts = parts(cx, true)?;
    let contract = cx.contract;
    let package = format!("{}-client", contract.name);
    let lib =
        Lib { origin: cx.origin(), api: &contract.name, docs: &contract.docs, failure: prepare::failure_name(cx) };
    let manifest = Manifest {
        origin: cx.origin(),
        package: &package,
        version: &contract.version,
        api: &contract.name,
        runtime: runtime(cx.options.rust_runtime.as_deref(), "client")?,
        test_runtime: match vectors {
            Some(_) => Some(runtime(cx.options.rust_runtime.as_deref(), "vectors")?),
            None => None,
        },
    };
    let readme = Readme {
        origin: cx.origin(),
        api: &contract.name,
        package: &package,
        docs: &contract.docs,
        methods: prepare::methods(cx),
        errors: contract
            .errors
            .iter()
            .map(|error| ReadmeError {
                code: &error.code,
                status: error.status,
                retry: &error.retry,
                title: error.title.replace('|', "\\|"),
            })
            .collect(),
    };
    let file = |path: &str, text: String| File { path: PathBuf::from(path), text: text.trim_end().to_owned() + "\n" };
    let headed = |docs: &str, mut text: String| {
        text.insert_str(0, &format!("// {}\n//! {docs}\n\n", cx.origin()));
        text
    };
    let mut files = vec![
        file("Cargo.toml", manifest.render().map_err(|error| error.to_string())?),
        file("README.md", readme.render().map_err(|error| error.to_string())?),
        // The code is formatted as it comes; the settings of whoever takes the crate in would only make it differ.
        file("rustfmt.toml", format!("# {}\ndisable_all_formatting = true\n", cx.origin())),
        file("src/lib.rs", lib.render().map_err(|error| error.to_string())?),
        file("src/types.rs", headed("The types that operations take and return.", parts.types)),
        file(
            "src/errors.rs",
            headed(
                "The errors: a struct for each, an enum for each operation, and one for the whole API.",
                parts.errors,
            ),
        ),
        file("src/client.rs", headed("The client.", parts.client)),
    ];
    if let Some(vectors) = vectors {
        let docs = "Decodes each answer of `vectors.json`, and compares what is caught with what the file says.";
        files.push(file("tests/vectors.rs", headed(docs, formatted(&prepare::vectors(cx, &package))?)));
        files.push(file("tests/vectors.json", vectors.to_owned()));
    }
    Ok(files)
}

/// The client as one file for `include!`, which takes no inner attributes.
pub(super) fn module(cx: &Cx<'_>) -> Result<String, String> {
    let parts = parts(cx, false)?;
    let module = Module { types: &parts.types, errors: &parts.errors, client: &parts.client };
    Ok(format!("// {}\n{}", cx.origin(), formatted(&module)?))
}

/// What the manifest says of the runtime crate, with a feature of it.
fn runtime(given: Option<&str>, feature: &str) -> Result<String, String> {
    let Some(given) = given else {
        return Ok(format!(
            "{{ version = \"={}\", default-features = false, features = [\"{feature}\"] }}",
            env!("CARGO_PKG_VERSION")
        ));
    };
    let table: toml::Table = toml::from_str(&format!("given = {given}")).map_err(|error| {
        format!("`rust-runtime` is no TOML value: {}; write it as in `{{ path = \"../runtime\" }}`", error.message())
    })?;
    match table.get("given") {
        Some(toml::Value::String(version)) => {
            Ok(format!("{{ version = \"{version}\", default-features = false, features = [\"{feature}\"] }}"))
        }
        Some(toml::Value::Table(table)) => {
            let others = table.iter().filter(|(key, _)| *key != "features");
            let mut entries: Vec<_> = others.map(|(key, value)| format!("{key} = {value}")).collect();
            if !table.contains_key("workspace") && !table.contains_key("default-features") {
                entries.push("default-features = false".to_owned());
            }
            let mut features = table.get("features").and_then(toml::Value::as_array).cloned().unwrap_or_default();
            if !features.iter().any(|known| known.as_str() == Some(feature)) {
                features.push(feature.into());
            }
            entries.push(format!("features = {}", toml::Value::Array(features)));
            Ok(format!("{{ {} }}", entries.join(", ")))
        }
        _ => Err("`rust-runtime` is a version or a table, as in `{ path = \"../runtime\" }`".to_owned()),
    }
}
