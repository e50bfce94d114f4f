//! Which method of a name Velocity calls: the one whose parameters fit the arguments best.

use super::super::evaluate::Machine;
use super::super::number::Number;
use super::super::value::Value;
use super::methods;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in super::super) enum Class {
    Text,
    Bool,
    Int,
    Long,
    Double,
    Big,
    Decimal,
    Char,
    List,
    JsonList,
    Array,
    Map,
    View,
    Entry,
    Iterator,
    Loop,
    Input,
    Util,
    Object,
}

const CLASSES: [Class; 19] = [
    Class::Text,
    Class::Bool,
    Class::Int,
    Class::Long,
    Class::Double,
    Class::Big,
    Class::Decimal,
    Class::Char,
    Class::List,
    Class::JsonList,
    Class::Array,
    Class::Map,
    Class::View,
    Class::Entry,
    Class::Iterator,
    Class::Loop,
    Class::Input,
    Class::Util,
    Class::Object,
];

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Formal {
    Int,
    Long,
    Float,
    Double,
    Bool,
    Char,
    Object,
    Text,
    Chars,
    /// `CharSequence[]`, or as many of them as there are.
    AllChars,
    Objects,
    CharArray,
    Collection,
    Iterable,
    List,
    Map,
    Boxed(Class),
    /// A type that no template has a value of.
    Other,
}

type Methods = HashMap<&'static str, Vec<&'static [Formal]>>;

static METHODS: LazyLock<HashMap<Class, Methods>> = LazyLock::new(|| {
    CLASSES
        .into_iter()
        .map(|class| {
            let mut known = Methods::new();
            for list in methods::lists(class).iter().chain([&methods::OBJECT]) {
                for signature in list.split_whitespace() {
                    let (name, formals) = signature.trim_end_matches(')').split_once('(').unwrap_or((signature, ""));
                    let formals: Vec<_> = formals.split(',').filter(|name| !name.is_empty()).map(formal).collect();
                    known.entry(name).or_default().push(Box::leak(formals.into_boxed_slice()));
                }
            }
            (class, known)
        })
        .collect()
});

fn formal(name: &str) -> Formal {
    match name {
        "int" => Formal::Int,
        "long" => Formal::Long,
        "float" => Formal::Float,
        "double" => Formal::Double,
        "boolean" => Formal::Bool,
        "char" => Formal::Char,
        "Object" => Formal::Object,
        "String" => Formal::Text,
        "CharSequence" => Formal::Chars,
        "CharSequence[]" => Formal::AllChars,
        "Object[]" => Formal::Objects,
        "char[]" => Formal::CharArray,
        "Collection" => Formal::Collection,
        "Iterable" => Formal::Iterable,
        "List" => Formal::List,
        "Map" => Formal::Map,
        "Integer" => Formal::Boxed(Class::Int),
        "Long" => Formal::Boxed(Class::Long),
        "Double" => Formal::Boxed(Class::Double),
        "Boolean" => Formal::Boxed(Class::Bool),
        "Character" => Formal::Boxed(Class::Char),
        "BigInteger" => Formal::Boxed(Class::Big),
        "BigDecimal" => Formal::Boxed(Class::Decimal),
        _ => Formal::Other,
    }
}

/// Whether a class has a method of this name without parameters.
pub(super) fn has_getter(class: Class, name: &str) -> bool {
    METHODS
        .get(&class)
        .and_then(|known| known.get(name))
        .is_some_and(|all| all.iter().any(|formals| formals.is_empty()))
}

/// Whether any class has a method of this name.
pub(in super::super) fn is_known(name: &str) -> bool {
    METHODS.values().any(|known| known.contains_key(name))
}

/// The parameters of the method that is called; nothing where none fits, or none best.
pub(in super::super) fn find(
    machine: &Machine<'_>,
    class: Class,
    name: &str,
    arguments: &[Value],
) -> Option<&'static [Formal]> {
    let known = METHODS.get(&class)?.get(name)?;
    let exact = |formals: &&&'static [Formal]| {
        formals.len() == arguments.len()
            && formals.iter().zip(arguments).all(|(formal, value)| is_exactly(machine, *formal, value))
    };
    if let Some(found) = known.iter().find(exact) {
        return Some(found);
    }
    let mut best: Option<&'static [Formal]> = None;
    let mut rivals: Vec<&'static [Formal]> = Vec::new();
    for formals in known.iter().copied().filter(|formals| applies(machine, formals, arguments)) {
        let Some(known) = best else {
            best = Some(formals);
            continue;
        };
        match compare(formals, known) {
            Some(true) if rivals.iter().all(|rival| compare(formals, rival) == Some(true)) => {
                best = Some(formals);
                rivals.clear();
            }
            Some(false) => {}
            _ => rivals.push(formals),
        }
    }
    if rivals.is_empty() { best } else { None }
}

