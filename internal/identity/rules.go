package identity

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Need is what is still missing before somebody who gave his password, or what stands for it, is let in.
type Need string

// The needs, in the order in which they are asked.
const (
	NeedNothing  Need = ""
	NeedFactor   Need = "factor"   // a second factor he has
	NeedPassword Need = "password" // a password of his own in place of the one he was given
	NeedEnrol    Need = "enrol"    // a second factor, which one of his posts asks for and he does not have
)

// By is how somebody showed who he is. Several are joined by "+", in the order in which they were given.
type By string

// The ways.
const (
	ByPassword By = "password"
	ByTOTP     By = "totp"
	ByRecovery By = "recovery"
	ByPasskey  By = "passkey"
	ByProvider By = "provider"
)

// Rules are what an installation asks of those who sign in: the one place where that is set.
type Rules struct {
	Idle       time.Duration // a session unused so long has ended
	Absolute   time.Duration // a session ends so long after it began, used or not
	Half       time.Duration // how long a second step may take
	Prove      time.Duration // an act that asks for it is done so long after its doer last showed who he is, and no later
	History    time.Duration // how long attempts to sign in are kept
	OneSession bool          // a new session of a person ends the others
	SecondFor  []string      // roles of posts that ask for a second factor
	Breached   *Breached     // passwords known from breaches, which nobody may choose; nil: no list was brought
}

// DefaultRules hold where an installation names no others (ptsd/126). 网络安全法 asks that logs be kept six months.
var DefaultRules = Rules{Idle: 30 * time.Minute, Absolute: 8 * time.Hour, Half: 10 * time.Minute, Prove: 10 * time.Minute, History: 365 * 24 * time.Hour}

// leastHistory is six months, counted long.
const leastHistory = 184 * 24 * time.Hour

// Validate tells everything that is wrong with the rules; roles are those there are.
func (r Rules) Validate(roles []string) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("identity: "+format, args...)) }
	if r.Idle < time.Minute || r.Idle > r.Absolute {
		fault("a session idle for %v: between one minute and its longest life, %v", r.Idle, r.Absolute)
	}
	if r.Absolute > 24*time.Hour {
		fault("a session of %v: at most a day", r.Absolute)
	}
	if r.Half < time.Minute || r.Half > time.Hour {
		fault("%v for a second step: between one minute and an hour", r.Half)
	}
	if r.Prove < time.Minute || r.Prove > r.Absolute {
		fault("identity asked again after %v: between one minute and the longest life of a session", r.Prove)
	}
	if r.History < leastHistory {
		fault("attempts to sign in kept for %v: at least six months, %v", r.History, leastHistory)
	}
	for _, role := range r.SecondFor {
		if !slices.Contains(roles, role) {
			fault("a second factor for %q: there are posts of %v", role, roles)
		}
	}
	return errors.Join(faults...)
}
