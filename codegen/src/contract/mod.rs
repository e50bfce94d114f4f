//! The contract: everything known of an API's operations and errors, free of source spans. Every output reads this
//! and nothing else.

mod endless;
mod front;

use heck::ToUpperCamelCase;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

pub(crate) use endless::endless;
pub use front::Front;
pub use throwback_syntax::{Code, HeaderName, Method, RequestHeader, Retry, Status, Success};

/// The version of the contract's own form. 2 names the sets of errors, which operations share.
pub const VERSION: u32 = 2;

/// One API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Contract {
    /// [`VERSION`].
    pub contract: u32,
    /// The API's name, in kebab case.
    pub name: String,
    /// The API's own version.
    pub version: String,
    /// What it is, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// What stands before the function.
    #[serde(default, skip_serializing_if = "Front::is_default")]
    pub front: Front,
    /// Its operations, in the order of declaration.
    pub operations: Vec<Operation>,
    /// What is invoked directly, or by Step Functions, and has no route.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invocations: Vec<Invocation>,
    /// The sets of errors, in the order in which operations first name them; behind them those that none names.
    pub sets: Vec<SetDef>,
    /// Every error of a set, in the order of declaration.
    pub errors: Vec<ErrorDef>,
    /// Every type that they name.
    pub types: Vec<TypeDef>,
}

/// One method and path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Operation {
    /// The handler's name.
    pub name: String,
    /// The HTTP method.
    pub method: Method,
    /// The path, its parameters by their names on the wire.
    pub path: String,
    /// The handler's doc comment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// What the handler takes.
    pub input: Input,
    /// What it returns.
    pub output: Type,
    /// The status of a success.
    pub status: Success,
    /// The set of the errors that it can return; nothing if it declares none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// Whether it asks for what comes beside the input: headers, caller, address.
    #[serde(default, skip_serializing_if = "is_false")]
    pub request: bool,
}

/// A handler without a route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Invocation {
    /// The handler's name, which an event for one of several names as its `operation`.
    pub name: String,
    /// The handler's doc comment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// What the handler takes.
    pub input: Type,
    /// What it returns.
    pub output: Type,
    /// The set of the errors that it can return; nothing if it declares none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
}

/// What one error enum can be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SetDef {
    /// The enum's name; that of the first operation, with `Error` behind it, where something else has the enum's.
    pub name: String,
    /// The codes of the errors, in the order of declaration.
    pub errors: Vec<Code>,
}

/// Where an operation's input comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Input {
    /// The whole.
    pub ty: Type,
    /// Parameters of the path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Field>,
    /// Parameters of the query. A list is one text, its elements separated by commas (OpenAPI: `style: form`,
    /// `explode: false`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<Field>,
    /// What travels in headers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<HeaderParameter>,
    /// Whether the rest is the request's body.
    #[serde(default)]
    pub body: bool,
    /// The member whose value is the whole of the body; nothing where the body is an object of the members that are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
}

impl Input {
    /// Every member of the input that travels outside of the body.
    pub fn parameters(&self) -> impl Iterator<Item = &Field> {
        self.path.iter().chain(&self.query).chain(self.headers.iter().map(|parameter| &parameter.field))
    }

    /// The member that is the whole of the body, among those of the input.
    pub(crate) fn payload_of<'a>(&self, members: &'a [Field]) -> Option<&'a Field> {
        let payload = self.payload.as_ref()?;
        members.iter().find(|field| field.name == *payload)
    }
}

/// A member of an input that travels as a header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct HeaderParameter {
    /// The header's name.
    pub header: RequestHeader,
    /// The member.
    pub field: Field,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct ErrorDef {
    /// Its stable name.
    pub code: Code,
    /// Its HTTP status.
    pub status: Status,
    /// Its summary.
    pub title: String,
    /// Its description; empty where it is hidden.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Whether its `Display` text and fields are shown.
    pub exposed: bool,
    /// What a repeat of the request means.
    pub retry: Retry,
    /// The problem's `type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_uri: Option<String>,
    /// Whether callers should no longer count on it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Whether what went wrong stands in `message` too, as its text stands in `detail`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub message: bool,
    /// Whether it can carry `retryAfter`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retry_after: bool,
    /// Its own members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TypeDef {
    /// Its name, unique in the contract.
    pub name: String,
    /// Its doc comment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Its form.
    pub shape: Shape,
}

