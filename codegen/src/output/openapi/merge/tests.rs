//! Documents as people write them get the errors and nothing else; what contradicts is said with both places.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::{Base, Data};
use crate::builder::Builder;
use crate::contract::Contract;
use crate::diagnostic::SourceFile;
use crate::options::Options;
use crate::output::{Cx, Read};
use proptest::prelude::*;
use std::fs;
use std::sync::Arc;
use tempfile::TempDir;

const SOURCE: &str = r#"
#[derive(serde::Deserialize)]
pub struct GetTea { pub tea_id: String }

#[derive(serde::Serialize)]
pub struct Tea { pub name: String }

#[derive(Debug, thiserror::Error, ApiError)]
pub enum GetTeaError {
    /// There is no such tea.
    #[error("no tea {tea_id}")]
    #[api_error(status = 404)]
    TeaNotFound { tea_id: String },
}

/// Reads a tea.
#[operation(GET, "/teas/{tea_id}")]
pub async fn get_tea(event: LambdaEvent<Payload<GetTea>>) -> Result<Tea, GetTeaError> { todo() }
"#;

/// A package with a document of its own.
struct Package(TempDir);

impl Package {
    fn new(name: &str, base: &str, configured: &str) -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        this.write("Cargo.toml", "[package]\nname = \"teas\"\nversion = \"1.2.3\"\n");
        fs::create_dir(this.0.path().join("src")).unwrap();
        this.write("src/lib.rs", SOURCE);
        this.write(name, base);
        let openapi = format!("openapi = {{ path = \"merged\", base = \"{name}\" }}\n{configured}\n");
        this.write("throwback.toml", &openapi);
        this
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.0.path().join(path), text).unwrap();
    }

    fn merged(&self) -> Result<String, String> {
        let generated = Builder::project(self.0.path()).generate().map_err(|failed| failed.render(false))?;
        assert!(generated.inputs.iter().any(|input| input.starts_with(self.0.path()) && input.extension().is_some()));
        Ok(fs::read_to_string(self.0.path().join("merged")).unwrap())
    }
}

fn read(text: &str) -> Data {
    let file = SourceFile { real: "api".into(), path: "api".into(), text: text.to_owned() };
    Base::parse(Arc::new(file)).unwrap_or_else(|failed| panic!("{failed}\n{text}")).data
}

/// The document with the errors: it holds the base from its first byte to its last, and the same again changes nothing.
fn merged(base: &str) -> (String, Data) {
    let of = |base: &str| Package::new("api", base, "").merged();
    let text = of(base).unwrap_or_else(|failed| panic!("{failed}\n{base}"));
    let mut rest = text.as_str();
    for c in base.chars() {
        rest = &rest[rest.find(c).unwrap_or_else(|| panic!("{base}\n---\n{text}")) + c.len_utf8()..];
    }
    for line in base.lines().filter(|line| !line.replace("{tea_id}", "").contains(['{', '}'])) {
        assert!(text.contains(line.trim_matches(['\r', ',', '\u{feff}'])), "{line}\n---\n{text}");
    }
    assert_eq!(of(&text).unwrap(), text, "once more is once");
    let data = read(&text);
    (text, data)
}

fn codes(data: &Data) -> Vec<String> {
    let responses = data.at(&["paths", "/teas/{tea_id}", "get", "responses"]).unwrap();
    responses.members().map(|(status, _)| status.clone()).collect()
}

