//! [`Retries`]: when a failed call is made again.

use super::{ErrorSet, Failure};
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// When a failed call is made again, by the advice that its failure carries: never where a repeat can't help or might do
/// harm, else after a delay that is drawn from nothing up to a bound, which doubles with each attempt ("full jitter"), so
/// that callers who failed together do not come back together. A `Retry-After` is a lower bound: it is never shortened, and a
/// longer one than [`longest`](Self::longest) ends the matter.
///
/// It is a value and waits for nothing: [`Api::with_retries`](super::Api::with_retries), and `with_retries` of a generated
/// client, take one with something that waits. By hand:
///
/// ```
/// use std::time::Duration;
/// use throwback::client::{ErrorSet, Failure, Retries};
///
/// /// What to do after the third attempt, which ended a second and a half after the first began.
/// fn after_three<E: ErrorSet>(failure: &Failure<E>) -> Option<Duration> {
///     Retries::new().attempts(5).deadline(Duration::from_secs(30)).delay(failure, 3, Duration::from_millis(1500))
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Retries {
    attempts: u32,
    first: Duration,
    longest: Duration,
    deadline: Option<Duration>,
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

impl Retries {
    /// Three attempts in all, with up to 100 ms before the second, and no delay over 20 s.
    pub const fn new() -> Self {
        Self { attempts: 3, first: Duration::from_millis(100), longest: Duration::from_secs(20), deadline: None }
    }

    /// How many attempts there are in all, the first one included.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The most that is waited before the second attempt; before each further one it is twice as much.
    #[must_use]
    pub const fn first(mut self, delay: Duration) -> Self {
        self.first = delay;
        self
    }

    /// The most that is waited at once. Where `Retry-After` asks for more, there is no further attempt.
    #[must_use]
    pub const fn longest(mut self, delay: Duration) -> Self {
        self.longest = delay;
        self
    }

    /// How long after the first attempt began the last one may begin.
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The delay before the next attempt; `None` if there is to be none. `made` attempts were made, the first of which began
    /// `elapsed` ago.
    pub fn delay<E: ErrorSet>(&self, failure: &Failure<E>, made: u32, elapsed: Duration) -> Option<Duration> {
        // The hasher's keys are drawn anew each time: the standard library has no other random numbers.
        #[expect(clippy::cast_precision_loss, reason = "of a draw, its first 53 bits are enough")]
        let drawn = (RandomState::new().hash_one(made) >> 11) as f64 / (1_u64 << 53) as f64;
        self.drawn(failure, made, elapsed, drawn)
    }

    /// The same with a draw from 0 to 1.
    fn drawn<E: ErrorSet>(&self, failure: &Failure<E>, made: u32, elapsed: Duration, drawn: f64) -> Option<Duration> {
        if made >= self.attempts || !failure.is_retryable() {
            return None;
        }
        let asked = failure.retry_after().unwrap_or_default();
        let left = self.longest.checked_sub(asked)?;
        let doubled = 2_u32.saturating_pow(made.saturating_sub(1));
        let bound = self.first.saturating_mul(doubled).min(left);
        // Who waits for the same time asks at the same time: what is drawn comes on top of what is asked.
        let delay = asked.saturating_add(bound.mul_f64(drawn.clamp(0.0, 1.0)));
        match self.deadline {
            Some(deadline) if elapsed.saturating_add(delay) > deadline => None,
            _ => Some(delay),
        }
    }
}

/// Something that waits.
type Sleep = dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync;

/// Retries, and what waits between them.
#[derive(Clone)]
pub(super) struct Repeats {
    retries: Retries,
    sleep: Arc<Sleep>,
}

impl Repeats {
    pub(super) fn new<F, Fut>(retries: Retries, sleep: F) -> Self
    where
        F: Fn(Duration) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        Self { retries, sleep: Arc::new(move |delay| Box::pin(sleep(delay))) }
    }
}

