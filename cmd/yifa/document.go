package main

import (
	"fmt"
	"os"
	"path/filepath"

	"yifa/internal/document"
	"yifa/internal/statute"
	"yifa/law"
)

type documentCmd struct {
	Sample sampleCmd `cmd:"" help:"Write one filled example of every paper in the catalogue, as PDF and DOCX."`
}

type sampleCmd struct {
	Out   string `required:"" type:"path" help:"Folder to write to."`
	Fonts string `type:"existingdir" help:"The city's own fonts: body*.ttf, title*.ttf, hei*.ttf, kai*.ttf."`
}

// Run fills every paper with its own examples, so that a lawyer sees what will come out before anybody issues one.
func (c *sampleCmd) Run() error {
	book, faults := statute.Load(law.FS)
	if len(faults) > 0 {
		return faults[0]
	}
	catalogue, faults := document.LoadCatalogue(law.FS, book)
	if len(faults) > 0 {
		return faults[0]
	}
	fonts, err := document.OpenFonts(nil)
	if c.Fonts != "" {
		fonts, err = document.OpenFonts(os.DirFS(c.Fonts))
	}
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Out, 0o750); err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	for _, k := range catalogue.All() {
		if err := c.write(fonts, k); err != nil {
			return fmt.Errorf("sample: %s: %w", k.ID, err)
		}
	}
	fmt.Printf("%d papers in %s\n", len(catalogue.All()), c.Out)
	return nil
}

// write makes one paper in both formats.
func (c *sampleCmd) write(fonts *document.Fonts, k document.Kind) error {
	paper := k.Sample()
	pdf, err := fonts.PDF(paper)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.Out, k.ID+".pdf"), pdf, 0o600); err != nil {
		return err
	}
	docx, err := document.DOCX(paper)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.Out, k.ID+".docx"), docx, 0o600)
}
