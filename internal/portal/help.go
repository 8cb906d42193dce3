package portal

import (
	"net/http"

	"yifa/internal/web"
)

// topic is one page of help: headings with paragraphs, all keys of the catalogue.
type topic struct {
	Title string
	Parts []topicPart
}

type topicPart struct {
	Head  string
	Paras []string
}

var topics = map[string]topic{
	"protection": {"portal.help_protection", []topicPart{
		{"portal.protect_seen", []string{"portal.protect_seen_1", "portal.protect_seen_2"}},
		{"portal.protect_name", []string{"portal.protect_name_1", "portal.protect_name_2"}},
		{"portal.protect_files", []string{"portal.protect_files_1"}},
		{"portal.protect_site", []string{"portal.protect_site_1", "portal.protect_site_2"}},
		{"portal.protect_you", []string{"portal.protect_you_1", "portal.protect_you_2"}},
	}},
	"platform": {"portal.help_platform", []topicPart{
		{"portal.platform_what", []string{"portal.platform_what_1"}},
		{"portal.platform_why", []string{"portal.platform_why_1", "portal.platform_why_2"}},
	}},
	"receipt": {"portal.help_receipt", []topicPart{
		{"portal.receipt_keep", []string{"portal.receipt_keep_1", "portal.receipt_keep_2"}},
		{"portal.receipt_number", []string{"portal.receipt_number_1"}},
	}},
	"accessibility": {"portal.help_accessibility", []topicPart{
		{"portal.access_how", []string{"portal.access_how_1", "portal.access_how_2"}},
		{"portal.access_tested", []string{"portal.access_tested_1", "portal.access_tested_2"}},
		{"portal.access_stuck", []string{"portal.access_stuck_1"}},
	}},
}

// help serves GET /help/{topic}.
func (p *Portal) help(w http.ResponseWriter, r *http.Request) error {
	t, ok := topics[r.PathValue("topic")]
	if !ok {
		return web.NotFound
	}
	return show(w, r, http.StatusOK, web.T(r.Context(), t.Title), helpPage(t))
}
