package procedure

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
		if form.Field(name) == nil && !form.fills(name) && name != LateProof && (name != VoidsField || a.Voids != "any") {
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
	if f.Type == "filling" {
		s.filling(f, try, out)
		return nil
	}
	if f.Type == "files" {
		s.attached(f, try.Files[f.Name], out)
		return nil
	}
	values := try.Fields[f.Name]
	if f.Type == "choices" || f.Many {
		s.several(f, try, out)
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
	if text, ok := v.(string); ok && key == "" && f.blankLeft(text) != "" {
		key, args = "blank_left", map[string]string{"blank": f.blankLeft(text)}
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
func (s *scene) several(f *Field, try Attempt, out *answers) {
	var list []string
	for _, raw := range try.Fields[f.Name] {
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
	if f.unchecked(list, try) {
		out.fault(f.Name, "not_all", nil)
		return
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
		if x.Why != "" {
			told := x
			told.Blob, told.Key = "", nil
			out.files[f.Class] = append(out.files[f.Class], told)
		}
		class := f.Class
		if !x.Clean {
			class = matter.Sealed
		}
		out.files[class] = append(out.files[class], x)
	}
}
