package open311

import (
	"net/http"

	"yifa/internal/i18n"
	"yifa/internal/web"
)

// specification is the token of the version served.
const specification = "http://wiki.open311.org/GeoReport_v2"

// discovery serves GET /discovery.
func (d *Door) discovery(_ http.ResponseWriter, r *http.Request) (reply, error) {
	f, err := d.form(r)
	if err != nil {
		return reply{}, err
	}
	ctx := r.Context()
	changed, kind := f.Changed.String()+" 00:00", "production"
	if d.Test {
		kind = "test"
	}
	contact := d.Contact
	if contact == "" {
		contact = web.T(ctx, "open311.contact", "phone", d.Phone)
	}
	// A path prefix says the language of an endpoint; without one, Accept-Language does.
	endpoint := node("endpoint", leaf("specification", specification), leaf("url", d.origin(r)+web.Href(i18n.From(ctx), Prefix+"/v2")), leaf("changeset", changed), leaf("type", kind),
		list("formats", leaf("format", "text/xml"), leaf("format", "application/json")))
	return reply{public: keep, body: node("discovery", leaf("changeset", changed), leaf("contact", contact),
		leaf("key_service", web.Sentences(ctx, web.T(ctx, "open311.key_service"), contact)), list("endpoints", endpoint))}, nil
}
