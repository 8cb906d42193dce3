package door

// Advice is what to do about something that is handled elsewhere. Its words are written by hand: it is the answer a
// person needs now, before anything is filed.
type Advice struct {
	Title, Text, Pass string // keys
	Phones            []string
}

// Advices are what the options of the report that stop call for, by the key their option names.
var Advices = map[string]Advice{
	"consumer_dispute": {"portal.advice_consumer", "portal.advice_consumer_text", "portal.advice_consumer_pass", []string{"12315"}},
	"violation_report": {"portal.advice_violation", "portal.advice_violation_text", "portal.advice_violation_pass", []string{"12345"}},
	"emergency":        {"portal.advice_emergency", "portal.advice_emergency_text", "portal.advice_emergency_pass", []string{"110", "119", "120"}},
	"petition":         {"portal.advice_petition", "portal.advice_petition_text", "portal.advice_petition_pass", []string{"12345"}},
}

// AdviceOrder is the most urgent first.
var AdviceOrder = []string{"emergency", "consumer_dispute", "violation_report", "petition"}
