//! The files of the package: its modules, what installs it, and its tests.

use super::names::{Python, Taken, sort_all, sort_names};
use super::readme::{About, Readme};
use super::templates::{Client, Errors, Init, Manifest, Models, Operations, Testing, TravelTest, VectorsTest};
use super::types::Codecs;
use super::{docs, errors, exports, methods, models, schema};
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
    "families",
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

/// The files of the package.
pub(super) fn files(cx: &Cx<'_>, package: &str, vectors: Option<String>) -> Result<Vec<File>, askama::Error> {
    let contract = cx.contract;
    let model = &Model::new(contract, &cx.index, &Python);
    let mut taken = Taken::of(model);
    let (set_names, whole) = errors::names(model, &mut taken);
    let base = &*model.whole.name;
    let stem = base.strip_suffix("Error").unwrap_or(base);
    let other = taken.take(&format!("{stem}OtherFailure"));
    let names = Names::new(&contract.name, &mut taken);
    let models = models::models(model, &mut taken);
    let codecs = &schema::codecs(model, "_s.");
    let mut constants = Taken::new();
    let methods = methods::methods(model, codecs, &set_names, &mut constants);
    let calls = methods::calls(model, codecs, &set_names, &mut constants);
    let package = Package {
        cx,
        model,
        origin: &cx.origin(),
        name: package,
        module: &module(&contract.name),
        base,
        names: &names,
        models: &models,
        methods: &methods,
        calls: &calls,
        sets: &set_names,
        whole: &whole,
        other: &other,
    };
    let mut files = package.about()?;
    files.push(package.errors(codecs)?);
    files.extend(package.types()?);
    files.extend(package.client()?);
    files.extend(package.rest()?);
    files.extend(package.tests(vectors)?);
    Ok(files)
}

/// What the files are made of.
struct Package<'a> {
    cx: &'a Cx<'a>,
    model: &'a Model<'a>,
    origin: &'a str,
    /// As `pip` installs it.
    name: &'a str,
    module: &'a str,
    /// The class of every failure.
    base: &'a str,
    names: &'a Names,
    models: &'a models::Models,
    methods: &'a [methods::Item],
    calls: &'a [methods::Item],
    sets: &'a [errors::SetNames],
    whole: &'a errors::SetNames,
    /// The failures that no operation declares.
    other: &'a str,
}

