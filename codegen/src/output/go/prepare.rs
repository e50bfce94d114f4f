//! What the templates show, computed beforehand: they hold loops and nothing else.

use super::lines::{comment, doing, mark, meaning, named, short};
use super::names::{self, Go, OF_ERRORS};
use super::types::{Ty, Types};
use crate::client::{Arguments, Client, Error, Language, Method, Set, members};
use crate::contract::{Retry, Type};
use crate::text::go::{docs, string};
use std::collections::{BTreeSet, HashSet};
use std::fmt::Write;

/// Everything of one package.
pub(super) struct Package {
    pub(super) types: String,
    pub(super) errors: Vec<ErrorItem>,
    /// The set of the whole API, then each of the others.
    pub(super) sets: Vec<SetItem>,
    pub(super) methods: Vec<MethodItem>,
    pub(super) calls: Vec<CallItem>,
    pub(super) sample: Option<Sample>,
    pub(super) type_imports: BTreeSet<&'static str>,
    pub(super) error_imports: BTreeSet<&'static str>,
    pub(super) client_imports: BTreeSet<&'static str>,
}

/// One declared error.
pub(super) struct ErrorItem {
    pub(super) docs: String,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) status: u16,
    pub(super) title: String,
    pub(super) retry: &'static str,
    pub(super) sentinel: String,
    pub(super) fields: String,
    /// The docs of `Error`, then its methods.
    pub(super) text: String,
    pub(super) says: String,
    pub(super) is: String,
    pub(super) log: String,
    pub(super) marshal: String,
    pub(super) read: String,
    pub(super) write: String,
    /// The methods that say to which sets it belongs, and these.
    pub(super) marks: Vec<String>,
    pub(super) sets: Vec<String>,
    /// Its fields in a literal, where they are plain values.
    pub(super) sample: Option<String>,
}

/// The errors of an operation, or of the API.
pub(super) struct SetItem {
    pub(super) docs: String,
    pub(super) name: String,
    pub(super) var: String,
    pub(super) decode: String,
    pub(super) invocation: String,
    pub(super) errors: Vec<Member>,
    pub(super) whole: bool,
}

/// An error of a set.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) code: String,
}

/// One operation as a method of the client.
pub(super) struct MethodItem {
    pub(super) docs: String,
    pub(super) name: String,
    pub(super) parameters: String,
    pub(super) output: Option<String>,
    pub(super) arguments: String,
}

/// One operation without a route.
pub(super) struct CallItem {
    pub(super) docs: String,
    pub(super) name: String,
    pub(super) parameters: String,
    pub(super) output: Option<String>,
    pub(super) arguments: String,
}

/// A call that examples make: one whose input is plain, with an error that is, if there are such.
pub(super) struct Sample {
    pub(super) name: String,
    /// What stands behind the context.
    pub(super) arguments: String,
    pub(super) output: bool,
    pub(super) invoked: bool,
    pub(super) set: String,
    /// The place of the error among all.
    pub(super) error: Option<usize>,
    /// What its results are called, where only the error counts, where all do, and where nothing does.
    pub(super) takes: &'static str,
    pub(super) takes_all: &'static str,
    pub(super) ignores: &'static str,
}

