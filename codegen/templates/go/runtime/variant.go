// Enums whose variants hold values: where the name of a variant stands.

import (
	"encoding/json"
	"errors"
)

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
