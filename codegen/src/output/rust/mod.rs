//! The Rust client: a crate, or a module for `include!`.

mod layout;
mod names;
mod prepare;

use super::{Cx, File, Form, Output, Setting, Wanted, vectors};
use crate::client::{Arguments, Call, Client as Model, Error, Method, Set};
use crate::contract::{Contract, Index, Operation, Type};
use crate::project::Project;
use crate::text::rust::string;
use crate::text::{markdown, toml};
use ::toml::{Value, de};
use askama::Template;
use layout::{formatted, indented, laid_out};
use names::Rust;
use prepare::{CallItem, ErrorItem, MethodItem, SetItem, TypeItem};
use std::collections::HashSet;
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
        let Wanted { path: Some(path), settings, .. } = wanted else { return };
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
    items: &'a [ErrorItem],
    sets: Vec<SetItem<'a>>,
    whole: &'a str,
    failure: &'a str,
    imports: String,
}

#[derive(Template)]
#[template(path = "rust/client.rs.askama", escape = "none")]
struct Client<'a> {
    name: &'a str,
    docs: Vec<String>,
    methods: Vec<MethodItem<'a>>,
    errors: Vec<&'a str>,
    imports: Vec<String>,
}

#[derive(Template)]
#[template(path = "rust/function.rs.askama", escape = "none")]
struct Function<'a> {
    name: &'a str,
    docs: Vec<String>,
    calls: Vec<CallItem<'a>>,
    errors: Vec<&'a str>,
    imports: Vec<String>,
}

#[derive(Template)]
#[template(path = "rust/lib.rs.askama", escape = "none")]
struct Lib<'a> {
    origin: String,
    docs: Vec<String>,
    exports: &'a Exports<'a>,
}

#[derive(Template)]
#[template(path = "rust/module.rs.askama", escape = "none")]
struct Module<'a> {
    origin: String,
    types: String,
    errors: String,
    client: String,
    function: String,
    exports: &'a Exports<'a>,
}

/// What stands at the root, beside all errors and types.
struct Exports<'a> {
    /// The client; nothing where there is no operation.
    client: Option<&'a str>,
    /// What invokes; nothing where no operation is without a route.
    function: Option<&'a str>,
    /// The name of the failure into which all others convert.
    whole_failure: &'a str,
    /// What of the runtime's stands beside: an API may have something of such a name.
    runtime: String,
    /// Whether its transports do too.
    libraries: bool,
    /// Whether there are types.
    types: bool,
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
    /// The patterns of the operations that have a set, and its name.
    sets: Vec<(String, &'a str)>,
}

#[derive(Template)]
#[template(path = "rust/README.md.askama", escape = "none")]
struct Readme<'a> {
    origin: String,
    api: &'a str,
    /// The client; empty where there is no operation.
    client: &'a str,
    package: &'a str,
    docs: String,
    /// A set of errors.
    set: &'a str,
    methods: Vec<ReadmeMethod>,
    /// Handlers without a route, each with its set of errors.
    invocations: Vec<(String, String)>,
    function: &'a str,
    errors: Vec<ReadmeError<'a>>,
    krate: String,
    failure: &'a str,
    run: ReadmeRun,
    /// An operation without arguments.
    plain: Option<&'a str>,
    thrown: Option<ReadmeThrown<'a>>,
}

/// A function of the README that calls operations.
struct ReadmeRun {
    parameters: String,
    calls: Vec<String>,
}

/// An error that the README builds.
struct ReadmeThrown<'a> {
    set: &'a str,
    error: &'a str,
    members: String,
    code: String,
    status: u16,
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

/// The parts of every client, formatted.
struct Parts {
    types: String,
    errors: String,
    client: String,
    function: String,
}

fn parts(cx: &Cx<'_>, model: &Model<'_>) -> Result<Parts, String> {
    let items = prepare::errors(model);
    let errors = Errors {
        imports: layout::imports(&prepare::types_of_errors(model)),
        items: &items,
        sets: prepare::sets(model, &items),
        whole: &model.whole.name,
        failure: &model.failure,
    };
    let client = Client {
        name: &model.name,
        docs: prepare::api_docs(cx.contract, "The API"),
        methods: prepare::methods(model),
        errors: prepare::names_of_sets(model),
        imports: prepare::types_of_methods(model),
    };
    let function = Function {
        name: &model.function,
        docs: prepare::api_docs(cx.contract, "The function of the API"),
        calls: prepare::calls(model),
        errors: prepare::sets_of_calls(model),
        imports: prepare::types_of_calls(model),
    };
    Ok(Parts {
        types: formatted(&Types { items: prepare::types(model) })? + &unions(model),
        errors: laid_out(&errors)?,
        client: formatted(&client)?,
        function: if model.calls.is_empty() { String::new() } else { formatted(&function)? },
    })
}