#[test]
fn every_way_to_write_a_document_takes_the_errors() {
    let bases = [
        // As most do.
        "openapi: 3.0.3\ninfo: {title: Teas, version: '1'} # ours\npaths:\n  /teas/{tea_id}:\n    get:\n      responses:\n        '200':\n          description: A tea # good\n",
        // Wide, numbers for statuses, comments at the end, no line end.
        "# Teas\nopenapi: \"3.0.0\"\npaths:\n    \"/teas/{tea_id}\":\n        get:\n            tags:\n            - a\n            responses:\n                200:\n                    description: |\n                        A tea.\n\n\n                # no more\n# the end",
        // An object in braces, and one that is empty.
        "openapi: 3.0.3\npaths:\n  /teas/{tea_id}:\n    get: {responses: {200: {description: A tea}}, summary: x}\ncomponents: {}\n",
        "openapi: 3.0.3\ncomponents: {schemas: {  } , }\t# none\npaths: {/teas/{tea_id}: {get: {responses: {}}}}\n"
            .replace("/teas/{tea_id}", "\"/teas/{tea_id}\"")
            .leak(),
        // Nothing where something is to come.
        "openapi: 3.0.3\npaths:\n  /teas/{tea_id}:\n    get:\n      responses: # to come\n      # soon\n      tags: [a]\ncomponents:\n",
        "openapi: 3.0.3\npaths:\n  /teas/{tea_id}: {get: {summary: a, responses: }}\n",
        // A block that keeps its lines, before what comes in.
        "openapi: 3.0.3\npaths:\n  /teas/{tea_id}:\n    get:\n      responses:\n        '200':\n          description: |+\n            A tea.\n\n\n      summary: >-\n        folded\n\n",
        // An anchor elsewhere, a merge key, a tag, questions.
        "openapi: !!str 3.0.3\nx-shared: &shared\n  tags: [a]\npaths:\n  /teas/{tea_id}:\n    ? get\n    : <<: *shared\n      responses:\n        \"200\": {description: ok}\n",
        // Marks of a document.
        "---\nopenapi: 3.0.3\npaths:\n  /teas/{tea_id}:\n    get:\n      responses:\n        '200':\n          description: 'A\n            tea'\n...\n",
        "%YAML 1.2\n---\nopenapi: 3.1.0\npaths:\n  /teas/{tea_id}:\n    get:\n      responses:\n        '200':\n          description: ok\n",
        // JSON in all widths.
        "{\"openapi\":\"3.0.3\",\"paths\":{\"/teas/{tea_id}\":{\"get\":{\"responses\":{\"200\":{\"description\":\"ok\"}}}}}}",
        "{\n\t\"openapi\": \"3.0.3\",\n\t\"paths\": {\n\t\t\"/teas/{tea_id}\": {\n\t\t\t\"get\": {\n\t\t\t\t\"responses\": {\n\t\t\t\t\t\"200\": { \"description\": \"\\ud83c\\udf75\\/\" }\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t},\n\t\"components\": {}\n}\n",
        "{\n  \"openapi\": \"3.1.0\", \"paths\": {\"/teas/{tea_id}\": {\"get\": {\"responses\": {}, \"summary\": \"x\"}}}\n}\n",
    ];
    for base in bases {
        for text in [base.to_owned(), base.replace('\n', "\r\n"), format!("\u{feff}{base}")] {
            let (text, data) = merged(&text);
            let codes = codes(&data);
            let ours = ["400", "404", "500", "504", "default"];
            assert!(codes.ends_with(&ours.map(str::to_owned)), "{codes:?}\n{text}");
            let schema = data.at(&["components", "schemas", "TeaNotFound", "properties", "tea_id", "type"]);
            assert_eq!(schema.and_then(Data::text), Some("string"), "{text}");
            assert!(data.at(&["components", "schemas", "Tea"]).is_none(), "{text}");
        }
    }
}

#[test]
fn what_is_added_is_written_as_what_stands_around_it() {
    let base = "openapi: 3.0.3\npaths:\n    /teas/{tea_id}:\n        get:\n            tags:\n            - tea\n            responses:\n                \"200\":\n                    description: \"A tea\"\n                # that was all\n        # nobody deletes\n";
    let (text, _) = merged(base);
    let expected = "                # that was all\n                \"400\":\n                    description: The input does not fit the operation\n                    headers:\n                        x-error-code:\n                            schema:\n                                type: string\n";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("            required:\n            - code\n"), "{text}");
    assert!(
        text.starts_with("# Generated by throwback ")
            && text.contains("        # nobody deletes\ncomponents:\n    schemas:\n"),
        "{text}"
    );
}

