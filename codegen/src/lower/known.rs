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
    /// `{"start": 1, "end": 3}`
    Range,
    /// `{"Ok": 1}` or `{"Err": "a"}`
    Result,
    /// `{"secs_since_epoch": 1, "nanos_since_epoch": 5}`
    SystemTime,
    /// One of two forms, by a feature of its crate.
    ByFeature,
}

/// Looks a path up, with every import written out. Names of the standard library are known alone and by their whole
/// path, those of other crates by the crate and the name: nothing is taken for a type that it may not be.
/// `tests/conformance/types` holds this to what the crates write.
pub(super) fn known(path: &[String]) -> Option<Known> {
    let (last, before) = path.split_last()?;
    let (krate, name) = (before.first().map_or("", String::as_str), last.as_str());
    match krate {
        "" => primitive(name).or_else(|| prelude(name)),
        "std" | "core" | "alloc" => primitive(name).or_else(|| prelude(name)).or_else(|| standard(name)),
        _ => foreign(krate, name),
    }
}

fn text(format: &str) -> Known {
    Known::Plain(Type::String { format: Some(format.to_owned()) })
}

fn int(bits: u8, signed: bool) -> Known {
    Known::Plain(Type::Int { bits, signed })
}

/// What the language itself has.
fn primitive(name: &str) -> Option<Known> {
    Some(match name {
        "bool" => Known::Plain(Type::Bool),
        "u8" => int(8, false),
        "u16" => int(16, false),
        "u32" => int(32, false),
        "u64" | "usize" => int(64, false),
        "u128" => int(128, false),
        "i8" => int(8, true),
        "i16" => int(16, true),
        "i32" => int(32, true),
        "i64" | "isize" => int(64, true),
        "i128" => int(128, true),
        "f32" => Known::Plain(Type::Float { bits: 32 }),
        "f64" => Known::Plain(Type::Float { bits: 64 }),
        "char" => Known::Plain(Type::Char),
        "str" => Known::Plain(Type::STRING),
        _ => return None,
    })
}

/// What every module has without a `use`.
fn prelude(name: &str) -> Option<Known> {
    Some(match name {
        "String" => Known::Plain(Type::STRING),
        "Box" => Known::Same,
        "Option" => Known::Option,
        "Vec" => Known::List,
        "Result" => Known::Result,
        _ => return None,
    })
}

/// The rest of the standard library.
fn standard(name: &str) -> Option<Known> {
    if let Some(number) = name.strip_prefix("NonZero").or_else(|| name.strip_prefix("Atomic")) {
        // `NonZeroU8`, `AtomicBool`; `NonZero<u8>` is named by its parameter.
        return if number.is_empty() { Some(Known::Same) } else { primitive(&number.to_lowercase()) };
    }
    Some(match name {
        "PathBuf" | "Path" | "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "SocketAddr" | "SocketAddrV4" | "SocketAddrV6" => {
            Known::Plain(Type::STRING)
        }
        "Duration" => Known::Plain(Type::Duration),
        "PhantomData" => Known::Plain(Type::Unit),
        "Rc" | "Arc" | "Cow" | "Cell" | "RefCell" | "Mutex" | "RwLock" | "Wrapping" | "Saturating" | "Reverse" => {
            Known::Same
        }
        "VecDeque" | "LinkedList" => Known::List,
        "HashSet" | "BTreeSet" | "BinaryHeap" => Known::Set,
        "HashMap" | "BTreeMap" => Known::Map,
        "Range" | "RangeInclusive" => Known::Range,
        "SystemTime" => Known::SystemTime,
        _ => return None,
    })
}

