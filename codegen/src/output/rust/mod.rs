//! The Rust client: a crate, or a module for `include!`.

mod layout;
mod names;
mod prepare;

use super::{Cx, File, Form, Output, Setting, Wanted, vectors};
use crate::project::Project;
use crate::text::{markdown, toml};
use ::toml::{Value, de};
use askama::Template;
use layout::{formatted, laid_out};
use prepare::{ErrorEnum, ErrorStructs, Method, TypeItem};
use std::path::{Path, PathBuf};

/// The output `rust-client`.
pub(super) struct RustClient;

/// What the client's manifest says of the runtime crate.
const RUNTIME: Setting = Setting {
    key: "runtime",
    flat: "rust-runtime",
    value: "TOML",
    help: "What the Rust client's Cargo.toml says of `throwback` [default: what this package's does]",
};

impl Output for RustClient {
    fn key(&self) -> &'static str {
        "rust-client"
    }

    fn help(&self) -> &'static str {
        "Write the Rust client to this folder as a crate, or to this `.rs` file as a module"
    }

    fn form(&self) -> Form {
        Form::FolderOr("rs")
    }

    fn settings(&self) -> &'static [Setting] {
        &[RUNTIME]
    }

    fn in_build_script(&self) -> Option<&'static str> {
        Some("client.rs")
    }

    fn is_crate(&self, path: &Path) -> bool {
        self.form().is_folder(path)
    }

    fn complete(&self, wanted: &mut Wanted, project: &Project) {
        let Wanted { path: Some(path), settings } = wanted else { return };
        if !settings.contains_key(RUNTIME.key)
            && let Some(runtime) = project.runtime(path)
        {
            settings.insert(RUNTIME.key.to_owned(), runtime);
        }
    }

    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String> {
        if !wanted.path.as_deref().is_some_and(|path| self.is_crate(path)) {
            return Ok(vec![File::whole(module(cx)?)]);
        }
        let vectors = cx.wants(&vectors::Vectors).then(|| vectors::file(cx));
        package(cx, wanted.settings.get(RUNTIME.key).map(String::as_str), vectors.as_deref())
    }
}

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
struct Client {
    docs: Vec<String>,
    methods: Vec<Method>,
    errors: Vec<String>,
    imports: Vec<String>,
    /// Whether it is a crate, which has the feature `reqwest`.
    package: bool,
}

