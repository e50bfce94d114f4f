//! What a package says of itself: its README, and the examples that it shows, which `go test` runs.

use super::prepare::{ErrorItem, Sample};
use super::runtime::imports;
use crate::client::Client;
use crate::output::Cx;
use crate::text::go::string;
use crate::text::markdown;
use askama::Template;

/// What there is to show.
pub(super) struct Guide<'a> {
    pub(super) package: &'a str,
    pub(super) module: &'a str,
    pub(super) model: &'a Client<'a>,
    pub(super) errors: &'a [ErrorItem],
    /// A call that examples make.
    pub(super) sample: Option<&'a Sample>,
}

#[derive(Template)]
#[template(path = "go/example_test.go.askama", escape = "none")]
struct Examples<'a> {
    package: &'a str,
    call: Option<&'a Sample>,
    error: Option<&'a ErrorItem>,
    is_http: bool,
    kit: &'a str,
}

#[derive(Template)]
#[template(path = "go/program.go.askama", escape = "none")]
struct Program<'a> {
    package: &'a str,
    module: &'a str,
    call: &'a Sample,
    error: Option<&'a ErrorItem>,
}

#[derive(Template)]
#[template(path = "go/invoking.go.askama", escape = "none")]
struct Invoking<'a> {
    package: &'a str,
    module: &'a str,
    call: &'a Sample,
    error: Option<&'a ErrorItem>,
}

#[derive(Template)]
#[template(path = "go/README.md.askama", escape = "none")]
struct Readme<'a> {
    origin: String,
    package: &'a str,
    module: &'a str,
    api: &'a str,
    docs: String,
    client: &'a str,
    function: &'a str,
    program: Option<String>,
    errors_example: Option<&'a str>,
    set_example: &'a str,
    failure_example: Option<&'a str>,
    retries_example: Option<&'a str>,
    headers_example: Option<&'a str>,
    decode_example: &'a str,
    invocation_example: &'a str,
    has_kit: bool,
    literal: Option<String>,
    methods: Vec<[String; 3]>,
    errors: Vec<[String; 4]>,
}

impl Guide<'_> {
    fn error(&self) -> Option<&ErrorItem> {
        self.errors.get(self.sample?.error?)
    }

    fn code(&self) -> askama::Result<String> {
        let is_http = self.sample.is_some_and(|sample| !sample.invoked);
        let kit = if is_http { ".Client()" } else { ".Function()" };
        Examples { package: self.package, call: self.sample, error: self.error(), is_http, kit }.render()
    }

    /// The examples as a test.
    pub(super) fn examples(&self) -> askama::Result<String> {
        let code = self.code()?;
        let kit = format!("{}/{}test", self.module, self.package);
        let standard = imports(&["context", "errors", "fmt", "net/http", "time"], &code);
        let own = [(self.module, self.package.to_owned()), (&*kit, format!("{}test", self.package))];
        let own = own.iter().filter(|(_, name)| code.contains(&format!("{name}.")));
        let own: String = own.map(|(path, _)| format!("\t\"{path}\"\n")).collect();
        Ok(format!("package {}_test\n\nimport (\n{standard}\n{own})\n\n{code}", self.package))
    }

    /// The README.
    pub(super) fn readme(&self, cx: &Cx<'_>) -> askama::Result<String> {
        let (contract, model) = (cx.contract, self.model);
        let code = self.code()?;
        let example = |name: &str| {
            let start = code.find(&format!("func {name}()"))?;
            let text = code.get(start..)?;
            text.get(..text.find("\n}\n")? + 2)
        };
        let (package, module, error) = (self.package, self.module, self.error());
        let program = match self.sample {
            Some(call) if call.invoked => Some(Invoking { package, module, call, error }.render()?),
            Some(call) => Some(Program { package, module, call, error }.render()?),
            None => None,
        };
        let named = |has: bool, name| if has { name } else { "" };
        let api = string(&contract.name);
        Readme {
            origin: cx.origin(),
            package,
            module,
            api: api.trim_matches('"'),
            docs: markdown::inline(&contract.docs),
            client: named(!model.methods.is_empty(), &model.name),
            function: named(!model.calls.is_empty(), &model.function),
            program: program.map(|program| program.trim_end().to_owned()),
            errors_example: example("Example_errors"),
            set_example: example("Example_set").unwrap_or_default(),
            failure_example: example("Example_failure"),
            retries_example: example("Example_retries"),
            headers_example: example("Example_headers"),
            decode_example: example("ExampleDecode").unwrap_or_default(),
            invocation_example: example("ExampleDecodeInvocation").unwrap_or_default(),
            has_kit: !model.methods.is_empty() || !model.calls.is_empty(),
            literal: error
                .map(|error| format!("&{package}.{}{{{}}}", error.name, error.sample.as_deref().unwrap_or_default())),
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
