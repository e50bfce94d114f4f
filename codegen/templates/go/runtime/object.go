// Values of JSON, read strictly: every member that is read stands once.

import (
	"errors"
	"fmt"
	"slices"
)

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

// split takes as much of an object apart as there is.
func split(body []byte) *object {
	o := &object{depth: 1, err: errNoJSON}
	at := blanks(body, 0)
	if at >= len(body) || body[at] != '{' {
		return o
	}
	at = blanks(body, at+1)
	o.members = make([]member, 0, 10)
	for first := true; at < len(body); first = false {
		if body[at] == '}' && first {
			break
		}
		end, ok := skipName(body, at)
		if !ok {
			return o
		}
		quoted, _ := skipText(body, at)
		name, err := nameIn(body[at:quoted])
		if err != nil {
			return o
		}
		at = blanks(body, end)
		if end, ok = skip(body, at); !ok {
			return o
		}
		o.members = append(o.members, member{name, body[at:end]})
		at = blanks(body, end)
		if at < len(body) && body[at] == ',' {
			at = blanks(body, at+1)
			continue
		}
		break
	}
	if at < len(body) && body[at] == '}' && blanks(body, at+1) == len(body) {
		o.err = nil
	}
	return o
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

// without is an object of all members but some.
func (o *object) without(names ...string) value {
	w := newWriter(nil)
	for _, m := range o.members {
		if !slices.Contains(names, m.name) {
			w.add(m.name, m.text)
		}
	}
	return value{w.close(), o.depth - 1}
}

// nameIn is the name of a member. Those that every problem has are there already.
func nameIn(text []byte) (string, error) {
	for _, name := range []string{"code", "status", "title", "detail", "type", "instance", "retryable", "retryAfter"} {
		if string(text[1:len(text)-1]) == name {
			return name, nil
		}
	}
	return unquote(text)
}

// once asks of every member that it stands there once.
func (o *object) once() {
	seen := make(map[string]bool, len(o.members))
	for _, m := range o.members {
		if seen[m.name] {
			o.find(m.name)
		}
		seen[m.name] = true
	}
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
	found, err := read(o.without(names...))
	*to = found
	if err != nil && o.err == nil {
		o.err = err
	}
}
