// JSON, read strictly: every member that is read stands once, numbers keep their digits and texts are Unicode.

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// Decimal is a decimal number of any precision, as its digits.
type Decimal string

// maxDepth is how deep a value that is read may lie.
const maxDepth = 127

var errNoJSON = errors.New("it is no JSON object")

// value is the text of one value, whose grammar has been checked.
type value struct {
	text  []byte
	depth int
}

// member is one member of an object.
type member struct {
	name string
	text []byte
}

// object is the members of one object, and the first mistake in reading them.
type object struct {
	members []member
	depth   int
	err     error
}

// whole checks a text that is one value and nothing else.
func whole(text []byte) (value, error) {
	if !utf8.Valid(text) {
		return value{}, errors.New("it is no UTF-8")
	}
	at := blanks(text, 0)
	end, ok := skip(text, at)
	if !ok || blanks(text, end) != len(text) {
		return value{}, errors.New("it is no JSON")
	}
	return value{text: text[at:end]}, nil
}

func blanks(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
		at++
	}
	return at
}

// skip goes over one value, however deep, and says where it ends.
func skip(text []byte, at int) (int, bool) {
	var open []byte
	for {
		at = blanks(text, at)
		if at >= len(text) {
			return at, false
		}
		ok := true
		switch c := text[at]; {
		case c == '{' || c == '[':
			open = append(open, c)
			at = blanks(text, at+1)
			if at < len(text) && text[at] == c+2 {
				break
			}
			if c == '{' {
				if at, ok = skipName(text, at); !ok {
					return at, false
				}
			}
			continue
		case c == '"':
			at, ok = skipText(text, at)
		case c == '-' || c >= '0' && c <= '9':
			at, ok = skipNumber(text, at)
		case bytes.HasPrefix(text[at:], []byte("true")), bytes.HasPrefix(text[at:], []byte("null")):
			at += 4
		case bytes.HasPrefix(text[at:], []byte("false")):
			at += 5
		default:
			ok = false
		}
		if !ok {
			return at, false
		}
		for next := false; !next; {
			if len(open) == 0 {
				return at, true
			}
			last := open[len(open)-1]
			at = blanks(text, at)
			switch {
			case at >= len(text):
				return at, false
			case text[at] == last+2:
				open = open[:len(open)-1]
				at++
			case text[at] == ',':
				at, next = at+1, true
				if last == '{' {
					if at, ok = skipName(text, blanks(text, at)); !ok {
						return at, false
					}
				}
			default:
				return at, false
			}
		}
	}
}

func skipName(text []byte, at int) (int, bool) {
	at, ok := skipText(text, at)
	at = blanks(text, at)
	if !ok || at >= len(text) || text[at] != ':' {
		return at, false
	}
	return at + 1, true
}

func skipText(text []byte, at int) (int, bool) {
	if at >= len(text) || text[at] != '"' {
		return at, false
	}
	for at++; at < len(text); at++ {
		switch c := text[at]; {
		case c == '"':
			return at + 1, true
		case c < ' ':
			return at, false
		case c == '\\':
			at++
			if at >= len(text) {
				return at, false
			}
			switch text[at] {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			case 'u':
				if _, ok := hex4(text, at+1); !ok {
					return at, false
				}
				at += 4
			default:
				return at, false
			}
		}
	}
	return at, false
}

func hex4(text []byte, at int) (rune, bool) {
	var found rune
	for i := at; i < at+4; i++ {
		if i >= len(text) {
			return 0, false
		}
		c := rune(text[i])
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		found = found<<4 | c
	}
	return found, true
}

