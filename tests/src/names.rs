//! Names and texts of a contract: whatever they are, each output keeps its form and reads back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a panic is what is looked for"
)]

use crate::plain;
use proc_macro2::{Delimiter, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options as Extensions, Parser, Tag};
use quote::ToTokens;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use syn::visit::Visit;
use throwback_codegen::contract::Contract;
use throwback_codegen::{Failed, Options, emitted};
use throwback_gateway::{Call, Gateway};

/// The API whose texts are replaced, with parameters in path and query beside its own.
pub static CONTRACT: LazyLock<Value> = LazyLock::new(|| {
    let mut contract: Value =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/zoo.contract.json"))).unwrap();
    let text = json!({ "string": {} });
    let number = json!({ "int": { "bits": 64, "signed": false } });
    let field = |name: &str, ty: &Value| json!({ "name": name, "docs": "A parameter.", "ty": ty, "optional": true });
    let required = |name: &str| json!({ "name": name, "docs": "A place.", "ty": text });
    let members = [required("cage-id"), field("$filter", &text), field("top", &number)];
    let code = contract["errors"][0]["code"].clone();
    contract["docs"] = "The animals".into();
    contract["errors"][0]["typeUri"] = "https://docs.example.com/errors/".into();
    contract["errors"][0]["fields"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "name": "shown", "docs": "Shown twice.", "ty": text, "header": "X-Shown" }));
    contract["types"].as_array_mut().unwrap().push(json!({
        "name": "FindCages", "docs": "Which cages.", "shape": { "struct": members },
    }));
    contract["operations"].as_array_mut().unwrap().push(json!({
        "name": "find_cages", "method": "GET", "path": "/cages/{cage-id}", "docs": "Finds cages.",
        "input": { "ty": { "named": "FindCages" }, "path": [members[0]], "query": [members[1], members[2]] },
        "output": "any", "status": 200, "errors": [code],
    }));
    contract
});

/// Every text of a JSON value, by its pointer: the names of members are texts of the contract's form, not of an API.
pub fn texts(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, out: &mut Vec<String>) {
        match value {
            Value::String(_) => out.push(at.to_owned()),
            Value::Array(values) => {
                values.iter().enumerate().for_each(|(n, value)| walk(value, &format!("{at}/{n}"), out));
            }
            Value::Object(members) => {
                members.iter().for_each(|(name, value)| walk(value, &format!("{at}/{name}"), out));
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(value, "", &mut out);
    out
}

/// The fuzz target. The input is the number of a text of [`CONTRACT`] in its first two bytes, then what it becomes.
pub fn contract(data: &[u8]) {
    static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| texts(&CONTRACT));
    let Some((number, text)) = data.split_first_chunk::<2>() else { return };
    let pointer = &TEXTS[usize::from(u16::from_be_bytes(*number)) % TEXTS.len()];
    renamed(&[pointer], &String::from_utf8_lossy(text));
}

/// Whether the contract with another text in these places is written; the outputs that are hold no more than before.
pub fn renamed(pointers: &[&String], text: &str) -> bool {
    let mut changed = CONTRACT.clone();
    for pointer in pointers {
        *changed.pointer_mut(pointer).expect("a place in the contract") = text.into();
    }
    let pointer = pointers.first().map_or("", |first| first.as_str());
    let Ok(contract) = serde_json::from_value::<Contract>(changed) else { return false };
    let Ok(files) = outputs(&contract) else { return false };
    same_forms(&files, &format!("{pointer} = {text:?}"));
    let read: Contract = serde_json::from_str(&files["contract.json"]).expect("the contract is JSON");
    assert_eq!(read, contract, "{pointer} = {text:?}");
    events(&contract, &files["openapi.json"]);
    plain::holds(&contract).unwrap_or_else(|failed| panic!("{pointer} = {text:?}: {failed}"));
    true
}

fn outputs(contract: &Contract) -> Result<BTreeMap<String, String>, Failed> {
    let options = |client: &str| {
        let mut options = Options::default()
            .output("contract", "contract.json")
            .output("openapi", "openapi.json")
            .output("openapi-overlay", "openapi-overlay.json")
            .output("openapi-plain", "openapi-plain.json")
            .output("openapi-mock", "mock.json")
            .output("integration-responses", "documents")
            .output("cloudformation", "cloudformation")
            .output("sam", "sam")
            .output("serverless", "serverless")
            .output("step-functions", "steps")
            .output("terraform", "terraform")
            .output("rust-client", client)
            .output("vectors", "vectors.json");
        options.cors = Some("https://shop.example.com".to_owned());
        options
    };
    let mut files = emitted(contract, &options("client"))?;
    files.extend(emitted(contract, &options("client.rs"))?);
    Ok(files.into_iter().map(|(path, text)| (shown(&path), text)).collect())
}

fn shown(path: &Path) -> String {
    let path = path.to_str().expect("a path of ASCII").replace('\\', "/");
    assert!(
        path.is_ascii() || ["documents/", "cloudformation/", "steps/"].iter().any(|folder| path.starts_with(folder)),
        "{path:?} is a plain path"
    );
    assert!(!path.split('/').any(|part| matches!(part, "" | "." | "..")), "{path:?} leads nowhere else");
    path
}

/// Compares the forms of all outputs with those of the contract as it was.
fn same_forms(files: &BTreeMap<String, String>, what: &str) {
    static BEFORE: LazyLock<BTreeMap<&'static str, Value>> = LazyLock::new(|| {
        let contract = serde_json::from_value(CONTRACT.clone()).unwrap();
        forms(&outputs(&contract).unwrap_or_else(|failed| panic!("{failed}")))
    });
    let forms = forms(files);
    for (kind, before) in BEFORE.iter() {
        // The whole would fill pages.
        let (found, before) = (forms[kind].to_string(), before.to_string());
        let at = found.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text[at.saturating_sub(200)..(at + 200).min(text.len())].to_owned();
        assert!(found == before, "{what} changes the form of {kind}:\n{}\n{}", around(&found), around(&before));
    }
}

