//! Types as Go writes them: declarations, and what reads and writes their values.

use super::names::Go;
use crate::client::{Client, members, variants};
use crate::contract::{Field, Shape, Tagging, Type, TypeDef, Variant};
use crate::text::go::{docs, string};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::fmt::Write;

/// A type, and the functions that read and write its values.
pub(super) struct Ty {
    pub(super) name: String,
    pub(super) read: String,
    pub(super) put: String,
    /// Whether it has a nil, which can say that there is no value.
    nilable: bool,
}

impl Ty {
    /// Whether it has a nil.
    pub(super) fn is_nilable(&self) -> bool {
        self.nilable
    }
}

/// Writes types, and remembers what they need.
pub(super) struct Types<'a> {
    client: &'a Client<'a>,
    pub(super) imports: RefCell<BTreeSet<&'static str>>,
    tuples: RefCell<BTreeSet<usize>>,
    taken: RefCell<HashSet<String>>,
}

impl<'a> Types<'a> {
    pub(super) fn new(client: &'a Client<'a>, taken: HashSet<String>) -> Self {
        let (imports, tuples) = (RefCell::default(), RefCell::default());
        Self { client, imports, tuples, taken: RefCell::new(taken) }
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
                Some("decimal") => plain("Decimal", "asTextOf[Decimal]", "putTextOf[Decimal]"),
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
                let (key, quoted) = match **key {
                    Type::Int { bits, .. } if bits < 128 => (self.ty(key, None), false),
                    Type::Char => (self.ty(key, None), true),
                    _ => (self.ty(&Type::STRING, None), true),
                };
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

    fn def(&self, name: &str) -> Option<&'a TypeDef> {
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

    /// Fields in the lines of a struct, then the lines that read them into `out`, and those that write them from `from`.
    pub(super) fn fields(&self, list: &[Field], names: &[String], inside: Option<&str>, from: &str) -> [String; 3] {
        let [mut lines, mut reads, mut puts] = [const { String::new() }; 3];
        let mut known: Vec<_> = list.iter().filter(|field| !field.flatten).map(|field| string(&field.name)).collect();
        for (at, (field, name)) in list.iter().zip(names).enumerate() {
            let optional = field.optional || matches!(field.ty, Type::Option(_));
            let inner = match &field.ty {
                Type::Option(inner) => inner,
                ty => ty,
            };
            let Ty { name: ty, read, put, nilable } = self.ty(inner, inside.filter(|_| !optional));
            let wire = string(&field.name);
            let place = format!("out.{name}");
            let value = format!("{from}.{name}");
            let star = if optional && !nilable { "*" } else { "" };
            if at > 0 {
                lines.push('\n');
            }
            let mut text = docs(&field.docs);
            if text.is_empty() {
                text.push(format!(" {name} is the member {wire}."));
            }
            lines.push_str(&comment(&text, "\t"));
            // Writing to a String never fails.
            let _ = writeln!(lines, "\t{name} {star}{ty}");
            // What stands in the place of one is not for the next, as serde has it.
            let mut taken = Vec::new();
            if field.flatten {
                self.names_in(inner, &mut taken);
            }
            let _ = match (field.flatten, optional, nilable) {
                (true, false, _) => {
                    let _ = writeln!(puts, "\tputFlat(w, {put}, {value})");
                    let known = known.iter().fold(String::new(), |all, name| format!("{all}, {name}"));
                    writeln!(reads, "\tflat(o, {read}, &{place}{known})")
                }
                (true, true, _) => {
                    let known = known.iter().fold(String::new(), |all, name| format!("{all}, {name}"));
                    let star = if nilable { "found" } else { "&found" };
                    let _ = writeln!(
                        reads,
                        "\tif found, err := {read}(o.rest({})); err == nil {{\n\t\t{place} = {star}\n\t}}",
                        known.trim_start_matches(", ")
                    );
                    let star = if nilable { "" } else { "*" };
                    writeln!(puts, "\tif {value} != nil {{\n\t\tputFlat(w, {put}, {star}{value})\n\t}}")
                }
                (false, true, true) => {
                    let _ = writeln!(puts, "\tif {value} != nil {{\n\t\tput(w, {wire}, {put}, {value})\n\t}}");
                    writeln!(reads, "\tnilable(o, {wire}, {read}, &{place})")
                }
                (false, true, false) => {
                    let _ = writeln!(puts, "\tputOptional(w, {wire}, {put}, {value})");
                    writeln!(reads, "\toptional(o, {wire}, {read}, &{place})")
                }
                (false, false, _) => {
                    let _ = writeln!(puts, "\tput(w, {wire}, {put}, {value})");
                    writeln!(reads, "\trequired(o, {wire}, {read}, &{place})")
                }
            };
            known.extend(taken);
        }
        [lines, reads, puts]
    }

    /// The names of the members that a struct has, as texts of Go's.
    fn names_in(&self, ty: &Type, names: &mut Vec<String>) {
        let Type::Named(name) = ty else { return };
        match self.def(name).map(|def| &def.shape) {
            Some(Shape::Struct(fields)) => {
                for field in fields {
                    if field.flatten {
                        self.names_in(&field.ty, names);
                    } else {
                        names.push(string(&field.name));
                    }
                }
            }
            Some(Shape::Newtype(inner)) => self.names_in(inner, names),
            _ => {}
        }
    }

    /// A struct with its functions.
    fn structure(&self, name: &str, fields: &[Field], inside: &str) -> String {
        let names = members(&Go, fields);
        let [lines, reads, puts] = self.fields(fields, &names, Some(inside), "from");
        let body = if fields.is_empty() { "struct{}\n".to_owned() } else { format!("struct {{\n{lines}}}\n") };
        let from = if fields.is_empty() { "_" } else { "from" };
        format!(
            "type {name} {body}\nfunc read{name}(v value) (out {name}, err error) {{\n\to := v.object()\n{reads}\
             \treturn out, o.err\n}}\n\nfunc append{name}(out []byte, {from} {name}) []byte {{\n\tw := newWriter(out)\n{puts}\
             \treturn w.close()\n}}\n"
        )
    }

    /// What `encoding/json` asks for.
    fn json(name: &str) -> String {
        format!(
            "\n// MarshalJSON writes it as the API reads it.\nfunc (v {name}) MarshalJSON() ([]byte, error) {{\n\treturn append{name}(nil, v), nil\n}}\n\n// UnmarshalJSON reads it as the API writes it.\nfunc (v *{name}) UnmarshalJSON(text []byte) error {{\n\treturn into(text, read{name}, v)\n}}\n"
        )
    }

    /// Every type of the API.
    pub(super) fn all(&self) -> String {
        let mut out = String::new();
        for item in &self.client.types {
            let name = &item.name;
            out.push('\n');
            let text = docs(&item.docs);
            out.push_str(&comment(&text, ""));
            match &item.def.shape {
                Shape::Struct(fields) => {
                    out.push_str(&self.structure(name, fields, &item.def.name));
                    out.push_str(&Self::json(name));
                }
                Shape::Unit => out.push_str(&wrapper(name, &self.ty(&Type::Unit, None))),
                Shape::Newtype(inner) => out.push_str(&wrapper(name, &self.ty(inner, Some(&item.def.name)))),
                Shape::Tuple(elements) => {
                    out.push_str(&wrapper(name, &self.ty(&Type::Tuple(elements.clone()), Some(&item.def.name))));
                }
                Shape::Enum { variants, .. } if !is_union(item.def) => out.push_str(&self.texts(name, variants)),
                Shape::Enum { tagging, variants } => out.push_str(&self.union(name, tagging, variants, &item.def.name)),
            }
        }
        out
    }

    /// The tuples that were named.
    pub(super) fn tuples(&self) -> String {
        self.tuples.borrow().iter().map(|count| tuple(*count)).collect()
    }

    /// An enum whose variants are texts; the API may have more of them one day.
    fn texts(&self, name: &str, list: &[Variant]) -> String {
        let mut out = format!("type {name} string\n");
        let names = variants(&Go, list.iter().map(|variant| &*variant.ident));
        let names: Vec<_> = names.iter().map(|variant| self.take(&format!("{name}{variant}"))).collect();
        if !list.is_empty() {
            let _ = write!(out, "\n// What a {name} can be.\nconst (\n");
            for (at, (variant, constant)) in list.iter().zip(&names).enumerate() {
                let wire = string(&variant.name);
                let text =
                    if variant.docs.is_empty() { vec![format!(" {constant} is {wire}.")] } else { docs(&variant.docs) };
                let blank = if at > 0 { "\n" } else { "" };
                let _ = writeln!(out, "{blank}{}\t{constant} {name} = {wire}", comment(&text, "\t"));
            }
            out.push_str(")\n");
        }
        let known = if names.is_empty() {
            "\treturn false\n".to_owned()
        } else {
            format!("\tswitch v {{\n\tcase {}:\n\t\treturn true\n\t}}\n\treturn false\n", names.join(",\n\t\t"))
        };
        let receiver = if names.is_empty() { "" } else { "v " };
        let _ = write!(
            out,
            "\n// Known says whether this package knows it: the API may be newer.\nfunc ({receiver}{name}) Known() bool {{\n{known}}}\n\n\
             func read{name}(v value) ({name}, error) {{\n\treturn asTextOf[{name}](v)\n}}\n\n\
             func append{name}(out []byte, from {name}) []byte {{\n\treturn putTextOf(out, from)\n}}\n"
        );
        out
    }

    /// An enum whose variants hold values.
    fn union(&self, name: &str, tagging: &Tagging, list: &[Variant], inside: &str) -> String {
        let names = variants(&Go, list.iter().map(|variant| &*variant.ident));
        let names: Vec<_> = names.iter().map(|variant| self.take(&format!("{name}{variant}"))).collect();
        let mut links: Vec<_> = names.iter().map(|name| format!("[{name}]")).collect();
        let open = *tagging != Tagging::Untagged;
        let unknown = self.take(&format!("{name}Unknown"));
        if open {
            links.push(format!("[{unknown}]"));
        }
        let mut out =
            format!("//\n// It is one of {}.\ntype {name} interface {{\n\tis{name}()\n}}\n", links.join(", "));
        let [mut reads, mut puts] = [const { String::new() }; 2];
        for (variant, of) in list.iter().zip(&names) {
            let wire = string(&variant.name);
            let text = if variant.docs.is_empty() { vec![format!(" {of} is {wire}.")] } else { docs(&variant.docs) };
            let _ = write!(out, "\n{}", comment(&text, ""));
            let unit = variant.shape == Shape::Unit;
            match &variant.shape {
                Shape::Struct(fields) => out.push_str(&self.structure(of, fields, inside)),
                Shape::Newtype(inner) => out.push_str(&holder(of, &self.ty(inner, None))),
                Shape::Tuple(elements) => out.push_str(&holder(of, &self.ty(&Type::Tuple(elements.clone()), None))),
                Shape::Unit | Shape::Enum { .. } => {
                    let ty = self.ty(&Type::Unit, None);
                    out.push_str(&wrapper(of, &ty));
                }
            }
            let _ = writeln!(out, "\n{}", mark(of, name));
            let written = format!("append{of}(nil, v)");
            let (value, put) = match tagging {
                Tagging::External if unit => ("content", format!("putText(out, {wire})")),
                Tagging::External => ("content", format!("putOne(out, {wire}, {written})")),
                Tagging::Internal { tag } if unit => {
                    ("unit", format!("putOne(out, {}, putText(nil, {wire}))", string(tag)))
                }
                Tagging::Internal { tag } => ("v", format!("putInternal(out, {}, {wire}, {written})", string(tag))),
                Tagging::Adjacent { tag, .. } if unit => {
                    ("content", format!("putOne(out, {}, putText(nil, {wire}))", string(tag)))
                }
                Tagging::Adjacent { tag, content } => {
                    ("content", format!("putAdjacent(out, {}, {wire}, {}, {written})", string(tag), string(content)))
                }
                Tagging::Untagged => ("v", format!("append{of}(out, v)")),
            };
            let _ = if !open {
                writeln!(reads, "\tif found, err := read{of}(v); err == nil {{\n\t\treturn found, nil\n\t}}")
            } else if value == "unit" {
                writeln!(reads, "\tcase {wire}:\n\t\treturn {of}{{}}, nil")
            } else {
                writeln!(reads, "\tcase {wire}:\n\t\treturn read{of}({value})")
            };
            let reached = if put.contains("(nil, v)") || put.ends_with("(out, v)") { "" } else { "\t\t_ = v\n" };
            let _ = write!(puts, "\tcase {of}:\n{reached}\t\treturn {put}\n");
        }
        if open {
            self.imports.borrow_mut().insert("encoding/json");
            let _ = write!(
                out,
                "\n// {unknown} is one that this package does not know: the API is newer.\ntype {unknown} struct {{\n\t// Raw is its JSON.\n\t\
                 Raw json.RawMessage\n}}\n\n{}\n",
                mark(&unknown, name)
            );
            let has_content =
                list.iter().any(|variant| variant.shape != Shape::Unit) || !matches!(tagging, Tagging::Internal { .. });
            let value = if list.is_empty() || !has_content { "_" } else { "content" };
            let head = match tagging {
                Tagging::Internal { tag } => format!("\tname, err := internal(v, {})\n", string(tag)),
                Tagging::Adjacent { tag, content } => {
                    format!("\tname, {value}, err := adjacent(v, {}, {})\n", string(tag), string(content))
                }
                Tagging::External | Tagging::Untagged => format!("\tname, {value}, err := external(v)\n"),
            };
            let _ = write!(
                out,
                "\nfunc read{name}(v value) ({name}, error) {{\n{head}\tif err != nil {{\n\t\treturn nil, err\n\t}}\n\tswitch name {{\n{reads}\t}}\n\
                 \traw, err := asAny(v)\n\treturn {unknown}{{raw}}, err\n}}\n"
            );
            let _ = write!(puts, "\tcase {unknown}:\n\t\treturn putAny(out, v.Raw)\n");
        } else {
            let _ =
                write!(out, "\nfunc read{name}(v value) ({name}, error) {{\n{reads}\treturn nil, errNoVariant\n}}\n");
        }
        let _ = write!(
            out,
            "\nfunc append{name}(out []byte, from {name}) []byte {{\n\tswitch v := from.(type) {{\n{puts}\t}}\n\treturn append(out, \"null\"...)\n}}\n"
        );
        out
    }
}

/// Whether values of a type are of several forms.
fn is_union(def: &TypeDef) -> bool {
    match &def.shape {
        Shape::Enum { tagging: Tagging::External, variants } => {
            variants.iter().any(|variant| variant.shape != Shape::Unit)
        }
        Shape::Enum { variants, .. } => !variants.is_empty(),
        _ => false,
    }
}

/// A type that is another one on the wire.
fn wrapper(name: &str, ty: &Ty) -> String {
    let Ty { name: inner, read, put, .. } = ty;
    format!(
        "type {name} {inner}\n\nfunc read{name}(v value) ({name}, error) {{\n\tfound, err := {read}(v)\n\treturn {name}(found), err\n}}\n\n\
         func append{name}(out []byte, from {name}) []byte {{\n\treturn {put}(out, ({inner})(from))\n}}\n"
    )
}

/// A variant that holds one value.
fn holder(name: &str, ty: &Ty) -> String {
    let Ty { name: inner, read, put, .. } = ty;
    format!(
        "type {name} struct {{\n\t// Value is what it holds.\n\tValue {inner}\n}}\n\nfunc read{name}(v value) ({name}, error) {{\n\t\
         found, err := {read}(v)\n\treturn {name}{{found}}, err\n}}\n\nfunc append{name}(out []byte, from {name}) []byte {{\n\treturn {put}(out, from.Value)\n}}\n"
    )
}

/// The generic tuple of so many places.
fn tuple(count: usize) -> String {
    if count == 0 {
        return "\n// Tuple0 is an empty array.\ntype Tuple0 struct{}\n\nfunc asTuple0(v value) (out Tuple0, err error) {\n\telements, err := \
                v.elements()\n\tif err == nil && len(elements) != 0 {\n\t\terr = errNoVariant\n\t}\n\treturn out, err\n}\n\n\
                func putTuple0(out []byte, _ Tuple0) []byte {\n\treturn append(out, \"[]\"...)\n}\n"
            .to_owned();
    }
    let each = |of: fn(usize) -> String| (0..count).map(of).collect::<Vec<_>>();
    let (types, any) = (each(|n| format!("T{n}")).join(", "), each(|n| format!("T{n}")).join(", "));
    let fields = each(|n| format!("\t// V{n} is in place {n}.\n\tV{n} T{n}\n")).join("\n");
    let readers = each(|n| format!("r{n} func(value) (T{n}, error)")).join(", ");
    let writers = each(|n| format!("p{n} func([]byte, T{n}) []byte")).join(", ");
    let reads =
        each(|n| format!("\t\tif out.V{n}, err = r{n}(elements[{n}]); err != nil {{\n\t\t\treturn out, err\n\t\t}}\n"))
            .concat();
    let comma = |n: usize| if n > 0 { "\t\tout = append(out, ',')\n" } else { "" };
    let puts = (0..count).map(|n| format!("{}\t\tout = p{n}(out, from.V{n})\n", comma(n))).collect::<String>();
    format!(
        "\n// Tuple{count} is an array with a type for each place.\ntype Tuple{count}[{any} any] struct {{\n{fields}}}\n\n\
         func asTuple{count}[{any} any]({readers}) func(value) (Tuple{count}[{types}], error) {{\n\
         \treturn func(v value) (out Tuple{count}[{types}], err error) {{\n\t\telements, err := v.elements()\n\t\tif err == nil && len(elements) \
         != {count} {{\n\t\t\terr = errNoVariant\n\t\t}}\n\t\tif err != nil {{\n\t\t\treturn out, err\n\t\t}}\n{reads}\t\treturn out, nil\n\t}}\n}}\n\n\
         func putTuple{count}[{any} any]({writers}) func([]byte, Tuple{count}[{types}]) []byte {{\n\
         \treturn func(out []byte, from Tuple{count}[{types}]) []byte {{\n\t\tout = append(out, '[')\n{puts}\t\treturn append(out, ']')\n\t}}\n}}\n"
    )
}

/// Lines of a comment.
pub(super) fn comment(lines: &[String], indent: &str) -> String {
    lines.iter().map(|line| format!("{indent}//{line}\n")).collect()
}

/// The method that says of which kind a type is. gofmt breaks what is too long for a line.
pub(super) fn mark(of: &str, kind: &str) -> String {
    let head = format!("func ({of}) is{kind}()");
    let body = if head.len() <= 100 { "{}" } else { "{\n}" };
    format!("{head} {body}")
}
