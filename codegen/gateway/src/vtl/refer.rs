//! References at run time: what they are worth, how they print, and what `#set` does with them.

use super::evaluate::Machine;
use super::halt::Run;
use super::syntax::{Expression, Reference, ReferenceKind, Step};
use super::value::Value;
use super::{input, java};

impl Machine<'_> {
    pub(super) fn print_reference(&mut self, reference: &Reference, frame: usize, out: &mut String) -> Run<()> {
        if reference.kind == ReferenceKind::Runt {
            return self.write(out, &reference.name);
        }
        let value = self.execute(reference, frame)?;
        if reference.escaped {
            let literal = self.literal(frame, reference);
            self.write(out, &reference.slashes)?;
            return self.write(out, &literal);
        }
        if let Value::Block(number) = value
            && self.render_block(number, frame, out)?
        {
            return Ok(());
        }
        let text = self.printed(&value)?;
        self.write(out, &reference.slashes)?;
        if text.is_none() {
            self.write(out, &reference.slashes)?;
        }
        self.write(out, &reference.dollars)?;
        match text {
            Some(text) => self.write(out, &text),
            None if reference.quiet => Ok(()),
            None => {
                let literal = self.literal(frame, reference);
                self.write(out, &literal)
            }
        }
    }

    /// What a reference is worth; one to nothing is an empty string.
    pub(super) fn execute(&mut self, reference: &Reference, frame: usize) -> Run<Value> {
        if reference.kind == ReferenceKind::Runt {
            return Ok(Value::Null);
        }
        let mut value = self.get(frame, &reference.name)?;
        for step in &reference.steps {
            if value.is_null() {
                break;
            }
            value = self.step(&value, step, frame)?;
        }
        Ok(if value.is_null() { Value::Absent } else { value })
    }

    fn step(&mut self, value: &Value, step: &Step, frame: usize) -> Run<Value> {
        self.spend(1)?;
        match step {
            Step::Property(name) => java::property(self, value, name),
            Step::Method(name, arguments) => {
                if let (Value::Input, [Expression::Path(_, path)]) = (value, &arguments[..]) {
                    return input::at(self, name, path);
                }
                let arguments =
                    arguments.iter().map(|argument| self.expression(argument, frame)).collect::<Run<Vec<_>>>()?;
                java::call(self, value, name, &arguments)
            }
            Step::Index(index) => {
                let index = self.expression(index, frame)?;
                java::index(self, value, index)
            }
        }
    }

    pub(super) fn set(&mut self, target: &Reference, value: &Expression, frame: usize) -> Run<()> {
        let value = self.expression(value, frame)?;
        if value.is_null() {
            // An operation without a result leaves the target as it is.
            return Ok(());
        }
        let Some((last, steps)) = target.steps.split_last() else {
            if target.target != target.name {
                self.warn(format!(
                    "#set({} = …) sets nothing in Velocity 1.7: write it without `{{}}` and `!`",
                    target.literal
                ));
            }
            return self.put(frame, &target.target.clone(), &value);
        };
        let mut owner = self.get(frame, &target.name)?;
        for step in steps {
            if owner.is_null() {
                break;
            }
            owner = self.step(&owner, step, frame)?;
        }
        let done = match last {
            _ if owner.is_null() => false,
            Step::Property(name) | Step::Method(name, _) => java::set_property(self, &owner, name, value)?,
            Step::Index(index) => {
                let index = self.expression(index, frame)?;
                java::set_index(self, &owner, index, value)?
            }
        };
        if !done {
            self.warn(format!("#set({} = …) sets nothing: there is no map to set it in", target.literal));
        }
        Ok(())
    }
}
