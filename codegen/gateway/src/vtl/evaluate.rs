//! Runs a template: nodes, references and assignments, within a budget that no input can exceed.

use super::syntax::{Block, Expression, Node, Reference, Step};
use super::value::{Heap, Value};
use super::{Fault, OUTPUT, Rendered, Scope, input, methods, operate};
use indexmap::IndexMap;
use std::collections::HashMap;
use std::rc::Rc;

/// What one template may do: a node or an operation is a step, and so are each 16 bytes of text it makes.
const STEPS: usize = 4_000_000;

/// API Gateway's limit of iterations of one `#foreach`.
const ITERATIONS: usize = 1000;

/// As many different warnings are kept.
const WARNINGS: usize = 20;

/// A running template.
pub(super) struct Machine<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) heap: Heap,
    /// The body as JSON, once something has asked for it.
    pub(super) document: Option<Value>,
    variables: HashMap<Rc<str>, Value>,
    pub(super) loops: Vec<Loop>,
    steps: usize,
    warnings: Vec<String>,
}

/// A running `#foreach`.
pub(super) struct Loop {
    pub(super) index: usize,
    pub(super) length: usize,
}

/// How a block ended.
#[derive(PartialEq, Eq)]
enum Flow {
    On,
    Break,
    Stop,
}

pub(super) fn render(template: &Block, scope: &Scope<'_>) -> Result<Rendered, Fault> {
    let mut machine = Machine {
        scope,
        heap: Heap::default(),
        document: None,
        variables: HashMap::new(),
        loops: Vec::new(),
        steps: STEPS,
        warnings: Vec::new(),
    };
    let overrides = machine.global();
    let mut text = String::new();
    machine.block(template, &mut text)?;
    let overrides = input::read_overrides(&machine.heap, overrides)?;
    Ok(Rendered { text, overrides, warnings: machine.warnings })
}

