//! The files of the package: its modules, what installs it, and its tests.

#![expect(clippy::struct_field_names, reason = "a template calls its parts what they are")]

use super::names::{Python, Taken, sort_all, sort_names};
use super::readme::{About, Readme};
use super::{docs, errors, methods, models, schema};
use crate::client::{Client as Model, Language};
use crate::output::{Cx, File};
use crate::text::python::string;
use askama::Template;
use std::path::PathBuf;

/// A file of the runtime, which is the same for every API.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../templates/python/runtime/", $name, ".py")))),*]
    };
}

const RUNTIME: &[(&str, &str)] = &runtime![
    "__init__",
    "answer",
    "calls",
    "codecs",
    "decode",
    "delay",
    "failure",
    "gateway",
    "invocation",
    "invoke",
    "origin",
    "parsing",
    "request",
    "results",
    "retries",
    "sending",
    "shapes",
    "words",
];

#[derive(Template)]
#[template(path = "python/errors.py.askama", escape = "none")]
struct Errors<'a> {
    origin: &'a str,
    uses_models: bool,
    uses_schema: bool,
    modules: Vec<&'static str>,
    api: &'a str,
    base: &'a str,
    other: &'a str,
    /// Its declaration.
    others: String,
    errors: &'a [errors::Item],
    sets: &'a [errors::SetItem],
}

#[derive(Template)]
#[template(path = "python/models.py.askama", escape = "none")]
struct Models<'a> {
    origin: &'a str,
    modules: Vec<&'static str>,
    code: &'a str,
}

#[derive(Template)]
#[template(path = "python/client.py.askama", escape = "none")]
struct Client<'a> {
    origin: &'a str,
    modules: Vec<&'static str>,
    uses_models: bool,
    docs: String,
    names: &'a Names,
    methods: &'a [methods::Item],
    calls: &'a [methods::Item],
}

#[derive(Template)]
#[template(path = "python/operations.py.askama", escape = "none")]
struct Operations<'a> {
    origin: &'a str,
    modules: Vec<&'static str>,
    uses_errors: bool,
    uses_models: bool,
    uses_schema: bool,
    items: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "python/init.py.askama", escape = "none")]
struct Init<'a> {
    origin: &'a str,
    docs: String,
    imports: Vec<(&'static str, Vec<String>)>,
    all: &'a [String],
}

#[derive(Template)]
#[template(path = "python/testing.py.askama", escape = "none")]
struct Testing<'a> {
    origin: &'a str,
    base: &'a str,
    imports: Vec<String>,
    has_client: bool,
    has_function: bool,
    has_types: bool,
}

#[derive(Template)]
#[template(path = "python/pyproject.toml.askama", escape = "none")]
struct Manifest<'a> {
    origin: &'a str,
    package: &'a str,
    module: &'a str,
    version: String,
    description: String,
    has_client: bool,
}

#[derive(Template)]
#[template(path = "python/test_vectors.py.askama", escape = "none")]
struct VectorsTest<'a> {
    origin: &'a str,
    module: &'a str,
    base: &'a str,
    sets: Vec<(String, &'a str)>,
}

#[derive(Template)]
#[template(path = "python/test_travel.py.askama", escape = "none")]
struct TravelTest<'a> {
    origin: &'a str,
    module: &'a str,
    base: &'a str,
    whole: &'a str,
}

/// The names of the classes that make calls.
pub(super) struct Names {
    pub(super) client: String,
    pub(super) asynchronous: String,
    pub(super) safe: String,
    pub(super) async_safe: String,
    pub(super) function: String,
    pub(super) async_function: String,
    pub(super) safe_function: String,
    pub(super) async_safe_function: String,
}

impl Names {
    fn new(contract: &str, taken: &mut Taken) -> Self {
        let api = Python.type_name(contract);
        let client = taken.take(&api);
        let client = if client == api { client } else { taken.take(&format!("{api}Client")) };
        let function = taken.take(&format!("{api}Function"));
        let mut of = |prefix: &str, name: &str| taken.take(&format!("{prefix}{name}"));
        Self {
            asynchronous: of("Async", &client),
            safe: of("Safe", &client),
            async_safe: of("AsyncSafe", &client),
            async_function: of("Async", &function),
            safe_function: of("Safe", &function),
            async_safe_function: of("AsyncSafe", &function),
            client,
            function,
        }
    }
}

