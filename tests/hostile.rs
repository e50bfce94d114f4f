//! The fuzz targets' bodies on stable: over the corpus, over what grows, over real inputs with arbitrary edits, and over
//! arbitrary bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use std::fs;
use std::path::Path;
use throwback_tests::hostile::{Body, TARGETS};

fn body(target: &str) -> Body {
    TARGETS.iter().find(|(name, _)| *name == target).expect("a target of this name").1
}

/// The files of a target's folder in the corpus.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let paths = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has samples");
    files
}

/// The fuzz targets are a workspace of their own, which is built by hand: what they call is there for them.
#[test]
fn every_fuzz_target_has_its_body() {
    use throwback_tests::hostile::{contract, decoder, document, event, pattern, scanner, template};
    let bodies: [(&str, Body); 7] = [
        ("contract", contract),
        ("decoder", decoder),
        ("document", document),
        ("event", event),
        ("pattern", pattern),
        ("scanner", scanner),
        ("template", template),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/fuzz_targets");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut called = TARGETS.map(|(name, _)| name);
    called.sort_unstable();
    assert_eq!(called, bodies.map(|(name, _)| name));
    assert_eq!(files.len(), bodies.len());
    for (file, (name, _)) in files.iter().zip(bodies) {
        assert_eq!(file.file_stem().unwrap(), name);
        let text = fs::read_to_string(file).unwrap();
        assert!(text.contains(&format!("throwback_tests::hostile::{name}(data)")), "{name}: {text}");
    }
}

#[test]
fn the_corpus_holds() {
    for (target, body) in TARGETS {
        for (name, data) in corpus(target) {
            assert!(data.len() <= 16 * 1024, "{target}/{name} is small");
            eprintln!("{target}/{name}");
            body(&data);
        }
    }
}

/// A start, a piece that is repeated so many times, what stands in the middle, the piece that closes each, and an end.
type Growth = (&'static str, &'static str, usize, &'static str, &'static str, &'static str);

/// Runs a target on inputs that grow until a parser that calls itself would overflow its stack, or one that looks ahead
/// each time would never end.
fn grows(target: &str, growths: &[Growth]) {
    for &(start, piece, times, middle, close, end) in growths {
        eprintln!("{start}{piece} × {times}");
        body(target)(format!("{start}{}{middle}{}{end}", piece.repeat(times), close.repeat(times)).as_bytes());
    }
}

#[test]
fn source_may_nest() {
    grows(
        "scanner",
        &[
            ("fn f() {", "(", 20_000, "", ")", "}"),
            ("fn f() {", "!", 20_000, "a", "", "}"),
            ("fn f() {", "1 - ", 20_000, "1", "", "}"),
            ("fn f() { a", ".b()", 20_000, "", "", "}"),
            ("fn f() { if a {}", " else if a {}", 5_000, "", "", "}"),
            ("type A = ", "&", 20_000, "u8", "", ";"),
            ("type A = ", "Vec<", 5_000, "u8", ">", ";"),
            ("use ", "a::", 20_000, "b", "", ";"),
            ("", "mod a {", 10_000, "", "}", ""),
            ("", "m! {", 20_000, "", "}", ""),
            ("#[derive(ApiError)] enum E { ", "A, ", 1_000, "", "", "}"),
        ],
    );
    let chain =
        |first: &str, piece: &dyn Fn(usize) -> String| first.to_owned() + &(0..1000).map(piece).collect::<String>();
    let handler = "#[operation(GET, \"/a\")] async fn a(event: LambdaEvent<Payload<()>>) -> Result<T0, E0> {}\n";
    for source in [
        chain(handler, &|n| format!("type T{n} = T{};\n", n + 1)),
        chain(handler, &|n| format!("#[derive(Serialize)] struct T{n} {{ a: T{} }}\n", n + 1)),
        chain(handler, &|n| format!("#[derive(ApiError)] enum E{n} {{ #[api_error(flatten)] A(E{}) }}\n", n + 1)),
    ] {
        body("scanner")(source.as_bytes());
    }
}

#[test]
fn documents_may_nest_and_repeat() {
    let long = "a".repeat(200_000);
    let wrong: String = (0..5_000).map(|n| format!("\"x{n}\":0,")).collect();
    let document =
        format!(r#"{{"openapi":"3.0.1","paths":{{"/{long}":{{"get":{{"responses":{{{wrong}"200":{{}}}}}}}}}}}}"#);
    body("document")(document.as_bytes());
    grows(
        "document",
        &[
            ("", "[", 200_000, "", "]", ""),
            (r#"{"openapi":"3.0.1","paths":{"/a":"#, r#"{"get":"#, 5_000, "0", "}", "}}"),
            (r#"{"openapi":"3.0.1","paths":{"/"#, "{a}/", 5_000, "b", "", r#"":{"get":{}}}}"#),
        ],
    );
}

#[test]
fn templates_may_nest_and_repeat() {
    grows(
        "template",
        &[
            ("", "$", 140_000, "a", "", ""),
            ("", "\\", 100_000, "$a", "", ""),
            ("", " #", 100_000, "a", "", ""),
            ("", "#if(true)", 10_000, "a", "#end", ""),
            ("#set($a=", "[", 10_000, "1", "]", ")$a"),
            ("#set($a=", "!", 10_000, "true", "", ")$a"),
            ("#set($a=1", "+1", 20_000, "", "", ")$a"),
            ("$a", ".b", 20_000, "", "", ""),
            ("$a", ".b($a", 10_000, "", ")", ""),
            ("#set($a=\"x\")", "#set($a=\"$a$a\")", 64, "", "", "$a"),
            ("#set($a=\"'\")", "#set($a=$util.escapeJavaScript($a))", 64, "", "", "$a"),
            ("#set($l=[1])", "#set($l=[$l,$l])", 18, "", "", "$l"),
        ],
    );
}

#[test]
fn patterns_may_nest_and_repeat() {
    grows(
        "pattern",
        &[
            ("", "(", 10_000, "a", ")", ""),
            ("", "[", 10_000, "a", "]", ""),
            ("", "(?=", 10_000, "a", ")", ""),
            ("", "(?:a{9}){9}", 500, "", "", ""),
            ("", "a|", 5_000, "b", "", "\naaa"),
            ("", "a?", 400, "", "", "\naaaaaaaaaaaa"),
            ("(?:(?=a)", "(?:", 30, "a", "){9}", ")\naaa"),
        ],
    );
}

#[test]
fn responses_may_be_large() {
    grows(
        "decoder",
        &[
            ("404\n\n{\"code\":\"A\",\"a\":", "[", 100_000, "", "]", "}"),
            ("404\n\n{\"code\":\"ResourceNotFoundException\",\"detail\":\"", "\\u0000", 100_000, "", "", "\"}"),
            ("{\"errorMessage\":\"[A] ", "{", 100_000, "", "}", "\"}"),
            ("429\nx-amzn-errortype: ", "A, ", 10_000, "", "", "\n\n{}"),
        ],
    );
}

/// What may be put anywhere: pieces that mean something to one of the readers.
const PIECES: [&str; 48] = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "\"",
    "'",
    "\\",
    "\\\"",
    "\\u0022",
    "\\\\",
    "$",
    "#",
    "#end",
    "#set($m=1)",
    "#if(true)",
    "#else",
    "#stop",
    "$input.path('$')",
    "$context.responseOverride.status",
    "${",
    "$!{m}",
    "] ",
    "[A] ",
    "\"code\":\"A\",",
    "\"status\":200,",
    ",",
    ":",
    "-1",
    "1e999",
    "99999999999999999999",
    "null",
    "true",
    "\0",
    "\r\n",
    "\u{7f}\u{2028}\u{feff}",
    "(?!",
    "{0,3}",
    "*",
    "|",
    "::",
    "&'static ",
    "#[api_error(",
    "*/",
    "é",
];

/// One change of an input.
#[derive(Debug, Clone)]
enum Edit {
    Cut(Index, usize),
    Repeat(Index, usize, usize),
    Insert(Index, &'static str),
    Byte(Index, u8),
    /// A part of another sample.
    Splice(Index, Index, Index, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let place = any::<Index>;
    prop_oneof![
        (place(), 1..40_usize).prop_map(|(at, length)| Edit::Cut(at, length)),
        (place(), 1..40_usize, 1..6_usize).prop_map(|(at, length, times)| Edit::Repeat(at, length, times)),
        (place(), proptest::sample::select(&PIECES[..])).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        (place(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
        (place(), place(), place(), 1..80_usize).prop_map(|(at, of, from, length)| Edit::Splice(at, of, from, length)),
    ]
}

fn edited(samples: &[Vec<u8>], sample: Index, edits: &[Edit]) -> Vec<u8> {
    let mut data = samples[sample.index(samples.len())].clone();
    for edit in edits {
        let place = |at: &Index, data: &[u8]| at.index(data.len() + 1);
        match edit {
            Edit::Cut(at, length) => {
                let at = place(at, &data);
                data.drain(at..(at + length).min(data.len()));
            }
            Edit::Repeat(at, length, times) => {
                let at = place(at, &data);
                let piece = data[at..(at + length).min(data.len())].repeat(*times);
                data.splice(at..at, piece);
            }
            Edit::Insert(at, piece) => {
                let at = place(at, &data);
                data.splice(at..at, piece.bytes());
            }
            Edit::Byte(at, byte) => {
                let at = place(at, &data);
                data.splice(at..(at + 1).min(data.len()), [*byte]);
            }
            Edit::Splice(at, of, from, length) => {
                let (at, other) = (place(at, &data), &samples[of.index(samples.len())]);
                let from = place(from, other);
                data.splice(at..at, other[from..(from + length).min(other.len())].iter().copied());
            }
        }
    }
    data
}

/// Runs a target on arbitrary bytes, and on its samples with arbitrary edits.
fn survives(target: &str, cases: u32, real: impl IntoIterator<Item = Vec<u8>>) {
    let samples: Vec<_> = corpus(target).into_iter().map(|(_, data)| data).chain(real).collect();
    let bytes = proptest::collection::vec(any::<u8>(), 0..200);
    let changed = (any::<Index>(), proptest::collection::vec(edit(), 1..12));
    let inputs = prop_oneof![
        1 => bytes,
        9 => changed.prop_map(move |(sample, edits)| edited(&samples, sample, &edits)),
    ];
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    let run = |data: Vec<u8>| {
        body(target)(&data);
        Ok(())
    };
    let failed = TestRunner::new(config).run(&inputs.prop_map(Shown), |Shown(data)| run(data));
    failed.unwrap_or_else(|failed| panic!("{target}: {failed}"));
}

/// Bytes that are shown as text, which most of them are.
struct Shown(Vec<u8>);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

const ORDERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/orders");

/// A file of the example, as it is generated or written.
fn orders(file: &str) -> Vec<u8> {
    fs::read(Path::new(ORDERS).join(file)).unwrap()
}

/// Everything of a generated document that a part of the gateway reads: its patterns, or its templates.
fn read_by_gateway(patterns: bool) -> Vec<Vec<u8>> {
    let document: Value = serde_json::from_slice(&orders("generated/openapi.json")).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let integrations: Vec<_> = paths
        .flat_map(|path| path.as_object().unwrap().values())
        .map(|operation| &operation["x-amazon-apigateway-integration"])
        .collect();
    let responses = integrations.iter().flat_map(|integration| integration["responses"].as_object().unwrap());
    let mut found: Vec<_> = if patterns {
        responses.map(|(pattern, _)| format!("{pattern}\n[OrderNotFound] {{}}").into_bytes()).collect()
    } else {
        let templates = responses.map(|(_, response)| &response["responseTemplates"]);
        let templates = templates.chain(integrations.iter().map(|integration| &integration["requestTemplates"]));
        templates.filter_map(|by_media| Some(by_media["application/json"].as_str()?.as_bytes().to_vec())).collect()
    };
    found.sort();
    found.dedup();
    assert!(found.len() > 3);
    found
}

#[test]
fn the_decoder_survives_anything() {
    survives("decoder", 1500, []);
}

#[test]
fn the_scanner_survives_anything() {
    let files = ["errors", "handlers", "types", "shop"].map(|name| orders(&format!("src/{name}.rs")));
    survives("scanner", 500, files);
}

#[test]
fn the_reader_of_documents_survives_anything() {
    survives("document", 500, [orders("generated/openapi.json")]);
}

#[test]
fn the_evaluator_of_templates_survives_anything() {
    survives("template", 400, read_by_gateway(false));
}

#[test]
fn a_function_survives_any_event() {
    survives("event", 2000, []);
}

#[test]
fn the_emitters_survive_any_text() {
    // A place in the contract, and what is written there.
    let real = ["$filter", "a\n\n    b", "1.0.0\"\n[dependencies]", "*/ `|` <!-- ~~~", "\u{202e}\0\r"];
    survives(
        "contract",
        64,
        (0..200_u16).step_by(7).map(|n| [&n.to_be_bytes(), real[usize::from(n) % 5].as_bytes()].concat()),
    );
}

#[test]
fn the_reader_of_patterns_survives_anything() {
    survives("pattern", 80, read_by_gateway(true));
}

/// What the scan says of a source that would lead it nowhere.
fn refused(source: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"shop\"\n[workspace]\n").unwrap();
    fs::write(folder.path().join("src/lib.rs"), source).unwrap();
    throwback_codegen::Builder::project(folder.path()).describe().expect_err("a mistake").render(false)
}

/// An operation `a`, with an error whose member has this type.
fn with_member(ty: &str, more: &str) -> String {
    format!(
        "#[derive(Debug, ApiError)] pub enum E {{ #[api_error(status = 404)] A {{ x: {ty} }} }}\n\
         #[operation(GET, \"/a\")] async fn a(_: LambdaEvent<Payload<()>>) -> Result<(), E> {{ Ok(()) }}\n{more}"
    )
}

#[test]
fn a_source_without_end_is_refused_with_the_reason() {
    let flattened: String = (0..200)
        .map(|n| format!("#[derive(ApiError)] enum E{n} {{ #[api_error(flatten)] A(E{}) }}\n", n + 1))
        .collect();
    let doubled: String = (0..40).map(|n| format!("type S{n} = (S{0}, S{0});\n", n + 1)).collect();
    for (source, reason) in [
        (with_member("B", "type B = Vec<B>;"), "it is an alias of itself"),
        (with_member("S0", &doubled), "has over 10000 parts"),
        (with_member("Unknown", "type S = (Unknown, Unknown);"), "the type `Unknown` is not in the source"),
        (with_member("u8", "#[path = \"lib.rs\"] mod again;"), "is a file that is a module of itself"),
        (with_member("u8", &format!("type A = {}u8;", "&".repeat(5000))), "this source nests too deep to be read"),
        (with_member("u8", &flattened).replace("(), E>", "(), E0>"), "error enums are flattened more than 100 deep"),
        (
            "type B = B; #[operation(GET, \"/a\")] async fn a(_: LambdaEvent<Payload<()>>) -> Result<(), B> {}"
                .to_owned(),
            "this error type is an alias of itself",
        ),
    ] {
        let said = refused(&source);
        assert!(said.contains(reason), "{reason}: {said}");
    }
    // An alias that names another twice leads to the same mistake as often, and it is said once.
    let twice = refused(&with_member("S", "type S = (Unknown, Unknown);"));
    assert_eq!(twice.matches("the type `Unknown`").count(), 1, "{twice}");
}
