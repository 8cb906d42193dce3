package office

import (
	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// OrganFilter narrows the tree of organs. Zero fields do not narrow; a zero day is today.
type OrganFilter struct {
	Query, Kind string
	On          calendar.Date
}

// OrgansView is the organs of a day in the tree of places.
type OrgansView struct {
	On      calendar.Date
	Kinds   []OptionView
	Places  []PlaceView // the city and each county
	Total   int
	Pending []Brief // entries of the registers that wait for a second administrator
}

// PlaceView is a place with the organs that belong to it and, of a county, its towns.
type PlaceView struct {
	Code, Name string
	Organs     []OrganLine
	Towns      []PlaceView
	Count      int // organs here and in its towns
}

// OrganLine is an organ as it was on the day asked for.
type OrganLine struct {
	Key, Name, Kind string
	Depth           int // under how many organs of the same place it stands
	Posts           int // held on the day
	From, To        calendar.Date
}

// OrganView is the page of one organ.
type OrganView struct {
	OrganLine
	On      calendar.Date
	Valid   bool // on the day
	Place   string
	Under   *OrganLine // what it belongs to
	Below   []OrganLine
	Short   string
	History []OrganLine // every validity, the newest first
	Posts   []PostLine  // held on the day, or still to come
	Past    []PostLine
	Matter  matter.ID
	Stage   string
	Acts    []ActView // open to the reader
}

// PostLine is a post of a person.
type PostLine struct {
	ID           string
	Person, Name string
	Organ        string // key
	OrganName    string
	Role         string // label
	For, ForName string // whom it stands in for
	From, To     calendar.Date
	State        string // held, coming or ended on the day
	Matter       matter.ID
	Acts         []ActView // open to the reader
}

// PeopleView is a page of persons in order of id.
type PeopleView struct {
	Rows  []PersonLine
	Total int
	Next  string // id to go on after; "" on the last page
}

// PersonLine is a person with the posts of today.
type PersonLine struct {
	ID, Name string
	Posts    []PostLine
}

// CertificateLine is a certificate of a person.
type CertificateLine struct {
	Number, Kind, Organ string // kind and organ in words
	From, To            calendar.Date
	Valid               bool // on the day
	Matter              matter.ID
	Acts                []ActView // open to the reader
}

// PersonView is the page of one person.
type PersonView struct {
	PersonLine
	On           calendar.Date
	Past         []PostLine // ended, the newest first
	StandIn      []PostLine // posts of this person in which others stand in, now or to come
	Own          bool       // the reader's own page
	Certificates []CertificateLine
	Admin        bool // the reader registers posts
	HasAccount   bool
}
