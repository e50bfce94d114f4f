//! Types as Go writes them, and what reads and writes their values.

use super::declared::{json, tuple, wrapper};
use super::lines::described;
use crate::client::Client;
use crate::contract::{Field, Shape, Tagging, Type, TypeDef};
use crate::text::go::docs;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashSet};

const DECIMAL: &str = "\n// Decimal is a decimal number of any precision, as its digits.\ntype Decimal string\n";

/// A type, and the functions that read and write its values.
pub(super) struct Ty {
    pub(super) name: String,
    pub(super) read: String,
    pub(super) put: String,
    /// Whether it has a nil, which can say that there is no value.
    pub(super) nilable: bool,
}

/// Writes types, and remembers what they need.
pub(super) struct Types<'a> {
    pub(super) client: &'a Client<'a>,
    pub(super) imports: RefCell<BTreeSet<&'static str>>,
    tuples: RefCell<BTreeSet<usize>>,
    decimals: Cell<bool>,
    taken: RefCell<HashSet<String>>,
}

impl<'a> Types<'a> {
    pub(super) fn new(client: &'a Client<'a>, taken: HashSet<String>) -> Self {
        let (imports, tuples) = (RefCell::default(), RefCell::default());
        Self { client, imports, tuples, decimals: Cell::default(), taken: RefCell::new(taken) }
    }

    /// Takes a name in the package; one that is taken gets a number.
    pub(super) fn take(&self, name: &str) -> String {
        let mut taken = self.taken.borrow_mut();
        let mut names = std::iter::once(name.to_owned()).chain((2..usize::MAX).map(|number| format!("{name}{number}")));
        let name = names.find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(name.clone());
        name
    }

