//! Types: from Rust's to the wire's, following the source wherever it leads.

use super::derived::{Derived, missing};
use super::naming::{made, member, name, word};
use super::serde::Side;
use super::shapes::{At, enumeration, hidden, structure};
use super::sides::{is_sided, one_form};
use super::{Cx, Key, Place, known, segments, serde, unraw};
use crate::contract::{Shape, Tagging, Type, TypeDef, Variant};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::source::{Found, ItemKind, ModuleId, derived_if, resolve};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{GenericArgument, GenericParam, Generics, Ident, PathArguments};
use throwback_syntax::Docs;

/// Names of described types, and what they stand for.
#[derive(Default)]
pub(super) struct Names {
    /// The name of each described item, by its parameters.
    of: HashMap<(Key, Vec<Type>), String>,
    /// Items that can't be described, which is said once.
    refused: HashSet<Key>,
    /// Types that are not in the source, which is said once.
    unseen: HashSet<String>,
    /// Where each name was first taken.
    pub(super) taken: HashMap<String, Place>,
    /// The Rust names of a struct's fields, in the order of its members.
    pub(super) idents: HashMap<String, Vec<String>>,
    /// Fields, by struct and Rust name, that `serde` takes under other names too.
    pub(super) aliased: HashSet<(String, String)>,
    /// How deep in types the description is.
    depth: usize,
    /// How many parts the type that is described may still have; nothing once that was said to be too many.
    left: Option<usize>,
    /// From which side types are described.
    pub(super) side: Side,
    /// Types that have another form on the other side, and from which each was described.
    pub(super) sided: HashMap<String, Side>,
    /// From which side each type was described.
    pub(super) sides: HashMap<String, Side>,
    /// Types that have one form, with all that they name.
    pub(super) one_form: HashSet<String>,
}

impl Names {
    /// Whether a described type has a name.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }
}

/// How deep types may stand in types, by whatever names: far deeper than anybody's do, and an alias of itself ends.
const DEPTH: usize = 400;

/// How many parts one type may have once its aliases are written out: two aliases in one double them with each step.
const PARTS: usize = 10_000;

/// Parameters of a generic type, and what each stands for here.
pub(super) type Env = HashMap<String, Type>;

/// Describes the type of an input: as serde reads it.
pub(super) fn describe_input(cx: &mut Cx<'_>, module: ModuleId, place: &Place, ty: &syn::Type) -> Option<Type> {
    cx.names.side = Side::Read;
    let described = describe(cx, module, place, ty);
    cx.names.side = Side::Written;
    described
}

/// Describes a type that stands in `module`, as serde writes it. `None` is a mistake that has been reported.
pub(super) fn describe(cx: &mut Cx<'_>, module: ModuleId, place: &Place, ty: &syn::Type) -> Option<Type> {
    written(cx, module, place, ty, &Env::new())
}

/// Describes a type as it stands in the source; what it names has limits of its own.
pub(super) fn written(cx: &mut Cx<'_>, module: ModuleId, place: &Place, ty: &syn::Type, env: &Env) -> Option<Type> {
    let outer = cx.names.left.replace(PARTS);
    let described = in_env(cx, module, place, ty, env);
    cx.names.left = outer;
    described
}

/// Counts parts of the type that is described; `None`, and one mistake, if they are too many.
fn count(cx: &mut Cx<'_>, place: &Place, parts: usize) -> Option<()> {
    let left = cx.names.left?;
    cx.names.left = left.checked_sub(parts).filter(|_| cx.names.depth <= DEPTH);
    if cx.names.left.is_none() {
        let text = format!(
            "this type can't be described: it is an alias of itself, or has over {PARTS} parts, or goes over {DEPTH} types deep"
        );
        cx.mistake(place, text);
    }
    cx.names.left.map(drop)
}

/// How many parts a described type has.
fn parts(ty: &Type) -> usize {
    1 + match ty {
        Type::Option(inner) | Type::List(inner) | Type::Set(inner) => parts(inner),
        Type::Map { key, value } => parts(key) + parts(value),
        Type::Tuple(elements) => elements.iter().map(parts).sum(),
        _ => 0,
    }
}

/// [`describe`] in an item that may be named as `Self`, with generic parameters, none of which can be described.
pub(super) fn describe_beside(
    cx: &mut Cx<'_>,
    (module, name): &Key,
    place: &Place,
    ty: &syn::Type,
    generics: &[String],
) -> Option<Type> {
    let mut parameter = Parameter { names: generics, found: None };
    parameter.visit_type(ty);
    if let Some(name) = parameter.found {
        cx.mistake(place, format!("the generic parameter `{name}` can't be described: keep the field in the function with `#[api_error(skip)]`, or say what it is on the wire with `#[api_error(as = \"string\")]`"));
        return None;
    }
    let mut ty = ty.clone();
    Myself(&Ident::new(name, place.span)).visit_type_mut(&mut ty);
    describe(cx, *module, place, &ty)
}

