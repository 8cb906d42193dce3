package identity

import "time"

// Layer is what failures are counted by. Each answers another attack: many passwords for one account
// from one place, from many places, and many accounts or codes from one place.
type Layer string

const (
	AccountAtAddress Layer = "account_at_address"
	Account          Layer = "account"
	Address          Layer = "address"
	Everyone         Layer = "everyone"
)

// Failures are those the caller counted on one layer within its Window before now.
type Failures struct {
	Layer Layer
	Count int
	Last  time.Time // of the latest failure
}

// Rule is how one layer makes people wait.
type Rule struct {
	Layer   Layer
	Window  time.Duration // how far back failures count
	Free    int           // failures without any waiting
	First   time.Duration // waiting after the next failure; it doubles with each further one
	Longest time.Duration // and grows no longer than this
}

// Policy is the rules of one door. No rule locks for good: a stranger must not be able to shut an
// officer out, and a wait that ends by itself needs no administrator.
type Policy []Rule

// SignInPolicy is for passwords. The layer Account is left out by the caller for a browser that has
// signed in to the account before, so that an attack from elsewhere does not stop its owner.
var SignInPolicy = Policy{
	{Layer: AccountAtAddress, Window: time.Hour, Free: 4, First: 2 * time.Second, Longest: 15 * time.Minute},
	{Layer: Account, Window: 24 * time.Hour, Free: 20, First: 5 * time.Second, Longest: 15 * time.Minute},
	{Layer: Address, Window: time.Hour, Free: 30, First: 2 * time.Second, Longest: 15 * time.Minute}, // a whole office may share one
}

// SecondPolicy is for second factors: whoever gets that far knows the password, so that few tries are free.
// They are counted apart from passwords; a stranger without the password cannot bring them about.
var SecondPolicy = Policy{{Layer: Account, Window: 24 * time.Hour, Free: 5, First: 30 * time.Second, Longest: 15 * time.Minute}}

// ReceiptPolicy is for receipt codes, which have no account to count by. The layer Everyone slows a
// search spread over many addresses: at its longest wait 10^15 codes outlast any search.
var ReceiptPolicy = Policy{
	{Layer: Address, Window: time.Hour, Free: 5, First: 5 * time.Second, Longest: 30 * time.Minute},
	{Layer: Everyone, Window: 10 * time.Minute, Free: 1000, First: time.Second / 4, Longest: 2 * time.Second},
}

// Window is how far back the caller has to count failures on a layer; 0 if the policy has no such layer.
func (p Policy) Window(layer Layer) time.Duration {
	for _, rule := range p {
		if rule.Layer == layer {
			return rule.Window
		}
	}
	return 0
}

// Wait tells until when the next attempt is refused and which layer says so; ok means it may be made
// now. An attempt refused here is not checked and does not count as a failure, so that waiting ends.
func (p Policy) Wait(failures []Failures, now time.Time) (until time.Time, layer Layer, ok bool) {
	until = now
	for _, rule := range p {
		for _, f := range failures {
			if f.Layer != rule.Layer {
				continue
			}
			if end := rule.end(f, now); end.After(until) {
				until, layer = end, rule.Layer
			}
		}
	}
	return until, layer, layer == ""
}

func (r Rule) end(f Failures, now time.Time) time.Time {
	last := f.Last
	if last.After(now) { // another server's clock is ahead; that must not prolong the wait
		last = now
	}
	if f.Count <= r.Free || now.Sub(last) >= r.Window {
		return time.Time{}
	}
	wait := r.First
	for range f.Count - r.Free - 1 {
		if wait *= 2; wait >= r.Longest {
			break
		}
	}
	return last.Add(min(wait, r.Longest))
}