func skipNumber(text []byte, at int) (int, bool) {
	if text[at] == '-' {
		at++
	}
	digits := func() bool {
		from := at
		for at < len(text) && text[at] >= '0' && text[at] <= '9' {
			at++
		}
		return at > from
	}
	if at < len(text) && text[at] == '0' {
		at++
	} else if !digits() {
		return at, false
	}
	if at < len(text) && text[at] == '.' {
		at++
		if !digits() {
			return at, false
		}
	}
	if at < len(text) && (text[at] == 'e' || text[at] == 'E') {
		at++
		if at < len(text) && (text[at] == '+' || text[at] == '-') {
			at++
		}
		if !digits() {
			return at, false
		}
	}
	return at, true
}

// unquote reads a text whose grammar has been checked.
func unquote(text []byte) (string, error) {
	text = text[1 : len(text)-1]
	if bytes.IndexByte(text, '\\') < 0 {
		return string(text), nil
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			out = append(out, text[i])
			continue
		}
		i++
		switch c := text[i]; c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, _ := hex4(text, i+1)
			i += 4
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if i+2 < len(text) && text[i+1] == '\\' && text[i+2] == 'u' {
					low, _ = hex4(text, i+3)
				}
				if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
					return "", errors.New("it holds half of a surrogate pair")
				}
				i += 6
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
		}
	}
	return string(out), nil
}

func (v value) isNull() bool { return string(v.text) == "null" }

// object takes an object apart.
func (v value) object() *object {
	o := &object{depth: v.depth + 1}
	switch {
	case len(v.text) == 0 || v.text[0] != '{':
		o.err = errNoJSON
	case o.depth > maxDepth:
		o.err = errors.New("it lies too deep")
	}
	if o.err != nil {
		return o
	}
	for at := blanks(v.text, 1); v.text[at] != '}'; {
		end, _ := skipText(v.text, at)
		name, err := unquote(v.text[at:end])
		if err != nil {
			o.err = err
			return o
		}
		// Behind the colon.
		at = blanks(v.text, blanks(v.text, end)+1)
		end, _ = skip(v.text, at)
		o.members = append(o.members, member{name, v.text[at:end]})
		if at = blanks(v.text, end); v.text[at] == ',' {
			at = blanks(v.text, at+1)
		}
	}
	return o
}

// elements takes an array apart.
func (v value) elements() ([]value, error) {
	if len(v.text) == 0 || v.text[0] != '[' {
		return nil, errors.New("it is no array")
	}
	if v.depth+1 > maxDepth {
		return nil, errors.New("it lies too deep")
	}
	found := []value{}
	for at := blanks(v.text, 1); v.text[at] != ']'; {
		end, _ := skip(v.text, at)
		found = append(found, value{v.text[at:end], v.depth + 1})
		if at = blanks(v.text, end); v.text[at] == ',' {
			at = blanks(v.text, at+1)
		}
	}
	return found, nil
}

// find looks a member up, which may stand there once.
func (o *object) find(name string) (value, bool) {
	found, count := value{depth: o.depth}, 0
	for _, m := range o.members {
		if m.name == name {
			found.text = m.text
			count++
		}
	}
	if count > 1 && o.err == nil {
		o.err = fmt.Errorf("duplicate field `%s`", name)
	}
	return found, count > 0
}

// rest is an object of all members but some.
func (o *object) rest(names ...string) value {
	w := newWriter(nil)
	for _, m := range o.members {
		if !slices.Contains(names, m.name) {
			w.add(m.name, m.text)
		}
	}
	return value{w.close(), o.depth - 1}
}

func (o *object) fail(name string, err error) {
	if err != nil && o.err == nil {
		o.err = fmt.Errorf("`%s`: %w", name, err)
	}
}

// required reads a member that has to be there.
func required[T any](o *object, name string, read func(value) (T, error), to *T) {
	v, ok := o.find(name)
	if !ok {
		if o.err == nil {
			o.err = fmt.Errorf("missing field `%s`", name)
		}
		return
	}
	found, err := read(v)
	*to = found
	o.fail(name, err)
}

