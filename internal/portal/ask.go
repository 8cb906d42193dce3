package portal

import (
	"context"
	"strings"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// longList is from how many choices on a list is folded into a select.
const longList = 20

// ask is a question to the public: things of the registers are picked from a list that is read, not searched.
func ask(ctx context.Context, f office.FieldView) web.Field {
	q := door.Field(ctx, f)
	if q.Kind == web.AreaField {
		q.Rows = 7
	}
	if door.FromRegister(f) {
		q.Kind = web.Radios
	}
	if f.Type == "division" {
		q.Options = withoutProvinces(q.Options)
	}
	if q.Kind == web.Radios && len(q.Options) >= longList {
		q.Kind = web.Select
		q.Options = append([]web.Option{{Label: web.T(ctx, "portal.pick")}}, q.Options...)
	}
	return q
}

// withoutProvinces leaves whole provinces out (GB/T 2260): nothing happens there that happens in no town.
func withoutProvinces(places []web.Option) []web.Option {
	var kept []web.Option
	for _, o := range places {
		if !strings.HasSuffix(o.Value, "0000") {
			kept = append(kept, o)
		}
	}
	return kept
}

// askEach is ask for several fields.
func askEach(ctx context.Context, fields []office.FieldView) []web.Field {
	var list []web.Field
	for _, f := range fields {
		list = append(list, ask(ctx, f))
	}
	return list
}

// named picks fields of a form in the order of names; names the form does not have are left out.
func named(all map[string]office.FieldView, names []string) []office.FieldView {
	var list []office.FieldView
	for _, name := range names {
		if f, ok := all[name]; ok {
			list = append(list, f)
		}
	}
	return list
}
