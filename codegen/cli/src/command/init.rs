//! `throwback init`: a package that throwback can work on, from an existing configuration or from nothing.

use super::{Init, Stop, style};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use throwback_codegen::FILE;
use throwback_codegen::text::{rust, toml};
use throwback_lint::{File, Set, Sketch, sketch};

/// What is written where nothing is known.
const EXAMPLE: &str = "NotFound";

pub(super) fn run(folder: &Path, arguments: &Init) -> Result<(), Stop> {
    let files = arguments.files.iter().map(|path| {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Stop::Said(format!("can't read `{}`: {error}", path.display())))?;
        Ok(File { path: path.clone(), text })
    });
    let files = files.collect::<Result<Vec<_>, Stop>>()?;
    let mut found = sketch(&files).map_err(|mistakes| {
        let said: Vec<_> = mistakes
            .iter()
            .map(|(number, mistake)| format!("`{}`: {}", files[*number].path.display(), mistake.message))
            .collect();
        Stop::Said(said.join("\n"))
    })?;
    if !folder.join("Cargo.toml").is_file() {
        return Err(Stop::Said(format!(
            "there is no Cargo.toml in `{}`: `cargo init --lib` makes a package",
            folder.display()
        )));
    }
    let is_example = found.sets.is_empty();
    if is_example {
        found.sets.push(Set {
            name: "RequestError".to_owned(),
            variants: vec![throwback_lint::Variant {
                name: EXAMPLE.to_owned(),
                status: 404,
                phrase: "Not Found".to_owned(),
                pattern: String::new(),
            }],
        });
    }
    let planned = [
        (folder.join(FILE), configuration(&found, &arguments.files)),
        (folder.join("src/errors.rs"), errors(&found)),
        (folder.join("build.rs"), BUILD.to_owned()),
    ];
    // What is there is somebody's work: nothing is written beside it but what is missing.
    for (path, text) in planned {
        if path.exists() {
            note("kept", &path, "it is there already");
            continue;
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text));
        written.map_err(|error| Stop::Said(format!("can't write `{}`: {error}", path.display())))?;
        note("new", &path, "");
    }
    let count: usize = found.sets.iter().map(|set| set.variants.len()).sum();
    anstream::println!("{}", next(&found, count, is_example));
    Ok(())
}

const BUILD: &str = "//! Writes what is deployed from the error enums of this crate.\n\nfn main() {\n    throwback_codegen::Builder::new().run();\n}\n";

fn note(what: &str, path: &Path, why: &str) {
    let (name, dim) = (style::GOOD, style::DIM);
    anstream::println!("{name}{what:>9}{name:#} {} {dim}{why}{dim:#}", path.display());
}

fn next(found: &Sketch, count: usize, is_example: bool) -> String {
    let mut text = String::from("\nThen:\n  cargo add throwback thiserror\n  cargo add --build throwback-codegen\n  ");
    text.push_str("say `mod errors;` in src/lib.rs, and fill in the variants\n  throwback generate\n");
    if is_example {
        text.push_str(
            "\nNo pattern of a configuration says which errors there are: src/errors.rs has one as an example.\n",
        );
    } else {
        let _ = writeln!(
            text,
            "\n{} of {} taken over from the patterns.",
            style::counted(count, "error"),
            style::counted(found.operations.len(), "operation")
        );
    }
    if found.is_proxy {
        text.push_str(
            "Its functions stand behind proxy integrations: `front` says so, and the handlers write the responses.\n",
        );
    }
    text
}

fn configuration(found: &Sketch, files: &[PathBuf]) -> String {
    let mut text = String::from("# What throwback writes, and what it can't see in the source.\n");
    text.push_str("openapi = \"generated/openapi.json\"\n");
    if let Some(path) =
        files.first().filter(|path| files.len() == 1 && is_document(path)).and_then(|path| path.to_str())
    {
        let base = toml::string(path);
        let _ = writeln!(
            text,
            "# Or the document that is there, with the errors in it, once its own patterns are out:\n# openapi = {{ path = \"generated/openapi.yaml\", base = {base} }}"
        );
    }
    text.push_str("contract = \"generated/contract.json\"\n");
    if found.is_proxy {
        text.push_str("front = \"rest-proxy\"\n");
    }
    if !found.operations.is_empty() {
        text.push_str(
            "\n# The operations; one whose handler is marked with #[operation] needs no line here.\n[operations]\n",
        );
        for (route, set) in &found.operations {
            let value = match set {
                Some(set) => toml::string(set),
                None => "{ passthrough = true }".to_owned(),
            };
            let _ = writeln!(text, "{} = {value}", toml::key(route));
        }
    }
    text
}

/// Whether a file is an OpenAPI document, which can be the base.
fn is_document(path: &Path) -> bool {
    std::fs::read_to_string(path).is_ok_and(|text| {
        text.lines().take(40).any(|line| line.trim_start().trim_start_matches('"').starts_with("openapi"))
    })
}

fn errors(found: &Sketch) -> String {
    let mut text = String::from("//! The errors of the API.\n\nuse throwback::ApiError;\n");
    for set in &found.sets {
        let _ = write!(
            text,
            "\n/// What can go wrong.\n#[derive(Debug, thiserror::Error, ApiError)]\npub enum {} {{\n",
            set.name
        );
        for variant in &set.variants {
            let status = variant.status;
            let _ = writeln!(text, "    /// {}.", variant.phrase);
            if !variant.pattern.is_empty() {
                // A pattern may hold a line end of its own.
                let _ = writeln!(text, "    // Was selected by the pattern `{}`.", variant.pattern.escape_debug());
            }
            let said = variant.phrase.to_lowercase();
            let _ = writeln!(
                text,
                "    #[error({})]\n    #[api_error(status = {status})]\n    {},\n",
                rust::string(&said),
                variant.name
            );
        }
        text = text.trim_end().to_owned() + "\n}\n";
    }
    text
}
