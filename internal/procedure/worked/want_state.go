package worked

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/procedure"
)

// document: the last act made it, and drew its number where it has one.
func document(v view, a []string) error {
	if len(v.st.Done) == 0 {
		return errors.New("nothing has been done")
	}
	last := v.st.Done[len(v.st.Done)-1].Act
	if !slices.ContainsFunc(v.p.Acts(last), func(x *procedure.Act) bool { return x.Document == arg(a, 0) }) {
		return fmt.Errorf("%s does not make it", last)
	}
	if d := v.p.Documents.Get(arg(a, 0)); d != nil && d.Series != "" && v.st.Number(arg(a, 0)) == "" {
		return errors.New("it has no number")
	}
	return nil
}

func number(v view, a []string) error {
	var all []string
	for _, n := range v.st.Numbers {
		all = append(all, n.Text)
	}
	if !slices.Contains(all, arg(a, 0)) {
		return fmt.Errorf("the numbers are %s", strings.Join(all, " "))
	}
	return nil
}

func fact(v view, a []string) error {
	got, ok := v.st.Facts[arg(a, 0)]
	switch {
	case !ok && arg(a, 1) == "none":
		return nil
	case !ok:
		return errors.New("it is not known")
	}
	if list, ok := got.([]string); ok {
		return same(strings.Join(list, ","), arg(a, 1))
	}
	return same(fmt.Sprint(got), arg(a, 1))
}

// advised: the filer is told of a remedy, by its last day where it has one; or, with none, she is not.
func advised(v view, a []string) error {
	all, err := v.p.Advise(v.law, v.snap.Calendar, v.st.Facts)
	if err != nil {
		return err
	}
	for _, x := range all {
		switch {
		case x.Name != arg(a, 0):
			continue
		case arg(a, 1) == "none":
			return errors.New("it is told")
		case x.From.IsZero():
			return same("", arg(a, 1))
		}
		return same(x.Clock.Due.String(), arg(a, 1))
	}
	if arg(a, 1) == "none" {
		return nil
	}
	return errors.New("it is not told")
}

func assigned(v view, a []string) error {
	got := v.st.Assigned[arg(a, 0)]
	if arg(a, 1) == "none" && len(got) == 0 || slices.Contains(got, arg(a, 1)) {
		return nil
	}
	return fmt.Errorf("it is %v", got)
}

func openedWant(v view, a []string) error {
	n := 0
	for _, l := range v.st.Links {
		if slices.Contains(opened, l.Kind) && (arg(a, 0) == "" || strings.HasPrefix(v.snap.Linked[l.To].Procedure, arg(a, 0)+"@")) {
			n++
		}
	}
	want := arg(a, 1)
	if want == "" {
		want = "1"
	}
	return same(strconv.Itoa(n), want)
}

// links: so many links of a kind lead from the matter.
func links(v view, a []string) error {
	n := 0
	for _, l := range v.st.Links {
		if l.Kind == arg(a, 0) {
			n++
		}
	}
	return same(strconv.Itoa(n), arg(a, 1))
}

// item: a version of a register item runs from a day, to another where one is given.
func item(v view, a []string) error {
	for _, x := range v.st.Items {
		if x.Kind == arg(a, 0) && x.Key == arg(a, 1) && x.From.String() == arg(a, 2) && x.To.String() == arg(a, 3) {
			return nil
		}
	}
	return fmt.Errorf("the items are %v", v.st.Items)
}

// access: a holder key has a right (read, act) today, or it is denied or none.
func access(v view, a []string) error {
	got := "none"
	for _, x := range v.st.Access {
		switch {
		case x.Holder != arg(a, 0):
		case x.Deny && (x.To.IsZero() || v.snap.Today < x.To):
			got = "denied"
		case x.Deny && got == "denied":
			got = "none"
		case x.Deny:
		case !x.To.IsZero() && x.To <= v.snap.Today:
			got = "none"
		default:
			got = x.Right
		}
	}
	return same(got, arg(a, 1))
}

func undone(v view, a []string) error {
	if len(v.st.Voided) == 0 {
		return errors.New("nothing has been taken back")
	}
	if _, ok := v.st.LastOf(arg(a, 0)); ok {
		return errors.New("it stands")
	}
	return nil
}
