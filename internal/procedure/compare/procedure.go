package compare

import (
	"fmt"
	"strings"

	"yifa/internal/procedure"
)

func (c *changes) procedure(a, b *procedure.Procedure) {
	c.was, c.is = a, b
	where := "程序 " + b.ID
	c.moved(where, "名称", a.Title, b.Title)
	c.moved(where, "适用于哪天起立案的", a.Applies.OpenedFrom.String(), b.Applies.OpenedFrom.String())
	c.lists(where, "依据", a.Basis, b.Basis)
	for _, name := range names(a.Roles.Names, b.Roles.Names) {
		c.role("角色 "+name, a.Roles.Get(name), b.Roles.Get(name))
	}
	for _, name := range names(a.Params.Names, b.Params.Names) {
		old, now := a.Params.Get(name), b.Params.Get(name)
		switch {
		case now == nil:
			c.add("数值 "+name, "取消")
		case old == nil:
			c.add("数值 "+name, "新增：%d", now.Value)
		default:
			c.moved("数值 "+name, "数", fmt.Sprint(old.Value), fmt.Sprint(now.Value))
		}
	}
	for _, name := range names(a.Clocks.Names, b.Clocks.Names) {
		c.clock(name, a.Clocks.Get(name), b.Clocks.Get(name))
	}
	for _, name := range names(a.Stages.Names, b.Stages.Names) {
		c.stage(name)
	}
	c.acts("立案", acts(a.Open), acts(b.Open))
	c.acts("各环节", acts(a.Any), acts(b.Any))
	for _, name := range names(a.Remedies.Names, b.Remedies.Names) {
		c.remedy(name, a.Remedies.Get(name), b.Remedies.Get(name))
	}
	c.moved(where, "保管期限", kept(a), kept(b))
	c.moved(where, "先行销毁", sooner(a), sooner(b))
	c.valued(where, "已经立案的", a.Applies.Transitional, b.Applies.Transitional)
	c.documents(c.wasLaw, c.isLaw)
}

// remedy compares what is told of another way.
func (c *changes) remedy(name string, was, is *procedure.Remedy) {
	where := "另外告诉提交人的办法 · " + name
	switch {
	case is == nil:
		c.add(where+" "+was.Label, "不再告诉")
	case was == nil:
		c.add(where+" "+is.Label, "新增")
	default:
		c.moved(where, "怎样说", was.Text, is.Text)
		c.moved(where, "什么时候告诉", was.When, is.When)
		c.moved(where, "期限", was.Term, is.Term)
		c.lists(where, "从哪一天起", was.From, is.From)
		c.lists(where, "依据", was.Cite, is.Cite)
	}
}

// kept is how long the record is kept.
func kept(p *procedure.Procedure) string {
	if p.Retention.Permanent {
		return "永久"
	}
	return p.Retention.Term
}

// sooner are the classes that are kept for a shorter time.
func sooner(p *procedure.Procedure) string {
	var out []string
	for class, term := range p.Retention.Sooner.Each {
		out = append(out, class+" "+*term)
	}
	return strings.Join(out, "、")
}

func (c *changes) role(where string, was, is *procedure.Role) {
	switch {
	case is == nil:
		c.add(where+" "+was.Label, "取消")
	case was == nil:
		c.add(where+" "+is.Label, "新增，由 %s 担任", strings.Join(is.Posts, "、"))
	default:
		where += " " + is.Label
		c.lists(where, "由谁担任", was.Posts, is.Posts)
		c.lists(where, "不得由谁担任", excluded(c.was, was.Not), excluded(c.is, is.Not))
		c.lists(where, "条件", conditions(c.was, was.When), conditions(c.is, is.When))
		c.moved(where, "要不要先指定", whether(was.Assigned), whether(is.Assigned))
		c.valued(where, "哪个机关的", was.At, is.At)
	}
}

func (c *changes) clock(name string, was, is *procedure.ClockDef) {
	switch {
	case is == nil:
		c.add("时钟 "+name+" "+was.Label, "取消：不再计时")
		return
	case was == nil:
		c.add("时钟 "+name+" "+is.Label, "新增：从“%s”起算，期限 %s", strings.Join(actsOf(c.is, is.Starts.Acts), "、"), is.Term)
		return
	}
	where := "时钟 " + name + " " + is.Label
	c.moved(where, "期限", was.Term, is.Term)
	c.moved(where, "部门规定", was.Profile, is.Profile)
	c.moved(where, "什么情况下起算", was.When, is.When)
	c.lists(where, "从哪件事起算", actsOf(c.was, was.Starts.Acts), actsOf(c.is, is.Starts.Acts))
	c.moved(where, "再办一次重新起算", whether(was.Restarts), whether(is.Restarts))
	c.lists(where, "到哪件事为止", actsOf(c.was, was.Stops.Acts), actsOf(c.is, is.Stops.Acts))
	c.lists(where, "到哪个环节为止", stages(c.was, was.Stops.Stages), stages(c.is, is.Stops.Stages))
	c.moved(where, "期满", lapse(c.was, was.Lapse), lapse(c.is, is.Lapse))
	stand := func(p *procedure.Procedure, d *procedure.ClockDef) (list []string) {
		for _, s := range d.Suspends {
			list = append(list, strings.Join(actsOf(p, s.Acts), "、")+" 到 "+strings.Join(actsOf(p, s.Until), "、")+"（"+strings.Join(s.Cite, "、")+"）")
		}
		return list
	}
	c.lists(where, "暂停", stand(c.was, was), stand(c.is, is))
	longer := func(p *procedure.Procedure, d *procedure.ClockDef) (list []string) {
		for _, e := range d.Extends {
			list = append(list, actsOf(p, e.Acts)...)
		}
		return list
	}
	c.lists(where, "延长", longer(c.was, was), longer(c.is, is))
	rungs := func(p *procedure.Procedure, d *procedure.ClockDef) (list []string) {
		for _, r := range d.Ladder {
			line := r.Left + " 提醒 " + strings.Join(roles(p, r.Tell), "、")
			if r.Raise != "" {
				line += "，" + inWords(r.Raise)
			}
			list = append(list, line)
		}
		return list
	}
	c.lists(where, "提醒", rungs(c.was, was), rungs(c.is, is))
}

