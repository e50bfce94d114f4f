//! `#foreach`, and what `$foreach` knows of it.

use super::Fault;
use super::evaluate::Machine;
use super::halt::{Halt, Run};
use super::scope::Frame;
use super::syntax::{Expression, Foreach};
use super::value::{Place, Value, View};
use std::sync::Arc;

/// API Gateway's limit of iterations of one `#foreach`.
const ITERATIONS: usize = 1000;

/// A loop, also one that has ended: a template may have kept its `$foreach`.
pub(super) struct Loop {
    /// Which `#foreach` it is of.
    pub(super) of: usize,
    /// How often it has begun.
    pub(super) count: usize,
    pub(super) has_next: bool,
    pub(super) parent: Option<usize>,
    /// What `$foreach` was before, if not a loop.
    pub(super) replaced: Value,
    /// What the template has put there.
    pub(super) storage: Place,
}

/// What a loop goes through.
struct Source {
    items: Vec<Value>,
    /// The list or the map that must not change.
    watched: Option<Place>,
    live: bool,
    changes: usize,
    /// There are more items than API Gateway goes through.
    more: bool,
}

impl Machine<'_> {
    pub(super) fn foreach(&mut self, foreach: &Foreach, frame: usize, out: &mut String) -> Run<()> {
        // The block counts as an argument, behind the others.
        let list = match (foreach.arguments.get(2), foreach.arguments.len()) {
            (Some(list), _) => self.expression(list, frame)?,
            (None, 2) => return Ok(()),
            (None, _) => return Err(Fault::new("`#foreach` needs `($item in $list)`").into()),
        };
        super::java::whole(self, &list)?;
        let Some(mut source) = self.source(&list) else { return Ok(()) };
        self.spend(source.items.len())?;
        if source.items.len() > ITERATIONS {
            let length = source.items.len();
            self.warn(format!("#foreach ends after {ITERATIONS} of {length} items, API Gateway's limit"));
            source.more = true;
            source.items.truncate(ITERATIONS);
        }
        let names: [Arc<str>; 3] = [foreach.variable.clone(), "velocityCount".into(), "velocityHasNext".into()];
        let mut before = Vec::new();
        for name in names {
            let value = self.get(frame, &name)?;
            before.push((name, value));
        }
        let of = std::ptr::from_ref(foreach).addr();
        let number = self.begin(of, frame)?;
        let ended = self.iterate(foreach, &source, number, &before, frame, out);
        match ended {
            Ok(()) | Err(Halt::Break) => {}
            Err(Halt::BreakOf(broken)) if broken == of => {}
            Err(Halt::Fault(fault)) => return Err(fault.into()),
            Err(other) => {
                self.end(number, before, frame)?;
                return Err(other);
            }
        }
        self.end(number, before, frame)
    }

    fn begin(&mut self, of: usize, frame: usize) -> Run<usize> {
        let outer = self.get(frame, "foreach")?;
        let storage = match self.heap.map(super::heap::Entries::new()) {
            Value::Map(place) => place,
            _ => Place::MAX,
        };
        let (parent, replaced) = match outer {
            Value::Loop(number) => (Some(number), Value::Null),
            other => (None, other),
        };
        self.loops.push(Loop { of, count: 0, has_next: false, parent, replaced, storage });
        let number = self.loops.len() - 1;
        self.put(frame, &"foreach".into(), &Value::Loop(number))?;
        Ok(number)
    }

    /// What there is to go through; nothing where a value has no items.
    fn source(&mut self, list: &Value) -> Option<Source> {
        let (items, watched) = match list {
            Value::List(place) | Value::View(_, place) => (self.heap.sequence(list).unwrap_or_default(), Some(*place)),
            Value::Map(place) => (self.heap.view(View::Values, *place), Some(*place)),
            Value::Loop(number) => {
                let place = self.loops.get(*number).map(|state| state.storage)?;
                (self.heap.view(View::Values, place), Some(place))
            }
            Value::Iterator(place) => {
                let (items, at) = self.heap.iterated(*place)?;
                let rest = items.get(*at..).unwrap_or_default().to_vec();
                *at = items.len();
                (rest, None)
            }
            _ => return None,
        };
        let live = matches!(list, Value::List(_));
        let changes = watched.map_or(0, |place| self.heap.changes(place));
        Some(Source { items, watched, live, changes, more: false })
    }

    /// Whether there is an item at a position: a list is asked for its length each time.
    fn goes_on(&self, source: &Source, at: usize) -> bool {
        match source.watched {
            Some(place) if source.live => at != self.heap.items(place).len(),
            _ => source.more || at < source.items.len(),
        }
    }

    fn iterate(
        &mut self,
        foreach: &Foreach,
        source: &Source,
        number: usize,
        names: &[(Arc<str>, Value)],
        frame: usize,
        out: &mut String,
    ) -> Run<()> {
        let length = source.items.len();
        let mut null = None;
        for (at, item) in source.items.iter().enumerate() {
            // A list may end early, or change so that Java does not go on.
            if at > 0 && !self.goes_on(source, at) {
                break;
            }
            if source.watched.is_some_and(|place| self.heap.changes(place) != source.changes) {
                return Err(Fault::new("a list that is changed while `#foreach` goes through it").into());
            }
            let has_next = self.goes_on(source, at + 1);
            self.put(frame, &names[1].0, &Value::count(at + 1))?;
            self.put(frame, &names[2].0, &Value::Bool(has_next))?;
            self.put(frame, &names[0].0, item)?;
            if let Some(state) = self.loops.get_mut(number) {
                state.count += 1;
                state.has_next = has_next;
            }
            let inner = if item.is_null() {
                let variable = foreach.variable.clone();
                *null.get_or_insert_with(|| self.frame(Frame::of_null(frame, variable)))
            } else {
                frame
            };
            match foreach.arguments.get(3) {
                None => self.block(&foreach.body, inner, out)?,
                Some(shown) => self.show_argument(shown, inner, out)?,
            }
        }
        if source.live && !source.more && source.watched.is_some_and(|place| self.heap.items(place).len() > length) {
            return Err(Fault::new("a list that grows while `#foreach` goes through it").into());
        }
        Ok(())
    }

    /// An argument too many is what is rendered in place of the block: references are printed, the rest is nothing.
    fn show_argument(&mut self, argument: &Expression, frame: usize, out: &mut String) -> Run<()> {
        match argument {
            Expression::Reference(reference) => self.print_reference(reference, frame, out),
            Expression::List(items) => {
                items.iter().try_for_each(|item| self.deeper(|machine| machine.show_argument(item, frame, out)))
            }
            Expression::Map(entries) => entries.iter().try_for_each(|(key, value)| {
                self.deeper(|machine| {
                    machine.show_argument(key, frame, out)?;
                    machine.show_argument(value, frame, out)
                })
            }),
            Expression::Range(first, last) => {
                self.show_argument(first, frame, out)?;
                self.show_argument(last, frame, out)
            }
            _ => Ok(()),
        }
    }

    /// Puts back what the names were before.
    fn end(&mut self, number: usize, before: Vec<(Arc<str>, Value)>, frame: usize) -> Run<()> {
        for (name, value) in before {
            if value.is_null() {
                self.remove(frame, &name)?;
            } else {
                self.put(frame, &name, &value)?;
            }
        }
        let name: Arc<str> = "foreach".into();
        let Value::Loop(found) = self.get(frame, &name)? else { return Ok(()) };
        let Some(state) = self.loops.get(found) else { return Ok(()) };
        let (parent, replaced) = (state.parent, self.replaced(number));
        match (parent, replaced) {
            (Some(parent), _) => self.put(frame, &name, &Value::Loop(parent)),
            (None, Value::Null) => self.remove(frame, &name),
            (None, replaced) => self.put(frame, &name, &replaced),
        }
    }

    /// What `$foreach` was before this loop and those around it.
    pub(super) fn replaced(&self, number: usize) -> Value {
        let mut at = self.loops.get(number);
        while let Some(state) = at {
            if !state.replaced.is_null() {
                return state.replaced.clone();
            }
            at = state.parent.and_then(|parent| self.loops.get(parent));
        }
        Value::Null
    }
}
