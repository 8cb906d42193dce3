package procedure_test

import (
	"testing"

	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
	"yifa/law"
)

// TestLaw runs the whole compiler over the law that is shipped.
func TestLaw(t *testing.T) {
	l, faults := procedure.Load(law.FS, nil)
	if len(faults) == 0 {
		faults = worked.Check(l)
	}
	for _, f := range faults {
		t.Error(f)
	}
}
