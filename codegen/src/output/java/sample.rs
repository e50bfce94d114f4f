//! A call that examples make: one whose input is plain, with an error that is, if there are such.

use super::code::call;
use super::fields::{fits, is_built};
use super::names::Java;
use super::types::Types;
use crate::client::{Arguments, Set, members};
use crate::contract::{Field, Type};
use crate::output::layout::{Doc, text};

/// How many values a person would read in an example.
const MOST: usize = 6;

/// The call.
pub(super) struct Sample {
    pub(super) name: String,
    pub(super) arguments: Vec<Doc>,
    pub(super) output: bool,
    pub(super) invoked: bool,
    pub(super) set: String,
    /// The place of an error among all, and what makes one.
    pub(super) error: Option<(usize, Doc)>,
}

impl Types<'_> {
    pub(super) fn sample(&self) -> Option<Sample> {
        let new = |name: &str, arguments, output: &Type, set: &Set, invoked| {
            let error = set.errors.iter().find_map(|at| Some((*at, self.error_made(*at)?)));
            Sample {
                name: name.to_owned(),
                arguments,
                output: *output != Type::Unit,
                invoked,
                set: set.name.clone(),
                error,
            }
        };
        let mut samples = Vec::new();
        for item in &self.client.methods {
            let operation = item.operation;
            let arguments = match &item.arguments {
                Arguments::None => Some(Vec::new()),
                Arguments::Whole => self.whole_made(&operation.input.ty).filter(|_| operation.input.path.is_empty()),
                Arguments::Each(list) => list.iter().map(|argument| member_made(argument.field)).collect(),
            };
            samples.extend(
                arguments
                    .map(|arguments| new(&item.name, arguments, &operation.output, self.client.set_of(item), false)),
            );
        }
        for item in &self.client.calls {
            let set = self.client.sets.get(item.set)?;
            let arguments = self.whole_made(&item.invocation.input);
            samples.extend(arguments.map(|made| new(&item.name, made, &item.invocation.output, set, true)));
        }
        let best = samples.iter().position(|sample| sample.error.is_some()).unwrap_or_default();
        samples.into_iter().nth(best)
    }

    /// An input that is one value.
    fn whole_made(&self, ty: &Type) -> Option<Vec<Doc>> {
        match ty {
            Type::Unit => Some(Vec::new()),
            Type::Named(name) => {
                let fields = self.fields_of(name)?;
                let list = self.members(fields, &members(&Java, fields));
                let name = self.client.type_name(name);
                if is_built(&list) {
                    let bare = fits(&list) && list.iter().all(|member| member.optional);
                    return bare.then(|| vec![text(format!("{name}.builder().build()"))]);
                }
                let arguments: Option<Vec<_>> = fields.iter().map(member_made).collect();
                let arguments = arguments.filter(|arguments| arguments.len() <= MOST);
                Some(vec![call(format!("new {name}"), arguments?, "")])
            }
            _ => None,
        }
    }

    fn error_made(&self, at: usize) -> Option<Doc> {
        let error = self.client.errors.get(at)?;
        let list = self.error_members(&error.def.fields);
        if is_built(&list) || error.def.deprecated || list.len() > MOST {
            return None;
        }
        let arguments: Option<Vec<_>> = error.def.fields.iter().map(member_made).collect();
        Some(call(format!("{}.of", error.name), arguments?, ""))
    }
}

/// A plain value for a member.
fn member_made(field: &Field) -> Option<Doc> {
    if field.optional {
        return Some(text("Optional.empty()"));
    }
    let made = match &field.ty {
        Type::String { format: None } => "\"42\"",
        Type::Int { bits: 8 | 16, .. } | Type::Int { bits: 32, signed: true } => "42",
        Type::Int { bits: 32, .. } | Type::Int { bits: 64, signed: true } => "42L",
        Type::Int { .. } => "BigInteger.valueOf(42)",
        Type::Bool => "true",
        Type::Option(_) => "Optional.empty()",
        Type::List(_) => "List.of()",
        Type::Set(_) => "Set.of()",
        Type::Map { .. } => "Map.of()",
        _ => return None,
    };
    Some(text(made))
}