fn sample(package: &str, client: &Client<'_>, types: &Types<'_>, errors: &[ErrorItem]) -> Option<Sample> {
    let whole = |ty: &Type| match ty {
        Type::Unit => Some(String::new()),
        Type::Named(name) => {
            let fields = types.fields_of(name)?;
            let plain = fields.iter().zip(members(&Go, fields)).filter(|(field, _)| !field.optional && !field.flatten);
            let plain: Vec<_> =
                plain.filter_map(|(field, name)| Some(format!("{name}: {}", literal(&field.ty)?))).collect();
            Some(format!(", {package}.{}{{{}}}", client.type_name(name), plain.join(", ")))
        }
        _ => None,
    };
    let new = |name: &str, arguments: String, output: &Type, set: &Set, invoked: bool| {
        let output = *output != Type::Unit;
        let is_plain = |at: &&usize| errors.get(**at).is_some_and(|error| error.sample.is_some());
        let (takes, takes_all, ignores) = if output { ("_, err", "output, err", "_, _") } else { ("err", "err", "_") };
        let (name, set, error) = (name.to_owned(), set.name.clone(), set.errors.iter().find(is_plain).copied());
        Sample { name, arguments, output, invoked, set, error, takes, takes_all, ignores }
    };
    let mut samples = Vec::new();
    for item in &client.methods {
        let operation = item.operation;
        let arguments = match &item.arguments {
            Arguments::None => Some(String::new()),
            Arguments::Whole => whole(&operation.input.ty).filter(|_| operation.input.path.is_empty()),
            Arguments::Each(list) => {
                list.iter().map(|argument| literal(&argument.field.ty)).map(|one| Some(format!(", {}", one?))).collect()
            }
        };
        samples.extend(
            arguments.map(|arguments| new(&item.name, arguments, &operation.output, client.set_of(item), false)),
        );
    }
    for call in &client.calls {
        let arguments = whole(&call.invocation.input);
        let set = client.sets.get(call.set)?;
        samples.extend(arguments.map(|arguments| new(&call.name, arguments, &call.invocation.output, set, true)));
    }
    let best = samples.iter().position(|sample| sample.error.is_some()).unwrap_or_default();
    samples.into_iter().nth(best)
}

/// A plain value.
fn literal(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::String { format: None } => Some("\"42\""),
        Type::Int { bits, .. } if *bits < 128 => Some("42"),
        Type::Bool => Some("true"),
        _ => None,
    }
}

/// Whether the zero value of a type is one of the API's.
fn is_whole(ty: &Type) -> bool {
    !matches!(ty, Type::Named(_) | Type::Tuple(_))
}

/// Computes all of it.
pub(super) fn package(name: &str, client: &Client<'_>) -> Package {
    let own = Go.own_types().iter().map(|name| (*name).to_owned());
    let types = client.types.iter().map(|item| item.name.clone());
    let errors = client.errors.iter().map(|item| item.name.clone());
    let sets = client.sets.iter().map(|set| set.name.clone());
    let others = [client.whole.name.clone(), client.name.clone(), client.function.clone(), client.failure.clone()];
    let taken: HashSet<_> = own.chain(types).chain(errors).chain(sets).chain(others).collect();
    let types = Types::new(client, taken);
    let mut text = types.all();
    let type_imports = types.imports.take();
    let sets: Vec<_> = [&client.whole]
        .into_iter()
        .chain(&client.sets)
        .enumerate()
        .map(|(at, item)| set(client, item, &types, at == 0))
        .collect();
    let errors: Vec<_> = client.errors.iter().enumerate().map(|(at, item)| error(client, &types, item, at)).collect();
    let mut error_imports = types.imports.take();
    error_imports.extend((!errors.is_empty()).then_some(["errors", "log/slog"]).into_iter().flatten());
    error_imports.insert("net/http");
    let methods: Vec<_> = client.methods.iter().map(|item| method(client, &types, item)).collect();
    let calls: Vec<_> = client
        .calls
        .iter()
        .map(|call| {
            let input = types.ty(&call.invocation.input, None);
            let output = types.ty(&call.invocation.output, None);
            let set = client.sets.get(call.set).map_or(String::new(), |set| set.name.clone());
            let (parameters, written) = whole(&call.invocation.input, &input);
            let mut lines = docs(&call.docs);
            lines.extend(fails(&set));
            CallItem {
                docs: comment(&doing(&call.name, lines), ""),
                name: call.name.clone(),
                parameters,
                output: (call.invocation.output != Type::Unit).then(|| output.name.clone()),
                arguments: format!("{},\n\t\t{written}, {}, setOf{set}", string(&call.invocation.name), output.read),
            }
        })
        .collect();
    text.push_str(&types.others());
    let mut client_imports = types.imports.take();
    if !methods.is_empty() {
        client_imports.extend(["fmt", "log/slog"]);
    }
    if !methods.is_empty() || !calls.is_empty() {
        client_imports.insert("context");
    }
    let sample = sample(name, client, &types, &errors);
    Package { types: text, errors, sets, methods, calls, sample, type_imports, error_imports, client_imports }
}

