package values

import (
	"math"
	"strings"
	"testing"
	"time"
)

// TestTimes reads and writes dates and times: up to nine digits of a second are the same instant again.
func TestTimes(t *testing.T) {
	for _, one := range [][2]string{
		{"2026-11-30T10:11:12Z", "2026-11-30T10:11:12Z"},
		{"2026-11-30T10:11:12.123456789Z", "2026-11-30T10:11:12.123456789Z"},
		{"2026-11-30T10:11:12.120000000Z", "2026-11-30T10:11:12.12Z"},
		{"2026-11-30T10:11:12.000000001+02:00", "2026-11-30T10:11:12.000000001+02:00"},
		{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
		{"9999-12-31T23:59:59.999999999-23:59", "9999-12-31T23:59:59.999999999-23:59"},
	} {
		found, err := asTime(value{text: putText(nil, one[0])})
		if err != nil || string(putTime(nil, found)) != string(putText(nil, one[1])) {
			t.Errorf("%s is %s: %v", one[0], putTime(nil, found), err)
		}
		again, err := asTime(value{text: putTime(nil, found)})
		if err != nil || !again.Equal(found) {
			t.Errorf("%s is another instant: %v", one[0], err)
		}
	}
	for _, text := range []string{
		"", "2026-11-30", "2026-11-30T10:11:12", "2026-11-30T10:11:12.1234567890Z", "2026-11-30T10:11:12,5Z", "2026-02-30T10:11:12Z",
		"2026-11-30T24:00:00Z", "2026-11-30T10:11:60Z", "2026-11-30T1:11:12Z", "2026-11-30 10:11:12Z", "2026-11-30T10:11:12+24:00",
	} {
		if found, err := asTime(value{text: putText(nil, text)}); err == nil {
			t.Errorf("%s is %v", text, found)
		}
	}
}

// TestDurations reads what fits, and wraps nothing.
func TestDurations(t *testing.T) {
	for text, expected := range map[string]time.Duration{
		`{"secs":0,"nanos":0}`:                  0,
		`{"secs":1,"nanos":999999999}`:          1999999999,
		`{"secs":9223372036,"nanos":854775807}`: math.MaxInt64,
	} {
		found, err := asDuration(value{text: []byte(text)})
		if err != nil || found != expected || string(putDuration(nil, found)) != text {
			t.Errorf("%s is %d: %v", text, found, err)
		}
	}
	for _, text := range []string{
		`{"secs":9223372036,"nanos":854775808}`, `{"secs":9223372037,"nanos":0}`, `{"secs":18446744073709551615,"nanos":999999999}`,
		`{"secs":9223372036,"nanos":4294967295}`,
	} {
		found, err := asDuration(value{text: []byte(text)})
		if err == nil || !strings.Contains(err.Error(), "292 years") {
			t.Errorf("%s is %d: %v", text, found, err)
		}
	}
}

// TestNilIsAnEmptyList writes what Go has nil for.
func TestNilIsAnEmptyList(t *testing.T) {
	if text := putList(putText)(nil, nil); string(text) != "[]" {
		t.Errorf("a nil slice is %s", text)
	}
	if text := putMap(putText, putText)(nil, nil); string(text) != "{}" {
		t.Errorf("a nil map is %s", text)
	}
}
