//! Random APIs, as the Rust source that a person would write, so that the scan takes part too.

use super::values;
use fastrand::Rng;
use std::collections::BTreeSet;
use std::fmt::{self, Write as _};
use throwback_codegen::Legacy;

/// The statuses that an error may have; the front ones come up more often.
const STATUSES: [u16; 38] = [
    500, 503, 504, 400, 404, 409, 401, 402, 403, 405, 406, 407, 408, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422,
    423, 424, 425, 426, 428, 429, 431, 451, 501, 502, 505, 506, 507, 508, 511,
];

/// Codes to begin with: prefixes of each other and of the reserved ones, and names that a template or a pattern knows.
const CODES: [&str; 20] = [
    "A",
    "AB",
    "Order",
    "OrderNot",
    "OrderNotFound",
    "Internal",
    "InternalErro",
    "Internal_Error",
    "FunctionTimeou",
    "FunctionTimeout-",
    "Invalid-Payload",
    "InvalidPayloa",
    "Task",
    "code",
    "status",
    "S",
    "s",
    "d",
    "w",
    "errorMessage",
];

const HEADERS: [&str; 6] = ["X-Case", "x-case", "X-Other", "X.Dotted_$1", "etag", "Location"];

/// What functions of before throw, of every kind; none begins as another does.
const MESSAGES: [&str; 7] =
    ["order * gone", "*not found", "[404] *x", "only ", "can't $m #if(\\) {\"y\"} ", "*^|?.+(1", "* of *left"];

/// Types of which a field can stand in a header.
const SCALARS: [&str; 10] = [
    "String",
    "Option<String>",
    "u64",
    "i64",
    "u128",
    "bool",
    "f64",
    "char",
    "Option<i32>",
    "std::borrow::Cow<'static, str>",
];

const TYPES: [&str; 5] = [
    "Vec<String>",
    "serde_json::Value",
    "std::collections::BTreeMap<String, Option<u8>>",
    "(u8, String)",
    "std::time::Duration",
];

/// An API.
#[derive(Debug, Clone)]
pub(super) struct Api {
    enums: Vec<Enumeration>,
    operations: Vec<Operation>,
    /// The browser origin that may call it.
    pub(super) cors: Option<String>,
    /// What functions of before throw, with the codes that each is.
    legacy: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
struct Enumeration {
    attribute: &'static str,
    variants: Vec<Variant>,
}

#[derive(Debug, Clone)]
struct Variant {
    attributes: String,
    fields: Vec<String>,
    /// The enum that it takes in, where it is no error by itself.
    flattens: Option<usize>,
}

#[derive(Debug, Clone)]
struct Operation {
    name: String,
    method: &'static str,
    path: Vec<String>,
    query: Vec<String>,
    body: bool,
    status: u16,
    errors: usize,
}

impl Api {
    /// A new API.
    pub(super) fn random(rng: &mut Rng) -> Self {
        let mut codes = BTreeSet::new();
        let crowded = rng.bool();
        let crowd: Vec<u16> = rng.choose_multiple(STATUSES, 3);
        // Each enum with all that it holds, however deep: no code may come into one set twice.
        let mut closures: Vec<BTreeSet<usize>> = Vec::new();
        let enums = (0..rng.usize(1..9))
            .map(|index| {
                let mut closure = BTreeSet::from([index]);
                let mut variants: Vec<_> =
                    (0..rng.usize(0..7)).map(|_| Variant::error(rng, &mut codes, crowded.then_some(&crowd))).collect();
                // The one before more often than not, so that some are deep.
                for other in (0..index).rev() {
                    if rng.u32(..10) < 6 && closures.get(other).is_some_and(|inner| inner.is_disjoint(&closure)) {
                        closure.extend(closures.get(other).into_iter().flatten());
                        variants.insert(rng.usize(..=variants.len()), Variant::flatten(other));
                    }
                }
                closures.push(closure);
                let attribute = *rng
                    .choice(&[
                        "",
                        "#[api_error(rename_all = \"camelCase\", docs = \"https://docs.example.com/e/\")]",
                        "#[api_error(rename_all = \"SCREAMING-KEBAB-CASE\")]",
                    ])
                    .unwrap_or(&"");
                Enumeration { attribute, variants }
            })
            .collect::<Vec<_>>();
        let operations = (0..rng.usize(1..5)).map(|index| Operation::random(rng, index, enums.len())).collect();
        let cors = match rng.u32(..4) {
            0 => Some("*".to_owned()),
            1 => Some("https://shop.example.com".to_owned()),
            _ => None,
        };
        let count = rng.usize(..5);
        let messages = rng.choose_multiple(MESSAGES, count);
        let legacy = messages.into_iter().filter_map(|message| Some((message, rng.choice(&codes)?.clone())));
        let legacy = legacy.collect();
        Self { enums, operations, cors, legacy }
    }

