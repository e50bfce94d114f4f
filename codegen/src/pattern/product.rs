//! The product of several regular expressions: every combination of places in them that some message leads to, by the
//! shortest such message. This is the subset construction over the automaton that regex-automata compiles.

use indexmap::IndexSet;
use regex_automata::nfa::thompson::{NFA, State, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;

/// A message that the walk has come to.
pub(super) struct Visit<'a> {
    /// For each expression, whether it takes the whole message.
    pub(super) taken: &'a [bool],
    product: &'a Product,
    place: usize,
}

impl Visit<'_> {
    /// The message itself, one of the shortest with these answers.
    pub(super) fn message(&self) -> String {
        let mut bytes = Vec::new();
        let mut place = self.place;
        while let Some((before, byte)) = self.product.reached[place] {
            bytes.push(byte);
            place = before;
        }
        bytes.reverse();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The automaton, and what was reached in it.
pub(super) struct Product {
    nfa: NFA,
    expressions: usize,
    /// The place before and the byte that led on from it; nothing for the start.
    reached: Vec<Option<(usize, u8)>>,
}

impl Product {
    /// Compiles the expressions; each is a full match over bytes, for the patterns tell only ASCII apart.
    pub(super) fn compile(expressions: &[String]) -> Result<Self, String> {
        let nfa = NFA::compiler()
            .configure(NFA::config().utf8(false).which_captures(WhichCaptures::None))
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .build_many(expressions)
            .map_err(|error| error.to_string())?;
        Ok(Self { nfa, expressions: expressions.len(), reached: Vec::new() })
    }

    /// Visits one message for each combination of places, the shortest first, until `visit` says that it is enough.
    /// Returns how many there were.
    pub(super) fn walk(mut self, mut visit: impl FnMut(&Visit<'_>) -> bool) -> usize {
        let mut closure = Closure::new(self.nfa.states().len());
        let mut places = IndexSet::from([closure.of(&self.nfa, [self.nfa.start_anchored()])]);
        self.reached.push(None);
        let mut taken = vec![false; self.expressions];
        let mut place = 0;
        while let Some(states) = places.get_index(place).cloned() {
            taken.fill(false);
            for &id in &states {
                if let State::Match { pattern_id } = self.nfa.state(id) {
                    taken[pattern_id.as_usize()] = true;
                }
            }
            if visit(&Visit { taken: &taken, product: &self, place }) {
                break;
            }
            for byte in representatives(&self.nfa, &states) {
                let next = closure.of(&self.nfa, states.iter().filter_map(|&id| step(&self.nfa, id, byte)));
                if places.insert(next) {
                    self.reached.push(Some((place, byte)));
                }
            }
            place += 1;
        }
        self.reached.len()
    }
}

/// Follows one byte out of one state.
fn step(nfa: &NFA, id: StateID, byte: u8) -> Option<StateID> {
    match nfa.state(id) {
        State::ByteRange { trans } => trans.matches_byte(byte).then_some(trans.next),
        State::Sparse(sparse) => sparse.matches_byte(byte),
        State::Dense(dense) => dense.matches_byte(byte),
        _ => None,
    }
}

/// One byte for each class that this set of states tells apart; one that people can read, where the class has one.
fn representatives(nfa: &NFA, set: &[StateID]) -> Vec<u8> {
    // A class begins where a range does, and behind its end.
    let mut begins = vec![0];
    let mut range = |start: u8, end: u8| {
        begins.push(start);
        begins.extend(end.checked_add(1));
    };
    for &id in set {
        match nfa.state(id) {
            State::ByteRange { trans } => range(trans.start, trans.end),
            State::Sparse(sparse) => sparse.transitions.iter().for_each(|trans| range(trans.start, trans.end)),
            State::Dense(_) => (0..=255).for_each(|byte| range(byte, byte)),
            _ => {}
        }
    }
    begins.sort_unstable();
    begins.dedup();
    let ends = begins.iter().skip(1).map(|next| next - 1).chain([u8::MAX]);
    begins.iter().zip(ends).map(|(start, end)| readable(*start, end)).collect()
}

/// A byte of a range, a letter or a digit if it holds one.
fn readable(start: u8, end: u8) -> u8 {
    let preferred = [(b'a', b'z'), (b'A', b'Z'), (b'0', b'9'), (b'!', b'~')];
    let within = preferred.into_iter().map(|(from, to)| (start.max(from), end.min(to)));
    within.into_iter().find(|(from, to)| from <= to).map_or(start, |(from, _)| from)
}

/// Follows the steps that take no byte.
struct Closure {
    seen: Vec<bool>,
    stack: Vec<StateID>,
}

impl Closure {
    fn new(states: usize) -> Self {
        Self { seen: vec![false; states], stack: Vec::new() }
    }

    /// The states reached that take a byte or end a match, in order.
    fn of(&mut self, nfa: &NFA, from: impl IntoIterator<Item = StateID>) -> Vec<StateID> {
        let mut reached = Vec::new();
        let mut visited = Vec::new();
        self.stack.extend(from);
        while let Some(id) = self.stack.pop() {
            if std::mem::replace(&mut self.seen[id.as_usize()], true) {
                continue;
            }
            visited.push(id);
            match nfa.state(id) {
                State::Union { alternates } => self.stack.extend_from_slice(alternates),
                State::BinaryUnion { alt1, alt2 } => self.stack.extend([*alt1, *alt2]),
                State::Capture { next, .. } => self.stack.push(*next),
                // The expressions hold no anchors and no word boundaries.
                State::Look { .. } | State::Fail => {}
                _ => reached.push(id),
            }
        }
        for id in visited {
            self.seen[id.as_usize()] = false;
        }
        reached.sort_unstable();
        reached
    }
}
