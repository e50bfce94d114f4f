//! Types of other crates whose form on the wire is known.

use crate::contract::Type;

/// What a path that leads out of the source is on the wire.
pub(super) enum Known {
    /// A type without parameters.
    Plain(Type),
    /// The same as its only parameter.
    Same,
    Option,
    List,
    Set,
    Map,
}

/// Looks a path up, with every import written out. Names of the standard library are known alone and by their whole
/// path, those of other crates by the crate and the name: nothing is taken for a type that it may not be.
pub(super) fn known(path: &[String]) -> Option<Known> {
    let (last, before) = path.split_last()?;
    let first = before.first().map_or("", String::as_str);
    let text = |format: &str| Some(Known::Plain(Type::String { format: Some(format.to_owned()) }));
    let int = |bits, signed| Some(Known::Plain(Type::Int { bits, signed }));
    match (first, last.as_str()) {
        ("" | "std" | "core", "bool") => Some(Known::Plain(Type::Bool)),
        ("" | "std" | "core", "u8") | ("std" | "core", "NonZeroU8") => int(8, false),
        ("" | "std" | "core", "u16") | ("std" | "core", "NonZeroU16") => int(16, false),
        ("" | "std" | "core", "u32") | ("std" | "core", "NonZeroU32") => int(32, false),
        ("" | "std" | "core", "u64" | "usize") | ("std" | "core", "NonZeroU64" | "NonZeroUsize") => int(64, false),
        ("" | "std" | "core", "u128") => int(128, false),
        ("" | "std" | "core", "i8") | ("std" | "core", "NonZeroI8") => int(8, true),
        ("" | "std" | "core", "i16") | ("std" | "core", "NonZeroI16") => int(16, true),
        ("" | "std" | "core", "i32") | ("std" | "core", "NonZeroI32") => int(32, true),
        ("" | "std" | "core", "i64" | "isize") | ("std" | "core", "NonZeroI64" | "NonZeroIsize") => int(64, true),
        ("" | "std" | "core", "i128") => int(128, true),
        ("" | "std" | "core", "f32") => Some(Known::Plain(Type::Float { bits: 32 })),
        ("" | "std" | "core", "f64") | ("serde_json", "Number") => Some(Known::Plain(Type::Float { bits: 64 })),
        ("" | "std" | "core", "char") => Some(Known::Plain(Type::Char)),
        ("" | "std" | "core" | "alloc", "String" | "str")
        | ("std", "PathBuf" | "Path" | "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "SocketAddr")
        | ("chrono", "NaiveDateTime")
        | ("jiff", "DateTime" | "Zoned" | "Span" | "SignedDuration") => Some(Known::Plain(Type::STRING)),
        ("std" | "core", "Duration") => Some(Known::Plain(Type::Duration)),
        ("" | "std" | "alloc", "Box")
        | ("std" | "alloc", "Rc" | "Arc" | "Cow" | "Cell" | "RefCell" | "Mutex" | "RwLock") => Some(Known::Same),
        ("" | "std" | "core", "Option") => Some(Known::Option),
        ("" | "std" | "alloc", "Vec") | ("std" | "alloc", "VecDeque" | "LinkedList") => Some(Known::List),
        ("std" | "alloc", "HashSet" | "BTreeSet" | "BinaryHeap") | ("indexmap", "IndexSet") => Some(Known::Set),
        ("std" | "alloc", "HashMap" | "BTreeMap") | ("indexmap", "IndexMap") => Some(Known::Map),
        ("serde_json", "Value") => Some(Known::Plain(Type::Any)),
        ("serde_json", "Map") => {
            Some(Known::Plain(Type::Map { key: Box::new(Type::STRING), value: Box::new(Type::Any) }))
        }
        ("chrono", "DateTime") | ("jiff", "Timestamp") => text("date-time"),
        ("chrono", "NaiveDate") | ("jiff", "Date") => text("date"),
        ("chrono", "NaiveTime") | ("jiff", "Time") => text("time"),
        ("uuid", "Uuid") | ("ulid", "Ulid") => text(if first == "uuid" { "uuid" } else { "ulid" }),
        ("url", "Url") => text("uri"),
        ("rust_decimal", "Decimal") | ("bigdecimal", "BigDecimal") => text("decimal"),
        _ => None,
    }
}

/// The words of `as = "…"` and of the configuration's `types`, or any Rust type.
pub(super) fn described(text: &str) -> Option<syn::Type> {
    let rust = match text.trim() {
        "string" => "String",
        "integer" => "i64",
        "number" => "f64",
        "boolean" => "bool",
        "any" => "::serde_json::Value",
        other => other,
    };
    syn::parse_str(rust).ok()
}
