package main

import (
	"slices"
	"time"

	"yifa/internal/identity"
	"yifa/internal/procedure"
	"yifa/law"
)

// signInFlags are what an installation asks of those who sign in at the desk: the one place where it says so.
type signInFlags struct {
	Idle         time.Duration `default:"30m" env:"YIFA_SIGN_IN_IDLE" help:"A session unused so long has ended."`
	Longest      time.Duration `default:"8h" env:"YIFA_SIGN_IN_LONGEST" help:"A session ends so long after it began."`
	Prove        time.Duration `default:"10m" env:"YIFA_SIGN_IN_PROVE" help:"Acts that ask for it ask who their doer is once more, so long after he last showed it."`
	History      time.Duration `default:"8760h" env:"YIFA_SIGN_IN_HISTORY" help:"How long attempts to sign in are kept: at least six months."`
	One          bool          `env:"YIFA_SIGN_IN_ONE" help:"A new session of a person ends the others."`
	Breached     string        `env:"YIFA_SIGN_IN_BREACHED" help:"File of SHA-1 hashes of breached passwords, sorted, as Have I Been Pwned publishes it: none of them can be chosen. It is searched where it lies."`
	SecondFactor []string      `env:"YIFA_SIGN_IN_SECOND_FACTOR" help:"Posts that ask for a second factor, such as administrator,leader."`
}

// rules are the flags as the office takes them, or everything that is wrong with them.
func (f signInFlags) rules() (identity.Rules, error) {
	r := identity.DefaultRules
	r.Idle, r.Absolute, r.Prove, r.History, r.OneSession, r.SecondFor = f.Idle, f.Longest, f.Prove, f.History, f.One, f.SecondFactor
	if f.Breached != "" {
		var err error
		if r.Breached, err = identity.OpenBreached(f.Breached); err != nil {
			return r, err
		}
	}
	if len(f.SecondFactor) == 0 {
		return r, r.Validate(nil)
	}
	l, faults := procedure.Load(law.FS, hooks)
	if len(faults) > 0 {
		return r, faults[0]
	}
	var roles []string
	for _, p := range l.All() {
		if fact := p.Facts.Get("role"); fact != nil && p.ID == "register.post" {
			roles = append(roles, fact.Options...)
		}
	}
	slices.Sort(roles)
	return r, r.Validate(slices.Compact(roles))
}
