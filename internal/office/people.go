package office

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/store"
)

// peoplePage is how many persons a page lists.
const peoplePage = 50

// People lists persons by name or id, with the posts they hold on a day, for those who keep the registers; ErrNotFound
// for others. after is the id the page before ended with.
func (o *Office) People(ctx context.Context, r Reader, query, after string) (PeopleView, error) {
	var v PeopleView
	if !r.May(access.People) {
		return v, ErrNotFound
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		names, err := o.names(ctx, q)
		if err != nil {
			return err
		}
		words := strings.Fields(query)
		for _, id := range reg.everybody(names) {
			if !hasAll(o.nameOf(names, id)+" "+id, words) {
				continue
			}
			v.Total++
			switch {
			case id <= after:
			case len(v.Rows) == peoplePage:
				v.Next = v.Rows[peoplePage-1].ID
			default:
				v.Rows = append(v.Rows, PersonLine{ID: id, Name: o.nameOf(names, id)})
			}
		}
		for i, p := range v.Rows {
			v.Rows[i].Posts = slices.DeleteFunc(staffing{o, r, reg, names, o.Today()}.of(p.ID), func(p PostLine) bool { return p.State != "held" })
		}
		return nil
	})
	return v, err
}

// everybody lists the ids of all who have an account or ever held a post.
func (r *register) everybody(names map[string]string) []string {
	out := sortedKeys(names)
	for id := range r.ByPerson {
		if _, known := names[id]; !known {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// of are the posts of a person.
func (s staffing) of(person string) []PostLine {
	return s.posts(func(i store.RegisterItem) bool { return i.Attrs.Text("person") == person })
}

// Person is the page of one person as of a day, zero: today, for those who keep the registers and for the person;
// ErrNotFound for others and for a person nobody knows.
func (o *Office) Person(ctx context.Context, r Reader, person string, on calendar.Date) (PersonView, error) {
	v := PersonView{On: cmp.Or(on, o.Today()), Own: r.Person == person, Admin: r.May(access.People)}
	if !v.Own && !v.Admin {
		return v, ErrNotFound
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		names, err := o.names(ctx, q)
		if err != nil {
			return err
		}
		if names[person] == "" && len(reg.ByPerson[person]) == 0 {
			return ErrNotFound
		}
		v.ID, v.Name, v.HasAccount = person, o.nameOf(names, person), names[person] != ""
		all := staffing{o, r, reg, names, v.On}
		v.Posts, v.Past = heldAndPast(all.of(person))
		v.StandIn, _ = heldAndPast(all.posts(func(i store.RegisterItem) bool { return i.Attrs.Text("for") == person }))
		slices.Reverse(v.Past)
		if v.Certificates, err = all.certificates(person); err != nil {
			return err
		}
		ids := append(mattersOf(v.Posts), mattersOf(v.StandIn)...)
		for _, c := range v.Certificates {
			ids = append(ids, c.Matter)
		}
		acts, err := o.openActs(ctx, q, r, ids)
		for i, c := range v.Certificates {
			v.Certificates[i].Acts = acts[c.Matter].acts
		}
		offer(v.Posts, acts)
		offer(v.StandIn, acts)
		return err
	})
	return v, err
}

// certificateProcedure keeps the register of certificates.
const certificateProcedure = "register.certificate"

// certificates are those of a person, in order of number and first day.
func (s staffing) certificates(person string) ([]CertificateLine, error) {
	w, err := s.o.registerWords(certificateProcedure, s.r.Lang)
	if err != nil {
		return nil, err
	}
	var out []CertificateLine
	for _, i := range s.reg.items["certificate"] {
		if i.Attrs.Text("person") == person {
			out = append(out, CertificateLine{Number: i.Key, Kind: w.value("kind", i.Attrs.Text("kind")), Organ: s.o.nameIn(s.r.Lang, s.reg.Organs[i.Attrs.Text("organ")].Name),
				From: i.From, To: i.To, Valid: i.IsValid(s.on), Matter: i.Matter})
		}
	}
	return out, nil
}
