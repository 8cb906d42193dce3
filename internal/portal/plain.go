package portal

import (
	"yifa/internal/i18n"
	"yifa/internal/office"
)

// Acts that only the filer can do and that the matter then waits for: such an act is the button of the page.
var filerTurn = []string{"supplement", "rate"}

// The act by which a filer has an answered matter looked at again, and how long she may.
const (
	actAskAgain   = "ask_reopening"
	clockAskAgain = "ask_again"
)

// What limits and stages mean to the filer, who is "you" on every page of the portal. The labels in the law's data are
// written for staff; they stand where nothing plainer is given here.
var (
	plainClocks = map[string]string{
		"accept":      "portal.clock_accept",
		"answer":      "portal.clock_answer",
		"supplement":  "portal.clock_supplement",
		"rating":      "portal.clock_rating",
		clockAskAgain: "portal.clock_ask_again",
		"look_again":  "portal.clock_look_again",
	}
	plainStages = map[string]string{
		"supplement_asked": "portal.stage_supplement_asked",
		"withdrawn":        "portal.stage_withdrawn",
	}
)

func plainClock(lang i18n.Lang, name, label string) string {
	if key, ok := plainClocks[name]; ok {
		return i18n.T(lang, key)
	}
	return label
}

func plainStage(lang i18n.Lang, b office.Brief) string {
	if key, ok := plainStages[b.StageKey]; ok {
		return i18n.T(lang, key)
	}
	return b.Stage
}
