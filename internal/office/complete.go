package office

import (
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// NeedView is one thing the procedure requires of the file of a matter.
type NeedView struct {
	Label string
	State string     // there, missing, not_needed, not_yet
	Why   string     // it is not needed
	Cite  CiteView   // the first provision
	Act   string     // by which it comes into the file, where the reader may do it now; ""
	Parts []LinkView // parts of it that are not done with, as far as the reader may read them
}

// needs says how each thing required of the file stands.
func (d *dossier) needs() ([]NeedView, error) {
	all, err := d.w.p.Complete(d.o.lawNow(), d.st, d.snap)
	if err != nil {
		return nil, err
	}
	open := map[string]bool{}
	for _, c := range d.choices() {
		open[c.Act.Name] = c.Open
	}
	var out []NeedView
	for _, one := range all {
		v := NeedView{Label: d.w.text("required." + one.Name + ".label"), State: string(one.State), Cite: d.o.cite(d.r.Lang, one.Cite[0], d.o.Today())}
		switch one.State {
		case procedure.NotNeeded:
			v.Why = d.w.text("required." + one.Name + ".why")
		case procedure.Missing:
			for _, act := range append([]string{one.Mend}, one.Acts...) {
				if open[act] && v.Act == "" {
					v.Act = act
				}
			}
			v.Parts = d.among(one.Parts)
		}
		out = append(out, v)
	}
	return out, nil
}

// among are those of some linked matters that the reader may see.
func (d *dossier) among(ids []matter.ID) []LinkView {
	var out []LinkView
	for _, l := range d.links() {
		for _, id := range ids {
			if l.Brief.ID == id {
				out = append(out, l)
			}
		}
	}
	return out
}
