//! The files of the package: its sources, what npm wants, and its tests.

#![expect(clippy::struct_field_names, reason = "a template calls its parts what they are")]

use super::names::TypeScript;
use super::readme::Readme;
use super::taken::Taken;
use super::{errors, methods, schema, types};
use crate::client::Client as Model;
use crate::output::{Cx, File};
use crate::text::typescript::{docs, string};
use askama::Template;
use std::path::PathBuf;

/// A file of the runtime, which is the same for every API.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../templates/typescript/runtime/", $name, ".ts")))),*]
    };
}

const RUNTIME: &[(&str, &str)] = &runtime![
    "answer",
    "api",
    "bounds",
    "brand",
    "decode",
    "delay",
    "failure",
    "gateway",
    "host",
    "index",
    "invocation",
    "invoke",
    "json",
    "members",
    "options",
    "origin",
    "platform",
    "problem",
    "read",
    "repeat",
    "request",
    "safe",
    "scalars",
    "schema",
    "send",
    "transport",
    "travel",
    "types",
    "write",
];

/// What `errors.ts` gives callers in every package, beside the API's own.
const VALUES: [&str; 9] = [
    "DeclaredError",
    "UndeclaredError",
    "PlatformError",
    "GatewayError",
    "TransportError",
    "UnmodelledError",
    "decode",
    "decodeCause",
    "decodeInvocation",
];

#[derive(Template)]
#[template(path = "typescript/errors.ts.askama", escape = "none")]
struct Errors<'a> {
    origin: &'a str,
    uses_types: bool,
    base: &'a str,
    base_text: String,
    brand: String,
    failure: &'a str,
    whole: &'a str,
    other: &'a str,
    /// What any call can fail with.
    failure_alias: String,
    declared: String,
    all: String,
    errors: Vec<errors::Item<'a>>,
    sets: Vec<errors::SetItem<'a>>,
}

#[derive(Template)]
#[template(path = "typescript/client.ts.askama", escape = "none")]
struct Client<'a> {
    origin: &'a str,
    uses_types: bool,
    docs: Vec<String>,
    function_docs: Vec<String>,
    client: &'a str,
    function: &'a str,
    methods: Vec<methods::Item>,
    calls: Vec<methods::Item>,
}

#[derive(Template)]
#[template(path = "typescript/types.ts.askama", escape = "none")]
struct Types<'a> {
    origin: &'a str,
    uses_runtime: bool,
    items: Vec<types::Item>,
}

#[derive(Template)]
#[template(path = "typescript/index.ts.askama", escape = "none")]
struct Index<'a> {
    origin: &'a str,
    docs: Vec<String>,
    has_client: bool,
    has_types: bool,
    errors: Vec<&'a str>,
    error_types: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "typescript/testing.ts.askama", escape = "none")]
struct Testing<'a> {
    origin: &'a str,
    has_client: bool,
    has_function: bool,
}

#[derive(Template)]
#[template(path = "typescript/package.json.askama", escape = "none")]
struct Manifest {
    origin: String,
    package: String,
    version: String,
    description: String,
}

#[derive(Template)]
#[template(path = "typescript/vectors.test.ts.askama", escape = "none")]
struct VectorsTest<'a> {
    origin: &'a str,
}

#[derive(Template)]
#[template(path = "typescript/canonical.ts.askama", escape = "none")]
struct Canonical<'a> {
    origin: &'a str,
    package: String,
    sets: Vec<String>,
}

pub(super) fn files(cx: &Cx<'_>, package: &str, vectors: Option<String>) -> Result<Vec<File>, askama::Error> {
    let model = Model::new(cx.contract, &cx.index, &TypeScript);
    let origin = cx.origin();
    let mut files = manifests(cx, package, &origin)?;
    let mut taken = Taken::new(&model);
    let names = Names::new(&model, &mut taken);
    files.push(file("README.md", &Readme::new(cx, &model, &names.whole, package, &origin).render()?));
    files.extend(sources(cx, &model, &names, &mut taken, &origin)?);
    for (name, text) in RUNTIME {
        files.push(file(&format!("src/runtime/{name}.ts"), &format!("// {origin}\n{text}")));
    }
    if let Some(vectors) = vectors {
        files.extend(tests(&model, package, &vectors, &origin)?);
    }
    Ok(files)
}

fn file(path: &str, text: &str) -> File {
    File { path: PathBuf::from(path), text: text.trim_end().to_owned() + "\n" }
}

fn manifests(cx: &Cx<'_>, package: &str, origin: &str) -> Result<Vec<File>, askama::Error> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let manifest = Manifest {
        origin: quoted(origin),
        package: quoted(package),
        version: quoted(&cx.contract.version),
        description: quoted(&format!("A typed client of the API {}", cx.contract.name)),
    };
    let compiler = include_str!("../../../templates/typescript/tsconfig.json");
    Ok(vec![file("package.json", &manifest.render()?), file("tsconfig.json", &format!("// {origin}\n{compiler}"))])
}

