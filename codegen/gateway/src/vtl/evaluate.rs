//! Runs a template: its nodes, within a budget that no input can exceed.

use super::halt::{Halt, Run};
use super::heap::Heap;
use super::overrides;
use super::parser::Macros;
use super::repeat::Loop;
use super::scope::Frame;
use super::syntax::{Block, Definition, Expression, Node};
use super::value::Value;
use super::{Fault, OUTPUT, Rendered, Scope, Template};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// What one template may do: a node or an operation is a step, and so are each 16 bytes of text it makes.
const STEPS: usize = 4_000_000;

/// How deep blocks, expressions, macros and texts that are evaluated may be inside of each other.
const DEPTH: usize = 200;

/// As many different warnings are kept.
const WARNINGS: usize = 20;

/// A running template.
pub(super) struct Machine<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) heap: Heap,
    /// The body as JSON, once something has asked for it.
    pub(super) document: Option<Value>,
    /// The parameters, likewise.
    pub(super) parameters: Option<Value>,
    /// Where variables are looked up; the first is the template's own.
    pub(super) frames: Vec<Frame>,
    pub(super) macros: Rc<RefCell<Macros>>,
    pub(super) loops: Vec<Loop>,
    pub(super) blocks: Vec<Shown>,
    /// How many macros have been called and have not come to their end.
    pub(super) calls: usize,
    /// How many evaluated texts are inside of each other.
    pub(super) evaluations: usize,
    depth: usize,
    pub(super) steps: usize,
    warnings: Vec<String>,
}

/// What a block's name is worth.
pub(super) struct Shown {
    pub(super) definition: Arc<Definition>,
    /// The variables that it sees where it is turned into text.
    pub(super) frame: usize,
    /// How often it is inside of itself at the moment.
    pub(super) depth: usize,
}

pub(super) fn render(template: &Template, scope: &Scope<'_>) -> Result<Rendered, Fault> {
    let mut machine = Machine {
        scope,
        heap: Heap::default(),
        document: None,
        parameters: None,
        frames: vec![Frame::default()],
        macros: Rc::new(RefCell::new(template.macros.clone())),
        loops: Vec::new(),
        blocks: Vec::new(),
        calls: 0,
        evaluations: 0,
        depth: 0,
        steps: STEPS,
        warnings: Vec::new(),
    };
    let places = machine.global();
    let mut text = String::new();
    match machine.block(&template.block, 0, &mut text) {
        Ok(()) | Err(Halt::Break | Halt::Stop) => {}
        Err(Halt::BreakOf(_)) => return Err(Fault::new("`#break` of a loop that has ended")),
        Err(Halt::Fault(fault)) => return Err(fault),
    }
    let overrides = overrides::leave(&mut machine, &places)?;
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

    /// Goes one level deeper.
    pub(super) fn enter(&mut self) -> Result<(), Fault> {
        if self.depth == DEPTH {
            return Err(Fault::new(format!("blocks, expressions and macros nest deeper than {DEPTH} levels")));
        }
        self.depth += 1;
        Ok(())
    }

    pub(super) fn exit(&mut self) {
        self.depth -= 1;
    }

    /// Runs something one level deeper.
    pub(super) fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        self.enter()?;
        let found = run(self);
        self.exit();
        found
    }

    pub(super) fn block(&mut self, block: &Block, frame: usize, out: &mut String) -> Run<()> {
        self.deeper(|machine| {
            for node in block {
                machine.spend(1)?;
                machine.node(node, frame, out)?;
            }
            Ok(())
        })
    }

    fn node(&mut self, node: &Node, frame: usize, out: &mut String) -> Run<()> {
        match node {
            Node::Text(text) => self.write(out, text)?,
            Node::Print(reference) => self.print_reference(reference, frame, out)?,
            Node::Set(target, value) => self.set(target, value, frame)?,
            Node::If { arms, otherwise } => {
                for (condition, body) in arms {
                    if self.truth(condition, frame)? {
                        return self.block(body, frame, out);
                    }
                }
                return self.block(otherwise, frame, out);
            }
            Node::Foreach(foreach) => return self.foreach(foreach, frame, out),
            Node::Break(None) => return Err(Halt::Break),
            Node::Break(Some(of)) => return self.break_of(of, frame),
            Node::Stop(message) => {
                if let Some(message) = message {
                    let message = self.expression(message, frame)?;
                    self.print(&message)?;
                }
                return Err(Halt::Stop);
            }
            Node::Define(definition) => {
                let value = self.shown(definition, frame);
                self.put(frame, &definition.name, &value)?;
            }
            Node::Call(call) => return self.call(call, frame, out),
            Node::Evaluate(text) => return self.evaluate(text, frame, out),
            Node::Parse(name) => return self.parse_file(name.as_ref(), frame),
            Node::Include(names) => return self.include(names, frame, out),
        }
        Ok(())
    }

    fn break_of(&mut self, of: &Expression, frame: usize) -> Run<()> {
        match self.expression(of, frame)? {
            Value::Loop(number) if number < self.loops.len() => Err(Halt::BreakOf(self.loops[number].of)),
            _ => Err(Fault::new("`#break(…)` takes a loop's `$foreach`").into()),
        }
    }

    pub(super) fn write(&mut self, out: &mut String, text: &str) -> Run<()> {
        self.spend(text.len() / 16)?;
        if out.len() + text.len() > OUTPUT {
            return Err(Fault::new("the template writes more than 10 MB").into());
        }
        out.push_str(text);
        Ok(())
    }
}
