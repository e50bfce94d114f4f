//! What a package says of itself: its README, and the examples that it shows, which its tests run.

use super::code::{assigned, call, line};
use super::names::{Bases, tried};
use super::sample::Sample;
use super::settings::Coordinates;
use super::source::{source, source_of};
use crate::client::Client;
use crate::output::Cx;
use crate::output::layout::{Doc, text};
use crate::text::java::string;
use crate::text::markdown;
use askama::Template;

/// What there is to show.
pub(super) struct Guide<'a> {
    pub(super) at: &'a Coordinates,
    pub(super) model: &'a Client<'a>,
    pub(super) bases: &'a Bases,
    /// A call that examples make.
    pub(super) sample: Option<&'a Sample>,
}

#[derive(Template)]
#[template(path = "java/ExamplesTest.java.askama", escape = "none")]
struct Examples<'a> {
    call: Option<Calling>,
    error: Option<Failing<'a>>,
    is_http: bool,
    client: &'a str,
    failure: &'a str,
    declared: &'a str,
    decodes: String,
    decodes_payload: String,
}

/// The lines of a call.
struct Calling {
    client: String,
    calls: String,
    tries: String,
    starts: String,
    set: String,
}

/// The error of a call.
struct Failing<'a> {
    name: &'a str,
    code: String,
    status: u16,
    setup: String,
}

/// What a program uses of the SDK of AWS.
const AWS: [&str; 3] = ["core.SdkBytes", "services.lambda.LambdaClient", "services.lambda.model.InvokeResponse"];

#[derive(Template)]
#[template(path = "java/Try.java.askama", escape = "none")]
struct Program<'a> {
    client: &'a str,
    failure: &'a str,
    imports: Vec<String>,
    calls: String,
    error: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "java/TryInvoking.java.askama", escape = "none")]
struct Invoking<'a> {
    client: &'a str,
    failure: &'a str,
    imports: Vec<String>,
    calls: String,
    error: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "java/README.md.askama", escape = "none")]
struct Readme<'a> {
    origin: String,
    package: &'a str,
    group: &'a str,
    artifact: &'a str,
    version: &'a str,
    api: &'a str,
    docs: String,
    failure: &'a str,
    declared: &'a str,
    client: &'a str,
    function: &'a str,
    program: Option<String>,
    errors_example: Option<String>,
    set_example: String,
    result_example: String,
    async_example: Option<String>,
    failure_example: Option<String>,
    retries_example: Option<String>,
    headers_example: Option<String>,
    decode_example: String,
    invocation_example: String,
    has_kit: bool,
    literal: Option<String>,
    methods: Vec<[String; 3]>,
    errors: Vec<[String; 4]>,
}

