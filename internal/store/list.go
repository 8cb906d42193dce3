package store

import (
	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Order of a list.
type Order int

// Orders. Newest is by (Sort, ID) downwards, the order of search too; DueFirst by (NextDue, ID)
// upwards, without matters in which nothing is due.
const (
	Newest Order = iota
	DueFirst
)

// Cursor is the place of a row in a list: Day is Row.Sort, or Row.NextDue in DueFirst. The zero
// cursor lies before the first row.
type Cursor struct {
	Day calendar.Date
	ID  matter.ID
}

// Cursor returns the place of the row in a list of that order.
func (r Row) Cursor(o Order) Cursor {
	if o == DueFirst {
		return Cursor{r.NextDue, r.ID}
	}
	return Cursor{r.Sort, r.ID}
}

// Filter says which matters a reader wants to see. Empty fields do not narrow. Only matters the
// reader may read are found, whatever else is given.
type Filter struct {
	Reader access.Reader

	Procedure  string // id without version
	Stage      string
	Holders    []string // organs one of which holds it now
	Organ      string   // organ complained of
	Category   string
	Assignee   string   // person
	Assignees  []string // instead: persons, or PERSON@ORGAN for what a person handles in one organ that holds it
	Unassigned bool     // assigned to nobody
	Cases      bool     // no registers, which are kept on shard 0
	Number     string   // exact
	Stages     []string // one of these
	NoDue      bool     // only those in which nothing is due
	Open       bool     // only unfinished
	Closed     bool     // only finished

	OpenedFrom, OpenedTo calendar.Date // both included
	DueFrom, DueBy       calendar.Date // NextDue on or after, on or before
	DueBefore            calendar.Date // NextDue before: overdue, when today is given

	Measured *Measured // only matters with such a measure

	// Text finds matters one of whose texts of Classes holds all the phrases. At most 8. By a text of
	// class staff only those are found in which the reader may act.
	Text    []Phrase
	Classes []matter.Class

	Order Order // Newest whenever Text is given
	After Cursor
	Back  bool // rows before After instead, nearest ones, still in the order of the list
	Limit int  // 0: 50
}

// Measured is what a figure counts: rows of a measure with a day from From to To, both included. Empty
// fields do not narrow; an organ, holder or handler that is not known is "" in its list.
type Measured struct {
	Name     string
	From, To calendar.Date
	Values   []string
	Holders  []string // organs that hold the matter
	Organs   []string // organs complained of
	County   *string  // first six digits of the place
	Handler  *string
}

// Phrase is one run of the text searched for, already hashed: Grams in order, or for a single
// character Char.
type Phrase struct {
	Grams []string
	Char  string
}

// Column is what a tally groups by.
type Column string

// Columns of a tally.
const (
	ByProcedure Column = "procedure"
	ByStage     Column = "stage"
	ByHolder    Column = "holder"
	ByOrgan     Column = "organ"
	ByCategory  Column = "category"
	ByAssignee  Column = "assignee"
)
