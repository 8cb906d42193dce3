package office

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/matter"
)

// This file compares rows with what the registers say, kind by kind.

// organ asks for an organ to be established, or changed where the register says something else of it.
func (row *importRow) organ(ctx context.Context) error {
	m, key := row.m, row.get("key")
	label := row.get("name") + " " + key
	if !row.once("key", key) || m.entered[key] {
		return nil
	}
	item, there := m.latest("organ", key)
	if !there {
		row.add(label, matter.State{}, m.act, row.fields)
		return nil
	}
	if row.differs(item, "name", "division", "kind", "parent", "short") == "" {
		return nil
	}
	st, err := m.state(ctx, item.Matter)
	if err != nil || st.Stage == "change_entered" { // by the same table, a moment ago
		return err
	}
	change := m.actIn(st.Stage, "change")
	switch {
	case change == nil:
		row.bad("key", "organ_gone")
	case row.day("from") <= item.From:
		row.bad("from", "change_before", "day", i18n.DateYear(m.r.Lang, item.From))
	default:
		fields := map[string][]string{}
		for _, name := range []string{"name", "division", "kind", "parent", "short", "from", fieldBasis} {
			if row.get(name) != "" {
				fields[name] = row.fields[name]
			}
		}
		for _, name := range []string{"symbol", "review_body", "court"} { // the table does not say: they stay
			if value := item.Attrs.Text(name); value != "" {
				fields[name] = []string{value}
			}
		}
		row.add(label, st, change, fields)
	}
	return nil
}

// person asks for an account where there is none and one is wished for, and for a post.
func (row *importRow) person() error {
	m := row.m
	login := strings.ToLower(row.get(columnLogin))
	person := row.get("person")
	if person == "" {
		person = login
		if of, known := m.logins[login]; known {
			person = of
		}
	}
	if person == "" {
		row.bad("person", "nobody")
		return nil
	}
	row.fields["person"] = []string{person}
	if !row.account(person, login) || row.get("role") == "" && row.get("from") == "" {
		return nil
	}
	for _, name := range []string{"role", "from"} {
		if row.get(name) == "" {
			row.bad(name, "empty")
		}
	}
	if len(row.faults) == 0 {
		row.post(person)
	}
	return nil
}

// account asks for the account of a person whom nobody knows yet; false where something is wrong with it.
func (row *importRow) account(person, login string) bool {
	m, name := row.m, row.get(columnName)
	known, there := m.names[person]
	if made, above := m.made[person]; above {
		known, there = made.name, true
	}
	switch {
	case there && name != "" && name != known:
		row.bad(columnName, "other_name", "name", known)
	case there && login != "" && m.made[person].login != login && m.logins[login] != person:
		row.bad(columnLogin, "other_login")
	case there:
		return true
	case row.get(columnAccount) != answerYes:
		row.bad("person", "unknown_person")
	case name == "":
		row.bad(columnName, "empty")
	case login == "":
		row.bad(columnLogin, "empty")
	case !personID.MatchString(login):
		row.bad(columnLogin, "login_wrong")
	case !personID.MatchString(person):
		row.bad("person", "login_wrong")
	case m.logins[login] != "":
		row.bad(columnLogin, "login_taken")
	default:
		m.made[person], m.logins[login] = importedAccount{name, login}, person
		fields := map[string][]string{"person": {person}, "organ": row.fields["organ"], columnLogin: {login}, columnName: {name}, fieldReason: {m.reason}}
		row.lines = append(row.lines, orderLine{Label: row.labelled(name + " " + login), Procedure: registerAccount, Act: accountCreate, Fields: fields})
		return true
	}
	return false
}

// post asks for an appointment that the register does not know yet.
func (row *importRow) post(person string) {
	m := row.m
	organ, role, from := row.get("organ"), row.get("role"), row.day("from")
	if !row.once("role", strings.Join([]string{"post", person, organ, role}, "\x00")) {
		return
	}
	for _, p := range m.reg.ByPerson[person] {
		switch {
		case p.Organ != organ || p.Role != role || p.For != "":
		case p.From == from && (p.To == row.day("until") || p.To != 0 && row.get("until") == ""):
			return // there already, or ended since
		case p.To.IsZero() || from < p.To:
			row.bad("role", "post_held", "day", i18n.DateYear(m.r.Lang, p.From))
			return
		}
	}
	fields := map[string][]string{}
	for _, name := range []string{"post", "person", "organ", "role", "from", "until", fieldBasis} {
		if row.get(name) != "" {
			fields[name] = row.fields[name]
		}
	}
	if row.get("post") == "" {
		fields["post"] = []string{postCode(person, organ, role, row.get("from"))}
	}
	name := m.names[person]
	if name == "" {
		name = m.made[person].name
	}
	row.add(name+" "+i18n.T(m.r.Lang, "office.post_at", "organ", m.o.organName(m.r.Lang, organ), "post", i18n.T(m.r.Lang, "office.post."+role)), matter.State{}, m.act, fields)
}

// postCode is the code of a post of a table that gives none: the same for the same post, so that no table brings it twice.
func postCode(of ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(of, "\x00")))
	return "p-" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:10])
}

// certificate asks for a certificate to be entered, or renewed where the register knows another validity of it.
func (row *importRow) certificate(ctx context.Context) error {
	m, number := row.m, row.get("number")
	if !row.once("number", number) {
		return nil
	}
	label := m.names[row.get("person")] + " " + number
	item, there := m.latest("certificate", number)
	if !there {
		row.add(label, matter.State{}, m.act, row.fields)
		return nil
	}
	if name := row.differs(item, "person", "kind", "organ"); name != "" {
		row.bad(name, "certificate_other")
		return nil
	}
	if item.From == row.day("from") && item.To == row.day("until") {
		return nil
	}
	st, err := m.state(ctx, item.Matter)
	if err != nil {
		return err
	}
	renew := m.actIn(st.Stage, "renew")
	switch {
	case wasValid(m.reg, number, row):
	case renew == nil:
		row.bad("number", "certificate_gone")
	case row.day("from") <= item.From:
		row.bad("from", "renewal_before", "day", i18n.DateYear(m.r.Lang, item.From))
	default:
		row.add(label, st, renew, map[string][]string{"from": row.fields["from"], "until": row.fields["until"], fieldReason: {m.reason}})
	}
	return nil
}

// wasValid says whether a certificate already had the validity of a row, before a later one.
func wasValid(reg *register, number string, row *importRow) bool {
	for _, i := range reg.items["certificate"] {
		if i.Key == number && i.From == row.day("from") && i.To == row.day("until") {
			return true
		}
	}
	return false
}
