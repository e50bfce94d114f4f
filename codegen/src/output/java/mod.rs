//! The Java client: a Maven project of one module, whose only dependencies are Jackson's parser and JSpecify's annotations.

mod code;
mod enums;
mod errors;
mod fields;
mod guide;
mod methods;
mod names;
mod runtime;
mod sample;
mod settings;
mod source;
mod structs;
mod taken;
mod tuples;
mod types;

use super::{Cx, File, Form, Output, Setting, Wanted, vectors};
use crate::client::{Client as Model, Language, Set};
use crate::contract::{Shape, Type};
use crate::output::layout::text;
use crate::text::java::{comment, html, paragraphs, string};
use askama::Template;
use code::{assigned, call, line};
use names::{Files, Java};
use settings::{ARTIFACT, Coordinates, PACKAGE};
use source::{source, source_beside};
use types::{Types, is_union};

/// The output `java-client`.
pub(super) struct JavaClient;

impl Output for JavaClient {
    fn key(&self) -> &'static str {
        "java-client"
    }

    fn help(&self) -> &'static str {
        "Write the Java client to this folder as a Maven project"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn settings(&self) -> &'static [Setting] {
        &[PACKAGE, ARTIFACT]
    }

    fn files(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, String> {
        let coordinates = Coordinates::of(&cx.contract.name, wanted)?;
        let vectors = cx.wants(&vectors::Vectors).then(|| vectors::file(cx));
        project(cx, &coordinates, vectors)
    }
}

#[derive(Template)]
#[template(path = "java/client.java.askama", escape = "none")]
struct Client<'a> {
    docs: String,
    name: &'a str,
    methods: Vec<String>,
}

#[derive(Template)]
#[template(path = "java/function.java.askama", escape = "none")]
struct Function<'a> {
    api: &'a str,
    name: &'a str,
    methods: Vec<String>,
}

#[derive(Template)]
#[template(path = "java/module-info.java.askama", escape = "none")]
struct Module<'a> {
    api: &'a str,
    package: &'a str,
    has_kit: bool,
}

#[derive(Template)]
#[template(path = "java/package-info.java.askama", escape = "none")]
struct PackageInfo<'a> {
    docs: String,
    package: &'a str,
}

#[derive(Template)]
#[template(path = "java/VectorsTest.java.askama", escape = "none")]
struct Vectors<'a> {
    origin: &'a str,
    package: &'a str,
    failure: &'a str,
    sets: String,
}

#[derive(Template)]
#[template(path = "java/Answer.java.askama", escape = "none")]
struct Answer<'a> {
    declared: &'a str,
}

#[derive(Template)]
#[template(path = "java/FakeTransport.java.askama", escape = "none")]
struct FakeTransport<'a> {
    implements: &'a str,
    /// Empty where the API has none.
    client: &'a str,
    function: &'a str,
}

#[derive(Template)]
#[template(path = "java/pom.xml.askama", escape = "none")]
struct Pom<'a> {
    origin: String,
    group: &'a str,
    artifact: &'a str,
    version: &'a str,
    api: &'a str,
}

fn render(template: &impl Template) -> Result<String, String> {
    template.render().map_err(|error| error.to_string())
}

