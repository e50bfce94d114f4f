//! What a handler returns: a `Result`, or another name for one.

use super::errors::{ErrorType, error_type};
use super::types::{Env, written};
use super::{Cx, Place, segments};
use crate::contract::Type;
use crate::source::{Found, ItemKind, ModuleId, resolve};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use syn::visit::Visit;
use syn::{GenericArgument, GenericParam, PathArguments};
use throwback_syntax::{Answer, AnswerStatus, Handler, Returned, answer, no_answer};

/// How many aliases a result may stand behind: an alias of itself ends.
const ALIASES: u8 = 32;

/// A type where it stands: in a module, or in an alias there whose parameters stand for others.
#[derive(Clone)]
struct Standing {
    module: ModuleId,
    ty: syn::Type,
    given: Given,
}

type Given = Rc<HashMap<String, Standing>>;

/// Both sides of a result, if they can be read; what can't has been reported.
pub(super) struct Sides {
    pub(super) output: Option<Type>,
    pub(super) error: Option<ErrorType>,
    /// Who says the status, where an alias stands for an axum handler's result.
    pub(super) status: Option<AnswerStatus>,
}

/// How the `Ok` side is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// It is the output.
    Output,
    /// It is an answer of axum's, which holds the output.
    Answer,
}

/// Reads what a handler returns; `output` and `error` are where their mistakes are shown.
pub(super) fn sides(
    cx: &mut Cx<'_>,
    module: ModuleId,
    returned: &Returned,
    form: Form,
    output: &Place,
    error: &Place,
) -> Sides {
    let here = |ty: &syn::Type| Standing { module, ty: ty.clone(), given: Given::default() };
    match returned {
        Returned::Result { output: ok, error: err } => Sides {
            output: success(cx, output, &here(ok), form).map(|(ty, _)| ty),
            error: error_type(cx, module, error, err),
            status: None,
        },
        Returned::Plain(ty) => Sides {
            output: success(cx, output, &here(ty), form).map(|(ty, _)| ty),
            error: Some(ErrorType::None),
            status: None,
        },
        Returned::Alias(ty) => {
            let found = behind(cx, output, &here(ty), form, ALIASES);
            found.unwrap_or(Sides { output: None, error: None, status: None })
        }
    }
}

/// The output, and who says its status where it is an answer of axum's.
fn success(cx: &mut Cx<'_>, place: &Place, standing: &Standing, form: Form) -> Option<(Type, Option<AnswerStatus>)> {
    if form == Form::Output {
        return Some((described(cx, place, standing)?, None));
    }
    let argument = match &standing.ty {
        syn::Type::Path(_) => parameter(&standing.ty, &standing.given).cloned(),
        _ => None,
    };
    let standing = argument.as_ref().unwrap_or(standing);
    let Some(Answer { body, status }) = answer(&standing.ty) else {
        cx.mistake(place, no_answer(&standing.ty));
        return None;
    };
    let output = match body {
        Some(body) => described(cx, place, &Standing { ty: body.clone(), ..standing.clone() })?,
        None => Type::Unit,
    };
    Some((output, Some(status)))
}

/// Follows a type to the `Result` behind it.
fn behind(
    cx: &mut Cx<'_>,
    place: &Place,
    Standing { module, ty, given }: &Standing,
    form: Form,
    left: u8,
) -> Option<Sides> {
    let Some(left) = left.checked_sub(1) else {
        cx.mistake(place, "this result is an alias of itself, or of too many: write the `Result` out");
        return None;
    };
    let none = |cx: &mut Cx<'_>, what: &str| {
        let text = match form {
            Form::Output => format!(
                "`{what}` is no `Result` that can be seen: a handler returns `Result<Output, Error>`, or an alias of one"
            ),
            Form::Answer => no_answer(ty),
        };
        cx.mistake(place, text);
        None
    };
    let syn::Type::Path(path) = ty else { return none(cx, "this") };
    let names = segments(&path.path);
    let arguments = arguments(path).map(|argument| match parameter(argument, given) {
        Some(standing) => standing.clone(),
        None => Standing { module: *module, ty: argument.clone(), given: Rc::clone(given) },
    });
    let arguments: Vec<Standing> = arguments.collect();
    match resolve(cx.crates, *module, &names) {
        Found::Item { module: home, item, .. } => {
            let ItemKind::Alias(alias) = &item.kind else { return none(cx, &names.join("::")) };
            let alias = Rc::clone(alias);
            let parameters = alias.generics.params.iter().filter_map(|param| match param {
                GenericParam::Type(param) => Some(param),
                _ => None,
            });
            let mut inner = HashMap::new();
            for (at, param) in parameters.enumerate() {
                let default = || {
                    let (_, ty) = param.default.clone()?;
                    Some(Standing { module: home, ty, given: Given::default() })
                };
                if let Some(standing) = arguments.get(at).cloned().or_else(default) {
                    inner.insert(param.ident.to_string(), standing);
                }
            }
            let standing = Standing { module: home, ty: (*alias.ty).clone(), given: Rc::new(inner) };
            behind(cx, place, &standing, form, left)
        }
        Found::Either(other) => {
            cx.either(place, &names.join("::"), &other);
            None
        }
        Found::Outside(whole) => {
            let names: Vec<_> = whole.iter().map(String::as_str).collect();
            match (names.as_slice(), arguments.as_slice()) {
                (["Result"] | ["std" | "core", "result", "Result"] | ["axum", "response", "Result"], [ok, err]) => {
                    let (output, status) = success(cx, place, ok, form).unzip();
                    Some(Sides { output, error: error_type(cx, err.module, place, &err.ty), status: status.flatten() })
                }
                (["anyhow" | "eyre" | "color_eyre" | "lambda_runtime" | "lambda_http", .., "Result"], [_]) => {
                    cx.mistake(place, Handler::boxed(&whole.join("::")));
                    None
                }
                (["axum", "response", "Result"], [_]) => {
                    let text = "`axum::response::Result` says of its errors only that they are responses: name the enum, \
                                as in `Result<Json<Output>, Error>`";
                    cx.mistake(place, text);
                    None
                }
                _ => none(cx, &whole.join("::")),
            }
        }
    }
}

/// What a type is on the wire, with what the parameters in it stand for: as in `Result<Vec<T>, E>`.
fn described(cx: &mut Cx<'_>, place: &Place, Standing { module, ty, given }: &Standing) -> Option<Type> {
    let mut named = Named(HashSet::new());
    named.visit_type(ty);
    let mut env = Env::new();
    for (name, standing) in given.iter().filter(|(name, _)| named.0.contains(*name)) {
        env.insert(name.clone(), described(cx, place, standing)?);
    }
    written(cx, *module, place, ty, &env)
}

/// The names that stand alone in a type.
struct Named(HashSet<String>);

impl<'ast> Visit<'ast> for Named {
    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        self.0.extend(path.path.get_ident().map(ToString::to_string));
        syn::visit::visit_type_path(self, path);
    }
}

fn arguments(path: &syn::TypePath) -> impl Iterator<Item = &syn::Type> {
    let last = path.path.segments.last().map(|last| &last.arguments);
    let arguments = match last {
        Some(PathArguments::AngleBracketed(arguments)) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// What an argument stands for, if it is a parameter itself.
fn parameter<'a>(argument: &syn::Type, given: &'a HashMap<String, Standing>) -> Option<&'a Standing> {
    let syn::Type::Path(path) = argument else { return None };
    given.get(&path.path.get_ident()?.to_string())
}
