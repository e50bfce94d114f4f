// The grammar of JSON: where a value ends, and what a text says.

import (
	"bytes"
	"errors"
	"unicode/utf16"
	"unicode/utf8"
)

var errNoText = errors.New("it is no UTF-8")

// whole checks a text that is one value and nothing else.
func whole(text []byte) (value, error) {
	if !utf8.Valid(text) {
		return value{}, errNoText
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
