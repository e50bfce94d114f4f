// Successes: the output of an operation.

// result reads a success, or says why it can't be read. A 204 has no body; what an operation without an output writes is null.
func result[T any](body []byte, read func(value) (T, error)) (output *T, reason string) {
	if isFunctionError(body) {
		return nil, "it is the error of a function that came as a success"
	}
	if len(body) == 0 {
		body = []byte("null")
	}
	v, err := whole(withoutMark(body))
	if err == nil {
		var found T
		if found, err = read(v); err == nil {
			return &found, ""
		}
	}
	return nil, "the output does not fit: " + err.Error()
}
