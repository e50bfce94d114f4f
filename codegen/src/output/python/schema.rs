//! The module `_schema`: what reads and writes each type of the API, below what it names.

use super::layout::{Doc, assigned, call, named, text};
use super::models::{Union, is_texts};
use super::names::{Taken, attributes, constant};
use super::types::{Codecs, is_untold};
use crate::client::Client;
use crate::contract::{Field, Shape, Tagging, Type, Variant};
use crate::text::python::string;
use std::collections::{HashMap, HashSet};

/// The constants of the types, in the order of declaration.
pub(super) fn codecs<'a>(client: &Client<'a>, prefix: &'static str) -> Codecs<'a> {
    let mut taken = Taken::new();
    let constants = client.types.iter().map(|item| (&*item.def.name, taken.take(&constant(&item.name)))).collect();
    Codecs { constants, prefix }
}

/// The declarations.
pub(super) fn schema(client: &Client<'_>, unions: &[Option<Union>]) -> String {
    let codecs = codecs(client, "");
    let places: HashMap<&str, usize> =
        client.types.iter().enumerate().map(|(at, item)| (&*item.def.name, at)).collect();
    let mut out = String::new();
    let mut done: HashSet<usize> = HashSet::new();
    // What is named above its declaration: type checkers can't know its type by then.
    let mut early: HashSet<usize> = HashSet::new();
    for at in order(client, &places) {
        let (Some(item), Some(union)) = (client.types.get(at), unions.get(at)) else { continue };
        named_by(&item.def.shape, &mut |name| {
            early.extend(places.get(name).filter(|at| !done.contains(at)));
        });
        let is_later = |name: &str| places.get(name).is_some_and(|at| !done.contains(at));
        let of = Of { codecs: &codecs, is_later: &is_later };
        let value = of.shape(&item.name, &item.def.shape, union.as_ref());
        let constant = codecs.constants.get(&*item.def.name).map_or("", String::as_str);
        // What its value alone does not say.
        let told = match &item.def.shape {
            Shape::Struct(_) | Shape::Unit | Shape::Newtype(Type::Named(_)) => true,
            Shape::Newtype(inner) => !is_untold(inner),
            Shape::Tuple(_) => false,
            shape @ Shape::Enum { .. } => is_texts(shape),
        };
        let head = if early.contains(&at) || !told {
            format!("{constant}: _rt.Codec[_m.{}]", item.name)
        } else {
            constant.to_owned()
        };
        out.push_str(&assigned(&head, value));
        out.push('\n');
        done.insert(at);
    }
    out
}

/// The places of the types: each behind those that it names, but in a circle.
fn order(client: &Client<'_>, places: &HashMap<&str, usize>) -> Vec<usize> {
    let needs: Vec<Vec<usize>> = client
        .types
        .iter()
        .map(|item| {
            let mut found = Vec::new();
            named_by(&item.def.shape, &mut |name| found.extend(places.get(name).copied()));
            found
        })
        .collect();
    let (mut order, mut seen) = (Vec::new(), HashSet::new());
    for start in 0..needs.len() {
        // Without recursion: a chain of types may be long.
        let mut stack = vec![(start, 0)];
        while let Some((at, next)) = stack.pop() {
            if next == 0 && !seen.insert(at) {
                continue;
            }
            match needs.get(at).and_then(|needs| needs.get(next)) {
                Some(need) => {
                    stack.push((at, next + 1));
                    stack.push((*need, 0));
                }
                None => order.push(at),
            }
        }
    }
    order
}

fn named_by(shape: &Shape, each: &mut dyn FnMut(&str)) {
    match shape {
        Shape::Struct(fields) => fields.iter().for_each(|field| named_in(&field.ty, each)),
        Shape::Newtype(inner) => named_in(inner, each),
        Shape::Tuple(elements) => elements.iter().for_each(|element| named_in(element, each)),
        Shape::Unit => {}
        Shape::Enum { variants, .. } => variants.iter().for_each(|variant| named_by(&variant.shape, each)),
    }
}