/// The enums that keep what they do not know, for the macro that reads them.
fn unions(model: &Model<'_>) -> String {
    let unions = prepare::unions(model);
    if unions.is_empty() {
        return String::new();
    }
    let head = "\n// Of each enum whose variants hold values the ones that it knows, by their names on the wire.\n";
    format!("{head}throwback::client::v1::unions! {{\n    {}\n}}\n", unions.join("\n    "))
}

/// What a caller names beside the API's own.
const RUNTIMES: [&str; 8] =
    ["Failure", "Problem", "Retries", "Retry", "Thrown", "Transport", "TransportError", "Trust"];
const FUNCTIONS: [&str; 4] = ["decode", "decode_invocation", "is_success", "testing"];

impl<'a> Exports<'a> {
    fn of(model: &'a Model<'_>) -> Self {
        let of_types = model.types.iter().map(|ty| &ty.name).chain(model.errors.iter().map(|error| &error.name));
        let own: HashSet<_> = of_types.chain(model.sets.iter().map(|set| &set.name)).map(String::as_str).collect();
        let function = (!model.calls.is_empty()).then_some(model.function.as_str());
        let is_free = |name: &&&str| !own.contains(**name) && **name != model.whole.name && **name != model.name;
        let invoke = function.map(|_| &"Invoke");
        let runtime = RUNTIMES
            .iter()
            .chain(invoke)
            .filter(is_free)
            .map(ToString::to_string)
            .chain(FUNCTIONS.map(ToOwned::to_owned));
        Self {
            client: (!model.methods.is_empty()).then_some(model.name.as_str()),
            function,
            whole_failure: &model.failure,
            runtime: layout::filled(&runtime.collect::<Vec<_>>()),
            libraries: !own.contains("Reqwest"),
            types: !model.types.is_empty(),
        }
    }
}

/// The client as a crate, with tests that run the test vectors if there are any.
fn package(cx: &Cx<'_>, given: Option<&str>, vectors: Option<&str>) -> Result<Vec<File>, String> {
    let contract = cx.contract;
    let model = Model::new(contract, &cx.index, &Rust);
    let parts = parts(cx, &model)?;
    let package = format!("{}-client", contract.name);
    let exports = Exports::of(&model);
    let lib = Lib { origin: cx.origin(), docs: prepare::api_docs(contract, "A client of the API"), exports: &exports };
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
        client: exports.client.unwrap_or_default(),
        set: model.sets.first().map_or("", |set| &set.name),
        methods: model.methods.iter().map(|method| readme_method(&model, method)).collect(),
        function: &model.function,
        invocations: model.calls.iter().map(|call| readme_invocation(&model, call)).collect(),
        errors: model.errors.iter().map(readme_error).collect(),
        krate: package.replace('-', "_"),
        failure: &model.failure,
        run: readme_run(&model),
        plain: model
            .methods
            .iter()
            .find(|method| matches!(method.arguments, Arguments::None))
            .map(|method| &*method.name),
        thrown: readme_thrown(&model),
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
    ];
    if exports.client.is_some() {
        files.push(file("src/client.rs", headed("The client.", parts.client)));
    }
    if exports.function.is_some() {
        files.push(file("src/function.rs", headed("What invokes the function.", parts.function)));
    }
    if !contract.types.is_empty() {
        files.push(file("src/types.rs", headed("The types that operations take and return.", parts.types)));
    }
    if let Some(vectors) = vectors {
        let docs = "Decodes each answer of `vectors.json`, and compares what is caught with what the file says.";
        files.push(file("tests/vectors.rs", headed(docs, formatted(&vectors_of(&model, &package))?)));
        files.push(file("tests/vectors.json", vectors.to_owned()));
    }
    Ok(files)
}

fn readme_method(model: &Model<'_>, method: &Method<'_>) -> ReadmeMethod {
    let operation = method.operation;
    let codes: Vec<_> = model.errors_of(model.set_of(method)).map(|error| markdown::code(&error.def.code)).collect();
    ReadmeMethod {
        name: markdown::code(&method.name),
        route: markdown::code(&format!("{} {}", operation.method, operation.path)),
        codes: codes.join(", "),
    }
}

