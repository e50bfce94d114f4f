//! What ends the running of a template, or of a part of it, before its end.

use super::Fault;

/// A result, or what has ended it.
pub(super) type Run<T> = Result<T, Halt>;

#[derive(Debug)]
pub(super) enum Halt {
    Fault(Fault),
    /// `#break`: of the innermost loop, macro, block or evaluated text.
    Break,
    /// `#break($foreach)`: of the loop that this one is.
    BreakOf(usize),
    /// `#stop`: of the template, or of an evaluated text.
    Stop,
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