/// One of API Gateway's, with a response of theirs for an error.
const GATEWAY: &str = "openapi: 3.0.1\npaths:\n  /teas/{tea_id}:\n    get:\n      responses:\n        '200': {description: ok}\n        '404':\n          description: Not here\n      x-amazon-apigateway-integration:\n        type: AWS\n        uri: arn:mine\n        httpMethod: POST\n        responses:\n          default: {statusCode: 200}\n";

#[test]
fn an_integration_gets_what_it_lacks() {
    let (text, data) = merged(GATEWAY);
    let get = data.at(&["paths", "/teas/{tea_id}", "get"]).unwrap();
    let integration = get.at(&["x-amazon-apigateway-integration"]).unwrap();
    for (name, value) in [("uri", "arn:mine"), ("type", "AWS"), ("passthroughBehavior", "never")] {
        assert_eq!(integration.at(&[name]).and_then(Data::text), Some(value), "{text}");
    }
    let not_found = [r"responses", r"^\[(?:TeaNotFound)\] [\s\S]*", "statusCode"];
    assert_eq!(integration.at(&not_found).and_then(Data::text), Some("404"), "{text}");
    assert!(integration.at(&["requestTemplates", "application/json"]).is_some(), "{text}");
    let described = get.at(&["responses", "404"]).unwrap();
    assert_eq!(described.at(&["description"]).and_then(Data::text), Some("Not here"));
    assert!(described.at(&["content", "application/problem+json"]).is_some(), "{text}");
    assert!(get.at(&["responses", "default"]).is_none(), "{text}");
    assert!(data.at(&["x-amazon-apigateway-gateway-responses", "THROTTLED"]).is_some(), "{text}");
    // Behind another front the function writes the answers.
    let proxy = GATEWAY.replace("type: AWS", "type: aws_proxy");
    let text = Package::new("api.yaml", &proxy, "front = \"rest-proxy\"").merged().unwrap();
    let integration = read(&text).at(&["paths", "/teas/{tea_id}", "get", "x-amazon-apigateway-integration"]).cloned();
    assert_eq!(integration.unwrap().at(&["responses"]).unwrap().members().count(), 1, "{text}");
}

#[test]
fn without_an_integration_the_function_has_to_be_known() {
    let base = GATEWAY.replace("x-amazon-apigateway-integration", "x-amazon-apigateway-other");
    let refused = Package::new("api.yaml", &base, "").merged().unwrap_err();
    assert!(refused.contains("has no `x-amazon-apigateway-integration`"), "{refused}");
    let arn = "function = \"arn:aws:lambda:eu-west-1:1:function:teas\"";
    let text = Package::new("api.yaml", &base, arn).merged().unwrap();
    let default = ["paths", "/teas/{tea_id}", "get", "x-amazon-apigateway-integration", "responses", "default"];
    assert_eq!(read(&text).at(&default).unwrap().members().count(), 1, "{text}");
}

#[track_caller]
fn refused(base: &str, sentences: &[&str]) {
    let refused = Package::new("api.yaml", base, "").merged().expect_err(base);
    for sentence in sentences {
        assert!(refused.contains(sentence), "{sentence}\n---\n{refused}");
    }
    assert!(refused.ends_with("; nothing was written"), "{refused}");
}

