package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

// oldFile begins files of Office of before 2007 and files locked by a password.
var oldFile = []byte{0xd0, 0xcf, 0x11, 0xe0}

func read(name string, data []byte) ([]Row, error) {
	switch kind := strings.ToLower(path.Ext(name)); {
	case bytes.HasPrefix(data, oldFile), kind == ".xls":
		return nil, &Fault{Why: Old}
	case kind == ".xlsx" && bytes.HasPrefix(data, []byte("PK")):
		return readXLSX(data)
	case kind == ".xlsm", kind == ".xlsb":
		return nil, &Fault{Why: Macro}
	case kind == ".csv":
		return readCSV(data)
	}
	return nil, &Fault{Why: Kind}
}

// readCSV reads text parted by commas, semicolons or tabs, in UTF-8, UTF-16 or GB 18030, as programs for tables write it.
func readCSV(data []byte) ([]Row, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	head, _, _ := strings.Cut(text, "\n")
	for _, sep := range []rune{'\t', ';'} {
		if strings.Count(head, string(sep)) > strings.Count(head, string(r.Comma)) {
			r.Comma = sep
		}
	}
	var out []Row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		n, _ := r.FieldPos(0)
		for i, c := range cells {
			if strings.HasPrefix(c, "=") {
				return nil, &Fault{Why: Formula, At: fmt.Sprint(columnName(i), n)}
			}
		}
		if out, err = add(out, n, cells); err != nil {
			return nil, err
		}
	}
}

// add takes a row that holds something.
func add(rows []Row, n int, cells []string) ([]Row, error) {
	some := false
	for i, c := range cells {
		if len(c) > maxCell {
			return nil, &Fault{Why: Cell, At: fmt.Sprint(columnName(i), n)}
		}
		cells[i] = strings.TrimSpace(strings.ReplaceAll(c, "\u3000", " "))
		some = some || cells[i] != ""
	}
	switch {
	case !some:
		return rows, nil
	case len(cells) > MaxColumns:
		return nil, &Fault{Why: Columns}
	case len(rows) > MaxRows:
		return nil, &Fault{Why: Rows}
	}
	return append(rows, Row{N: n, Cells: cells}), nil
}

// columnName is the letter of a column, counted from 0.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

func decode(data []byte) (string, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		from = xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM)
	case utf8.Valid(data):
		return string(bytes.TrimPrefix(data, []byte("\ufeff"))), nil
	default:
		from = simplifiedchinese.GB18030
	}
	out, err := from.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) || bytes.ContainsRune(out, 0) {
		return "", &Fault{Why: Encoding}
	}
	return string(out), nil
}
