package portal

import (
	"net/http"
	"testing"
)

func TestStatutes(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.Get("/law").Is(t, http.StatusOK, "法律", "中华人民共和国行政处罚法", "2021年7月15日起施行", "平台规则")
	v.Get("/en/law").Is(t, http.StatusOK, "Administrative Penalty Law of the People’s Republic of China", "in force from 15 July 2021")
	v.Get("/law/xzcf").Is(t, http.StatusOK, "第六十四条第一项", "算这个期限：要求听证（5 个工作日）", "/calculator?term=pen-07", "是工作日，其余的“日”按自然日算")
	v.Get("/law/hjbh").Is(t, http.StatusOK, "2026年8月15日起不再施行", "生态环境法典")
	v.Get("/law/nothing").Told(t, http.StatusNotFound)
	v.Get("/calculator?term=pen-07&from=2026-09-24").Is(t, http.StatusOK, "/law/xzcf#at-64-1-1")
}
