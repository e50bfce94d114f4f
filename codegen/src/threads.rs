//! Threads: one whose stack holds what a source may nest, and several that share work.

use crate::diagnostic::{Diagnostic, Failed};
use crate::source::STACK;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder, Scope, ScopedJoinHandle};

/// Runs on a stack that holds whatever source may nest: that of a thread may be too small, unoptimised for 40 levels.
pub(crate) fn deep<T: Send>(run: impl FnOnce() -> Result<T, Failed> + Send) -> Result<T, Failed> {
    thread::scope(|scope| joined(spawned(scope, run)?))
}

/// What `run` makes of each item, in their order. As many run at a time as the machine has processors.
pub(crate) fn each<T: Sync, R: Send>(items: &[T], run: impl Fn(&T) -> R + Sync) -> Result<Vec<R>, Failed> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return made };
            made.push((at, run(item)));
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    let mut made = thread::scope(|scope| {
        let others: Result<Vec<_>, Failed> = (1..threads).map(|_| spawned(scope, work)).collect();
        let mut made = work();
        others?.into_iter().for_each(|thread| made.extend(joined(thread)));
        Ok::<_, Failed>(made)
    })?;
    made.sort_by_key(|(at, _)| *at);
    Ok(made.into_iter().map(|(_, made)| made).collect())
}

fn spawned<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    run: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, Failed> {
    let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, run);
    thread.map_err(|error| Diagnostic::new(format!("can't start a thread: {error}")).into())
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_items() {
        let items: Vec<_> = (0..1_000).collect();
        let doubled = each(&items, |item| item * 2).ok();
        assert_eq!(doubled, Some(items.iter().map(|item| item * 2).collect()));
        assert_eq!(each(&[], |item: &u8| *item).ok(), Some(Vec::new()));
    }
}