#[expect(clippy::too_many_lines, reason = "it names each file once")]
pub(super) fn files(cx: &Cx<'_>, package: &str, vectors: Option<String>) -> Result<Vec<File>, askama::Error> {
    let contract = cx.contract;
    let model = Model::new(contract, &cx.index, &Python);
    let origin = &*cx.origin();
    let module = &*module(&contract.name);
    let mut taken = Taken::of(&model);
    let (set_names, whole) = errors::names(&model, &mut taken);
    let base = &*model.whole.name;
    let stem = base.strip_suffix("Error").unwrap_or(base);
    let other = taken.take(&format!("{stem}OtherFailure"));
    let names = Names::new(&contract.name, &mut taken);
    let models = models::models(&model, &mut taken);
    let codecs = schema::codecs(&model, "_s.");
    let errors = errors::items(&model, &codecs);
    let mut sets = vec![errors::set(&model, &model.whole, &whole, &other)];
    sets.extend(model.sets.iter().zip(&set_names).map(|(set, names)| errors::set(&model, set, names, &other)));
    let mut constants = Taken::new();
    let methods = methods::methods(&model, &codecs, &set_names, &mut constants);
    let calls = methods::calls(&model, &codecs, &set_names, &mut constants);
    let (has_client, has_function) = (!methods.is_empty(), !calls.is_empty());
    let has_types = !model.types.is_empty();

    let path = |name: &str| format!("src/{module}/{name}");
    let docs_of = |what: &str| {
        let about = if contract.docs.is_empty() { ".".to_owned() } else { format!(": {}", contract.docs) };
        docs::sentences(&format!("{what} `{}`{about}", contract.name)).join("\n")
    };
    let mut files = vec![file(
        "pyproject.toml",
        &Manifest {
            origin,
            package,
            module,
            version: quoted(&version(&contract.version)),
            description: quoted(&format!("A typed client of the API {}", contract.name)),
            has_client,
        }
        .render()?,
    )];
    let about = About { origin, package, module, names: &names, sets: &set_names, whole: &whole };
    files.push(file("README.md", &Readme::new(cx, &model, &about).render()?));
    let text_of_errors = errors.iter().flat_map(|item| &item.members).map(|member| &*member.annotation);
    let text_of_errors = text_of_errors.collect::<Vec<_>>().join("\n");
    let declarations = errors.iter().map(|item| &*item.declaration).collect::<Vec<_>>().join("\n");
    let rendered = Errors {
        origin,
        uses_models: text_of_errors.contains("_m."),
        uses_schema: declarations.contains("_s."),
        modules: modules(&text_of_errors, &["typing"]),
        api: &contract.name,
        base,
        other: &other,
        others: errors::others(&other),
        errors: &errors,
        sets: &sets,
    };
    files.push(file(&path("errors.py"), &rendered.render()?));
    if has_types {
        let rendered = Models { origin, modules: modules(&models.code, &[]), code: &models.code };
        files.push(file(&path("models.py"), &rendered.render()?));
        let text = format!(
            "# {origin}\n\"\"\"What reads and writes the types of the contract.\"\"\"\n\nfrom __future__ import annotations\n\n{}\n{}",
            if models.code.contains("class ") {
                "from . import _rt\nfrom . import models as _m\n"
            } else {
                "from . import _rt\n"
            },
            schema::schema(&model, &models.unions),
        );
        files.push(file(&path("_schema.py"), &text));
    }
    if has_client || has_function {
        let all: Vec<_> = methods.iter().chain(&calls).collect();
        let items: Vec<_> = all.iter().map(|item| &*item.operation).collect();
        let text = items.join("\n");
        files.push(file(
            &path("_operations.py"),
            &Operations {
                origin,
                modules: modules(&text, &[]),
                uses_errors: is_named(&text, "_e"),
                uses_models: is_named(&text, "_m"),
                uses_schema: is_named(&text, "_s"),
                items,
            }
            .render()?,
        ));
        let text = all.iter().map(|item| format!("{}\n{}", item.signature, item.call)).collect::<String>();
        let rendered = Client {
            origin,
            modules: modules(&text, &["typing"]),
            uses_models: text.contains("_m."),
            docs: docs_of("The calls of the API"),
            names: &names,
            methods: &methods,
            calls: &calls,
        };
        files.push(file(&path("client.py"), &rendered.render()?));
    }
    let exported = exports(&model, &names, &models, (&set_names, &whole, &other), (has_client, has_function));
    let mut all: Vec<String> = exported.iter().flat_map(|(_, names)| names).cloned().collect();
    sort_all(&mut all);
    let docs = docs_of("A typed client of the API");
    files.push(file(&path("__init__.py"), &Init { origin, docs, imports: exported, all: &all }.render()?));
    files.push(file(&path("testing.py"), &testing(origin, base, (has_client, has_function, has_types)).render()?));
    files.push(file(&path("py.typed"), ""));
    let runtime = include_str!("../../../templates/python/rt.py");
    files.push(file(&path("_rt.py"), &format!("# {origin}\n{runtime}")));
    for (name, text) in RUNTIME {
        files.push(file(&path(&format!("_runtime/{name}.py")), &format!("# {origin}\n{text}")));
    }
    files.push(file("tests/test_travel.py", &TravelTest { origin, module, base, whole: &whole.constant }.render()?));
    if let Some(vectors) = vectors {
        let of = |set: usize| set_names.get(set).map_or("", |names| &*names.constant);
        let alone = model.sets.iter().enumerate().filter_map(|(at, set)| Some((string(set.alone.as_ref()?), of(at))));
        let routed = model.methods.iter().map(|method| (string(&method.operation.name), of(method.set)));
        let sets = alone.chain(routed).collect();
        files.push(file("tests/test_vectors.py", &VectorsTest { origin, module, base, sets }.render()?));
        files.push(file("tests/vectors.json", &vectors));
    }
    Ok(files)
}

