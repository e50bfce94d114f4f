//! Macros, blocks with a name, and texts that are evaluated as templates.

use super::Fault;
use super::directive::CALLS;
use super::evaluate::{Machine, Shown};
use super::halt::{Halt, Run};
use super::parse;
use super::parser::Shared;
use super::scope::Frame;
use super::syntax::{Call, Definition, Expression, Macro};
use super::value::Value;
use std::sync::Arc;

/// How many texts may be evaluated inside of each other; Velocity overflows its stack at some time.
const EVALUATIONS: usize = 30;

/// So many templates may be inside of each other before `#parse` gives nothing.
const TEMPLATES: usize = 10;

impl Machine<'_> {
    pub(super) fn call(&mut self, call: &Call, frame: usize, out: &mut String) -> Run<()> {
        let found = self.macros.borrow().get(&call.name).cloned();
        let Some(defined) = found else { return self.write(out, &call.literal) };
        self.warn("`#macro` is Velocity's, and whether API Gateway allows it is not documented".to_owned());
        if let Some(word) = &call.wrong {
            return Err(Fault::new(format!("`{word}` is no argument of the macro `#{}`", call.name)).into());
        }
        match self.deeper(|machine| machine.run(&defined, call, frame, out)) {
            Err(Halt::Break) => Ok(()),
            other => other,
        }
    }

    fn run(&mut self, defined: &Macro, call: &Call, frame: usize, out: &mut String) -> Run<()> {
        let mut inner = Frame::of_macro(frame);
        for (at, name) in defined.parameters.iter().enumerate() {
            match call.arguments.get(at) {
                Some(
                    Expression::Reference(_)
                    | Expression::Range(..)
                    | Expression::List(_)
                    | Expression::Map(_)
                    | Expression::Text(_)
                    | Expression::Path(..)
                    | Expression::Interpolated(_),
                ) => {
                    let literal = call.literals.get(at).cloned().unwrap_or_default();
                    inner.pass(name.clone(), call.arguments.clone(), at, literal);
                }
                Some(constant) => {
                    let value = self.expression(constant, frame)?;
                    inner.bind(name.clone(), value);
                }
                None => break,
            }
        }
        if let Some(body) = &call.body {
            let shown = self.shown(body, frame);
            inner.bind(body.name.clone(), shown);
        }
        if self.calls == CALLS {
            return Err(Fault::new(format!("macros call each other deeper than {CALLS} levels")).into());
        }
        let inner = self.frame(inner);
        self.calls += 1;
        self.block(&defined.body, inner, out)?;
        // One that ends early stays counted, in Velocity as well.
        self.calls = self.calls.saturating_sub(1);
        Ok(())
    }

    /// The value of a block's name.
    pub(super) fn shown(&mut self, definition: &Arc<Definition>, frame: usize) -> Value {
        self.blocks.push(Shown { definition: definition.clone(), frame, depth: 0 });
        Value::Block(self.blocks.len() - 1)
    }

    /// Renders a block where it is printed; `false` if it is too deep inside of itself.
    pub(super) fn render_block(&mut self, number: usize, frame: usize, out: &mut String) -> Run<bool> {
        let Some(shown) = self.blocks.get_mut(number) else { return Ok(false) };
        if shown.depth >= shown.definition.depth {
            return Ok(false);
        }
        shown.depth += 1;
        let definition = shown.definition.clone();
        match self.block(&definition.body, frame, out) {
            Ok(()) | Err(Halt::Break) => {}
            other => return other.map(|()| true),
        }
        if let Some(shown) = self.blocks.get_mut(number) {
            shown.depth -= 1;
        }
        Ok(true)
    }

    /// A block as a text, which is rendered with the variables of the place where it was defined.
    pub(super) fn block_text(&mut self, number: usize) -> Run<Option<String>> {
        let Some(frame) = self.blocks.get(number).map(|shown| shown.frame) else { return Ok(None) };
        let mut text = String::new();
        let rendered = self.render_block(number, frame, &mut text)?;
        self.spend(text.len() / 16)?;
        Ok(rendered.then_some(text))
    }

    pub(super) fn evaluate(&mut self, text: &Expression, frame: usize, out: &mut String) -> Run<()> {
        self.warn("`#evaluate` is Velocity's, and whether API Gateway allows it is not documented".to_owned());
        let text = self.expression(text, frame)?;
        let text = if text.is_null() { String::new() } else { self.print(&text)? };
        if self.evaluations == EVALUATIONS {
            return Err(
                Fault::new(format!("texts are evaluated inside of each other more than {EVALUATIONS} times")).into()
            );
        }
        self.spend(text.len())?;
        let template = parse::template(&text, Shared::new(self.macros.clone(), true))
            .map_err(|error| Fault::new(format!("`#evaluate` of a text with an error: {error}")))?;
        self.evaluations += 1;
        let done = self.block(&template, frame, out);
        self.evaluations -= 1;
        match done {
            Err(Halt::Break | Halt::Stop) => Ok(()),
            other => other,
        }
    }

    /// `#parse`: there are no other templates.
    pub(super) fn parse_file(&mut self, name: Option<&Expression>, frame: usize) -> Run<()> {
        self.warn("`#parse` is Velocity's: API Gateway has no files that it could read".to_owned());
        let Some(name) = name else { return Err(Fault::new("`#parse` needs an argument").into()) };
        let name = self.expression(name, frame)?;
        if name.is_null() || self.evaluations + 1 >= TEMPLATES {
            return Ok(());
        }
        let name = self.print(&name)?;
        Err(Fault::new(format!("`#parse` finds no `{name}`")).into())
    }

    /// `#include`: there are no files.
    pub(super) fn include(&mut self, names: &[Expression], frame: usize, out: &mut String) -> Run<()> {
        self.warn("`#include` is Velocity's: API Gateway has no files that it could read".to_owned());
        for (at, name) in names.iter().enumerate() {
            if !matches!(
                name,
                Expression::Text(_) | Expression::Path(..) | Expression::Interpolated(_) | Expression::Reference(_)
            ) {
                return Err(Fault::new("`#include` takes strings and references").into());
            }
            let name = self.expression(name, frame)?;
            if name.is_null() {
                self.write(
                    out,
                    &format!("<!-- include error :  error with arg {at} please see log.  see error log -->"),
                )?;
                continue;
            }
            let name = self.print(&name)?;
            return Err(Fault::new(format!("`#include` finds no `{name}`")).into());
        }
        Ok(())
    }
}
