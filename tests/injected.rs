//! What a project, its source and its configuration try to put into the outputs: it stays text, or is refused with its
//! place.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use tempfile::TempDir;
use throwback_codegen::{Builder, Failed};
use throwback_gateway::{Call, Gateway};

/// A package with one operation, whose input has this field, and this configuration.
fn package(field: &str, configuration: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "[package]\nname = \"shop\"\nversion = \"1.2.3\"\n[workspace]\n";
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.path().join("throwback.toml"), configuration).unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    let source = format!(
        "#[derive(ApiError)] pub enum FindError {{\n    /// Gone | away\n    #[error(\"x\")] #[api_error(status = 404)] Gone,\n}}\n\
         #[derive(Deserialize)] pub struct Find {{\n    {field}\n}}\n\
         #[operation(GET, \"/found/{{id}}\")]\n\
         async fn find(event: LambdaEvent<Payload<Find>>) -> Result<(), FindError> {{ todo!() }}\n"
    );
    fs::write(folder.path().join("src/lib.rs"), source).unwrap();
    folder
}

fn generated(field: &str, configuration: &str) -> Result<TempDir, Failed> {
    let folder = package(field, configuration);
    let builder = Builder::project(folder.path()).openapi("openapi.json").rust_client("client");
    builder.generate().map(|_| folder)
}

fn read(folder: &TempDir, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).unwrap()
}

/// What is said of a package that is refused, and where.
fn refused(field: &str, configuration: &str) -> (String, String) {
    let folder = package(field, configuration);
    let builder = Builder::project(folder.path()).openapi("openapi.json").rust_client("client");
    let failed = builder.generate().expect_err("it is refused");
    assert!(!folder.path().join("openapi.json").exists() && !folder.path().join("client").exists());
    let diagnostic = &failed.diagnostics()[0];
    let (file, line, column) = diagnostic.place().expect("a place");
    (diagnostic.message().to_owned(), format!("{}:{line}:{column}", file.display()))
}

