package calendar_test

import (
	"errors"
	"testing"

	"yifa/internal/calendar"
)

// notice2026 is how the notice for 2026 writes its days.
const notice2026 = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`

func TestParseHolidaysOfANotice(t *testing.T) {
	c := official(t)
	blocks, err := calendar.ParseHolidays(2026, notice2026)
	if err != nil {
		t.Fatal(err)
	}
	y, _ := c.Year(2026)
	if changed := calendar.Changed(c, c.With(calendar.Year{Year: 2026, Notices: y.Notices, Holidays: blocks})); len(changed) > 0 {
		t.Errorf("the text of the notice gives other days than the file: %v", changed)
	}
	text := calendar.FormatHolidays(blocks)
	again, err := calendar.ParseHolidays(2026, text)
	if err != nil || calendar.FormatHolidays(again) != text {
		t.Errorf("%s reads back as %s, %v", text, calendar.FormatHolidays(again), err)
	}
}

func TestParseHolidays(t *testing.T) {
	for _, x := range []struct {
		text, want string
		bad        string
	}{
		{"元旦 2027-01-01..2027-01-03 班 2027-01-09； 春节 2027-02-05..2027-02-11", "元旦 2027-01-01..2027-01-03 班 2027-01-09; 春节 2027-02-05..2027-02-11", ""},
		{"国庆节 2027-10-01\n元旦 2027-01-01", "元旦 2027-01-01; 国庆节 2027-10-01", ""},
		{"春节 班 2027-01-31", "春节 班 2027-01-31", ""},
		{"元旦：2027年1月1日放假，与周末连休。", "元旦 2027-01-01", ""},
		{"五一：4月30日至5月3日放假。4月24日上班。", "五一 2027-04-30..2027-05-03 班 2027-04-24", ""},
		{"", "", "holidays_none"},
		{" ; \n", "", "holidays_none"},
		{"元旦", "", "holidays_line"},
		{"元旦 班", "", "holidays_line"},
		{"2027-01-01 2027-01-01", "", "holidays_line"},
		{"元旦 2027-01-32", "", "holidays_day"},
		{"元旦 2027-01-01..", "", "holidays_day"},
		{"元旦：2月30日放假。", "", "holidays_day"},
		{"元旦：放假三天。", "", "holidays_line"},
		{"元旦 2027-01-03..2027-01-01", "", "holidays_span"},
		{"元旦 2026-12-31..2027-01-02", "", "holidays_year"},
		{"元旦 2027-01-01; 新年 2027-01-01", "", "holidays_twice"},
		{"元旦 2027-01-01 班 2027-01-04", "", "holidays_weekday"},
	} {
		blocks, err := calendar.ParseHolidays(2027, x.text)
		var bad *calendar.BadHolidays
		switch {
		case x.bad == "" && (err != nil || calendar.FormatHolidays(blocks) != x.want):
			t.Errorf("%q is %q, %v", x.text, calendar.FormatHolidays(blocks), err)
		case x.bad != "" && (!errors.As(err, &bad) || bad.Key != x.bad):
			t.Errorf("%q: %v, want %s", x.text, err, x.bad)
		}
	}
}

func FuzzParseHolidays(f *testing.F) {
	f.Add(notice2026)
	f.Add("元旦 2026-01-01..2026-01-03 班 2026-01-04; 春节 班 2026-02-14")
	f.Fuzz(func(t *testing.T, s string) {
		blocks, err := calendar.ParseHolidays(2026, s)
		if err != nil {
			return
		}
		text := calendar.FormatHolidays(blocks)
		again, err := calendar.ParseHolidays(2026, text)
		if err != nil || calendar.FormatHolidays(again) != text {
			t.Errorf("%q is %q and reads back as %q, %v", s, text, calendar.FormatHolidays(again), err)
		}
	})
}
