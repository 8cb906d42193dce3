// Package sheet reads a table that a person filled in, as XLSX or CSV, and makes an empty one to be filled in. It looks at
// the words in the cells of the first sheet alone: it runs no formula and no macro, follows no link, fetches nothing,
// writes no file, and refuses what is larger when unpacked than a table of its bounds can be. What a table means it does
// not know.
package sheet

import (
	"errors"
	"fmt"
)

// Bounds of what is read.
const (
	MaxFile    = 5 << 20 // bytes of the file as it is sent
	MaxRows    = 20_000  // below the head
	MaxColumns = 40
	maxCell    = 4000     // bytes
	maxWhole   = 48 << 20 // bytes of all parts of an XLSX, unpacked
	maxParts   = 300
)

// Why a file is not read. Pages word it by Fault.Why.
const (
	Kind     = "kind"     // neither XLSX nor CSV
	Old      = "old"      // the format of before 2007, or locked by a password
	Large    = "large"    // the file
	Rows     = "rows"     // more than MaxRows, or far below the others
	Columns  = "columns"  // more than MaxColumns, or far beside the others
	Cell     = "cell"     // one cell holds too much
	Packed   = "packed"   // unpacks to more than a table can be
	Links    = "links"    // takes data from elsewhere
	Macro    = "macro"    // holds a program or another file
	Formula  = "formula"  // a cell is computed
	Encoding = "encoding" // CSV in no encoding we know
	Broken   = "broken"   // no table can be read from it
	Empty    = "empty"    // nothing in it
)

// Fault is why a file was not read. At names the cell, part or row where there is one.
type Fault struct{ Why, At string }

func (f *Fault) Error() string { return fmt.Sprintf("sheet: %s %s", f.Why, f.At) }

// Row is one row that holds something.
type Row struct {
	N     int      // as the program that shows the table counts, the head being 1 as a rule
	Cells []string // without space around; may be fewer than the head has
}

// Read reads the first sheet of a file, from its first row that holds anything. name tells by its ending what kind of file it is.
// Days are as they were written or, where the program keeps them so, its number of the day: see Day. The error is a *Fault.
func Read(name string, data []byte) ([]Row, error) {
	if len(data) > MaxFile {
		return nil, &Fault{Why: Large}
	}
	rows, err := read(name, data)
	var fault *Fault
	switch {
	case errors.As(err, &fault):
		return nil, fault
	case err != nil:
		return nil, &Fault{Why: Broken}
	case len(rows) == 0:
		return nil, &Fault{Why: Empty}
	}
	return rows, nil
}
