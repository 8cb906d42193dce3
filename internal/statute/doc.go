// Package statute holds what the law files say: statutes with their versions and how each counts
// days, the provisions cited with their gist, and terms, the lengths of time the law sets. It
// never computes a day, never reads the clock or a database, and holds no number of the law in code.
package statute
