//! Types as Java writes them, and what reads and writes their values.

use super::code::call;
use super::names::Files;
use crate::client::Client;
use crate::contract::{Field, Shape, Tagging, Type, TypeDef};
use crate::output::layout::{Doc, text};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// A type, and the functions that read and write its values.
pub(super) struct Ty {
    /// As it stands between `<` and `>`.
    pub(super) boxed: String,
    /// As a parameter has it.
    pub(super) plain: String,
    pub(super) read: Doc,
    pub(super) put: Doc,
    /// What makes a copy that nobody changes; empty where there is nothing to change.
    pub(super) copy: &'static str,
}

/// Writes types, and remembers what they need.
pub(super) struct Types<'a> {
    pub(super) client: &'a Client<'a>,
    pub(super) files: RefCell<Files>,
    tuples: RefCell<BTreeSet<usize>>,
    /// The classes that read and write unions, by the names of these.
    codecs: HashMap<String, String>,
}

impl<'a> Types<'a> {
    pub(super) fn new(client: &'a Client<'a>, mut files: Files) -> Self {
        let unions = client.types.iter().filter(|item| is_union(item.def));
        let codecs = unions.map(|item| (item.name.clone(), files.take(&format!("Wire{}", item.name)))).collect();
        Self { client, files: RefCell::new(files), tuples: RefCell::default(), codecs }
    }

    /// The class that reads and writes a type.
    pub(super) fn codec<'n>(&'n self, name: &'n str) -> &'n str {
        self.codecs.get(name).map_or(name, |codec| codec)
    }

    pub(super) fn def(&self, name: &str) -> Option<&'a TypeDef> {
        self.client.index.type_def(name)
    }

    /// A type on the wire.
    pub(super) fn ty(&self, ty: &Type) -> Ty {
        let of = |boxed: &str, read: &str, put: &str| Ty {
            boxed: boxed.to_owned(),
            plain: boxed.to_owned(),
            read: text(format!("Wire::{read}")),
            put: text(put),
            copy: "",
        };
        let plain = |name: &str, ty: Ty| Ty { plain: name.to_owned(), ..ty };
        let around = |boxed: String, read: Doc, put: Doc, copy| Ty { plain: boxed.clone(), boxed, read, put, copy };
        match ty {
            Type::Bool => plain("boolean", of("Boolean", "truth", "WireWriter::truth")),
            Type::Int { bits, signed } => {
                let read = format!("{}{bits}", if *signed { "int" } else { "uint" });
                let integer = |boxed| of(boxed, &read, "WireWriter::integer");
                match (bits, signed) {
                    (8 | 16, _) | (32, true) => plain("int", integer("Integer")),
                    (32, false) | (64, true) => plain("long", integer("Long")),
                    _ => integer("BigInteger"),
                }
            }
            Type::Float { bits: 32 } => plain("float", of("Float", "real32", "WireWriter::real32")),
            Type::Float { .. } => plain("double", of("Double", "real", "WireWriter::real")),
            Type::Char => of("String", "character", "WireWriter::text"),
            Type::String { format } => match format.as_deref() {
                Some("date-time") => of("OffsetDateTime", "time", "Wire::putTime"),
                Some("decimal") => of("BigDecimal", "decimal", "Wire::putDecimal"),
                _ => of("String", "text", "WireWriter::text"),
            },
            Type::Option(inner) => {
                let Ty { boxed, read, put, .. } = self.ty(inner);
                let (read, put) = (call("Wire.nullable", vec![read], ""), call("WireWriter.nullable", vec![put], ""));
                around(format!("Optional<{boxed}>"), read, put, "")
            }
            Type::List(inner) => {
                let Ty { boxed, read, put, .. } = self.ty(inner);
                let (read, put) = (call("Wire.list", vec![read], ""), call("WireWriter.list", vec![put], ""));
                around(format!("List<{boxed}>"), read, put, "Wire.copyList")
            }
            Type::Set(inner) => {
                let Ty { boxed, read, put, .. } = self.ty(inner);
                let put = call("WireWriter.list", vec![put], "");
                let order = match &**inner {
                    Type::Char => Some("Wire::byCodePoints"),
                    Type::String { format } if !matches!(format.as_deref(), Some("date-time" | "decimal")) => {
                        Some("Wire::byCodePoints")
                    }
                    Type::Int { bits, .. } if *bits < 128 => Some("Comparator.naturalOrder()"),
                    _ => None,
                };
                let read = match order {
                    Some(order) => call("Wire.ordered", vec![text(order), read], ""),
                    None => call("Wire.set", vec![read], ""),
                };
                around(format!("Set<{boxed}>"), read, put, "Wire.copySet")
            }
            Type::Map { key, value } => {
                let Ty { boxed, read, put, .. } = self.ty(value);
                let (key, named) = match &**key {
                    key @ Type::Int { bits, .. } if *bits < 128 => {
                        let Ty { boxed, read, .. } = self.ty(key);
                        (boxed, call("Wire.key", vec![read], ""))
                    }
                    Type::Char => ("String".to_owned(), text("Wire::character")),
                    _ => ("String".to_owned(), text("Wire::text")),
                };
                let read = call("Wire.map", vec![named, read], "");
                around(format!("Map<{key}, {boxed}>"), read, call("WireWriter.map", vec![put], ""), "Wire.copyMap")
            }
            Type::Tuple(elements) => {
                let count = elements.len();
                self.tuples.borrow_mut().insert(count);
                let elements: Vec<_> = elements.iter().map(|element| self.ty(element)).collect();
                let names: Vec<_> = elements.iter().map(|ty| ty.boxed.clone()).collect();
                let name = if count == 0 { "Tuple0".to_owned() } else { format!("Tuple{count}<{}>", names.join(", ")) };
                let (reads, puts) = elements.into_iter().map(|ty| (ty.read, ty.put)).unzip();
                let (reader, putter) = (format!("Tuple{count}.reader"), format!("Tuple{count}.putter"));
                around(name, call(reader, reads, ""), call(putter, puts, ""), "")
            }
            Type::Duration => of("Duration", "duration", "Wire::putDuration"),
            Type::Any => Ty { read: text("Json::read"), ..of("Json", "", "Json::put") },
            Type::Unit => Ty { read: text("Unit::read"), ..of("Unit", "", "Unit::put") },
            Type::Named(wanted) => {
                let name = self.client.type_name(wanted);
                let codec = self.codec(name);
                Ty { read: text(format!("{codec}::read")), ..of(name, "", &format!("{codec}::put")) }
            }
        }
    }

    /// The fields of a struct.
    pub(super) fn fields_of(&self, name: &str) -> Option<&'a [Field]> {
        match &self.def(name)?.shape {
            Shape::Struct(fields) => Some(fields),
            _ => None,
        }
    }

    /// How many places the tuples have that were named.
    pub(super) fn tuples(&self) -> Vec<usize> {
        self.tuples.borrow().iter().copied().collect()
    }
}

/// Whether values of a type are of several forms.
pub(super) fn is_union(def: &TypeDef) -> bool {
    match &def.shape {
        Shape::Enum { tagging: Tagging::External, variants } => {
            variants.iter().any(|variant| variant.shape != Shape::Unit)
        }
        Shape::Enum { variants, .. } => !variants.is_empty(),
        _ => false,
    }
}
