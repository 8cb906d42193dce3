package statute

import (
	"slices"
	"strings"
)

// The provisions a choice rests on: the rule itself, and by analogy that conduct which goes on counts from its end.
var (
	choiceRule  = Cite{Key: "xzcf", Article: 37}
	ongoingRule = Cite{Key: "xzcf", Article: 36, Para: 2}
)

// ChoiceLine is one line of why a law applies.
type ChoiceLine struct {
	Text     string `json:"text"`
	Cite     string `json:"cite,omitempty"`   // as law files write it
	Source   string `json:"source,omitempty"` // in words
	Platform bool   `json:"platform,omitempty"`
}

// choiceWords are the lines of a choice in zh-Hans, zh-Hant and en.
var choiceWords = map[string][3]string{
	"conduct": {"违法行为发生在{on}", "違法行為發生在{on}", "the conduct was on {on}"},
	"ongoing": {"违法行为持续到{on}，以终了那天为准", "違法行為持續到{on}，以終了那天為準", "the conduct went on until {on}: its last day decides"},
	"then":    {"行为时的规定：{text}", "行為時的規定：{text}", "the law of that day: {text}"},
	"now":     {"{decided}作出决定时的规定：{text}", "{decided}作出決定時的規定：{text}", "the law of {decided}, the day of the decision: {text}"},
	"repealed": {"{decided}作出决定时，行为时的规定已经废止", "{decided}作出決定時，行為時的規定已經廢止",
		"by {decided}, the day of the decision, the law of that day was repealed"},
	Unchanged:  {"行为时和作出决定时是同一个文本，适用它", "行為時和作出決定時是同一個文本，適用它", "one text holds on both days: it applies"},
	OldHolds:   {"新的规定处罚不较轻，适用行为时的规定", "新的規定處罰不較輕，適用行為時的規定", "the new law is not lighter: the law of the day of the conduct applies"},
	NewLighter: {"新的规定处罚较轻，适用新的规定", "新的規定處罰較輕，適用新的規定", "the new law is lighter: it applies"},
	NewLawful: {"新的规定不认为是违法，适用新的规定，不予处罚", "新的規定不認為是違法，適用新的規定，不予處罰",
		"the new law does not regard it as unlawful: it applies, and there is no penalty"},
	Undecided: {"规定改过。哪个处罚较轻，由办案人员对照两个文本说明", "規定改過。哪個處罰較輕，由辦案人員對照兩個文本說明",
		"the law has changed: an officer states, after comparing both texts, which is lighter"},
	NoneThen: {"行为时没有施行这个文本，不能用它处罚", "行為時沒有施行這個文本，不能用它處罰", "this text did not hold on the day of the conduct: nothing is penalised by it"},
}

// Lines words why a law applies, in zh-Hans, zh-Hant or en.
func (b *Book) Lines(c Choice, lang string) []ChoiceLine {
	i := max(slices.Index([]string{"zh-Hans", "zh-Hant", "en"}, lang), 0)
	say := func(key, text string) string {
		return strings.NewReplacer("{on}", c.On.String(), "{decided}", c.Decided.String(), "{text}", text).Replace(choiceWords[key][i])
	}
	rest := func(line ChoiceLine, rule Cite) ChoiceLine {
		line.Cite, line.Source = rule.String(), b.Name(rule, lang)
		return line
	}
	out := []ChoiceLine{{Text: say("conduct", "")}}
	if c.Ongoing {
		out[0] = rest(ChoiceLine{Text: say("ongoing", ""), Platform: true}, ongoingRule)
	}
	if c.Old.Key != "" {
		out = append(out, ChoiceLine{Text: say("then", b.titled(c.Old, lang))})
	}
	for _, t := range c.New {
		out = append(out, ChoiceLine{Text: say("now", b.titled(t, lang))})
	}
	if c.Old.Key != "" && c.Why != Unchanged && len(c.New) == 0 {
		out = append(out, ChoiceLine{Text: say("repealed", "")})
	}
	return append(out, rest(ChoiceLine{Text: say(c.Why, "")}, choiceRule))
}

// titled names a text and the day from which it holds.
func (b *Book) titled(t Text, lang string) string {
	from := map[string]string{"zh-Hans": "（" + t.Version.ID + "起施行）", "zh-Hant": "（" + t.Version.ID + "起施行）", "en": " (from " + t.Version.ID + ")"}
	return b.short(t.Key, lang) + from[lang]
}
