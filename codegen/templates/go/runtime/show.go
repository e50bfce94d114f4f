// How failures are shown: in a sentence, in a log, as JSON. None shows an address, a header or the bytes of an answer.

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"unicode"
)

// log is what a structured log shows: what all failures have, then what this one has.
func (i *info) log(more ...slog.Attr) slog.Value {
	attrs := []slog.Attr{slog.String("who", string(i.who))}
	if i.code != "" {
		attrs = append(attrs, slog.String("code", i.code))
	}
	if i.status != 0 {
		attrs = append(attrs, slog.Int("status", i.status))
	}
	if id := i.id(); id != "" {
		attrs = append(attrs, slog.String("request_id", id))
	}
	attrs = append(attrs, slog.Int("attempts", i.tries()))
	if said := i.text(); said != "" {
		attrs = append(attrs, slog.String("detail", said))
	}
	for _, attr := range more {
		if attr.Value.Kind() != slog.KindString || attr.Value.String() != "" {
			attrs = append(attrs, attr)
		}
	}
	return slog.GroupValue(attrs...)
}

// json is the failure as JSON, with what only some have. What is not known is left out.
func (i *info) json(more ...slog.Attr) []byte {
	w := newWriter(nil)
	put(w, "who", putText, string(i.who))
	texts := []slog.Attr{
		slog.String("code", i.code), slog.String("requestId", i.id()), slog.String("title", i.title), slog.String("detail", i.detail),
	}
	for _, text := range append(texts, more...) {
		if said := text.Value.String(); said != "" {
			put(w, text.Key, putText, said)
		}
	}
	if i.status != 0 {
		put(w, "status", putInt[int64], int64(i.status))
	}
	put(w, "retry", putText, string(i.advice()))
	putOptional(w, "retryAfter", putUint[uint64], i.after)
	put(w, "attempts", putInt[int64], int64(i.tries()))
	return w.close()
}

// declaredError is an error that the API declares.
type declaredError interface {
	failure
	about() *info
	read(o *object)
	write(w *writer)
}

// logOf shows a declared error with its own fields.
func logOf(e declaredError) slog.Value {
	w := newWriter(nil)
	e.write(w)
	members := split(w.close()).members
	attrs := make([]slog.Attr, 0, len(members))
	for _, m := range members {
		attr := slog.Any(m.name, json.RawMessage(m.text))
		switch c := m.text[0]; {
		case c == '"':
			text, _ := unquote(m.text)
			attr = slog.String(m.name, text)
		case c == '-' || c >= '0' && c <= '9':
			attr = slog.Any(m.name, json.Number(m.text))
		}
		attrs = append(attrs, attr)
	}
	return e.about().log(attrs...)
}

// jsonOf writes a declared error as it travels: a problem, then its own fields.
func jsonOf(e declaredError) []byte {
	i := e.about()
	w := newWriter(nil)
	put(w, "code", putText, i.code)
	put(w, "status", putInt[int64], int64(i.status))
	for _, text := range [][2]string{
		{"title", i.title}, {"detail", i.detail}, {"type", i.typeURI}, {"instance", i.instance}, {"retryable", i.retryable},
	} {
		if text[1] != "" {
			put(w, text[0], putText, text[1])
		}
	}
	putOptional(w, "retryAfter", putUint[uint64], i.after)
	e.write(w)
	return w.close()
}

// shown is the start of a text, with what a terminal would obey escaped.
func shown(text string) string {
	var out strings.Builder
	count := 0
	for _, r := range text {
		count++
		if count > 4096 {
			out.WriteRune('…')
			break
		}
		switch {
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\r':
			out.WriteString(`\r`)
		case r == '\t':
			out.WriteString(`\t`)
		case unicode.IsControl(r), r == 0x61c, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e,
			r >= 0x2066 && r <= 0x2069, r == 0xfeff:
			fmt.Fprintf(&out, `\u{%x}`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