/// Whether the argument is of the very type.
fn is_exactly(machine: &Machine<'_>, formal: Formal, value: &Value) -> bool {
    match (formal, value) {
        (Formal::Int | Formal::Boxed(Class::Int), Value::Number(Number::Int(_)))
        | (Formal::Long | Formal::Boxed(Class::Long), Value::Number(Number::Long(_)))
        | (Formal::Double | Formal::Boxed(Class::Double), Value::Number(Number::Double(_)))
        | (Formal::Bool | Formal::Boxed(Class::Bool), Value::Bool(_))
        | (Formal::Char | Formal::Boxed(Class::Char), Value::Char(_))
        | (Formal::Text, Value::Text(_) | Value::Absent)
        | (Formal::Object, Value::Null) => true,
        (Formal::Boxed(class), value) => super::class(machine, value) == class,
        _ => false,
    }
}

fn accepts(machine: &Machine<'_>, formal: Formal, value: &Value) -> bool {
    let primitive =
        matches!(formal, Formal::Int | Formal::Long | Formal::Float | Formal::Double | Formal::Bool | Formal::Char);
    if value.is_null() {
        return !primitive;
    }
    match (formal, value) {
        (Formal::Object, _)
        | (Formal::Int, Value::Number(Number::Int(_)))
        | (Formal::Long | Formal::Float, Value::Number(Number::Int(_) | Number::Long(_)))
        | (Formal::Double, Value::Number(Number::Int(_) | Number::Long(_) | Number::Double(_)))
        | (Formal::Bool, Value::Bool(_))
        | (Formal::Char, Value::Char(_))
        | (Formal::Text | Formal::Chars, Value::Text(_) | Value::Absent)
        | (Formal::Map, Value::Map(_) | Value::Loop(_)) => true,
        (Formal::Boxed(class), value) => super::class(machine, value) == class,
        (Formal::Collection | Formal::Iterable | Formal::List | Formal::AllChars | Formal::Objects, value) => {
            let array = match value {
                Value::List(place) => match machine.heap.kind(*place) {
                    super::Kind::Array(name) => Some(name),
                    _ => None,
                },
                Value::View(..) if formal != Formal::List => None,
                _ => return false,
            };
            match formal {
                Formal::AllChars => array.is_some_and(|name| name.contains("String")),
                Formal::Objects => array.is_some_and(|name| name.starts_with('L')),
                _ => array.is_none(),
            }
        }
        (Formal::CharArray, Value::List(place)) => machine.heap.kind(*place) == super::Kind::Array("C"),
        _ => false,
    }
}

/// What each of several arguments in a row has to be.
fn element(formal: Formal) -> Option<Formal> {
    match formal {
        Formal::AllChars => Some(Formal::Chars),
        Formal::Objects => Some(Formal::Object),
        Formal::CharArray => Some(Formal::Char),
        _ => None,
    }
}

fn applies(machine: &Machine<'_>, formals: &[Formal], arguments: &[Value]) -> bool {
    let fits = |formals: &[Formal], arguments: &[Value]| {
        formals.iter().zip(arguments).all(|(formal, value)| accepts(machine, *formal, value))
    };
    let several = formals.last().and_then(|last| element(*last));
    match (several, formals.len()) {
        (_, length) if length == arguments.len() => {
            if fits(formals, arguments) {
                return true;
            }
            let (Some(element), Some(last)) = (several, arguments.last()) else { return false };
            fits(&formals[..length - 1], arguments) && accepts(machine, element, last)
        }
        (Some(_), length) if length == arguments.len() + 1 => fits(formals, arguments),
        (Some(element), length) if length < arguments.len() => {
            fits(&formals[..length - 1], arguments)
                && arguments[length - 1..].iter().all(|value| accepts(machine, element, value))
        }
        // Whatever is passed to a method without parameters, it fits.
        (None, 0) => true,
        _ => false,
    }
}

/// Whether the first one is more specific than the second, or less; nothing if neither is.
fn compare(first: &[Formal], second: &[Formal]) -> Option<bool> {
    if first.len() != second.len() {
        return Some(first.len() > second.len());
    }
    let (mut more, mut less) = (false, false);
    for (first, second) in first.iter().zip(second) {
        if first != second {
            more = more || widens(*first, *second) || *second == Formal::Object;
            less = less || widens(*second, *first) || *first == Formal::Object;
        }
    }
    match (more, less) {
        (true, true) => {
            let array = |formals: &[Formal]| formals.last().is_some_and(|last| element(*last).is_some());
            match (array(first), array(second)) {
                (true, false) => Some(false),
                (false, true) => Some(true),
                _ => None,
            }
        }
        (true, false) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

/// Whether a value of the one type is one of the other.
fn widens(from: Formal, to: Formal) -> bool {
    match to {
        Formal::Long => from == Formal::Int,
        Formal::Float => matches!(from, Formal::Int | Formal::Long),
        Formal::Double => matches!(from, Formal::Int | Formal::Long | Formal::Float),
        Formal::Chars => from == Formal::Text,
        Formal::Collection => from == Formal::List,
        Formal::Iterable => matches!(from, Formal::Collection | Formal::List),
        Formal::AllChars => matches!(from, Formal::Text | Formal::Chars),
        _ => false,
    }
}
