// Package proof is the part of the compiler that looks at a procedure as a whole: it finds conditions that
// can never hold or never fail, guards that contradict each other, acts no path reaches, stages without a
// way out, clocks nothing starts or stops, duties nobody may lawfully do, answers nothing reads, and
// provisions that cease to be in force while a version applies.
//
// It reasons over a finite picture of a matter. What it cannot picture (days, ids, linked matters) it
// takes to be possible, so that it never calls a sound rule dead; what it misses, the worked cases must
// show. It is pure, plays nothing, decides nothing, and changes no procedure.
package proof
