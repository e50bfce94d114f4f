//! The TypeScript client, as a package for npm: its runtime is in it, and it depends on nothing.

#![expect(clippy::struct_field_names, reason = "a template calls its parts what they are")]

mod layout;
mod names;
mod prepare;

use super::{Cx, File, Form, Output, Setting, Wanted, vectors};
use crate::client::Client as Model;
use crate::text::markdown;
use crate::text::typescript::{docs, string};
use askama::Template;
use names::TypeScript;
use std::path::PathBuf;

/// The output `typescript-client`.
pub(super) struct TypeScriptClient;

const PACKAGE: Setting = Setting {
    key: "package",
    flat: "typescript-package",
    value: "NAME",
    help: "What the TypeScript client's package is called [default: the API's name and `-client`]",
};

impl Output for TypeScriptClient {
    fn key(&self) -> &'static str {
        "typescript-client"
    }

    fn help(&self) -> &'static str {
        "Write the TypeScript client to this folder as a package for npm"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn settings(&self) -> &'static [Setting] {
        &[PACKAGE]
    }

    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String> {
        let given = wanted.settings.get(PACKAGE.key).map(String::as_str);
        let package = match given {
            Some(name) if !is_package(name) => {
                return Err(format!("`{name}` is no name of a package: it has lower case letters, digits and `-._~`"));
            }
            Some(name) => name.to_owned(),
            None => format!("{}-client", cx.contract.name.to_lowercase()),
        };
        let vectors = cx.wants(&vectors::Vectors).then(|| vectors::file(cx));
        files(cx, &package, vectors).map_err(|error| error.to_string())
    }
}

/// Whether npm takes the name, with a scope or without.
fn is_package(name: &str) -> bool {
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._~".contains(&b))
    };
    let short = name.len() <= 214;
    short
        && name
            .strip_prefix('@')
            .map_or_else(|| plain(name), |rest| rest.split_once('/').is_some_and(|(a, b)| plain(a) && plain(b)))
}

/// The runtime, which is the same for every API.
const RUNTIME: [(&str, &str); 7] = [
    ("call", include_str!("../../../templates/typescript/runtime/call.ts")),
    ("decode", include_str!("../../../templates/typescript/runtime/decode.ts")),
    ("failure", include_str!("../../../templates/typescript/runtime/failure.ts")),
    ("host", include_str!("../../../templates/typescript/runtime/host.ts")),
    ("index", include_str!("../../../templates/typescript/runtime/index.ts")),
    ("json", include_str!("../../../templates/typescript/runtime/json.ts")),
    ("schema", include_str!("../../../templates/typescript/runtime/schema.ts")),
];

#[derive(Template)]
#[template(path = "typescript/errors.ts.askama", escape = "none")]
struct Errors<'a> {
    origin: String,
    uses_types: bool,
    base: &'a str,
    base_text: String,
    brand: String,
    failure: &'a str,
    whole: &'a str,
    other: &'a str,
    declared: String,
    all: String,
    errors: Vec<prepare::ErrorItem<'a>>,
    sets: Vec<prepare::SetItem<'a>>,
}

#[derive(Template)]
#[template(path = "typescript/client.ts.askama", escape = "none")]
struct Client<'a> {
    origin: String,
    uses_types: bool,
    docs: Vec<String>,
    function_docs: Vec<String>,
    client: &'a str,
    function: &'a str,
    methods: Vec<prepare::MethodItem>,
    calls: Vec<prepare::MethodItem>,
}

#[derive(Template)]
#[template(path = "typescript/types.ts.askama", escape = "none")]
struct Types {
    origin: String,
    uses_runtime: bool,
    items: Vec<prepare::TypeItem>,
}

#[derive(Template)]
#[template(path = "typescript/index.ts.askama", escape = "none")]
struct Index<'a> {
    origin: String,
    docs: Vec<String>,
    has_client: bool,
    has_types: bool,
    errors: Vec<&'a str>,
    error_types: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "typescript/testing.ts.askama", escape = "none")]
struct Testing {
    origin: String,
}

#[derive(Template)]
#[template(path = "typescript/package.json.askama", escape = "none")]
struct Package {
    origin: String,
    package: String,
    version: String,
    description: String,
}

#[derive(Template)]
#[template(path = "typescript/vectors.test.ts.askama", escape = "none")]
struct VectorsTest {
    origin: String,
}

#[derive(Template)]
#[template(path = "typescript/canonical.ts.askama", escape = "none")]
struct Canonical {
    origin: String,
    package: String,
    sets: Vec<String>,
}

#[derive(Template)]
#[template(path = "typescript/README.md.askama", escape = "none")]
struct Readme<'a> {
    origin: String,
    package: &'a str,
    api: &'a str,
    docs: String,
    contract: &'a str,
    client: &'a str,
    function: &'a str,
    has_client: bool,
    has_function: bool,
    errors: Vec<(String, u16, &'static str, String)>,
    methods: Vec<(String, String)>,
}

