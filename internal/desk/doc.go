// Package desk is the officials' door: signing in, what is to be done today, lists, the page of a matter, one generic
// page for every act, the whole record, and who is late.
//
// A handler reads the request, calls the office as the person signed in, and shows the answer. Pages work without
// JavaScript and in three languages; a form that is refused, faulty or overtaken comes back with everything typed. What
// a person may not know of is 404, like what does not exist.
//
// The package decides nothing about the law or about who may read what, computes no day, and opens no database. It
// never writes what people typed, a password or a session to a log.
package desk
