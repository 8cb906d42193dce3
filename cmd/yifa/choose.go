package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

type chooseCmd struct {
	Statute string `arg:"" help:"Key of the statute the conduct broke, such as dqwr."`
	Conduct string `required:"" help:"Day of the conduct, YYYY-MM-DD, or A..B where it went on."`
	Decided string `required:"" help:"Day of the decision, YYYY-MM-DD."`
	Stated  string `enum:",lighter,not_lighter,lawful" default:"" help:"What a human states of the new law beside the old one: lighter, not_lighter, or lawful where it no longer regards the conduct as unlawful."`
	Lang    string `default:"zh-Hans" enum:"zh-Hans,zh-Hant,en" help:"Language."`
	JSON    bool   `help:"Print JSON."`
}

// chosen is the answer as JSON.
type chosen struct {
	Applies []string             `json:"applies"` // key@version
	Why     string               `json:"why"`
	Old     string               `json:"old,omitempty"`
	New     []string             `json:"new,omitempty"`
	Lines   []statute.ChoiceLine `json:"lines"`
}

// Run prints on the first line which text applies, or undecided or none, and why after it.
func (x *chooseCmd) Run(c *lawCmd) error {
	conduct, err := statute.ParseConduct(x.Conduct)
	if err != nil {
		return fmt.Errorf("--conduct: %w", err)
	}
	decided, err := calendar.Parse(x.Decided)
	if err != nil {
		return fmt.Errorf("--decided: %w", err)
	}
	l, err := c.loaded()
	if err != nil {
		return err
	}
	choice, err := l.Book.Choose(x.Statute, conduct, decided, x.Stated)
	if err != nil {
		return err
	}
	out := chosen{Applies: texts(choice.Applies), Why: choice.Why, Old: choice.Old.String(), New: texts(choice.New), Lines: l.Book.Lines(choice, x.Lang)}
	if x.JSON {
		b, err := json.MarshalIndent(out, "", "  ")
		if err == nil {
			fmt.Println(string(b))
		}
		return err
	}
	fmt.Print(out.text(x.Lang))
	return nil
}

func texts(list []statute.Text) []string {
	out := []string{}
	for _, t := range list {
		out = append(out, t.String())
	}
	return out
}

// text writes the answer for a terminal.
func (x chosen) text(lang string) string {
	first := strings.Join(x.Applies, " ")
	switch {
	case x.Why == statute.Undecided:
		first = statute.Undecided
	case first == "":
		first = "none"
	}
	open, end, mark := "（", "）", " 平台设定"
	switch lang {
	case "zh-Hant":
		mark = " 平台設定"
	case "en":
		open, end, mark = " (", ")", " platform setting"
	}
	var s strings.Builder
	s.WriteString(first + "\n")
	for _, l := range x.Lines {
		s.WriteString(l.Text)
		if l.Source != "" {
			s.WriteString(open + l.Source + end)
		}
		if l.Platform {
			s.WriteString(mark)
		}
		s.WriteString("\n")
	}
	return s.String()
}