#[derive(Template)]
#[template(path = "rust/lib.rs.askama", escape = "none")]
struct Lib {
    origin: String,
    docs: Vec<String>,
    failure: String,
    /// Whether there are any.
    types: bool,
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
struct Manifest {
    origin: String,
    package: String,
    version: String,
    description: String,
    runtime: String,
    test_runtime: Option<String>,
    contract: String,
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
    docs: String,
    methods: Vec<ReadmeMethod>,
    errors: Vec<ReadmeError<'a>>,
}

/// A row of the README's table of operations.
struct ReadmeMethod {
    name: String,
    route: String,
    codes: String,
}

/// A row of the README's table of errors.
struct ReadmeError<'a> {
    code: String,
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
        docs: prepare::api_docs(cx, "The API"),
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
fn package(cx: &Cx<'_>, given: Option<&str>, vectors: Option<&str>) -> Result<Vec<File>, String> {
    let parts = parts(cx, true)?;
    let contract = cx.contract;
    let package = format!("{}-client", contract.name);
    let lib = Lib {
        origin: cx.origin(),
        docs: prepare::api_docs(cx, "A client of the API"),
        failure: prepare::failure_name(cx),
        types: !contract.types.is_empty(),
    };
    let manifest = Manifest {
        origin: cx.origin(),
        package: toml::string(&package),
        version: toml::string(&contract.version),
        description: toml::string(&format!("A typed client of the API {}", contract.name)),
        runtime: runtime(given, "client")?,
        test_runtime: match vectors {
            Some(_) => Some(runtime(given, "vectors")?),
            None => None,
        },
        contract: toml::string(&cx.hash),
    };
    let readme = Readme {
        origin: cx.origin(),
        api: &contract.name,
        package: &package,
        docs: markdown::inline(&contract.docs),
        methods: contract
            .operations
            .iter()
            .map(|operation| ReadmeMethod {
                name: markdown::code(&names::member(&operation.name)),
                route: markdown::code(&format!("{} {}", operation.method, operation.path)),
                codes: cx
                    .index
                    .codes_of(operation)
                    .iter()
                    .map(|code| markdown::code(code))
                    .collect::<Vec<_>>()
                    .join(", "),
            })
            .collect(),
        errors: contract
            .errors
            .iter()
            .map(|error| ReadmeError {
                code: markdown::code(&error.code),
                status: error.status.get(),
                retry: error.retry.word(),
                title: markdown::inline(&error.title),
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
        file(
            "src/errors.rs",
            headed(
                "The errors: a struct for each, an enum for each set of them, and one for the whole API.",
                parts.errors,
            ),
        ),
        file("src/client.rs", headed("The client.", parts.client)),
    ];
    if !contract.types.is_empty() {
        files.push(file("src/types.rs", headed("The types that operations take and return.", parts.types)));
    }
    if let Some(vectors) = vectors {
        let docs = "Decodes each answer of `vectors.json`, and compares what is caught with what the file says.";
        files.push(file("tests/vectors.rs", headed(docs, formatted(&vectors_of(cx, &package))?)));
        files.push(file("tests/vectors.json", vectors.to_owned()));
    }
    Ok(files)
}

/// The tests that run the test vectors.
fn vectors_of<'a>(cx: &'a Cx<'_>, package: &str) -> Vectors<'a> {
    let whole = prepare::whole_name(cx);
    let operations: Vec<_> =
        cx.contract.operations.iter().map(|operation| (operation.name.as_str(), operation.error_set())).collect();
    let mut imports = prepare::names_of_enums(cx);
    imports.push(whole.clone());
    imports.sort();
    Vectors {
        package: package.replace('-', "_"),
        imports: imports.join(", "),
        whole,
        operations,
        codes: cx.contract.errors.iter().map(|error| error.code.as_str()).collect(),
        deprecated: cx.contract.errors.iter().any(|error| error.deprecated),
    }
}

/// The client as one file for `include!`, which takes no inner attributes.
fn module(cx: &Cx<'_>) -> Result<String, String> {
    let parts = parts(cx, false)?;
    let module = Module { types: &parts.types, errors: &parts.errors, client: &parts.client };
    Ok(format!("// {}\n{}", cx.origin(), formatted(&module)?))
}

/// The versions that are as good as this one, as cargo reads a requirement: two clients of two patches share a runtime.
fn compatible(version: &str) -> &str {
    version.strip_suffix(".0").unwrap_or(version)
}

/// What the manifest says of the runtime crate, with a feature of it.
fn runtime(given: Option<&str>, feature: &str) -> Result<String, String> {
    const FORM: &str = "as in `{ path = \"../runtime\" }`";
    let mut entries = match given {
        None => vec![("version".to_owned(), compatible(env!("CARGO_PKG_VERSION")).into())],
        Some(given) => {
            let value: Value = given.parse().map_err(|error: de::Error| {
                format!("`rust-runtime` is no TOML value: {}; write it {FORM}", error.message())
            })?;
            match value {
                Value::String(version) => vec![("version".to_owned(), version.into())],
                Value::Table(table) => table.into_iter().collect(),
                _ => return Err(format!("`rust-runtime` is a version or a table, {FORM}")),
            }
        }
    };
    let others = entries.iter().find(|(key, _)| key == "features").and_then(|(_, value)| value.as_array());
    let mut features = others.cloned().unwrap_or_default();
    entries.retain(|(key, _)| key != "features");
    if !entries.iter().any(|(key, _)| key == "workspace" || key == "default-features") {
        entries.push(("default-features".to_owned(), false.into()));
    }
    if !features.iter().any(|known| known.as_str() == Some(feature)) {
        features.push(feature.into());
    }
    entries.push(("features".to_owned(), features.into()));
    let entries: Vec<_> =
        entries.iter().map(|(key, value)| format!("{} = {}", toml::key(key), toml::value(value))).collect();
    Ok(format!("{{ {} }}", entries.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::compatible;

    #[test]
    fn a_requirement_takes_every_patch_from_this_one_on() {
        assert_eq!(compatible("0.1.0"), "0.1");
        assert_eq!(compatible("0.1.5"), "0.1.5");
        assert_eq!(compatible("2.0.0"), "2.0");
    }
}
