package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"yifa/internal/desk"
	"yifa/internal/installation"
	"yifa/internal/mailin"
	"yifa/internal/open311"
	"yifa/internal/portal"
	"yifa/internal/provider"
	"yifa/internal/vault"
	"yifa/internal/web"
	"yifa/internal/web/turn"
	"yifa/law"
)

// How long a request may take before its connection is given up, and how long to wait at the end.
const (
	headerTime = 10 * time.Second
	bodyTime   = 5 * time.Minute // a film over a slow phone line
	idleTime   = 2 * time.Minute
	closeTime  = 10 * time.Second
)

// siteOptions are what differs from site to site.
type siteOptions struct {
	Demo, TLS bool
	LookOnly  bool                           // nothing may be sent
	NoApp     bool                           // telephones are not to keep anything of the site, and give up what they kept
	Unlimited bool                           // no limits on how often anybody asks
	EasyProof bool                           // proofs of work of hardly any work
	Client    func(*http.Request) netip.Addr // behind proxies: where a request came from; nil: the connection says it

	Provider     *provider.Provider // of identities; nil: none
	ProviderName string

	PublicProvider *provider.Provider // of identities of filers; nil: none
	PublicName     string
	Origin         string // https://host; empty: as a request came
	Open311        open311Options

	Now     func() time.Time         // the city's instant; nil: time.Now
	Observe func(web.Answered)       // may be nil
	Halls   func(string, *turn.Hall) // of those who wait for their turn; may be nil
	Filling func() (done, all int)   // of a demo city that is still being filled; nil: it is not
}

// site is the portal and the desk as one handler.
func site(i *installation.Installation, o siteOptions) (http.Handler, error) {
	var limits map[web.Class]web.Rule // nil: the doors' own
	if o.Unlimited {
		limits = map[web.Class]web.Rule{}
	}
	bits := 0 // the portal's own
	if o.EasyProof {
		bits = 1
	}
	halls := map[string]*turn.Hall{}
	met := func(name string, h *turn.Hall) {
		if halls[name] = h; o.Halls != nil {
			o.Halls(name, h)
		}
	}
	public, err := portal.New(portal.Config{Office: i.Office, Key: i.Vault.MAC(vault.Session, []byte("portal cookie")), Origin: strings.TrimSuffix(o.Origin, "/"), TLS: o.TLS, Client: o.Client, Limits: limits, Now: o.Now, Halls: met, ProofBits: bits,
		Provider: o.PublicProvider, ProviderName: o.PublicName})
	if err != nil {
		return nil, err
	}
	staff, err := desk.New(desk.Config{Office: i.Office, Provider: o.Provider, ProviderName: o.ProviderName, TLS: o.TLS, Client: o.Client, Limits: limits, Now: o.Now, Halls: func() map[string]turn.Figures { return figuresOf(halls) }})
	if err != nil {
		return nil, err
	}
	city, err := installation.ReadCity(law.FS)
	if err != nil {
		return nil, err
	}
	apps, err := open311.New(open311.Config{Office: i.Office, Apps: o.Open311.Apps, Origin: strings.TrimSuffix(o.Origin, "/"), TLS: o.TLS, Jurisdiction: o.Open311.Jurisdiction, Contact: o.Open311.Contact, Phone: city.Phone,
		Test: o.Demo, Now: o.Now, Client: o.Client, Limits: limits})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle(open311.Prefix+"/", apps)
	mux.Handle("POST "+mailin.Pattern, mailin.New(mailin.Config{Office: i.Office, Admit: o.Open311.Apps.AdmitMail, Now: o.Now, Client: o.Client, Limits: limits}))
	mux.Handle("/desk", staff)
	mux.Handle("/desk/", staff)
	mux.Handle("GET /readyz", &readiness{db: i.DB})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprintln(w, "ok") })
	mux.Handle("/", public)
	names := web.Site{Service: city.Service, Host: city.Host, Phone: city.Phone, Demo: o.Demo, Filling: o.Filling, Installable: !o.NoApp,
		PortalNav: portal.Nav(), Footer: portal.Footer(), DeskNav: desk.Nav()}
	return web.Stack(mux, web.Options{Site: names, TLS: o.TLS, Classify: classify, LookOnly: o.LookOnly, Observe: o.Observe, Tell: open311.Tell}), nil
}

// figuresOf are the figures of halls as of now.
func figuresOf(halls map[string]*turn.Hall) map[string]turn.Figures {
	out := map[string]turn.Figures{}
	for name, h := range halls {
		out[name] = h.Figures()
	}
	return out
}

// serve answers on addr until ctx ends, and lets what is under way finish.
func serve(ctx context.Context, addr string, h http.Handler, ready func(url string)) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another address with --addr", addr, err)
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: bodyTime, IdleTimeout: idleTime,
		ErrorLog: slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn)}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	ready("http://" + strings.Replace(l.Addr().String(), "[::]", "localhost", 1))
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	if err := s.Shutdown(last); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
