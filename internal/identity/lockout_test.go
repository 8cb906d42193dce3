package identity

import (
	"testing"
	"time"
)

var now = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

func TestWaitingGrowsAndEnds(t *testing.T) {
	for _, c := range []struct {
		layer Layer
		count int
		ago   time.Duration
		wait  time.Duration // from now; 0: may try
	}{
		{AccountAtAddress, 0, 0, 0}, {AccountAtAddress, 4, 0, 0}, {AccountAtAddress, 5, 0, 2 * time.Second}, {AccountAtAddress, 6, 0, 4 * time.Second},
		{AccountAtAddress, 8, 10 * time.Second, 6 * time.Second}, {AccountAtAddress, 8, 16 * time.Second, 0}, {AccountAtAddress, 1_000_000, 0, 15 * time.Minute},
		{AccountAtAddress, 1_000_000, 16 * time.Minute, 0}, {AccountAtAddress, 5, -time.Hour, 2 * time.Second},
		{Account, 20, 0, 0}, {Account, 21, 0, 5 * time.Second}, {Address, 30, 0, 0}, {Address, 31, 0, 2 * time.Second},
		{Everyone, 1_000_000, 0, 0}, // no rule of this door
	} {
		until, layer, ok := SignInPolicy.Wait([]Failures{{c.layer, c.count, now.Add(-c.ago)}}, now)
		if ok != (c.wait == 0) || until.Sub(now) != c.wait || !ok && layer != c.layer {
			t.Errorf("%+v: %v %s %v", c, until.Sub(now), layer, ok)
		}
	}
}

func TestTheLongestWaitOfAllLayersHolds(t *testing.T) {
	until, layer, ok := SignInPolicy.Wait([]Failures{{Account, 23, now}, {AccountAtAddress, 5, now}, {Address, 31, now}}, now)
	if ok || layer != Account || until.Sub(now) != 20*time.Second {
		t.Fatalf("%v %s %v", until, layer, ok)
	}
	if _, _, ok := SignInPolicy.Wait(nil, now); !ok {
		t.Fatal("somebody without failures waits")
	}
	if _, layer, ok := ReceiptPolicy.Wait([]Failures{{Everyone, 1001, now}}, now); ok || layer != Everyone {
		t.Fatal("a search over many addresses is not slowed")
	}
	// What lies before the window does not count, even if the caller hands it over.
	short := Policy{{Layer: Account, Window: time.Minute, First: time.Hour, Longest: time.Hour}}
	if _, _, ok := short.Wait([]Failures{{Account, 9, now.Add(-time.Minute)}}, now); !ok {
		t.Fatal("old failures count")
	}
	if SignInPolicy.Window(Account) != 24*time.Hour || SignInPolicy.Window(Everyone) != 0 {
		t.Fatal("window")
	}
}

// However often and however somebody fails, the wait is bounded: nobody is shut out for good.
func TestNoWaitIsForever(t *testing.T) {
	for _, policy := range []Policy{SignInPolicy, ReceiptPolicy} {
		for _, rule := range policy {
			if rule.Longest > rule.Window || rule.Longest > time.Hour || rule.First > rule.Longest {
				t.Errorf("%+v", rule)
			}
			for count := range 200 {
				if until, _, _ := policy.Wait([]Failures{{rule.Layer, count, now}}, now); until.Sub(now) > rule.Longest {
					t.Errorf("%+v: %d failures wait %v", rule, count, until.Sub(now))
				}
			}
		}
	}
}
