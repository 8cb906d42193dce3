package clock

import (
	"strconv"
	"strings"
	"time"

	"yifa/internal/statute"
)

// The sentences of derivations in zh-Hans, zh-Hant and en. {event} comes from the term.
var sentences = map[string][3]string{
	"anchor":           {"{event}。当天不算", "{event}。當天不算", "{event}: this day is not counted"},
	"anchor_fixed":     {"{event}", "{event}", "{event}"},
	"served":           {"文书送达，下面的期限从这一天数起", "文書送達，下面的期限從這一天數起", "the paper was served: the periods below count from here"},
	"run_out":          {"“{event}”的期限届满", "「{event}」的期限屆滿", "the time for “{event}” runs out"},
	"done":             {"{time} 办理：{outcome}", "{time} 辦理：{outcome}", "{time} done: {outcome}"},
	"posted":           {"交邮，以交邮的日子为准：{outcome}", "交郵，以交郵的日子為準：{outcome}", "posted, and the day of posting decides: {outcome}"},
	"posted_arrived":   {"交邮，{arrived}送到，以交邮的日子为准：{outcome}", "交郵，{arrived}送到，以交郵的日子為準：{outcome}", "posted, arrived on {arrived}, and the day of posting decides: {outcome}"},
	"then":             {"要等期限届满才能办的事：{outcome}", "要等期限屆滿才能辦的事：{outcome}", "what waits for the end of the term: {outcome}"},
	"rung":             {"这一天过完，还剩 {n} {unit}", "這一天過完，還剩 {n} {unit}", "{n} {unit} left once this day is over"},
	"anchor_hour":      {"{time} {event}，从这时起算", "{time} {event}，從這時起算", "{event} at {time}: counting begins then"},
	"anchor_no_hour":   {"{event}。不知道是几点，按最早的到期日算", "{event}。不知道是幾點，按最早的到期日算", "{event}: the hour is not known, so the earliest day holds"},
	"length":           {"{n} {unit}", "{n} {unit}", "{n} {unit}"},
	"length_fixed":     {"{length}", "{length}", "{length}"},
	"length_backward":  {"{n} {unit}前", "{n} {unit}前", "{n} {unit} before"},
	"length_wait":      {"满 {n} {unit}", "滿 {n} {unit}", "{n} {unit} must pass"},
	"extended":         {"延长 {times} 次，共加 {added} {unit}", "延長 {times} 次，共加 {added} {unit}", "{added} {unit} in all, extensions: {times}"},
	"extended_unit":    {"延长 {n} {unit}", "延長 {n} {unit}", "{n} {unit} more"},
	"leg_end":          {"{n} {unit}数完，延长的期限从第二天数起", "{n} {unit}數完，延長的期限從第二天數起", "{n} {unit} are over: the extension counts from the next day"},
	"rule_workday":     {"“{n} 日”是工作日，不含法定节假日", "「{n} 日」是工作日，不含法定節假日", "“{n} days” are working days, without public holidays"},
	"rule_day":         {"“{n} 日”按自然日算", "「{n} 日」按自然日算", "“{n} days” are calendar days"},
	"holiday":          {"{holiday}放假，不算", "{holiday}放假，不算", "{holiday} holiday, not counted"},
	"workdays":         {"{resumed}第 {numbers} 个工作日{weekend}{makeup}", "{resumed}第 {numbers} 個工作日{weekend}{makeup}", "{resumed}working day{s} {numbers}{weekend}{makeup}"},
	"days":             {"{resumed}第 {numbers} 日", "{resumed}第 {numbers} 日", "{resumed}day{s} {numbers}"},
	"suspended":        {"暂停{event}，不计入期限", "暫停{event}，不計入期限", "suspended{event}, not counted"},
	"excluded":         {"不计入期限{event}", "不計入期限{event}", "not counted{event}"},
	"open_suspended":   {"起暂停{event}，不计入期限", "起暫停{event}，不計入期限", "onwards: suspended{event}, not counted"},
	"open_excluded":    {"起不计入期限{event}", "起不計入期限{event}", "onwards: not counted{event}"},
	"stopped_still":    {"停止计时，还有 {n} {unit}", "停止計時，還有 {n} {unit}", "the clock stops with {n} {unit} left"},
	"moved":            {"暂停的 {n} 日加在后面", "暫停的 {n} 日加在後面", "the {n} days of suspension are added"},
	"last_day":         {"第 {n} 日，按自然日算，{weekday}{worked}{due}", "第 {n} 日，按自然日算，{weekday}{worked}{due}", "day {n} by calendar days, a {weekday}{worked}{due}"},
	"last_month":       {"满 {n} {unit}的对应日，{weekday}{worked}{due}", "滿 {n} {unit}的對應日，{weekday}{worked}{due}", "the corresponding day after {n} {unit}, a {weekday}{worked}{due}"},
	"month_end":        {"满 {n} {unit}；当月没有对应日，以月末日为最后一日，{weekday}", "滿 {n} {unit}；當月沒有對應日，以月末日為最後一日，{weekday}", "after {n} {unit}; the month has no corresponding day, so its last day holds, a {weekday}"},
	"closing_day":      {"暂停结束的当天，没有剩余期限{due}", "暫停結束的當天，沒有剩餘期限{due}", "the suspension ends with nothing left{due}"},
	"due_workday":      {"{resumed}第 {n} 个工作日，到期{makeup}", "{resumed}第 {n} 個工作日，到期{makeup}", "{resumed}working day {n}: due{makeup}"},
	"due_day":          {"{weekday}{worked}{due}", "{weekday}{worked}{due}", "a {weekday}{worked}{due}"},
	"due_rolled":       {"末日遇休息日，顺延到{weekday}", "末日遇休息日，順延到{weekday}", "the last day was a rest day, so it moves to {weekday}"},
	"due_hour":         {"{time} 满 {n} 小时，到期", "{time} 滿 {n} 小時，到期", "{time}: {n} hours have passed, due"},
	"due_minute":       {"{time} 满 {n} 分钟，到期", "{time} 滿 {n} 分鐘，到期", "{time}: {n} minutes have passed, due"},
	"due_fixed":        {"这之后第一次到{length}，{weekday}{worked}{due}", "這之後第一次到{length}，{weekday}{worked}{due}", "the first {length} after it, a {weekday}{worked}{due}"},
	"due_backward":     {"往前数第 {n} {unit}，最晚这一天", "往前數第 {n} {unit}，最晚這一天", "{n} {unit} back: this day at the latest"},
	"due_wait":         {"满 {n} {unit}，最早从这一天起可以办", "滿 {n} {unit}，最早從這一天起可以辦", "{n} {unit} have passed: from this day at the earliest"},
	"still":            {"暂停中，恢复后还有 {n} {unit}", "暫停中，恢復後還有 {n} {unit}", "suspended; {n} {unit} left once it goes on"},
	"provisional":      {"{year} 年的放假安排还没有公布，这一天是暂算的", "{year} 年的放假安排還沒有公布，這一天是暫算的", "the holiday notice for {year} is not out, so the day is provisional"},
	"stopped":          {"停止计时", "停止計時", "the clock stops"},
	"another_calendar": {"按放假安排版本 {calendar} 计算", "按放假安排版本 {calendar} 計算", "counted with calendar version {calendar}"},
	"due":              {"到期", "到期", "due"},
}

