package main

import (
	"fmt"
	"os"

	"yifa/internal/procedure"
	"yifa/internal/procedure/compare"
)

type diffCmd struct {
	Was string `arg:"" help:"Folder of the law as it was, or id@version of a procedure."`
	Is  string `arg:"" help:"Folder of the law as it is, or id@version of a procedure."`
}

// Run prints one change a line, in Simplified Chinese, and nothing where there is none.
func (d *diffCmd) Run(c *lawCmd) error {
	changes, err := d.changes(c)
	if err != nil {
		return err
	}
	where := ""
	for _, change := range changes {
		if change.Where != where {
			where = change.Where
			fmt.Println(where)
		}
		fmt.Println("  " + change.What)
	}
	return nil
}

func (d *diffCmd) changes(c *lawCmd) ([]compare.Change, error) {
	if !isFolder(d.Was) || !isFolder(d.Is) {
		l, was, err := c.find(d.Was)
		if err != nil {
			return nil, err
		}
		_, is, err := c.find(d.Is)
		if err != nil {
			return nil, err
		}
		return compare.Procedures(l, was, is), nil
	}
	was, err := lawIn(d.Was)
	if err != nil {
		return nil, err
	}
	is, err := lawIn(d.Is)
	if err != nil {
		return nil, err
	}
	return compare.Laws(was, is), nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

func lawIn(folder string) (*procedure.Law, error) {
	l, err := (&lawCmd{Dir: folder}).loaded()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	return l, nil
}
