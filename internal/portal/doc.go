// Package portal is the public door: reporting a problem with enforcement, following it with a receipt code,
// reading how a matter is handled and what came of others.
//
// A handler reads the request, calls one method of the office and shows the answer. Pages work without JavaScript and
// in three languages; whatever a person typed comes back to them, whatever went wrong. A report being written lives at
// an address nobody can guess, without a cookie; a receipt code lives in one sealed cookie for half an hour and is never
// part of an address.
//
// The package decides nothing about the law, computes no day, and opens no database. It never writes what people typed,
// or a receipt code, to a log.
package portal
