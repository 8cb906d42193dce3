package procedure

// Noted are the fields whose text stands below an act in the timeline of a matter: the first that the act was given.
var Noted = []string{"what", "reason", "found", "findings", "opinion", "decision", "words", "basis", "summary",
	"matters", "explanation", "heard", "objection", "done", "verified", "said", "content", "told"}

// Dialogue are the acts that do not stand in the timeline: pages show their words alone, with their files.
var Dialogue = []string{"message_filer", "message_staff", "note"}

// Named are the texts that pages look for by name, wherever in a matter they were given.
var Named = []string{"title", "place", "message", "note"}

// Listed are the facts that lists, headings, receipts and rules of the office read by name in every procedure.
var Listed = []string{"government", "problem", "division", "target", "organ", "complained_organ", "identity", "lang",
	"year", "rest", "notice", // these by the year of a calendar
	"cleared", "kind", "listed", "scope", // these by lists of destruction
	"entered_by", "key", "name", // these by registers
	"happened_on",                    // by the help with sorting
	"ahead", "came", "day", "result", // these by inspections, the last by what is published too
	"typical", "withdrawn_for", // by what is published
	"consent"} // by service, for its slip
