package web

// StatView is figures as pages show them: the period, the headlines, then a section for each breakdown.
type StatView struct {
	Path     string // of the page
	Period   string // in words
	Periods  []Option
	Chosen   string
	Quick    []Crumb  // a few periods as links
	Kept     []Option // hidden fields of the form: what else the address says
	Heads    []StatFigure
	Tables   []DataTable
	Download string
}

// StatFigure is one headline: a number, or why there is none, with what it counts.
type StatFigure struct {
	ID, Label, Unit, Meaning string
	Text                     string
	Path                     string // list it opens
	Kind                     string // "late" where somebody must act, "quiet" where no number is shown
	Cites                    []Cite
	Unverified               bool
}

// DataTable is figures broken down by something, with a chart drawn from the same cells where scripts run.
type DataTable struct {
	ID, Title, Lead string // Lead: one sentence on how to read it
	Caption         string
	Head            string // of the first column
	Columns         []string
	Rows            []DataRow
	Chart           string // bars (lying), columns (standing), stack (lying, one on another); empty: none
	Series          []int  // columns drawn
}

// DataRow is one row; Total: of everything.
type DataRow struct {
	Name  string
	Short string // under a column of a chart, where Name is too long for it
	Total bool
	Cells []StatCell
}

// StatCell is one cell; Value is what a chart draws, empty where no number is shown.
type StatCell struct {
	Text, Value, Path, Kind string
}

// series is the columns drawn, as the script reads them.
func (t DataTable) series() string {
	s := ""
	for i, n := range t.Series {
		if i > 0 {
			s += " "
		}
		s += itoa(n)
	}
	return s
}
