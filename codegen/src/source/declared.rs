//! Where the source declares what a mistake elsewhere is about.

use super::tree::{Crates, ItemKind, unraw};
use crate::diagnostic::{Diagnostic, SourceFile};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Where enums and functions are declared, by their names.
#[derive(Default)]
pub(crate) struct Declared {
    enums: HashMap<String, (Arc<SourceFile>, Range<usize>)>,
    functions: HashMap<String, (Arc<SourceFile>, Range<usize>)>,
}

impl Declared {
    /// Adds the place of an enum to a mistake, if it is known.
    pub(crate) fn of_enum(&self, name: &str, diagnostic: Diagnostic, label: &str) -> Diagnostic {
        add(self.enums.get(name), diagnostic, label)
    }

    /// Adds the place of a function to a mistake, if it is known.
    pub(crate) fn of_function(&self, name: &str, diagnostic: Diagnostic, label: &str) -> Diagnostic {
        add(self.functions.get(name), diagnostic, label)
    }
}

fn add(place: Option<&(Arc<SourceFile>, Range<usize>)>, diagnostic: Diagnostic, label: &str) -> Diagnostic {
    match place {
        Some((file, range)) => diagnostic.at(file, range.clone(), label),
        None => diagnostic,
    }
}

impl Crates {
    /// Where the crate itself declares its enums and functions.
    pub(crate) fn declarations(&self) -> Declared {
        let mut declared = Declared::default();
        for id in self.own() {
            for (name, item) in self.items_of(id) {
                if let ItemKind::Enum(of) = &item.kind {
                    let place = (Arc::clone(&item.file), of.ident.span().byte_range());
                    declared.enums.entry(name.to_owned()).or_insert(place);
                }
            }
            for function in &self.get(id).functions {
                let ident = &function.item.sig.ident;
                let place = (Arc::clone(&function.file), ident.span().byte_range());
                declared.functions.entry(unraw(ident)).or_insert(place);
            }
        }
        declared
    }
}
