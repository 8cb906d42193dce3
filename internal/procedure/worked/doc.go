// Package worked reads and plays worked cases: plain text files in which a lawyer writes what
// happens in a matter, what must follow, and what must be refused. The same case is a test of the
// law, a fixture, demo data and documentation. Pure plays it without any database; an office plays
// it through the same Performer.
//
// It reads no clock and draws nothing at random: a case gives its own days.
package worked
