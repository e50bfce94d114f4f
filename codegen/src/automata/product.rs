//! The product of several regular expressions: every combination of places in them that some message leads to, by the
//! shortest such message. This is the subset construction over the automaton that regex-automata compiles.

use indexmap::IndexSet;
use regex_automata::nfa::thompson::{NFA, State, WhichCaptures};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;
use std::hash::{BuildHasherDefault, Hasher};

/// What the expressions tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// Bytes: of expressions that name nothing beyond ASCII.
    Bytes,
    /// Characters. Texts that are no UTF-8 are walked through as well, and taken by none.
    Characters,
}

/// A message that the walk has come to.
#[derive(Debug)]
pub struct Visit<'a> {
    /// For each expression, whether it takes the whole message.
    pub taken: &'a [bool],
    product: &'a Product,
    place: usize,
}

impl Visit<'_> {
    /// The message itself, one of the shortest with these answers.
    pub fn message(&self) -> String {
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

/// The largest automaton, in bytes: a pattern of somebody else's may ask for any.
const SIZE: usize = 64 << 20;

/// The automaton, and what was reached in it.
#[derive(Debug)]
pub struct Product {
    nfa: NFA,
    expressions: usize,
    /// The place before and the byte that led on from it; nothing for the start.
    reached: Vec<Option<(usize, u8)>>,
}

impl Product {
    /// Compiles the expressions; each is a full match.
    ///
    /// # Errors
    /// What is no expression of this dialect, or would become too large.
    pub fn compile(expressions: &[String], alphabet: Alphabet) -> Result<Self, String> {
        let unicode = alphabet == Alphabet::Characters;
        let nfa = NFA::compiler()
            .configure(NFA::config().utf8(false).nfa_size_limit(Some(SIZE)).which_captures(WhichCaptures::None))
            .syntax(syntax::Config::new().unicode(unicode).utf8(unicode))
            .build_many(expressions)
            .map_err(|error| error.to_string())?;
        Ok(Self { nfa, expressions: expressions.len(), reached: Vec::new() })
    }

    /// Whether an expression looks around otherwise than for the start or the end of the text, which a walk does not follow.
    pub fn looks(&self) -> bool {
        let other = |look: &Look| !matches!(look, Look::Start | Look::End);
        self.nfa.states().iter().any(|state| matches!(state, State::Look { look, .. } if other(look)))
    }

    /// Visits one message for each combination of places, the shortest first, until `visit` says that it is enough.
    /// Returns how many there were.
    pub fn walk(mut self, mut visit: impl FnMut(&Visit<'_>) -> bool) -> usize {
        let mut closure = Closure::new(self.nfa.states().len());
        closure.follow(&self.nfa, [self.nfa.start_anchored()], Some(Look::Start));
        let mut places: IndexSet<Box<[StateID]>, BuildHasherDefault<Fnv>> = IndexSet::default();
        places.insert(closure.reached.as_slice().into());
        self.reached.push(None);
        let mut taken = vec![false; self.expressions];
        let (mut classes, mut ranges) = (Vec::new(), Vec::new());
        let ends = self.nfa.states().iter().any(|state| matches!(state, State::Look { look: Look::End, .. }));
        let mut place = 0;
        while let Some(states) = places.get_index(place).cloned() {
            taken.fill(false);
            if ends {
                closure.follow(&self.nfa, states.iter().copied(), Some(Look::End));
            }
            for &id in if ends { &closure.reached } else { &*states } {
                if let State::Match { pattern_id } = self.nfa.state(id) {
                    taken[pattern_id.as_usize()] = true;
                }
            }
            if visit(&Visit { taken: &taken, product: &self, place }) {
                break;
            }
            begins_of_classes(&self.nfa, &states, &mut classes);
            ranges.clear();
            ranges.extend(classes.iter().enumerate().map(|(number, &begin)| {
                let end = classes.get(number + 1).map_or(u8::MAX, |next| next - 1);
                (begin, end)
            }));
            // Of two texts that are as short, the one that people can read.
            ranges.sort_by_key(|&(begin, end)| {
                PREFERRED.iter().position(|&(from, to)| begin <= to && from <= end).unwrap_or(PREFERRED.len())
            });
            for &(begin, end) in &ranges {
                closure.follow(&self.nfa, states.iter().filter_map(|&id| step(&self.nfa, id, begin)), None);
                if !places.contains(closure.reached.as_slice()) {
                    places.insert(closure.reached.as_slice().into());
                    self.reached.push(Some((place, readable(begin, end))));
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

/// The first byte of each class that these states tell apart: a class begins where a range does, and behind its end.
fn begins_of_classes(nfa: &NFA, states: &[StateID], begins: &mut Vec<u8>) {
    begins.clear();
    begins.push(0);
    let mut range = |start: u8, end: u8| {
        begins.push(start);
        begins.extend(end.checked_add(1));
    };
    for &id in states {
        match nfa.state(id) {
            State::ByteRange { trans } => range(trans.start, trans.end),
            State::Sparse(sparse) => sparse.transitions.iter().for_each(|trans| range(trans.start, trans.end)),
            State::Dense(_) => (0..=u8::MAX).for_each(|byte| range(byte, byte)),
            _ => {}
        }
    }
    begins.sort_unstable();
    begins.dedup();
}

/// What people can read, the best first.
const PREFERRED: [(u8, u8); 4] = [(b'a', b'z'), (b'A', b'Z'), (b'0', b'9'), (b'!', b'~')];

/// A byte of a class, one that people can read if there is one.
fn readable(start: u8, end: u8) -> u8 {
    let mut within = PREFERRED.into_iter().map(|(from, to)| (start.max(from), end.min(to)));
    within.find(|(from, to)| from <= to).map_or(start, |(from, _)| from)
}

/// Follows the steps that take no byte.
struct Closure {
    /// The states that take a byte, end a match or wait for the end of the text, in order.
    reached: Vec<StateID>,
    seen: Vec<bool>,
    visited: Vec<StateID>,
    stack: Vec<StateID>,
}

impl Closure {
    fn new(states: usize) -> Self {
        Self { reached: Vec::new(), seen: vec![false; states], visited: Vec::new(), stack: Vec::new() }
    }

    /// `here` is what is at this place of the text.
    fn follow(&mut self, nfa: &NFA, from: impl IntoIterator<Item = StateID>, here: Option<Look>) {
        self.reached.clear();
        self.stack.extend(from);
        while let Some(id) = self.stack.pop() {
            if std::mem::replace(&mut self.seen[id.as_usize()], true) {
                continue;
            }
            self.visited.push(id);
            match nfa.state(id) {
                State::Union { alternates } => self.stack.extend_from_slice(alternates),
                State::BinaryUnion { alt1, alt2 } => self.stack.extend([*alt1, *alt2]),
                State::Capture { next, .. } => self.stack.push(*next),
                State::Look { look, next } if Some(*look) == here => self.stack.push(*next),
                State::Look { look: Look::End, .. } => self.reached.push(id),
                State::Look { .. } | State::Fail => {}
                _ => self.reached.push(id),
            }
        }
        for id in self.visited.drain(..) {
            self.seen[id.as_usize()] = false;
        }
        self.reached.sort_unstable();
    }
}

/// FNV-1a over whole words: the sets are small and many, and nobody from outside chooses them.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, word: u32) {
        self.0 = (self.0 ^ u64::from(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    }
}
