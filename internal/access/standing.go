package access

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Standing is how somebody who may know of a matter stands to it.
type Standing string

// Standings.
const (
	Anybody  Standing = "anybody"  // the public, of a matter that was published
	Party    Standing = "party"    // may read and not act: an organ to which papers are addressed
	Filer    Standing = "filer"    // holds the receipt code
	Official Standing = "official" // of the organ that holds the matter, or of one that decides in it
)

// Standings lists them all, the farthest first.
var Standings = []Standing{Anybody, Party, Filer, Official}

// Stand is the standing of a reader: by receipt code, by posts and rights, or none.
func Stand(byCode, holdsPost bool, r Rights) Standing {
	switch {
	case byCode:
		return Filer
	case holdsPost && r.Act:
		return Official
	case holdsPost && r.Read:
		return Party
	}
	return Anybody
}

// Extent is how much of the texts and files of a class somebody reads.
type Extent int

// Extents.
const (
	Nothing Extent = iota
	Own            // what he wrote himself
	All
)

// Sees says how much of a class of a matter one in this standing reads. Nobody reads what is sealed: a stolen receipt code
// must not tell who filed, and an official opens it only by acts of two people, which are no reading of the matter.
func (s Standing) Sees(c matter.Class) Extent {
	switch {
	case c == matter.Sealed || !slices.Contains(matter.Classes, c):
		return Nothing
	case c == matter.Public, s == Official:
		return All
	case s == Party && c == matter.Parties:
		return All
	case s == Filer && c == matter.Staff:
		return Own
	case s == Filer:
		return All
	}
	return Nothing
}

// ReadsPaper says whether one in this standing reads official papers made for a circle: an organ those addressed to
// parties, the filer all but those that stay within the office.
func (s Standing) ReadsPaper(circle matter.Class) bool {
	switch s {
	case Official:
		return true
	case Filer:
		return circle != matter.Staff && circle != matter.Sealed
	case Party:
		return circle == matter.Parties
	}
	return false
}

// KnowsFiler says whether an official who may read a matter may know who filed it: while two people have opened it and its
// time runs (ptsd/18, ptsd/133), whoever handles it, and the head of the organ that holds it.
func KnowsFiler(st matter.State, person string, head bool, on calendar.Date) bool {
	if !st.Facts.Bool("identity_open") {
		return false
	}
	if c := st.Clocks["identity_shown"]; c.Status != matter.Running || c.Due < on {
		return false // it was opened for a time, and not beyond the end of the matter
	}
	return head || person != "" && slices.Contains(st.Assigned["handler"], person)
}

// Within says whether everybody of a circle may read a class: what a paper for that circle may be filled from.
func Within(circle, c matter.Class) bool {
	return c != matter.Sealed && slices.Index(matter.Classes, c) <= slices.Index(matter.Classes, circle)
}

// Searched are the classes whose texts are found by searching. What is the filer's alone and what is sealed is in no
// index; what is for staff is found only by those who may act.
var Searched = []matter.Class{matter.Public, matter.Parties, matter.Staff}