// What an act held against a term comes to. {event} is what follows where the term has run out.
var outcomes = map[string][3]string{
	"in_time":    {"在期限内", "在期限內", "in time"},
	"late":       {"超过期限 {n} {unit}；{event}", "超過期限 {n} {unit}；{event}", "past its end by {n} {unit}: {event}"},
	"late_hours": {"超过期限；{event}", "超過期限；{event}", "past its end: {event}"},
	"not_begun":  {"太早，{day}才开始", "太早，{day}才開始", "too early, it begins on {day}"},
	"before":     {"太早，最早{day}；{event}", "太早，最早{day}；{event}", "too early, {day} at the earliest: {event}"},
	"too_early":  {"太早，最早{day}", "太早，最早{day}", "too early, {day} at the earliest"},
	"may":        {"可以办", "可以辦", "may be done"},
	"still_runs": {"期限暂停，还没有走完", "期限暫停，還沒有走完", "the term stands still and has not run out"},
}

// What stands in the place of the day on lines that have none.
var labels = map[string][3]string{
	"length":           {"期限", "期限", "Length"},
	"length_backward":  {"期限", "期限", "Length"},
	"length_fixed":     {"期限", "期限", "Length"},
	"length_wait":      {"期限", "期限", "Length"},
	"extended":         {"延长", "延長", "Extension"},
	"extended_unit":    {"延长", "延長", "Extension"},
	"rule_workday":     {"算法", "算法", "Counting"},
	"rule_day":         {"算法", "算法", "Counting"},
	"moved":            {"算法", "算法", "Counting"},
	"still":            {"暂停", "暫停", "Suspended"},
	"provisional":      {"暂算", "暫算", "Provisional"},
	"another_calendar": {"算法", "算法", "Counting"},
}