#[test]
fn contradictions_are_said_all_at_once_with_both_places() {
    let base = r#"openapi: 3.0.1
paths:
  /teas/{tea_id}:
    get:
      responses:
        '200': {description: ok}
        '404':
          description: Not here
          content:
            application/json:
              schema: {type: object}
        '500':
          $ref: '#/components/responses/Failed'
      x-amazon-apigateway-integration:
        type: aws
        requestTemplates: {application/json: '{}'}
        responses:
          '.*TeaNotFound.*': {statusCode: '404'}
          '^$': {statusCode: '200'}
          '^\[(?:TeaNotFound)\] [\s\S]*': {statusCode: '410'}
          default: {statusCode: '500'}
components:
  responses:
    Failed: {description: failed}
  schemas:
    TeaNotFound: {type: object}
    InternalError:
      description: Whatever
      type: object
x-amazon-apigateway-gateway-responses:
  THROTTLED:
    statusCode: 503
    responseParameters: {gatewayresponse.header.x-mine: "'1'"}
"#;
    refused(
        base,
        &[
            "the response `404` of `GET /teas/{tea_id}` is `application/json` here, and `application/problem+json` of ours",
            "api.yaml:9:11",
            "src/lib.rs",
            "the response `500` of `GET /teas/{tea_id}` is one that others name as well",
            "this pattern of `GET /teas/{tea_id}` takes what ours take: the message \"[TeaNotFound] \" selects it and our `404`",
            "`statusCode` of this integration response of `GET /teas/{tea_id}` is another than ours",
            "the `default` of `GET /teas/{tea_id}` is an error",
            "the schema `TeaNotFound` is another than the one of ours",
            "the schema `InternalError` is another",
            "`statusCode` of the gateway response `THROTTLED` is another than ours",
            "8 mistakes; nothing was written",
        ],
    );
}

#[test]
fn operations_are_known_by_their_ids_and_their_routes() {
    let of = |path: &str, verb: &str, id: &str| {
        format!(
            "openapi: 3.0.3\npaths:\n  {path}:\n    {verb}:\n      operationId: {id}\n      responses:\n        '200': {{description: ok}}\n"
        )
    };
    refused(
        &of("/teas", "get", "listTeas"),
        &["this document has no operation `GET /teas/{tea_id}`, which is `get_tea`", "src/lib.rs"],
    );
    refused(
        &of("/teas", "get", "get_tea"),
        &["the operation `get_tea` is `GET /teas` here, and `GET /teas/{tea_id}` in the contract"],
    );
    let twice = of("/teas/{id}", "get", "a") + &of("/teas/{tea}", "get", "b")["openapi: 3.0.3\npaths:\n".len()..];
    refused(&twice, &["`/teas/{id}` and `/teas/{tea}` are one route to API Gateway: keep one"]);
    let package = Package::new("api.yaml", &of("/teas/{id}", "get", "readTea"), "");
    assert!(package.merged().unwrap().contains("application/problem+json"));
    let notes = Builder::project(package.0.path()).check().unwrap().notes;
    assert_eq!(
        notes,
        [
            "`/teas/{id}` of `api.yaml` is `/teas/{tea_id}` in the contract: one route, whose parameters have other names"
        ]
    );
    // Our template would look for a parameter that is not there.
    let gateway = GATEWAY.replace("{tea_id}", "{id}");
    refused(
        &gateway,
        &["calls the parameters of its path otherwise than the contract, and our request template would not find them"],
    );
}

#[test]
fn what_stands_at_two_places_is_left_alone() {
    let of = |paths: &str| {
        format!("openapi: 3.0.3\nx-a: &a\n  '200': {{description: ok}}\npaths:\n  /teas/{{tea_id}}:\n    get:\n{paths}")
    };
    refused(&of("      responses: *a\n"), &["this is an alias", "api.yaml:7:18", "write it out here"]);
    refused(
        &of("      responses: &b\n        <<: *a\n    put:\n      responses: *b\n"),
        &["this has an anchor", "api.yaml:7:7"],
    );
    let merged = "      <<: &c\n        responses: *a\n";
    refused(&of(merged), &["`<<` brings `responses`"]);
    let fine = of("      responses:\n        <<: *a\n");
    assert!(Package::new("api.yaml", &fine, "").merged().unwrap().contains("        <<: *a\n        '400':\n"));
}