impl Machine<'_> {
    pub(super) fn warn(&mut self, warning: String) {
        if self.warnings.len() < WARNINGS && !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Pays for work done.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Fault> {
        match self.steps.checked_sub(steps) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(Fault::new("the template takes too long")),
        }
    }

    /// A value as Java's `toString` shows it, paid for.
    pub(super) fn print(&mut self, value: &Value) -> Result<String, Fault> {
        let text = self.heap.print(value)?;
        self.spend(text.len() / 16)?;
        Ok(text)
    }

    fn block(&mut self, block: &Block, out: &mut String) -> Result<Flow, Fault> {
        for node in block {
            self.spend(1)?;
            match self.node(node, out)? {
                Flow::On => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::On)
    }

    fn node(&mut self, node: &Node, out: &mut String) -> Result<Flow, Fault> {
        match node {
            Node::Text(text) => self.write(out, text)?,
            Node::Print(reference) => {
                let value = self.reference(reference)?;
                let text = self.print(&value)?;
                self.write(out, &text)?;
            }
            Node::Set(target, value) => {
                let written = value;
                let value = self.expression(written)?;
                // An operation without a result leaves the target as it is; a reference to nothing empties it.
                if !matches!((written, &value), (Expression::Chain(..) | Expression::Range(..), Value::Null)) {
                    self.set(target, value)?;
                }
            }
            Node::If { arms, otherwise } => {
                for (condition, body) in arms {
                    if self.truth(condition)? {
                        return self.block(body, out);
                    }
                }
                return self.block(otherwise, out);
            }
            Node::Foreach { variable, list, body } => return self.foreach(variable, list, body, out),
            Node::Break => return Ok(Flow::Break),
            Node::Stop => return Ok(Flow::Stop),
        }
        Ok(Flow::On)
    }

    fn write(&mut self, out: &mut String, text: &str) -> Result<(), Fault> {
        self.spend(text.len() / 16)?;
        if out.len() + text.len() > OUTPUT {
            return Err(Fault::new("the template writes more than 10 MB"));
        }
        out.push_str(text);
        Ok(())
    }

    fn foreach(&mut self, variable: &str, list: &Expression, body: &Block, out: &mut String) -> Result<Flow, Fault> {
        let list = self.expression(list)?;
        let mut items = match list {
            Value::List(place) => self.heap.items(place).to_vec(),
            Value::Map(place) => {
                self.heap.entries(place).map(|map| map.values().cloned().collect()).unwrap_or_default()
            }
            _ => return Ok(Flow::On),
        };
        self.spend(items.len())?;
        if items.len() > ITERATIONS {
            self.warn(format!("#foreach ends after {ITERATIONS} of {} items, API Gateway's limit", items.len()));
            items.truncate(ITERATIONS);
        }
        let variable: Rc<str> = variable.into();
        let length = items.len();
        let outer = ["foreach", "velocityCount"].map(|name| (name, self.variables.remove(name)));
        let shadowed = self.variables.remove(&variable);
        self.loops.push(Loop { index: 0, length });
        let mut flow = Flow::On;
        for (index, item) in items.into_iter().enumerate() {
            if let Some(state) = self.loops.last_mut() {
                state.index = index;
            }
            self.variables.insert("foreach".into(), Value::Loop(self.loops.len() - 1));
            let count = i128::try_from(index + 1).unwrap_or(i128::MAX);
            self.variables.insert("velocityCount".into(), Value::Int(count));
            self.variables.insert(variable.clone(), item);
            flow = self.block(body, out)?;
            if flow != Flow::On {
                break;
            }
        }
        self.loops.pop();
        self.restore(&variable, shadowed);
        for (name, value) in outer {
            self.restore(name, value);
        }
        Ok(if flow == Flow::Stop { Flow::Stop } else { Flow::On })
    }

    fn restore(&mut self, name: &str, value: Option<Value>) {
        match value {
            Some(value) => self.variables.insert(name.into(), value),
            None => self.variables.remove(name),
        };
    }

    pub(super) fn reference(&mut self, reference: &Reference) -> Result<Value, Fault> {
        self.steps(&reference.name, &reference.steps)
    }

    fn steps(&mut self, name: &str, steps: &[Step]) -> Result<Value, Fault> {
        let mut value = self.variables.get(name).cloned().unwrap_or(Value::Null);
        for step in steps {
            self.spend(1)?;
            let owner = value.or_empty();
            value = match step {
                Step::Property(name) => methods::property(self, &owner, name),
                Step::Method(name, arguments) => {
                    let arguments = arguments
                        .iter()
                        .map(|argument| Ok(self.expression(argument)?.or_empty()))
                        .collect::<Result<Vec<_>, Fault>>()?;
                    methods::call(self, &owner, name, &arguments)?
                }
                Step::Index(index) => {
                    let index = self.expression(index)?.or_empty();
                    methods::index(self, &owner, &index)?
                }
            };
        }
        Ok(value)
    }

    fn set(&mut self, target: &Reference, value: Value) -> Result<(), Fault> {
        if target.formal {
            self.warn(format!(
                "#set({} = …) sets nothing in Velocity 1.7: write it without `{{}}` and `!`",
                target.source
            ));
            return Ok(());
        }
        let Some((last, steps)) = target.steps.split_last() else {
            self.variables.insert(target.name.as_str().into(), value);
            return Ok(());
        };
        let owner = self.steps(&target.name, steps)?;
        let key = match last {
            Step::Property(name) => Value::text(name.as_str()),
            Step::Index(index) => self.expression(index)?,
            Step::Method(..) => Value::Null,
        };
        match (owner, key) {
            (_, Value::Null) => self.warn(format!("#set({} = …) sets nothing", target.source)),
            (Value::Map(place), key) => {
                let key = self.print(&key)?;
                self.heap.put(place, key.into(), value)?;
            }
            (Value::List(place), Value::Int(index)) => {
                let slot = methods::slot(self.heap.items(place).len(), index);
                match slot.and_then(|slot| self.heap.items_mut(place)?.get_mut(slot)) {
                    Some(item) => *item = value,
                    None => return Err(Fault::new(format!("`{}` is outside the list", target.source))),
                }
            }
            _ => self.warn(format!("#set({} = …) sets nothing: there is no map to set it in", target.source)),
        }
        Ok(())
    }

    pub(super) fn expression(&mut self, expression: &Expression) -> Result<Value, Fault> {
        self.spend(1)?;
        Ok(match expression {
            Expression::Bool(bool) => Value::Bool(*bool),
            Expression::Int(number) => Value::Int(*number),
            Expression::Float(number) => Value::Float(*number),
            Expression::Text(text) => {
                self.spend(text.len() / 16)?;
                Value::text(text.as_str())
            }
            Expression::Interpolated(block) => {
                let mut text = String::new();
                self.block(block, &mut text)?;
                Value::text(text)
            }
            Expression::List(items) => {
                let items = items.iter().map(|item| self.expression(item)).collect::<Result<_, _>>()?;
                self.heap.list(items, false)
            }
            Expression::Range(first, last) => {
                let (first, last) = (self.expression(first)?, self.expression(last)?);
                self.range(&first, &last)?
            }
            Expression::Map(entries) => {
                let mut map = IndexMap::new();
                for (key, value) in entries {
                    let key = self.expression(key)?;
                    let key = self.print(&key)?;
                    map.insert(key.into(), self.expression(value)?);
                }
                self.heap.map(map)
            }
            Expression::Reference(reference) => match self.reference(reference)? {
                Value::Null => Value::Absent,
                found => found,
            },
            Expression::Not(inner) => Value::Bool(!self.truth(inner)?),
            Expression::Chain(first, rest) => operate::chain(self, first, rest)?,
        })
    }

    fn range(&mut self, first: &Value, last: &Value) -> Result<Value, Fault> {
        let (Value::Int(first), Value::Int(last)) = (first, last) else { return Ok(Value::Null) };
        let (first, last) = (*first, *last);
        let length = usize::try_from(first.abs_diff(last)).unwrap_or(usize::MAX);
        self.spend(length.saturating_mul(4))?;
        let items = if first <= last {
            (first..=last).map(Value::Int).collect()
        } else {
            (last..=first).rev().map(Value::Int).collect()
        };
        Ok(self.heap.list(items, false))
    }

    /// An expression as a condition. A literal other than `true` is false, whatever it says; a reference to something
    /// that is not a boolean is true.
    pub(super) fn truth(&mut self, expression: &Expression) -> Result<bool, Fault> {
        let value = match expression {
            Expression::Reference(reference) => {
                let value = self.reference(reference)?;
                if let Value::Null | Value::Absent = value {
                    self.warn(format!(
                        "`{}` is absent and taken as false here: what API Gateway makes of it is not documented, compare it with `\"\"`",
                        reference.source
                    ));
                }
                return Ok(!matches!(value, Value::Null | Value::Absent | Value::Bool(false)));
            }
            other => self.expression(other)?,
        };
        Ok(matches!(value, Value::Bool(true)))
    }

    /// Makes the variables that every template sees, and returns the place of `$context.responseOverride`.
    fn global(&mut self) -> usize {
        let stage = self.scope.stage_variables.iter();
        let stage = stage.map(|(name, value)| (name.as_str().into(), Value::text(value.as_str()))).collect();
        let stage = self.heap.map(stage);
        let context = self.heap.import(self.scope.context);
        let overrides = input::overrides(self, &context);
        for (name, value) in
            [("input", Value::Input), ("util", Value::Util), ("context", context), ("stageVariables", stage)]
        {
            self.variables.insert(name.into(), value);
        }
        overrides
    }
}
