package office

import (
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// goneText says, in place of a text, that it was destroyed, when and by which certificate.
func (d *dossier) goneText(x matter.Destroyed) string {
	return i18n.T(d.r.Lang, "archive.gone", "on", i18n.DateYear(d.r.Lang, x.On), "number", x.Certificate)
}

// gone is what stands in place of what an entry said to this reader in a class, "" where it was not destroyed. An empty class
// is any that he could have read.
func (d *dossier) gone(seq int, class matter.Class) string {
	classes := []matter.Class{class}
	if class == "" {
		classes = matter.Classes
	}
	for _, c := range classes {
		if x, is := d.st.Gone(seq, c); is && d.mayOpen(c, seq) {
			return d.goneText(x)
		}
	}
	return ""
}

// goneLines say what of the matter was destroyed: the first thing its page tells.
func (d *dossier) goneLines() []string {
	var out []string
	for _, x := range d.st.Destroyed {
		key := "archive.gone_part"
		if x.Scope == procedure.ScopeWhole {
			key = "archive.gone_whole"
		}
		out = append(out, i18n.T(d.r.Lang, key, "on", i18n.DateYear(d.r.Lang, x.On), "number", x.Certificate))
	}
	return out
}

// gonePaper says that the bytes of a paper, and what it was filled from, were destroyed.
func (d *dossier) gonePaper(made int) string {
	for _, seq := range []int{d.st.Filed[made], made} {
		if x, is := d.st.Gone(seq, ""); is {
			return d.goneText(x)
		}
	}
	return ""
}

// destroyedItem is the line of the timeline that says what was destroyed.
func (d *dossier) destroyedItem(e matter.Entry) TimelineItem {
	return TimelineItem{Seq: e.Seq, State: "done", Title: i18n.T(d.r.Lang, "archive.act"), On: e.Happened, By: d.who(e.Actor),
		Number: e.Given.Text(matter.GivenCertificate), Cites: d.o.cites(d.r.Lang, e.Cite, e.Happened.Day)}
}
