package office

import (
	"context"
	"slices"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file takes in what another organ hands over in bulk, such as the orders of the 12345 hotline: each row a report of
// its own, received on the day it was handed over, and each reference of theirs once (ptsd/284).

// Columns of the table beside those of its act, and what its form is answered with where a row says nothing.
const (
	columnReceived = "received_on"
	fieldChannel   = "channel"
	fieldIdentity  = "identity"
	channelHotline = "hotline"
)

// handedColumns are what is asked of each report, in the order of the table.
var handedColumns = []string{handedNumber, fieldChannel, "problem", "organ", "division", "place", "account", "wish", "happened_on", "happened_about",
	"officer_hint", "name", "phone", "contributed_by"}

// handedBefore refuses a reference that another matter has: one order of the hotline is one report.
func (b *batch) handedBefore(ctx context.Context, id matter.ID, form *procedure.Form, parts []matter.Part) error {
	for _, part := range parts {
		for name, text := range part.Fields {
			if f := form.Field(name); f == nil || f.Personal != handedNumber {
				continue
			}
			there, err := b.o.handedTo(ctx, &b.tx.Query, text)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(there, func(other matter.ID) bool { return other != id }) {
				return procedure.FieldErrors{{Field: name, Key: "handed_before"}}
			}
		}
	}
	return nil
}

// handedTo are the matters in which a reference was given: one, or none.
func (o *Office) handedTo(ctx context.Context, q *store.Query, reference string) ([]matter.ID, error) {
	n := plainReference(reference)
	if n == "" {
		return nil, nil
	}
	const two = 2
	return q.FindPersonal(ctx, o.vault.BlindIndex(handedNumber, n), two)
}

// handedTable are the columns of the table of reports.
func handedTable(lang i18n.Lang, asked []FieldView) []FieldView {
	var out []FieldView
	for _, name := range handedColumns {
		i := slices.IndexFunc(asked, func(f FieldView) bool { return f.Name == name })
		if i < 0 {
			continue
		}
		f := asked[i]
		switch name {
		case handedNumber:
			f.Required = true
			out = append(out, f, FieldView{Name: columnReceived, Type: "date", Required: true, Label: i18n.T(lang, "import.received_on"), Hint: i18n.T(lang, "import.received_on_hint")})
			continue
		case fieldChannel:
			f.Required, f.Hint = false, i18n.T(lang, "import.channel_hint")
			f.Options = slices.DeleteFunc(slices.Clone(f.Options), func(x OptionView) bool { return x.Value != channelHotline && x.Value != "handed_in" })
		case "problem":
			f.Hint = i18n.T(lang, "import.problem_hint")
		case columnName:
			f.Required, f.Hint = false, i18n.T(lang, "import.caller_hint")
		}
		out = append(out, f)
	}
	return out
}

// handed asks for a report to be recorded that no row and no matter has yet.
func (row *importRow) handed(ctx context.Context) error {
	m, number := row.m, row.get(handedNumber)
	there, err := m.o.handedTo(ctx, m.q, number)
	switch {
	case err != nil || !row.once(handedNumber, plainReference(number)) || len(there) > 0:
		return err
	case row.get(columnName) == "" && row.get(personalPhone) != "":
		row.bad(personalPhone, "phone_alone")
		return nil
	}
	fields := map[string][]string{fieldChannel: {channelHotline}, "lang": {string(i18n.ZhHans)}, fieldIdentity: {"anonymous"}}
	for name, values := range row.fields {
		if name != columnReceived {
			fields[name] = values
		}
	}
	if row.get(columnName) != "" {
		fields[fieldIdentity] = []string{"named"}
	}
	if received := row.day(columnReceived); received != m.o.Today() {
		row.on = received
		fields[procedure.LateProof] = []string{m.reason}
	}
	row.add(strings.TrimSpace(number+" "+row.get("place")), matter.State{}, m.act, fields)
	return nil
}