func (c *changes) stage(name string) {
	was, is := c.was.Stages.Get(name), c.is.Stages.Get(name)
	switch {
	case is == nil:
		c.add("环节 "+name+" "+was.Label, "取消")
	case was == nil:
		c.add("环节 "+name+" "+is.Label, "新增")
		c.acts("环节 "+is.Label, nil, acts(is.Acts))
	default:
		if was.Final != is.Final {
			c.moved("环节 "+is.Label, "是不是办结", whether(was.Final), whether(is.Final))
		}
		c.acts("环节 "+is.Label, acts(was.Acts), acts(is.Acts))
	}
}

func acts(list []*procedure.Act) map[string]*procedure.Act {
	out := map[string]*procedure.Act{}
	for _, a := range list {
		out[a.Name] = a
	}
	return out
}

func (c *changes) acts(stage string, was, is map[string]*procedure.Act) {
	for _, name := range keys(was, is) {
		old, now := was[name], is[name]
		switch {
		case now == nil:
			c.add(stage, "不能再办“%s”（%s）", label(c.was, old), strings.Join(roles(c.was, old.By), "、"))
		case old == nil:
			c.add(stage, "可以办“%s”（%s），依据 %s", label(c.is, now), strings.Join(roles(c.is, now.By), "、"), strings.Join(now.Cite, "、"))
		default:
			c.act(stage+" · "+label(c.is, now), old, now)
			c.form(stage+" · "+label(c.is, now), c.was.Forms[old.Form], c.is.Forms[now.Form])
		}
	}
}

// label is what an act is called; one that stands in several stages has its label at the first.
func label(p *procedure.Procedure, a *procedure.Act) string {
	for _, other := range p.Acts(a.Name) {
		if other.Label != "" {
			return other.Label
		}
	}
	return a.Name
}

func (c *changes) act(where string, was, is *procedure.Act) {
	c.lists(where, "谁可以办", roles(c.was, was.By), roles(c.is, is.By))
	c.moved(where, "办了以后到哪个环节", one(c.was, was.To, stages), one(c.is, is.To, stages))
	c.lists(where, "依据", was.Cite, is.Cite)
	c.lists(where, "先要办过", actsOf(c.was, was.After), actsOf(c.is, is.After))
	c.lists(where, "条件", conditions(c.was, was.When), conditions(c.is, is.When))
	c.lists(where, "带来什么", effects(c.was, was), effects(c.is, is))
	c.moved(where, "等多久才能办", was.NotBefore.Term, is.NotBefore.Term)
	c.moved(where, "等哪一步", was.Needs.Part+strings.Join(was.Needs.Stage, "、"), is.Needs.Part+strings.Join(is.Needs.Stage, "、"))
	c.moved(where, "文书", paper(c.was, was), paper(c.is, is))
	c.valued(where, "谁看得到", was.Visible, is.Visible)
	c.lists(where, "告知谁", roles(c.was, was.Tell), roles(c.is, is.Tell))
	c.moved(where, "告诉提交人的话", was.Public, is.Public)
	c.moved(where, "只能办一次", whether(was.Once), whether(is.Once))
	c.lists(where, "办理前核对本人", was.Prove, is.Prove)
}

func (c *changes) form(where string, was, is *procedure.Form) {
	fields := func(f *procedure.Form) map[string]*procedure.Field {
		out := map[string]*procedure.Field{}
		if f != nil {
			for _, one := range f.Fields {
				out[one.Name] = one
			}
		}
		return out
	}
	old, now := fields(was), fields(is)
	for _, name := range keys(old, now) {
		o, n := old[name], now[name]
		switch {
		case n == nil:
			c.add(where, "不再问“%s”", o.Label)
		case o == nil && n.Required:
			c.add(where, "新增必填“%s”", n.Label)
		case o == nil:
			c.add(where, "新增可填“%s”", n.Label)
		default:
			if o.Required != n.Required {
				c.moved(where+" · "+n.Label, "必填", whether(o.Required), whether(n.Required))
			}
			c.valued(where+" · "+n.Label, "谁看得到", string(o.Class), string(n.Class))
			c.moved(where+" · "+n.Label, "问什么", o.Label, n.Label)
			c.moved(where+" · "+n.Label, "什么时候问", o.Show, n.Show)
			c.lists(where+" · "+n.Label, "可选", options(o), options(n))
		}
	}
}

// names are the names of both lists, in the order of the second, then what only the first has.
func names(was, is []string) []string {
	list := append([]string(nil), is...)
	for _, n := range was {
		found := false
		for _, m := range is {
			found = found || m == n
		}
		if !found {
			list = append(list, n)
		}
	}
	return list
}

func paper(p *procedure.Procedure, a *procedure.Act) string {
	if d := p.Documents.Get(a.Document); d != nil {
		return d.Title
	}
	return a.Document
}

func options(f *procedure.Field) (list []string) {
	for _, o := range f.Options {
		list = append(list, o.Label)
	}
	return list
}
