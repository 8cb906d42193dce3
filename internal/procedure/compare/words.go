package compare

import (
	"strings"

	"yifa/internal/procedure"
)

// said are the values of the law's files in words; none of them means two things.
var said = map[string]string{
	"forward": "往后算", "backward": "往前算", "not_before": "期满才能办",
	"organ": "机关", "party": "当事人", "court": "法院", "none": "不顺延", "next_workday": "顺延到下一个工作日",
	"breach": "算逾期", "lose_right": "失去这项权利", "release": "解除",
	"true": "是", "false": "不是",
	"public": "所有人", "parties": "各方", "filer": "提交人", "staff": "办理人员", "sealed": "密封，谁也不能单独看", "clear": "办理数据",
	"verified": "已核对", "partly": "部分核对", "memory": "凭记忆", "platform": "平台设定", "unverified": "没有核对",
	"holder": "承办单位", "any": "任何单位", "pinned": "按立案时的版本办完", "migrate": "转到新版本", "matter": "每件一个", "overdue": "标为逾期",
}

// inWords words a value, as it stands where there is no word for it.
func inWords(value string) string {
	if w := said[value]; w != "" {
		return w
	}
	return value
}

// valued reports a value of the law's files that is another now, in words.
func (c *changes) valued(where, what, was, is string) {
	if was != is {
		c.moved(where, what, inWords(was), inWords(is))
	}
}

// roles, acts and stages are called by their labels, by their names where there is none.
func roles(p *procedure.Procedure, names []string) []string {
	return each(names, func(n string) string {
		if r := p.Roles.Get(n); r != nil {
			return r.Label
		}
		return n
	})
}

func actsOf(p *procedure.Procedure, names []string) []string {
	return each(names, func(n string) string { return label(p, &procedure.Act{Name: n}) })
}

func stages(p *procedure.Procedure, names []string) []string {
	return each(names, func(n string) string {
		if s := p.Stages.Get(n); s != nil {
			return s.Label
		}
		return n
	})
}

// excluded are those a role's exclusions name: other roles, and the persons and organs of facts.
func excluded(p *procedure.Procedure, names []string) []string {
	return each(roles(p, names), func(n string) string {
		if f := p.Facts.Get(n); f != nil {
			return f.Label
		}
		return n
	})
}

func each(names []string, word func(string) string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = word(n)
	}
	return out
}

// one words a single name that may be empty.
func one(p *procedure.Procedure, name string, word func(*procedure.Procedure, []string) []string) string {
	if name == "" {
		return ""
	}
	return word(p, []string{name})[0]
}

// lapse words what follows when a clock runs out.
func lapse(p *procedure.Procedure, to string) string {
	if act, deemed := strings.CutPrefix(to, "deemed:"); deemed {
		return one(p, act, actsOf)
	}
	return inWords(to)
}
