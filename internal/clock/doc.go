// Package clock counts the terms the law sets: when a clock that runs in a matter falls due, what
// suspending, resuming, extending and stopping it change, and the derivation of the day, line by
// line with the provision of each. It is pure: it never reads the time, a file or a database, and
// it holds no length of time; those come from the statute.Book.
package clock
