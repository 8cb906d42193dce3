// Package access says who may know of a matter, act in it and read its parts: the one rule that the office, the desk and
// the queries of store rest on. Rights are rows given to holder keys for a time; keys come from the posts of the day; a
// denial (a decided recusal, being complained of) outweighs what is given. It is pure: it reads no database and no clock,
// gives no right by itself, and what it does not know of it refuses.
package access

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// What a row of rights is about.
const (
	Read = "read"
	Act  = "act"
)

// Reader is who looks: the holder keys that follow from today's posts, and the day on which rights are tested.
type Reader struct {
	Keys []string
	On   calendar.Date
}

// Rights is what a reader may do with one matter.
type Rights struct{ Read, Act bool }

// To is the rule. Read is held where some right, whichever, is given to one of the reader's keys on the day, and none of
// them is denied "read". Act is held where "act" is given and none of the keys is denied anything. The queries of store
// say the same in SQL; a property test on both databases holds them to it.
func To(rows []matter.Access, r Reader) Rights {
	var out Rights
	denied, noRead := false, false
	for _, a := range rows {
		if !slices.Contains(r.Keys, a.Holder) || r.On < a.From || !a.To.IsZero() && r.On >= a.To {
			continue
		}
		denied, noRead = denied || a.Deny, noRead || a.Deny && a.Right == Read
		out.Read = out.Read || !a.Deny
		out.Act = out.Act || !a.Deny && a.Right == Act
	}
	return Rights{Read: out.Read && !noRead, Act: out.Act && !denied}
}

// Keys are the holder keys of a person who holds these posts: person:ID, and for each post post:ID, organ:KEY, organ:KEY:ROLE
// and any:ROLE. Rights are given to roles, denials to whole organs and to persons. A substitute holds the keys of the post
// he stands in; what its holder is kept away from he may not read through it, so he holds the key for:HOLDER, which only
// denials name, unless a post of his own in the organ lets him read the same: reaches says whether one kind of post does
// where another does.
func Keys(person string, posts []procedure.Post, reaches func(own, other string) bool) []string {
	keys := []string{"person:" + person}
	for _, p := range posts {
		keys = append(keys, "post:"+p.ID, "organ:"+p.Organ, "organ:"+p.Organ+":"+p.Role, "any:"+p.Role)
		if p.For == "" {
			continue
		}
		keys = append(keys, "post:"+p.Of)
		if !slices.ContainsFunc(posts, func(own procedure.Post) bool {
			return own.For == "" && own.Organ == p.Organ && reaches(own.Role, p.Role)
		}) {
			keys = append(keys, "for:"+p.For)
		}
	}
	return keys
}

// Current keeps of all rights a matter ever gave the last word about each holder, right and denial, in the order in which
// they were said: the rows that lists and To are asked by.
func Current(all []matter.Access) []matter.Access {
	type key struct {
		holder, right string
		deny          bool
	}
	last := map[key]int{}
	for i, a := range all {
		last[key{a.Holder, a.Right, a.Deny}] = i
	}
	out := make([]matter.Access, 0, len(last))
	for i, a := range all {
		if last[key{a.Holder, a.Right, a.Deny}] == i {
			out = append(out, a)
		}
	}
	return out
}
