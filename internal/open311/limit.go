package open311

import (
	"net/http"
	"time"

	"yifa/internal/web"
)

// The classes of requests that are held to limits by where they come from. What an app hands in is held to its own
// quota instead: all its users come from one place. It solves no proof of work, which its key stands for.
const (
	classRead web.Class = "open311 read"
	classKey  web.Class = "open311 key" // a key that is none
)

// DefaultLimits let the machine of an app follow the reports of a city.
var DefaultLimits = map[web.Class]web.Rule{
	classRead: {Every: time.Second / 5, Burst: 300, Global: 50, Spare: 500},
	classKey:  {Every: 10 * time.Second, Burst: 10, Global: 2, Spare: 60},
}

// admit lets an app with a good key hand in a report, within its quota.
func (d *Door) admit(r *http.Request, key string) (App, error) {
	ctx := r.Context()
	app, known := d.Apps.of(key, d.Now())
	if !known || app.Mail {
		if err := d.limits.Allow(r, classKey); err != nil {
			return app, err
		}
		what := "open311.bad_key"
		if key == "" {
			what = "open311.no_key"
		}
		return app, said(http.StatusForbidden, web.T(ctx, what, "url", d.origin(r)+web.Href(langOf(r), "/report")))
	}
	if wait := d.Apps.allow(app, d.Now()); wait > 0 {
		return app, web.TooMany(wait)
	}
	return app, nil
}
