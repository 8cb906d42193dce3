package open311

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// countyDigits is how long the code of a county is; those of its towns begin with it.
const countyDigits = 6

var attributeName = regexp.MustCompile(`^attribute\[([^\[\]]*)\](\[\])?$`)

// filling is a form of the law on its way to be filled from the arguments of a sending.
type filling struct {
	form
	r       *http.Request
	service service
	values  url.Values
	fields  map[string][]string
	faults  []string
}

// filled gives the answers of a sending under the names of the form, or everything that is wrong with it.
func (f form) filled(r *http.Request, values url.Values) (map[string][]string, error) {
	s, err := f.known(r, arg(values, "service_code"))
	if err != nil {
		return nil, err
	}
	if s.stops != "" {
		a := door.Advices[s.stops]
		return nil, said(http.StatusBadRequest, web.Sentences(r.Context(), web.T(r.Context(), "open311.elsewhere", "service", s.name), web.T(r.Context(), a.Text)))
	}
	x := &filling{form: f, r: r, service: s, values: values, fields: map[string][]string{"lang": {string(langOf(r))}}}
	x.attributes()
	if s.code != f.Procedure {
		x.fields[kindField] = append([]string{s.code}, x.fields[kindField]...)
	}
	x.put("account", arg(values, "description"))
	x.media()
	x.location()
	x.person()
	if len(x.faults) > 0 {
		return nil, said(http.StatusBadRequest, x.faults...)
	}
	return x.fields, nil
}

// arg is an argument as it was meant: without the space around it.
func arg(values url.Values, name string) string { return door.Clean(values.Get(name)) }

func (x *filling) put(name, value string) {
	if value != "" {
		x.fields[name] = []string{value}
	}
}

func (x *filling) fault(key string, args ...any) {
	x.faults = append(x.faults, web.T(x.r.Context(), key, args...))
}

// attributes takes the answers to the questions of the service. A question it does not have is said to be unknown: it
// is not dropped with what somebody wrote in it.
func (x *filling) attributes() {
	all := x.form.attributes(x.r, x.service)
	for _, name := range sortedNames(x.values) {
		m := attributeName.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		i := slices.IndexFunc(all, func(a attribute) bool { return a.variable && a.code == m[1] })
		if i < 0 {
			x.fault("open311.unknown_attribute", "name", clip(m[1]))
			continue
		}
		x.answer(all[i], x.values[name])
	}
	for _, a := range all {
		if a.required && len(x.fields[a.code]) == 0 {
			x.faults = append(x.faults, x.atField(x.r, a.code, web.T(x.r.Context(), "open311.required")))
		}
	}
}

func (x *filling) answer(a attribute, given []string) {
	for _, one := range given {
		one = door.Clean(one)
		if a.kind == "datetime" {
			one = dayOf(one)
		}
		if len(a.values) > 0 && one != "" && one != x.service.code && !slices.ContainsFunc(a.values, func(o office.OptionView) bool { return o.Value == one }) {
			x.faults = append(x.faults, x.atField(x.r, a.code, web.T(x.r.Context(), "open311.not_a_value", "value", clip(one))))
			continue
		}
		switch {
		case one == "", one == x.service.code: // said already
		case a.several && !slices.Contains(x.fields[a.code], one):
			x.fields[a.code] = append(x.fields[a.code], one)
		case !a.several:
			x.fields[a.code] = []string{one}
		}
	}
}

// dayOf is the civil day here of an instant as the specification writes it; anything else is left to the form to judge.
func dayOf(text string) string {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return calendar.On(t).String()
	}
	return text
}

// location is where it happened: a place of ours, a description, or a point. A point is written down as it is; nobody
// here can tell in which town it lies, so that without a place the whole city is meant.
func (x *filling) location() {
	id, address := arg(x.values, "address_id"), arg(x.values, "address_string")
	point, ok := x.point()
	if !ok {
		return
	}
	if id == "" && len(x.fields[placeField]) == 0 && address == "" && point == "" {
		x.fault("open311.no_place")
		return
	}
	q, _ := x.field(placeField)
	switch {
	case id != "" && !slices.ContainsFunc(q.Options, func(o office.OptionView) bool { return o.Value == id }):
		x.faults = append(x.faults, x.atField(x.r, placeField, web.T(x.r.Context(), "open311.not_a_value", "value", clip(id))))
	case id != "":
		x.put(placeField, id)
	case len(x.fields[placeField]) == 0 && len(q.Options) > 0:
		x.put(placeField, placeIn(q.Options, address))
	}
	x.put("place", strings.TrimSpace(address+" "+point))
}

// placeIn is the place whose name stands in an address, the finest there is; where several could be meant, what they
// have in common; else the whole city.
func placeIn(places []office.OptionView, address string) string {
	city, county, towns := "", "", []string{}
	labels := map[string]string{}
	for _, p := range places {
		labels[p.Value] = p.Label
		switch {
		case strings.HasSuffix(p.Value, "00") && len(p.Value) == countyDigits: // province and city, the latter last
			city = p.Value
		case len(p.Value) == countyDigits && strings.Contains(address, p.Label):
			county = p.Value
		}
	}
	for _, p := range places {
		if len(p.Value) <= countyDigits || !strings.HasPrefix(p.Value, county) {
			continue
		}
		name := strings.TrimSpace(strings.TrimPrefix(p.Label, labels[p.Value[:countyDigits]]))
		if name != "" && strings.Contains(address, name) {
			towns = append(towns, p.Value)
		}
	}
	switch {
	case len(towns) == 1:
		return towns[0]
	case county != "":
		return county
	}
	return city
}

// point is the point of a sending in words, "" where it has none.
func (x *filling) point() (string, bool) {
	lat, long := arg(x.values, "lat"), arg(x.values, "long")
	if lat == "" && long == "" {
		return "", true
	}
	a, err := strconv.ParseFloat(lat, 64)
	b, other := strconv.ParseFloat(long, 64)
	if err != nil || other != nil || !(a >= -90 && a <= 90) || !(b >= -180 && b <= 180) {
		x.fault("open311.no_point")
		return "", false
	}
	return fmt.Sprintf("(WGS 84: %s, %s)", strconv.FormatFloat(a, 'f', -1, 64), strconv.FormatFloat(b, 'f', -1, 64)), true
}

// media keeps the address of a picture as words of the report. It is not opened: this site fetches nothing from others.
func (x *filling) media() {
	address := arg(x.values, "media_url")
	if address == "" {
		return
	}
	const most = 500
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || len(address) > most {
		x.fault("open311.no_address")
		return
	}
	if told := x.fields["account"]; len(told) > 0 {
		x.put("account", told[0]+"\n"+web.T(x.r.Context(), "open311.media_url", "url", address))
	}
}

// person is who files. Without a name the report is anonymous, and nothing that would tell who she is may be sent with it.
func (x *filling) person() {
	first, last := arg(x.values, "first_name"), arg(x.values, "last_name")
	phone, email := arg(x.values, "phone"), arg(x.values, "email")
	switch {
	case first+last != "":
		x.put("identity", "named")
		x.put("name", fullName(first, last))
		x.put("phone", phone)
		x.put("email", email)
	case phone+email != "":
		x.fault("open311.no_name")
	default:
		x.put("identity", "anonymous")
	}
}

// fullName puts a Chinese name in its own order and any other in the order it was given.
func fullName(first, last string) string {
	if strings.ContainsFunc(first+last, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return last + first
	}
	return strings.TrimSpace(first + " " + last)
}

func sortedNames(values url.Values) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
