//! How generation grows with the number of errors: from source to contract and OpenAPI, and with the clients.
//!
//! The source is written for the purpose: enums of fifty errors, or of ten, half of them with a list of structs, flattened
//! into the enum of an operation each; the first is shared by all operations. Nothing is written to the disk.
#![allow(missing_docs)]

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use throwback_codegen::{Builder, Failed, Generated};
use throwback_measure::Comparison;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

/// How many errors an enum has.
const ENUM: usize = 50;

const STATUSES: [(u16, &str); 8] = [
    (400, ""),
    (404, ""),
    (409, ""),
    (410, ""),
    (422, ""),
    (429, ""),
    (500, ", expose"),
    (503, ", expose, retry = backoff"),
];

/// A package with `count` errors.
fn package(folder: &Path, count: usize) -> std::io::Result<()> {
    grouped(folder, count, ENUM)
}

/// A package with `count` errors over a tenth as many operations.
fn many_operations(folder: &Path, count: usize) -> std::io::Result<()> {
    grouped(folder, count, 10)
}

fn grouped(folder: &Path, count: usize, size: usize) -> std::io::Result<()> {
    let source = folder.join("src");
    std::fs::create_dir_all(&source)?;
    std::fs::write(folder.join("Cargo.toml"), "[package]\nname = \"shop\"\nversion = \"1.0.0\"\n")?;
    let numbers: Vec<_> = (0..count).collect();
    let mut root = String::new();
    for (group, numbers) in numbers.chunks(size).enumerate() {
        let _ = writeln!(root, "mod group{group};");
        std::fs::write(source.join(format!("group{group}.rs")), module(group, numbers))?;
    }
    std::fs::write(source.join("lib.rs"), root)
}

/// One module: an enum, the types that it names, and an operation that can return it.
fn module(group: usize, numbers: &[usize]) -> String {
    let mut text = format!(
        r#"//! Group {group}.

use serde::{{Deserialize, Serialize}};
use throwback::lambda_runtime::LambdaEvent;
use throwback::{{ApiError, Payload, operation}};

/// A line of an order that can't be filled.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line{group} {{
    /// The article.
    pub sku: String,
    pub wanted: u32,
    pub left: Option<u32>,
    pub warehouses: Vec<Warehouse{group}>,
}}

/// Where the article lies.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Warehouse{group} {{
    pub name: String,
    pub days_away: Option<u8>,
}}

#[derive(Deserialize)]
pub struct Input{group} {{
    pub order_id: String,
}}

#[derive(Serialize)]
pub struct Output{group} {{
    pub id: String,
    pub lines: Vec<String>,
}}