/// Types of other crates.
fn foreign(krate: &str, name: &str) -> Option<Known> {
    Some(match (krate, name) {
        ("serde_json", "Number") => Known::Plain(Type::Float { bits: 64 }),
        ("serde_json", "Value") => Known::Plain(Type::Any),
        ("serde_json", "Map") => Known::Plain(Type::Map { key: Box::new(Type::STRING), value: Box::new(Type::Any) }),
        ("chrono", "DateTime") | ("jiff", "Timestamp") => text("date-time"),
        ("chrono", "NaiveDate") | ("jiff", "Date") => text("date"),
        ("chrono", "NaiveTime") | ("jiff", "Time") => text("time"),
        ("uuid", "Uuid") => text("uuid"),
        ("ulid", "Ulid") => text("ulid"),
        ("url", "Url") => text("uri"),
        ("rust_decimal", "Decimal") | ("bigdecimal", "BigDecimal") => text("decimal"),
        ("chrono", "NaiveDateTime" | "Weekday" | "Month")
        | ("jiff", "DateTime" | "Zoned" | "Span" | "SignedDuration")
        | ("arrayvec", "ArrayString")
        | ("heapless", "String")
        | ("secrecy", "SecretString")
        | ("smol_str", "SmolStr")
        | ("compact_str", "CompactString")
        | ("semver", "Version" | "VersionReq") => Known::Plain(Type::STRING),
        ("chrono", "TimeDelta" | "Duration") => {
            let of = |bits| Type::Int { bits, signed: true };
            Known::Plain(Type::Tuple(vec![of(64), of(32)]))
        }
        (
            "time",
            "OffsetDateTime" | "UtcDateTime" | "PrimitiveDateTime" | "Date" | "Time" | "Duration" | "UtcOffset"
            | "Weekday" | "Month",
        ) => Known::ByFeature,
        ("bytes", "Bytes" | "BytesMut") => Known::Plain(Type::List(Box::new(Type::Int { bits: 8, signed: false }))),
        // The parameter of vectors of this kind is an array.
        ("smallvec", "SmallVec")
        | ("tinyvec", "ArrayVec" | "TinyVec")
        | ("ordered_float", "OrderedFloat" | "NotNan") => Known::Same,
        ("arrayvec", "ArrayVec") | ("heapless", "Vec") => Known::List,
        ("indexmap", "IndexSet") | ("hashbrown", "HashSet") | ("ahash", "AHashSet") | ("rustc_hash", "FxHashSet") => {
            Known::Set
        }
        ("indexmap", "IndexMap") | ("hashbrown", "HashMap") | ("ahash", "AHashMap") | ("rustc_hash", "FxHashMap") => {
            Known::Map
        }
        _ => return None,
    })
}

/// What a module of `#[serde(with = "…")]` writes, by its path with every import written out.
pub(super) fn module(path: &[String]) -> Option<Type> {
    let path: Vec<_> = path.iter().map(String::as_str).collect();
    let (path, optional) = match path.as_slice() {
        ["time", "serde", inner @ .., "option"] => (["time", "serde"].iter().chain(inner).copied().collect(), true),
        ["chrono", "serde", name]
        | ["chrono", "naive", "serde", name]
        | ["chrono", "naive", "datetime", "serde", name] => {
            let plain = name.strip_suffix("_option");
            (vec!["chrono", plain.unwrap_or(name)], plain.is_some())
        }
        _ => (path, false),
    };
    let number = |bits| Type::Int { bits, signed: true };
    let ty = match path.as_slice() {
        ["time", "serde", "rfc3339"] => Type::String { format: Some("date-time".to_owned()) },
        ["time", "serde", "rfc2822" | "iso8601"] => Type::STRING,
        ["time", "serde", "timestamp", "nanoseconds"] => number(128),
        ["time", "serde", "timestamp"]
        | ["time", "serde", "timestamp", "milliseconds" | "microseconds"]
        | ["chrono", "ts_seconds" | "ts_milliseconds" | "ts_microseconds" | "ts_nanoseconds"] => number(64),
        _ => return None,
    };
    Some(if optional { Type::Option(Box::new(ty)) } else { ty })
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
