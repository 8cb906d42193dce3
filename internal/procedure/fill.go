package procedure

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// answers is a form as filled in: typed clear values, texts by class, files by class.
type answers struct {
	clear  matter.Facts
	texts  map[matter.Class]map[string]string
	files  map[matter.Class][]matter.File
	faults FieldErrors
}

// fill reads raw answers against a form. It reports every fault at once and loses no input: what
// was typed stays with the caller.
func (s *scene) fill(a *Act, try Attempt) (answers, error) {
	form := s.p.Form(a)
	out := answers{clear: matter.Facts{}, texts: map[matter.Class]map[string]string{}, files: map[matter.Class][]matter.File{}}
	if form != nil {
		for _, f := range form.Fields {
			if err := s.field(form, f, try, &out); err != nil {
				return out, err
			}
		}
	}
	s.lateProof(try, &out)
	for name := range try.Fields {
		if form.Field(name) == nil && name != LateProof && (name != VoidsField || a.Voids != "any") {
			out.fault(name, "unknown_field", nil)
		}
	}
	if len(out.faults) > 0 {
		return out, out.faults
	}
	return out, nil
}

func (o *answers) fault(field, key string, args map[string]string) {
	o.faults = append(o.faults, FieldError{field, key, args})
}

func (o *answers) text(c matter.Class, name, v string) {
	if o.texts[c] == nil {
		o.texts[c] = map[string]string{}
	}
	o.texts[c][name] = v
}

// lateProof asks staff who enter what happened on an earlier day how that day is proved.
func (s *scene) lateProof(try Attempt, out *answers) {
	late := s.by.Post != "" && try.Happened.Day < s.snap.Today
	v, bad := clean(strings.Join(try.Fields[LateProof], "\n"), true)
	switch {
	case bad:
		out.fault(LateProof, "control_character", nil)
	case utf8.RuneCountInString(v) > 1000:
		out.fault(LateProof, "too_long", tooLong(v, 1000))
	case late && v == "":
		out.fault(LateProof, "required", nil)
	case v != "":
		out.text(matter.Staff, LateProof, v)
	}
}

// field reads one answer. A question that is not shown is not answered, whatever was sent.
func (s *scene) field(form *Form, f *Field, try Attempt, out *answers) error {
	if f.Show != "" {
		t := *s
		t.form, t.given = form, out.clear
		shown, _, err := t.holds(f.Show)
		if err != nil || !shown {
			return err
		}
	}
	if f.Type == "files" {
		s.attached(f, try.Files[f.Name], out)
		return nil
	}
	values := try.Fields[f.Name]
	if f.Type == "choices" || f.Many {
		s.several(f, values, out)
		return nil
	}
	raw := ""
	if len(values) > 0 {
		raw = values[len(values)-1]
	}
	v, key, args := s.read(f, raw)
	if text, ok := v.(string); ok && f.Type == "holidays" {
		v, key, args = s.holidays(f, text, out)
	}
	switch {
	case key != "":
		out.fault(f.Name, key, args)
	case f.Handed && f.Class != Clear && v != nil && v != false: // kept by the matter it is handed to
	case v == nil || f.Required && v == false:
		if f.Required {
			out.fault(f.Name, "required", f.missing())
		}
	case f.Class == Clear:
		out.clear[f.Name] = v
	default:
		out.text(f.Class, f.Name, written(v))
	}
	return nil
}

func written(v any) string {
	switch v := v.(type) {
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case []string:
		return strings.Join(v, ",")
	}
	return v.(string)
}