#[test]
fn what_is_no_base_is_refused_with_its_place() {
    for (base, sentence) in [
        ("swagger: '2.0'\n", "this document is of OpenAPI 2.0, and a base is of 3.0 or 3.1"),
        ("openapi: 3.2.0\n", "this document is of OpenAPI \"3.2.0\""),
        ("openapi: 4\n", "this document is of OpenAPI \"4\""),
        ("Resources: {}\n", "this is no OpenAPI document"),
        ("- a\n", "this is no OpenAPI document"),
        ("", "there is nothing in this file"),
        ("a: [\n", "this is neither JSON nor YAML"),
        ("openapi: 3.0.0\nopenapi: 3.0.1\n", "`openapi` stands here twice"),
        ("openapi: 3.0.0\n---\na: 1\n", "a second document begins here"),
        ("? [a]\n: 1\n", "the name of a member has to be a text"),
        ("a: &a [*a]\n", "an alias of something that is not whole yet"),
        ("openapi: 3.0.0\npaths: null\n", "this document has no operation"),
        ("openapi: 3.0.0\npaths:\n  /teas/{tea_id}:\n    get:\n      responses: ~\n", "`null` stands here"),
        ("openapi: 3.0.0\npaths:\n  /teas/{tea_id}:\n    get:\n      responses: [a]\n", "an object is expected here"),
        (&"[".repeat(10_000), "recursion limit"),
        (&("[".repeat(150) + &"]".repeat(150)), "nested deeper"),
    ] {
        refused(base, &[sentence]);
    }
    let line = |n: u32| format!("a{n}: &a{n} [{}]", vec![format!("*a{}", n - 1); 9].join(","));
    let bomb = ["a0: &a0 [x]".to_owned()].into_iter().chain((1..60).map(line)).collect::<Vec<_>>().join("\n");
    refused(&bomb, &["more than 1000000 values"]);
    let missing = Package::new("api.yaml", "", "");
    fs::remove_file(missing.0.path().join("api.yaml")).unwrap();
    assert!(missing.merged().unwrap_err().contains("can't read `api.yaml`, the `base` of `openapi`"));
    let same = Package::new("merged", "openapi: 3.0.0\n", "");
    assert!(same.merged().unwrap_err().contains("merged"));
}

/// Two outputs may have one base.
#[test]
fn a_mistake_is_said_once() {
    let package =
        Package::new("api.yaml", "swagger: '2.0'\n", "openapi-overlay = { path = \"o\", base = \"./api.yaml\" }");
    assert!(package.merged().unwrap_err().ends_with("1 mistake; nothing was written"));
}

#[test]
fn a_base_says_who_may_call() {
    let package = Package::new("api.yaml", GATEWAY, "");
    assert_eq!(Builder::project(package.0.path()).check().unwrap().notes, Vec::<String>::new());
    let later = Package::new("api.yaml", &GATEWAY.replace("3.0.1", "3.1.0"), "");
    let notes = Builder::project(later.0.path()).check().unwrap().notes;
    assert!(notes[0].contains("`api.yaml` is of OpenAPI 3.1, which API Gateway does not import"), "{notes:?}");
    assert!(!later.merged().unwrap().contains("passthroughBehavior"));
}

/// Whatever the contract says, what is added reads back: it is compared before it is written.
#[test]
fn hostile_texts_are_read_back() {
    let hostile = "*/ ' \" \\ # : - {}[]\n\n  indented\n---\n%YAML\t\u{85}\u{2028}\u{feff}\u{7f}\u{1f375} &a *b !c";
    let (_, contract) = contract_with(hostile);
    let base = "openapi: 3.0.3\npaths:\n  /teas/{tea_id}:\n    get:\n      responses: {}\ncomponents:\n  schemas:\n    A: {}\n";
    for base in [base, "{\"openapi\":\"3.1.0\",\"paths\":{\"/teas/{tea_id}\":{\"get\":{}}}}"] {
        let options = Options::default();
        let cx = Cx::new(&contract, &options).unwrap_or_else(|failed| panic!("{failed}"));
        let merge =
            super::Merge::new(&cx, &Read { path: "api".into(), real: "api".into(), text: base.to_owned() }).unwrap();
        let text = merge.text(&cx).unwrap_or_else(|failed| panic!("{failed}"));
        let docs = read(&text).at(&["components", "schemas", "TeaNotFound", "description"]).cloned();
        assert_eq!(docs.unwrap().text().unwrap(), hostile.replace("*/", "* /"), "{text}");
    }
}

