package main

import (
	"fmt"
	"os"
	"path/filepath"

	"yifa/internal/open311"
)

// open311Flags say which apps may hand in reports.
type open311Flags struct {
	Apps         string `placeholder:"FILE" help:"File of the apps that may hand in reports, made with: yifa open311 key. Read anew when it changes."`
	Jurisdiction string `help:"The jurisdiction_id this site answers for, such as jiangmen.gov.cn; by default whatever is asked."`
	Contact      string `help:"Where makers of apps write or call, in the discovery document; by default the telephone of the site."`
}

// open311Options are what the site needs of them.
type open311Options struct {
	Apps                  *open311.Apps
	Jurisdiction, Contact string
}

func (f open311Flags) options() (open311Options, error) {
	o := open311Options{Jurisdiction: f.Jurisdiction, Contact: f.Contact}
	var err error
	if f.Apps != "" {
		o.Apps, err = open311.OpenApps(f.Apps)
	}
	return o, err
}

type open311Cmd struct {
	Key open311KeyCmd `cmd:"" help:"Draw a key and print what to write into the file of apps."`
}

type open311KeyCmd struct {
	ID   string `arg:"" help:"Short name of the app, which each report it hands in keeps: small letters, digits, dashes."`
	Name string `help:"What the app is called."`
}

// Run prints a key once, for the app, and the lines for the file, which hold its hash alone.
func (c *open311KeyCmd) Run() error {
	key := open311.NewKey()
	app := open311.App{ID: c.ID, Name: c.Name, Key: open311.Hash(key)}
	text, err := app.Lines()
	if err != nil {
		return err
	}
	fmt.Printf("# The key, for the app alone; it is not kept here:\n# %s\n\n# For the file of --open311-apps, below \"apps:\":\n%s", key, text)
	return nil
}

// demoAppKey is the key of the one app of the demo city. It opens nothing anywhere else.
const demoAppKey = "Jiangmen-Demo-App-2026"

// demoApps writes the file of apps of the demo city.
func demoApps(dir string) (open311Options, error) {
	app := open311.App{ID: "demo-app", Name: "演示应用", Key: open311.Hash(demoAppKey)}
	lines, err := app.Lines()
	if err != nil {
		return open311Options{}, err
	}
	file := filepath.Join(dir, "open311-apps.yaml")
	if err := os.WriteFile(file, []byte("apps:\n"+lines), 0o600); err != nil {
		return open311Options{}, err
	}
	return open311Flags{Apps: file}.options()
}