// optional reads a member that may be left out, or null.
func optional[T any](o *object, name string, read func(value) (T, error), to **T) {
	if v, ok := o.find(name); ok && !v.isNull() {
		found, err := read(v)
		*to = &found
		o.fail(name, err)
	}
}

// nilable reads a member whose nil says that it is left out, or null.
func nilable[T any](o *object, name string, read func(value) (T, error), to *T) {
	if v, ok := o.find(name); ok && !v.isNull() {
		found, err := read(v)
		*to = found
		o.fail(name, err)
	}
}

// flat reads what stands among the members of the object around it.
func flat[T any](o *object, read func(value) (T, error), to *T, names ...string) {
	found, err := read(o.rest(names...))
	*to = found
	if err != nil && o.err == nil {
		o.err = err
	}
}

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

func power(bits uint, less int64) *big.Int {
	return new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), bits), big.NewInt(less))
}

var (
	asInt128  = asBig(new(big.Int).Neg(power(127, 0)), power(127, -1))
	asUint128 = asBig(new(big.Int), power(128, -1))
)

func asFloat[T ~float32 | ~float64](v value) (T, error) {
	if c := v.text[0]; c != '-' && (c < '0' || c > '9') {
		return 0, errors.New("it is no number")
	}
	found, err := strconv.ParseFloat(string(v.text), 64)
	return T(found), err
}

func asAny(v value) (json.RawMessage, error) {
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
			return nil, errors.New("it lies too deep")
		}
	}
	return json.RawMessage(slices.Clone(v.text)), nil
}

func asUnit(v value) (struct{}, error) {
	if !v.isNull() {
		return struct{}{}, errors.New("it is not null")
	}
	return struct{}{}, nil
}

func asTime(v value) (time.Time, error) {
	text, err := asText(v)
	if err != nil {
		return time.Time{}, err
	}
	found, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return found, errors.New("it is no date and time")
	}
	return found, nil
}

func asDuration(v value) (time.Duration, error) {
	var seconds uint64
	var nanos uint32
	o := v.object()
	required(o, "secs", asUint[uint64], &seconds)
	required(o, "nanos", asUint[uint32], &nanos)
	if o.err == nil && seconds > math.MaxInt64/uint64(time.Second)-5 {
		o.err = errors.New("it is longer than 292 years")
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
	text, _ := json.Marshal(number)
	return append(out, text...)
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

var errNoVariant = errors.New("it is none of its variants")

// internal takes apart an object that names its variant among its members.
func internal(v value, tag string) (string, error) {
	var name string
	o := v.object()
	required(o, tag, asText, &name)
	return name, o.err
}

// adjacent takes apart an object that names its variant, and holds it, in two members.
func adjacent(v value, tag, content string) (string, value, error) {
	name, err := internal(v, tag)
	held, ok := v.object().find(content)
	if !ok {
		held.text = []byte("null")
	}
	return name, held, err
}

// external takes apart a name, or an object whose only member has the name of its variant.
func external(v value) (string, value, error) {
	if v.text[0] == '"' {
		name, err := asText(v)
		return name, value{[]byte("null"), v.depth}, err
	}
	o := v.object()
	if o.err != nil || len(o.members) != 1 {
		return "", v, errNoVariant
	}
	return o.members[0].name, value{o.members[0].text, o.depth}, nil
}

// putOne writes an object of one member.
func putOne(out []byte, name string, text []byte) []byte {
	w := newWriter(out)
	w.add(name, text)
	return w.close()
}

// putInternal writes the name of a variant among its members.
func putInternal(out []byte, tag, name string, text []byte) []byte {
	w := newWriter(out)
	put(w, tag, putText, name)
	putFlat(w, putAny, json.RawMessage(text))
	return w.close()
}

// putAdjacent writes the name of a variant beside what it holds.
func putAdjacent(out []byte, tag, name, content string, text []byte) []byte {
	w := newWriter(out)
	put(w, tag, putText, name)
	w.add(content, text)
	return w.close()
}
