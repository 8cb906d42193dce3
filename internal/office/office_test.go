package office_test

import (
	"testing"

	"yifa/internal/office/officetest"
)

func TestCityStands(t *testing.T) {
	c := officetest.New(t)
	id, receipt := c.Accepted()
	if id == 0 || len(receipt.Code) != 16 {
		t.Errorf("id %s, code of %d digits", id, len(receipt.Code))
	}
}
