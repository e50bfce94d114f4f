//! What the scan says of other crates' types, beside what they really write.

use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::marker::PhantomData;
use std::net::{IpAddr, SocketAddr};
use std::num::{NonZero, NonZeroU8, Saturating, Wrapping};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU8};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use throwback_codegen::Builder;
use throwback_codegen::contract::{Contract, Field, Shape, Tagging, Type};

/// A type as people write it, an attribute before its field, and what is written.
struct Case {
    ty: &'static str,
    attribute: &'static str,
    /// Items beside it.
    items: &'static str,
    written: Value,
}

fn main() -> ExitCode {
    let cases = cases();
    let mut wrong = 0;
    for case in &cases {
        if let Err(why) = checked(case) {
            wrong += 1;
            eprintln!("{} {}: {why}", case.attribute, case.ty);
        }
    }
    println!("{} types of other crates: what is said of {wrong} is not what they write", cases.len());
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn checked(case: &Case) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let write =
        |file: &str, text: &str| std::fs::write(folder.path().join(file), text).map_err(|error| error.to_string());
    std::fs::create_dir(folder.path().join("src")).map_err(|error| error.to_string())?;
    write("Cargo.toml", "[package]\nname = \"held\"\nversion = \"1.0.0\"\n")?;
    write(
        "src/lib.rs",
        &format!(
            "use std::collections::{{HashMap, BTreeMap, BTreeSet, VecDeque}};
             {} #[derive(serde::Serialize)] pub struct Held {{ {} held: {} }}
             #[operation(GET, \"/\")]
             async fn look(_: LambdaEvent<Payload<()>>) -> Result<Held, std::convert::Infallible> {{}}",
            case.items, case.attribute, case.ty
        ),
    )?;
    let generated = Builder::project(folder.path()).check().map_err(|failed| failed.render(false))?;
    let contract = generated.contract;
    let Some(Shape::Struct(fields)) = contract.types.iter().find(|def| def.name == "Held").map(|def| &def.shape) else {
        return Err("it is not described".to_owned());
    };
    if fits(&contract, &fields[0].ty, &case.written) {
        return Ok(());
    }
    Err(format!("described as {:?}, written as {}", fields[0].ty, case.written))
}

/// Whether a value has a type.
fn fits(contract: &Contract, ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Bool => value.is_boolean(),
        Type::Int { signed: true, .. } => value.is_i64(),
        Type::Int { signed: false, .. } => value.is_u64(),
        Type::Float { .. } => value.is_number(),
        Type::Char => value.as_str().is_some_and(|text| text.chars().count() == 1),
        Type::String { format } => value.as_str().is_some_and(|text| match format.as_deref() {
            Some("date-time") => text.parse::<jiff::Timestamp>().is_ok(),
            Some("date") => text.parse::<jiff::civil::Date>().is_ok(),
            Some("time") => text.parse::<jiff::civil::Time>().is_ok(),
            Some("uuid") => text.parse::<uuid::Uuid>().is_ok(),
            Some("uri") => text.parse::<url::Url>().is_ok(),
            _ => true,
        }),
        Type::Option(inner) => value.is_null() || fits(contract, inner, value),
        Type::List(inner) | Type::Set(inner) => {
            value.as_array().is_some_and(|values| values.iter().all(|value| fits(contract, inner, value)))
        }
        Type::Map { value: inner, .. } => {
            value.as_object().is_some_and(|members| members.values().all(|value| fits(contract, inner, value)))
        }
        Type::Tuple(elements) => value.as_array().is_some_and(|values| {
            values.len() == elements.len() && elements.iter().zip(values).all(|(ty, value)| fits(contract, ty, value))
        }),
        Type::Duration => value.get("secs").is_some() && value.get("nanos").is_some(),
        Type::Any => true,
        Type::Unit => value.is_null(),
        Type::Named(name) => contract.types.iter().find(|def| def.name == *name).is_some_and(|def| match &def.shape {
            Shape::Struct(fields) => value.as_object().is_some_and(|members| {
                let fit = |field: &Field| match members.get(&field.name) {
                    Some(value) => fits(contract, &field.ty, value),
                    None => field.optional,
                };
                members.keys().all(|name| fields.iter().any(|field| field.name == *name)) && fields.iter().all(fit)
            }),
            Shape::Newtype(inner) => fits(contract, inner, value),
            Shape::Enum { tagging: Tagging::External, variants } => value.as_object().is_some_and(|members| {
                members.len() == 1
                    && variants.iter().any(|variant| match (&variant.shape, members.get(&variant.name)) {
                        (Shape::Newtype(inner), Some(value)) => fits(contract, inner, value),
                        _ => false,
                    })
            }),
            _ => false,
        }),
    }
}