/// Two operations, if their arguments have names of their own.
fn readme_run(model: &Model<'_>) -> ReadmeRun {
    let mut run = ReadmeRun { parameters: String::new(), calls: Vec::new() };
    let mut taken = HashSet::new();
    for (method, item) in model.methods.iter().zip(prepare::methods(model)) {
        let names: Vec<_> = match &method.arguments {
            Arguments::None => Vec::new(),
            Arguments::Each(arguments) => arguments.iter().map(|argument| argument.name.clone()).collect(),
            Arguments::Whole => vec!["input".to_owned()],
        };
        if run.calls.len() == 2 || names.iter().any(|name| name == "client" || taken.contains(name)) {
            continue;
        }
        run.parameters.push_str(&item.parameters);
        run.calls.push(format!("{}({})", method.name, names.join(", ")));
        taken.extend(names);
    }
    run
}

/// The first error whose fields are plain values.
fn readme_thrown<'a>(model: &'a Model<'_>) -> Option<ReadmeThrown<'a>> {
    let set = model.sets.first()?;
    let built = model.errors_of(set).find_map(|error| {
        let required = error.def.fields.iter().filter(|field| !field.optional);
        let members: Option<Vec<_>> = required
            .map(|field| {
                let value = match &field.ty {
                    Type::String { format: None } => "\"42\"",
                    Type::Int { .. } => "42",
                    Type::Bool => "true",
                    _ => return None,
                };
                (!field.flatten).then(|| format!("{}: {value}", string(&field.name)))
            })
            .collect();
        Some((error, members?))
    });
    let (error, members) = built?;
    let members = if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join(", ")) };
    let (code, status) = (string(&error.def.code), error.def.status.get());
    Some(ReadmeThrown { set: &set.name, error: &error.name, members, code, status })
}

fn readme_invocation(model: &Model<'_>, call: &Call<'_>) -> (String, String) {
    let set = model.sets.get(call.set).map_or_else(String::new, |set| markdown::code(&set.name));
    (markdown::code(&call.name), set)
}

fn readme_error<'a>(error: &Error<'a>) -> ReadmeError<'a> {
    ReadmeError {
        code: markdown::code(&error.def.code),
        status: error.def.status.get(),
        retry: error.def.retry.word(),
        title: markdown::inline(&error.def.title),
    }
}

/// The tests that run the test vectors.
fn vectors_of<'a>(model: &'a Model<'_>, package: &str) -> Vectors<'a> {
    let named = |set: &'a Set| set.alone.iter().map(|name| string(name)).collect::<Vec<_>>();
    let mut sets: Vec<_> = model.sets.iter().map(|set| (named(set), set.name.as_str())).collect();
    for method in &model.methods {
        if let Some((names, _)) = sets.get_mut(method.set) {
            names.push(string(&method.operation.name));
        }
    }
    // What is only invoked has no answers of HTTP.
    let sets = sets.into_iter().filter(|(names, _)| !names.is_empty()).map(|(names, set)| (names.join(" | "), set));
    Vectors { package: package.replace('-', "_"), sets: sets.collect() }
}

/// The client as one file for `include!`, which takes no inner attributes.
fn module(cx: &Cx<'_>) -> Result<String, String> {
    let model = Model::new(cx.contract, &cx.index, &Rust);
    let parts = parts(cx, &model)?;
    let exports = Exports::of(&model);
    let module = Module {
        origin: cx.origin(),
        types: indented(&parts.types),
        errors: indented(&parts.errors),
        client: indented(&parts.client),
        function: indented(&parts.function),
        exports: &exports,
    };
    module.render().map_err(|error| error.to_string())
}

/// The pattern that catches a declared error, as in `Failure::Api(GetOrderError::OrderNotFound(error))`.
pub(crate) fn pattern(contract: &Contract, index: &Index<'_>, operation: &Operation, code: &str) -> Option<String> {
    let model = Model::new(contract, index, &Rust);
    let method = model.methods.iter().find(|method| method.operation.name == operation.name)?;
    let set = model.set_of(method);
    let error = model.errors_of(set).find(|error| error.def.code == *code)?;
    Some(format!("Failure::Api({}::{}(error))", set.name, error.name))
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
