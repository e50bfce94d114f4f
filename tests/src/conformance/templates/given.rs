//! Templates that somebody else wrote: each file of a folder, as the template of a request and of a response.

use super::super::jvm::Jvm;
use super::case::Case;
use super::judge::{self, Answer, Verdict};
use std::io;
use std::path::Path;

/// What each template sees in turn: a body with what templates ask for most, one with the same in a list, and none.
const BODIES: [&str; 4] = [
    r#"{"id":"7","name":"it's \"q\" \\ é","items":[{"id":1,"name":"a","tags":["x"]},{"id":2,"price":1.5}],"count":3,"ok":true,
        "nothing":null,"errorMessage":"[NotFound] {\"code\":\"NotFound\",\"status\":404}","errorType":"Error","stackTrace":["a","b"],
        "Items":[{"id":{"S":"7"},"count":{"N":"3"}}],"status":"SUCCEEDED","output":"{\"a\":[1]}","executionArn":"arn:x"}"#,
    r#"[{"id":"7","name":"a"},{"id":"8","name":null}]"#,
    r#"{"errorMessage":"{\"status\":404,\"errorType\":\"NotFound\",\"message\":\"none\"}","body":"{\"statusCode\":400}"}"#,
    "",
];

/// Whether both evaluators agree on every template of a folder, each of which is told.
pub(super) fn run(jvm: &mut Jvm, folder: &Path) -> io::Result<bool> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    files.sort();
    let mut counts = [0; 4];
    for file in &files {
        let template = known(&String::from_utf8_lossy(&std::fs::read(file)?));
        let (worst, told) = one(jvm, &template)?;
        counts[worst] += 1;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!("{:8}  {name}{told}", ["alike", "fails", "refused", "differs"][worst]);
    }
    let [alike, fail, refused, different] = counts;
    println!(
        "{} templates: {alike} render alike, {fail} fail on both sides, {refused} are refused here, {different} differ",
        files.len()
    );
    Ok(different == 0)
}

/// The template with what the other evaluator knows of `$context`, and nothing where that has more.
fn known(template: &str) -> String {
    // What CloudFormation puts in is none of Velocity's.
    let template = template.replace("${AWS::", "{AWS::");
    let mut out = String::new();
    let mut rest = &*template;
    while let Some(at) = rest.find("context.") {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let name = behind.trim_start_matches("context.");
        let known = ["requestId", "requestOverride", "responseOverride", "stage"].iter().any(|known| {
            name.strip_prefix(known).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        });
        out.push_str(if known { "context." } else { "nothing." });
        rest = &behind["context.".len()..];
    }
    out + rest
}

/// The worst of what comes of a template, and why.
fn one(jvm: &mut Jvm, template: &str) -> io::Result<(usize, String)> {
    let mut found = (0, String::new());
    for body in BODIES {
        for is_request in [true, false] {
            let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let case = Case {
                request: if is_request { template } else { "{}" }.to_owned(),
                response: if is_request { "{}" } else { template }.to_owned(),
                body: body.to_owned(),
                payload: body.to_owned(),
                path: vec![pair("id", "a b"), pair("proxy", "x/y")],
                query: vec![pair("q", "1"), pair("page", "it's")],
                headers: vec![pair("Content-Type", "application/json"), pair("X-Custom", "v")],
                stage: vec![pair("table", "t1")],
            };
            jvm.send(case.frame())?;
            let real = Answer::read(&jvm.receive()?)?;
            let own = Answer::own(&case);
            let (kind, told) = match judge::compare(&real, &own) {
                Verdict::Rendered => (0, String::new()),
                Verdict::Failed => (1, format!(": {own:?}")),
                Verdict::Refused => (2, format!(": {own:?}, and Velocity {real:?}")),
                Verdict::Different(difference) => (3, format!("\n{case}{difference}")),
            };
            if kind > found.0 {
                found = (kind, told);
            }
        }
    }
    Ok(found)
}