/// The files of the project.
fn project(cx: &Cx<'_>, at: &Coordinates, vectors: Option<String>) -> Result<Vec<File>, String> {
    let contract = cx.contract;
    let mut model = Model::new(contract, &cx.index, &Java);
    let (files, bases) = Files::of(&mut model, &Java.type_name(&contract.name));
    let types = Types::new(&model, files);
    let origin = cx.origin();
    let folder = at.package.replace('.', "/");
    let main = |name: &str, body: &str| File {
        path: format!("src/main/java/{folder}/{name}.java").into(),
        text: source(&origin, &at.package, body),
    };
    let has_kit = !model.methods.is_empty() || !model.calls.is_empty();
    let api = &*contract.name;
    let own = [
        "GatewayException",
        "Invoked",
        "Invoker",
        "PlatformException",
        "RawResponse",
        "Request",
        "Transport",
        &*bases.declared,
        &*model.name,
        &*model.function,
    ];
    let mut out = vec![File {
        path: "pom.xml".into(),
        text: render(&Pom {
            origin: origin.clone(),
            group: &at.group,
            artifact: &at.artifact,
            version: &contract.version,
            api,
        })?,
    }];
    let module = Module { api, package: &at.package, has_kit };
    out.push(File {
        path: "src/main/java/module-info.java".into(),
        text: format!("// {origin}\n\n{}", ended(&render(&module)?)),
    });
    let mut docs = vec![html(&match &*contract.docs {
        "" => format!("A client of the API `{api}`."),
        _ => format!("A client of the API `{api}`:"),
    })];
    docs.extend(paragraphs(&contract.docs));
    docs.push(format!(
        "Every failure of a call is a {{@link {package}.{}}}: a declared error of its own class, or one of the five kinds that no \
         API declares.",
        bases.failure,
        package = at.package
    ));
    let info = PackageInfo { docs: comment(&docs, &[], 0), package: &at.package };
    out.push(File {
        path: format!("src/main/java/{folder}/package-info.java").into(),
        text: format!("// {origin}\n\n{}", ended(&render(&info)?)),
    });
    if !model.methods.is_empty() {
        let methods = model.methods.iter().map(|item| types.method(item, &bases.failure)).collect();
        let said = html(&format!("Calls the API `{api}`. One client serves many threads."));
        let client = Client { docs: comment(&[said], &[], 0), name: &model.name, methods };
        out.push(main(&model.name, &render(&client)?));
    }
    if !model.calls.is_empty() {
        let methods = model.calls.iter().map(|item| types.call(item, &bases.failure)).collect();
        let function = Function { api, name: &model.function, methods };
        out.push(main(&model.function, &render(&function)?));
    }
    let all: Vec<_> = std::iter::once(&model.whole).chain(&model.sets).filter(|set| !set.errors.is_empty()).collect();
    for (place, error) in model.errors.iter().enumerate() {
        let sets: Vec<_> = all.iter().filter(|set| set.errors.contains(&place)).map(|set| &*set.name).collect();
        out.push(main(&error.name, &types.error(error, &bases, &sets)));
    }
    for set in &all {
        out.push(main(&set.name, &errors::set(&model, set, &bases, std::ptr::eq(*set, &raw const model.whole))));
    }
    out.push(main("WireErrors", &errors::registry(&model.errors)));
    for item in &model.types {
        let body = match &item.def.shape {
            Shape::Struct(fields) => types.object(item, fields),
            Shape::Unit => types.wrapper(item, &Type::Unit),
            Shape::Newtype(inner) => types.wrapper(item, inner),
            Shape::Tuple(elements) => types.wrapper(item, &Type::Tuple(elements.clone())),
            Shape::Enum { variants, .. } if !is_union(item.def) => types.texts(item, variants),
            Shape::Enum { tagging, variants } => {
                let (interface, codec) = types.union(item, tagging, variants);
                out.push(main(types.codec(&item.name), &codec));
                interface
            }
        };
        out.push(main(&item.name, &body));
    }
    for count in types.tuples() {
        out.push(main(&format!("Tuple{count}"), &tuples::tuple(count)));
    }
    for (name, text) in runtime::files(&bases, !model.methods.is_empty(), !model.calls.is_empty()) {
        out.push(File {
            path: format!("src/main/java/{folder}/{name}.java").into(),
            text: format!("// {origin}\n\npackage {};\n\n{text}", at.package),
        });
    }
    if has_kit {
        let (called, invoked) = (!model.methods.is_empty(), !model.calls.is_empty());
        let named = |has: bool, of| if has { of } else { "" };
        let kit = |name: &str, body: &str| File {
            path: format!("src/main/java/{folder}/testing/{name}.java").into(),
            text: source_beside(&origin, &at.package, "testing", body, &own),
        };
        out.push(kit("Answer", &render(&Answer { declared: &bases.declared })?));
        let fake = FakeTransport {
            implements: ["Transport", "Invoker", "Transport, Invoker"]
                [usize::from(invoked) * (1 + usize::from(called))],
            client: named(called, &model.name),
            function: named(invoked, &model.function),
        };
        out.push(kit("FakeTransport", &render(&fake)?));
        out.push(File {
            path: format!("src/main/java/{folder}/testing/package-info.java").into(),
            text: format!(
                "// {origin}\n\n/** Answers in the API's place, for tests. */\n@NullMarked\npackage {}.testing;\n\nimport \
                 org.jspecify.annotations.NullMarked;\n",
                at.package
            ),
        });
    }
    let test = |name: &str, text: String| File {
        path: format!("src/test/java/{folder}/{name}.java").into(),
        text: ended(&text),
    };
    if let Some(vectors) = vectors {
        let template =
            Vectors { origin: &origin, package: &at.package, failure: &bases.failure, sets: named_sets(&model) };
        out.push(test("VectorsTest", render(&template)?));
        out.push(File { path: format!("src/test/resources/{folder}/vectors.json").into(), text: vectors });
    }
    let sample = types.sample();
    let guide = guide::Guide { at, model: &model, bases: &bases, sample: sample.as_ref() };
    out.push(test("ExamplesTest", guide.examples(&origin).map_err(|error| error.to_string())?));
    out.push(File { path: "README.md".into(), text: ended(&guide.readme(cx).map_err(|error| error.to_string())?) });
    Ok(out)
}

/// A text with one line end.
fn ended(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

/// The constant that has each set with the operations of the vectors that have it.
fn named_sets(model: &Model<'_>) -> String {
    let class = |set: &Set| if set.errors.is_empty() { "null".to_owned() } else { format!("{}.class", set.name) };
    let named = |set: &Set| set.alone.iter().map(|name| string(name)).collect::<Vec<_>>();
    let mut sets: Vec<_> = model.sets.iter().map(|set| (named(set), class(set))).collect();
    for method in &model.methods {
        if let Some((names, _)) = sets.get_mut(method.set) {
            names.push(string(&method.operation.name));
        }
    }
    let each = sets.into_iter().flat_map(|(names, set)| {
        names.into_iter().map(move |name| call("new Named", vec![text(name), text(set.clone())], ""))
    });
    line(assigned("private static final List<Named> SETS", call("List.of", each.collect(), "")), 2)
}
