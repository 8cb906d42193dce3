package compare

import (
	"io/fs"
	"path"
	"strings"

	"yifa/internal/procedure"
)

// documents compares the papers: what they are called, how they are numbered, to whom they go, and what they say.
func (c *changes) documents(a, b *procedure.Law) {
	for _, name := range names(c.was.Documents.Names, c.is.Documents.Names) {
		was, is := c.was.Documents.Get(name), c.is.Documents.Get(name)
		switch {
		case is == nil:
			c.add("文书 "+was.Title, "取消")
		case was == nil:
			c.add("文书 "+is.Title, "新增，发给%s", one(c.is, is.Addressee, roles))
		default:
			where := "文书 " + is.Title
			c.moved(where, "名称", was.Title, is.Title)
			c.moved(where, "发给谁", one(c.was, was.Addressee, roles), one(c.is, is.Addressee, roles))
			c.moved(where, "编号", format(c.was, was.Series), format(c.is, is.Series))
			c.lists(where, "文字", text(a, c.was, was), text(b, c.is, is))
		}
	}
}

func format(p *procedure.Procedure, series string) string {
	if s := p.Series.Get(series); s != nil {
		return s.Format
	}
	return ""
}

// text is what a paper says, a line each; none where its law was not given.
func text(l *procedure.Law, p *procedure.Procedure, d *procedure.Document) []string {
	if l == nil {
		return nil
	}
	raw, err := fs.ReadFile(l.FS, path.Join(p.Dir, d.Template))
	if err != nil {
		return nil
	}
	var out []string
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// conditions compares what must hold: what is told where it does not, and its provision.
func conditions(p *procedure.Procedure, rules []*procedure.Rule) (list []string) {
	for _, r := range rules {
		line := r.Is
		if reason := p.Reasons.Get(r.Else); reason != nil {
			line += "，否则：" + reason.What
		}
		if len(r.Cite) > 0 {
			line += "（" + strings.Join(r.Cite, "、") + "）"
		}
		list = append(list, line)
	}
	return list
}

// effects words what an act brings about beside its stage.
func effects(p *procedure.Procedure, a *procedure.Act) (list []string) {
	for name, to := range a.Facts.Each {
		list = append(list, "记下"+factLabel(p, name)+"："+*to)
	}
	for role, to := range a.Assign.Each {
		list = append(list, "指定"+one(p, role, roles)+"："+map[string]string{"actor": "办理人自己", "none": "没有人"}[*to]+strings.TrimPrefix(*to, "field:"))
	}
	for _, x := range a.Opens {
		list = append(list, strings.Join(strings.Fields("另立一件："+x.Procedure+" "+x.When+" "+x.Each+" "+strings.Join(x.Distinct, "、")), " "))
	}
	for _, x := range a.Carries {
		list = append(list, "在关联事项里同时办："+x.Act+" "+x.When)
	}
	for _, x := range a.Access {
		list = append(list, map[bool]string{true: "不准看：", false: "可以看："}[x.Deny]+x.Holder+" "+x.When)
	}
	return list
}

func factLabel(p *procedure.Procedure, name string) string {
	if f := p.Facts.Get(name); f != nil {
		return f.Label
	}
	return name
}
