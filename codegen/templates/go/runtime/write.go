// What is written: JSON in the API's own form.

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// writer writes one object.
type writer struct {
	out   []byte
	comma bool
}

func newWriter(out []byte) *writer { return &writer{out: append(out, '{')} }

func (w *writer) name(name string) {
	if w.comma {
		w.out = append(w.out, ',')
	}
	w.comma = true
	w.out = append(putText(w.out, name), ':')
}

func (w *writer) add(name string, text []byte) {
	w.name(name)
	w.out = append(w.out, text...)
}

func (w *writer) close() []byte { return append(w.out, '}') }

func put[T any](w *writer, name string, put func([]byte, T) []byte, from T) {
	w.name(name)
	w.out = put(w.out, from)
}

func putOptional[T any](w *writer, name string, each func([]byte, T) []byte, from *T) {
	if from != nil {
		put(w, name, each, *from)
	}
}

func putFlat[T any](w *writer, put func([]byte, T) []byte, from T) {
	text := put(nil, from)
	if len(text) > 2 && text[0] == '{' {
		if w.comma {
			w.out = append(w.out, ',')
		}
		w.comma = true
		w.out = append(w.out, text[1:len(text)-1]...)
	}
}

func putText(out []byte, text string) []byte {
	out = append(out, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r >= ' ':
			out = utf8.AppendRune(out, r)
		default:
			switch r {
			case '\b':
				out = append(out, `\b`...)
			case '\f':
				out = append(out, `\f`...)
			case '\n':
				out = append(out, `\n`...)
			case '\r':
				out = append(out, `\r`...)
			case '\t':
				out = append(out, `\t`...)
			default:
				out = fmt.Appendf(out, `\u%04x`, r)
			}
		}
	}
	return append(out, '"')
}

func putTextOf[T ~string](out []byte, text T) []byte { return putText(out, string(text)) }

func putRune(out []byte, r rune) []byte { return putText(out, string(r)) }

func putBool(out []byte, is bool) []byte { return strconv.AppendBool(out, is) }

func putInt[T signed](out []byte, number T) []byte { return strconv.AppendInt(out, int64(number), 10) }

func putUint[T unsigned](out []byte, number T) []byte {
	return strconv.AppendUint(out, uint64(number), 10)
}

func putBig(out []byte, number *big.Int) []byte {
	if number == nil {
		return append(out, '0')
	}
	return number.Append(out, 10)
}

// putFloat writes null for what JSON has no number for.
func putFloat[T ~float32 | ~float64](out []byte, number T) []byte {
	wide := float64(number)
	if math.IsNaN(wide) || math.IsInf(wide, 0) {
		return append(out, "null"...)
	}
	form, bits := byte('f'), 64
	if size := math.Abs(wide); size != 0 && (size < 1e-6 || size >= 1e21) {
		form = 'e'
	}
	if _, ok := any(number).(float32); ok {
		bits = 32
	}
	return strconv.AppendFloat(out, wide, form, -1, bits)
}

func putAny(out []byte, text json.RawMessage) []byte {
	if len(text) == 0 {
		return append(out, "null"...)
	}
	return append(out, text...)
}

func putUnit(out []byte, _ struct{}) []byte { return append(out, "null"...) }

func putTime(out []byte, at time.Time) []byte { return putText(out, at.Format(time.RFC3339Nano)) }

// putDuration writes nothing that is less than nothing, as there is no such duration on the wire.
func putDuration(out []byte, long time.Duration) []byte {
	long = max(long, 0)
	return fmt.Appendf(out, `{"secs":%d,"nanos":%d}`, long/time.Second, long%time.Second)
}

func putList[T any](put func([]byte, T) []byte) func([]byte, []T) []byte {
	return func(out []byte, list []T) []byte {
		out = append(out, '[')
		for i, one := range list {
			if i > 0 {
				out = append(out, ',')
			}
			out = put(out, one)
		}
		return append(out, ']')
	}
}

func putMap[K cmp.Ordered, T any](key func([]byte, K) []byte, each func([]byte, T) []byte) func([]byte, map[K]T) []byte {
	return func(out []byte, from map[K]T) []byte {
		names := make([]K, 0, len(from))
		for name := range from {
			names = append(names, name)
		}
		slices.Sort(names)
		w := newWriter(out)
		for _, name := range names {
			put(w, keyText(key(nil, name)), each, from[name])
		}
		return w.close()
	}
}

func keyText(text []byte) string {
	if len(text) > 0 && text[0] == '"' {
		name, _ := unquote(text)
		return name
	}
	return string(text)
}

func putPointer[T any](put func([]byte, T) []byte) func([]byte, *T) []byte {
	return func(out []byte, from *T) []byte {
		if from == nil {
			return append(out, "null"...)
		}
		return put(out, *from)
	}
}