fn fails(set: &str) -> Vec<String> {
    vec![String::new(), format!(" It fails with an [Error]: one of [{set}], or one that no operation declares.")]
}

fn whole(ty: &Type, input: &Ty) -> (String, String) {
    if *ty == Type::Unit {
        (String::new(), "[]byte(\"null\")".to_owned())
    } else {
        (format!(", input {}", input.name), format!("{}(nil, input)", input.put))
    }
}

fn set(client: &Client<'_>, set: &Set, types: &Types<'_>, whole: bool) -> SetItem {
    let name = &set.name;
    let (decode, invocation) = if whole {
        ("Decode".to_owned(), "DecodeInvocation".to_owned())
    } else {
        (types.take(&format!("Decode{name}")), types.take(&format!("Decode{name}Invocation")))
    };
    SetItem {
        docs: comment(&named(name, docs(&set.docs)), ""),
        var: format!("setOf{name}"),
        name: name.clone(),
        decode,
        invocation,
        errors: client
            .errors_of(set)
            .map(|error| Member { name: error.name.clone(), code: string(&error.def.code) })
            .collect(),
        whole,
    }
}

fn error(client: &Client<'_>, types: &Types<'_>, error: &Error<'_>, at: usize) -> ErrorItem {
    let def = error.def;
    let mut taken: HashSet<String> = OF_ERRORS.iter().map(|name| (*name).to_owned()).collect();
    let names: Vec<_> = members(&Go, &def.fields)
        .into_iter()
        .map(|name| {
            let mut name = if taken.contains(&name) { format!("{name}Field") } else { name };
            while taken.contains(&name) {
                name.push_str("Field");
            }
            taken.insert(name.clone());
            name
        })
        .collect();
    // An error has the members of its problem by their names; none of its own stands in another's place.
    let plain: Vec<_> =
        def.fields.iter().map(|field| crate::contract::Field { flatten: false, ..field.clone() }).collect();
    let [fields, reads, puts] = types.fields(&plain, &names, None, ("e", "e"));
    let mut lines = meaning(&error.name, docs(&error.docs));
    lines.extend([String::new(), format!(" Status {}. {}", def.status, error.advice)]);
    if let Some(uri) = &def.type_uri {
        lines.push(String::new());
        lines.extend(docs(&format!("See {uri}")));
    }
    if def.deprecated {
        lines.extend([String::new(), " Deprecated: callers should no longer count on this error.".to_owned()]);
    }
    let retry = match def.retry {
        Retry::Never => "RetryNever",
        Retry::Backoff => "RetryBackoff",
        Retry::Idempotent => "RetryIdempotent",
    };
    let sample: Option<Vec<_>> = plain
        .iter()
        .zip(&names)
        .filter(|(field, _)| !field.optional && !matches!(field.ty, Type::Option(_)))
        .filter_map(|(field, name)| match literal(&field.ty) {
            Some(literal) => Some(Some(format!("{name}: {literal}"))),
            None if is_whole(&field.ty) => None,
            None => Some(None),
        })
        .collect();
    let sets: Vec<_> = [&client.whole].into_iter().chain(&client.sets).filter(|set| set.errors.contains(&at)).collect();
    let stem = error.name.strip_suffix("Error").filter(|stem| !stem.is_empty()).unwrap_or(&error.name);
    let sentinel = types.take(&format!("Err{stem}"));
    let name = &error.name;
    let of = format!("func (e *{name})");
    let lines_of = |head: &str, lines: &str| match lines {
        "" => short(&format!("func (*{name}) {head}"), ""),
        lines => format!("{of} {head} {{\n{lines}}}"),
    };
    ErrorItem {
        docs: comment(&lines, ""),
        code: string(&def.code),
        status: def.status.get(),
        title: string(&def.title),
        retry,
        text: comment(&docs(&format!("Error reads as in `{} ({}): {}`.", def.code, def.status, def.title)), ""),
        says: short(&format!("{of} Error() string"), "return orEmpty(e).about().String()"),
        is: short(&format!("{of} Is(target error) bool"), &format!("return target == {sentinel}")),
        log: short(&format!("{of} LogValue() slog.Value"), "return logOf(orEmpty(e))"),
        marshal: short(&format!("{of} MarshalJSON() ([]byte, error)"), "return jsonOf(orEmpty(e)), nil"),
        read: lines_of(&format!("read({} *object)", if reads.is_empty() { "_" } else { "o" }), &reads),
        write: lines_of(&format!("write({} *writer)", if puts.is_empty() { "_" } else { "w" }), &puts),
        sentinel,
        name: name.clone(),
        fields,
        marks: sets.iter().map(|set| mark(&format!("*{name}"), &set.name)).collect(),
        sets: sets.iter().map(|set| set.name.clone()).collect(),
        sample: sample.map(|sample| sample.join(", ")),
    }
}

