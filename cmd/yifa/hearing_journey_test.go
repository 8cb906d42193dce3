package main

import (
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// TestHearingJourney: from a supervision case a hearing is called, its panel named, time and room set, the notice sent in
// time, the sitting opened and recorded; the record is signed page by page and bound, and the report goes back to the case.
// The party sees what is addressed to it and nothing else.
func TestHearingJourney(t *testing.T) {
	j := newHearing(t)
	j.march(6)
	j.does("he-yuning", j.supervised, "call_hearing", "format=hearing", "hearing_cause=检查时有没有出示证件", "hearing_purpose=线人另有录像")
	hearing := j.part(j.supervised)
	j.march(9)
	j.does("song-zhiwen", hearing, "appoint", "presider=zhen-ruotang", "members=ou-xiaozhang", "members=lv-ruoshui", "recorder=huang-shuyi")
	j.does("he-yuning", hearing, "schedule", "starts=2026-03-17T09:30", "minutes=150", "room=440703-sfj-1", "openness=closed", "closed_ground=confidential")
	p := j.as("he-yuning", deskPath(hearing)+"/acts/notify")
	j.shows(p, "最晚2026年3月8日要办这一步", "最早可以定在2026年3月18日")
	p.ConsoleErrors()
	if p := j.as("zhong-lingyun", deskPath(hearing)); p.Status() != 404 {
		t.Errorf("before the notice the party opens the hearing: %d", p.Status())
	}
	j.tabs["zhong-lingyun"].ConsoleErrors()
	j.does("he-yuning", hearing, "reschedule", "reason=离通知太近。")
	j.does("he-yuning", hearing, "schedule", "starts=2026-03-23T09:30", "minutes=150", "room=440703-sfj-1", "openness=closed", "closed_ground=confidential")
	j.does("he-yuning", hearing, "notify", "prepare=检查当天的音像记录。")
	p = j.as("zhong-lingyun", deskPath(hearing))
	p.Check("hearing-party")
	j.shows(p, "检查时有没有出示证件", "通知书")
	j.hides(p, "线人另有录像")
	p = j.as("ou-xiaozhang", "/desk/rooms?week=2026-03-23")
	p.Check("hearing-rooms")
	j.shows(p, "09:30–12:00", "第一听证室", "14:30–17:30", "检查时有没有出示证件")
	j.sit(hearing)
	p = j.as("he-yuning", deskPath(j.supervised))
	p.Check("hearing-case")
	j.shows(p, "听证、会议有了结果")
	p = j.as("he-yuning", deskPath(j.supervised)+"/volume")
	p.Check("hearing-volume")
	j.shows(p, "卷宗齐不齐", "听证、会议办完", "没有登记证据。", "听证笔录", "逐页签名表")
	inside := j.as("he-yuning", deskPath(j.supervised)+"/volume/inside")
	j.shows(inside, "报告书")
	_, bound, err := j.Office.BindVolume(t.Context(), j.As("he-yuning"), j.supervised, office.VolumeMain)
	if err != nil || len(bound) < 10_000 {
		t.Errorf("the volume of the case and its hearing: %d bytes, %v", len(bound), err)
	}
	must(t, j.Office.VolumeFiles(t.Context(), j.As("he-yuning"), j.supervised, office.VolumeMain, io.Discard))
	phone := j.b.Page(browser.Narrow)
	j.tabs["lv-ruoshui"] = phone
	j.as("lv-ruoshui", "/desk/rooms?week=2026-03-23").Check("hearing-rooms-narrow")
	j.as("lv-ruoshui", deskPath(j.supervised)+"/volume").Check("hearing-volume-narrow")
}

// sit is the day of the hearing and what follows it.
func (j *journey) sit(hearing matter.ID) {
	j.t.Helper()
	j.march(23)
	j.does("zhen-ruotang", hearing, "hold", "party_came=came", "present=钟泠云，市场监管局联络员")
	j.does("huang-shuyi", hearing, "write_record", "began=9时30分", "ended_at=11时40分", "said_rights=主持人：核对身份。", "said_case=何予宁：检查时没有出示证件。",
		"said_defence=钟泠云：一人出示，一人没有带。", "said_evidence=钟泠云：对录像没有异议。", "pages=2")
	j.does("huang-shuyi", hearing, "correct_page", "page=1", "page_written=第1页第8行", "asked_by=钟泠云", "correction=“两人”改为“一人”。", "taken=yes")
	for capacity, who := range map[string]string{"presider": "甄若棠", "recorder": "黄舒怡", "party": "钟泠云"} {
		j.does("huang-shuyi", hearing, "sign_pages", "capacity="+capacity, "signer="+who, "signed_time=11时50分")
	}
	p := j.does("zhen-ruotang", hearing, "complete", "checked=各页都有签名。")
	p.Check("hearing-signed")
	sheet := ""
	for _, seq := range j.papers(hearing) {
		p := j.as("zhen-ruotang", deskPath(hearing)+"/documents/"+seq)
		p.Check("hearing-paper-" + seq)
		sheet += p.Text("main")
	}
	if j.lang.Prefix() == "" {
		for _, want := range []string{"通知书", "听证笔录", "甄若棠", "第一听证室", "2026年3月23日 09:30", "逐页签名表", "第1页至第2页", "“两人”改为“一人”。", "钟泠云", "当事单位"} {
			if !strings.Contains(sheet, want) {
				j.t.Errorf("no paper of the hearing says %q", want)
			}
		}
		if strings.Contains(sheet, "zhen-ruotang") {
			j.t.Error("a paper names somebody by id")
		}
	}
	j.does("zhen-ruotang", hearing, "report", "course=双方陈述、质证。", "issues=是否出示证件。", "advice=认定一人没有出示证件。", "dissent=无")
	p = j.as("zhong-lingyun", deskPath(hearing))
	j.hides(p, "认定一人没有出示证件", "报告书")
}

// papers are the numbers of the entries that made a paper.
func (j *journey) papers(id matter.ID) []string {
	j.t.Helper()
	v, err := j.Office.Matter(j.t.Context(), j.As("zhen-ruotang"), id)
	must(j.t, err)
	var out []string
	for _, d := range v.Documents {
		out = append(out, strconv.Itoa(d.Seq))
	}
	return out
}

func (j *journey) march(day int) {
	j.t.Helper()
	j.Clock.Set(calendar.New(2026, time.March, day).Midnight().Add(10 * time.Hour))
	j.work()
}

// newHearing is a journey whose case has been notified to the organ supervised.
func newHearing(t *testing.T) *journey {
	t.Helper()
	j := newJourney(t)
	for _, person := range []string{"huang-shuyi", "lv-ruoshui"} {
		must(t, j.Office.PutPerson(t.Context(), office.Person{ID: person, Login: person, Name: j.nameOf(person), Password: demo.Password}))
		j.tabs[person] = j.b.Page(browser.Desktop)
	}
	j.march(2)
	done, err := j.Office.Perform(t.Context(), j.As("he-yuning"), office.Act{Procedure: "supervision.case", Act: "register_clue", Key: office.NewKey(), Fields: map[string][]string{
		"source": {"social_supervisor"}, "complained_organ": {"440703-scjg"}, "problem": {"no_identification"}, "title": {"检查没有出示证件"}, "summary": {"社会监督员见到检查时没有出示证件。"}}})
	must(t, err)
	j.supervised = done.Matter
	j.does("he-yuning", j.supervised, "claim")
	j.does("he-yuning", j.supervised, "check_clue", "elsewhere=none", "findings=有违法的迹象。")
	j.does("zhen-ruotang", j.supervised, "file_case", "decision=立案监督。")
	j.sends("notify", "supervision_notice", "zhen-ruotang", "called=蓬江区市场监督管理局", "called_what=检查没有出示证件", "called_points=3 月上旬的检查。",
		"called_files=检查登记。", "called_by=何予宁、区晓樟", "contact=何予宁", "contact_phone=（演示）", "office_address=蓬江区（演示）")
	return j
}

// part is the newest matter that a matter has opened.
func (j *journey) part(id matter.ID) matter.ID {
	j.t.Helper()
	links := j.State(id).Links
	return links[len(links)-1].To
}