var notes = map[string][3]string{
	"weekend":  {"，周末不算", "，週末不算", ", weekends not counted"},
	"worked":   {"（调休上班，不是休息日）", "（補班，不是休息日）", " (a working day by exchange, not a rest day)"},
	"makeup":   {"（{days}调休上班，算）", "（{days}補班，算）", " ({days}: a working day by exchange, counted)"},
	"resumed":  {"恢复计时，", "恢復計時，", "counting goes on: "},
	"due":      {"，到期", "，到期", ": due"},
	"due_rest": {"，到期；机关的期限不因休息日顺延", "，到期；機關的期限不因休息日順延", ": due; a limit on an organ does not move for a rest day"},
	"by":       {"，依{by}适用", "，依{by}適用", ", by {by}"},
	"analogy":  {"，参照适用", "，參照適用", ", by analogy"},
}

var units = map[statute.Unit][3]string{
	statute.Workday: {"个工作日", "個工作日", "working days"},
	statute.Day:     {"日", "日", "days"},
	statute.Hour:    {"小时", "小時", "hours"},
	statute.Minute:  {"分钟", "分鐘", "minutes"},
	statute.Month:   {"个月", "個月", "months"},
	statute.Year:    {"年", "年", "years"},
}

// traditional writes the words of the titles of holiday notices in Traditional Chinese.
var traditional = strings.NewReplacer("国务院办公厅关于", "國務院辦公廳關於", "部分节假日安排的通知", "部分節假日安排的通知",
	"调整", "調整", "劳动节假期安排", "勞動節假期安排", "延长", "延長", "春节假期", "春節假期")

// fixedDay words a day that comes every year (131: 31 January) or every month.
func fixedDay(unit statute.Unit, n, i int) string {
	if unit == statute.Monthly {
		return [3]string{"每月 " + strconv.Itoa(n) + " 日", "每月 " + strconv.Itoa(n) + " 日", "day " + strconv.Itoa(n) + " of a month"}[i]
	}
	zh := strconv.Itoa(n/100) + "月" + strconv.Itoa(n%100) + "日"
	return [3]string{zh, zh, strconv.Itoa(n%100) + " " + time.Month(n/100).String()}[i]
}

var weekdays = [3][7]string{
	{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"},
	{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"},
	{time.Sunday.String(), time.Monday.String(), time.Tuesday.String(), time.Wednesday.String(),
		time.Thursday.String(), time.Friday.String(), time.Saturday.String()},
}

var holidays = map[string][3]string{
	"元旦":  {"元旦", "元旦", "New Year"},
	"春节":  {"春节", "春節", "Spring Festival"},
	"清明节": {"清明节", "清明節", "Qingming"},
	"劳动节": {"劳动节", "勞動節", "Labour Day"},
	"端午节": {"端午节", "端午節", "Dragon Boat Festival"},
	"中秋节": {"中秋节", "中秋節", "Mid-Autumn"},
	"国庆节": {"国庆节", "國慶節", "National Day"},
}
