// Package law is the law as data, embedded in the binary: statutes, terms, calendars, divisions,
// procedures and indicators, with the JSON Schemas that editors check them against. Lawyers own it. It holds
// no HTTP, no SQL and reads no clock; packages under internal load and check what is in it.
package law

import "embed"

// FS holds the data folders by their names in this directory, such as "terms/complaint.yaml".
//
//go:embed city.yaml statistics.yaml vocabulary.yaml all:indicators all:calendar all:discretion all:divisions all:documents all:organs all:procedures all:schemas all:statutes all:terms published.lock
var FS embed.FS
