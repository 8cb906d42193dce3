package main

import (
	"context"
	"os"
	"regexp"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/i18n"
)

// The pictures of the guides, made anew by scripts/pictures.sh: guide-NAME.png in the folder YIFA_SHOTS names.
func TestGuidePictures(t *testing.T) {
	if os.Getenv("YIFA_SHOTS") == "" {
		t.Skip("YIFA_SHOTS names no folder for pictures")
	}
	b := browser.New(t)
	for _, l := range i18n.Langs {
		publicPictures(t, b, l)
	}
	deskPictures(t, b)
}

// publicPictures are what a member of the public sees on a phone, in a language: guide-NAME.png in Simplified Chinese,
// guide-NAME.en.png in English.
func publicPictures(t *testing.T, b *browser.Browser, l i18n.Lang) {
	ending := ""
	if l != i18n.ZhHans {
		ending = "." + string(l)
	}
	s := open(t)
	v := s.visitor()
	held, code := v.file(complaintForm(), nil)
	s.sorted(held, "he-yuning", fields{"target": {"known"}, "complained_organ": {"440703-scjg"}})
	s.Do(s.As("he-yuning"), held, "accept", fields{"scope": {"有没有出示证件。"}})
	s.Do(s.As("he-yuning"), held, "message_filer", fields{"message": {"请问是上午还是下午？"}})
	view := browser.Phone
	view.Height = 720
	p := b.Page(view)
	p.Goto(s.url + l.Prefix() + "/report")
	p.Click("main form button")
	p.ShotOf("guide-report-what"+ending, "")
	p.Goto(s.url + l.Prefix() + "/track")
	p.Fill("main input[name=code]", code)
	p.Click("main form button")
	p.ShotOf("guide-track"+ending, "")
	p.Press("text:" + i18n.T(l, "web.why"))
	browser.Evaluate[bool](p, `!!(document.querySelector('details[open]').style.padding = '1rem')`) // air around what is cut out
	p.ShotOf("guide-why"+ending, "details[open]")
}

// deskPictures are what officials of the demo city see.
func deskPictures(t *testing.T, b *browser.Browser) {
	i, clock, err := openDemo(context.Background(), t.TempDir(), calendar.New(2026, time.November, 20))
	must(t, err)
	defer func() { must(t, i.Close()) }()
	h, err := site(i, siteOptions{Now: clock.Now})
	must(t, err)
	url := served(t, h)
	window := browser.View{Name: "picture", Width: 1000, Height: 640, Mobile: true} // mobile: no scrollbar in the picture
	enter := func(login string) *browser.Page {
		p := b.Page(window)
		p.Goto(url + "/desk/sign-in")
		p.Fill("#desk-login", login)
		p.Fill("#desk-password", demo.Password)
		p.Click("main form button")
		return p
	}
	p := enter("heyuning")
	p.ShotOf("guide-today", "")
	p.Goto(url + "/desk/matters?scope=mine&stage=handled") // a complaint, whichever matters happen to be due first
	first := regexp.MustCompile(`/desk/matters/[0-9a-z]{13}`).FindString(p.Source())
	p.Goto(url + first)
	p.ShotOf("guide-matter", "")
	p.ShotOf("guide-clock", "#clocks")
	p.Goto(url + first + "/acts/claim")
	p.ShotOf("guide-refusal", ".yifa-refusal")
	wide := b.Page(browser.View{Name: "wide", Width: 1200, Height: 900, Mobile: true})
	wide.Goto(url + "/")
	wide.ShotOf("readme-portal-home", "")
	window.Width, window.Height = 1200, 900
	p = enter("heyuning")
	p.Goto(url + first)
	p.ShotOf("readme-desk-matter", "")
	window.Width, window.Height = 1000, 640
	p = enter("zhenruotang")
	p.Goto(url + "/desk/leader")
	p.ShotOf("guide-leader", "")
}
