//! Sources as people write them before they know us: what the scan finds in them, and what it refuses.

#![allow(clippy::unwrap_used, missing_docs)]

mod attributes;
mod codes;
mod handlers;
mod paths;
mod projects;
mod sets;
mod types;

use std::fs;
use throwback_codegen::Builder;
use throwback_codegen::contract::{Contract, Shape, Type};

/// What the scan makes of a crate with this source; its mistakes, shown, if it makes nothing.
fn scanned(source: &str) -> Result<Contract, String> {
    configured(source, "")
}

/// The same under a configuration.
fn configured(source: &str, configuration: &str) -> Result<Contract, String> {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    let manifest = "[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2024\"\n";
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.path().join("src/lib.rs"), source).unwrap();
    fs::write(folder.path().join("throwback.toml"), configuration).unwrap();
    let generated = Builder::project(folder.path()).openapi("openapi.json").rust_client("client").check();
    generated.map(|generated| generated.contract).map_err(|failed| failed.render(false))
}

/// The same for one error with one field of this type, and items beside it.
fn field(ty: &str, items: &str) -> Result<(Type, Contract), String> {
    described(ty, items, "")
}

/// The same with what `types` says.
fn described(ty: &str, items: &str, types: &str) -> Result<(Type, Contract), String> {
    let source = format!(
        "use throwback::{{ApiError, Payload, operation}};\nuse throwback::lambda_runtime::LambdaEvent;\n{items}\n
         #[derive(Debug, thiserror::Error, ApiError)]
         pub enum ShopError {{
             /// It is closed.
             #[error(\"closed\")]
             #[api_error(status = 503, expose)]
             Closed {{ held: {ty} }},
         }}
         #[operation(GET, \"/\")]
         pub async fn look(_: LambdaEvent<Payload<()>>) -> Result<(), ShopError> {{ Ok(()) }}"
    );
    let contract = configured(&source, &format!("[types]\n{types}"))?;
    Ok((contract.errors[0].fields[0].ty.clone(), contract))
}

/// The form of a named type.
fn shape<'a>(contract: &'a Contract, name: &str) -> &'a Shape {
    &contract.types.iter().find(|def| def.name == name).unwrap().shape
}