impl Guide<'_> {
    fn is_http(&self) -> bool {
        self.sample.is_some_and(|sample| !sample.invoked)
    }

    fn client(&self) -> &str {
        if self.is_http() { &self.model.name } else { &self.model.function }
    }

    fn code(&self) -> askama::Result<String> {
        let kit = if self.is_http() { "client" } else { "function" };
        let client = line(assigned(&format!("{} client", self.client()), text(format!("api.{kit}()"))), 4);
        let calling = self.sample.map(|sample| {
            let stem = sample.name.trim_end_matches('_');
            let arguments = || sample.arguments.clone();
            Calling {
                client: client.clone(),
                calls: line(vec![call(format!("client.{}", sample.name), arguments(), ";")], 6),
                tries: line(assigned("var result", call(format!("client.{}", tried(stem)), arguments(), "")), 4),
                starts: line(assigned("var call", call(format!("client.{stem}Async"), arguments(), "")), 4),
                set: sample.set.clone(),
            }
        });
        let failure = &*self.bases.failure;
        let decoded = |head: &str, arguments: Vec<Doc>| {
            line(assigned(&format!("{failure} failure"), call(format!("{failure}.{head}"), arguments, "")), 4)
        };
        Examples {
            call: calling,
            error: self.failing(),
            is_http: self.is_http(),
            client: self.client(),
            failure,
            declared: &self.bases.declared,
            decodes: decoded("decode", vec![text("504"), text("headers"), text("body")]),
            decodes_payload: decoded("decodeInvocation", vec![text("payload")]),
        }
        .render()
    }

    fn failing(&self) -> Option<Failing<'_>> {
        let (at, made) = self.sample?.error.as_ref()?;
        let error = self.model.errors.get(*at)?;
        let answer = call("FakeTransport.of", vec![call("Answer.fail", vec![made.clone()], "")], "");
        Some(Failing {
            name: &error.name,
            code: string(&error.def.code),
            status: error.def.status.get(),
            setup: line(assigned("FakeTransport api", answer), 4),
        })
    }

    /// The examples as a test.
    pub(super) fn examples(&self, origin: &str) -> askama::Result<String> {
        let own: Vec<_> = ["Answer", "FakeTransport"]
            .iter()
            .map(|name| (*name, format!("{}.testing.{name}", self.at.package)))
            .collect();
        let statics = ["assertEquals", "assertTrue", "fail"];
        Ok(source_of(origin, &self.at.package, &self.code()?, &own, &statics))
    }

    fn program(&self) -> askama::Result<Option<String>> {
        let Some(sample) = self.sample else { return Ok(None) };
        let made = call(format!("client.{}", sample.name), sample.arguments.clone(), "");
        let calls = if sample.output {
            line(vec![call("System.out.println", vec![made], ";")], 6)
        } else {
            line(vec![made, text(";")], 6)
        };
        let (package, client, failure) = (&*self.at.package, self.client(), &*self.bases.failure);
        let error = sample.error.as_ref().and_then(|(at, _)| self.model.errors.get(*at)).map(|error| &*error.name);
        let imports = source("", "p", &calls);
        let mut imports: Vec<_> = imports
            .lines()
            .filter_map(|line| line.strip_prefix("import ")?.strip_suffix(';'))
            .map(str::to_owned)
            .collect();
        let types = self.model.types.iter().filter(|item| {
            calls.contains(&format!("new {}(", item.name)) || calls.contains(&format!("({}.builder", item.name))
        });
        imports.extend(types.map(|item| format!("{package}.{}", item.name)));
        imports.extend([client, failure].into_iter().chain(error).map(|name| format!("{package}.{name}")));
        if sample.invoked {
            imports.push(format!("{package}.Invoked"));
            imports.extend(AWS.map(|name| format!("software.amazon.awssdk.{name}")));
        }
        imports.sort();
        let program = if sample.invoked {
            Invoking { client, failure, imports, calls, error }.render()?
        } else {
            Program { client, failure, imports, calls, error }.render()?
        };
        Ok(Some(program.trim().to_owned()))
    }

    /// The README.
    pub(super) fn readme(&self, cx: &Cx<'_>) -> askama::Result<String> {
        let (contract, model) = (cx.contract, self.model);
        let code = self.code()?;
        let example = |name: &str| example(&code, name);
        let named = |has: bool, name| if has { name } else { "" };
        let api = string(&contract.name);
        let literal =
            self.sample.and_then(|sample| sample.error.as_ref()).map(|(_, made)| crate::output::layout::flat(made));
        Readme {
            origin: cx.origin(),
            package: &self.at.package,
            group: &self.at.group,
            artifact: &self.at.artifact,
            version: &contract.version,
            api: api.trim_matches('"'),
            docs: markdown::inline(&contract.docs),
            failure: &self.bases.failure,
            declared: &self.bases.declared,
            client: named(!model.methods.is_empty(), &model.name),
            function: named(!model.calls.is_empty(), &model.function),
            program: self.program()?,
            errors_example: example("errors"),
            set_example: example("set").unwrap_or_default(),
            result_example: example("result").unwrap_or_default(),
            async_example: example("async"),
            failure_example: example("failure"),
            retries_example: example("retries"),
            headers_example: example("headers"),
            decode_example: example("decode").unwrap_or_default(),
            invocation_example: example("invocation").unwrap_or_default(),
            has_kit: !model.methods.is_empty() || !model.calls.is_empty(),
            literal,
            methods: model
                .methods
                .iter()
                .map(|method| {
                    let route = format!("{} {}", method.operation.method, method.operation.path);
                    [markdown::code(&method.name), markdown::code(&route), markdown::code(&model.set_of(method).name)]
                })
                .chain(model.calls.iter().map(|call| {
                    let set = model.sets.get(call.set).map_or("", |set| &set.name);
                    [markdown::code(&call.name), "invoked".to_owned(), markdown::code(set)]
                }))
                .collect(),
            errors: model
                .errors
                .iter()
                .map(|error| {
                    let def = error.def;
                    let (name, status) = (markdown::code(&error.name), def.status.to_string());
                    [name, status, def.retry.word().to_owned(), markdown::inline(&def.title)]
                })
                .collect(),
        }
        .render()
    }
}

/// The body of a test, as it stands by itself.
fn example(code: &str, name: &str) -> Option<String> {
    let start = code.find(&format!("  void {name}() {{\n"))?;
    let text = code.get(start..)?;
    let body = text.get(text.find('\n')? + 1..text.find("\n  }\n")?)?;
    Some(body.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n"))
}