/// What each kind of output holds, its texts and names left out.
fn forms(files: &BTreeMap<String, String>) -> BTreeMap<&'static str, Value> {
    let mut forms = BTreeMap::new();
    let (mut documents, mut rust) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let extension = path.rsplit('.').next().unwrap();
        match (extension, path.as_str()) {
            ("json", "openapi.json") => {
                let gateway = Gateway::read(text).unwrap_or_else(|error| panic!("{error}"));
                assert!(gateway.warnings().is_empty(), "{:?}", gateway.warnings());
                forms.insert("openapi", form(&serde_json::from_str(text).unwrap()));
            }
            // What it has depends on which docs there are; what holds of all is asked of it elsewhere.
            ("json", "openapi-plain.json") => drop(serde_json::from_str::<Value>(text).unwrap()),
            // As many answers as there are codes, members and texts of theirs.
            ("json", "vectors.json" | "client/tests/vectors.json") => {
                drop(serde_json::from_str::<Value>(text).unwrap());
            }
            // A longer path has more resources.
            ("json", "cloudformation/template.json" | "cloudformation/resources.json") => {
                resources(&serde_json::from_str(text).unwrap());
            }
            ("json", _) => documents.push(form(&serde_json::from_str(text).unwrap())),
            ("toml", "client/Cargo.toml") => {
                let manifest: toml::Table = toml::from_str(text).unwrap();
                forms.insert("manifest", form(&serde_json::to_value(manifest).unwrap()));
            }
            ("toml", _) => drop(toml::from_str::<toml::Table>(text).unwrap()),
            // A line for each thing to put, whatever its name.
            ("sh", _) => drop(forms.insert("script", text.lines().count().into())),
            ("md", _) => drop(forms.insert("readme", markdown(text))),
            ("rs", _) => rust.push(self::rust(path, text)),
            _ => panic!("{path} is of no kind that is known"),
        }
    }
    documents.sort_by_key(Value::to_string);
    forms.insert("documents", documents.into());
    rust.sort_by_key(Value::to_string);
    forms.insert("rust", rust.into());
    forms
}

/// Asks of each resource that its logical id is one, and that it names nothing by a text of the contract's.
fn resources(template: &Value) {
    let resources = template.get("Resources").unwrap_or(template).as_object().unwrap();
    for (id, resource) in resources {
        assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id:?} is a logical id");
        references(resource, &|named| assert!(resources.contains_key(named) || NAMED.contains(&named), "{named:?}"));
    }
}

/// What templates name beside their own resources.
const NAMED: [&str; 4] = ["Api", "AuthorizationType", "FunctionArn", "StageName"];

/// Calls for each resource and parameter that is named in a value of CloudFormation's.
fn references(value: &Value, named: &dyn Fn(&str)) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| references(value, named)),
        Value::Object(members) => {
            members.get("Ref").and_then(Value::as_str).into_iter().for_each(named);
            members.values().for_each(|value| references(value, named));
        }
        _ => {}
    }
}

/// The form of JSON: how many members there are and of what kind, whatever their names and texts.
fn form(value: &Value) -> Value {
    match value {
        Value::String(_) => "text".into(),
        Value::Array(values) => values.iter().map(form).collect(),
        Value::Object(members) => {
            // A description that is empty is not there.
            let members = members
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "description" | "Description" | "title" | "docs"));
            let mut forms: Vec<_> = members.map(|(_, value)| form(value)).collect();
            forms.sort_by_key(Value::to_string);
            json!({ "members": forms })
        }
        other => other.clone(),
    }
}

