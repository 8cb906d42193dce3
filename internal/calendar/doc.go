// Package calendar holds civil days in Asia/Shanghai and which of them are working days, by
// the State Council's yearly notices. It never reads the clock, a file or a database, and never
// guesses a year that no notice covers: such days are provisional and say so.
package calendar