/// Names an item in place of its `Self`.
struct Myself<'a>(&'a Ident);

impl VisitMut for Myself<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.is_ident("Self") {
            *path = syn::Path::from(self.0.clone());
        }
        syn::visit_mut::visit_path_mut(self, path);
    }
}

/// Looks for a generic parameter in a type.
struct Parameter<'a> {
    names: &'a [String],
    found: Option<String>,
}

impl<'ast> Visit<'ast> for Parameter<'_> {
    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        if let Some(first) = path.path.segments.first().filter(|_| path.path.leading_colon.is_none())
            && self.names.contains(&unraw(&first.ident))
        {
            self.found = Some(unraw(&first.ident));
        }
        syn::visit::visit_type_path(self, path);
    }
}

fn in_env(cx: &mut Cx<'_>, module: ModuleId, place: &Place, ty: &syn::Type, env: &Env) -> Option<Type> {
    cx.names.depth += 1;
    let described = count(cx, place, 1).and_then(|()| by_form(cx, module, place, ty, env));
    cx.names.depth -= 1;
    described
}

fn by_form(cx: &mut Cx<'_>, module: ModuleId, place: &Place, ty: &syn::Type, env: &Env) -> Option<Type> {
    match ty {
        syn::Type::Array(array) => Some(Type::List(Box::new(in_env(cx, module, place, &array.elem, env)?))),
        syn::Type::Slice(slice) => Some(Type::List(Box::new(in_env(cx, module, place, &slice.elem, env)?))),
        syn::Type::Group(group) => in_env(cx, module, place, &group.elem, env),
        syn::Type::Paren(paren) => in_env(cx, module, place, &paren.elem, env),
        syn::Type::Reference(reference) => in_env(cx, module, place, &reference.elem, env),
        syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Some(Type::Unit),
        syn::Type::Tuple(tuple) => {
            let elements: Vec<_> = tuple.elems.iter().map(|element| in_env(cx, module, place, element, env)).collect();
            elements.into_iter().collect::<Option<_>>().map(Type::Tuple)
        }
        syn::Type::Path(path) => by_path(cx, module, place, path, env),
        // The shared parser reports these where they stand in an error; here they stand in a type of the source.
        _ => {
            cx.mistake(place, "such a type can't be described: list it under `types` in throwback.toml, or leave the field out with `#[serde(skip)]`");
            None
        }
    }
}