/// The blocks of Markdown: nothing but texts and their emphasis differs.
fn markdown(text: &str) -> Value {
    let extensions = Extensions::ENABLE_TABLES | Extensions::ENABLE_FOOTNOTES | Extensions::ENABLE_STRIKETHROUGH;
    let blocks = Parser::new_ext(text, extensions).filter_map(|event| match event {
        Event::Start(tag) => Some(format!("{:?}", std::mem::discriminant(&tag))),
        Event::Html(_) => Some("html".to_owned()),
        Event::InlineHtml(html) => panic!("{html:?} is HTML"),
        Event::Code(_) => Some("code".to_owned()),
        _ => None,
    });
    blocks.map(Value::from).collect()
}

/// What a Rust file declares, its names left out.
fn rust(path: &str, text: &str) -> Value {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path} does not parse: {error}"));
    let mut declared = Declared::default();
    declared.visit_file(&file);
    assert!(!text.contains(ACTS), "{path} holds characters that do not show");
    json!(declared.0)
}

/// Characters that rustc refuses in comments, or that an editor does not show.
const ACTS: &[char] = &[
    '\0', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202e}',
    '\u{2066}', '\u{2069}', '\u{feff}',
];

#[derive(Default)]
struct Declared(Map<String, Value>);

impl Declared {
    fn count(&mut self, what: &str) {
        let count = self.0.get(what).and_then(Value::as_u64).unwrap_or_default();
        self.0.insert(what.to_owned(), (count + 1).into());
    }
}

impl<'a> Visit<'a> for Declared {
    fn visit_item(&mut self, item: &'a syn::Item) {
        let what = match item {
            syn::Item::Struct(_) => "struct",
            syn::Item::Enum(_) => "enum",
            syn::Item::Fn(_) => "fn",
            syn::Item::Impl(_) => "impl",
            syn::Item::Mod(_) => "mod",
            syn::Item::Use(_) => "use",
            syn::Item::Const(_) => "const",
            syn::Item::Macro(_) => "macro",
            other => panic!("`{}` has no place in a client", other.to_token_stream()),
        };
        self.count(what);
        syn::visit::visit_item(self, item);
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        self.count("field");
        syn::visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &'a syn::Variant) {
        self.count("variant");
        syn::visit::visit_variant(self, variant);
    }

    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        self.count("method");
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_expr_match(&mut self, expression: &'a syn::ExprMatch) {
        self.count("match");
        expression.arms.iter().for_each(|_| self.count("arm"));
        syn::visit::visit_expr_match(self, expression);
    }

    fn visit_macro(&mut self, called: &'a syn::Macro) {
        let name = called.path.to_token_stream().to_string();
        match name.as_str() {
            // As many entries as there are errors, or sets, or unions.
            "v1 :: declared" | "v1 :: error_sets" | "throwback :: client :: v1 :: unions" => {
                let braces =
                    called.tokens.clone().into_iter().filter(
                        |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace),
                    );
                braces.for_each(|_| self.count(&name));
            }
            "v1 :: connect" | "v1 :: failure" | "include_str" | "assert" | "panic" => {}
            _ => panic!("`{name}!` is called"),
        }
    }

    /// The docs of one item, all their lines.
    fn visit_attribute(&mut self, attribute: &'a syn::Attribute) {
        let name = attribute.path().to_token_stream().to_string();
        let known = ["doc", "derive", "serde", "non_exhaustive", "deprecated", "must_use", "allow", "cfg", "test"];
        assert!(known.contains(&name.as_str()) || ["forbid", "warn"].contains(&name.as_str()), "`#[{name}]` is set");
    }
}

/// Whether a doc comment holds code that rustdoc would run.
pub fn runs_code(docs: &str) -> bool {
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(docs, extensions).any(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => &*language != "text",
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
        _ => false,
    })
}

/// What a request template makes of each parameter arrives under its own name.
fn events(contract: &Contract, openapi: &str) {
    const VALUE: &str = "a\"b$c#d'e\\f";
    let gateway = Gateway::read(openapi).unwrap();
    for operation in contract.operations.iter().filter(|operation| !operation.input.query.is_empty()) {
        let route = gateway.routes().iter().find(|route| route.operation_id == operation.name).unwrap();
        let encoded = "a%22b%24c%23d%27e%5Cf";
        let query: Vec<_> =
            operation.input.query.iter().map(|field| format!("{}={encoded}", field.name.replace('$', "%24"))).collect();
        let mut call = Call::new(&route.method, &format!("/?{}", query.join("&")));
        let path = operation.input.path.iter().map(|field| (field.name.clone(), VALUE.to_owned()));
        call.path_parameters = path.collect();
        let event = route.event(&gateway, &mut call).unwrap_or_else(|response| panic!("{response:?}"));
        let event: Value = serde_json::from_str(&event).unwrap_or_else(|error| panic!("{error}: {event}"));
        assert_eq!(event["operation"], operation.name.as_str());
        let names: std::collections::BTreeSet<_> =
            operation.input.path.iter().chain(&operation.input.query).map(|field| field.name.as_str()).collect();
        assert_eq!(event["input"].as_object().unwrap().len(), names.len());
        for name in names {
            assert_eq!(event["input"][name], VALUE, "{name}");
        }
    }
}
