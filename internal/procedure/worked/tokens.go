package worked

import (
	"errors"
	"strings"
)

// tokens splits a line at spaces; double quotes hold a value together, with \" and \n inside.
func tokens(line string) ([]string, error) {
	var out []string
	var word strings.Builder
	quoted, open := false, false
	rs := []rune(strings.TrimSpace(line))
	for i := 0; i < len(rs); i++ {
		c := rs[i]
		switch {
		case quoted && c == '\\' && i+1 < len(rs):
			i++
			if rs[i] == 'n' {
				word.WriteRune('\n')
			} else {
				word.WriteRune(rs[i])
			}
		case c == '"':
			quoted, open = !quoted, true
		case c == ' ' && !quoted:
			if open || word.Len() > 0 {
				out = append(out, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteRune(c)
		}
	}
	if quoted {
		return nil, errors.New("a quotation mark is not closed")
	}
	if open || word.Len() > 0 {
		out = append(out, word.String())
	}
	return out, nil
}

// split parts plain words from key=value.
func split(words []string) (plain []string, given map[string]string) {
	given = map[string]string{}
	for _, w := range words {
		if k, v, ok := strings.Cut(w, "="); ok {
			given[k] = v
		} else {
			plain = append(plain, w)
		}
	}
	return plain, given
}
