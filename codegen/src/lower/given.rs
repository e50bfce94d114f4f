//! Types that the configuration describes: by a path, with parameters (`SmallVec<T>`), or a field (`Order.placed_at`).

use super::known;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::options::Options;
use std::cell::Cell;
use std::collections::HashMap;
use syn::{GenericArgument, PathArguments, Type};

/// What is said of types, by path or field without blanks.
#[derive(Default)]
pub(super) struct Given(HashMap<String, Entry>);

struct Entry {
    /// As the configuration has it.
    written: String,
    /// The names of its parameters.
    parameters: Vec<String>,
    ty: Type,
    /// Whether anything has asked for it.
    used: Cell<bool>,
}

impl Given {
    pub(super) fn new(options: &Options, errors: &mut Diagnostics) -> Self {
        let mut given = HashMap::new();
        for (written, described) in &options.types {
            let Some(ty) = known::described(described) else {
                errors.push(Diagnostic::new(format!(
                    "`types`: `{written}` is described as `{described}`, which is no type: take `string`, `integer`, \
                     `number`, `boolean`, `any` or a Rust type"
                )));
                continue;
            };
            let Some((path, parameters)) = parts(written) else {
                let help = "take a path as in `chrono::Month`, one with parameters as in `SmallVec<T>`, or a field as in \
                            `Order.placed_at`";
                errors.push(Diagnostic::new(format!("`types`: `{written}` names no type and no field")).help(help));
                continue;
            };
            let used = Cell::new(false);
            given.insert(path, Entry { written: written.clone(), parameters, ty, used });
        }
        Self(given)
    }

    /// What a path or a field is described as, and the names of its parameters.
    pub(super) fn get(&self, path: &str) -> Option<(&Type, &[String])> {
        let entry = self.0.get(path)?;
        entry.used.set(true);
        Some((&entry.ty, &entry.parameters))
    }

    /// Says which entries describe nothing: a name that is written wrong, or a field that is there no more.
    pub(super) fn unused(&self, errors: &mut Diagnostics) {
        let mut unused: Vec<_> = self.0.values().filter(|entry| !entry.used.get()).collect();
        unused.sort_by(|a, b| a.written.cmp(&b.written));
        for entry in unused {
            let text = format!("`types`: the contract has no `{}`", entry.written);
            let help =
                "take it out, or write the path as the source does, a field behind its type as in `Order.placed_at`";
            errors.push(Diagnostic::new(text).help(help));
        }
    }
}

/// The path, or the type and its field, and the names of the parameters behind it.
fn parts(written: &str) -> Option<(String, Vec<String>)> {
    let plain = written.replace(' ', "");
    if plain.contains('.') {
        let mut names = plain.split('.');
        let fits = names.all(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'));
        return fits.then_some((plain, Vec::new()));
    }
    let Type::Path(mut path) = syn::parse_str(written).ok()? else { return None };
    let last = path.path.segments.last_mut()?;
    let mut parameters = Vec::new();
    if let PathArguments::AngleBracketed(arguments) = std::mem::take(&mut last.arguments) {
        for argument in arguments.args {
            match argument {
                GenericArgument::Type(Type::Path(path)) => parameters.push(path.path.get_ident()?.to_string()),
                // A lifetime describes nothing.
                GenericArgument::Lifetime(_) => {}
                _ => return None,
            }
        }
    }
    let names: Vec<_> = path.path.segments.iter().map(|segment| super::unraw(&segment.ident)).collect();
    Some((names.join("::"), parameters))
}