    /// A type on the wire. `inside` is the type that holds it: what holds itself is pointed to.
    pub(super) fn ty(&self, ty: &Type, inside: Option<&str>) -> Ty {
        let plain = |name: &str, read: &str, put: &str| Ty {
            name: name.to_owned(),
            read: read.to_owned(),
            put: put.to_owned(),
            nilable: false,
        };
        let nilable = |ty: Ty| Ty { nilable: true, ..ty };
        let import = |name: &'static str| {
            self.imports.borrow_mut().insert(name);
        };
        match ty {
            Type::Bool => plain("bool", "asBool", "putBool"),
            Type::Int { bits: 128, signed } => {
                import("math/big");
                nilable(plain("*big.Int", if *signed { "asInt128" } else { "asUint128" }, "putBig"))
            }
            Type::Int { bits, signed } => {
                let (name, of) = if *signed { (format!("int{bits}"), "Int") } else { (format!("uint{bits}"), "Uint") };
                plain(&name, &format!("as{of}[{name}]"), &format!("put{of}[{name}]"))
            }
            Type::Float { bits } => {
                let name = format!("float{bits}");
                plain(&name, &format!("asFloat[{name}]"), &format!("putFloat[{name}]"))
            }
            Type::Char => plain("rune", "asRune", "putRune"),
            Type::String { format } => match format.as_deref() {
                Some("date-time") => {
                    import("time");
                    plain("time.Time", "asTime", "putTime")
                }
                Some("decimal") => {
                    self.decimals.set(true);
                    plain("Decimal", "asTextOf[Decimal]", "putTextOf[Decimal]")
                }
                _ => plain("string", "asText", "putText"),
            },
            Type::Option(inner) => {
                let Ty { name, read, put, .. } = self.ty(inner, None);
                nilable(plain(&format!("*{name}"), &format!("asPointer({read})"), &format!("putPointer({put})")))
            }
            Type::List(inner) => {
                let Ty { name, read, put, .. } = self.ty(inner, None);
                nilable(plain(&format!("[]{name}"), &format!("asList({read})"), &format!("putList({put})")))
            }
            Type::Set(inner) => {
                let Ty { name, read, put, .. } = self.ty(inner, None);
                let ordered =
                    ["string", "rune"].contains(&&*name) || matches!(**inner, Type::Int { bits, .. } if bits < 128);
                let of = if ordered { "asSet" } else { "asList" };
                nilable(plain(&format!("[]{name}"), &format!("{of}({read})"), &format!("putList({put})")))
            }
            Type::Map { key, value } => {
                let Ty { name, read, put, .. } = self.ty(value, None);
                let (key, quoted) = self.key(key);
                nilable(plain(
                    &format!("map[{}]{name}", key.name),
                    &format!("asMap(asKey({quoted}, {}), {read})", key.read),
                    &format!("putMap({}, {put})", key.put),
                ))
            }
            Type::Tuple(elements) if elements.is_empty() => {
                self.tuples.borrow_mut().insert(0);
                plain("Tuple0", "asTuple0", "putTuple0")
            }
            Type::Tuple(elements) => {
                self.tuples.borrow_mut().insert(elements.len());
                let elements: Vec<_> = elements.iter().map(|element| self.ty(element, inside)).collect();
                let joined = |of: fn(&Ty) -> &String| elements.iter().map(of).cloned().collect::<Vec<_>>().join(", ");
                let count = elements.len();
                plain(
                    &format!("Tuple{count}[{}]", joined(|ty| &ty.name)),
                    &format!("asTuple{count}({})", joined(|ty| &ty.read)),
                    &format!("putTuple{count}({})", joined(|ty| &ty.put)),
                )
            }
            Type::Duration => {
                import("time");
                plain("time.Duration", "asDuration", "putDuration")
            }
            Type::Any => {
                import("encoding/json");
                nilable(plain("json.RawMessage", "asAny", "putAny"))
            }
            Type::Unit => plain("struct{}", "asUnit", "putUnit"),
            Type::Named(wanted) => {
                let name = self.client.type_name(wanted);
                let found = plain(name, &format!("read{name}"), &format!("append{name}"));
                match inside {
                    Some(inside) if self.holds(wanted, inside, &mut HashSet::new()) => nilable(plain(
                        &format!("*{name}"),
                        &format!("asBoxed({})", found.read),
                        &format!("putPointer({})", found.put),
                    )),
                    _ if self.def(wanted).is_some_and(is_union) => nilable(found),
                    _ => found,
                }
            }
        }
    }

    pub(super) fn def(&self, name: &str) -> Option<&'a TypeDef> {
        self.client.index.type_def(name)
    }

    /// Whether a value of `name` holds one of `wanted` without a pointer, a list or a map between.
    fn holds(&self, name: &str, wanted: &str, seen: &mut HashSet<String>) -> bool {
        if name == wanted {
            return true;
        }
        if !seen.insert(name.to_owned()) {
            return false;
        }
        match self.def(name).map(|def| &def.shape) {
            Some(Shape::Struct(fields)) => fields.iter().any(|field| self.has(&field.ty, wanted, seen)),
            Some(Shape::Newtype(inner)) => self.has(inner, wanted, seen),
            Some(Shape::Tuple(elements)) => elements.iter().any(|element| self.has(element, wanted, seen)),
            Some(Shape::Unit | Shape::Enum { .. }) | None => false,
        }
    }

    fn has(&self, ty: &Type, wanted: &str, seen: &mut HashSet<String>) -> bool {
        match ty {
            Type::Named(name) => self.holds(name, wanted, seen),
            Type::Tuple(elements) => elements.iter().any(|element| self.has(element, wanted, seen)),
            _ => false,
        }
    }

    /// Every type of the API.
    pub(super) fn all(&self) -> String {
        let mut out = String::new();
        for item in &self.client.types {
            let name = &item.name;
            out.push('\n');
            out.push_str(&described(name, docs(&item.docs)));
            match &item.def.shape {
                Shape::Struct(fields) => {
                    out.push_str(&self.structure(name, fields, &item.def.name));
                    out.push_str(&json(name));
                }
                Shape::Unit => out.push_str(&self.wrapped(name, &Type::Unit, &item.def.name)),
                Shape::Newtype(inner) => out.push_str(&self.wrapped(name, inner, &item.def.name)),
                Shape::Tuple(elements) => {
                    out.push_str(&self.wrapped(name, &Type::Tuple(elements.clone()), &item.def.name));
                }
                Shape::Enum { variants, .. } if !is_union(item.def) => out.push_str(&self.texts(name, variants)),
                Shape::Enum { tagging, variants } => out.push_str(&self.union(name, tagging, variants, &item.def.name)),
            }
        }
        out
    }

    /// A type that is another one on the wire. What points somewhere has no methods in Go.
    fn wrapped(&self, name: &str, inner: &Type, inside: &str) -> String {
        let ty = self.ty(inner, Some(inside));
        let points = ty.name.starts_with('*') || matches!(inner, Type::Named(inner) if self.is_interface(inner));
        wrapper(name, &ty) + &if points { String::new() } else { json(name) }
    }

    /// The fields of a struct.
    pub(super) fn fields_of(&self, name: &str) -> Option<&'a [Field]> {
        match &self.def(name)?.shape {
            Shape::Struct(fields) => Some(fields),
            _ => None,
        }
    }

    /// Whether a type is a union's interface, or another name of one or of a pointer.
    fn is_interface(&self, name: &str) -> bool {
        self.def(name).is_some_and(|def| match &def.shape {
            Shape::Newtype(Type::Named(inner)) => self.is_interface(inner),
            Shape::Newtype(Type::Option(_) | Type::Int { bits: 128, .. }) => true,
            _ => is_union(def),
        })
    }

    /// The type of a map's keys, and whether they are texts.
    fn key(&self, key: &Type) -> (Ty, bool) {
        match key {
            Type::Int { bits, .. } if *bits < 128 => (self.ty(key, None), false),
            Type::Char => (self.ty(key, None), true),
            _ => (self.ty(&Type::STRING, None), true),
        }
    }

    /// The types that were named and are none of the API's own.
    pub(super) fn others(&self) -> String {
        let tuples: String = self.tuples.borrow().iter().map(|count| tuple(*count)).collect();
        if self.decimals.get() { tuples + DECIMAL } else { tuples }
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
