// Package indicator holds what is measured: the definitions of law/indicators, the rows a matter's
// state comes to under them, and the small-number rule for what is published. It is pure: it reads no
// database and no clock, counts no matters itself, and knows no rights.
package indicator
