package desk

import (
	"strconv"

	"yifa/internal/matter"
	"yifa/internal/office"
)

// markedWords begins the answer with the words of a mark that a link names by its number.
func (d *Desk) markedWords(v visit, id matter.ID, form office.FormView) error {
	n, err := strconv.Atoi(v.URL.Query().Get("mark"))
	if err != nil {
		return nil
	}
	for i, f := range form.Fields {
		if f.Name != "words" || len(f.Value) > 0 {
			continue
		}
		words, err := d.Office.MarkedWords(v.Context(), v.reader, id, n)
		if err != nil {
			return missing(err)
		}
		if words != "" {
			form.Fields[i].Value = []string{words}
		}
	}
	return nil
}

func markPath(id matter.ID, n int) string {
	return matterPath(id) + "/acts/keep_mark?mark=" + strconv.Itoa(n)
}
