// Requests: where the members of an input go.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// endpoint is an operation.
type endpoint struct {
	method, path string
	query        []string
	headers      [][2]string
	body         bool
	payload      string
}

// isIdempotent says whether a second request does no more than the first (RFC 9110, section 9.2.2).
func (e endpoint) isIdempotent() bool { return e.method != "POST" && e.method != "PATCH" }

// request makes a request: the members of the input go where the operation wants them.
func (c *client) request(ctx context.Context, e endpoint, input []byte) (*http.Request, error) {
	v, err := whole(input)
	if err != nil {
		return nil, errors.New("the input can't be written as JSON")
	}
	var members []member
	if v.text[0] == '{' {
		members = v.object().members
	}
	take := func(name string) []byte {
		at := slices.IndexFunc(members, func(m member) bool { return m.name == name })
		if at < 0 {
			return []byte("null")
		}
		text := members[at].text
		members = slices.Delete(members, at, at+1)
		return text
	}
	var address strings.Builder
	address.WriteString(c.base)
	for i, segment := range strings.Split(e.path, "/") {
		if i == 0 {
			continue
		}
		if strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}") {
			name := segment[1 : len(segment)-1]
			text, _ := scalar(take(name))
			if text == "" || text == "." || text == ".." {
				return nil, fmt.Errorf("the path parameter `%s` can't be `%s`", name, text)
			}
			segment = escaped(text)
		}
		address.WriteString("/" + segment)
	}
	separator := "?"
	for _, name := range e.query {
		text, ok, err := queried(name, take(name))
		if err != nil {
			return nil, err
		}
		if ok {
			address.WriteString(separator + escaped(name) + "=" + text)
			separator = "&"
		}
	}
	header := c.header.Clone()
	for _, pair := range e.headers {
		text, ok := scalar(take(pair[0]))
		if !ok {
			continue
		}
		if strings.TrimSpace(text) != text || !isVisible(text) || strings.Contains(text, "\t") {
			return nil, fmt.Errorf("`%s` can't be sent as the header `%s`", pair[0], pair[1])
		}
		header.Set(pair[1], text)
	}
	var body []byte
	switch {
	case e.payload != "":
		body = take(e.payload)
	case e.body && v.text[0] == '{':
		w := newWriter(nil)
		for _, m := range members {
			w.add(m.name, m.text)
		}
		body = w.close()
	case e.body:
		body = input
	}
	request, err := http.NewRequestWithContext(ctx, e.method, address.String(), bytes.NewReader(body))
	if err != nil || request.URL.Host == "" {
		// Without the address itself, which may hold what is secret.
		return nil, errors.New("the API's address can't be used")
	}
	request.Header = header
	header.Set("Accept", "application/json")
	if body != nil {
		header.Set("Content-Type", "application/json")
	}
	return request, nil
}

// scalar is a value as it stands in a path or a query; nothing for null.
func scalar(text []byte) (string, bool) {
	v := value{text: text}
	if v.isNull() {
		return "", false
	}
	if text[0] == '"' {
		plain, err := unquote(text)
		return plain, err == nil
	}
	return string(text), true
}

// queried is a value as it stands in a query, escaped; a list as its elements between commas.
func queried(name string, list []byte) (text string, ok bool, err error) {
	if list[0] != '[' {
		plain, ok := scalar(list)
		return escaped(plain), ok, nil
	}
	elements, err := value{text: list}.elements()
	texts := make([]string, len(elements))
	for i, element := range elements {
		plain, _ := scalar(element.text)
		if strings.Contains(plain, ",") || plain == "" && len(elements) == 1 {
			return "", false, fmt.Errorf("an element of the query's list `%s` is empty or holds a comma, which stands between them", name)
		}
		texts[i] = escaped(plain)
	}
	return strings.Join(texts, ","), true, err
}

// escaped percent-encodes all but the unreserved characters (RFC 3986 section 2.3).
func escaped(text string) string {
	var out strings.Builder
	for i := range len(text) {
		if c := text[i]; isOfCode(c) || c == '.' || c == '~' {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}
