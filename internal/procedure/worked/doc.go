// Package worked reads and plays worked cases: plain text files in which a lawyer writes what
// happens in a matter, what must follow, and what must be refused. The same case is a test of the
// law, a fixture, demo data and documentation. Pure plays it without any database; an office plays
// it through the same Performer.
//
// A case has header lines, then steps, each followed by what must hold. Words are parted by blanks;
// a value with blanks stands in double quotes, with \" and \n inside.
//
//	# hrc/2: which rule it is about (the first comment)
//	use: town                        header lines of cases/town.inc
//	calendar: 2026                   a notice must cover the year
//	organ: KEY NAME kind=… division=… parent=… short=…
//	staff: PERSON POST ORGAN [from=DAY] [to=DAY]      for persons who are only named
//	2026-03-02T23:30 filer report kind=minor what="…" photos=@door.jpg
//	2026-03-04 handler:chen@north accept recorded=2026-03-05 late_proof=…
//	2026-03-10 system deem_accepted  what the law does by itself, the day after the last day
//	! refused accept hrc/7 recused   how the step above must be refused
//	! field what required            or which answer of it must be refused, and why
//	= stage accepted ; due finish 2026-04-03 ; open decide ; closed refuse not_your_act
//	on 1                             what follows is about the first matter this one opened
//	on main
//
// Assertions: stage, holder, due, provisional, running, suspended, stopped, lapsed, left, overdue,
// open, closed, document, number, fact, assigned, opened, undone, item, access, advised. A clock is named by
// its name or its term. `open` and `closed` ask for who acted last, or for role:person@organ.
//
// It reads no clock and draws nothing at random: a case gives its own days.
package worked