#[test]
fn a_parameter_may_have_odatas_names() {
    let field =
        "id: String, #[serde(rename = \"$filter\")] filter: Option<String>, #[serde(rename = \"$top\")] top: u32";
    let folder = generated(field, "").unwrap_or_else(|failed| panic!("{failed}"));
    let gateway = Gateway::read(&read(&folder, "openapi.json")).unwrap();
    let mut call = Call::new("GET", "/found/7?%24filter=secret&%24top=9");
    let (route, parameters) = gateway.find("GET", "/found/7").unwrap();
    call.path_parameters = parameters;
    let event = route.event(&gateway, &mut call).unwrap();
    assert_eq!(event, r#"{"operation":"find","input":{"id":"7","$filter":"secret","$top":9}}"#);
    assert!(read(&folder, "client/src/types.rs").contains("#[serde(rename = \"$filter\""));
}

#[test]
fn a_parameter_that_api_gateway_refuses_is_refused_here() {
    for name in [
        "q#set($context.responseOverride.status=418)",
        "q'",
        "q\\\"",
        "q\\\\",
        "filter[name]",
        "",
        "q ",
        "größe",
        "q\\n",
    ] {
        let field = format!("id: String, #[serde(rename = \"{name}\")] q: Option<String>");
        let (message, place) = refused(&field, "");
        assert!(message.contains("can't be a parameter of the query: API Gateway takes"), "{message}");
        assert_eq!(place, "src/lib.rs:9:42", "{name}");
    }
    for name in ["$id", "i/d", "}", "i:d"] {
        let (message, _) = refused(&format!("#[serde(rename = \"{name}\")] id: String"), "");
        assert!(message.contains("can't be a parameter of the path"), "{message}");
    }
}

#[test]
fn the_configuration_says_no_more_than_a_value() {
    for (line, said) in [
        (r#"version = "1.0.0\"\nbuild = \"evil.rs""#, "is no version"),
        (r#"version = "1.0""#, "is no version"),
        (r#"version = """#, "is no version"),
        (r#"title = "Shop\npub fn injected() {}""#, "`title` is one line"),
        (r#"title = "Shop\rpub fn injected() {}""#, "`title` is one line"),
        (r#"title = "Shop\u202e""#, "`title` is one line"),
        (r#"cors = "https://a.example'\nx""#, "no browser origin"),
        (r#"cors = "https://a.example/""#, "no browser origin"),
        (r#"cors = "https://a.example' + 'x""#, "no browser origin"),
        (r#"cors = """#, "no browser origin"),
        (r#"cors = "**""#, "no browser origin"),
        (r#"function = "arn:aws:lambda:eu-west-1:1:function:f\n\"x""#, "no function's ARN"),
        (r#"function = "arn f""#, "no function's ARN"),
        (r#"function = """#, "no function's ARN"),
        (r#"name = "!!!""#, "can't be an API's name"),
        (r#"name = "1""#, "can't be an API's name"),
        (r#"name = "größe""#, "can't be an API's name"),
        (r#"name = "a\n[lib]""#, "can't be an API's name"),
    ] {
        let (message, place) = refused("id: String", &format!("# A comment.\n{line}\n"));
        assert!(message.contains(said), "{line}: {message}");
        assert_eq!(place, format!("throwback.toml:2:{}", line.find('=').unwrap() + 3), "{line}");
        assert!(!message.contains('\n') && !message.contains('\r'), "{message:?} is one line");
    }
}

#[test]
fn all_mistakes_of_the_configuration_are_said_at_once() {
    let folder = package("id: String", "version = \"x\"\ncors = \"y\"\nfunction = \"\"\n");
    let failed = Builder::project(folder.path()).generate().expect_err("it is refused");
    let lines: Vec<_> = failed.diagnostics().iter().map(|diagnostic| diagnostic.place().unwrap().1).collect();
    assert_eq!(lines, [1, 2, 3]);
}

#[test]
fn the_builder_and_the_command_line_are_asked_the_same() {
    let folder = package("id: String", "");
    for builder in [
        Builder::project(folder.path()).cors("https://a.example'"),
        Builder::project(folder.path()).function("f\n"),
        Builder::project(folder.path()).name("!"),
    ] {
        builder.generate().expect_err("it is refused");
    }
}

#[test]
fn what_the_configuration_may_say_is_written_as_it_is() {
    let configuration = "version = \"1.0.0-rc.1+build.5\"\ntitle = \"The *shop* `$x` </script> <!-- | a\"\n\
        cors = \"https://shop.example.com:8443\"\n\
        function = \"arn:aws:lambda:eu-west-1:123456789012:function:${stageVariables.function}\"\n\
        rust-runtime = '{ version = \"0.1\", features = [\"client\"], path = \"a\\\"b\", \"odd key\" = [\"x\"] }'\n";
    let folder = generated("id: String", configuration).unwrap_or_else(|failed| panic!("{failed}"));
    let manifest: toml::Table = toml::from_str(&read(&folder, "client/Cargo.toml")).unwrap();
    assert_eq!(manifest["package"]["version"].as_str(), Some("1.0.0-rc.1+build.5"));
    assert!(manifest["package"].get("build").is_none());
    assert_eq!(manifest["dependencies"]["throwback"]["path"].as_str(), Some("a\"b"));
    let readme = read(&folder, "client/README.md");
    assert!(readme.contains(r"The \*shop\* \`\$x\` \</script> \<!-- \| a"), "{readme}");
    assert!(readme.contains(r"| `Gone` | 404 | never | Gone \| away |"), "{readme}");
    let document: serde_json::Value = serde_json::from_str(&read(&folder, "openapi.json")).unwrap();
    assert_eq!(document["info"]["description"], "The *shop* `$x` </script> <!-- | a");
}

#[test]
fn the_runtime_is_one_value() {
    for value in ["\"0.1\"\nbuild = \"x\"", "\"0.1\"\n[package]", "1 = 2", "", "{", "[\"0.1\"]", "1"] {
        let folder = package("id: String", "");
        let builder = Builder::project(folder.path()).rust_client("client").rust_runtime(value);
        let failed = builder.generate().expect_err("it is refused");
        assert!(failed.to_string().contains("`rust-runtime` is"), "{failed}");
        assert!(!folder.path().join("client").exists());
    }
}