/// The names of unions of failures.
struct Names {
    /// What the calls of each set can fail with.
    failures: Vec<String>,
    /// Every declared error.
    whole: String,
    /// What every call can fail with beside.
    other: String,
}

impl Names {
    fn new(model: &Model<'_>, taken: &mut Taken) -> Self {
        let failures = errors::failures(model, taken);
        let base = &*model.whole.name;
        let stem = base.strip_suffix("Error").unwrap_or(base);
        let whole = taken.take(format!("{stem}DeclaredError"));
        let other = taken.take(format!("{stem}OtherFailure"));
        Self { failures, whole, other }
    }
}

fn sources(
    cx: &Cx<'_>,
    model: &Model<'_>,
    names: &Names,
    taken: &mut Taken,
    origin: &str,
) -> Result<Vec<File>, askama::Error> {
    let contract = cx.contract;
    let Names { failures, whole, other } = names;
    let base = &*model.whole.name;
    let errors = errors::items(model, taken);
    let types = types::items(model, taken);
    let (declared, all) = errors::all(model, whole);
    let docs_of = |what: &str| {
        let about = if contract.docs.is_empty() { String::new() } else { format!(": {}", contract.docs) };
        docs(&format!("{what} `{}`{about}", contract.name))
    };
    let mut client = Client {
        origin,
        uses_types: false,
        docs: docs_of("The API"),
        function_docs: docs_of("The function of the API"),
        client: &model.name,
        function: &model.function,
        methods: methods::methods(model, failures),
        calls: methods::calls(model, failures),
    };
    client.uses_types = client.methods.iter().chain(&client.calls).any(|method| names_a_type(&method.signature));
    let (has_client, has_function) = (!client.methods.is_empty(), !client.calls.is_empty());
    let mut values = vec![base];
    values.extend(VALUES);
    values.extend(errors.iter().map(|error| error.name));
    let mut error_types = vec!["Sets", whole, other, &*model.failure];
    error_types.extend(model.sets.iter().map(|set| &*set.name).chain(failures.iter().map(String::as_str)));
    error_types.extend(errors.iter().map(|error| &*error.fields_name).filter(|name| !name.is_empty()));
    let index = Index {
        origin,
        docs: docs_of("A client of the API"),
        has_client: has_client || has_function,
        has_types: !types.is_empty(),
        errors: values,
        error_types,
    };
    let schema = format!(
        "// {origin}\n// The types of the contract, as the runtime reads them.\n\nimport * as rt from \"./runtime/index.js\";\n\n{}\n\n\
         /** The types of the contract. */\nexport const types: rt.Types = new rt.Types(named);\n",
        schema::schemas(model),
    );
    let mut files = vec![file("src/index.ts", &index.render()?), file("src/schema.ts", &schema)];
    let major = contract.version.split('.').next().unwrap_or_default();
    let errors = Errors {
        origin,
        uses_types: errors.iter().flat_map(|error| &error.fields).any(|field| names_a_type(&field.own)),
        base,
        base_text: string(base),
        brand: string(&format!("throwback/{}@{major}", contract.name)),
        failure: &model.failure,
        whole,
        other,
        failure_alias: errors::failure_alias(&model.failure, whole, model.errors.is_empty(), other),
        declared,
        all,
        errors,
        sets: errors::sets(model, failures, other),
    };
    files.push(file("src/errors.ts", &errors.render()?));
    files.push(file("src/testing.ts", &Testing { origin, has_client, has_function }.render()?));
    if has_client || has_function {
        files.push(file("src/client.ts", &client.render()?));
    }
    if !types.is_empty() {
        let uses_runtime = types.iter().any(|item| item.code.contains("rt."));
        files.push(file("src/types.ts", &Types { origin, uses_runtime, items: types }.render()?));
    }
    Ok(files)
}

fn tests(model: &Model<'_>, package: &str, vectors: &str, origin: &str) -> Result<Vec<File>, askama::Error> {
    let of = |set: usize| model.sets.get(set).map_or_else(String::new, |set| set.name.clone());
    let alone = model.sets.iter().filter_map(|set| Some((set.alone.clone()?, set.name.clone())));
    let routed = model.methods.iter().map(|method| (method.operation.name.clone(), of(method.set)));
    let sets = alone.chain(routed).map(|(name, set)| methods::pair(&name, &set)).collect();
    let canonical = Canonical { origin, package: string(package), sets };
    Ok(vec![
        file("test/canonical.ts", &canonical.render()?),
        file("test/vectors.test.ts", &VectorsTest { origin }.render()?),
        file("test/vectors.json", vectors),
        // One case stands on a line of its own there.
        file(".prettierignore", &format!("# {origin}\ndist\ntest/vectors.json\n")),
    ])
}

/// Whether a type of the API's own is named.
fn names_a_type(text: &str) -> bool {
    text.match_indices("t.").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'))
    })
}
