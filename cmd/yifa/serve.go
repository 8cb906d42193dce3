package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"runtime/debug"
	"time"

	"yifa/internal/installation"
	"yifa/law"
)

type serveCmd struct {
	Addr     string         `default:"127.0.0.1:8080" help:"Address to serve on."`
	Data     string         `required:"" help:"Data folder: database, key file and evidence unless named apart."`
	Database string         `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Key      string         `help:"Key file; by default $YIFA_KEY, the credential yifa.key or DATA/yifa.key. Made with: yifa key FILE."`
	Seals    string         `help:"Folder of the organs' electronic seals, one PEM file each with key and certificates; only its owner may open it."`
	Fonts    string         `help:"Folder of the city's own fonts: body*.ttf for the text of papers, title*.ttf for head and titles, others for rare characters."`
	TLS      bool           `help:"The site is reached over TLS only (by a proxy before it): secure cookies, HSTS."`
	Proxy    []netip.Prefix `help:"Our own proxies, such as 127.0.0.1/32: what they write in X-Forwarded-For is believed, so that visitors are told apart."`
	SignIn   signInFlags    `embed:"" prefix:"sign-in-" group:"Signing in at the desk"`
	Metrics  string         `help:"Serve figures for Prometheus on this address, which strangers must not reach: 127.0.0.1:9464."`
	ReadOnly bool           `help:"Pages are read, nothing can be sent, and no deadline is acted on: while a machine is moved."`
	NoApp    bool           `help:"Telephones are not offered to keep the site as an app; what they kept of it they give up at their next visit."`
	Log      string         `enum:"text,json" default:"text" help:"How the log is written: text or json."`
	Backup   daily          `embed:""`
	Witness  []string       `sep:"none" help:"Verifier key of a witness of the log, whose cosignatures are then taken at /log/cosignature; may be given again."`
	OIDC     oidcFlags      `embed:"" prefix:"oidc-" envprefix:"YIFA_OIDC_" set:"who=officials" set:"back=/desk/sign-in/back" set:"claim=preferred_username" group:"Sign-in by a provider of identities"`  //nolint:staticcheck // kong takes several set
	Public   oidcFlags      `embed:"" prefix:"public-oidc-" envprefix:"YIFA_PUBLIC_OIDC_" set:"who=filers" set:"back=/identify/back" set:"claim=sub" group:"Filers confirmed by a provider of identities"` //nolint:staticcheck // kong takes several set
	Message  messageFlags   `embed:"" group:"Messages to filers"`
	Open311  open311Flags   `embed:"" prefix:"open311-" group:"Apps of others (Open311)"`
	Clamd    string         `placeholder:"HOST:PORT" help:"A clamd that looks at every file before it is taken in; or the path of its socket."`
	Blobs    evidenceFlags  `embed:"" group:"Files of evidence"`
	// For yifa bench: its clients wait as long as the proof would have taken them, so that all fit on one machine.
	EasyProof bool `hidden:"" help:"Proofs of work that take hardly any work. Only on a loopback address."`
	// For yifa bench. The proofs of work stay; how hard one is its form says, signed by the key.
	Unlimited bool   `hidden:"" help:"No limits on how often anybody asks. Only on a loopback address."`
	Profile   string `hidden:"" help:"Write a processor profile to a file."`
}

// Run serves an installation. It refuses a missing or default key.
func (c *serveCmd) Run(ctx context.Context) error {
	if (c.Unlimited || c.EasyProof) && !isLoopback(c.Addr) {
		return fmt.Errorf("--unlimited and --easy-proof are for measuring on a loopback address, not on %s", c.Addr)
	}
	logAs(c.Log)
	spareProcessor()
	stop, err := profile(c.Profile)
	if err != nil {
		return err
	}
	defer stop()
	keys, err := findKeys(c.Key)
	if err != nil {
		return err
	}
	rules, err := c.SignIn.rules()
	if err != nil {
		return err
	}
	idp, err := c.OIDC.provider()
	if err != nil {
		return err
	}
	forPublic, err := c.Public.provider()
	if err != nil {
		return err
	}
	apps, err := c.Open311.options()
	if err != nil {
		return err
	}
	carrier, err := c.Message.courier(c.Data)
	if err != nil {
		return err
	}
	blobs, err := c.Blobs.open(ctx, c.Data)
	if err != nil {
		return err
	}
	i, err := installation.Open(ctx, installation.Options{Evidence: blobs, Clamd: c.Clamd, Dir: c.Data, Database: c.Database, Keys: keys, Law: law.FS, Hooks: hooks, Now: time.Now, Fonts: c.Fonts, Seals: c.Seals, Rules: rules, Witnesses: c.Witness,
		Courier: carrier, Origin: c.Message.Origin})
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	m := newMetrics(i.DB, time.Now)
	if err := c.Backup.run(ctx, c.Data, c.Database, blobs, m.backup); err != nil {
		return err
	}
	if !c.ReadOnly {
		go i.Office.Run(ctx)
	}
	h, err := site(i, siteOptions{TLS: c.TLS, Provider: idp, ProviderName: c.OIDC.Name, PublicProvider: forPublic, PublicName: c.Public.Name, Origin: c.Message.Origin, Open311: apps, Unlimited: c.Unlimited, EasyProof: c.EasyProof, Client: clientOf(c.Proxy), LookOnly: c.ReadOnly, NoApp: c.NoApp, Observe: m.observe, Halls: m.hall})
	if err != nil {
		return err
	}
	c.serveMetrics(ctx, m)
	return serve(ctx, c.Addr, h, func(url string) { fmt.Println(url) })
}

// serveMetrics serves the figures on their own address, where one is named.
func (c *serveCmd) serveMetrics(ctx context.Context, m *metrics) {
	if c.Metrics == "" {
		return
	}
	go func() {
		if err := serve(ctx, c.Metrics, m.handler(), func(string) {}); err != nil {
			slog.Error("metrics", "fault", err)
		}
	}()
}

// logAs chooses how the log is written.
func logAs(how string) {
	if how == "json" {
		slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	}
}

// garbage is how much may gather, in percent of what is in use, before it is collected: some 20 MiB are in use however
// many matters there are, so that memory is cheaper than the time to collect it more often.
const garbage = 150

// spareProcessor collects garbage less often than usual, and once the start is over gives back what it took.
func spareProcessor() {
	debug.SetGCPercent(garbage)
	time.AfterFunc(2*time.Second, debug.FreeOSMemory)
}

// isLoopback reports whether an address to serve on can be reached from this machine only.
func isLoopback(addr string) bool {
	a, err := netip.ParseAddrPort(addr)
	return err == nil && a.Addr().IsLoopback()
}
