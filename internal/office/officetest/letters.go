package officetest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// outgoing is the folder of a city's letters.
const outgoing = "outgoing"

// Letters are the messages the city has sent to filers, in no order.
func (c *City) Letters() []string {
	c.t.Helper()
	c.Office.Posted()
	names, err := filepath.Glob(filepath.Join(c.Dir, outgoing, "*"))
	if err != nil {
		c.t.Fatal(err)
	}
	var list []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			c.t.Fatal(err)
		}
		list = append(list, string(text))
	}
	return list
}

var sixDigits = regexp.MustCompile(`\b[0-9]{6}\b`)

// Code takes the only letter there is, which holds a code, out of the folder and returns the code.
func (c *City) Code() string {
	c.t.Helper()
	list := c.Letters()
	if len(list) != 1 {
		c.t.Fatalf("%d letters, want one with a code:\n%q", len(list), slices.Sorted(slices.Values(list)))
	}
	c.Burn()
	return sixDigits.FindString(list[0])
}

// Burn throws all letters away.
func (c *City) Burn() {
	c.t.Helper()
	c.Office.Posted()
	if err := os.RemoveAll(filepath.Join(c.Dir, outgoing)); err != nil {
		c.t.Fatal(err)
	}
}
