package procedure

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

var (
	idForm       = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._@/-]{0,79}$`)
	divisionForm = regexp.MustCompile(`^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$`)
	// addressForm is an address a reader can open: no name and password before the host (RFC 3986, 3.2.1).
	addressForm = regexp.MustCompile(`^https?://[\p{L}\p{N}][\p{L}\p{N}.-]*(:\d{1,5})?([/?#]\S*)?$`)
)

// read types one value. v is nil where nothing was given; key names what is wrong.
func (s *scene) read(f *Field, raw string) (v any, key string, args map[string]string) {
	t, bad := clean(raw, f.Type == "longtext" || f.Type == "holidays" || f.Type == "rows" || f.Type == "cover")
	if bad {
		return nil, "control_character", nil
	}
	if f.Type == "bool" {
		return yes(t)
	}
	if t == "" {
		return nil, "", nil
	}
	switch f.Type {
	case "text", "longtext", "title", "holidays", "url":
		if most := f.most(); utf8.RuneCountInString(t) > most {
			return nil, "too_long", tooLong(t, most)
		}
		if f.Type == "url" && !addressForm.MatchString(t) {
			return nil, "not_an_address", nil
		}
		return t, "", nil
	case "cover":
		c, key, args := f.ParseCover(t)
		return c.String(), key, args
	case "rows":
		_, key, args := f.rows(t)
		return t, key, args
	case "choice":
		if !slices.ContainsFunc(f.Options, func(o *Option) bool { return o.Value == t }) {
			return nil, "not_an_option", nil
		}
		return t, "", nil
	case "date", "moment":
		return day(f, t, s.snap.Today)
	case "number":
		n, err := strconv.ParseInt(t, 10, 64)
		if err != nil {
			return nil, "not_a_number", nil
		}
		return n, "", nil
	}
	return s.name(f, t)
}

// holidays reads the days of rest and work of a year, and writes them as the record keeps them.
func (s *scene) holidays(f *Field, text string, out *answers) (any, string, map[string]string) {
	year := out.clear.Text(f.Year)
	if year == "" {
		year = s.st.Facts.Text(f.Year)
	}
	n, err := strconv.Atoi(year)
	switch {
	case year == "":
		return nil, "", nil // asked for at its own field
	case err != nil || len(year) != 4 || !calendar.KnowsYear(n):
		out.fault(f.Year, "not_a_year", nil)
		return nil, "", nil
	}
	blocks, err := calendar.ParseHolidays(n, text)
	var bad *calendar.BadHolidays
	if errors.As(err, &bad) {
		return nil, bad.Key, bad.Args
	}
	return calendar.FormatHolidays(blocks), "", nil
}

// name reads the id of something: an organ must be known, the rest must look like an id.
func (s *scene) name(f *Field, t string) (any, string, map[string]string) {
	switch f.Type {
	case "organ":
		if _, ok := s.snap.Organs[t]; !ok {
			return nil, "unknown_organ", nil
		}
	case "paper":
		if _, known := s.l.Paper(t, s.on); !known || !f.Any && !s.p.offers(t) {
			return nil, "unknown_paper", nil
		}
	case "person":
		if !idForm.MatchString(t) || s.snap.Knows != nil && !s.snap.Knows(t) {
			return nil, "unknown_person", nil
		}
	case "item":
		if !idForm.MatchString(t) || s.snap.Item != nil && !s.snap.Item(f.Of, t, s.st.Holder) {
			return nil, "unknown_item", nil
		}
	case "division":
		if !divisionForm.MatchString(t) {
			return nil, "unknown_division", nil
		}
	case "matter":
		if _, err := matter.ParseID(t); err != nil {
			return nil, "unknown_matter", nil
		}
	default:
		if !idForm.MatchString(t) {
			return nil, "not_an_id", nil
		}
	}
	return t, "", nil
}

func (f *Field) most() int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Type == "longtext" || f.Type == "filling":
		return 10_000
	}
	return 200
}

func tooLong(t string, most int) map[string]string {
	n := utf8.RuneCountInString(t)
	return map[string]string{"count": strconv.Itoa(n), "max": strconv.Itoa(most), "over": strconv.Itoa(n - most)}
}

func yes(t string) (any, string, map[string]string) {
	switch t {
	case "true", "on", "yes", "1":
		return true, "", nil
	case "false", "off", "no", "0", "":
		return false, "", nil
	}
	return nil, "not_an_option", nil
}

func day(f *Field, t string, today calendar.Date) (any, string, map[string]string) {
	m, err := calendar.ParseMoment(t)
	switch {
	case err != nil || f.Type == "date" && m.Minute >= 0:
		return nil, "not_a_day", nil
	case m.Day.IsZero():
		return nil, "not_a_day", nil
	case m.Day > today && !f.Future:
		return nil, "future_day", map[string]string{"today": today.String()}
	}
	return m.String(), "", nil
}

// clean trims and normalises text to NFC with plain line ends. bad: it holds control characters
// or marks that turn the direction of writing, with which a text shows something else than it says.
func clean(s string, lines bool) (t string, bad bool) {
	if !utf8.ValidString(s) {
		return s, true
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	for _, r := range s {
		switch {
		case lines && (r == '\n' || r == '\t'):
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return s, true
		}
	}
	return norm.NFC.String(strings.TrimSpace(s)), false
}