// several reads a field of many values.
func (s *scene) several(f *Field, values []string, out *answers) {
	var list []string
	for _, raw := range values {
		one := *f
		if f.Type == "choices" {
			one.Type = "choice"
		}
		v, key, args := s.read(&one, raw)
		if key != "" {
			out.fault(f.Name, key, args)
			return
		}
		if t, ok := v.(string); ok && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	switch {
	case len(list) == 0 && f.Required:
		out.fault(f.Name, "required", f.missing())
	case len(list) == 0:
	case f.Class == Clear:
		out.clear[f.Name] = list
	default:
		out.text(f.Class, f.Name, strings.Join(list, ","))
	}
}

// attached puts a metadata-clean copy into the field's class and an original into the sealed one.
func (s *scene) attached(f *Field, files []matter.File, out *answers) {
	most := f.Max
	if most == 0 {
		most = 20
	}
	switch {
	case len(files) == 0 && f.Required:
		out.fault(f.Name, "required", f.missing())
	case len(files) > 2*most: // each file counts twice: clean copy and original
		out.fault(f.Name, "too_many", map[string]string{"max": strconv.Itoa(most)})
	}
	if f.Handed {
		return // kept by the matter they are handed to
	}
	for _, x := range files {
		x.Field = f.Name
		class := f.Class
		if !x.Clean {
			class = matter.Sealed
		}
		out.files[class] = append(out.files[class], x)
	}
}

var (
	idForm       = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._@/-]{0,79}$`)
	divisionForm = regexp.MustCompile(`^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$`)
)

// read types one value. v is nil where nothing was given; key names what is wrong.
func (s *scene) read(f *Field, raw string) (v any, key string, args map[string]string) {
	t, bad := clean(raw, f.Type == "longtext" || f.Type == "holidays")
	if bad {
		return nil, "control_character", nil
	}
	if f.Type == "bool" {
		return yes(t)
	}
	if t == "" {
		return nil, "", nil
	}
	switch f.Type {
	case "text", "longtext", "title", "holidays", "url":
		if most := f.most(); utf8.RuneCountInString(t) > most {
			return nil, "too_long", tooLong(t, most)
		}
		if f.Type == "url" && !isWebAddress(t) {
			return nil, "not_an_address", nil
		}
		return t, "", nil
	case "choice":
		if !slices.ContainsFunc(f.Options, func(o *Option) bool { return o.Value == t }) {
			return nil, "not_an_option", nil
		}
		return t, "", nil
	case "date", "moment":
		return day(f, t, s.snap.Today)
	case "number":
		n, err := strconv.ParseInt(t, 10, 64)
		if err != nil {
			return nil, "not_a_number", nil
		}
		return n, "", nil
	}
	return s.name(f, t)
}

// holidays reads the days of rest and work of a year, and writes them as the record keeps them.
func (s *scene) holidays(f *Field, text string, out *answers) (any, string, map[string]string) {
	year := out.clear.Text(f.Year)
	if year == "" {
		year = s.st.Facts.Text(f.Year)
	}
	n, err := strconv.Atoi(year)
	switch {
	case year == "":
		return nil, "", nil // asked for at its own field
	case err != nil || len(year) != 4 || !calendar.KnowsYear(n):
		out.fault(f.Year, "not_a_year", nil)
		return nil, "", nil
	}
	blocks, err := calendar.ParseHolidays(n, text)
	var bad *calendar.BadHolidays
	if errors.As(err, &bad) {
		return nil, bad.Key, bad.Args
	}
	return calendar.FormatHolidays(blocks), "", nil
}

// isWebAddress reports whether a text is an address a reader can open.
func isWebAddress(t string) bool {
	u, err := url.Parse(t)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// name reads the id of something: an organ must be known, the rest must look like an id.
func (s *scene) name(f *Field, t string) (any, string, map[string]string) {
	switch f.Type {
	case "organ":
		if _, ok := s.snap.Organs[t]; !ok {
			return nil, "unknown_organ", nil
		}
	case "division":
		if !divisionForm.MatchString(t) {
			return nil, "unknown_division", nil
		}
	case "matter":
		if _, err := matter.ParseID(t); err != nil {
			return nil, "unknown_matter", nil
		}
	default:
		if !idForm.MatchString(t) {
			return nil, "not_an_id", nil
		}
	}
	return t, "", nil
}

func (f *Field) most() int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Type == "longtext":
		return 10_000
	}
	return 200
}

func tooLong(t string, most int) map[string]string {
	n := utf8.RuneCountInString(t)
	return map[string]string{"count": strconv.Itoa(n), "max": strconv.Itoa(most), "over": strconv.Itoa(n - most)}
}

func yes(t string) (any, string, map[string]string) {
	switch t {
	case "true", "on", "yes", "1":
		return true, "", nil
	case "false", "off", "no", "0", "":
		return false, "", nil
	}
	return nil, "not_an_option", nil
}

func day(f *Field, t string, today calendar.Date) (any, string, map[string]string) {
	m, err := calendar.ParseMoment(t)
	switch {
	case err != nil || f.Type == "date" && m.Minute >= 0:
		return nil, "not_a_day", nil
	case m.Day.IsZero():
		return nil, "not_a_day", nil
	case m.Day > today && !f.Future:
		return nil, "future_day", map[string]string{"today": today.String()}
	}
	return m.String(), "", nil
}

// clean trims and normalises text to NFC with plain line ends. bad: it holds control characters
// or marks that turn the direction of writing, with which a text shows something else than it says.
func clean(s string, lines bool) (t string, bad bool) {
	if !utf8.ValidString(s) {
		return s, true
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	for _, r := range s {
		switch {
		case lines && (r == '\n' || r == '\t'):
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return s, true
		}
	}
	return norm.NFC.String(strings.TrimSpace(s)), false
}
