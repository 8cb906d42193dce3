package portal

import (
	"encoding/json"
	"errors"
	"net/http"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// newsView is the list of today for eyes, and with what the list for programs is checked.
type newsView struct {
	On       calendar.Date
	Marks    []string
	Verifier string
	Words    string // JSON: what the script says
}

// news serves GET /news: the marks of all matters with news, among others that are of none. Who looks for hers asks for
// nothing of her own.
func (p *Portal) news(w http.ResponseWriter, r *http.Request) error {
	var v newsView
	var err error
	if v.On, v.Marks, err = p.Office.NewsMarks(r.Context()); err != nil {
		return err
	}
	if v.Verifier, err = p.Office.NewsVerifier(); err != nil {
		return err
	}
	words := map[string]string{}
	for name, key := range map[string]string{"bad": "news.look_bad", "some": "news.look_some", "none": "news.look_none", "fault": "news.look_fault"} {
		words[name] = i18n.T(langOf(r), key)
	}
	text, err := json.Marshal(words)
	if err != nil {
		return err
	}
	v.Words = string(text)
	page := newPage(r, web.T(r.Context(), "news.title"))
	page.Scripts, page.Help = []string{"news.js"}, helpOn(r)
	return web.Render(w, r, http.StatusOK, page, newsPage(v))
}

// newsList serves GET /news/list: the signed list of the running minute, for programs.
func (p *Portal) newsList(w http.ResponseWriter, r *http.Request) error {
	signed, err := p.Office.NewsList(r.Context())
	return sendLog(w, logText, signed, err)
}

// trackNews serves GET /track/news: the key and the marks of the matter a code belongs to.
func (p *Portal) trackNews(w http.ResponseWriter, r *http.Request) error {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		p.forgetCode(w)
		return redirect(w, r, "/track?said=ended")
	}
	v, err := p.Office.NewsOf(reader)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	web.Secret(w)
	return show(w, r, http.StatusOK, web.T(r.Context(), "news.own_title"), trackNewsPage(v))
}