fn testing<'a>(
    origin: &'a str,
    base: &'a str,
    (has_client, has_function, has_types): (bool, bool, bool),
) -> Testing<'a> {
    let mut imports = vec!["DeclaredError", "GatewayError", "PlatformError", "UndeclaredError"];
    if has_client || has_function {
        imports.extend([base, "TransportError"]);
    }
    let mut imports = imports.into_iter().map(str::to_owned).collect();
    sort_names(&mut imports);
    Testing { origin, base, imports, has_client, has_function, has_types }
}

fn file(path: &str, text: &str) -> File {
    let text = text.trim_end();
    File { path: PathBuf::from(path), text: if text.is_empty() { String::new() } else { text.to_owned() + "\n" } }
}

fn quoted(text: &str) -> String {
    crate::text::toml::string(text)
}

/// The module's name, from the API's.
fn module(api: &str) -> String {
    let name: String = Python.member(api).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if ["test", "tests", "src", "typing", "json"].contains(&&*name) { format!("{name}_client") } else { name }
}

/// A version as Python's packages have it: what follows the numbers of a release stands behind a `+`.
fn version(version: &str) -> String {
    let (numbers, rest) = version.split_once(['-', '+']).unwrap_or((version, ""));
    let rest: String = rest.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '.' }).collect();
    let rest = rest.trim_matches('.');
    if rest.is_empty() { numbers.to_owned() } else { format!("{numbers}.dev0+{rest}") }
}

/// The imports of modules that a code names by their short names, and of those that it names anyway.
fn modules(code: &str, always: &[&str]) -> Vec<&'static str> {
    [
        ("collections.abc", "_c", "import collections.abc as _c"),
        ("dataclasses", "_d", "import dataclasses as _d"),
        ("datetime", "_dt", "import datetime as _dt"),
        ("decimal", "_decimal", "import decimal as _decimal"),
        ("enum", "_enum", "import enum as _enum"),
        ("typing", "_t", "import typing as _t"),
    ]
    .into_iter()
    .filter(|(name, short, _)| always.contains(name) || is_named(code, short))
    .map(|(_, _, line)| line)
    .collect()
}

/// Whether a code names a module by its short name.
fn is_named(code: &str, short: &str) -> bool {
    code.match_indices(&format!("{short}.")).any(|(at, _)| {
        let before = code.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

type Sets<'a> = (&'a [errors::SetNames], &'a errors::SetNames, &'a str);

/// What the package gives its callers, by the module that declares it.
fn exports(
    model: &Model<'_>,
    names: &Names,
    models: &models::Models,
    (sets, whole, other): Sets<'_>,
    (has_client, has_function): (bool, bool),
) -> Vec<(&'static str, Vec<String>)> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut all = vec![
        ("._runtime.answer", owned(&["RawResponse", "is_success"])),
        ("._runtime.codecs", owned(&["JSON"])),
        ("._runtime.failure", owned(&["About"])),
        ("._runtime.results", owned(&["Err", "Ok"])),
        ("._runtime.words", owned(&["GatewayKind", "PlatformKind", "Retry", "TransportKind", "Trust", "Who"])),
    ];
    let mut client = Vec::new();
    if has_client {
        client.extend([&names.client, &names.asynchronous, &names.safe, &names.async_safe].map(Clone::clone));
        all.push(("._runtime.calls", owned(&["CallOptions"])));
        all.push(("._runtime.request", owned(&["Request"])));
        all.push(("._runtime.sending", owned(&["AsyncHttpClient", "HttpClient", "HttpResponse"])));
    }
    if has_function {
        let of = [&names.function, &names.async_function, &names.safe_function, &names.async_safe_function];
        client.extend(of.map(Clone::clone));
        all.push(("._runtime.invoke", owned(&["AsyncInvoke", "Invoke", "Invoked", "boto3_invoke"])));
    }
    if has_client || has_function {
        all.push(("._runtime.retries", owned(&["ONCE", "Retries"])));
    }
    let mut errors = owned(&[
        "DeclaredError",
        "GatewayError",
        "PlatformError",
        "TransportError",
        "UndeclaredError",
        "UnmodelledError",
        "decode",
        "decode_cause",
        "decode_invocation",
    ]);
    errors.extend([model.whole.name.clone(), other.to_owned()]);
    errors.extend(model.errors.iter().map(|error| error.name.clone()));
    for set in sets.iter().chain([whole]) {
        errors.extend([set.alias.clone(), set.failure.clone(), set.constant.clone()]);
    }
    all.extend([(".client", client), (".errors", errors), (".models", models.names.clone())]);
    all.sort_by_key(|(module, _)| *module);
    all.retain(|(_, names)| !names.is_empty());
    for (_, names) in &mut all {
        sort_names(names);
    }
    all
}
