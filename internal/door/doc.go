// Package door is what the two doors with pages, portal and desk, have in common towards the office: the office's views
// laid out as components of package web, the fields of a form of the law as questions, and a form with its files as it
// came in. What differs between the public and staff stands in portal and desk themselves.
// It adds no word of its own to what the office says, computes no day, decides nothing, and serves no route.
package door
