//! Where variables are looked up: the template's own, a macro's parameters, and the item of a loop that is null.

use super::evaluate::Machine;
use super::halt::Run;
use super::overrides;
use super::syntax::{Expression, Reference};
use super::value::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// Variables, and what is around them.
#[derive(Default)]
pub(super) struct Frame {
    parent: Option<usize>,
    values: HashMap<Arc<str>, Value>,
    /// A macro's arguments by its parameters' names: each is evaluated whenever it is asked for.
    arguments: HashMap<Arc<str>, Argument>,
    /// For a loop's body: the name that stands for null, until somebody removes it.
    null: Option<(Arc<str>, bool)>,
}

/// One of a macro's arguments.
#[derive(Clone)]
struct Argument {
    all: Arc<[Expression]>,
    at: usize,
    literal: Arc<str>,
}

impl Frame {
    /// Of a macro that is called from a frame.
    pub(super) fn of_macro(parent: usize) -> Self {
        Self { parent: Some(parent), ..Self::default() }
    }

    /// Of a loop whose item is null.
    pub(super) fn of_null(parent: usize, name: Arc<str>) -> Self {
        Self { parent: Some(parent), null: Some((name, true)), ..Self::default() }
    }

    pub(super) fn bind(&mut self, name: Arc<str>, value: Value) {
        self.values.insert(name, value);
    }

    pub(super) fn pass(&mut self, name: Arc<str>, all: Arc<[Expression]>, at: usize, literal: Arc<str>) {
        self.arguments.insert(name, Argument { all, at, literal });
    }

    /// Whether it says of a name that it is null.
    fn hides(&self, name: &str) -> bool {
        matches!(&self.null, Some((hidden, true)) if **hidden == *name)
    }
}

impl Machine<'_> {
    /// A frame's number, from now on.
    pub(super) fn frame(&mut self, frame: Frame) -> usize {
        self.frames.push(frame);
        self.frames.len() - 1
    }

    /// A variable's value, and null where there is none.
    pub(super) fn get(&mut self, frame: usize, name: &str) -> Run<Value> {
        let mut at = Some(frame);
        while let Some(found) = at.and_then(|at| self.frames.get(at)) {
            if found.hides(name) {
                return Ok(Value::Null);
            }
            if let Some(value) = found.values.get(name).filter(|value| !value.is_null()) {
                return Ok(value.clone());
            }
            let parent = found.parent;
            if let (Some(argument), Some(parent)) = (found.arguments.get(name).cloned(), parent) {
                return argument.all.get(argument.at).map_or(Ok(Value::Null), |given| self.argument(given, parent));
            }
            self.spend(1)?;
            at = parent;
        }
        Ok(Value::Null)
    }

    fn argument(&mut self, argument: &Expression, frame: usize) -> Run<Value> {
        match argument {
            Expression::Reference(reference) if reference.steps.is_empty() => {
                let name = reference.name.clone();
                self.deeper(|machine| machine.get(frame, &name))
            }
            Expression::Reference(reference) => self.deeper(|machine| machine.execute(reference, frame)),
            other => self.expression(other, frame),
        }
    }

    /// Gives a variable a value: in a macro its own one as well as what is around.
    pub(super) fn put(&mut self, frame: usize, name: &Arc<str>, value: &Value) -> Run<()> {
        let mut at = Some(frame);
        while let Some(number) = at {
            self.spend(1)?;
            let Some(found) = self.frames.get_mut(number) else { break };
            match &mut found.null {
                None => drop(found.values.insert(name.clone(), value.clone())),
                Some((hidden, active)) => *active |= hidden == name && value.is_null(),
            }
            at = found.parent;
        }
        Ok(())
    }

    pub(super) fn remove(&mut self, frame: usize, name: &str) -> Run<()> {
        let mut at = Some(frame);
        while let Some(number) = at {
            self.spend(1)?;
            let Some(found) = self.frames.get_mut(number) else { break };
            if let Some((hidden, active)) = &mut found.null {
                *active &= **hidden != *name;
            }
            found.values.remove(name);
            found.arguments.remove(name);
            at = found.parent;
        }
        Ok(())
    }

    /// What a macro was given for a reference that it shows as text.
    pub(super) fn literal(&self, frame: usize, reference: &Reference) -> Arc<str> {
        let mut at = Some(frame);
        if let Some(name) = reference.literal.strip_prefix('$') {
            while let Some(found) = at.and_then(|at| self.frames.get(at)) {
                if let Some(argument) = found.arguments.get(name) {
                    return argument.literal.clone();
                }
                at = found.parent;
            }
        }
        reference.literal.clone()
    }

    /// Makes the variables that every template sees.
    pub(super) fn global(&mut self) -> overrides::Places {
        let stage = self.scope.stage_variables.iter();
        let stage = stage.map(|(name, value)| (super::heap::key(name), Value::text(value.as_str()))).collect();
        let stage = self.heap.map(stage);
        let context = self.heap.import(self.scope.context);
        let places = overrides::enter(self, &context);
        for (name, value) in
            [("input", Value::Input), ("util", Value::Util), ("context", context), ("stageVariables", stage)]
        {
            self.frames[0].bind(name.into(), value);
        }
        places
    }
}