#[expect(clippy::too_many_lines, reason = "one file of the package after the other")]
fn files(cx: &Cx<'_>, package: &str, vectors: Option<String>) -> Result<Vec<File>, askama::Error> {
    let contract = cx.contract;
    let model = Model::new(contract, &cx.index, &TypeScript);
    let origin = || cx.origin();
    let mut taken = prepare::Taken::new(&model);
    let failures = prepare::failures(&model, &mut taken);
    let base = &*model.whole.name;
    let stem = base.strip_suffix("Error").unwrap_or(base);
    let whole = taken.take(format!("{stem}DeclaredError"));
    let other = taken.take(format!("{stem}OtherFailure"));
    let errors = prepare::errors(&model, &mut taken);
    let types = prepare::type_items(&model, &mut taken);
    let (declared, all) = prepare::all(&model, &whole);
    let major = contract.version.split('.').next().unwrap_or_default();
    let sets = prepare::sets(&model, &failures, &other);
    let methods = prepare::methods(&model, &failures);
    let calls = prepare::calls(&model, &failures);
    let mut values = vec![base, "DeclaredError", "UndeclaredError", "PlatformError", "GatewayError"];
    values.extend(["TransportError", "UnmodelledError", "decode", "decodeCause", "decodeInvocation"]);
    values.extend(errors.iter().map(|error| error.name));
    let mut names = vec!["Sets", &*whole, &*other, &*model.failure];
    names.extend(model.sets.iter().map(|set| &*set.name).chain(failures.iter().map(String::as_str)));
    names.extend(errors.iter().map(|error| &*error.fields_name).filter(|name| !name.is_empty()));
    let api_docs = |what: &str| {
        let about = if contract.docs.is_empty() { String::new() } else { format!(": {}", contract.docs) };
        docs(&format!("{what} `{}`{about}", contract.name))
    };
    let index = Index {
        origin: origin(),
        docs: api_docs("A client of the API"),
        has_client: !methods.is_empty() || !calls.is_empty(),
        has_types: !types.is_empty(),
        errors: values,
        error_types: names,
    };
    let (has_client, has_types, index) = (index.has_client, index.has_types, index.render()?);
    let uses = |text: &str| text.contains("t.") && has_word(text);
    let mut client = Client {
        origin: origin(),
        uses_types: false,
        docs: api_docs("The API"),
        function_docs: api_docs("The function of the API"),
        client: &model.name,
        function: &model.function,
        methods,
        calls,
    };
    client.uses_types = client.methods.iter().chain(&client.calls).any(|method| uses(&method.signature));
    let of_errors = errors.iter().flat_map(|error| &error.fields).any(|field| uses(&field.own));
    let readme = Readme {
        origin: origin(),
        package,
        api: &contract.name,
        docs: markdown::inline(&contract.docs),
        contract: &cx.hash,
        client: &model.name,
        function: &model.function,
        has_client: !client.methods.is_empty(),
        has_function: !client.calls.is_empty(),
        errors: model
            .errors
            .iter()
            .map(|error| {
                let def = error.def;
                (error.name.clone(), def.status.get(), def.retry.word(), markdown::inline(&def.title))
            })
            .collect(),
        methods: model
            .methods
            .iter()
            .map(|method| {
                let route = format!("{} {}", method.operation.method, method.operation.path);
                (method.name.clone(), markdown::code(&route))
            })
            .collect(),
    };
    let errors = Errors {
        origin: origin(),
        uses_types: of_errors,
        base,
        base_text: string(base),
        brand: string(&format!("throwback/{}@{major}", contract.name)),
        failure: &model.failure,
        whole: &whole,
        other: &other,
        declared,
        all,
        errors,
        sets,
    };
    let description = format!("A typed client of the API {}", contract.name);
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let manifest = Package {
        origin: quoted(&origin()),
        package: quoted(package),
        version: quoted(&contract.version),
        description: quoted(&description),
    };
    let uses_runtime = types.iter().any(|item| item.code.contains("rt."));
    let file = |path: &str, text: String| File { path: PathBuf::from(path), text: text.trim_end().to_owned() + "\n" };
    let schema = format!(
        "// {}\n// The types of the contract, as the runtime reads them.\n\nimport * as rt from \"./runtime/index.js\";\n\n{}\n\n\
         /** The types of the contract. */\nexport const types: rt.Types = new rt.Types(named);\n",
        origin(),
        prepare::schemas(&model),
    );
    let mut files = vec![
        file("package.json", manifest.render()?),
        file(
            "tsconfig.json",
            format!("// {}\n{}", origin(), include_str!("../../../templates/typescript/tsconfig.json")),
        ),
        file("README.md", readme.render()?),
        file("src/index.ts", index),
        file("src/errors.ts", errors.render()?),
        file("src/schema.ts", schema),
        file("src/testing.ts", Testing { origin: origin() }.render()?),
    ];
    if has_client {
        files.push(file("src/client.ts", client.render()?));
    }
    if has_types {
        files.push(file("src/types.ts", Types { origin: origin(), uses_runtime, items: types }.render()?));
    }
    for (name, text) in RUNTIME {
        files.push(file(&format!("src/runtime/{name}.ts"), format!("// {}\n{text}", origin())));
    }
    if let Some(vectors) = vectors {
        let of = |set: usize| model.sets.get(set).map_or_else(String::new, |set| set.name.clone());
        let alone = model.sets.iter().filter_map(|set| Some((set.alone.clone()?, set.name.clone())));
        let routed = model.methods.iter().map(|method| (method.operation.name.clone(), of(method.set)));
        let sets = alone.chain(routed).map(|(name, set)| prepare::pair(&name, &set));
        let test = Canonical { origin: origin(), package: string(package), sets: sets.collect() };
        files.push(file("test/canonical.ts", test.render()?));
        files.push(file("test/vectors.test.ts", VectorsTest { origin: origin() }.render()?));
        files.push(file("test/vectors.json", vectors));
        // One case stands on a line of its own there.
        files.push(file(".prettierignore", format!("# {}\ndist\ntest/vectors.json\n", origin())));
    }
    Ok(files)
}

/// Whether a type of the API's own is named.
fn has_word(text: &str) -> bool {
    text.match_indices("t.").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'))
    })
}