fn method(client: &Client<'_>, types: &Types<'_>, item: &Method<'_>) -> MethodItem {
    let operation = item.operation;
    let input = &operation.input;
    let ty = types.ty(&input.ty, None);
    let (parameters, written) = match &item.arguments {
        Arguments::None => whole(&Type::Unit, &ty),
        Arguments::Whole => whole(&input.ty, &ty),
        Arguments::Each(arguments) => {
            let (mut parameters, mut fields, mut taken) = (String::new(), Vec::new(), HashSet::new());
            for argument in arguments {
                let base = names::argument(&argument.field.name);
                let mut name = base.clone();
                let mut number = 2;
                while !taken.insert(name.clone()) {
                    name = format!("{base}{number}");
                    number += 1;
                }
                let field = &argument.field;
                let optional = field.optional || matches!(field.ty, Type::Option(_));
                let inner = match &field.ty {
                    Type::Option(inner) => inner,
                    ty => ty,
                };
                let of = types.ty(inner, None);
                let star = if optional && !of.nilable { "*" } else { "" };
                let _ = write!(parameters, ", {name} {star}{}", of.name);
                fields.push(format!("{}: {name}", argument.member));
            }
            (parameters, format!("{}(nil, {}{{{}}})", ty.put, ty.name, fields.join(", ")))
        }
    };
    let set = &client.set_of(item).name;
    let output = types.ty(&operation.output, None);
    let mut endpoint = format!("method: {}, path: {}", string(operation.method.as_str()), string(&operation.path));
    if !input.query.is_empty() {
        let names: Vec<_> = input.query.iter().map(|field| string(&field.name)).collect();
        let _ = write!(endpoint, ", query: []string{{{}}}", names.join(", "));
    }
    if !input.headers.is_empty() {
        let pairs: Vec<_> = input
            .headers
            .iter()
            .map(|parameter| format!("{{{}, {}}}", string(&parameter.field.name), string(&parameter.header)))
            .collect();
        let _ = write!(endpoint, ", headers: [][2]string{{{}}}", pairs.join(", "));
    }
    if let Some(payload) = &input.payload {
        let _ = write!(endpoint, ", payload: {}", string(payload));
    } else if input.body {
        endpoint.push_str(", body: true");
    }
    let mut lines = doing(&item.name, docs(&item.docs));
    lines.push(String::new());
    lines.extend(docs(&format!("`{} {}`", operation.method, operation.path)));
    lines.extend(fails(set));
    MethodItem {
        docs: comment(&lines, ""),
        name: item.name.clone(),
        parameters,
        output: (operation.output != Type::Unit).then(|| output.name.clone()),
        arguments: format!("endpoint{{{endpoint}}},\n\t\t{written}, {}, setOf{set}", output.read),
    }
}