fn cases() -> Vec<Case> {
    fn case(ty: &'static str, value: &impl Serialize) -> Case {
        Case {
            ty,
            attribute: "",
            items: "",
            written: serde_json::to_value(value).unwrap_or_else(|error| json!([error.to_string()])),
        }
    }
    let instant = time::macros::datetime!(2026-03-01 10:00 UTC);
    let date_time = chrono::DateTime::from_timestamp(1_772_359_200, 0).unwrap_or_default();
    let date = jiff::civil::date(2026, 3, 1);
    let mut cases = vec![
        case("chrono::DateTime<chrono::Utc>", &date_time),
        case("chrono::DateTime<chrono::FixedOffset>", &date_time.fixed_offset()),
        case("chrono::NaiveDateTime", &date_time.naive_utc()),
        case("chrono::NaiveDate", &date_time.date_naive()),
        case("chrono::NaiveTime", &date_time.time()),
        case("chrono::Weekday", &chrono::Weekday::Mon),
        case("chrono::Month", &chrono::Month::May),
        case("chrono::TimeDelta", &chrono::TimeDelta::seconds(1)),
        case("chrono::Duration", &chrono::Duration::seconds(-1)),
        case("jiff::Timestamp", &jiff::Timestamp::UNIX_EPOCH),
        case("jiff::Zoned", &jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC)),
        case("jiff::civil::DateTime", &date.at(1, 2, 3, 4)),
        case("jiff::civil::Date", &date),
        case("jiff::civil::Time", &date.at(1, 2, 3, 0).time()),
        case("jiff::Span", &jiff::Span::new().hours(1)),
        case("jiff::SignedDuration", &jiff::SignedDuration::new(1, 5)),
        case("uuid::Uuid", &uuid::Uuid::from_u128(7)),
        case("ulid::Ulid", &ulid::Ulid::from(7_u128)),
        case("url::Url", &"https://a.b/c".parse::<url::Url>().ok()),
        case("rust_decimal::Decimal", &"1.50".parse::<rust_decimal::Decimal>().ok()),
        case("bigdecimal::BigDecimal", &"1.50".parse::<bigdecimal::BigDecimal>().ok()),
        case("bytes::Bytes", &bytes::Bytes::from_static(b"ab")),
        case("smallvec::SmallVec<[u8; 4]>", &smallvec::SmallVec::<[u8; 4]>::from_slice(b"ab")),
        case("tinyvec::ArrayVec<[u8; 4]>", &tinyvec::ArrayVec::from([1_u8; 4])),
        case("tinyvec::TinyVec<[u8; 4]>", &tinyvec::TinyVec::from([1_u8; 4])),
        case("arrayvec::ArrayVec<u8, 4>", &arrayvec::ArrayVec::<u8, 4>::from_iter([1, 2])),
        case("arrayvec::ArrayString<4>", &arrayvec::ArrayString::<4>::from("ab").ok()),
        case("smol_str::SmolStr", &smol_str::SmolStr::new("ab")),
        case("compact_str::CompactString", &compact_str::CompactString::new("ab")),
        case("semver::Version", &semver::Version::new(1, 2, 3)),
        case("ordered_float::OrderedFloat<f64>", &ordered_float::OrderedFloat(1.5)),
        case("hashbrown::HashMap<String, u8>", &hashbrown::HashMap::<_, _>::from_iter([("a", 1)])),
        case("hashbrown::HashSet<u8>", &hashbrown::HashSet::<u8>::from_iter([1])),
        case("indexmap::IndexMap<String, u8>", &indexmap::IndexMap::from([("a", 1)])),
        case("indexmap::IndexSet<u8>", &indexmap::IndexSet::from([1])),
        case("serde_json::Map<String, serde_json::Value>", &json!({ "a": [null] })),
        case("std::net::IpAddr", &IpAddr::from([1, 2, 3, 4])),
        case("std::net::SocketAddr", &SocketAddr::from(([1, 2, 3, 4], 5))),
        case("std::net::SocketAddrV4", &std::net::SocketAddrV4::new([1, 2, 3, 4].into(), 5)),
        case("std::path::PathBuf", &std::path::PathBuf::from("a")),
        case("std::time::Duration", &Duration::new(1, 5)),
        case("std::time::SystemTime", &SystemTime::UNIX_EPOCH),
        case("std::ops::Range<u8>", &(1..3)),
        case("std::ops::RangeInclusive<i64>", &(-1..=3)),
        case("std::num::NonZeroU8", &NonZeroU8::MIN),
        case("std::num::NonZero<u64>", &NonZero::<u64>::MAX),
        case("std::num::Wrapping<i16>", &Wrapping(-3_i16)),
        case("std::num::Saturating<u16>", &Saturating(3_u16)),
        case("std::cmp::Reverse<String>", &Reverse("a")),
        case("std::sync::atomic::AtomicU8", &AtomicU8::new(3)),
        case("std::sync::atomic::AtomicI64", &AtomicI64::new(-3)),
        case("std::sync::atomic::AtomicBool", &AtomicBool::new(true)),
        case("Result<u8, String>", &Ok::<u8, String>(1)),
        case("std::result::Result<u8, Vec<String>>", &Err::<u8, _>(vec!["a"])),
        case("std::marker::PhantomData<u8>", &PhantomData::<u8>),
        case("std::sync::Arc<str>", &Arc::<str>::from("a")),
        case("std::rc::Rc<[u8]>", &Rc::<[u8]>::from([1, 2])),
        case("std::sync::Mutex<u8>", &Mutex::new(1)),
        case("std::borrow::Cow<'static, str>", &Cow::Borrowed("a")),
        case("Box<str>", &"a"),
        case("HashMap<uuid::Uuid, u8>", &HashMap::from([(uuid::Uuid::nil(), 1)])),
        case("BTreeMap<i32, Option<bool>>", &BTreeMap::from([(-1, None::<bool>)])),
        case("BTreeSet<char>", &BTreeSet::from(['a'])),
        case("VecDeque<(u8, f32)>", &VecDeque::from([(1_u8, 1.5_f32)])),
    ];
    macro_rules! through {
        ($module:path, $value:expr) => {{
            use $module as module;
            module::serialize(&$value, serde_json::value::Serializer).unwrap_or_default()
        }};
    }
    let with = [
        (
            concat!("#[serde(with = \"", "time::serde::rfc3339", "\")]"),
            "time::OffsetDateTime",
            through!(time::serde::rfc3339, instant),
        ),
        (
            concat!("#[serde(with = \"", "time::serde::rfc3339::option", "\")]"),
            "Option<time::OffsetDateTime>",
            through!(time::serde::rfc3339::option, Some(instant)),
        ),
        (
            concat!("#[serde(with = \"", "time::serde::rfc2822", "\")]"),
            "time::OffsetDateTime",
            through!(time::serde::rfc2822, instant),
        ),
        (
            concat!("#[serde(with = \"", "time::serde::iso8601", "\")]"),
            "time::OffsetDateTime",
            through!(time::serde::iso8601, instant),
        ),
        (
            concat!("#[serde(with = \"", "time::serde::timestamp", "\")]"),
            "time::OffsetDateTime",
            through!(time::serde::timestamp, instant),
        ),
        (
            concat!("#[serde(with = \"", "time::serde::timestamp::milliseconds", "\")]"),
            "time::OffsetDateTime",
            through!(time::serde::timestamp::milliseconds, instant),
        ),
        (
            concat!("#[serde(with = \"", "chrono::serde::ts_seconds", "\")]"),
            "chrono::DateTime<chrono::Utc>",
            through!(chrono::serde::ts_seconds, date_time),
        ),
        (
            concat!("#[serde(with = \"", "chrono::serde::ts_milliseconds", "\")]"),
            "chrono::DateTime<chrono::Utc>",
            through!(chrono::serde::ts_milliseconds, date_time),
        ),
        (
            concat!("#[serde(with = \"", "chrono::serde::ts_seconds_option", "\")]"),
            "Option<chrono::DateTime<chrono::Utc>>",
            through!(chrono::serde::ts_seconds_option, Some(date_time)),
        ),
    ];
    cases.extend(with.map(|(attribute, ty, written)| Case { ty, attribute, items: "", written }));
    cases.extend(own());
    cases
}

