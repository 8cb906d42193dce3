package identity

import (
	"testing"
	"time"
)

// Failures from one address make that address wait, and no other; the wait ends by itself, and the right password ends
// the count of its account there but not that of the address.
func TestTally(t *testing.T) {
	now := time.Date(2026, 9, 23, 9, 0, 0, 0, time.UTC)
	tally := &Tally{Policy: SignInPolicy, Now: func() time.Time { return now }}
	at := func(account, address string) map[Layer]string {
		return map[Layer]string{AccountAtAddress: account + "@" + address, Address: address}
	}
	for range 4 {
		tally.Fail(at("li", "here"))
	}
	if w := tally.Wait(at("li", "here")); w != 0 {
		t.Errorf("four mistakes: wait %s", w)
	}
	tally.Fail(at("li", "here"))
	if w := tally.Wait(at("li", "here")); w != 2*time.Second {
		t.Errorf("the fifth: wait %s", w)
	}
	if tally.Wait(at("li", "there")) != 0 || tally.Wait(at("wang", "here")) != 0 {
		t.Error("another address or account waits too")
	}
	now = now.Add(3 * time.Second)
	if w := tally.Wait(at("li", "here")); w != 0 {
		t.Errorf("the wait does not end: %s", w)
	}
	tally.Forget(AccountAtAddress, "li@here")
	for i := range 26 {
		tally.Fail(at(string(rune('a'+i)), "here"))
	}
	if w := tally.Wait(at("new", "here")); w != 2*time.Second {
		t.Errorf("thirty-one accounts tried from one address: wait %s", w)
	}
	now = now.Add(time.Hour)
	tally.Fail(at("new", "here"))
	if w := tally.Wait(at("new", "here")); w != 0 {
		t.Errorf("an hour later the old failures still count: %s", w)
	}
}