/// The form of a named type on the wire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Shape {
    /// An object.
    Struct(Vec<Field>),
    /// The same as another type, under a name of its own.
    Newtype(Type),
    /// An array with a type for each place.
    Tuple(Vec<Type>),
    /// `null`.
    Unit,
    /// One of several variants.
    Enum {
        /// How the variants are told apart.
        tagging: Tagging,
        /// The variants, in the order of declaration.
        variants: Vec<Variant>,
    },
}

/// How serde tells an enum's variants apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Tagging {
    /// `{"Circle": {…}}`, and `"Point"` for a unit.
    External,
    /// `{"type": "Circle", …}`
    Internal {
        /// The member that holds the name.
        tag: String,
    },
    /// `{"type": "Circle", "content": …}`
    Adjacent {
        /// The member that holds the name.
        tag: String,
        /// The member that holds the rest.
        content: String,
    },
    /// Nothing tells them apart.
    Untagged,
}

/// One variant of an enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Variant {
    /// Its name on the wire.
    pub name: String,
    /// Its name in Rust.
    pub ident: String,
    /// Its doc comment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// What it holds.
    pub shape: Shape,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Field {
    /// Its name on the wire.
    pub name: String,
    /// Its doc comment.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Its type.
    pub ty: Type,
    /// Whether it may be left out by who writes it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Whether its own members stand in its place.
    #[serde(default, skip_serializing_if = "is_false")]
    pub flatten: bool,
    /// The response header that carries it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<HeaderName>,
}

/// A type on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number; up to 64 bits and beyond, so no client may read it as a float.
    Int {
        /// Its width.
        bits: u8,
        /// Whether it can be negative.
        signed: bool,
    },
    /// A number.
    Float {
        /// 32 or 64.
        bits: u8,
    },
    /// One character.
    Char,
    /// A text.
    String {
        /// What the text is, in the words of JSON Schema: `date-time`, `uuid` …
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<String>,
    },
    /// `null` or the other.
    Option(Box<Self>),
    /// An array.
    List(Box<Self>),
    /// An array without repetitions.
    Set(Box<Self>),
    /// An object with any members.
    Map {
        /// Its keys: texts, or whole numbers written as texts.
        key: Box<Self>,
        /// Its values.
        value: Box<Self>,
    },
    /// An array with a type for each place.
    Tuple(Vec<Self>),
    /// serde's form of `std::time::Duration`: `{"secs": 1, "nanos": 5}`.
    Duration,
    /// Any JSON value.
    Any,
    /// `null`.
    Unit,
    /// A type of [`Contract::types`].
    Named(String),
}

impl Type {
    /// A text without a format.
    pub const STRING: Self = Self::String { format: None };

    /// What a list holds, of which a query can be one text.
    pub fn element(&self) -> Option<&Self> {
        match self {
            Self::List(element) | Self::Set(element) => Some(element),
            Self::Option(inner) => inner.element(),
            _ => None,
        }
    }

    /// Whether it can stand in a path or a query: one value without structure.
    pub fn is_scalar(&self) -> bool {
        matches!(self, Self::Bool | Self::Int { .. } | Self::Float { .. } | Self::Char | Self::String { .. })
    }
}

impl Operation {
    /// The name that its errors have in clients: that of their set.
    pub fn error_set(&self) -> String {
        self.set.clone().unwrap_or_else(|| self.own_set())
    }

    /// An operation that returns a set which no other names, under the set's own name.
    pub(crate) fn stand_in(set: &SetDef) -> Self {
        Self {
            name: set.name.clone(),
            method: Method::Post,
            path: format!("/{}", set.name),
            docs: String::new(),
            input: Input {
                ty: Type::Any,
                path: Vec::new(),
                query: Vec::new(),
                headers: Vec::new(),
                body: true,
                payload: None,
            },
            output: Type::Any,
            status: Success::OK,
            set: Some(set.name.clone()),
            request: false,
        }
    }

    /// The same without its route.
    pub(crate) fn invoked(self) -> Invocation {
        let Self { name, docs, input, output, set, .. } = self;
        Invocation { name, docs, input: input.ty, output, set }
    }

    /// Whether it stands in for the handlers that return its set, and are no operations.
    pub fn is_stand_in(&self) -> bool {
        self.set.as_ref() == Some(&self.name)
    }

    /// The name of a set that is this operation's alone.
    pub(crate) fn own_set(&self) -> String {
        format!("{}Error", self.name.to_upper_camel_case())
    }
}

