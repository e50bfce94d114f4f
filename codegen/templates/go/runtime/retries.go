// Calls that are made again.

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// Retries says when a failed call is made again: by the advice that its failure carries, after a delay that is drawn from
// nothing up to a bound, which doubles with each attempt. A Retry-After is never shortened. Fields that are 0 have their
// defaults.
type Retries struct {
	// Attempts is how many there are in all, by default 3; 1 makes no call again.
	Attempts int

	// First is the most that is waited before the second attempt, by default 100 ms.
	First time.Duration

	// Longest is the most that is waited at once, by default 20 s. Where Retry-After asks for more, there is no further
	// attempt.
	Longest time.Duration

	// Deadline is how long after the first attempt began the last one may begin; by default the context alone says so.
	Deadline time.Duration
}

// delay is how long to wait before the next attempt, if there is to be one. A draw is from 0 to 1.
func (r Retries) delay(failed Error, made int, elapsed time.Duration, drawn float64) (time.Duration, bool) {
	attempts, first, longest := r.Attempts, r.First, r.Longest
	if attempts == 0 {
		attempts = 3
	}
	if first == 0 {
		first = 100 * time.Millisecond
	}
	if longest == 0 {
		longest = 20 * time.Second
	}
	asked, _ := failed.RetryAfter()
	if made >= attempts || !failed.IsRetryable() || asked > longest {
		return 0, false
	}
	bound := longest - asked
	if doubled := first << min(made-1, 20); doubled > 0 {
		bound = min(bound, doubled)
	}
	delay := asked + time.Duration(drawn*float64(bound))
	if r.Deadline > 0 && elapsed+delay > r.Deadline {
		return 0, false
	}
	return delay, true
}

// repeat makes attempts until one succeeds or may not be followed.
func repeat[T any](ctx context.Context, retries Retries, attempt func() (*T, failure)) (*T, error) {
	begun := time.Now()
	for made := 1; ; made++ {
		output, failed := attempt()
		if failed == nil {
			return output, nil
		}
		failed.set().attempts = made
		delay, again := retries.delay(failed, made, time.Since(begun), rand.Float64())
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < delay {
			again = false
		}
		if !again || ctx.Err() != nil {
			return nil, failed
		}
		timer := time.NewTimer(delay)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			// The last failure is reached through this one.
			both := errors.Join(ctx.Err(), failed)
			i := &info{retry: failed.Retry(), idempotent: failed.IsRetryable(), attempts: made}
			return nil, newTransportError("the call was given up before another attempt", ctx.Err().Error(), both, i)
		}
	}
}