fn by_path(cx: &mut Cx<'_>, module: ModuleId, place: &Place, path: &syn::TypePath, env: &Env) -> Option<Type> {
    let names = segments(&path.path);
    if let [only] = names.as_slice()
        && let Some(ty) = env.get(only)
    {
        count(cx, place, parts(ty))?;
        return Some(ty.clone());
    }
    let arguments: Vec<&syn::Type> = match path.path.segments.last().map(|last| &last.arguments) {
        Some(PathArguments::AngleBracketed(arguments)) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let found = resolve(cx.crates, module, &names);
    let whole = match &found {
        Found::Item { .. } | Found::Either(_) => names.join("::"),
        Found::Outside(whole) => whole.join("::"),
    };
    let given = cx.given.get(&whole).or_else(|| cx.given.get(&names.join("::")));
    if let Some((given, parameters)) = given.map(|(ty, parameters)| (ty.clone(), parameters.to_vec())) {
        let arguments = arguments.iter().take(parameters.len());
        let arguments: Vec<_> = arguments.map(|argument| in_env(cx, module, place, argument, env)).collect();
        let arguments = arguments.into_iter().collect::<Option<Vec<_>>>()?;
        let env = parameters.into_iter().zip(arguments).collect();
        return in_env(cx, module, place, &given, &env);
    }
    match found {
        Found::Item { module: home, name, item } => {
            let (kind, file) = (item.kind.clone(), Arc::clone(&item.file));
            let arguments: Vec<_> = arguments.iter().map(|argument| in_env(cx, module, place, argument, env)).collect();
            let arguments = arguments.into_iter().collect::<Option<Vec<_>>>()?;
            by_item(cx, place, &(home, name), &kind, &file, arguments)
        }
        Found::Either(other) => {
            cx.either(place, &names.join("::"), &other);
            None
        }
        Found::Outside(whole) => by_known(cx, module, place, &whole, &arguments, env),
    }
}

fn by_known(
    cx: &mut Cx<'_>,
    module: ModuleId,
    place: &Place,
    path: &[String],
    arguments: &[&syn::Type],
    env: &Env,
) -> Option<Type> {
    let mut argument = |n: usize| match arguments.get(n) {
        Some(ty) => in_env(cx, module, place, ty, env).map(Box::new),
        None => None,
    };
    match known::known(path) {
        Some(known::Known::Plain(ty)) => Some(ty),
        Some(known::Known::Same) => argument(0).map(|inner| *inner),
        Some(known::Known::Option) => argument(0).map(Type::Option),
        Some(known::Known::List) => argument(0).map(Type::List),
        Some(known::Known::Set) => argument(0).map(Type::Set),
        Some(known::Known::Map) => {
            let (key, value) = (argument(0)?, argument(1)?);
            if !matches!(*key, Type::String { .. } | Type::Int { .. } | Type::Char | Type::Named(_)) {
                cx.mistake(place, "a map's keys are texts or whole numbers");
                return None;
            }
            Some(Type::Map { key, value })
        }
        Some(known::Known::Range) => {
            let of = *argument(0)?;
            let member = |name: &str| member(name, of.clone());
            Some(made(cx, place, format!("RangeOf{}", word(&of)), Shape::Struct(vec![member("start"), member("end")])))
        }
        Some(known::Known::Result) => {
            let (ok, error) = (*argument(0)?, *argument(1)?);
            let name = format!("{}Or{}", word(&ok), word(&error));
            let variant = |name: &str, ty| Variant {
                name: name.to_owned(),
                ident: name.to_owned(),
                docs: String::new(),
                shape: Shape::Newtype(ty),
            };
            let variants = vec![variant("Ok", ok), variant("Err", error)];
            Some(made(cx, place, name, Shape::Enum { tagging: Tagging::External, variants }))
        }
        Some(known::Known::SystemTime) => {
            let of = |bits| Type::Int { bits, signed: false };
            let members = vec![member("secs_since_epoch", of(64)), member("nanos_since_epoch", of(32))];
            Some(made(cx, place, "SystemTime".to_owned(), Shape::Struct(members)))
        }
        Some(known::Known::ByFeature) => {
            let text = format!(
                "how `{0}` is written depends on the feature `serde-human-readable` of the crate `time`: say it with \
                 `#[serde(with = \"time::serde::rfc3339\")]` or one of its kind, or in throwback.toml: `[types]` \
                 `\"{0}\" = \"string\"`",
                path.join("::")
            );
            cx.mistake(place, text);
            None
        }
        // The first place says what all the others need too.
        None if !cx.names.unseen.insert(path.join("::")) => None,
        None => {
            let text = format!(
                "the type `{}` is not in the source that is read, so what it is on the wire can't be seen",
                path.join("::")
            );
            let help = format!(
                "say what it is with `#[api_error(as = \"string\")]` on an error's field, or in throwback.toml: `[types]` `\"{0}\" = \"string\"`; or name its crate's folder under `crates`",
                path.join("::")
            );
            cx.errors.push(Diagnostic::new(text).at(&place.file, place.span.byte_range(), "").help(help));
            None
        }
    }
}

fn by_item(
    cx: &mut Cx<'_>,
    place: &Place,
    key: &Key,
    kind: &ItemKind,
    file: &Arc<SourceFile>,
    mut arguments: Vec<Type>,
) -> Option<Type> {
    with_defaults(cx, place, key.0, kind, &mut arguments)?;
    let (ident, attrs, generics, docs) = match kind {
        ItemKind::Alias(alias) => {
            let env = env(&alias.generics, &arguments);
            return in_env(cx, key.0, place, &alias.ty, &env);
        }
        ItemKind::Enum(item) => (&item.ident, &item.attrs, &item.generics, Docs::parse(&item.attrs)),
        ItemKind::Struct(item) => (&item.ident, &item.attrs, &item.generics, Docs::parse(&item.attrs)),
        ItemKind::Union(_) | ItemKind::Module(_) => {
            cx.mistake(place, format!("`{}` can't be described: it is no struct or enum", key.1));
            return None;
        }
    };
    let id = (key.clone(), arguments);
    if let Some(name) = cx.names.of.get(&id).cloned() {
        return one_form(cx, place, &name).map(|()| Type::Named(name));
    }
    if cx.names.refused.contains(key) {
        return None;
    }
    let here = Place { file: Arc::clone(file), span: ident.span() };
    match Derived::of(attrs, cx.names.side) {
        Some(Derived::Serde) => {}
        Some(Derived::As(ty)) => return Some(ty),
        None => {
            // Its use asks for a form: where only a condition gives it one, that condition holds.
            let side = cx.names.side;
            let condition = derived_if(attrs, |attrs| Derived::of(attrs, side).is_some());
            if let Some(condition) = condition.filter(|_| !cx.crates.is_by_hand(side.of(), &key.1)) {
                return by_item(cx, place, key, &kind.assuming(&condition), file, id.1);
            }
            missing(cx, &here, place, key, attrs);
            cx.names.refused.insert(key.clone());
            return None;
        }
    }
    if cx.kept(file, attrs, "type").is_none() {
        cx.names.refused.insert(key.clone());
        return None;
    }
    let container = serde::container(attrs, cx.names.side);
    if let Some(opaque) = &container.opaque {
        hidden(cx, &here, &format!("`{}`", key.1), opaque, &key.1);
        cx.names.refused.insert(key.clone());
        return None;
    }
    let mut env = env(generics, &id.1);
    let name = name(cx, &id, &here);
    env.insert("Self".to_owned(), Type::Named(name.clone()));
    cx.names.of.insert(id, name.clone());
    // The place is taken before the members are read: a type may name itself.
    let position = cx.types.len();
    cx.types.push(TypeDef { name: name.clone(), docs: docs.text(), shape: Shape::Unit });
    cx.names.sides.insert(name.clone(), cx.names.side);
    if is_sided(kind, attrs, &container) {
        cx.names.sided.insert(name.clone(), cx.names.side);
    }
    let at = At { module: key.0, file, env: &env, name: &key.1, is_variant: false };
    let shape = match (kind, &container.other) {
        (_, Some(other)) => match syn::parse_str(other) {
            Ok(other) => Shape::Newtype(written(cx, key.0, &here, &other, &env)?),
            // serde refuses it too.
            Err(_) => return None,
        },
        (ItemKind::Struct(item), None) => {
            let (shape, idents) = structure(cx, &at, &item.fields, &container)?;
            cx.names.idents.insert(name.clone(), idents);
            let side = cx.names.side;
            let aliased = item.fields.iter().filter(|field| serde::field(&field.attrs, side).alias);
            let aliased = aliased.filter_map(|field| Some((name.clone(), unraw(field.ident.as_ref()?))));
            cx.names.aliased.extend(aliased);
            shape
        }
        (ItemKind::Enum(item), None) => enumeration(cx, &at, item, &container)?,
        (ItemKind::Alias(_) | ItemKind::Union(_) | ItemKind::Module(_), None) => return None,
    };
    cx.types[position].shape = shape;
    Some(Type::Named(name))
}

/// Adds the defaults of the parameters that are not given, as in `struct Body<T = Article>`.
fn with_defaults(
    cx: &mut Cx<'_>,
    place: &Place,
    module: ModuleId,
    kind: &ItemKind,
    arguments: &mut Vec<Type>,
) -> Option<()> {
    let generics = match kind {
        ItemKind::Alias(item) => &item.generics,
        ItemKind::Enum(item) => &item.generics,
        ItemKind::Struct(item) => &item.generics,
        ItemKind::Union(_) | ItemKind::Module(_) => return Some(()),
    };
    let defaults = generics.type_params().skip(arguments.len()).map_while(|parameter| parameter.default.as_ref());
    for (_, default) in defaults {
        let env = env(generics, arguments);
        arguments.push(in_env(cx, module, place, default, &env)?);
    }
    Some(())
}

fn env(generics: &Generics, arguments: &[Type]) -> Env {
    let parameters = generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(unraw(&parameter.ident)),
        _ => None,
    });
    parameters.zip(arguments.iter().cloned()).collect()
}

/// Whether a type is, at last, one value without structure: a scalar, or an enum whose values are words.
pub(super) fn is_one_value(cx: &Cx<'_>, ty: &Type) -> bool {
    let mut ty = ty;
    // A type that leads to itself is refused at the end.
    for _ in 0..=cx.types.len() {
        let Type::Named(name) = ty else { return ty.is_scalar() };
        match cx.types.iter().find(|def| def.name == *name).map(|def| &def.shape) {
            Some(Shape::Newtype(inner)) => ty = inner,
            Some(Shape::Enum { tagging: Tagging::External, variants }) => {
                return variants.iter().all(|variant| variant.shape == Shape::Unit);
            }
            _ => return false,
        }
    }
    false
}