    /// What functions of before throw, of the errors that are there.
    pub(super) fn legacy(&self) -> Vec<Legacy> {
        let source = self.to_string();
        let legacy = self.legacy.iter().filter(|(_, code)| source.contains(&format!("code = \"{code}\"")));
        legacy.map(|(message, code)| Legacy::new(*message, code)).collect()
    }

    /// Every API that is this one with something left out, boldest first; one operation stays.
    pub(super) fn smaller(&self, operation: &str) -> Vec<Self> {
        let mut smaller = Vec::new();
        if self.operations.len() > 1 {
            let operations = self.operations.iter().filter(|known| known.name == operation).cloned().collect();
            smaller.push(Self { operations, ..self.clone() });
        }
        if !self.legacy.is_empty() {
            smaller.push(Self { legacy: Vec::new(), ..self.clone() });
        }
        for at in 0..self.legacy.len() {
            let mut legacy = self.legacy.clone();
            legacy.remove(at);
            smaller.push(Self { legacy, ..self.clone() });
        }
        if self.cors.is_some() {
            smaller.push(Self { cors: None, ..self.clone() });
        }
        for (at, this) in self.enums.iter().enumerate() {
            let mut without = |edit: &dyn Fn(&mut Enumeration)| {
                let mut api = self.clone();
                if let Some(edited) = api.enums.get_mut(at) {
                    edit(edited);
                }
                smaller.push(api);
            };
            if this.variants.len() > 1 {
                without(&|this| this.variants.clear());
            }
            if !this.attribute.is_empty() {
                without(&|this| this.attribute = "");
            }
            for (number, variant) in this.variants.iter().enumerate() {
                without(&|this| drop(this.variants.remove(number)));
                for field in 0..variant.fields.len() {
                    without(&|this| {
                        this.variants.get_mut(number).into_iter().for_each(|it| drop(it.fields.remove(field)));
                    });
                }
            }
        }
        for (at, this) in self.operations.iter().enumerate() {
            let mut without = |edit: &dyn Fn(&mut Operation)| {
                let mut api = self.clone();
                if let Some(edited) = api.operations.get_mut(at) {
                    edit(edited);
                }
                smaller.push(api);
            };
            (0..this.path.len()).for_each(|field| without(&|this| drop(this.path.remove(field))));
            (0..this.query.len()).for_each(|field| without(&|this| drop(this.query.remove(field))));
        }
        smaller
    }
}

impl Variant {
    fn flatten(other: usize) -> Self {
        Self { attributes: "flatten".to_owned(), fields: Vec::new(), flattens: Some(other) }
    }