/// The attempts at one call.
pub(super) struct Attempts {
    begun: Instant,
    made: u32,
}

impl Attempts {
    /// The first is being made.
    pub(super) fn new() -> Self {
        Self { begun: Instant::now(), made: 1 }
    }

    /// Waits until the next may be made.
    ///
    /// # Errors
    /// The failure itself, where there is none.
    pub(super) async fn again<E: ErrorSet>(
        &mut self,
        repeats: Option<&Repeats>,
        mut failure: Failure<E>,
    ) -> Result<(), Failure<E>> {
        failure.set_attempts(self.made);
        let Some(Repeats { retries, sleep }) = repeats else { return Err(failure) };
        let Some(delay) = retries.delay(&failure, self.made, self.begun.elapsed()) else { return Err(failure) };
        sleep(delay).await;
        self.made += 1;
        Ok(())
    }
}

impl fmt::Debug for Repeats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.retries.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::client::{decode, http, v1};

    #[derive(Debug)]
    enum NoErrors {}
    v1::error_sets! { NoErrors {} }

    fn failure(kind: &'static str, status: u16, after: &str) -> Failure<NoErrors> {
        let mut headers = http::HeaderMap::new();
        headers.insert("x-amzn-errortype", http::HeaderValue::from_static(kind));
        headers.insert("retry-after", after.parse().unwrap());
        decode(http::StatusCode::from_u16(status).unwrap(), &headers, b"{}")
    }

    const fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn delays_double_up_to_their_bound_and_end() {
        let busy = failure("TooManyRequestsException", 429, "");
        let retries = Retries::new().attempts(6).first(millis(100)).longest(millis(500));
        let most = |made| retries.drawn(&busy, made, Duration::ZERO, 1.0);
        let expected = [Some(100), Some(200), Some(400), Some(500), Some(500), None];
        assert_eq!((1..=6).map(most).collect::<Vec<_>>(), expected.map(|delay| delay.map(millis)));
        assert_eq!(retries.drawn(&busy, 1, Duration::ZERO, 0.0), Some(Duration::ZERO));
        for made in [0, 1, u32::MAX - 1] {
            let drawn = retries.clone().attempts(u32::MAX).delay(&busy, made, Duration::ZERO).unwrap();
            assert!(drawn <= millis(500), "{drawn:?}");
        }
    }

    #[test]
    fn the_advice_is_obeyed() {
        let retries = Retries::new();
        for (failure, again) in [
            (failure("TooManyRequestsException", 429, ""), true),
            (failure("LimitExceededException", 429, ""), false),
            (failure("ForbiddenException", 403, ""), false),
            // The function may have run, and nobody knows whether a repeat does harm.
            (failure("InternalServerErrorException", 500, ""), false),
        ] {
            assert_eq!(retries.delay(&failure, 1, Duration::ZERO).is_some(), again, "{failure:?}");
        }
    }

    #[test]
    fn retry_after_is_never_shortened_and_the_deadline_kept() {
        let retries = Retries::new().longest(Duration::from_secs(5)).deadline(Duration::from_secs(10));
        let busy = |after| failure("TooManyRequestsException", 429, after);
        assert_eq!(retries.drawn(&busy("5"), 1, Duration::ZERO, 0.0), Some(Duration::from_secs(5)));
        assert_eq!(retries.drawn(&busy("4"), 1, Duration::ZERO, 1.0), Some(millis(4_100)));
        assert_eq!(retries.drawn(&busy("6"), 1, Duration::ZERO, 0.0), None);
        assert_eq!(retries.drawn(&busy("3"), 1, Duration::from_secs(7), 0.0), Some(Duration::from_secs(3)));
        assert_eq!(retries.drawn(&busy("3"), 1, millis(7_001), 0.0), None);
        assert_eq!(retries.drawn(&busy("18446744073709551615"), 1, Duration::MAX, 1.0), None);
    }
}
