package sheet

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

// Column is one column of a table to be filled in.
type Column struct {
	Head     string
	Hint     string
	Choices  []string // offered in each cell; empty: anything may be written
	Required bool
}

// Template is a workbook with a head and nothing below it. Its second sheet says what goes into each column.
// title names the first sheet, help the second; mark follows the head of a column that must be filled in on the second sheet.
func Template(title, help, mark string, columns []Column) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	w := &writer{}
	w.do(f.SetSheetName(f.GetSheetName(0), title))
	_, err := f.NewSheet(help)
	w.do(err)
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	w.do(err)
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49}) // as it is typed: no code loses a zero, no day becomes a number
	w.do(err)
	for i, c := range columns {
		name := columnName(i)
		w.do(f.SetColWidth(title, name, name, 20))
		w.do(f.SetColStyle(title, name, text))
		w.do(f.SetCellStr(title, name+"1", c.Head))
		w.do(f.SetCellStyle(title, name+"1", name+"1", bold))
		if len(c.Choices) > 0 {
			v := excelize.NewDataValidation(true)
			v.Sqref = name + "2:" + name + "20001"
			if v.SetDropList(c.Choices) == nil { // a list too long for the format is left out
				w.do(f.AddDataValidation(title, v))
			}
		}
		head := c.Head
		if c.Required {
			head += mark
		}
		row := i + 1
		for col, value := range []string{head, c.Hint} {
			at, err := excelize.CoordinatesToCellName(col+1, row)
			w.do(err)
			w.do(f.SetCellStr(help, at, value))
		}
	}
	w.do(f.SetColWidth(help, "A", "A", 24))
	w.do(f.SetColWidth(help, "B", "B", 80))
	var out bytes.Buffer
	w.do(f.Write(&out))
	return out.Bytes(), w.err
}

// writer keeps the first error of many steps.
type writer struct{ err error }

func (w *writer) do(err error) {
	if w.err == nil {
		w.err = err
	}
}