#[test]
fn a_base_is_never_forgotten() {
    // Where no output is asked for, build.rs and the program write some by default.
    let package = Package::new("api.yaml", GATEWAY, "");
    package.write("throwback.toml", "openapi-base = \"api.yaml\"\n");
    Builder::project(package.0.path()).generate().unwrap();
    let text = fs::read_to_string(package.0.path().join("generated/openapi.json")).unwrap();
    assert!(text.contains("uri: arn:mine"), "{text}");
    // Options of no project have no folder.
    let (_, contract) = contract_with("");
    let mut options = Options::default().output("openapi", "openapi.json");
    options.say("openapi-base", "api.yaml".into()).unwrap();
    let failed = crate::emitted(&contract, &options).unwrap_err();
    assert!(failed.to_string().contains("nobody has read the base `api.yaml`"), "{failed}");
}

/// A document with something else at some places: no text of anybody's makes it panic, and what comes out holds it whole.
#[test]
fn whatever_stands_in_a_base_is_kept_or_refused() {
    let (_, contract) = contract_with("A tea.\n\nOf them.");
    let options = Options::default();
    let cx = Cx::new(&contract, &options).unwrap_or_else(|failed| panic!("{failed}"));
    let bases = [
        GATEWAY.to_owned(),
        "openapi: 3.0.3\npaths:\n  /teas/{tea_id}:\n    get: &a\n      responses: {'200': {description: |-\n}, }\n    put: *a\n".to_owned(),
        "openapi: 3.1.0\nx: &x {a: [1, 2]}\npaths:\n  /teas/{tea_id}:\n    get:\n      <<: *x\n      responses:\n        200:\n          description: |+\n            a\n\n\n      # b\ncomponents:\n".to_owned(),
        "{\"openapi\":\"3.0.3\",\n \"paths\": {\"/teas/{tea_id}\":{\"get\":{\"responses\":{}\n}}}}".to_owned(),
    ];
    let parts = [
        "\n", "\r\n", " ", "  ", "\t", "{", "}", "[", "]", ",", ":", ": ", "#", " # é", "'", "\"", "&a ", "*a", "- ",
        "? ", "| ", "|\n", "~", "!x ", "é", "\u{feff}", "---\n", "<<: ", "null", "",
    ];
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..parts.len(), 0..4_usize), 0..4);
    let result = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(CASES)).run(
        &(0..bases.len(), edits),
        |(base, edits)| {
            let mut text: Vec<char> = bases[base].chars().collect();
            for (at, part, gone) in edits {
                let at = at.index(text.len());
                text.splice(at..(at + gone).min(text.len()), parts[part].chars());
            }
            let text: String = text.into_iter().collect();
            let read = Read { path: "api".into(), real: "api".into(), text: text.clone() };
            if let Ok(merged) = super::Merge::new(&cx, &read).and_then(|merge| merge.text(&cx)) {
                let mut rest = merged.chars();
                prop_assert!(text.chars().all(|c| rest.any(|other| other == c)), "{}", merged);
            }
            Ok(())
        },
    );
    result.unwrap();
}

const CASES: u32 = 256;

/// The contract of the package with these docs.
fn contract_with(docs: &str) -> (Package, Contract) {
    let package = Package::new("api.yaml", GATEWAY, "");
    let mut contract = Builder::project(package.0.path()).check().unwrap().contract;
    contract.errors[0].docs = docs.to_owned();
    (package, contract)
}
