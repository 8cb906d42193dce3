package i18n

import (
	"context"
	"strings"
)

// Lang is one of the three languages of every page, as a BCP 47 tag.
type Lang string

// The languages, in the order the switcher shows them.
const (
	ZhHans Lang = "zh-Hans"
	ZhHant Lang = "zh-Hant"
	En     Lang = "en"
)

// Langs lists every language; Simplified Chinese comes first everywhere.
var Langs = []Lang{ZhHans, ZhHant, En}

// Prefix is the path prefix of the language: "", "/zh-hant" or "/en".
func (l Lang) Prefix() string {
	if l == ZhHans || l == "" {
		return ""
	}
	return "/" + strings.ToLower(string(l))
}

// Name is the language's name in itself, as the switcher prints it.
func (l Lang) Name() string {
	switch l {
	case ZhHant:
		return "繁體"
	case En:
		return "English"
	}
	return "简体"
}

// Split takes the language prefix off a path. The rest always begins with a slash.
func Split(path string) (Lang, string) {
	for _, l := range Langs[1:] {
		if path == l.Prefix() {
			return l, "/"
		}
		if rest, found := strings.CutPrefix(path, l.Prefix()+"/"); found {
			return l, "/" + rest
		}
	}
	return ZhHans, path
}

type contextKey struct{}

// With stores the language of a request.
func With(ctx context.Context, l Lang) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From is the language of a request, Simplified Chinese when none was stored.
func From(ctx context.Context) Lang {
	if l, ok := ctx.Value(contextKey{}).(Lang); ok {
		return l
	}
	return ZhHans
}

// Text is a text that comes from data (names, labels of the law) in the three languages.
type Text struct {
	ZhHans string `yaml:"zh-Hans"`
	ZhHant string `yaml:"zh-Hant"`
	En     string `yaml:"en"`
}

// In is the text in one language, in Simplified Chinese where that one is missing.
func (t Text) In(l Lang) string {
	switch {
	case l == ZhHant && t.ZhHant != "":
		return t.ZhHant
	case l == En && t.En != "":
		return t.En
	}
	return t.ZhHans
}
