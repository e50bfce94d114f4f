//! The Java client: a Maven project of one module, whose only dependencies are Jackson's parser and `JSpecify`'s annotations.

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
use names::{Bases, Files, Java};
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
    names::name_methods(&mut model);
    let types = Types::new(&model, files);
    let (called, invoked) = (!model.methods.is_empty(), !model.calls.is_empty());
    let folder = at.package.replace('.', "/");
    let project =
        Project { cx, at, model: &model, bases: &bases, types: &types, origin: cx.origin(), folder, called, invoked };
    let mut out = project.about()?;
    out.extend(project.clients()?);
    out.extend(project.errors());
    out.extend(project.types());
    out.extend(project.runtime());
    if called || invoked {
        out.extend(project.kit()?);
    }
    out.extend(project.tests(vectors)?);
    Ok(out)
}

/// What the files are made of.
struct Project<'a> {
    cx: &'a Cx<'a>,
    at: &'a Coordinates,
    model: &'a Model<'a>,
    bases: &'a Bases,
    types: &'a Types<'a>,
    origin: String,
    folder: String,
    /// Whether there are operations over HTTP, and such that are invoked.
    called: bool,
    invoked: bool,
}

impl Project<'_> {
    fn file(&self, folder: &str, name: &str, text: String) -> File {
        File { path: format!("src/{folder}/{}/{name}", self.folder).into(), text }
    }

    fn main(&self, name: &str, body: &str) -> File {
        self.file("main/java", &format!("{name}.java"), source(&self.origin, &self.at.package, body))
    }

    /// What says of the project what it is.
    fn about(&self) -> Result<Vec<File>, String> {
        let Self { at, origin, .. } = self;
        let contract = self.cx.contract;
        let api = &*contract.name;
        let pom =
            Pom { origin: origin.clone(), group: &at.group, artifact: &at.artifact, version: &contract.version, api };
        let module = Module { api, package: &at.package, has_kit: self.called || self.invoked };
        let mut docs = vec![html(&match &*contract.docs {
            "" => format!("A client of the API `{api}`."),
            _ => format!("A client of the API `{api}`:"),
        })];
        docs.extend(paragraphs(&contract.docs));
        docs.push(format!(
            "Every failure of a call is a {{@link {}.{}}}: a declared error of its own class, or one of the five kinds that \
             no API declares.",
            at.package, self.bases.failure
        ));
        let info = PackageInfo { docs: comment(&docs, &[], 0), package: &at.package };
        let commented = |text: String| format!("// {origin}\n\n{}", ended(&text));
        Ok(vec![
            File { path: "pom.xml".into(), text: render(&pom)? },
            File { path: "src/main/java/module-info.java".into(), text: commented(render(&module)?) },
            self.file("main/java", "package-info.java", commented(render(&info)?)),
        ])
    }

    fn clients(&self) -> Result<Vec<File>, String> {
        let (model, failure, api) = (self.model, &self.bases.failure, &*self.cx.contract.name);
        let mut out = Vec::new();
        if self.called {
            let methods = model.methods.iter().map(|item| self.types.method(item, failure)).collect();
            let said = html(&format!("Calls the API `{api}`. One client serves many threads."));
            let client = Client { docs: comment(&[said], &[], 0), name: &model.name, methods };
            out.push(self.main(&model.name, &render(&client)?));
        }
        if self.invoked {
            let methods = model.calls.iter().map(|item| self.types.call(item, failure)).collect();
            let function = Function { api, name: &model.function, methods };
            out.push(self.main(&model.function, &render(&function)?));
        }
        Ok(out)
    }

    /// The errors, the sets that have any, and what finds an error by its code.
    fn errors(&self) -> Vec<File> {
        let model = self.model;
        let others = model.sets.iter().map(|set| (set, false));
        let sets = std::iter::once((&model.whole, true)).chain(others).filter(|(set, _)| !set.errors.is_empty());
        let sets: Vec<_> = sets.collect();
        let mut sets_of = vec![Vec::new(); model.errors.len()];
        for (set, _) in &sets {
            for place in &set.errors {
                if let Some(of) = sets_of.get_mut(*place) {
                    of.push(&*set.name);
                }
            }
        }
        let mut out = Vec::new();
        for (error, sets) in model.errors.iter().zip(&sets_of) {
            out.push(self.main(&error.name, &self.types.error(error, self.bases, sets)));
        }
        for (set, whole) in sets {
            out.push(self.main(&set.name, &errors::set(model, set, self.bases, whole)));
        }
        out.push(self.main("WireErrors", &errors::registry(&model.errors)));
        out
    }

    fn types(&self) -> Vec<File> {
        let types = self.types;
        let mut out = Vec::new();
        for item in &self.model.types {
            let body = match &item.def.shape {
                Shape::Struct(fields) => types.object(item, fields),
                Shape::Unit => types.wrapper(item, &Type::Unit),
                Shape::Newtype(inner) => types.wrapper(item, inner),
                Shape::Tuple(elements) => types.wrapper(item, &Type::Tuple(elements.clone())),
                Shape::Enum { variants, .. } if !is_union(item.def) => Types::texts(item, variants),
                Shape::Enum { tagging, variants } => {
                    let (interface, codec) = types.union(item, tagging, variants);
                    out.push(self.main(types.codec(&item.name), &codec));
                    interface
                }
            };
            out.push(self.main(&item.name, &body));
        }
        out.extend(types.tuples().into_iter().map(|count| self.main(&format!("Tuple{count}"), &tuples::tuple(count))));
        out
    }

    fn runtime(&self) -> Vec<File> {
        let files = runtime::files(self.bases, self.called, self.invoked).into_iter();
        let head = format!("// {}\n\npackage {};\n\n", self.origin, self.at.package);
        files.map(|(name, text)| self.file("main/java", &format!("{name}.java"), format!("{head}{text}"))).collect()
    }

    /// What answers in the API's place.
    fn kit(&self) -> Result<Vec<File>, String> {
        let (model, bases, package) = (self.model, self.bases, &self.at.package);
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
        let kit = |name: &str, body: &str| {
            let text = source_beside(&self.origin, package, "testing", body, &own);
            self.file("main/java", &format!("testing/{name}.java"), text)
        };
        let named = |has: bool, of| if has { of } else { "" };
        let fake = FakeTransport {
            implements: match (self.called, self.invoked) {
                (true, true) => "Transport, Invoker",
                (_, false) => "Transport",
                (false, true) => "Invoker",
            },
            client: named(self.called, &model.name),
            function: named(self.invoked, &model.function),
        };
        let about = format!(
            "// {}\n\n/** Answers in the API's place, for tests. */\n@NullMarked\npackage {package}.testing;\n\nimport \
             org.jspecify.annotations.NullMarked;\n",
            self.origin
        );
        Ok(vec![
            kit("Answer", &render(&Answer { declared: &bases.declared })?),
            kit("FakeTransport", &render(&fake)?),
            self.file("main/java", "testing/package-info.java", about),
        ])
    }

    /// The tests, and the README whose examples some of them are.
    fn tests(&self, vectors: Option<String>) -> Result<Vec<File>, String> {
        let mut out = Vec::new();
        if let Some(vectors) = vectors {
            let template = Vectors {
                origin: &self.origin,
                package: &self.at.package,
                failure: &self.bases.failure,
                sets: named_sets(self.model),
            };
            out.push(self.file("test/java", "VectorsTest.java", ended(&render(&template)?)));
            out.push(self.file("test/resources", "vectors.json", vectors));
        }
        let sample = self.types.sample();
        let guide = guide::Guide { at: self.at, model: self.model, bases: self.bases, sample: sample.as_ref() };
        let failed = |error: askama::Error| error.to_string();
        let examples = guide.examples(&self.origin).map_err(failed)?;
        out.push(self.file("test/java", "ExamplesTest.java", ended(&examples)));
        out.push(File { path: "README.md".into(), text: ended(&guide.readme(self.cx).map_err(failed)?) });
        Ok(out)
    }
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
