package worked_test

// proofs: what is found only by looking at a procedure as a whole.
var proofs = []plant{
	{"condition never holds", "procedure.yaml", "is: \"kind == 'minor'\", else: major", "is: \"kind == 'minor' && kind == 'major'\", else: major",
		"procedure.yaml:60: act refuse: `kind == 'minor' && kind == 'major'` can never hold (the act could never be done: correct the condition, set what it asks for, or take the act out)"},
	{"condition on what comes later", "procedure.yaml", "is: \"kind == 'minor'\", else: major", "is: heard, else: major",
		"procedure.yaml:60: act refuse: `heard` can never hold, because nothing that comes before sets heard (the act could never be done"},
	{"condition on an act that comes later", "procedure.yaml", "is: \"kind == 'minor'\", else: major", "is: \"kind == 'minor' && done('hear')\", else: major",
		"procedure.yaml:60: act refuse: `kind == 'minor' && done('hear')` can never hold"},
	{"condition on a clock that stands still there", "procedure.yaml", "is: \"!overdue('object')\", else: too_late", "is: \"!overdue('object') && running('accept')\", else: too_late",
		"act object: `!overdue('object') && running('accept')` can never hold"},
	{"condition never fails", "procedure.yaml", "is: \"kind == 'minor'\", else: major", "is: \"kind == 'minor' || kind == 'major'\", else: major",
		"procedure.yaml:60: act refuse: `kind == 'minor' || kind == 'major'` can never fail (a rule that refuses nobody is no rule: take it out, or correct it)"},
	{"number that cannot be", "procedure.yaml", "cost < param('big') || kind == 'major'", "cost < param('big') && cost > param('big')",
		"procedure.yaml:86: act decide: `cost < param('big') && cost > param('big')` can never hold"},
	{"condition said twice", "procedure.yaml", "cost < param('big') || kind == 'major'", "linked('has_part', 'made') || kind == 'minor'",
		"procedure.yaml:86: act decide: `linked('has_part', 'made') || kind == 'minor'` can never fail"},
	{"guards that contradict", "procedure.yaml", "when: [{is: \"kind == 'minor'\", else: major_is_taken, cite: hrc/8}]", "when: [{is: \"kind == 'minor'\", else: major_is_taken, cite: hrc/8}, {is: \"kind == 'major'\", else: inspect_first}]",
		"procedure.yaml:60: act refuse: `kind == 'major'` contradicts the conditions before it, so that the act could never be done (let the conditions hold together in some case, or take the act out)"},
	{"role against its act", "procedure.yaml", "head: {posts: [head], not: [handler], cite: hrc/7,", "head: {posts: [head], not: [handler], cite: hrc/7, when: [{is: \"kind == 'major'\", else: major_is_taken}],",
		"procedure.yaml:60: act refuse: nobody can do it as head, whose conditions contradict those of the act (take the role out of by, or correct the conditions)"},
	{"opened always", "procedure.yaml", "link: part_of, when: \"kind == 'major'\"", "link: part_of, when: \"kind == 'major' || kind == 'minor'\"",
		"procedure.yaml:76: act inspect opens: `kind == 'major' || kind == 'minor'` always holds (a condition that leaves nothing out is none"},
	{"opened never", "procedure.yaml", "link: part_of, when: \"kind == 'major'\"", "link: part_of, when: \"kind == 'major' && running('object')\"",
		"procedure.yaml:76: act inspect opens: `kind == 'major' && running('object')` can never hold (it would never happen"},
	{"asked never", "forms/report.yaml", "show: urgent", "show: urgent && !urgent", "forms/report.yaml:15: field why_urgent show: `urgent && !urgent` can never hold (it would never happen"},
}