impl Package<'_> {
    fn source(&self, name: &str, text: &str) -> File {
        file(&format!("src/{}/{name}", self.module), text)
    }

    fn docs(&self, what: &str) -> String {
        let contract = self.cx.contract;
        let about = if contract.docs.is_empty() { ".".to_owned() } else { format!(": {}", contract.docs) };
        docs::sentences(&format!("{what} `{}`{about}", contract.name)).join("\n")
    }

    fn calls_something(&self) -> bool {
        !self.methods.is_empty() || !self.calls.is_empty()
    }

    /// What says of the package what it is.
    fn about(&self) -> Result<Vec<File>, askama::Error> {
        let Self { cx, origin, name: package, module, .. } = *self;
        let manifest = Manifest {
            origin,
            package,
            module,
            version: quoted(&version(&cx.contract.version)),
            description: quoted(&format!("A typed client of the API {}", cx.contract.name)),
            has_client: !self.methods.is_empty(),
        };
        let about = About { origin, package, module, names: self.names, sets: self.sets, whole: self.whole };
        let readme = Readme::new(cx, self.model, &about).render()?;
        Ok(vec![file("pyproject.toml", &manifest.render()?), file("README.md", &readme)])
    }

    fn errors(&self, codecs: &Codecs<'_>) -> Result<File, askama::Error> {
        let Self { model, other, .. } = *self;
        let errors = errors::items(model, codecs);
        let mut sets = vec![errors::set(model, &model.whole, self.whole, other)];
        sets.extend(model.sets.iter().zip(self.sets).map(|(set, names)| errors::set(model, set, names, other)));
        let annotations = errors.iter().flat_map(|item| &item.members).map(|member| &*member.annotation);
        let annotations = annotations.collect::<Vec<_>>().join("\n");
        let rendered = Errors {
            origin: self.origin,
            uses_models: annotations.contains("_m."),
            uses_schema: errors.iter().any(|item| item.declaration.contains("_s.")),
            modules: modules(&annotations, &["typing"]),
            api: &self.cx.contract.name,
            base: self.base,
            other,
            others: errors::others(other),
            errors: &errors,
            sets: &sets,
        };
        Ok(self.source("errors.py", &rendered.render()?))
    }

    /// The types of the contract, and what reads and writes them.
    fn types(&self) -> Result<Vec<File>, askama::Error> {
        let Self { model, models, origin, .. } = *self;
        if model.types.is_empty() {
            return Ok(Vec::new());
        }
        let rendered = Models { origin, modules: modules(&models.code, &[]), code: &models.code };
        let declares = models.code.contains("class ");
        let text = format!(
            "# {origin}\n\"\"\"What reads and writes the types of the contract.\"\"\"\n\nfrom __future__ import annotations\n\n\
             from . import _rt\n{}\n{}",
            if declares { "from . import models as _m\n" } else { "" },
            schema::schema(model, &models.unions),
        );
        Ok(vec![self.source("models.py", &rendered.render()?), self.source("_schema.py", &text)])
    }

    /// The classes that make calls, and what they say of each operation.
    fn client(&self) -> Result<Vec<File>, askama::Error> {
        let Self { origin, methods, calls, .. } = *self;
        if !self.calls_something() {
            return Ok(Vec::new());
        }
        let all = || methods.iter().chain(calls);
        let items: Vec<_> = all().map(|item| &*item.operation).collect();
        let text = items.join("\n");
        let operations = Operations {
            origin,
            modules: modules(&text, &[]),
            uses_errors: is_named(&text, "_e"),
            uses_models: is_named(&text, "_m"),
            uses_schema: is_named(&text, "_s"),
            items,
        };
        let text = all().map(|item| format!("{}\n{}", item.signature, item.call)).collect::<String>();
        let client = Client {
            origin,
            modules: modules(&text, &["typing"]),
            uses_models: text.contains("_m."),
            docs: self.docs("The calls of the API"),
            names: self.names,
            methods,
            calls,
        };
        Ok(vec![self.source("_operations.py", &operations.render()?), self.source("client.py", &client.render()?)])
    }

    /// What the package gives, its fakes for tests, and its runtime.
    fn rest(&self) -> Result<Vec<File>, askama::Error> {
        let origin = self.origin;
        let has = (!self.methods.is_empty(), !self.calls.is_empty());
        let given = exports::exports(self.model, self.names, self.models, (self.sets, self.whole, self.other), has);
        let mut all: Vec<String> = given.iter().flat_map(|(_, names)| names).cloned().collect();
        sort_all(&mut all);
        let init = Init { origin, docs: self.docs("A typed client of the API"), imports: given, all: &all };
        let headed = |text: &str| format!("# {origin}\n{text}");
        let mut files = vec![
            self.source("__init__.py", &init.render()?),
            self.source("testing.py", &self.testing().render()?),
            self.source("py.typed", ""),
            self.source("_rt.py", &headed(include_str!("../../../templates/python/rt.py"))),
        ];
        let runtime = RUNTIME.iter().map(|(name, text)| self.source(&format!("_runtime/{name}.py"), &headed(text)));
        files.extend(runtime);
        Ok(files)
    }

    fn testing(&self) -> Testing<'_> {
        let mut imports = vec!["DeclaredError", "GatewayError", "PlatformError", "UndeclaredError"];
        if self.calls_something() {
            imports.extend([self.base, "TransportError"]);
        }
        let mut imports = imports.into_iter().map(str::to_owned).collect();
        sort_names(&mut imports);
        Testing {
            origin: self.origin,
            base: self.base,
            imports,
            has_client: !self.methods.is_empty(),
            has_function: !self.calls.is_empty(),
            has_types: !self.model.types.is_empty(),
        }
    }

    fn tests(&self, vectors: Option<String>) -> Result<Vec<File>, askama::Error> {
        let Self { model, origin, module, base, .. } = *self;
        let travel = TravelTest { origin, module, base, whole: &self.whole.constant };
        let mut files = vec![file("tests/test_travel.py", &travel.render()?)];
        if let Some(vectors) = vectors {
            let of = |set: usize| self.sets.get(set).map_or("", |names| &*names.constant);
            let alone = model.sets.iter().enumerate();
            let alone = alone.filter_map(|(at, set)| Some((string(set.alone.as_ref()?), of(at))));
            let routed = model.methods.iter().map(|method| (string(&method.operation.name), of(method.set)));
            let test = VectorsTest { origin, module, base, sets: alone.chain(routed).collect() };
            files.push(file("tests/test_vectors.py", &test.render()?));
            files.push(file("tests/vectors.json", &vectors));
        }
        Ok(files)
    }
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