impl Contract {
    /// Looks names up without searching.
    pub fn index(&self) -> Index<'_> {
        Index {
            errors: self.errors.iter().map(|error| (error.code.as_str(), error)).collect(),
            types: self.types.iter().map(|def| (def.name.as_str(), def)).collect(),
            sets: self.sets.iter().map(|set| (set.name.as_str(), set)).collect(),
        }
    }

    /// Reads a contract.
    ///
    /// # Errors
    /// What is wrong with it, or that it has the form of another version.
    pub fn read(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Form {
            contract: u32,
        }
        let Form { contract } = serde_json::from_str(text).map_err(|error| format!("this is no contract: {error}"))?;
        if contract != VERSION {
            return Err(format!(
                "this contract has the form of version {contract}, and this throwback reads version {VERSION}: \
                 generate it again, or take the throwback that wrote it"
            ));
        }
        serde_json::from_str(text).map_err(|error| format!("this is no contract: {error}"))
    }

    /// The codes of the errors that an operation can return, in the order of declaration.
    pub fn codes_of(&self, operation: &Operation) -> &[Code] {
        let set = self.sets.iter().find(|set| Some(&set.name) == operation.set.as_ref());
        set.map_or(&[], |set| &set.errors)
    }

    /// The sets that no operation names: those of functions whose handlers are no operations.
    pub fn sets_alone(&self) -> impl Iterator<Item = &SetDef> {
        let named: HashSet<_> = self.operations.iter().filter_map(|operation| operation.set.as_deref()).collect();
        self.sets.iter().filter(move |set| !named.contains(set.name.as_str()))
    }

    /// The contract as JSON, as it is written and hashed.
    pub fn to_json(&self) -> String {
        // A tree of texts, numbers and lists always serializes.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What tells two contracts apart, in 16 hexadecimal digits.
    pub fn hash(&self) -> String {
        short_hash(&self.to_json())
    }
}

/// A contract's errors and types by their names.
#[derive(Debug)]
pub struct Index<'a> {
    errors: HashMap<&'a str, &'a ErrorDef>,
    types: HashMap<&'a str, &'a TypeDef>,
    sets: HashMap<&'a str, &'a SetDef>,
}

impl<'a> Index<'a> {
    /// The error of a code.
    pub fn error(&self, code: &str) -> Option<&'a ErrorDef> {
        self.errors.get(code).copied()
    }

    /// The errors of an operation, in the order of declaration.
    pub fn errors_of(&self, operation: &'a Operation) -> impl Iterator<Item = &'a ErrorDef> {
        self.codes_of(operation).iter().filter_map(|code| self.error(code))
    }

    /// The errors of some codes.
    pub fn errors_by(&self, codes: &'a [Code]) -> impl Iterator<Item = &'a ErrorDef> {
        codes.iter().filter_map(|code| self.error(code))
    }

    /// The codes of the errors of an operation, in the order of declaration.
    pub fn codes_of(&self, operation: &Operation) -> &'a [Code] {
        let set = operation.set.as_deref().and_then(|name| self.sets.get(name));
        set.map_or(&[], |set| &set.errors)
    }

    /// Whether an operation can return the error of a code.
    pub fn declares(&self, operation: &Operation, code: &str) -> bool {
        self.codes_of(operation).iter().any(|known| *known == *code)
    }

    /// The definition of a named type.
    pub fn type_def(&self, name: &str) -> Option<&'a TypeDef> {
        self.types.get(name).copied()
    }
}

/// The SHA-256 of some bytes in hexadecimal digits: no two texts that anybody can find share one.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first 16 digits, for people.
pub(crate) fn short_hash(text: &str) -> String {
    let mut hash = digest(text.as_bytes());
    hash.truncate(16);
    hash
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_is_read_back_and_another_version_refused() {
        let contract = Contract {
            front: Front::Rest,
            contract: VERSION,
            name: "teas".to_owned(),
            version: "1.0.0".to_owned(),
            docs: String::new(),
            operations: Vec::new(),
            invocations: Vec::new(),
            sets: Vec::new(),
            errors: Vec::new(),
            types: Vec::new(),
        };
        let text = contract.to_json();
        assert_eq!(Contract::read(&text), Ok(contract));
        for (text, why) in [
            (
                text.replace("\"contract\": 2", "\"contract\": 1"),
                "the form of version 1, and this throwback reads version 2",
            ),
            (text.replace("\"contract\": 2", "\"contract\": 3"), "the form of version 3"),
            (text.replace("\"sets\"", "\"steps\""), "missing field `sets`"),
            ("{}".to_owned(), "missing field `contract`"),
            ("[".to_owned(), "this is no contract: EOF"),
        ] {
            let said = Contract::read(&text).unwrap_err();
            assert!(said.contains(why), "{said}");
        }
    }
}
