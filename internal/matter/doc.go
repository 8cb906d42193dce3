// Package matter holds what a matter is: its entries, and the state that follows from them.
// Apply folds entries into that state and reads nothing else, so a record replays the same for
// ever. The package never imports a procedure, a clock, a database or HTTP, and never asks what
// day it is.
package matter
