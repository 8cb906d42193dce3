package desk

import (
	"yifa/internal/calendar"
	"yifa/internal/office"
	"yifa/internal/web/turn"
)

// What the page of how reports are taken leads to.
const (
	intakePath       = "/desk/intake"
	takeProofsPath   = "/desk/new/register.intake/take_proofs"
	actRestore       = "restore"
	hallStart        = "start" // those who wait to begin a report
	hallReport       = "report"
	inPercent        = 100
	loadHigh, loadUp = 70, 30 // of a hundred: where the page calls it high, or raised
)

// intakeView is how reports are taken, and how many stand in line.
type intakeView struct {
	office.IntakeView
	Until calendar.Moment
	Halls []hallLine
}

// hallLine is one line of those who wait, as this program sees it. How many were let in is not shown: a number that moves at
// once would tell in which moment somebody nameless reported.
type hallLine struct {
	Name          string
	Load          int // of a hundred
	With, Without int // who wait, with a proof and without
}

// intake serves GET /desk/intake: how reports are taken, and the way to take only those with a proof for a while.
// Administrators alone find it.
func (d *Desk) intake(v visit) error {
	room, err := d.Office.IntakeRoom(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	out := intakeView{IntakeView: room}
	if room.ProofsOnly {
		out.Until = calendar.MomentAt(room.Until)
	}
	if d.Halls != nil {
		halls := d.Halls()
		for _, name := range []string{hallStart, hallReport} {
			if f, there := halls[name]; there {
				out.Halls = append(out.Halls, hallOf(name, f))
			}
		}
	}
	return v.show(page{title: v.t("intake.title"), nav: v.URL.Path, content: intakePage(out)})
}

func hallOf(name string, f turn.Figures) hallLine {
	return hallLine{Name: name, Load: int(f.Level * inPercent), Without: f.Waiting[0], With: f.Waiting[1]}
}

// loadWord is the key of how high a load is.
func loadWord(of int) string {
	switch {
	case of >= loadHigh:
		return "intake.load_high"
	case of >= loadUp:
		return "intake.load_up"
	}
	return "intake.load_quiet"
}

// hallWord is the key of what one waits for in a hall.
func hallWord(name string) string {
	if name == hallStart {
		return "intake.hall_start"
	}
	return "intake.hall_report"
}
