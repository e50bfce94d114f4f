// What is known of a failure: before any answer, and by one.

import (
	"fmt"
	"time"
)

// declaration is what is known of a failure before any answer.
type declaration struct {
	who    Who
	code   string
	status int
	title  string
	retry  Retry
}

// declares is a type that stands for one declaration.
type declares interface{ declaration() declaration }

// info is what is known of a failure.
type info struct {
	who        Who
	code       string
	status     int
	title      string
	detail     string
	typeURI    string
	instance   string
	requestID  string
	retry      Retry
	retryable  string
	after      *uint64
	truncated  bool
	idempotent bool
	attempts   int
	response   *RawResponse
	// came says that the texts are those of an answer, which may have had none.
	came bool
}

// with adds what an answer said, if there was one.
func (d declaration) with(said *info) *info {
	i := new(info)
	if said != nil {
		*i = *said
	}
	i.who = d.who
	if d.code != "" {
		i.code, i.retry = d.code, d.retry
	}
	if i.retry == "" {
		i.retry = d.retry
	}
	if i.status == 0 {
		i.status = d.status
	}
	if !i.came && i.title == "" && i.detail == "" {
		i.title = d.title
	}
	return i
}

func retryOfStatus(status int) Retry {
	switch status {
	case 429:
		return RetryBackoff
	case 502, 503, 504:
		return RetryIdempotent
	}
	return RetryNever
}

// advice is what the answer says of a repeat, else what is declared, else what its status means.
func (i *info) advice() Retry {
	switch word := Retry(i.retryable); {
	case word == RetryNever || word == RetryBackoff || word == RetryIdempotent:
		return word
	case i.retry != "":
		return i.retry
	}
	return retryOfStatus(i.status)
}

func (i *info) isRetryable() bool {
	advice := i.advice()
	return advice == RetryBackoff || advice == RetryIdempotent && i.idempotent
}

func (i *info) retryAfter() (time.Duration, bool) {
	if i.after == nil {
		return 0, false
	}
	// More than a Duration holds is as good as for ever.
	return time.Duration(min(*i.after, uint64(1<<63-1)/uint64(time.Second))) * time.Second, true
}

func (i *info) id() string {
	if i.instance != "" {
		return i.instance
	}
	return i.requestID
}

func (i *info) text() string {
	if i.detail != "" {
		return i.detail
	}
	return i.title
}

func (i *info) tries() int { return max(i.attempts, 1) }

// String reads as in `OrderNotFound (404): order 42 does not exist`.
func (i *info) String() string {
	text := fmt.Sprintf("%s (%d)", shown(i.code), i.status)
	if said := i.text(); said != "" {
		text += ": " + shown(said)
	}
	return text
}