fn named_in(ty: &Type, each: &mut dyn FnMut(&str)) {
    match ty {
        Type::Named(name) => each(name),
        Type::Option(inner) | Type::List(inner) | Type::Set(inner) => named_in(inner, each),
        Type::Map { value, .. } => named_in(value, each),
        Type::Tuple(elements) => elements.iter().for_each(|element| named_in(element, each)),
        _ => {}
    }
}

/// Members of an object, as the runtime reads and writes them.
pub(super) fn fields(
    codecs: &Codecs<'_>,
    list: &[Field],
    names: &[String],
    is_later: &dyn Fn(&str) -> bool,
) -> Vec<Doc> {
    let each = list.iter().zip(names).map(|(field, name)| {
        let optional = field.optional || matches!(field.ty, Type::Option(_));
        let inner = if optional { super::types::without_options(&field.ty) } else { &field.ty };
        let mut given = vec![text(string(&field.name)), text(string(name)), codecs.of(inner, is_later)];
        if optional {
            given.push(named("optional", text("True")));
        }
        if field.flatten {
            given.push(named("flat", text("True")));
        }
        call("_rt.Field", given)
    });
    each.collect()
}

struct Of<'a> {
    codecs: &'a Codecs<'a>,
    is_later: &'a dyn Fn(&str) -> bool,
}

impl Of<'_> {
    fn codec(&self, ty: &Type) -> Doc {
        self.codecs.of(ty, self.is_later)
    }

    fn fields(&self, list: &[Field]) -> Vec<Doc> {
        fields(self.codecs, list, &attributes(list, &[]), self.is_later)
    }

    fn shape(&self, name: &str, shape: &Shape, union: Option<&Union>) -> Doc {
        match shape {
            Shape::Struct(list) => {
                let own = text(format!("_m.{name}"));
                call("_rt.struct", [vec![own], self.fields(list)].concat())
            }
            Shape::Newtype(inner) => self.codec(inner),
            Shape::Tuple(elements) => self.codec(&Type::Tuple(elements.clone())),
            Shape::Unit => text("_rt.UNIT"),
            shape @ Shape::Enum { .. } if is_texts(shape) => call("_rt.texts", vec![text(format!("_m.{name}"))]),
            Shape::Enum { tagging, variants } => {
                let classes = union.map(|union| &*union.variants).unwrap_or_default();
                let items = variants.iter().zip(classes).map(|(variant, class)| self.variant(variant, class));
                let unknown = union.and_then(|union| union.unknown.as_ref());
                let unknown = unknown.map(|class| text(format!("_m.{class}")));
                let (function, head) = match tagging {
                    Tagging::External => ("_rt.external", Vec::new()),
                    Tagging::Internal { tag } => ("_rt.internal", vec![text(string(tag))]),
                    Tagging::Adjacent { tag, content } => {
                        ("_rt.adjacent", vec![text(string(tag)), text(string(content))])
                    }
                    Tagging::Untagged => ("_rt.untagged", Vec::new()),
                };
                call(function, head.into_iter().chain(unknown).chain(items).collect())
            }
        }
    }

    fn variant(&self, variant: &Variant, class: &str) -> Doc {
        let head = vec![text(string(&variant.name)), text(format!("_m.{class}"))];
        match &variant.shape {
            Shape::Struct(list) => call("_rt.variant", [head, self.fields(list)].concat()),
            Shape::Newtype(inner) => call("_rt.holding", [head, vec![self.codec(inner)]].concat()),
            Shape::Tuple(elements) => {
                call("_rt.holding", [head, vec![self.codec(&Type::Tuple(elements.clone()))]].concat())
            }
            Shape::Unit | Shape::Enum { .. } => call("_rt.bare", head),
        }
    }
}
