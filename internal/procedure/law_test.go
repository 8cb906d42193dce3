package procedure_test

import (
	"testing"

	"yifa/internal/procedure"
	"yifa/law"
)

// TestLaw runs the compiler over the law that is shipped.
func TestLaw(t *testing.T) {
	l, faults := procedure.Load(law.FS, nil)
	for _, f := range faults {
		t.Error(f)
	}
	_ = l
}
