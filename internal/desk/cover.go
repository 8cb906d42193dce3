package desk

import (
	"context"
	"strconv"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/web"
)

const (
	fieldCover  = "cover"
	coverScript = "cover.js"
	emptyRows   = 3 // to write a place or a text in
)

// coverView is the question what of a file is painted over.
type coverView struct {
	office.CoverView
	Name    string
	File    string // as the answer names it
	At      string // address of the file
	Choose  string // address of the form, for one of the files
	Reasons []office.OptionView
	Error   string
}

// covers lays the question out where the act asks it.
func (d *Desk) covers(v visit, id matter.ID, form office.FormView, out *formView) error {
	for i, f := range form.Fields {
		if f.Type != fieldCover || i >= len(out.Fields) {
			continue
		}
		answer := strings.Join(f.Value, "\n")
		if file := v.URL.Query().Get("file"); answer == "" && file != "" {
			answer = "file " + file
		}
		c, err := d.Office.CoverForm(v.Context(), v.reader, id, form.Act.Act, answer)
		if err != nil {
			return missing(err)
		}
		view := coverView{CoverView: c, Name: f.Name, Reasons: f.Options, Choose: v.URL.Path, Error: f.Error}
		if c.File.Name != "" {
			view.File = office.FileRef{Seq: c.File.Seq, Class: c.File.Class, Index: c.File.Index}.String()
			view.At = matterPath(id) + "/files/" + view.File
		}
		out.Fields[i].Cover = &view
	}
	return nil
}

// places are the marks that are boxes, and some empty ones.
func (c coverView) places() []procedure.Mark {
	var out []procedure.Mark
	for _, m := range c.Marks {
		if m.Text == "" {
			out = append(out, m)
		}
	}
	return append(out, make([]procedure.Mark, emptyRows)...)
}

// texts are the marks that are texts, and some empty ones.
func (c coverView) texts() []procedure.Mark {
	var out []procedure.Mark
	for _, m := range c.Marks {
		if m.Text != "" {
			out = append(out, m)
		}
	}
	return append(out, make([]procedure.Mark, emptyRows)...)
}

// sides are the four numbers of a place as they are written; empty where it is none yet.
func sides(m procedure.Mark) []string {
	if m.Page == 0 {
		return []string{"", "", "", ""}
	}
	var out []string
	for _, v := range []float64{m.X, m.Y, m.W, m.H} {
		out = append(out, strconv.FormatFloat(v, 'f', -1, 64))
	}
	return out
}

// pictures are the addresses of what is painted on.
func (c coverView) pictures() []string {
	if !c.CoverView.File.PDF() {
		return []string{c.At + "/media"}
	}
	var out []string
	for n := range c.Pages.Sizes {
		out = append(out, c.At+"/pages/"+strconv.Itoa(n+1))
	}
	return out
}

// pageOf is the page a row begins with.
func pageOf(m procedure.Mark) string { return strconv.Itoa(max(1, m.Page)) }

// sideNames are what the four numbers of a place are.
func sideNames(ctx context.Context) []string {
	return []string{web.T(ctx, "desk.cover_left"), web.T(ctx, "desk.cover_top"), web.T(ctx, "desk.cover_width"), web.T(ctx, "desk.cover_height")}
}