/// A value of a type `Own`, and the items that declare it.
macro_rules! own {
    ($value:expr, $($item:tt)*) => {{
        $($item)*
        let written = serde_json::to_value($value).unwrap_or_else(|error| json!([error.to_string()]));
        Case { ty: "Own", attribute: "", items: stringify!($($item)*), written }
    }};
}

/// Types whose form other crates' derives and attributes give them.
fn own() -> Vec<Case> {
    vec![
        own!(Own(7),
            #[derive(serde_with::SerializeDisplay)]
            pub struct Own(u8);
            impl std::fmt::Display for Own {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    write!(f, "no. {}", self.0)
                }
            }
        ),
        own!(Own { number: 7 },
            #[derive(serde_with::SerializeDisplayAlt)]
            pub struct Own { number: u8 }
            impl std::fmt::Display for Own {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    write!(f, "no. {}", self.number)
                }
            }
        ),
        own!(
            Own::Second,
            #[derive(serde_repr::Serialize_repr)]
            #[repr(i16)]
            pub enum Own {
                #[expect(dead_code)]
                First = 1,
                Second = -7,
            }
        ),
        own!(
            Own { left_out: None, given: Some(1), own: 2 },
            #[serde_with::skip_serializing_none]
            #[derive(serde::Serialize)]
            pub struct Own {
                left_out: Option<u8>,
                given: Option<u8>,
                own: u8,
            }
        ),
    ]
}
