package procedure

import (
	_ "embed"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed words.yaml
var wordsYAML []byte

// builtin is what the engine's own reasons say, by key, then what|mend, then language.
var builtin = mustWords(wordsYAML)

func mustWords(raw []byte) map[string]map[string]map[string]string {
	out := map[string]map[string]map[string]string{}
	if err := yaml.Unmarshal(raw, &out); err != nil {
		panic("procedure: words.yaml: " + err.Error()) // a fault of the build
	}
	return out
}

// Text is the text at a path in zh-Hans, zh-Hant or en; zh-Hans where the other lacks it, "" where
// there is none. Paths are those of text.<lang>.yaml.
func (p *Procedure) Text(lang, path string) string {
	if t := p.Texts[lang].Text[path]; t != "" {
		return t
	}
	if own := builtin[path]; own != nil {
		return own["what"][lang]
	}
	return p.said()[path]
}

// Say words a refusal: what is in the way, and what to do instead.
func (p *Procedure) Say(r *Refusal, lang string) (what, mend string) {
	if p.Reasons.Get(r.Reason) != nil {
		return p.Text(lang, "reasons."+r.Reason+".what"), p.Text(lang, "reasons."+r.Reason+".mend")
	}
	args := map[string]string{}
	for k, v := range r.Args {
		args[k] = p.argument(k, v, lang)
	}
	acts := p.Acts(r.Act)
	var roles, stages []string
	for _, a := range acts {
		for _, by := range a.By {
			if t := p.Text(lang, "roles."+by+".label"); len(acts) > 0 && a == acts[0] {
				roles = append(roles, t)
			}
		}
	}
	for name := range p.Stages.Each {
		for _, a := range p.ActsIn(name) {
			if a.Name == r.Act {
				stages = append(stages, p.Text(lang, "stages."+name+".label"))
			}
		}
	}
	comma := "、"
	if lang == "en" {
		comma = ", "
	}
	args["roles"], args["stages"] = strings.Join(roles, comma), strings.Join(stages, comma)
	key := r.Reason
	if args["paper"] != "" {
		key = "needs_paper"
	}
	return fillIn(builtin[key]["what"][lang], args), fillIn(builtin[key]["mend"][lang], args)
}

// argument shows the names in a refusal's args by their labels.
func (p *Procedure) argument(kind, v, lang string) string {
	switch kind {
	case "stage":
		v = orElse(p.Text(lang, "stages."+v+".label"), v)
	case "act":
		v = orElse(p.Text(lang, "acts."+v+".label"), v)
	case "clock":
		v = orElse(p.Text(lang, "clocks."+v+".label"), v)
	case "fact":
		v = orElse(p.Text(lang, "facts."+v+".label"), v)
	case "why":
		v = orElse(builtin["why."+v]["what"][lang], v)
	}
	return v
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// SayField words what is wrong with one answer.
func SayField(e FieldError, lang string) string {
	key := "field." + e.Key
	if how := e.Args["how"]; how != "" {
		key += "." + how
	}
	return fillIn(builtin[key]["what"][lang], e.Args)
}

// missing says how a required field that was left out is answered: nobody is asked to write what is chosen or added.
func (f *Field) missing() map[string]string {
	switch f.Type {
	case "choice", "choices", "bool", "organ", "officer", "person", "division", "item":
		return map[string]string{"how": "choose"}
	case "files":
		return map[string]string{"how": "add"}
	}
	return nil
}

func fillIn(s string, args map[string]string) string {
	for k, v := range args {
		s = strings.ReplaceAll(s, "{"+k+"}", v)
	}
	return s
}

// words lists every text that stands in the files, by path: what the other languages must have.
func (p *Procedure) words() map[string]string {
	out := map[string]string{"title": p.Title, "about": p.About}
	put := func(path, text string) {
		if out[path] == "" {
			out[path] = text
		}
	}
	for n, s := range p.Stages.Each {
		put("stages."+n+".label", s.Label)
		put("stages."+n+".public", s.Public)
		put("stages."+n+".next", s.Next)
	}
	for _, a := range p.AllActs() {
		put("acts."+a.Name+".label", a.Label)
		put("acts."+a.Name+".public", a.Public)
		put("acts."+a.Name+".note", a.Note)
	}
	for n, r := range p.Roles.Each {
		put("roles."+n+".label", r.Label)
	}
	for n, f := range p.Facts.Each {
		put("facts."+n+".label", f.Label)
		for option, label := range f.Says.Each {
			put("facts."+n+".says."+option, *label)
		}
	}
	put("roster.label", p.Roster.Label)
	put("roster.about", p.Roster.About)
	for n, r := range p.Required.Each {
		put("required."+n+".label", r.Label)
		put("required."+n+".why", r.Why)
	}
	for n, c := range p.Clocks.Each {
		put("clocks."+n+".label", c.Label)
	}
	for n, d := range p.Documents.Each {
		put("documents."+n+".title", d.Title)
		put("documents."+n+".label", d.Label)
	}
	for n, r := range p.Remedies.Each {
		put("remedies."+n+".label", r.Label)
		put("remedies."+n+".text", r.Text)
	}
	for n, r := range p.Reasons.Each {
		put("reasons."+n+".what", r.What)
		put("reasons."+n+".mend", r.Mend)
	}
	for n, f := range p.Forms {
		put("forms."+n+".title", f.Title)
		for _, x := range f.Fields {
			x.words("forms."+n+".fields."+x.Name, put)
		}
	}
	for path, text := range out {
		if text == "" {
			delete(out, path)
		}
	}
	return out
}

// words lists the texts of a field.
func (f *Field) words(at string, put func(path, text string)) {
	put(at+".label", f.Label)
	put(at+".hint", f.Hint)
	for _, o := range f.Options {
		put(at+".options."+o.Value+".label", o.Label)
		put(at+".options."+o.Value+".hint", o.Hint)
	}
	for _, w := range f.Wordings {
		put(at+".wordings."+w.Name+".label", w.Label)
	}
	for _, c := range f.Columns {
		put(at+".columns."+c.Name+".label", c.Label)
	}
}
