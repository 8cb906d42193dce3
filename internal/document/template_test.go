package document_test

import (
	"errors"
	"reflect"
	"testing"

	"yifa/internal/document"
)

const template = `{organ}
受理通知书
{document_number}

提交人：

{received}，我们收到您反映的事项：{title}。

## 查明的情况
{found}

## 没有的
{nothing}

特此通知。

{organ}
{day}
`

func TestFill(t *testing.T) {
	parsed, err := document.Parse(template)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"organ": "江门市司法局", "day": "2026年3月5日", "document_number": "江执监〔2026〕1号", "received": "2026年3月2日",
		"title": "没有出示证件", "found": "第一段。\n\n## 不是标题\n  \n{organ}"}
	got := parsed.Fill(func(name, _ string) string { return values[name] })
	want := document.Paper{Issuer: "江门市司法局", Title: "受理通知书", Number: "江执监〔2026〕1号", Addressee: "提交人：",
		Body: []document.Block{{Text: "2026年3月2日，我们收到您反映的事项：没有出示证件。"}, {Level: 1, Text: "查明的情况"},
			{Text: "第一段。"}, {Text: "## 不是标题"}, {Text: "{organ}"}, {Text: "特此通知。"}},
		Signer: "江门市司法局", Day: "2026年3月5日"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("filled:\n%+v\nwant:\n%+v", got, want)
	}
}

// TestFillDropsHeadings: the heading over a paragraph that is not there stays out too, except one that ends in text.
func TestFillDropsHeadings(t *testing.T) {
	parsed, err := document.Parse("{organ}\n通知\n\n## 甲\n{a}\n## 乙\n{b}\n\n{organ}\n{day}")
	if err != nil {
		t.Fatal(err)
	}
	for value, want := range map[string][]document.Block{
		"a": {{Level: 1, Text: "甲"}, {Text: "x"}},
		"b": {{Level: 1, Text: "乙"}, {Text: "x"}},
		"c": nil,
	} {
		got := parsed.Fill(func(name, _ string) string {
			if name == value {
				return "x"
			}
			return ""
		})
		if len(got.Body) != len(want) || len(want) > 0 && !reflect.DeepEqual(got.Body, want) {
			t.Errorf("with %s: %+v, want %+v", value, got.Body, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, bad := range []string{"", "机关\n通知", "机关\n\n正文\n\n机关\n日期", "机关\n通知\n号\n多\n\n正文\n\n机关\n日期", "机关\n通知\n\n正文\n\n机关"} {
		if _, err := document.Parse(bad); !errors.Is(err, document.ErrTemplate) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
