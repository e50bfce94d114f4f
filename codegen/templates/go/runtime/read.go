// What is read of a value: numbers keep their digits, and nothing is made of anything else.

import (
	"cmp"
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

func asText(v value) (string, error) {
	if len(v.text) == 0 || v.text[0] != '"' {
		return "", errors.New("it is no text")
	}
	return unquote(v.text)
}

func asTextOf[T ~string](v value) (T, error) {
	text, err := asText(v)
	return T(text), err
}

func asRune(v value) (rune, error) {
	text, err := asText(v)
	r, size := utf8.DecodeRuneInString(text)
	if err == nil && (size == 0 || size != len(text)) {
		err = errors.New("it is not one character")
	}
	return r, err
}

func asBool(v value) (bool, error) {
	switch string(v.text) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, errors.New("it is no truth value")
}

type signed interface {
	~int8 | ~int16 | ~int32 | ~int64
}

type unsigned interface {
	~uint8 | ~uint16 | ~uint32 | ~uint64
}

var errInteger = errors.New("it is no integer of this type")

func asInt[T signed](v value) (T, error) {
	found, err := strconv.ParseInt(string(v.text), 10, 64)
	if err != nil || int64(T(found)) != found || string(v.text) == "-0" {
		return 0, errInteger
	}
	return T(found), nil
}

func asUint[T unsigned](v value) (T, error) {
	found, err := strconv.ParseUint(string(v.text), 10, 64)
	if err != nil || uint64(T(found)) != found {
		return 0, errInteger
	}
	return T(found), nil
}

func asBig(low, high *big.Int) func(value) (*big.Int, error) {
	return func(v value) (*big.Int, error) {
		if len(v.text) > 40 {
			return nil, errInteger
		}
		found, ok := new(big.Int).SetString(string(v.text), 10)
		if !ok || found.Cmp(low) < 0 || found.Cmp(high) > 0 {
			return nil, errInteger
		}
		return found, nil
	}
}

func edge(bits uint, less int64) *big.Int {
	return new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), bits), big.NewInt(less))
}

var asInt128 = asBig(new(big.Int).Neg(edge(127, 0)), edge(127, -1))

var asUint128 = asBig(new(big.Int), edge(128, -1))

func asFloat[T ~float32 | ~float64](v value) (T, error) {
	if c := v.text[0]; c != '-' && (c < '0' || c > '9') {
		return 0, errors.New("it is no number")
	}
	found, err := strconv.ParseFloat(string(v.text), 64)
	return T(found), err
}

func asAny(v value) (json.RawMessage, error) {
	return json.RawMessage(slices.Clone(v.text)), v.reachable()
}

// reachable says whether nothing in a value lies too deep.
func (v value) reachable() error {
	deep, inside := v.depth, false
	for i := 0; i < len(v.text); i++ {
		switch c := v.text[i]; {
		case c == '\\' && inside:
			i++
		case c == '"':
			inside = !inside
		case !inside && (c == '{' || c == '['):
			deep++
		case !inside && (c == '}' || c == ']'):
			deep--
		}
		if deep > maxDepth {
			return errors.New("it lies too deep")
		}
	}
	return nil
}

func asUnit(v value) (struct{}, error) {
	if !v.isNull() {
		return struct{}{}, errors.New("it is not null")
	}
	return struct{}{}, nil
}

// asTime reads a date and time of RFC 3339, of which a Time holds nine digits of a second.
func asTime(v value) (time.Time, error) {
	text, err := asText(v)
	if err != nil {
		return time.Time{}, err
	}
	found, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || !isTime(text) {
		return time.Time{}, errors.New("it is no date and time of up to nine digits of a second")
	}
	return found, nil
}

// isTime refuses what Go takes beside RFC 3339: a comma, an hour of one digit, an offset of a day.
func isTime(text string) bool {
	const form = "0000-00-00T00:00:00"
	if len(text) <= len(form) || text[len("0000-00-00")] != 'T' || text[len("0000-00-00T00")] != ':' {
		return false
	}
	zone := text[len(form):]
	if fraction, ok := strings.CutPrefix(zone, "."); ok {
		zone = strings.TrimLeft(fraction, "0123456789")
		if len(fraction)-len(zone) > 9 {
			return false
		}
	}
	return zone == "Z" || len(zone) == len("+00:00") && zone[1:] < "24"
}

func asDuration(v value) (time.Duration, error) {
	var seconds uint64
	var nanos uint32
	o := v.object()
	required(o, "secs", asUint[uint64], &seconds)
	required(o, "nanos", asUint[uint32], &nanos)
	left := math.MaxInt64 - uint64(nanos)
	if o.err == nil && seconds > left/uint64(time.Second) {
		o.err = errors.New("it is longer than 292 years, and no time.Duration")
	}
	return time.Duration(seconds)*time.Second + time.Duration(nanos), o.err
}

func asList[T any](read func(value) (T, error)) func(value) ([]T, error) {
	return func(v value) ([]T, error) {
		elements, err := v.elements()
		if err != nil {
			return nil, err
		}
		found := make([]T, 0, len(elements))
		for _, element := range elements {
			one, err := read(element)
			if err != nil {
				return nil, err
			}
			found = append(found, one)
		}
		return found, nil
	}
}

// asSet reads a list without repetitions, in order.
func asSet[T cmp.Ordered](read func(value) (T, error)) func(value) ([]T, error) {
	return func(v value) ([]T, error) {
		found, err := asList(read)(v)
		slices.Sort(found)
		return slices.Compact(found), err
	}
}

func asMap[K cmp.Ordered, T any](key func(string) (K, error), read func(value) (T, error)) func(value) (map[K]T, error) {
	return func(v value) (map[K]T, error) {
		o := v.object()
		found := make(map[K]T, len(o.members))
		for _, m := range o.members {
			name, err := key(m.name)
			if err != nil {
				return nil, err
			}
			if found[name], err = read(value{m.text, o.depth}); err != nil {
				return nil, err
			}
		}
		return found, o.err
	}
}

// asKey reads the key of a map as a value reads it: with quotes around, or without.
func asKey[K any](quotes bool, read func(value) (K, error)) func(string) (K, error) {
	return func(name string) (K, error) {
		text := []byte(name)
		if quotes {
			text = putText(nil, name)
		}
		v, err := whole(text)
		if err != nil || len(v.text) != len(text) {
			var none K
			return none, errors.New("it is no key of this map")
		}
		return read(v)
	}
}

// asPointer reads what may be null.
func asPointer[T any](read func(value) (T, error)) func(value) (*T, error) {
	return func(v value) (*T, error) {
		if v.isNull() {
			return nil, nil
		}
		found, err := read(v)
		return &found, err
	}
}

// asBoxed reads what holds itself.
func asBoxed[T any](read func(value) (T, error)) func(value) (*T, error) {
	return func(v value) (*T, error) {
		found, err := read(v)
		return &found, err
	}
}

// into reads a whole text, as json.Unmarshal asks a type to.
func into[T any](text []byte, read func(value) (T, error), to *T) error {
	v, err := whole(text)
	if err != nil {
		return err
	}
	found, err := read(v)
	if err == nil {
		*to = found
	}
	return err
}