/// What can go wrong in group {group}.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/errors/")]
pub enum Group{group}Error {{
"#
    );
    for &number in numbers {
        let (status, more) = STATUSES[number % STATUSES.len()];
        let fields = if number % 2 == 0 {
            "order_id: String, attempts: u32".to_owned()
        } else {
            format!(
                "/// The order that was asked for.\n        order_id: String,\n        lines: Vec<Line{group}>,\n        wait: Option<u64>"
            )
        };
        let _ = write!(
            text,
            "    /// The order can't be filled, for reason {number}.\n    ///\n    /// Ask again tomorrow.\n    \
             #[error(\"order {{order_id}}\")]\n    #[api_error(status = {status}{more})]\n    \
             Reason{number} {{\n        {fields},\n    }},\n"
        );
    }
    let shared = if group == 0 {
        ""
    } else {
        "    #[error(transparent)]\n    #[api_error(flatten)]\n    Shared(#[from] crate::group0::Group0Error),\n"
    };
    let _ = write!(
        text,
        r#"}}

#[derive(Debug, thiserror::Error, ApiError)]
pub enum Operation{group}Error {{
    #[error(transparent)]
    #[api_error(flatten)]
    Own(#[from] Group{group}Error),
{shared}}}

/// Does what group {group} is for.
#[operation(GET, "/group{group}/{{order_id}}")]
pub async fn operation{group}(
    event: LambdaEvent<Payload<Input{group}>>,
) -> Result<Output{group}, Operation{group}Error> {{
    std::future::pending().await
}}
"#
    );
    text
}

/// One run. Each run of the program is a process; here the spans of the last one would pile up.
fn run(builder: &Builder) -> Result<Generated, Failed> {
    proc_macro2::extra::invalidate_current_thread_spans();
    builder.check()
}

/// Writes a package with `count` errors, and makes what generates from it.
fn set_up(
    count: usize,
    write: fn(&Path, usize) -> std::io::Result<()>,
    outputs: fn(Builder) -> Builder,
) -> impl FnMut() {
    let folder = folder(count, write);
    let builder = outputs(Builder::project(folder.path()));
    let generated = run(&builder).unwrap_or_else(|failed| panic!("{failed}"));
    assert_eq!(generated.contract.errors.len(), count);
    move || {
        let _ = (&folder, black_box(run(&builder)));
    }
}

fn folder(count: usize, write: fn(&Path, usize) -> std::io::Result<()>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().and_then(|folder| write(folder.path(), count).map(|()| folder));
    folder.unwrap_or_else(|error| panic!("no package to read: {error}"))
}

/// The least that any reading of the source costs: syn's own parser.
fn parse(count: usize) -> impl FnMut() {
    let folder = folder(count, package);
    let files = std::fs::read_dir(folder.path().join("src")).into_iter().flatten().flatten();
    let texts: Vec<_> = files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
    move || {
        proc_macro2::extra::invalidate_current_thread_spans();
        for text in &texts {
            let _ = black_box(syn::parse_file(text));
        }
    }
}

/// How generation grows.
fn generate(count: usize) -> Comparison {
    let comparison = Comparison::new(format!("generate, {count} errors")).slow();
    let comparison = if count > 1_000 { comparison.uncounted() } else { comparison };
    comparison
        .case("contract and OpenAPI", move || set_up(count, package, openapi))
        .case("with the Rust client", move || set_up(count, package, |builder| openapi(builder).rust_client("rust")))
        .case("syn::parse_file of the source", move || parse(count))
}

fn openapi(builder: Builder) -> Builder {
    builder.openapi("openapi.json")
}

fn all(builder: Builder) -> Builder {
    builder.typescript_client("typescript").go_client("go").python_client("python").java_client("java")
}

/// The clients, over a hundred operations: of one language each, and the contract alone that all of them read.
fn clients(count: usize) -> Comparison {
    Comparison::new(format!("clients, {count} errors over {} operations", count / 10))
        .slow()
        .case("contract", move || set_up(count, many_operations, |builder| builder.contract("contract.json")))
        .case("TypeScript", move || set_up(count, many_operations, |builder| builder.typescript_client("typescript")))
        .case("Go", move || set_up(count, many_operations, |builder| builder.go_client("go")))
        .case("Python", move || set_up(count, many_operations, |builder| builder.python_client("python")))
        .case("Java", move || set_up(count, many_operations, |builder| builder.java_client("java")))
        .case("TypeScript, Go, Python and Java", move || set_up(count, many_operations, all))
}

/// The statuses of one operation that has many.
const MANY: [u16; 20] =
    [400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 415, 422, 423, 424, 429, 500, 503];

/// A package with one operation that can return `count` errors over twenty statuses.
fn wide(folder: &Path, count: usize) -> std::io::Result<()> {
    let source = folder.join("src");
    std::fs::create_dir_all(&source)?;
    std::fs::write(folder.join("Cargo.toml"), "[package]\nname = \"shop\"\nversion = \"1.0.0\"\n")?;
    let mut text = "#[derive(Debug, thiserror::Error, ApiError)]\npub enum Wide {\n".to_owned();
    for number in 0..count {
        let status = MANY[number % MANY.len()];
        let _ =
            write!(text, "#[error(\"\")]\n#[api_error(status = {status})]\nOrder{number}NotFoundInThatWarehouse,\n");
    }
    text += "}\n#[operation(POST, \"/wide\")]\npub async fn wide(_: LambdaEvent<Payload<()>>) -> Result<(), Wide> { Ok(()) }\n";
    std::fs::write(source.join("lib.rs"), text)
}

/// One operation with many codes, whose patterns are proved: nearly all of the time is the proof's.
fn prove(count: usize) -> Comparison {
    Comparison::new(format!("prove, {count} errors over twenty statuses"))
        .slow()
        .case("contract and OpenAPI", move || set_up(count, wide, openapi))
}

fn main() -> ExitCode {
    let generate = SIZES.into_iter().map(generate);
    throwback_measure::main(generate.chain([10, 100, 1_000].map(prove)).chain([clients(1_000)]).collect())
}
