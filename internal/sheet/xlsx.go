package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads the first sheet of a workbook once inspect has found nothing in it that a filled-in table does not have.
func readXLSX(data []byte) ([]Row, error) {
	if err := inspect(data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxWhole, UnzipXMLSizeLimit: maxWhole}) // never to a temporary file
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) == 0 {
		return nil, nil
	}
	rows, err := f.Rows(names[0])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Row
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		if out, err = add(out, n, cells); err != nil {
			return nil, err
		}
	}
	return out, rows.Error()
}

// inspect looks at the parts of a workbook without unpacking more than a table can be.
func inspect(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	if len(z.File) > maxParts {
		return &Fault{Why: Packed}
	}
	left := int64(maxWhole)
	for _, part := range z.File {
		name := strings.ToLower(path.Clean(strings.ReplaceAll(part.Name, `\`, "/")))
		if err := allowed(name); err != nil {
			return err
		}
		if err := inspectPart(part, name, &left); err != nil {
			return err
		}
	}
	return nil
}

// parts of a workbook by what their names hold, that no filled-in table has.
var unwanted = []struct{ name, why string }{
	{"externallink", Links}, {"connections.xml", Links}, {"querytable", Links}, {"customdata", Links}, {"model/", Links},
	{"vbaproject", Macro}, {"macrosheets", Macro}, {"activex", Macro}, {"embeddings", Macro}, {"ctrlprops", Macro}, {"dialogsheets", Macro},
}

func allowed(name string) error {
	for _, u := range unwanted {
		if strings.Contains(name, u.name) {
			return &Fault{Why: u.why, At: path.Base(name)}
		}
	}
	return nil
}

// inspectPart unpacks one part, no further than what is left of the whole, and reads the parts that say where data comes from.
func inspectPart(part *zip.File, name string, left *int64) error {
	body, err := part.Open()
	if err != nil {
		return err
	}
	defer body.Close()
	in := &counted{from: body, left: left}
	switch {
	case strings.HasSuffix(name, ".rels"):
		err = inspectLinks(in)
	case strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml"):
		err = inspectCells(in)
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, in)
	return err
}

// counted reads until the whole is too much.
type counted struct {
	from io.Reader
	left *int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	if *c.left -= int64(n); *c.left < 0 {
		return 0, &Fault{Why: Packed}
	}
	return n, err
}

// inspectLinks refuses what leads elsewhere, but for links that a reader may click.
func inspectLinks(in io.Reader) error {
	return elements(in, func(e xml.StartElement) error {
		kind := attr(e, "Type")
		if e.Name.Local == "Relationship" && strings.EqualFold(attr(e, "TargetMode"), "External") && path.Base(kind) != "hyperlink" {
			return &Fault{Why: Links, At: path.Base(kind)}
		}
		return nil
	})
}

// inspectCells refuses computed cells and cells far out. A row or cell without an address stands after the one before.
func inspectCells(in io.Reader) error {
	at, row := "", 0
	return elements(in, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row++
			if n, err := strconv.Atoi(attr(e, "r")); err == nil {
				row = n
			}
			if row > 2*MaxRows || row < 0 {
				return &Fault{Why: Rows, At: attr(e, "r")}
			}
		case "c":
			at = attr(e, "r")
			if at == "" {
				return nil
			}
			if col, _, err := excelize.CellNameToCoordinates(at); err != nil || col > MaxColumns {
				return &Fault{Why: Columns, At: at}
			}
		case "f":
			return &Fault{Why: Formula, At: at}
		}
		return nil
	})
}

func elements(in io.Reader, look func(xml.StartElement) error) error {
	d := xml.NewDecoder(in)
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, is := t.(xml.StartElement); is {
			if err := look(e); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