    fn error(rng: &mut Rng, codes: &mut BTreeSet<String>, crowd: Option<&Vec<u16>>) -> Self {
        let (mut attributes, mut fields) = (String::new(), Vec::new());
        if rng.u32(..20) == 0 {
            return Self { attributes: "internal".to_owned(), fields, flattens: None };
        }
        let common = rng.bool();
        let status = match crowd {
            Some(crowd) => rng.choice(crowd).copied(),
            None => rng.choice(if common { &STATUSES[..6] } else { &STATUSES[..] }).copied(),
        };
        let status = status.unwrap_or(500);
        // Writing to a String cannot fail.
        let _ = write!(attributes, "status = {status}, code = \"{}\"", code(rng, codes));
        if rng.u32(..4) == 0 {
            let _ = write!(attributes, ", title = {:?}", format!("T{}", values::text(rng)));
        }
        if rng.u32(..4) == 0 {
            let _ =
                write!(attributes, ", retry = {}", rng.choice(["never", "backoff", "idempotent"]).unwrap_or("never"));
        }
        let exposed = status < 500 || rng.bool();
        if exposed && status >= 500 {
            attributes.push_str(", expose");
        }
        if rng.u32(..4) == 0 {
            let ty = rng.choice(["u64", "Option<u32>", "std::time::Duration"]).unwrap_or("u64");
            fields.push(format!("#[api_error(retry_after)] wait: {ty}"));
        }
        let mut headers: Vec<String> = Vec::new();
        for number in 0..if exposed { rng.usize(..5) } else { 0 } {
            let mut said = Vec::new();
            let header = *rng.choice(&HEADERS).unwrap_or(&"X-Case");
            let in_header = rng.u32(..3) == 0 && !headers.contains(&header.to_lowercase());
            if in_header {
                headers.push(header.to_lowercase());
                said.push(format!("header = {header:?}"));
            }
            if rng.u32(..4) == 0 {
                said.push(format!("rename = \"_a.b-{number}\""));
            }
            let said = if said.is_empty() { String::new() } else { format!("#[api_error({})] ", said.join(", ")) };
            let types = if in_header || rng.bool() { &SCALARS[..] } else { &TYPES };
            let ty = rng.choice(types).copied().unwrap_or("String");
            fields.push(format!("{said}field_{number}: {ty}"));
        }
        Self { attributes, fields, flattens: None }
    }
}

/// A code that is free, often one that begins as another does.
fn code(rng: &mut Rng, codes: &mut BTreeSet<String>) -> String {
    loop {
        let known = rng.choice(codes.iter()).map_or("", String::as_str);
        let new = rng.choice(&CODES).copied().unwrap_or_default();
        let mut code = rng.choice([new, known, known]).unwrap_or_default().to_owned();
        match rng.u32(..5) {
            0 => {}
            1 => code.truncate(rng.usize(..=code.len())),
            2 => code.extend(std::iter::repeat_n('x', 64 - code.len().min(64))),
            _ => (0..rng.usize(1..3)).for_each(|_| code.push(rng.alphanumeric())),
        }
        code.truncate(64);
        let fits = code.starts_with(|first: char| first.is_ascii_alphabetic());
        let reserved = throwback_syntax::RESERVED_CODES.contains(&code.as_str());
        if fits && !reserved && !codes.contains(&code) {
            codes.insert(code.clone());
            return code;
        }
    }
}

impl Operation {
    fn random(rng: &mut Rng, index: usize, enums: usize) -> Self {
        let method = *rng.choice(&["GET", "DELETE", "POST", "PUT", "PATCH"]).unwrap_or(&"GET");
        let mut field = |name: &str, number: usize, optional: bool| {
            let types = ["String", "u64", "i64", "bool", "f64", "char", "u8"];
            let ty = *rng.choice(&types).unwrap_or(&"String");
            let ty = if optional { format!("Option<{ty}>") } else { (*ty).to_owned() };
            // API Gateway takes more signs in names than Rust does, and Velocity reads some of them.
            let wire = match (name, rng.u32(..4)) {
                ("query", 0) => format!("$query.{number}"),
                ("query", 1) => format!("{number}$:${name}"),
                (_, 2) => format!("{number}-{name}"),
                _ => format!("{name}_{number}"),
            };
            format!("#[serde(rename = \"{wire}\")] {name}_{number}: {ty}")
        };
        let path = (0..=index % 3).map(|number| field("path", number, false)).collect();
        let query = (0..(index + 1) % 4).map(|number| field("query", number, number % 2 == 0)).collect();
        Self {
            name: format!("op_{index}"),
            method,
            path,
            query,
            body: ["POST", "PUT", "PATCH"].contains(&method) && rng.bool(),
            status: *rng.choice(&[200, 201, 202]).unwrap_or(&200),
            errors: rng.usize(..enums),
        }
    }
}

/// The name in `#[…] name: type`.
fn name(field: &str) -> &str {
    let (_, field) = field.split_once("] ").unwrap_or_default();
    field.split(':').next().unwrap_or(field)
}

/// The source of the crate's `lib.rs`.
impl fmt::Display for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What no operation returns is left out: an enum comes behind all that it takes in.
        let mut used: BTreeSet<_> = self.operations.iter().map(|this| this.errors).collect();
        for (at, this) in self.enums.iter().enumerate().rev() {
            if used.contains(&at) {
                used.extend(this.variants.iter().filter_map(|variant| variant.flattens));
            }
        }
        for (at, this) in self.enums.iter().enumerate().filter(|(at, _)| used.contains(at)) {
            let attribute = if this.attribute.is_empty() { String::new() } else { format!("{}\n", this.attribute) };
            writeln!(f, "#[derive(Debug, throwback::ApiError)]\n{attribute}pub enum Set{at} {{")?;
            for (number, variant) in this.variants.iter().enumerate() {
                writeln!(f, "    #[api_error({})]", variant.attributes)?;
                match (variant.flattens, variant.fields.as_slice()) {
                    (Some(other), _) => writeln!(f, "    Variant{number}(Set{other}),")?,
                    (None, []) => writeln!(f, "    Variant{number},")?,
                    (None, fields) => writeln!(f, "    Variant{number} {{ {} }},", fields.join(", "))?,
                }
            }
            writeln!(f, "}}")?;
        }
        writeln!(f, "#[derive(serde::Serialize)]\npub struct Output {{ done: bool }}")?;
        for this in &self.operations {
            let body = this.body.then(|| "body: String".to_owned());
            let fields: Vec<_> = this.path.iter().chain(&this.query).cloned().chain(body).collect();
            let input = format!("{}_input", this.name);
            writeln!(f, "#[derive(serde::Deserialize)]\n#[allow(non_camel_case_types)]")?;
            writeln!(f, "pub struct {input} {{ {} }}", fields.join(", "))?;
            let path: String = this.path.iter().map(|field| format!("/{{{}}}", name(field))).collect();
            let query: Vec<_> = this.query.iter().map(|field| name(field)).collect();
            let named = ["POST", "PUT", "PATCH"].contains(&this.method) && !query.is_empty();
            let query = if named { format!("{{?{}}}", query.join(",")) } else { String::new() };
            writeln!(
                f,
                "#[throwback::operation({}, \"/{}{path}{query}\", status = {})]",
                this.method, this.name, this.status
            )?;
            writeln!(
                f,
                "async fn {}(event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<{input}>>) -> Result<Output, Set{}> {{ loop {{}} }}",
                this.name, this.errors
            )?;
        }
        Ok(())
    }
}
