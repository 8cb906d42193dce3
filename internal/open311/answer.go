package open311

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"yifa/internal/office"
	"yifa/internal/web"
)

// An element is a part of an answer in both formats: XML nests elements by name; JSON follows from it by the Spark
// convention, in which a container of one kind of element is an array.
type element struct {
	name string
	text any // string, bool, int; nil: empty in XML, null in JSON
	kids []element
	list bool // a container
}

func leaf(name string, text any) element {
	if s, is := text.(string); is && s == "" {
		text = nil
	}
	return element{name: name, text: text}
}

func node(name string, kids ...element) element { return element{name: name, kids: kids} }

func list(name string, kids ...element) element { return element{name: name, kids: kids, list: true} }

// json is the element's value, with the order of its kids kept.
func (e element) json(b *bytes.Buffer) error {
	switch {
	case e.list:
		b.WriteByte('[')
		for i, k := range e.kids {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := k.json(b); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case e.kids != nil:
		b.WriteByte('{')
		for i, k := range e.kids {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(b, "%q:", k.name)
			if err := k.json(b); err != nil {
				return err
			}
		}
		b.WriteByte('}')
		return nil
	}
	text, err := json.Marshal(e.text)
	b.Write(text)
	return err
}

// xml writes the element. Characters that XML cannot hold are replaced.
func (e element) xml(b *bytes.Buffer) error {
	if !e.list && e.kids == nil && e.text == nil {
		fmt.Fprintf(b, "<%s/>", e.name)
		return nil
	}
	fmt.Fprintf(b, "<%s>", e.name)
	for _, k := range e.kids {
		if err := k.xml(b); err != nil {
			return err
		}
	}
	if e.text != nil {
		if err := xml.EscapeText(b, fmt.Append(nil, e.text)); err != nil {
			return err
		}
	}
	fmt.Fprintf(b, "</%s>", e.name)
	return nil
}

// reply is an answer before it has a format.
type reply struct {
	status int // 0: 200
	body   element
	public int // seconds everybody may keep it; 0: nobody may
}

func (a reply) write(w http.ResponseWriter, format string) error {
	var b bytes.Buffer
	var err error
	kind := "application/json; charset=utf-8"
	if format == inJSON {
		err = a.body.json(&b)
	} else {
		kind = "text/xml; charset=utf-8"
		b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
		err = a.body.xml(&b)
	}
	if err != nil {
		return fmt.Errorf("open311: %s: %w", a.body.name, err)
	}
	b.WriteByte('\n')
	if a.public > 0 {
		w.Header().Set("Cache-Control", "public, max-age="+strconv.Itoa(a.public))
	} else {
		web.Secret(w)
	}
	w.Header().Set("Content-Type", kind)
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// A saying is an error in the specification's shape: a status, and what was wrong, once for each thing.
type saying struct {
	status int
	what   []string
}

func (s *saying) Error() string {
	return fmt.Sprintf("open311: %d %s", s.status, strings.Join(s.what, "; "))
}

func said(status int, what ...string) error { return &saying{status, what} }

// faulty is the answer to what went wrong, or the error where package web knows better what to say.
func faulty(err error) (reply, error) {
	var s *saying
	var refused *office.Refused
	switch {
	case errors.As(err, &s):
	case errors.As(err, &refused):
		s = &saying{http.StatusBadRequest, []string{refused.View.Said()}}
	default:
		return reply{}, err
	}
	return errorsOf(s.status, s.what...), nil
}

func errorsOf(status int, what ...string) reply {
	a := reply{status: status, body: list("errors")}
	for _, text := range what {
		a.body.kids = append(a.body.kids, node("error", leaf("code", status), leaf("description", text)))
	}
	return a
}

// Tell answers the problems of package web in the specification's shape where an address of this door was asked: what
// is not there, what is too much, and our own faults. For web.Options.
func Tell(w http.ResponseWriter, r *http.Request, status int, text string) bool {
	if r.URL.Path != Prefix && !strings.HasPrefix(r.URL.Path, Prefix+"/") {
		return false
	}
	return errorsOf(status, text).write(w, formatOf(r)) == nil
}

// clip shortens what somebody sent for an answer that repeats it.
func clip(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return strings.ToValidUTF8(s, "")
}
