package portal

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"yifa/internal/clock"
)

func TestCalculator(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.Get("/calculator").Is(t, http.StatusOK, "请选择", "行政处罚", "要求听证")
	v.Get("/calculator?term=pen-07&from-y=2026&from-m=9&from-d=24&at=&served=&suspend=&extend=").Leads(t, "/calculator?from=2026-09-24&term=pen-07")
	v.Get("/calculator?term=pen-07&from=2026-09-24").Told(t, http.StatusOK, "2026年10月9日", "第 5 个工作日，到期", "行政处罚法第六十四条第一项", "2026年9月", "没有提出的，视为放弃听证")
	v.Get("/en/calculator?term=cmp-02&from=2026-09-23&suspend=2026-10-09..2026-10-20&extend=5").Told(t, http.StatusOK, "30 November 2026", "suspended (waiting for more material)")
	v.Get("/calculator?term=pen-15a&from-y=2026&from-m=3&from-d=2&suspend=2026-04-01+至+2026-04-13&ground=hearing").Leads(t, "/calculator?from=2026-03-02&suspend=hearing%3A2026-04-01..2026-04-13&term=pen-15a")
	v.Get("/calculator?term=pen-15a&from=2026-03-02&suspend=hearing:2026-04-01..2026-04-13").Told(t, http.StatusOK, "2026-04-01 至 2026-04-13", "为什么暂停")
	v.Get("/calculator?term=cmp-02&from=2026-09-23&suspend=2026-10-09..").Told(t, http.StatusOK, "暂停中，恢复后还有")
	v.Get("/calculator?term=mea-02&from=2026-01-05T10:00").Told(t, http.StatusOK, "2026年1月6日 10:00")
	v.Get("/calculator?term=&from=2026-09-24").Told(t, http.StatusUnprocessableEntity, "要办什么：请选择")
	v.Get("/zh-hant/calculator?term=pen-02n&from=2026-09-24").Told(t, http.StatusOK, "法規只寫「及時」")
	v.Get("/calculator?term=cmp-01&from=2026-01-05").Told(t, http.StatusOK, "没有确定的一天", "从2026年2月1日起施行")
	v.Get("/zh-hant/calculator?term=cmp-01&from=2026-12-28").Told(t, http.StatusOK, "2027年1月5日", "這一天是暫算的")
	v.Get("/calculator?term=pen-15n&from=2026-05-03&profile=housing").Told(t, http.StatusOK, "2026年8月3日", "住房和城乡建设", "末日遇休息日，顺延到星期一")
	v.Get("/calculator?term=enf-02&from=2026-01-10&served=2026-01-15").Told(t, http.StatusOK, "2026年10月15日", "“申请行政复议”的期限届满", "“提起行政诉讼”的期限届满")
	v.Get("/calculator?term=rel-01&from=2026-08-08").Told(t, http.StatusOK, "民事诉讼法第八十五条第三款，依行政复议法第八十八条第一款适用")
	for term, asked := range map[string]bool{"pen-15n": false, "pen-07": true, "enf-02": true} {
		if strings.Contains(v.Get("/calculator?term="+term+"&from=2026-03-02").Body, `name="served"`) != asked {
			t.Errorf("%s asks for the day of service: %t", term, !asked)
		}
	}
	for query, why := range map[string]string{
		"term=xyz-01&from=2026-09-24":                                  "没有这个期限",
		"term=pen-07&from-y=2026&from-m=2&from-d=30":                   "这一天不存在",
		"term=pen-07&from=yesterday":                                   "这一天不存在",
		"term=pen-07&from=2026-09-24&extend=5":                         "这个期限不能延长",
		"term=cmp-02&from=2026-09-24&extend=11":                        "超过了规定的最长时间",
		"term=cmp-02&from=2026-09-24&extend=-1":                        "请只写数",
		"term=cmp-02&from=2026-09-24&suspend=2026-10-20..2026-10-09":   "前一天早于后一天",
		"term=cmp-02&from=2026-09-24&suspend=2027-10-20..2027-10-21":   "不在期限内",
		"term=pen-07&from=2026-09-24&suspend=2026-09-28..2026-09-29":   "没有这样的暂停理由",
		"term=pen-07&from=2026-09-24&served=2026-09-31":                "这一天不存在",
		"term=pen-15n&from=2026-09-24&served=2026-09-25":               "不从送达起算",
		"term=pen-07&from=2026-09-24&served=2026-09-23":                "送达不能早于文书作出",
		"term=pen-15n&from=2026-09-24&profile=nowhere":                 "没有这个部门",
		"term=pen-07&from=2026-09-24T25:00":                            "请写成 09:30 这样的时间",
		"term=cmp-02&from=2026-09-24&suspend=%3Cscript%3E..2026-10-09": "请写成 2026-03-10 至 2026-03-20",
	} {
		v.Get("/calculator?"+query).Told(t, http.StatusUnprocessableEntity, why)
	}
	if typed := v.Get("/calculator?term=pen-07&from-y=2026&from-m=2&from-d=30").Body; !strings.Contains(typed, `value="30"`) {
		t.Error("what was typed is lost")
	}
}

// A program gets the same answer, or which of its parameters is wrong.
func TestCalculatorJSON(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	a := v.Get("/calculator.json?term=pen-07&from=2026-09-24")
	var d clock.Derivation
	if err := json.Unmarshal([]byte(a.Body), &d); err != nil || a.Status != http.StatusOK || a.Header.Get("Content-Type") != "application/json" || d.Due != "2026-10-09" || len(d.Why) < 5 {
		t.Errorf("%d %v: %s", a.Status, err, a.Body)
	}
	if page := v.Get("/calculator?term=pen-07&from=2026-09-24").Body; !strings.Contains(page, "/calculator.json?from=2026-09-24&amp;term=pen-07") {
		t.Error("the page does not lead there")
	}
	for query, name := range map[string]string{"": "term", "?term=xyz-01&from=2026-09-24": "term", "?term=pen-07": "from", "?term=pen-07&from=x": "from", "?term=cmp-01&from=2026-01-05": ""} {
		a := v.Get("/calculator.json" + query)
		var p problem
		if err := json.Unmarshal([]byte(a.Body), &p); err != nil || a.Status != http.StatusUnprocessableEntity || a.Header.Get("Content-Type") != "application/problem+json" || name != "" && p.Errors[name] == "" || name == "" && p.Title == "" {
			t.Errorf("%s: %d %v: %s", query, a.Status, err, a.Body)
		}
	}
}
