//! The contracts that cases are drawn from: those of the repository, and random ones.

use super::random::Api;
use fastrand::Rng;
use std::collections::HashMap;
use std::io;
use std::path::Path;
use throwback::{ErrorInfo, MemberInfo, Retry};
use throwback_codegen::contract::{Contract, ErrorDef, Operation};
use throwback_codegen::{Builder, Legacy, Options};
use throwback_gateway::{Gateway, Route};

/// The origin that the example's configuration names.
const ORDERS_ORIGIN: &str = "https://shop.example.com";

/// A contract with everything that was generated from it.
pub(super) struct World {
    /// Where it comes from.
    pub(super) origin: Origin,
    /// The contract.
    pub(super) contract: Contract,
    /// The browser origin that it allows.
    pub(super) cors: Option<String>,
    /// What functions of before throw.
    pub(super) legacy: Vec<Legacy>,
    /// The generated document.
    pub(super) openapi: String,
    /// Our own evaluator of it.
    pub(super) gateway: Gateway,
    /// What a function's table of errors would hold, by code.
    infos: HashMap<String, &'static ErrorInfo>,
}

/// Where a contract comes from.
pub(super) enum Origin {
    /// The repository, under this name.
    Repository(&'static str),
    /// Nowhere.
    Random(Box<Api>),
}

impl World {
    /// The contracts of the repository.
    pub(super) fn repository() -> io::Result<Vec<Self>> {
        let tests = [
            ("asked", "src/asked.rs"),
            ("dynamodb", "src/dynamodb/mod.rs"),
            ("echo", "src/echo.rs"),
            ("failing", "src/failing.rs"),
            ("hard", "agree.rs"),
            ("kubernetes", "src/kubernetes.rs"),
            ("skew-new", "src/skew/new.rs"),
            ("skew-old", "src/skew/old.rs"),
            ("zoo", "src/zoo.rs"),
        ];
        let tests = tests.into_iter().map(|(name, source)| {
            let builder = Builder::project("tests").name(name).source(source);
            let mut given = Options::default();
            if name == "failing" {
                given.types.insert("Odd".to_owned(), "string".to_owned());
            }
            let builder = builder.options(given);
            Self::new(Origin::Repository(name), &builder, None, Vec::new())
        });
        let orders = Builder::project("examples/orders");
        let orders = Self::new(Origin::Repository("orders"), &orders, Some(ORDERS_ORIGIN.to_owned()), Vec::new());
        std::iter::once(orders).chain(tests).collect()
    }

    /// A random contract, its source written to a folder.
    pub(super) fn random(rng: &mut Rng, folder: &Path) -> io::Result<Self> {
        Self::of(Api::random(rng), folder)
    }

    /// The contract of a random API.
    pub(super) fn of(api: Api, folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder.join("src"))?;
        std::fs::write(folder.join("Cargo.toml"), "[package]\nname = \"random\"\nversion = \"1.0.0\"\n")?;
        std::fs::write(folder.join("src/lib.rs"), api.to_string())?;
        let legacy = api.legacy();
        let mut given = Options::default();
        given.legacy.clone_from(&legacy);
        let mut builder = Builder::project(folder).options(given);
        if let Some(origin) = &api.cors {
            builder = builder.cors(origin);
        }
        let cors = api.cors.clone();
        Self::new(Origin::Random(Box::new(api)), &builder, cors, legacy)
    }

    fn new(origin: Origin, builder: &Builder, cors: Option<String>, legacy: Vec<Legacy>) -> io::Result<Self> {
        let (contract, openapi) = builder.describe().map_err(|failed| io::Error::other(failed.render(false)))?;
        let gateway = Gateway::read(&openapi).map_err(io::Error::other)?;
        let infos = contract.errors.iter().map(|error| (error.code.to_string(), info(error))).collect();
        Ok(Self { origin, contract, cors, legacy, openapi, gateway, infos })
    }

    /// An operation by its name.
    pub(super) fn operation(&self, name: &str) -> io::Result<&Operation> {
        let found = self.contract.operations.iter().find(|operation| operation.name == name);
        found.ok_or_else(|| io::Error::other(format!("no operation `{name}`")))
    }

    /// The route of an operation.
    pub(super) fn route(&self, name: &str) -> io::Result<&Route> {
        let found = self.gateway.routes().iter().find(|route| route.operation_id == name);
        found.ok_or_else(|| io::Error::other(format!("no route of `{name}`")))
    }

    /// A declared error of an operation.
    pub(super) fn error(&self, operation: &Operation, code: &str) -> Option<&ErrorDef> {
        let declared = self.contract.codes_of(operation).iter().any(|known| known == code);
        self.contract.errors.iter().find(|error| declared && error.code == code)
    }

    /// What a function knows of an error.
    pub(super) fn info(&self, code: &str) -> Option<&'static ErrorInfo> {
        self.infos.get(code).copied()
    }
}

/// The table's line for an error, as the derive would write it. It lives as long as the process.
fn info(error: &ErrorDef) -> &'static ErrorInfo {
    let members =
        error.fields.iter().map(|field| MemberInfo::new(leak(&field.name), field.header.as_deref().map(leak)));
    let mut info =
        new_info(&error.code, error.status.get(), &error.title).with_members(members.collect::<Vec<_>>().leak());
    info.exposed = error.exposed;
    info.type_uri = error.type_uri.as_deref().map(leak);
    info.retry_after = error.retry_after;
    info.retry = Retry::from_word(error.retry.word()).unwrap_or(info.retry);
    Box::leak(Box::new(info))
}

/// An error without anything that not every error has.
pub(super) fn new_info(code: &str, status: u16, title: &str) -> ErrorInfo {
    let mut escaped = String::new();
    throwback_syntax::escape(&mut escaped, title);
    let head = format!("[{code}] {{\"code\":\"{code}\",\"title\":\"{escaped}\",\"status\":{status}");
    ErrorInfo::new(leak(code), status, leak(title), "conformance", leak(&head))
}

fn leak(text: &str) -> &'static str {
    text.to_owned().leak()
}
