//! What a package's build.rs says to its builder, read from the source: nobody else hears it.

use super::{FILE, Options};
use crate::diagnostic::{Diagnostic, Diagnostics, Failed, SourceFile};
use crate::output;
use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, Lit, Local, Pat};

/// The builder's methods that say one option, and its key.
const METHODS: [(&str, &str); 25] = [
    ("name", "name"),
    ("source", "sources"),
    ("krate", "crates"),
    ("ty", "types"),
    ("function", "function"),
    ("front", "front"),
    ("authorization", "authorization"),
    ("cors", "cors"),
    ("allow_outside", "allow-outside"),
    ("contract", "contract"),
    ("openapi", "openapi"),
    ("openapi_plain", "openapi-plain"),
    ("integration_responses", "integration-responses"),
    ("terraform", "terraform"),
    ("rust_client", "rust-client"),
    ("typescript_client", "typescript-client"),
    ("go_client", "go-client"),
    ("go_module", "go-module"),
    ("python_client", "python-client"),
    ("python_package", "python-package"),
    ("java_client", "java-client"),
    ("java_package", "java-package"),
    ("java_artifact", "java-artifact"),
    ("vectors", "vectors"),
    ("rust_runtime", "rust-runtime"),
];

/// An option that a builder is given.
struct Said {
    key: &'static str,
    /// The text that is given, where it is written there.
    text: Option<String>,
    range: Range<usize>,
}

/// What a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To write every output.
    Outputs,
    /// To know the API.
    Api,
}

impl Options {
    /// Refuses to go on without what only the package's build.rs says: what comes out would be something else.
    pub(crate) fn hear_script(&self, folder: &Path, purpose: Purpose) -> Result<(), Failed> {
        let path = folder.join("build.rs");
        // Whether it is there, and Rust, is cargo's to say.
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut script = Script::default();
        if text.contains("throwback_codegen")
            && let Ok(parsed) = syn::parse_file(&text)
        {
            script.visit_file(&parsed);
        }
        let file = Arc::new(SourceFile { real: path, path: "build.rs".into(), text });
        let mut errors = Diagnostics::default();
        for said in script.said.into_iter().filter(|said| !self.has(said, purpose)) {
            let key = said.key;
            let entry = match (key, said.text) {
                ("allow-outside", _) => "`allow-outside = true`".to_owned(),
                ("types", Some(ty)) => format!("`{} = \"…\"` under `[types]`", toml::Value::from(ty)),
                ("sources" | "crates", Some(text)) => format!("`{key} = [{}]`", toml::Value::from(text)),
                (_, Some(text)) => format!("`{key} = {}`", toml::Value::from(text)),
                (_, None) => format!("`{key}`"),
            };
            errors.push(
                Diagnostic::new(format!("only build.rs says `{key}`, and nobody else hears it"))
                    .at(&file, said.range, "")
                    .help(format!("write {entry} in {FILE}, which build.rs reads too")),
            );
        }
        errors.finish(())
    }

    /// Whether these options say it too, or it is nothing that the run asks for.
    fn has(&self, said: &Said, purpose: Purpose) -> bool {
        match said.key {
            "name" => self.name.is_some(),
            "function" => self.function.is_some(),
            "front" => self.front.is_some(),
            "authorization" => self.authorization.default.is_some(),
            "cors" => self.cors.is_some(),
            "sources" => !self.sources.is_empty(),
            "crates" => !self.crates.is_empty(),
            "types" => said.text.as_ref().map_or(!self.types.is_empty(), |ty| self.types.contains_key(ty)),
            _ if purpose == Purpose::Api => true,
            "allow-outside" => self.allow_outside,
            // A path that is not written there leads to `OUT_DIR`, which is build.rs's own.
            key if output::by_key(key).is_some() => said.text.is_none() || self.outputs.path(key).is_some(),
            key => self.outputs.says(key),
        }
    }
}

/// The calls on builders of ours.
#[derive(Default)]
struct Script {
    /// Variables that hold a builder.
    held: HashSet<String>,
    said: Vec<Said>,
}

impl Script {
    /// Whether an expression is a builder: `Builder::new()`, a variable that holds one, or what a method makes of one.
    fn is_builder(&self, expr: &Expr) -> bool {
        match expr {
            Expr::MethodCall(call) => self.is_builder(&call.receiver),
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| self.held.contains(&name.to_string())),
            Expr::Call(call) => {
                let Expr::Path(path) = &*call.func else { return false };
                let names: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
                // Other builders have paths of their own, as in `bindgen::Builder::default()`.
                let [before @ .., ty, _] = &*names else { return false };
                ty == "Builder" && before.last().is_none_or(|krate| krate == "throwback_codegen")
            }
            Expr::Paren(inner) => self.is_builder(&inner.expr),
            Expr::Reference(inner) => self.is_builder(&inner.expr),
            _ => false,
        }
    }
}

impl<'ast> Visit<'ast> for Script {
    fn visit_local(&mut self, local: &'ast Local) {
        if let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init)
            && self.is_builder(&init.expr)
        {
            self.held.insert(name.ident.to_string());
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        // What is called first is said first.
        visit::visit_expr_method_call(self, call);
        if self.is_builder(&call.receiver) {
            self.said.extend(said(call));
        }
    }
}

/// What a call says, if it is an option.
fn said(call: &ExprMethodCall) -> Option<Said> {
    let texts: Vec<_> = call.args.iter().map(text).collect();
    let method = call.method.to_string();
    let (key, text) = match (&*method, &*texts) {
        ("output", [Some(key), path]) => (output::by_key(key)?.key(), path.clone()),
        ("setting", [Some(key), Some(setting), value]) => {
            let setting = output::by_key(key)?.settings().iter().find(|known| known.key == setting)?;
            (setting.flat, value.clone())
        }
        (method, texts) => {
            let (_, key) = METHODS.iter().find(|(known, _)| *known == method)?;
            (*key, texts.first().cloned().flatten())
        }
    };
    Some(Said { key, text, range: call.method.span().byte_range() })
}

/// The text that an argument is, where it is written there.
fn text(argument: &Expr) -> Option<String> {
    match argument {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said_by(script: &str) -> Vec<(&'static str, Option<String>)> {
        let mut found = Script::default();
        found.visit_file(&syn::parse_file(script).unwrap());
        found.said.into_iter().map(|said| (said.key, said.text)).collect()
    }

    #[test]
    fn a_script_says_what_is_called_on_a_builder_of_ours_and_on_nothing_else() {
        let text = |text: &str| Some(text.to_owned());
        let chain = r#"fn main() {
            throwback_codegen::Builder::new().name("a").cors(origin()).openapi(out.join("x")).output("vectors", "v").run();
        }"#;
        let expected = [("name", text("a")), ("cors", None), ("openapi", None), ("vectors", text("v"))];
        assert_eq!(said_by(chain), expected);
        let variable = r#"use throwback_codegen::Builder;
        fn main() {
            let mut builder = Builder::project(".").ty("A", "string");
            if std::env::var_os("CI").is_some() { builder = builder.krate("../types"); }
            builder.setting("rust-client", "runtime", "1").allow_outside().run();
        }"#;
        let expected =
            [("types", text("A")), ("crates", text("../types")), ("rust-runtime", text("1")), ("allow-outside", None)];
        assert_eq!(said_by(variable), expected);
        let other = r#"fn main() {
            bindgen::Builder::default().name("a").output("x");
            let command = Command::new("x"); command.output();
            throwback_codegen::Builder::new().run();
        }"#;
        assert_eq!(said_by(other), []);
    }
}
