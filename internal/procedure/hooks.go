package procedure

import (
	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// HookFunc answers one question from what it is given; it looks nothing up and changes nothing.
// In CEL it is called by its name without arguments: complex().
type HookFunc func(HookArgs) bool

// HookArgs is what a hook may read.
type HookArgs struct {
	State matter.State
	Given matter.Facts // clear fields of the act attempted
	On    calendar.Date
	Snap  Snapshot
}

// Hooks of one version, by name. The registry given to Load is keyed by id@version.
type Hooks map[string]HookFunc
